"""What the room of whoever looks after the house hands to it."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.editions.models import Edition
from award.editions.permissions import can_watch
from award.editions.queries import capacity
from award.features import Feature
from award.oversight.views import blueprint
from award.people.models import Person


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """What happened, for who reads it."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    if not can_watch(capacity(session.get_one(Person, person_id), edition)):
        return ()
    return ((_("Nhật ký"), url_for("oversight.log", slug=edition.slug)),)


feature = Feature(name="oversight", blueprint=blueprint, navigation=navigation)
