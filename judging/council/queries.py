"""The last round, the prizes proposed so far and what is left of each level."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ScalarSelect, and_, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from award.db import session
from award.editions.models import Appointment, Category, Edition, Panel, PrizeLevel, Round
from award.editions.prizes import is_for
from award.entries.models import Entry
from award.people.models import Membership, Person
from award.results.models import Standing
from award.results.queries import has_outcome, outcome_of
from award.results.queries import levels as levels_of
from award.screening.models import Comparison, Screening
from award.text import sort_key
from judging.council.models import HonourProposal, PassedOver, Proposal
from judging.panels.models import Assignment, Conflict, Seat
from judging.panels.queries import organs_known, policy_of
from judging.ranking.queries import standing_still


def last_round(edition_id: int) -> Round | None:
    """The round of the highest number, as it stands now."""
    return session.scalar(select(Round).where(Round.edition_id == edition_id).order_by(Round.ordinal.desc()).limit(1))


def last_of(rounds: Sequence[Round]) -> Round | None:
    """The last of the rounds, which come in order."""
    return rounds[-1] if rounds else None


def handed_down(edition_id: int) -> bool:
    """Whether the council has ended: its proposals are results."""
    return has_outcome(edition_id)


def prizes(edition_id: int) -> tuple[list[PrizeLevel], bool]:
    """The levels in their order, and whether the council has ended: in one statement, since the room asks both."""
    found = select(PrizeLevel, outcome_of(edition_id)).where(PrizeLevel.edition_id == edition_id)
    rows = session.execute(found.order_by(PrizeLevel.rank, PrizeLevel.id)).tuples().all()
    return [level for level, _ended in rows], any(ended for _level, ended in rows)


@dataclass(frozen=True)
class Before:
    """What the council has before it besides the ranking."""

    levels: list[PrizeLevel]
    ended: bool
    proposals: dict[tuple[int, str], Proposal]
    """(entry, kind of its level) → the proposal."""
    honours: list[HonourProposal]
    """The bodies and persons proposed, in the order in which they were."""


def before_council(edition_id: int) -> Before:
    """All of it in one statement: a level is for works, or for bodies and persons, so that no row is there twice."""
    found = (
        select(PrizeLevel, outcome_of(edition_id), Proposal, HonourProposal)
        .outerjoin(Proposal, Proposal.prize_level_id == PrizeLevel.id)
        .outerjoin(HonourProposal, HonourProposal.prize_level_id == PrizeLevel.id)
        .where(PrizeLevel.edition_id == edition_id)
        .order_by(PrizeLevel.rank, PrizeLevel.id)
    )
    rows = session.execute(found).tuples().all()
    levels = list(dict.fromkeys(level for level, *_rest in rows))
    works = {(each.entry_id, each.kind): each for _level, _ended, each, _honour in rows if each is not None}
    others = {each.id: each for *_rest, each in rows if each is not None}
    honours = [others[number] for number in sorted(others)]
    return Before(levels, any(ended for _level, ended, *_rest in rows), works, honours)


def candidates(edition_id: int) -> set[int]:
    """Ids of the works with a place in the last round that were neither withdrawn nor found ineligible since."""
    last = select(Round.id).where(Round.edition_id == edition_id).order_by(Round.ordinal.desc()).limit(1)
    found = (
        select(Standing.entry_id)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Screening, Screening.entry_id == Standing.entry_id)
        .where(Standing.round_id == last.scalar_subquery(), standing_still())
    )
    return set(session.scalars(found))


def misfits(pairs: Collection[tuple[int, int]]) -> list[tuple[PrizeLevel, Entry]]:
    """Of (work, level) those whose level is not for the loại hình of the work, as the rules are now."""
    if not pairs:
        return []
    found = (
        select(PrizeLevel, Entry, Category.code)
        .join(Entry, Entry.edition_id == PrizeLevel.edition_id)
        .join(Category, Category.id == Entry.category_id)
        .where(tuple_(Entry.id, PrizeLevel.id).in_(list(pairs)))
        .order_by(PrizeLevel.rank, Entry.id)
    )
    return [(level, entry) for level, entry, code in session.execute(found).tuples() if not is_for(level, code)]


def misfits_told(found: Iterable[tuple[PrizeLevel, Entry]]) -> str:
    """Giải A: “Hạn mặn”; Giải B: “Cầu mới”."""
    return "; ".join(f"{level.name}: “{entry.title}”" for level, entry in found)


def is_unranked(edition_id: int, entry_id: int) -> bool:
    """Whether the work had too few sheets in the last round to be ranked."""
    last = select(Round.id).where(Round.edition_id == edition_id).order_by(Round.ordinal.desc()).limit(1)
    found = select(Standing.id).where(
        Standing.round_id == last.scalar_subquery(), Standing.entry_id == entry_id, Standing.rank.is_(None)
    )
    return session.scalar(found) is not None


def one_story(edition_id: int) -> dict[int, set[int]]:
    """Work → the others of the edition that the secretariat concluded to tell the same story."""
    return _stories(session.scalar(select(_pairs(edition_id))))


def _pairs(edition_id: int) -> ScalarSelect[Any]:
    told = func.jsonb_build_array(Comparison.first_id, Comparison.second_id)
    return (
        select(func.jsonb_agg(told, type_=JSONB))
        .select_from(Comparison)
        .join(Entry, Entry.id == Comparison.first_id)
        .where(Entry.edition_id == edition_id, Comparison.verdict == "story")
        .scalar_subquery()
    )


def _stories(pairs: Sequence[tuple[int, int]] | None) -> dict[int, set[int]]:
    told: dict[int, set[int]] = {}
    for first, second in pairs or ():
        told.setdefault(first, set()).add(second)
        told.setdefault(second, set()).add(first)
    return told


def story_told(edition_id: int, entry_id: int) -> bool:
    """Whether another work of the same story is proposed for a prize."""
    others = one_story(edition_id).get(entry_id, set())
    return bool(others) and bool(others & {proposed for proposed, _kind in proposals(edition_id)})


def proposals(edition_id: int) -> dict[tuple[int, str], Proposal]:
    """(entry, kind of its level) → the proposal."""
    found = session.scalars(select(Proposal).where(Proposal.edition_id == edition_id))
    return {(each.entry_id, each.kind): each for each in found}


def proposals_of(entry_id: int) -> dict[str, Proposal]:
    """Kind → what stands for the work now, whatever was read before."""
    found = select(Proposal).where(Proposal.entry_id == entry_id).execution_options(populate_existing=True)
    return {each.kind: each for each in session.scalars(found)}


def passed_over(edition_id: int) -> Sequence[PassedOver]:
    """Works that a vote passed and that were taken off all the same, in the order in which they were."""
    return session.scalars(select(PassedOver).where(PassedOver.edition_id == edition_id).order_by(PassedOver.id)).all()


def reasons(edition_id: int) -> list[str]:
    """Why works are proposed or left out, once the council has ended. The log holds the hash of each."""
    if not handed_down(edition_id):
        return []
    put = [each.reason for each in proposals(edition_id).values()] + [each.reason for each in passed_over(edition_id)]
    return sorted({reason for reason in put if reason})


def honours(edition_id: int) -> Sequence[HonourProposal]:
    """The bodies and persons proposed, in the order in which they were."""
    found = select(HonourProposal).where(HonourProposal.edition_id == edition_id)
    return session.scalars(found.order_by(HonourProposal.id)).all()


def honour(edition_id: int, public_id: str) -> HonourProposal | None:
    found = select(HonourProposal).where(HonourProposal.edition_id == edition_id)
    return session.scalar(found.where(HonourProposal.public_id == public_id))


@dataclass(frozen=True)
class Level:
    """A prize level, how much of it is proposed, and of that how much in each loại hình."""

    level: PrizeLevel
    given: int
    by_category: tuple[tuple[str, int], ...] = ()

    @property
    def left(self) -> int:
        return self.level.quota - self.given


def structure(
    levels: Sequence[PrizeLevel],
    proposed: Iterable[Proposal],
    honoured: Iterable[HonourProposal],
    categories: Mapping[int, str],
) -> list[Level]:
    """The levels with what is left of each; `categories` names the loại hình of each entry."""
    works: dict[int, list[str]] = {}
    for each in proposed:
        works.setdefault(each.prize_level_id, []).append(categories.get(each.entry_id, ""))
    others = Counter(each.prize_level_id for each in honoured)
    order = sorted(set(categories.values()), key=sort_key)
    return [
        Level(
            level,
            len(works.get(level.id, ())) + others[level.id],
            tuple((name, count) for name in order if (count := works.get(level.id, []).count(name))),
        )
        for level in levels
    ]


def structure_of(edition_id: int) -> list[Level]:
    """The same from the rows as they stand, in four statements."""
    found = (
        select(Entry.id, Category.name)
        .join(Category, Category.id == Entry.category_id)
        .join(Proposal, Proposal.entry_id == Entry.id)
        .where(Proposal.edition_id == edition_id)
    )
    categories = dict(session.execute(found).tuples().all())
    return structure(levels_of(edition_id), proposals(edition_id).values(), honours(edition_id), categories)


def works_for(person_id: int, newsroom_id: int | None, edition: Edition) -> bool:
    """Whether the person belongs to the press organ, under whatever name, and the edition's policy minds that."""
    if newsroom_id is None or policy_of(edition).effect("newsroom") in (None, "disclose"):
        return False
    organs = organs_known()
    member = select(Membership.newsroom_id).where(Membership.person_id == person_id)
    if edition.window_from is not None:
        member = member.where(or_(Membership.valid_to.is_(None), Membership.valid_to >= edition.window_from))
    own = [session.scalar(select(Person.newsroom_id).where(Person.id == person_id)), *session.scalars(member)]
    return organs.today(newsroom_id) in {organs.today(each) for each in own if each is not None}


def recused(round_id: int) -> dict[int, list[str]]:
    """Entry id → the members who did not judge it because they have to do with it, by name."""
    return _by_work(session.scalar(select(_away(round_id))))


def _away(round_id: int) -> ScalarSelect[Any]:
    told = func.jsonb_build_array(Assignment.entry_id, Person.legal_name)
    return (
        select(func.jsonb_agg(aggregate_order_by(told, Person.name_key, Person.id), type_=JSONB))
        .select_from(Assignment)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Person, Person.id == Seat.person_id)
        .where(Assignment.round_id == round_id, Assignment.state == "recused")
        .scalar_subquery()
    )


def _by_work(rows: Sequence[tuple[int, str]] | None) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for entry_id, name in rows or ():
        found.setdefault(entry_id, []).append(name)
    return found


def stories_and_recused(edition_id: int, round_id: int) -> tuple[dict[int, set[int]], dict[int, list[str]]]:
    """`one_story` and `recused` in one statement."""
    pairs, rows = session.execute(select(_pairs(edition_id), _away(round_id))).tuples().one()
    return _stories(pairs), _by_work(rows)


@dataclass(frozen=True)
class JudgedAllTheSame:
    """A member who judged a work with a tie: told by the member, or by the rules (`source`), or waived in writing."""

    name: str
    effect: str
    relation: str
    source: str


def judged_with_ties(round_id: int) -> dict[int, list[JudgedAllTheSame]]:
    """Entry id → those who judged it with a tie, by name."""
    rows = (
        session.execute(
            select(Assignment.entry_id, Person.legal_name, Conflict.effect, Conflict.relation, Conflict.source)
            .join(Seat, Seat.id == Assignment.seat_id)
            .join(Person, Person.id == Seat.person_id)
            .join(Conflict, (Conflict.person_id == Person.id) & (Conflict.entry_id == Assignment.entry_id))
            .where(
                Assignment.round_id == round_id,
                Assignment.state == "open",
                Conflict.effect.in_(("disclose", "waived")),
            )
            .order_by(Person.name_key, Person.id, Conflict.id)
        )
        .tuples()
        .all()
    )
    found: dict[int, list[JudgedAllTheSame]] = {}
    for entry_id, *told in rows:
        found.setdefault(entry_id, []).append(JudgedAllTheSame(*told))
    return found


@dataclass(frozen=True)
class Member:
    """Somebody on the council: the office held in the edition, if any, and the seats of the last round."""

    name: str
    role: str
    """chair, deputy or empty."""
    seats: tuple[tuple[str, str], ...]
    """(panel, seat's role) of each."""


def members(edition_id: int, round_id: int) -> list[Member]:
    """Who leads the council and who sits in the round, by name."""
    led = and_(
        Appointment.person_id == Person.id,
        Appointment.edition_id == edition_id,
        Appointment.role.in_(("chair", "deputy")),
        Appointment.ended_at.is_(None),
    )
    found = session.execute(
        select(Person.id, Person.legal_name, Appointment.role, Panel.name, Seat.role)
        .select_from(Person)
        .outerjoin(Appointment, led)
        .outerjoin(Seat, and_(Seat.person_id == Person.id, Seat.round_id == round_id))
        .outerjoin(Panel, Panel.id == Seat.panel_id)
        .where(or_(Appointment.id.is_not(None), Seat.id.is_not(None)))
        .order_by(Person.name_key, Person.id, Panel.ordinal, Panel.id)
    )
    people: dict[int, Member] = {}
    for person_id, name, role, panel, seat in found.tuples():
        known = people.get(person_id) or Member(name, role or "", ())
        seats = known.seats if panel is None or (panel, seat) in known.seats else (*known.seats, (panel, seat))
        people[person_id] = replace(known, seats=seats)
    return list(people.values())
