"""Places that take files up to a number of them, whatever the room that owns the place."""

from collections.abc import Collection
from typing import Unpack

from flask_babel import gettext as _

from award.files.declared import Declared
from award.files.models import File
from award.files.operations import begin_or_resume
from award.people.models import Person
from award.verdicts import Refused, Verdict


def begin_among(
    place: Collection[int],
    *,
    most: int,
    uploader: Person,
    kinds: Collection[str],
    max_bytes: int,
    **sent: Unpack[Declared],
) -> File:
    """One of the files that stand in the place, gone on with, or one more of at most so many. Raises Refused."""
    file = begin_or_resume(uploader=uploader, kinds=kinds, max_bytes=max_bytes, place=place, **sent)
    if file.id not in place and len(place) >= most:
        raise Refused(Verdict("place_full", _("Mục này nhận nhiều nhất %(n)s tệp.", n=most)))
    return file
