"""Asking for a dossier to be mended, and the end of that: answered, taken back, overtaken. The caller holds its row."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.deadlines import Deadline
from award.editions.models import Edition, FileSlot
from award.editions.permissions import Capacity
from award.entries import queries
from award.entries.models import Correction, Entry, Receipt
from award.entries.permissions import can_ask_for
from award.log.operations import record
from award.text import canonical
from award.verdicts import Refused, Verdict, require


def ask(*, by: Capacity, edition: Edition, entry: Entry, items: str, parts: Sequence[str], due: Deadline) -> Correction:
    """The owner is asked to mend these parts until `due`. A request that stood before is replaced."""
    assert by.person_id is not None
    parts = [part for part in askable(entry) if part in set(parts)]
    if not parts:
        raise Refused(Verdict("parts", _("Chọn ít nhất một phần được bổ sung.")))
    if due.instant <= now():
        raise Refused(Verdict("due", _("Hạn bổ sung đã qua.")))
    require(can_ask_for(edition, parts, due.instant))
    end(entry, "replaced")
    made = Correction(
        entry_id=entry.id,
        items=canonical(items).rstrip("."),
        parts=parts,
        due_day=due.last_day,
        due_at=due.instant,
        asked_by_id=by.person_id,
    )
    session.add(made)
    session.flush()
    facts: dict[str, int | str | None] = {"code": entry.code, "parts": " ".join(parts), "due": due.instant.isoformat()}
    record(
        "entry.correction_asked",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=entry,
        facts=facts,
        detail={"items": made.items},
    )
    return made


def askable(entry: Entry) -> list[str]:
    """What a request may open of this entry: the pages of the form, and each kind of file by itself."""
    slots = select(FileSlot.code).where(FileSlot.category_id == entry.category_id).order_by(FileSlot.ordinal)
    files = [f"files.{code}" for code in session.scalars(slots)]
    return ["work", "parts", "authors", "files", *files, "declarations"]


def end(entry: Entry, how: str) -> Correction | None:
    """The request that stood, if one did, has ended so."""
    standing = queries.standing_request(entry.id)
    if standing is not None:
        standing.ended, standing.ended_at = how, now()
        session.flush()
    return standing


def answered(
    *, by: Capacity, edition: Edition, entry: Entry, before: Receipt | None, receipt: Receipt, words: str
) -> Correction | None:
    """The request that stood is answered by what `receipt` holds, in place of what `before` held."""
    standing = end(entry, "answered")
    if standing is None:
        return None
    standing.ended_at = receipt.received_at
    standing.answer, standing.before_id, standing.receipt_id = words, before.id if before else None, receipt.id
    session.flush()
    facts: dict[str, int | str | None] = {"code": entry.code, "receipt": receipt.content_hash}
    detail = {"answer": words}
    award_id = edition.award_id
    record(
        "entry.correction_answered",
        actor_id=by.person_id,
        award_id=award_id,
        subject=entry,
        facts=facts,
        detail=detail,
    )
    return standing
