"""A round as it is dealt: who sits where, which works come to which panel, who may not read what."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition, Panel, PanelScope, Round
from award.entries.models import Authorship, Entry
from award.screening.queries import blind_codes
from judging.panels import queries
from judging.panels.models import Assignment, Conflict, Seat


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
    readings: int

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

    def homeless(self) -> list[int]:
        """Works that no panel judges."""
        placed = {work for panel in self.panels for work in self.scope(panel)}
        return [work for work in self.works if work not in placed]

    def shortages(self) -> list[Shortage]:
        """Works that fewer judges may read than the edition asks for, at least one."""
        found = []
        for panel in self.panels:
            people = [seat.person_id for seat in self.seats if seat.panel_id == panel.id]
            for work in self.scope(panel):
                readers = sum((person, work) not in self.ties for person in people)
                if people and readers < self.readings:
                    found.append(Shortage(work, panel.id, readers))
        return found


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
    return Table(queries.panels_of(round_.id), seats, works, ties, rule(edition, "readings").number or 1)


def undealt(table: Table, round_id: int) -> int:
    """How many pairs of a seat and a work of its scope have no assignment yet."""
    dealt = {
        (seat, entry)
        for seat, entry in session.execute(
            select(Assignment.seat_id, Assignment.entry_id).where(Assignment.round_id == round_id)
        )
    }
    return sum((seat, work) not in dealt for seat, works in table.scopes().items() for work in works)


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
    codes = blind_codes(list(works))
    ties = queries.ties_between(edition, [seat.person_id], works)
    declared = {
        row.entry_id: row.note
        for row in session.execute(
            select(Conflict.entry_id, Conflict.note).where(
                Conflict.person_id == seat.person_id, Conflict.source == "declared", Conflict.effect == "block"
            )
        )
    }
    own = set(session.scalars(select(Authorship.entry_id).where(Authorship.person_id == seat.person_id)))
    return [
        KeptFrom(
            entry,
            codes.get(entry.id, ""),
            ties[seat.person_id, entry.id],
            entry.id not in declared and entry.id not in own,
            declared.get(entry.id, ""),
        )
        for entry in sorted(works.values(), key=lambda entry: codes.get(entry.id, ""))
        if (seat.person_id, entry.id) in ties
        and any(in_scope(scope, entry.category_id, entry.genre_id) for scope in seat.panel.scopes)
    ]
