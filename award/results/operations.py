"""What judging hands down is written here; the province's decision and the instant of publication too."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select, update

from award import jobs
from award.clock import now
from award.db import session
from award.editions import countersigns
from award.editions.models import Category, Countersign, Edition, PrizeLevel, Round
from award.editions.operations import mark_published
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import waiting_countersign
from award.editions.rulebook import digest, structure_of_prizes
from award.entries.models import Entry
from award.features import tell_rooms_of_paper
from award.log.operations import record
from award.opinions.models import Opinion
from award.results import certifying, permissions, queries
from award.results.models import Decision, FormerStanding, Honour, Publication, Result, SetAside, Standing
from award.results.record import hand_down
from award.verdicts import Refused, Verdict, require


@dataclass(frozen=True)
class StandingRow:
    """An entry's place as ranking found it. `score` is in points of the round's scale; None when nobody scored it."""

    entry_id: int
    panel_id: int
    rank: int | None
    score: Fraction | None
    sheets: int
    detail: dict[str, Any] = field(default_factory=dict)
    needed: int = 1
    """How many sheets it needed to have a rank."""


@dataclass(frozen=True)
class OutcomeRow:
    """A prize the council proposes."""

    entry_id: int
    prize_level_id: int
    reason: str = ""
    theme: str = ""
    """Of a thematic prize: what it is given for."""


@dataclass(frozen=True)
class HonourRow:
    """A prize the council proposes for a body, or for a person a work depicts."""

    prize_level_id: int
    recipient: str
    newsroom_id: int | None = None
    entry_id: int | None = None
    reason: str = ""


def record_standing(*, by: Capacity, edition: Edition, judged: Round, rows: Sequence[StandingRow]) -> None:
    """Every entry of the round has its place. Once for a round: a second call is refused."""
    lock(edition)
    if session.scalar(select(Standing.id).where(Standing.round_id == judged.id).limit(1)) is not None:
        raise Refused(Verdict("already_recorded", str(permissions.ALREADY_RECORDED)))
    for row in rows:
        session.add(
            Standing(
                edition_id=edition.id,
                round_id=judged.id,
                panel_id=row.panel_id,
                entry_id=row.entry_id,
                rank=row.rank,
                score_numerator=None if row.score is None else row.score.numerator,
                score_denominator=None if row.score is None else row.score.denominator,
                sheets=row.sheets,
                needed=row.needed,
                detail=row.detail,
            )
        )
    session.flush()
    record(
        "standing.recorded",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=judged,
        facts={"entries": len(rows)},
    )


_KEPT = (
    *("round_id", "version", "panel_id", "entry_id", "rank", "score_numerator", "score_denominator", "sheets"),
    *("needed", "detail"),
)
"""What a former place keeps of the place it was."""


def record_correction(
    *, by: Capacity, edition: Edition, judged: Round, rows: Sequence[StandingRow], version: int
) -> None:
    """Every entry of the round has the place of `rows`; the places before stay as former ones, and who went on has.

    The caller has the leave of two persons and records why.
    """
    lock(edition)
    present = {each.entry_id: each for each in session.scalars(select(Standing).where(Standing.round_id == judged.id))}
    assert present.keys() == {row.entry_id for row in rows}, "a correction moves places and drops none"
    for row in rows:
        standing = present[row.entry_id]
        assert standing.version < version, "versions only grow"
        session.add(FormerStanding(**{name: getattr(standing, name) for name in _KEPT}))
        standing.rank, standing.sheets, standing.detail, standing.version = row.rank, row.sheets, row.detail, version
        standing.needed = row.needed
        standing.score_numerator = None if row.score is None else row.score.numerator
        standing.score_denominator = None if row.score is None else row.score.denominator
    session.flush()
    record(
        "standing.corrected",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=judged,
        facts={"entries": len(rows), "version": version},
    )


def record_shortlist(*, by: Capacity, edition: Edition, judged: Round, advanced: Mapping[int, str]) -> None:
    """Exactly the entries in `advanced` (entry id → reason, may be empty) go on; all others of the round do not."""
    session.execute(update(Standing).where(Standing.round_id == judged.id).values(advanced=False, advanced_reason=""))
    for entry_id, reason in advanced.items():
        session.execute(
            update(Standing)
            .where(Standing.round_id == judged.id, Standing.entry_id == entry_id)
            .values(advanced=True, advanced_reason=reason)
        )
    record(
        "shortlist.drawn",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=judged,
        facts={"advanced": len(advanced)},
        detail={"advanced": {str(entry): reason for entry, reason in advanced.items()}},
    )


def record_outcome(
    *, by: Capacity, edition: Edition, rows: Sequence[OutcomeRow], honours: Sequence[HonourRow] = ()
) -> None:
    """The council's proposals are results waiting for the organisers. Quotas hold; a second outcome is refused."""
    lock(edition)
    if queries.has_outcome(edition.id):
        raise Refused(Verdict("already_recorded", str(permissions.ALREADY_RECORDED)))
    levels = {
        level.id: level for level in session.scalars(select(PrizeLevel).where(PrizeLevel.edition_id == edition.id))
    }
    given = [row.prize_level_id for row in rows] + [honour.prize_level_id for honour in honours]
    if not set(given) <= set(levels):
        raise Refused(Verdict("level", str(permissions.FOREIGN_LEVEL)))
    for level in levels.values():
        require(permissions.within_quota(level, given.count(level.id)))
    works = select(Entry.id, Category).join(Category, Category.id == Entry.category_id)
    of = dict(session.execute(works.where(Entry.id.in_([row.entry_id for row in rows]))).tuples().all())
    for row in rows:
        require(permissions.for_works(levels[row.prize_level_id]))
        require(permissions.for_category(levels[row.prize_level_id], of[row.entry_id]))
        session.add(
            Result(
                edition_id=edition.id,
                entry_id=row.entry_id,
                prize_level_id=row.prize_level_id,
                kind=levels[row.prize_level_id].kind,
                theme=row.theme,
                proposed_reason=row.reason,
            )
        )
    for honour in honours:
        require(permissions.for_recipients(levels[honour.prize_level_id]))
        session.add(Honour(edition_id=edition.id, **asdict(honour)))
    session.flush()
    record(
        "outcome.recorded",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=edition,
        facts={
            "edition": edition.id,
            "prizes": len(rows),
            "honours": len(honours),
            "structure_sha256": digest(structure_of_prizes(list(levels.values()))),
        },
    )


def set_aside(
    *, by: Capacity, edition: Edition, result: Result | Honour, reason: str, opinion: Opinion | None = None
) -> None:
    """The proposal will not be decided: its place is vacant. Who set it aside, why, on whose opinion stays known."""
    lock(edition)
    decided = queries.decision(edition.id)
    if isinstance(result, Honour):
        require(permissions.can_set_honour_aside(by, edition, decided, queries.commendation(edition.id)))
    else:
        require(permissions.can_set_aside(by, edition, decided))
    if not reason:
        raise Refused(Verdict("reason", str(permissions.REASON_NEEDED)))
    record(
        "result.set_aside",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=result,
        facts={"entry": result.entry_id, "level": result.prize_level_id},
        detail={"reason": reason, **_proposed(result)},
    )
    assert by.person_id is not None
    session.add(
        SetAside(
            edition_id=edition.id,
            prize_level_id=result.prize_level_id,
            entry_id=result.entry_id,
            recipient=result.recipient if isinstance(result, Honour) else "",
            reason=reason,
            opinion_id=opinion.id if opinion else None,
            by_id=by.person_id,
            at=now(),
        )
    )
    session.delete(result)
    session.flush()


def _proposed(result: Result | Honour) -> dict[str, str]:
    """What the council had said of it, and of an honour whom it was for."""
    if isinstance(result, Honour):
        return {"proposed_reason": result.reason, "recipient": result.recipient}
    return {"proposed_reason": result.proposed_reason}


def decide(*, by: Capacity, edition: Edition, number: str, day: date, body: str, signatory: str) -> Decision:
    """The proposals are decided by the paper `number`; its data are as on the issued paper."""
    lock(edition)
    require(permissions.can_decide(by, edition, queries.decision(edition.id)))
    assert by.person_id is not None
    proposed = queries.all_proposed(edition.id)
    if not proposed:
        raise Refused(Verdict("nothing_proposed", str(permissions.NOTHING_PROPOSED)))
    for result in proposed:
        result.state, result.decided_at = "decided", now()
    decision = Decision(
        edition_id=edition.id,
        number=number,
        day=day,
        body=body,
        signatory=signatory,
        recorded_by_id=by.person_id,
        recorded_at=now(),
    )
    session.add(decision)
    session.flush()
    record(
        "results.decided",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=decision,
        facts={"number": number, "prizes": len(proposed)},
    )
    certifying.issue(edition=edition, by_id=by.person_id, on=day)
    for kind in ("decision", "notice"):  # the notice may have its number already: it tells what is decided now
        tell_rooms_of_paper(edition.id, kind, by.person_id)
    return decision


def propose_publication(*, by: Capacity, edition: Edition, at: datetime) -> Countersign:
    """Publication at `at` waits for its second person."""
    lock(edition)
    require(permissions.can_publish(by, queries.decision(edition.id), queries.publication(edition.id)))
    if at < now():
        raise Refused(Verdict("past", str(permissions.PAST)))
    return countersigns.propose(
        by=by, edition=edition, act="publish", subject=edition.public_id, terms={"at": at.isoformat()}
    )


def named_instant(proposal: Countersign) -> datetime:
    """The instant of publication that the first person named."""
    return datetime.fromisoformat(proposal.terms["at"])


def confirm_publication(*, by: Capacity, edition: Edition) -> Publication:
    """The results become public at the instant the first person named; figures are computed now and kept.

    Where that instant has passed while the proposal waited, they are public from now on.
    """
    lock(edition)
    waiting = waiting_countersign(edition.id, "publish", edition.public_id)
    if waiting is None:
        raise Refused(Verdict("nothing_waits", str(permissions.NOTHING_WAITS)))
    countersigns.confirm(by=by, edition=edition, proposal=waiting)
    at = max(named_instant(waiting), now())
    publication = Publication(
        edition_id=edition.id, at=at, countersign_id=waiting.id, figures=queries.figures(edition.id)
    )
    session.add(publication)
    session.flush()
    record(
        "results.publication_set",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=publication,
        facts={"at": at.isoformat()},
    )
    jobs.defer("results.published", edition_id=edition.id, after=at - now())
    return publication


def withdraw_publication(*, by: Capacity, edition: Edition) -> None:
    """The proposal no longer waits; another instant can be proposed."""
    lock(edition)
    waiting = waiting_countersign(edition.id, "publish", edition.public_id)
    if waiting is None:
        raise Refused(Verdict("nothing_waits", str(permissions.NOTHING_WAITS)))
    require(permissions.can_withdraw(by, waiting))
    countersigns.withdraw(by=by, edition=edition, proposal=waiting)


def mark_public(*, edition: Edition) -> bool:
    """The calendar follows a publication whose instant has come, and the record of prizes has them.

    False when it has not come, or when both had followed.
    """
    if not queries.is_public(edition, now()):
        return False
    lock(edition)
    if edition.state != "decision":
        return False
    mark_published(edition=edition)
    hand_down(edition)
    return True
