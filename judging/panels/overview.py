"""What the page of a round's panels shows: who sits where, what each panel judges, who is kept from what."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.db import session
from award.editions.models import Category, Edition, Panel, Round
from award.editions.permissions import Capacity
from award.editions.relations import RELATION_WORDS
from award.people.models import Person
from award.screening.queries import blind_codes
from judging.panels import queries
from judging.panels.models import Assignment, Seat
from judging.panels.permissions import may_see_whose
from judging.panels.table import Table, dealings, table_of, undealt


@dataclass(frozen=True)
class Kept:
    """How many works one relation keeps a judge from; `codes` only for whom they tell nothing that is hidden."""

    words: str
    count: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class SeatShown:
    seat: Seat
    kept: tuple[Kept, ...]
    judged: tuple[Kept, ...]
    """Works that the judge reads with a tie that was told or waived."""
    knows: tuple[str, ...]
    """Names of the loại hình that the judge knows well, where that was said."""


@dataclass(frozen=True)
class PanelShown:
    panel: Panel
    scope: tuple[str, ...]
    seats: tuple[SeatShown, ...]
    works: int
    short: tuple[str, ...]
    """Codes of works with fewer judges than the rules ask for."""


@dataclass(frozen=True)
class Overview:
    panels: tuple[PanelShown, ...]
    people: tuple[Person, ...]
    readings: int
    undealt: int
    seated: bool
    """Who looks reads in this round too."""


def overview(edition: Edition, round_: Round, by: Capacity) -> Overview:
    """The page as `by` may see it. Before the round opens conflicts are those computed now, afterwards those dealt."""
    table = table_of(edition, round_)
    own = by.person_id is not None and any(seat.person_id == by.person_id for seat in table.seats)
    codes = blind_codes(list(table.works)) if may_see_whose(by, round_, seated=own) else {}
    kept, judged = _kept(table, round_), _judged(table)
    short = defaultdict(list)
    for shortage in table.shortages():
        short[shortage.panel_id].append(codes.get(shortage.entry_id, ""))
    names = _scope_names(edition)

    def known(seat: Seat) -> frozenset[int]:
        return table.known.get(seat.person_id, frozenset())

    panels = tuple(
        PanelShown(
            panel,
            tuple(names[scope.category_id, scope.genre_id] for scope in panel.scopes),
            tuple(
                SeatShown(
                    seat,
                    _grouped(kept[seat.id], codes),
                    _grouped(judged[seat.id], codes),
                    tuple(name for (of, genre), name in names.items() if genre is None and of in known(seat)),
                )
                for seat in table.seats
                if seat.panel_id == panel.id
            ),
            len(table.scope(panel)),
            tuple(sorted(short[panel.id])),
        )
        for panel in table.panels
    )
    waiting = undealt(table, dealings(round_.id, table.gone)) if round_.state == "open" else 0
    return Overview(panels, tuple(queries.people_to_seat(edition.id)), table.readings, waiting, own)


def _kept(table: Table, round_: Round) -> dict[int, list[tuple[str, int]]]:
    """Seat → (relation, work) it is kept from."""
    kept: dict[int, list[tuple[str, int]]] = defaultdict(list)
    if round_.state == "prepare":
        scopes = {seat: set(works) for seat, works in table.scopes().items()}
        for (seat, entry), relation in table.blocked().items():
            if entry in scopes[seat]:
                kept[seat].append((relation, entry))
        return kept
    recused = select(Assignment).where(Assignment.round_id == round_.id, Assignment.state == "recused")
    for assignment in session.scalars(recused):
        kept[assignment.seat_id].append((assignment.state_reason, assignment.entry_id))
    return kept


def _judged(table: Table) -> dict[int, list[tuple[str, int]]]:
    """Seat → (relation, work) that it judges although the relation was told, or because it was waived."""
    scopes = {seat: set(works) for seat, works in table.scopes().items()}
    told = queries.judged_with_ties([seat.person_id for seat in table.seats], table.works)
    judged: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for seat in table.seats:
        for person, entry, relation in told:
            if person == seat.person_id and entry in scopes[seat.id] and (person, entry) not in table.ties:
                judged[seat.id].append((relation, entry))
    return judged


def _grouped(kept: list[tuple[str, int]], codes: dict[int, str]) -> tuple[Kept, ...]:
    by_relation = defaultdict(list)
    for relation, entry in kept:
        by_relation[relation].append(entry)
    return tuple(
        Kept(str(words), len(entries), tuple(sorted(codes[entry] for entry in entries if entry in codes)))
        for relation, words in RELATION_WORDS.items()
        if (entries := by_relation.get(relation))
    )


def _scope_names(edition: Edition) -> dict[tuple[int, int | None], str]:
    names: dict[tuple[int, int | None], str] = {}
    found = select(Category).where(Category.edition_id == edition.id).options(joinedload(Category.genres))
    for category in session.scalars(found).unique():
        names[category.id, None] = category.name
        for genre in category.genres:
            names[category.id, genre.id] = f"{category.name}: {genre.name}"
    return names
