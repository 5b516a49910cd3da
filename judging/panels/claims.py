"""Whose work it is says in private that somebody of the council has to do with it; the secretariat decides.

What is said only proposes: the member is kept from the work by the decision, and is told nothing of who said it.
"""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import func, select

from award.clock import now
from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.log.operations import record
from award.people.models import Person
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.panels import queries, recusing
from judging.panels.models import Assignment, ConflictClaim, Seat
from judging.panels.permissions import can_decide_claim, can_state_claim

LONGEST, MOST = 1000, 5


def state(*, by: Person, edition: Edition, entry: Entry, words: str) -> ConflictClaim:
    """The secretariat reads it, nobody else does. Refused without words, once the judging is over, and for a sixth."""
    session.refresh(entry, with_for_update=True)
    require(can_state_claim(edition, entry))
    words = canonical(words)
    if not words or len(words) > LONGEST:
        raise Refused(Verdict("words", _("Ghi ai có liên quan và liên quan thế nào, dài nhất %(n)s ký tự.", n=LONGEST)))
    had = session.scalar(select(func.count()).where(ConflictClaim.entry_id == entry.id))
    if (had or 0) >= MOST:
        raise Refused(Verdict("most", _("Mỗi tác phẩm nêu nhiều nhất %(n)s lần. Đề nghị liên hệ Tổ Thư ký.", n=MOST)))
    claim = ConflictClaim(entry_id=entry.id, stated_by_id=by.id, words=words)
    session.add(claim)
    session.flush()
    facts: dict[str, int | str | None] = {"entry": entry.id}
    record("claim.stated", actor_id=by.id, award_id=edition.award_id, subject=claim, facts=facts)
    return claim


def uphold(
    *, by: Capacity, edition: Edition, claim: ConflictClaim, seat: Seat, relation: str, reason: str
) -> list[Assignment]:
    """The member is kept from the work, for this reason; gives the readings that ended so.

    A sheet that was sent counts until two persons annul it, so then this is refused, as where nothing is to be decided.
    """
    _held(by, edition, claim)
    rounds = recusing.held_rounds(edition)
    read = [
        each.id
        for each in session.scalars(
            select(Assignment)
            .join(Seat, Seat.id == Assignment.seat_id)
            .where(Seat.person_id == seat.person_id, Assignment.entry_id == claim.entry_id)
        )
    ]
    sent = {one for each in rounds for one, done in queries.sheets_begun(each.id).items() if done}
    if sent & set(read):
        words = _("Thành viên này đã gửi phiếu. Đề nghị vô hiệu phiếu ở trang vô hiệu phiếu chấm, rồi trả lời ở đây.")
        raise Refused(Verdict("sent", words))
    ended = recusing.find_conflict(
        by=by, edition=edition, person_id=seat.person_id, entry_id=claim.entry_id, relation=relation, reason=reason
    )
    claim.answer = "upheld"
    _answered(by, edition, claim, reason)
    return ended


def dismiss(*, by: Capacity, edition: Edition, claim: ConflictClaim, reason: str) -> None:
    """Nobody is kept from the work by what was said, for this reason. Refused without one."""
    _held(by, edition, claim)
    if not canonical(reason):
        raise Refused(Verdict("no_reason", _("Cần ghi lý do.")))
    claim.answer = "dismissed"
    _answered(by, edition, claim, reason)


def claims_of(entry_id: int) -> Sequence[ConflictClaim]:
    """What was said about the work, oldest first."""
    return session.scalars(
        select(ConflictClaim).where(ConflictClaim.entry_id == entry_id).order_by(ConflictClaim.id)
    ).all()


def claims_in(edition_id: int) -> list[tuple[ConflictClaim, Entry]]:
    """Everything that was said in the edition, what waits first."""
    found = select(ConflictClaim, Entry).join(Entry, Entry.id == ConflictClaim.entry_id)
    order = ConflictClaim.answered_at.is_not(None), ConflictClaim.id
    return list(session.execute(found.where(Entry.edition_id == edition_id).order_by(*order)).tuples())


def claim_at(edition_id: int, public_id: str) -> ConflictClaim | None:
    """One of the edition by the id in its address."""
    found = select(ConflictClaim).join(Entry, Entry.id == ConflictClaim.entry_id)
    return session.scalar(found.where(Entry.edition_id == edition_id, ConflictClaim.public_id == public_id))


def members(edition_id: int) -> list[Seat]:
    """The seats of the edition's rounds, one of each person."""
    rounds = session.scalars(select(Round.id).where(Round.edition_id == edition_id).order_by(Round.ordinal))
    by_person = {seat.person_id: seat for each in rounds for seat in queries.seats_in(each)}
    return sorted(by_person.values(), key=lambda seat: seat.person.name_key)


def _held(by: Capacity, edition: Edition, claim: ConflictClaim) -> None:
    session.refresh(claim, with_for_update=True)
    assert by.person_id is not None
    require(can_decide_claim(by, blind=queries.judges_blind(by.person_id, edition.id)))
    if claim.answer is not None:
        raise Refused(Verdict("answered", _("Ý kiến này đã được trả lời.")))
    if queries.ties_between(edition, [by.person_id], [claim.entry_id]):
        raise Refused(
            Verdict("kept_from", _("Đồng chí có liên quan đến tác phẩm này. Việc này do người khác thực hiện."))
        )


def _answered(by: Capacity, edition: Edition, claim: ConflictClaim, reason: str) -> None:
    claim.reason, claim.answered_by_id, claim.answered_at = canonical(reason), by.person_id, now()
    session.flush()
    facts: dict[str, int | str | None] = {"entry": claim.entry_id, "answer": claim.answer}
    record("claim.answered", actor_id=by.person_id, award_id=edition.award_id, subject=claim, facts=facts)
