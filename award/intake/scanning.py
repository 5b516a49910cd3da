"""Deeds on scans of cover letters and envelopes: sent to a parcel, or many at once that find theirs by its label."""

from typing import NamedTuple, Unpack

from sqlalchemy import delete

from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.files.codes import codes_in
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import discard
from award.files.places import begin_among
from award.intake import queries
from award.intake.codes import number_in
from award.intake.models import LooseScan, Parcel, ParcelScan
from award.intake.permissions import can_change, can_register
from award.log.operations import record
from award.people.models import Person
from award.verdicts import require

KINDS = ("pdf", "jpeg", "png")
MOST_BYTES = 50_000_000
MOST = 6
MOST_LOOSE = 100
AT_ONCE = 12
"""So many loose scans are looked at in one act, this many pages of each."""
PAGES = 3


def begin(
    *,
    by: Capacity,
    edition: Edition,
    parcel: Parcel,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """A scan of the parcel may be sent; the one with the same bytes there is gone on with."""
    require(can_change(by, edition, parcel))
    there = [file.id for file in queries.scans(parcel.id)]
    file = begin_among(there, most=MOST, uploader=uploader, kinds=KINDS, max_bytes=MOST_BYTES, **sent)
    if file.id not in there:
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


def begin_loose(
    *,
    by: Capacity,
    edition: Edition,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """A scan of some parcel may be sent; which one, its label will say."""
    require(can_register(by, edition))
    there = [file.id for _loose, file in queries.loose_scans(edition.id)]
    file = begin_among(there, most=MOST_LOOSE, uploader=uploader, kinds=KINDS, max_bytes=MOST_BYTES, **sent)
    if file.id not in there:
        session.add(LooseScan(edition_id=edition.id, file_id=file.id))
        session.flush()
    return file


class Placed(NamedTuple):
    """Numbers of the parcels that got a scan, and how many scans name none."""

    numbers: tuple[int, ...]
    unread: int


def place_by_label(*, by: Capacity, edition: Edition, prefix: str) -> Placed:
    """Every scan that is ready and shows the label of one parcel stands with that parcel; the others say so.

    `prefix` is how the address begins that a label of this edition's ledger bears.
    """
    require(can_register(by, edition))
    numbers, unread = [], 0
    ready = [(loose, file) for loose, file in queries.loose_scans(edition.id) if file.state == "ready"]
    for loose, file in [each for each in ready if not each[0].unread][:AT_ONCE]:
        codes = codes_in(file.id, most_pages=PAGES)
        named = {number_in(code) for code in codes if code.startswith(prefix)}
        number = named.pop() if len(named) == 1 else None
        if number is not None and _put(by, edition, loose, file, number):
            numbers.append(number)
        else:
            loose.unread = True
            unread += 1
    session.flush()
    return Placed(tuple(numbers), unread)


def place_by_hand(*, by: Capacity, edition: Edition, file_key: str, number: int) -> bool:
    """The scan stands with the parcel of this number; False where there is no such parcel that may be changed."""
    require(can_register(by, edition))
    found = next((each for each in queries.loose_scans(edition.id) if each[1].public_id == file_key), None)
    return found is not None and _put(by, edition, *found, number)


def drop_loose(*, by: Capacity, edition: Edition, file_key: str) -> None:
    """The scan waits no longer, and its bytes are gone."""
    require(can_register(by, edition))
    found = next((each for each in queries.loose_scans(edition.id) if each[1].public_id == file_key), None)
    if found is not None:
        session.delete(found[0])
        session.flush()
        discard(file=found[1])


def _put(by: Capacity, edition: Edition, loose: LooseScan, file: File, number: int) -> bool:
    parcel = next(iter(queries.numbered(edition.id, [number])), None)
    if parcel is None or not can_change(by, edition, parcel) or len(queries.scans(parcel.id)) >= MOST:
        return False
    session.add(ParcelScan(parcel_id=parcel.id, file_id=file.id))
    session.delete(loose)
    session.flush()
    facts: dict[str, int | str | None] = {"number": number, "file": file.id}
    record("parcel.scan_placed", actor_id=by.person_id, award_id=edition.award_id, subject=parcel, facts=facts)
    return True
