"""Deeds on dossiers that come in, until they are taken in: sent, read to the last byte, refused or ready, let go."""

import hashlib
from typing import Unpack

from sqlalchemy import update

from award import jobs
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.files import operations as filing
from award.files import words
from award.files.declared import Declared
from award.files.models import File
from award.log.operations import canonical_json, record
from award.nominations import arrivals, described, permissions
from award.nominations.checking import Checked
from award.nominations.described import WorkTold
from award.nominations.models import Delivery
from award.people.models import Person
from award.verdicts import require
from uploads.kinds import DOSSIER


def begin(
    *,
    by: Capacity,
    edition: Edition,
    uploader: Person,
    **sent: Unpack[Declared],
) -> tuple[Delivery, File]:
    """A dossier may be sent; the one with the same bytes that this person broke off is gone on with."""
    require(permissions.can_receive(by, edition))
    begun = {each.file_id: each for each in arrivals.being_sent(edition.id, uploader.id) if each.file_id}
    file = filing.begin_or_resume(
        uploader=uploader,
        kinds=(DOSSIER.code,),
        max_bytes=DOSSIER.max_bytes,
        place=[file_id for file_id in begun if file_id is not None],
        **sent,
    )
    if file.id in begun:
        return begun[file.id], file
    made = Delivery(edition_id=edition.id, file_id=file.id, brought_by_id=uploader.id)
    session.add(made)
    session.flush()
    _log("delivery.begun", by.person_id, edition, made, file=file.fingerprint)
    return made, file


def discard(*, by: Capacity, edition: Edition, delivery: Delivery) -> None:
    """A dossier that was not taken in is gone; of one that was, the ZIP: works, sums and signature stay."""
    require(permissions.can_let_go(by, edition, delivery))
    _log("delivery.let_go", by.person_id, edition, delivery, state=delivery.state)
    forget(delivery=delivery)


def forget(*, delivery: Delivery) -> None:
    """The ZIP and what it says are gone, and with them a dossier that was not taken in."""
    file = session.get(File, delivery.file_id) if delivery.file_id else None
    delivery.file_id, delivery.told = None, None
    if delivery.state != "taken":
        session.delete(delivery)
    session.flush()
    if file is not None:
        filing.discard(file=file)


def follow_file(*, file_id: int) -> None:
    """The ZIP has its verdict: a worker reads the dossier in it, or the dossier is refused with it."""
    delivery, file = arrivals.of_file(file_id), session.get(File, file_id)
    if delivery is None or file is None or delivery.state != "sending":
        return
    delivery.arrived_at = file.stored_at
    if file.state == "rejected":
        refuse(delivery_id=delivery.id, sentence=f"“{file.name}”: {words.reason_of(file)}")
        return
    delivery.state = "checking"
    session.flush()
    ask_check(delivery=delivery)


def ask_check(*, delivery: Delivery) -> None:
    """A worker reads it after the commit. While one is asked to, a second is not."""
    jobs.defer("nominations.check", at_most_one=f"nominations.check:{delivery.id}", delivery_id=delivery.id)


def note_percent(*, delivery_id: int, percent: int) -> None:
    """How far it has come is known to whoever asks."""
    session.execute(update(Delivery).where(Delivery.id == delivery_id).values(percent=percent))


def refuse(*, delivery_id: int, sentence: str) -> None:
    """Nothing of the dossier is taken, and the page says which file is wrong."""
    delivery = arrivals.locked(delivery_id)
    if delivery is None or delivery.state not in {"sending", "checking"}:
        return
    delivery.state, delivery.fault, delivery.checked_at = "refused", sentence, now()
    session.flush()
    _log("delivery.refused", None, session.get_one(Edition, delivery.edition_id), delivery)


def accept(*, delivery_id: int, checked: Checked) -> None:
    """The dossier is whole and signed; what it says waits for somebody to look through it and take it in."""
    delivery = arrivals.locked(delivery_id)
    if delivery is None or delivery.state != "checking":
        return
    told = checked.told
    delivery.state, delivery.percent, delivery.fault, delivery.checked_at = "checked", 100, "", now()
    delivery.told = described.as_json(told)
    delivery.fingerprint, delivery.sums, delivery.signature = (
        checked.key.fingerprint,
        checked.sums,
        checked.signature.hex(),
    )
    delivery.sender, delivery.sender_edition = told.sender, told.edition
    delivery.letter, delivery.letter_day = told.letter, told.letter_day
    delivery.resolution_number, delivery.resolution_day = told.resolution, told.resolution_day
    delivery.resolution_body = told.resolution_body
    session.flush()
    edition = session.get_one(Edition, delivery.edition_id)
    sums = hashlib.sha256(checked.sums.encode()).hexdigest()
    _log("delivery.checked", None, edition, delivery, key=delivery.fingerprint, sums=sums, works=len(told.works))


def content_of(work: WorkTold) -> str:
    """SHA-256 over all that is told of a work, its files included: two are the same when these are."""
    plain = described.as_json(work)
    for file in plain["files"]:
        del file["path"]  # its place in the list, which another list gives it anew
    return hashlib.sha256(canonical_json(plain)).hexdigest()


def _log(kind: str, actor_id: int | None, edition: Edition, delivery: Delivery, **facts: int | str | None) -> None:
    record(kind, actor_id=actor_id, award_id=edition.award_id, subject=delivery, facts=dict(facts))
