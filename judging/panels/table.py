"""A round as it is dealt: who sits where, which works come to which panel, who may not read what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition, Panel, PanelScope, Round
from award.entries.models import Authorship, Entry
from award.screening.queries import blind_codes
from judging.panels import queries
from judging.panels.dealing import Pair, Share, common_works, lacking
from judging.panels.models import Assignment, Conflict, Seat
from judging.panels.plans import Plan, plan_of


def in_scope(scope: PanelScope, category_id: int, genre_id: int | None) -> bool:
    """The scope covers a work of this category and genre; a scope without a genre covers the whole category."""
    return scope.category_id == category_id and scope.genre_id in (None, genre_id)


@dataclass(frozen=True)
class Shortage:
    """A work that too few judges without a conflict may read."""

    entry_id: int
    panel_id: int
    readers: int


@dataclass(frozen=True)
class Table:
    """A round as it is dealt: who sits where, which works come to which panel, who may not read what."""

    panels: Sequence[Panel]
    seats: Sequence[Seat]
    works: dict[int, tuple[int, int | None]]
    """Entry → category and genre."""
    ties: dict[tuple[int, int], str]
    """(person, entry) → the relation that blocks, computed or declared. Waived ones are left out."""
    least: int
    """The fewest readers of a work that the rules allow."""
    plan: Plan = field(default_factory=lambda: Plan(None))
    gone: frozenset[int] = frozenset()
    """Seats that are given nothing more."""
    known: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Person → the categories they know well, of those of whom that was said."""

    @property
    def readings(self) -> int:
        """How many readers a work needs: what the plan says, and never fewer than the rules."""
        return max(self.least, self.plan.readings or 1)

    def scope(self, panel: Panel) -> list[int]:
        return [work for work, of in self.works.items() if any(in_scope(scope, *of) for scope in panel.scopes)]

    def scopes(self) -> dict[int, list[int]]:
        """Seat → the works of its panel."""
        by_panel = {panel.id: self.scope(panel) for panel in self.panels}
        return {seat.id: by_panel[seat.panel_id] for seat in self.seats}

    def blocked(self) -> dict[tuple[int, int], str]:
        """(seat, entry) → why the seat does not read it."""
        of: dict[int, list[int]] = {}
        for seat in self.seats:
            of.setdefault(seat.person_id, []).append(seat.id)
        return {(seat, entry): why for (person, entry), why in self.ties.items() for seat in of[person]}

    def shares(self, minutes: Mapping[int, int], seed: str) -> list[Share]:
        """What each panel shares out, to the seats that still take works."""
        blocked = self.blocked()
        shares = []
        for panel in self.panels:
            works = {work: minutes[work] for work in self.scope(panel)}
            seats = [seat.id for seat in self.seats if seat.panel_id == panel.id and seat.id not in self.gone]
            common = self.plan.common_entries & works.keys()
            if not self.plan.common_entries and self.plan.readings is not None:
                kept = [(seat, work) for seat, work in blocked if seat in seats]
                kinds = {work: self.works[work][0] for work in works}
                common = common_works(works, kinds, kept, self.plan.common, seed)
            most = {seat.id: seat.most_works for seat in self.seats if seat.id in seats and seat.most_works}
            shares.append(Share(seats, works, self.plan.readings, common, self._fields(seats, works), most))
        return shares

    def _fields(self, seats: Sequence[int], works: Collection[int]) -> dict[int, frozenset[int]]:
        """Seat → the works of the categories that its judge knows, where that was said."""
        known = {seat.id: self.known.get(seat.person_id) for seat in self.seats if seat.id in seats}
        return {
            seat: frozenset(work for work in works if self.works[work][0] in of)
            for seat, of in known.items()
            if of is not None
        }

    def beyond(self) -> dict[int, tuple[int, int]]:
        """Panel → how many readings its works need and how many its members take, where those are too few."""
        found = {}
        for panel in self.panels:
            works = len(self.scope(panel))
            seats = [seat for seat in self.seats if seat.panel_id == panel.id and seat.id not in self.gone]
            take = sum(min(seat.most_works or works, works) for seat in seats)
            common = min(len(self.plan.common_entries) or self.plan.common, works)
            if self.plan.readings is None:
                common = works
            needed = common * len(seats) + (works - common) * min(self.plan.readings or 0, len(seats))
            if needed > take:
                found[panel.id] = (needed, take)
        return found

    def homeless(self) -> list[int]:
        """Works that no panel judges."""
        placed = {work for panel in self.panels for work in self.scope(panel)}
        return [work for work in self.works if work not in placed]

    def shortages(self) -> list[Shortage]:
        """Works that fewer judges may read than the edition asks for, at least one."""
        found = []
        for panel in self.panels:
            seats = [seat for seat in self.seats if seat.panel_id == panel.id]
            people = [seat.person_id for seat in seats if seat.id not in self.gone]
            for work in self.scope(panel):
                readers = sum((person, work) not in self.ties for person in people)
                if seats and readers < self.readings:
                    found.append(Shortage(work, panel.id, readers))
        return found


def seed_of(round_: Round) -> str:
    """What chance is drawn from when the works of the round are dealt.

    It was drawn at random when the round was made, stands in the log, and cannot be drawn again: nobody can look for a
    seed that suits.
    """
    return round_.public_id


def table_of(edition: Edition, round_: Round) -> Table:
    """Everything dealing needs, with conflicts computed as of now."""
    seats = queries.seats_in(round_.id)
    works = {
        entry: (category, genre)
        for entry, category, genre in session.execute(
            queries.works_to_judge(round_).with_only_columns(Entry.id, Entry.category_id, Entry.genre_id)
        )
    }
    ties = queries.ties_between(edition, [seat.person_id for seat in seats], works)
    least = rule(edition, "readings").number or 1
    plan, gone = plan_of(edition, round_), queries.gone(round_.id)
    known = queries.expertise_of(edition.id, [seat.person_id for seat in seats])
    return Table(queries.panels_of(round_.id), seats, works, ties, least, plan, gone, known)


@dataclass(frozen=True)
class Dealings:
    """What was dealt in a round so far."""

    rows: dict[Pair, Assignment]
    begun: dict[int, bool]
    """Assignment id → whether its sheet was sent, of those with a sheet."""
    gone: frozenset[int]

    def standing(self) -> dict[Pair, bool]:
        """Pairs that are not dealt again, and whether they count: somebody reads the work, or has sent a sheet."""
        return {pair: self._reads(row) for pair, row in self.rows.items() if row.state != "annulled"}

    def _reads(self, row: Assignment) -> bool:
        return row.state == "open" and (row.seat_id not in self.gone or self.begun.get(row.id, False))

    def last(self) -> dict[int, int]:
        """Seat → the place of its last work."""
        last: dict[int, int] = {}
        for row in self.rows.values():
            last[row.seat_id] = max(row.ordinal, last.get(row.seat_id, 0))
        return last

    def not_begun(self) -> set[Pair]:
        """Pairs that wait for a reader who has written nothing yet."""
        return {pair for pair, row in self.rows.items() if row.state == "open" and row.id not in self.begun}

    def left_behind(self) -> set[Pair]:
        """Pairs of seats that are given nothing more, whose sheet was not sent."""
        open_pairs = {pair for pair, row in self.rows.items() if row.state == "open" and row.seat_id in self.gone}
        return {pair for pair in open_pairs if not self.begun.get(self.rows[pair].id, False)}


def dealings(round_id: int, gone: frozenset[int]) -> Dealings:
    """What was dealt in the round so far. Before anything was dealt no room is asked for sheets."""
    rows = {(row.seat_id, row.entry_id): row for row in queries.assignments_in(round_id)}
    return Dealings(rows, queries.sheets_begun(round_id) if rows else {}, gone)


@dataclass(frozen=True)
class LateTie:
    """A tie, noted or computed since dealing, between a judge and a work the judge reads or has sent a sheet of."""

    assignment: Assignment
    relation: str
    sent: bool


def late_ties(edition: Edition, round_: Round) -> list[LateTie]:
    """All of them in the round as of now. What was waived is none."""
    table = table_of(edition, round_)
    dealt, blocked = dealings(round_.id, table.gone), table.blocked()
    return [
        LateTie(row, blocked[pair], dealt.begun.get(row.id, False))
        for pair, row in dealt.rows.items()
        if row.state == "open" and pair in blocked
    ]


def undealt(table: Table, dealt: Dealings) -> int:
    """How many readings works still lack that somebody may give them."""
    standing, blocked = dealt.standing(), table.blocked()
    missing = 0
    for share in table.shares(dict.fromkeys(table.works, 1), seed=""):
        lacks = lacking(share, standing)
        for work in share.works:
            free = sum((seat, work) not in blocked and (seat, work) not in standing for seat in share.seats)
            missing += free if share.everybody(work) else min(free, lacks[work])
    return missing


@dataclass(frozen=True)
class KeptFrom:
    """A work that a judge may not read, as the waiver's page lists it."""

    entry: Entry
    code: str
    relation: str
    waivable: bool
    note: str
    """What the judge added to a declaration, for the staff."""


def kept_from(edition: Edition, round_: Round, seat: Seat) -> list[KeptFrom]:
    """What stands between this judge and the works of the panel now, by code."""
    works = {entry.id: entry for entry in session.scalars(queries.works_to_judge(round_))}
    codes, policy = blind_codes(list(works)), queries.policy_of(edition)
    ties = queries.ties_between(edition, [seat.person_id], works)
    told: dict[int, dict[str, str]] = {}
    for entry_id, tie, note in session.execute(
        select(Conflict.entry_id, Conflict.relation, Conflict.note).where(
            Conflict.person_id == seat.person_id, Conflict.source != "computed", Conflict.effect == "block"
        )
    ).tuples():
        told.setdefault(entry_id, {})[tie] = note
    own = set(session.scalars(select(Authorship.entry_id).where(Authorship.person_id == seat.person_id)))
    return [
        KeptFrom(
            entry,
            codes.get(entry.id, ""),
            relation,
            policy.may_waive(relation, told=told.get(entry.id, ()), in_person=entry.id in own),
            "; ".join(note for note in told.get(entry.id, {}).values() if note),
        )
        for entry in sorted(works.values(), key=lambda entry: codes.get(entry.id, ""))
        if (relation := ties.get((seat.person_id, entry.id)))
        and any(in_scope(scope, entry.category_id, entry.genre_id) for scope in seat.panel.scopes)
    ]
