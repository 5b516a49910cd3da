"""Links by which a phone, or somebody at the station, sends files into one place of one entry and does nothing else."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Unpack

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.entries import attaching, openings, queries
from award.entries.dossiers import Place
from award.entries.leave import Leave
from award.entries.models import Entry, UploadPass
from award.entries.permissions import can_hand_over, can_use_pass
from award.files.declared import Declared
from award.files.models import File
from award.log.operations import record
from award.people.models import Person
from award.verdicts import require

HOURS = (2, 24, 72)
"""How long a link may live: for the phone beside the computer, for a day, over a weekend."""
_ID, _PROOF_BYTES = 12, 15


def token_of(public_id: str, secret: str) -> str:
    """What the link ends with. Nobody makes it without the secret of the house, and no row holds it."""
    proof = hmac.new(secret.encode(), f"upload pass {public_id}".encode(), hashlib.sha256).digest()
    return public_id + urlsafe_b64encode(proof[:_PROOF_BYTES]).decode()


def public_id_of(token: str, secret: str) -> str | None:
    """The pass that this is the link of, or None for anything that was not made here."""
    public_id = token[:_ID]
    genuine = hmac.compare_digest(token_of(public_id, secret).encode(), token.encode())
    return public_id if genuine else None


def open_pass(
    *, by_id: int, edition: Edition, entry: Entry, place: Place, hours: int, last: datetime | None
) -> UploadPass:
    """Whoever gets the link sends files into the place for so many hours; never beyond `last`, when all must be in."""
    require(can_hand_over(by_id, entry, edition, now(), queries.leave_of(entry), place.slot.code))
    until = now() + timedelta(hours=hours)
    made = UploadPass(
        entry_id=entry.id,
        part_id=None if place.part is None else place.part.id,
        slot_id=place.slot.id,
        until=until if last is None else min(until, last),
    )
    session.add(made)
    session.flush()
    facts: dict[str, int | str | None] = {"entry": entry.id, "slot": made.slot_id, "until": made.until.isoformat()}
    record("entry.pass_opened", actor_id=by_id, award_id=edition.award_id, subject=made, facts=facts)
    return made


def end_pass(*, by_id: int, edition: Edition, opened: UploadPass) -> None:
    """The link opens nothing any more. What came by it stays."""
    if opened.ended_at is None:
        opened.ended_at = now()
        session.flush()
        record("entry.pass_ended", actor_id=by_id, award_id=edition.award_id, subject=opened)


def begin_file(
    *,
    opened: UploadPass,
    edition: Edition,
    entry: Entry,
    place: Place,
    leave: Leave,
    **sent: Unpack[Declared],
) -> File:
    """As when the owner begins it: a file with the same bytes goes on where it stopped, on whichever device."""
    require(can_use_pass(opened, now()))
    file = attaching.begin_file(
        uploader=session.get_one(Person, entry.owner_id),
        edition=edition,
        entry=entry,
        place=place,
        leave=leave,
        **sent,
    )
    if file.id not in {each.id for each in place.files}:
        next(held for held in entry.files if held.file_id == file.id).pass_id = opened.id
        session.flush()
    facts: dict[str, int | str | None] = {"pass": opened.id, "entry": entry.id}
    record("entry.file_by_pass", actor_id=None, award_id=edition.award_id, subject=file, facts=facts)
    return file


def remove_file(*, opened: UploadPass, edition: Edition, entry: Entry, key: str) -> None:
    """A file that came by this link is gone again; any other stays."""
    require(can_use_pass(opened, now()))
    if key in {file.public_id for file in openings.files_by_pass(opened.id)}:
        attaching.remove_file(by_id=entry.owner_id, edition=edition, entry=entry, key=key)
