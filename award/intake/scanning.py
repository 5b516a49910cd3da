"""Deeds on the scans of cover letters and envelopes: begun through the uploader of the house, taken away."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete

from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.files.models import File
from award.files.operations import begin_or_resume, discard
from award.intake import queries
from award.intake.models import Parcel, ParcelScan
from award.intake.permissions import can_change
from award.people.models import Person
from award.verdicts import Refused, Verdict, require

KINDS = ("pdf", "jpeg", "png")
MOST_BYTES = 50_000_000
MOST = 6


def begin(
    *,
    by: Capacity,
    edition: Edition,
    parcel: Parcel,
    uploader: Person,
    name: str,
    size: int,
    part_hashes: Sequence[str],
    resuming: str | None = None,
) -> File:
    """A scan of the parcel may be sent; the one with the same bytes there is gone on with."""
    require(can_change(by, edition, parcel))
    there = [file.id for file in queries.scans(parcel.id)]
    file = begin_or_resume(
        uploader=uploader,
        name=name,
        size=size,
        part_hashes=part_hashes,
        kinds=KINDS,
        max_bytes=MOST_BYTES,
        place=there,
        resuming=resuming,
    )
    if file.id not in there:
        if len(there) >= MOST:
            raise Refused(Verdict("place_full", _("Mục này nhận nhiều nhất %(n)s tệp.", n=MOST)))
        session.add(ParcelScan(parcel_id=parcel.id, file_id=file.id))
        session.flush()
    return file


def drop(*, by: Capacity, edition: Edition, parcel: Parcel, file_key: str) -> None:
    """The scan no longer belongs to the parcel, and its bytes are gone."""
    require(can_change(by, edition, parcel))
    file = next((each for each in queries.scans(parcel.id) if each.public_id == file_key), None)
    if file is None:
        return
    session.execute(delete(ParcelScan).where(ParcelScan.parcel_id == parcel.id, ParcelScan.file_id == file.id))
    session.flush()
    discard(file=file)
