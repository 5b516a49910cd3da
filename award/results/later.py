"""Deeds of two persons each: after the decision a prize is taken back, lowered, or its place given; a word corrected.

Nothing here follows from something else by itself: a place stays vacant until two persons record a paper that gives it.
"""

from dataclasses import dataclass
from datetime import date

from award import dates
from award.clock import now
from award.db import session
from award.editions import countersigns
from award.editions.models import Countersign, Edition, PrizeLevel
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.prizes import one_of
from award.entries.models import Entry
from award.features import has_to_do, tell_rooms_of_paper, tell_rooms_of_revocation
from award.log.operations import record
from award.results import certifying, permissions, queries, rulings, succession
from award.results.letters import tell_later
from award.results.models import Honour, NameCorrection, Result, Ruling
from award.results.record import hand_down
from award.results.rulings import AWARD, CORRECT, LOWER, PAPER_OF, REVOKE
from award.verdicts import Refused, Verdict, require


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The paper a deed rests on, as it was issued, and why it was."""

    number: str
    day: date
    body: str
    signatory: str
    reason: str
    case_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word of a work as it should have been. `authorship_id`: whose name, for a name."""

    field: str
    authorship_id: int | None
    stood: str
    reads: str
    reason: str
    evidence: str = ""
    number: str = ""
    day: date | None = None


def tied(entry_id: int | None, person_id: int | None) -> bool:
    """Whether the person has to do with the work, and so takes no part."""
    return entry_id is not None and person_id is not None and has_to_do(entry_id, person_id)


def propose_revocation(*, by: Capacity, edition: Edition, prize: Result | Honour, paper: Paper) -> Countersign:
    """Taking the prize back waits for its second person."""
    lock(edition)
    entry_id = prize.entry_id if isinstance(prize, Result) else None
    honour_id = prize.id if isinstance(prize, Honour) else None
    _may_propose(by, edition, prize.entry_id)
    require(permissions.can_take_back(prize))
    _nothing_waits(rulings.waits(edition.id, entry_id=entry_id, honour_id=honour_id))
    row = Ruling(
        edition_id=edition.id,
        kind="revoked",
        entry_id=entry_id,
        result_id=prize.id if isinstance(prize, Result) else None,
        honour_id=honour_id,
        **vars(paper),
    )
    return _propose(by, edition, REVOKE, row)


def propose_award(*, by: Capacity, edition: Edition, revocation: Ruling, entry_key: str, paper: Paper) -> Countersign:
    """Giving the place to this work of the line waits for its second person."""
    lock(edition)
    level = rulings.level_of(revocation)
    require(permissions.can_give_place(revocation, rulings.given(level.id), level))
    assert revocation.entry_id is not None
    chosen = succession.found(succession.next_in_line(revocation.entry_id, level), entry_key)
    if chosen is None:
        raise Refused(Verdict("not_in_line", str(permissions.NOT_IN_LINE)))
    _nothing_waits(rulings.place_waits(revocation.id))
    return _propose_award(by, edition, chosen.entry, level, paper, in_place_of_id=revocation.id)


def propose_filling(*, by: Capacity, edition: Edition, level: PrizeLevel, code: str, paper: Paper) -> Countersign:
    """Giving a vacant place of the level to the work of this code waits for its second person."""
    lock(edition)
    require(permissions.can_fill(level, rulings.given(level.id)))
    entry = succession.named(edition.id, level, code)
    if entry is None:
        raise Refused(Verdict("not_named", str(permissions.NOT_NAMED)))
    return _propose_award(by, edition, entry, level, paper)


def _propose_award(
    by: Capacity, edition: Edition, entry: Entry, level: PrizeLevel, paper: Paper, in_place_of_id: int | None = None
) -> Countersign:
    _may_propose(by, edition, entry.id)
    _may_hold(edition, entry.id, level)
    _nothing_waits(rulings.waits(edition.id, entry_id=entry.id))
    of = {"edition_id": edition.id, "entry_id": entry.id, "level_id": level.id, "in_place_of_id": in_place_of_id}
    return _propose(by, edition, AWARD, Ruling(kind="awarded", **of, **vars(paper)))


def propose_lowering(
    *, by: Capacity, edition: Edition, prize: Result, level: PrizeLevel, beyond: bool, paper: Paper
) -> Countersign:
    """Lowering the prize to this level waits for its second person. `beyond`: the paper gives it no place there."""
    lock(edition)
    _may_propose(by, edition, prize.entry_id)
    _may_lower(prize, level, beyond=beyond)
    _nothing_waits(rulings.waits(edition.id, entry_id=prize.entry_id))
    of = {"edition_id": edition.id, "entry_id": prize.entry_id, "result_id": prize.id, "level_id": level.id}
    had = {"former_level_id": prize.prize_level_id, "beyond": beyond}
    return _propose(by, edition, LOWER, Ruling(kind="lowered", **of, **had, **vars(paper)))


def _may_hold(edition: Edition, entry_id: int, level: PrizeLevel) -> None:
    """What the council had to obey when it proposed a prize binds who gives one after it."""
    held = [session.get_one(PrizeLevel, each.prize_level_id) for each in rulings.results_of(entry_id)]
    require(permissions.can_hold(level, held, one_of(edition, level.kind)))


def _may_lower(prize: Result, level: PrizeLevel, *, beyond: bool) -> None:
    require(permissions.can_take_back(prize))
    has = session.get_one(PrizeLevel, prize.prize_level_id)
    require(permissions.can_lower(has, level, rulings.given(level.id), beyond=beyond))


def propose_correction(*, by: Capacity, edition: Edition, entry: Entry, word: Word) -> Countersign:
    """The other word waits for its second person."""
    lock(edition)
    require(permissions.can_correct(by, proposed=queries.has_outcome(edition.id), tied=tied(entry.id, by.person_id)))
    if word.stood == word.reads:
        raise Refused(Verdict("same", str(permissions.SAME_WORDS)))
    _nothing_waits(rulings.waits(edition.id, entry_id=entry.id))
    return _propose(by, edition, CORRECT, NameCorrection(edition_id=edition.id, entry_id=entry.id, **vars(word)))


def confirm(*, by: Capacity, edition: Edition, sign: Countersign) -> Ruling | NameCorrection:
    """The second person has confirmed; what was proposed is so from now on, and whom it concerns has a letter.

    The paper of a prize taken back, lowered or given later is kept as it was issued.
    """
    lock(edition)
    row = rulings.subject_of(sign)
    require(permissions.impartial(tied=tied(rulings.entry_of(row), by.person_id)))
    countersigns.confirm(by=by, edition=edition, proposal=sign)
    row.state, row.done_at = "confirmed", now()
    session.flush()
    if isinstance(row, NameCorrection):
        _correct(by, edition, row)
    elif row.kind == "revoked":
        _take_back(by, edition, row)
    elif row.kind == "lowered":
        _lower(by, edition, row)
    else:
        _give(by, edition, row)
    _follow(edition)
    if isinstance(row, Ruling):
        tell_rooms_of_paper(edition.id, PAPER_OF[row.kind], by.person_id, row.public_id)
    return row


def withdraw(*, by: Capacity, edition: Edition, sign: Countersign) -> None:
    """The proposal no longer waits; it stays as history."""
    lock(edition)
    row = rulings.subject_of(sign)
    require(permissions.can_withdraw_ruling(by, sign, tied=tied(rulings.entry_of(row), by.person_id)))
    countersigns.withdraw(by=by, edition=edition, proposal=sign)
    row.state = "withdrawn"
    session.flush()


def _may_propose(by: Capacity, edition: Edition, entry_id: int | None) -> None:
    require(permissions.can_rule(by, queries.decision(edition.id), tied=tied(entry_id, by.person_id)))


def _nothing_waits(waits: bool) -> None:
    if waits:
        raise Refused(Verdict("waits", str(permissions.WAITS)))


def _propose(by: Capacity, edition: Edition, act: str, row: Ruling | NameCorrection) -> Countersign:
    if not row.reason:
        raise Refused(Verdict("reason", str(permissions.REASON_NEEDED)))
    session.add(row)
    session.flush()
    return countersigns.propose(by=by, edition=edition, act=act, subject=row.public_id)


def _take_back(by: Capacity, edition: Edition, row: Ruling) -> None:
    prize: Result | Honour = (
        session.get_one(Result, row.result_id) if row.result_id is not None else session.get_one(Honour, row.honour_id)
    )
    require(permissions.can_take_back(prize))
    prize.state = "revoked"
    certifying.revoke(prize=prize)
    if isinstance(prize, Result):
        tell_rooms_of_revocation(prize.id, by.person_id)
    _log("result.revoked", by, edition, row, level=prize.prize_level_id, entry=prize.entry_id)
    _tell(edition, row.entry_id, row)


def _give(by: Capacity, edition: Edition, row: Ruling) -> None:
    """The work has the prize, for the theme of the one whose place it takes; a lower one that it had is vacant, and its
    certificate is replaced."""
    assert row.entry_id is not None
    level = rulings.level_of(row)
    given, revoked = rulings.given(level.id), session.get(Ruling, row.in_place_of_id) if row.in_place_of_id else None
    require(permissions.can_give_place(revoked, given, level) if revoked else permissions.can_fill(level, given))
    _may_hold(edition, row.entry_id, level)
    result = next((each for each in rulings.results_of(row.entry_id) if each.kind == level.kind), None)
    today = dates.local(now()).date()
    theme = session.get_one(Result, revoked.result_id).theme if revoked else ""
    if result is None:
        result = Result(edition_id=edition.id, entry_id=row.entry_id, prize_level_id=level.id, kind=level.kind)
        result.theme = theme
        result.state, result.decided_at, result.proposed_reason = "decided", now(), row.reason
        session.add(result)
        session.flush()
        certifying.issue(edition=edition, by_id=by.person_id, on=today)
    else:
        _not_higher(session.get_one(PrizeLevel, result.prize_level_id), level)
        row.former_level_id, result.prize_level_id, result.theme = result.prize_level_id, level.id, theme
        certifying.correct(edition=edition, prizes=[result], by_id=by.person_id, on=today)
    row.result_id = result.id
    session.flush()
    _log("result.awarded_later", by, edition, row, level=level.id, entry=row.entry_id)
    _tell(edition, row.entry_id, row)


def _lower(by: Capacity, edition: Edition, row: Ruling) -> None:
    """The work has the lower prize; its place of the higher one is vacant, and its certificates are replaced."""
    prize, level = session.get_one(Result, row.result_id), rulings.level_of(row)
    _may_lower(prize, level, beyond=row.beyond)
    former = session.get_one(PrizeLevel, row.former_level_id)
    prize.prize_level_id = level.id
    session.flush()
    certifying.correct(edition=edition, prizes=[prize], by_id=by.person_id, on=dates.local(now()).date())
    _log("result.lowered", by, edition, row, level=level.id, former=former.id, entry=row.entry_id)
    _tell(edition, row.entry_id, row)


def _not_higher(has: PrizeLevel, level: PrizeLevel) -> None:
    if has.rank <= level.rank:
        raise Refused(Verdict("not_in_line", str(permissions.NOT_IN_LINE)))


def _correct(by: Capacity, edition: Edition, row: NameCorrection) -> None:
    prizes = rulings.results_of(row.entry_id)
    today, whose = dates.local(now()).date(), row.authorship_id
    certifying.correct(edition=edition, prizes=prizes, by_id=by.person_id, on=today, authorship_id=whose)
    facts: dict[str, int | str | None] = {"entry": row.entry_id, "field": row.field}
    record("name.corrected", actor_id=by.person_id, award_id=edition.award_id, subject=row, facts=facts)
    _tell(edition, row.entry_id, row)


def _follow(edition: Edition) -> None:
    """Public figures and the record of earlier editions say what the prizes say now."""
    publication = queries.publication(edition.id)
    if publication is not None:
        told = queries.figures(edition.id)
        publication.figures = {**publication.figures, **{name: told[name] for name in ("prizes", "honours")}}
    if edition.state in {"published", "archived"}:
        hand_down(edition)
    session.flush()


def _tell(edition: Edition, entry_id: int | None, row: Ruling | NameCorrection) -> None:
    """Owner and authors have a letter, once the results are public: before that nobody knows of a prize.

    What was taken back before is told with the results (`tasks.published`).
    """
    if entry_id is None or not queries.is_public(edition, now()):
        return
    for to in queries.addressees(edition.id, entry_id):
        tell_later(edition, to, row)


def _log(kind: str, by: Capacity, edition: Edition, row: Ruling, **facts: int | None) -> None:
    told: dict[str, int | str | None] = {"number": row.number, **facts}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=row, facts=told)
