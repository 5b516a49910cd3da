"""The evidence of an edition: events, opened sheets of closed rounds, places and prizes, as plain rows."""

import json
from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from award.db import session
from award.editions.models import Appointment, Category, Edition, Panel, PrizeLevel, Round
from award.editions.rulebook import rules_then, structure_of_prizes
from award.entries.models import Entry
from award.log.models import Checkpoint, Event
from award.log.queries import checkpoints_of, events_of
from award.people.models import User
from award.results.models import Decision, FormerStanding, Publication, Result, Ruling, Standing
from award.results.queries import GIVE
from award.screening.models import Screening
from judging.calibration.queries import counted
from judging.council.queries import reasons
from judging.panels.models import Assignment, Seat
from judging.proof.receipts import Held, Sent
from judging.proof.versions import corrections_of
from judging.ranking.models import Zone
from judging.ranking.queries import panels
from judging.scoring.contents import marks_of, sealed_content
from judging.scoring.models import ScoreSheet, SecondLook
from judging.sittings.models import AgendaItem, Ballot, Sitting, Vote


def checkpoints(award_id: int) -> list[tuple[Checkpoint, Event]]:
    """The checkpoints of the award with the acts they were taken after, oldest first."""
    return list(session.execute(checkpoints_of(award_id)).tuples())


TOLD = frozenset(
    {
        "round.opened",
        "round.held_fast",
        "round.frozen",
        "round.counted",
        "round.corrected",
        "sitting.closed",
        "outcome.recorded",
    }
)
"""Acts whose checkpoints go out by letter."""


class Fresh(NamedTuple):
    """A checkpoint that people are to be told of, with the act it was taken after and its edition."""

    taken: Checkpoint
    act: Event
    edition: Edition


def fresh(since: datetime) -> list[Fresh]:
    """Checkpoints taken since then after acts of an edition that is no trial."""
    found = _told().where(Event.at >= since).order_by(Checkpoint.id)
    return [Fresh(*row) for row in session.execute(found).tuples()]


def newest_told(edition_id: int) -> Fresh | None:
    """The last checkpoint that people of the edition were told of."""
    found = _told().where(Edition.id == edition_id).order_by(Checkpoint.id.desc()).limit(1)
    row = session.execute(found).tuples().one_or_none()
    return None if row is None else Fresh(*row)


def _told() -> Select[*tuple[Checkpoint, Event, Edition]]:
    itself = case((Event.subject_kind == Edition.__tablename__, Event.subject_id))
    return (
        select(Checkpoint, Event, Edition)
        .join(Event, Event.id == Checkpoint.event_id)
        .outerjoin(Round, and_(Event.subject_kind == Round.__tablename__, Event.subject_id == Round.id))
        .outerjoin(Sitting, and_(Event.subject_kind == Sitting.__tablename__, Event.subject_id == Sitting.id))
        .join(Edition, Edition.id == func.coalesce(itself, Round.edition_id, Sitting.edition_id))
        .where(Event.kind.in_(TOLD), Edition.trial_of_id.is_(None))
    )


def keepers(edition_id: int, *roles: str) -> list[str]:
    """The addresses of who holds one of these roles in the edition and has an account that can be used."""
    found = (
        select(User.email)
        .join(Appointment, Appointment.person_id == User.person_id)
        .where(
            Appointment.edition_id == edition_id,
            Appointment.ended_at.is_(None),
            Appointment.role.in_(roles),
            User.active,
        )
        .distinct()
        .order_by(User.email)
    )
    return list(session.scalars(found))


def rounds_at_work() -> list[tuple[Round, Edition]]:
    """Rounds that are open or frozen in editions that are no trial."""
    found = (
        select(Round, Edition)
        .join(Edition, Edition.id == Round.edition_id)
        .where(Round.state.in_(("open", "frozen")), Edition.trial_of_id.is_(None))
        .order_by(Round.id)
    )
    return list(session.execute(found).tuples())


def own_sent(person_id: int, judged: Round) -> list[Sent]:
    """The person's own sheets of the round that stand as sent, each with the event that holds its commitment."""
    rows = session.execute(
        select(ScoreSheet, Assignment, Seat, Event)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Event, and_(Event.subject_kind == ScoreSheet.__tablename__, Event.subject_id == ScoreSheet.id))
        .where(
            Seat.person_id == person_id,
            Assignment.round_id == judged.id,
            ScoreSheet.state == "finished",
            Event.kind.in_(("sheet.sent", "sheet.revised")),
        )
        .distinct(ScoreSheet.id)
        .options(selectinload(ScoreSheet.marks))
        .order_by(ScoreSheet.id, Event.seq.desc())
    ).tuples()
    return [
        Sent(
            sheet.commitment or "",
            sheet.nonce or b"",
            sealed_content(judged, seat, assignment, marks_of(sheet), sheet.level),
            event.seq,
            event.payload,
        )
        for sheet, assignment, seat, event in rows
    ]


def last_held(award_id: int) -> Held | None:
    """The latest checkpoint of the award with the leaves it holds fast."""
    latest = select(Checkpoint).where(Checkpoint.award_id == award_id).order_by(Checkpoint.size.desc()).limit(1)
    taken = session.scalar(latest)
    if taken is None:
        return None
    leaves = select(Event.leaf_hash).where(Event.award_id == award_id, Event.seq <= taken.size).order_by(Event.seq)
    return Held(taken.note, session.scalars(leaves).all())


def milestones(award_id: int) -> list[tuple[Checkpoint, Event, Edition | None]]:
    """The same with the edition of each act, since all editions of an award share its log. Those of a draft that was
    only tried out are left out: they hold nothing that anybody waits for."""
    asked = checkpoints_of(award_id).add_columns(Edition)
    for of in (Round, Decision, Publication, Sitting):
        asked = asked.outerjoin(of, and_(Event.subject_kind == of.__tablename__, Event.subject_id == of.id))
    itself = case((Event.subject_kind == Edition.__tablename__, Event.subject_id))
    number = func.coalesce(itself, Round.edition_id, Decision.edition_id, Publication.edition_id, Sitting.edition_id)
    asked = asked.outerjoin(Edition, Edition.id == number).where(Edition.trial_of_id.is_(None))
    return [row._tuple() for row in session.execute(asked)]


def checkpoint(award_id: int, size: int) -> Checkpoint | None:
    return session.scalar(select(Checkpoint).where(Checkpoint.award_id == award_id, Checkpoint.size == size))


def payloads(award_id: int) -> list[bytes]:
    """What every event of the award commits to, in their order."""
    return list(session.scalars(select(Event.payload).where(Event.award_id == award_id).order_by(Event.seq)))


def rules(edition: Edition) -> dict[str, Any]:
    """The rules of the closed rounds and the structure of prizes, as their hashes stand in the log."""
    levels = session.scalars(select(PrizeLevel).where(PrizeLevel.edition_id == edition.id)).all()
    return {
        "rounds": [rules_then(each, list(panels(each.id).values())) for each in _closed(edition)],
        "prizes": structure_of_prizes(levels),
    }


def figures_told(judged: Round) -> dict[str, str]:
    """What the log says of how the places of the round were found when it ended: of each panel the way of its scores
    where they are no plain means, and λ where there is one."""
    ended = session.scalars(events_of(Round.__tablename__, judged.id).where(Event.kind == "round.counted").limit(1))
    facts = {name: value for event in ended for name, value in json.loads(event.payload)["facts"].items()}
    return {name: str(value) for name, value in facts.items() if name.startswith(("score.", "lambda."))}


def sheets(edition: Edition) -> list[dict[str, Any]]:
    """Every sheet that counted in a closed round, opened: what was committed to, its nonce, the work it is of."""
    return [line for each in _closed(edition) for line in _sheets_of(each)]


def revisions(edition: Edition) -> list[dict[str, Any]]:
    """What sheets of closed rounds held before they were changed, opened like the sheets themselves."""
    found = session.execute(
        select(SecondLook, Assignment.entry_id)
        .join(ScoreSheet, ScoreSheet.id == SecondLook.sheet_id)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(
            Assignment.round_id.in_([each.id for each in _closed(edition)]), SecondLook.former_commitment.is_not(None)
        )
        .order_by(SecondLook.former_commitment)
    ).tuples()
    return [
        {
            "commitment": look.former_commitment,
            "nonce": (look.former_nonce or b"").hex(),
            "content": look.former,
            "work": entry,
        }
        for look, entry in found
    ]


def zones(edition: Edition) -> list[dict[str, Any]]:
    """How near the cut each work was when its round, now closed, was frozen."""
    closed = [each.id for each in _closed(edition)]
    found = session.scalars(select(Zone).where(Zone.round_id.in_(closed)).order_by(Zone.round_id))
    return [{"commitment": one.commitment, "nonce": one.nonce.hex(), "content": one.content} for one in found]


def outcome(edition: Edition) -> dict[str, Any]:
    """What was found: the places of every closed round, who went on, and the prizes. Works are ids of the log."""
    rounds = [
        {
            "round": each.public_id,
            "subject": each.id,
            "places": [_place(*row) for row in _standings(each.id)],
            "former": _formers(each.id),
        }
        | _calibration(each)
        for each in _closed(edition)
    ]
    codes = session.execute(
        select(Screening.entry_id, Screening.blind_code)
        .where(Screening.edition_id == edition.id, Screening.blind_code.is_not(None))
        .order_by(Screening.entry_id)
    )
    earlier = aliased(Ruling)
    before = exists().where(
        *(earlier.result_id == Ruling.result_id, earlier.kind.in_(GIVE)),
        *(earlier.state == "confirmed", earlier.id < Ruling.id),
    )
    first = and_(
        *(Ruling.result_id == Result.id, Ruling.kind.in_(GIVE), Ruling.state == "confirmed"), ~before.correlate(Ruling)
    )
    prizes = session.execute(  # as the council proposed them: what a paper changed later has its own number and day
        select(Result.entry_id, PrizeLevel.code)
        .select_from(Result)
        .outerjoin(Ruling, first)
        .join(PrizeLevel, PrizeLevel.id == func.coalesce(Ruling.former_level_id, Result.prize_level_id))
        .where(Result.edition_id == edition.id, or_(Ruling.id.is_(None), Ruling.former_level_id.is_not(None)))
        .order_by(Result.entry_id, PrizeLevel.code)
    )
    return {
        "edition": edition.id,
        "slug": edition.slug,
        "works": [[entry, code] for entry, code in codes.tuples()],
        "rounds": rounds,
        **_letters(edition),
        "votes": [_vote(*row) for row in _votes(edition)],
        **_reasons(edition.id),
        "prizes": [[entry, code] for entry, code in prizes.tuples()],
        "handed_down": int(bool(session.scalar(select(func.count()).where(Result.edition_id == edition.id)))),
    }


def _letters(edition: Edition) -> dict[str, list[list[int | str]]]:
    """The letters of the loại hình of each work, told only where a prize is for some alone."""
    if not any(level.categories for level in edition.prize_levels):
        return {}
    found = select(Entry.id, Category.code).join(Category, Category.id == Entry.category_id)
    judged = exists().where(Screening.entry_id == Entry.id, Screening.blind_code.is_not(None))
    of = session.execute(found.where(Entry.edition_id == edition.id, judged).order_by(Entry.id)).tuples()
    return {"categories": [[entry, code] for entry, code in of]}


def _reasons(edition_id: int) -> dict[str, list[str]]:
    told = reasons(edition_id)
    return {"reasons": told} if told else {}


def corrections(edition: Edition) -> list[dict[str, Any]]:
    """What was corrected and why, opened as sheets are."""
    return [
        {"commitment": one.made.commitment, "nonce": one.made.nonce.hex(), "content": one.made.content(each.public_id)}
        for each in _closed(edition)
        for one in corrections_of(each.id)
    ]


def ballots(edition: Edition) -> list[dict[str, Any]]:
    """Every ballot of a closed secret vote, on devices or on paper, as it was mixed."""
    found = (
        select(Ballot.vote_id, Ballot.number, Ballot.choice)
        .join(Vote, Vote.id == Ballot.vote_id)
        .join(Sitting, Sitting.id == Vote.sitting_id)
        .where(Sitting.edition_id == edition.id)
        .order_by(Ballot.vote_id, Ballot.number)
    )
    return [
        {"vote": vote, "number": number, "choice": choice} for vote, number, choice in session.execute(found).tuples()
    ]


def _votes(edition: Edition) -> list[tuple[Vote, int, str]]:
    found = (
        select(Vote, AgendaItem.entry_id, PrizeLevel.code)
        .join(AgendaItem, AgendaItem.id == Vote.item_id)
        .join(PrizeLevel, PrizeLevel.id == Vote.prize_level_id)
        .where(PrizeLevel.edition_id == edition.id, Vote.state == "closed")
        .order_by(Vote.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def _vote(vote: Vote, entry: int, level: str) -> dict[str, Any]:
    return {
        "vote": vote.id,
        "work": entry,
        "level": level,
        "number": vote.number,
        "method": vote.method,
        "members": vote.members,
        "present": vote.present,
        "eligible": vote.eligible,
        **({} if vote.base is None else {"base": vote.base}),
        "yes": vote.yes,
        "no": vote.no,
        "blank": vote.blank,
        "passed": int(bool(vote.passed)),
        **({"invalid": vote.invalid, "stack": vote.stack_id} if vote.stack_id is not None else {}),
    }


def _closed(edition: Edition) -> list[Round]:
    found = select(Round).where(Round.edition_id == edition.id, Round.state == "closed").order_by(Round.ordinal)
    return list(session.scalars(found))


def _calibration(judged: Round) -> dict[str, Any]:
    """How much was scored first, apart from the sheets that count; nothing of a round that asked for none."""
    works, sheets = counted(judged.id) if judged.calibration else (0, 0)
    return {"calibration": {"works": works, "sheets": sheets}} if works else {}


def _standings(round_id: int) -> list[tuple[Standing, str]]:
    found = (
        select(Standing, Panel.public_id)
        .join(Panel, Panel.id == Standing.panel_id)
        .where(Standing.round_id == round_id)
        .order_by(Panel.ordinal, Standing.rank.nulls_last(), Standing.entry_id)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def _found(standing: Standing | FormerStanding, panel: str) -> dict[str, Any]:
    return {
        "panel": panel,
        "work": standing.entry_id,
        "rank": standing.rank,
        "score": None if standing.score_numerator is None else [standing.score_numerator, standing.score_denominator],
        "sheets": standing.sheets,
        "needed": standing.needed,
    }


def _place(standing: Standing, panel: str) -> dict[str, Any]:
    return _found(standing, panel) | {
        "advanced": None if standing.advanced is None else int(standing.advanced),
        "reason": int(bool(standing.advanced_reason)),
    }


def _former(round_id: int) -> list[tuple[FormerStanding, str]]:
    found = (
        select(FormerStanding, Panel.public_id)
        .join(Panel, Panel.id == FormerStanding.panel_id)
        .where(FormerStanding.round_id == round_id)
        .order_by(FormerStanding.version, Panel.ordinal, FormerStanding.rank.nulls_last(), FormerStanding.entry_id)
    )
    return list(session.execute(found).tuples())


def _formers(round_id: int) -> list[list[dict[str, Any]]]:
    """The places of each version before the present one, the first of them first."""
    versions: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row, panel in _former(round_id):
        versions[row.version].append(_found(row, panel))
    return [versions[each] for each in sorted(versions)]


def _sheets_of(judged: Round) -> list[dict[str, Any]]:
    counted: dict[int, set[int]] = defaultdict(set)
    listed: list[tuple[Standing | FormerStanding, str]] = [*_standings(judged.id), *_former(judged.id)]
    for standing, _panel in listed:
        counted[standing.entry_id] |= {each["seat"] for each in standing.detail.get("sheets", ())}
    found = session.execute(
        select(ScoreSheet, Assignment, Seat, Panel.public_id)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Panel, Panel.id == Seat.panel_id)
        .where(Assignment.round_id == judged.id, ScoreSheet.commitment.is_not(None))
        .options(selectinload(ScoreSheet.marks))
        .order_by(ScoreSheet.commitment)
    ).tuples()
    return [
        {
            "commitment": sheet.commitment,
            "nonce": (sheet.nonce or b"").hex(),
            "content": sealed_content(judged, seat, assignment, marks_of(sheet), sheet.level),
            "panel": panel,
            "work": assignment.entry_id,
        }
        for sheet, assignment, seat, panel in found
        if seat.id in counted[assignment.entry_id]
    ]
