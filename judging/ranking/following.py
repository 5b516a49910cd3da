"""How far a round is, in counts: what heads and staff may know while the marks are kept secret."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition, Panel, Round
from award.people.models import Person
from judging.panels.models import Seat
from judging.panels.plans import chosen_readings
from judging.ranking.links import torn
from judging.ranking.minimum import Minimum
from judging.ranking.queries import minimum
from judging.ranking.shortfall import Shortfall, shortfall
from judging.scoring.progress import NOTHING, Progress, progress, still_open


@dataclass(frozen=True)
class JudgeLine:
    seat_id: int
    person_id: int
    name: str
    panel: str
    assigned: int
    finished: int
    recused: int


@dataclass(frozen=True)
class WorkLine:
    code: str
    panel: str
    needed: int
    finished: int
    recused: int


@dataclass(frozen=True)
class PanelLine:
    """How far one panel is."""

    name: str
    judges: int
    works: int
    assigned: int
    finished: int
    thin: int
    """Works that have not yet as many sheets as they need."""


@dataclass(frozen=True)
class Following:
    panels: tuple[PanelLine, ...]
    judges: tuple[JudgeLine, ...]
    thin: tuple[WorkLine, ...]
    """Works that have not yet as many sheets as they need."""
    assigned: int
    finished: int
    works: int
    lacking: Shortfall
    torn: tuple[str, ...] = ()
    """Panels of whose works none can be found near the cut, since their members share none."""

    @property
    def people(self) -> tuple[JudgeLine, ...]:
        """A line for each person; of who sits on several panels how far each of them is, and all of it together."""
        by_person: dict[int, list[JudgeLine]] = {}
        for line in self.judges:
            by_person.setdefault(line.person_id, []).append(line)
        return tuple(
            replace(
                lines[0],
                panel="; ".join(f"{each.panel}: {each.finished}/{each.assigned}" for each in lines),
                assigned=sum(each.assigned for each in lines),
                finished=sum(each.finished for each in lines),
                recused=sum(each.recused for each in lines),
            )
            if len(lines) > 1
            else lines[0]
            for lines in by_person.values()
        )


def following(edition: Edition, judged: Round) -> Following:
    """Counts by panel; by judge, in the order of panels and names; and the works still short of sheets."""
    found = progress(judged.id)
    listed = (
        select(Panel.id, Panel.name, Seat.id, Person.id, Person.legal_name, chosen_readings(judged.id))
        .outerjoin(Seat, Seat.panel_id == Panel.id)
        .outerjoin(Person, Person.id == Seat.person_id)
        .where(Panel.round_id == judged.id)
        .order_by(Panel.ordinal, Panel.id)
    )
    rows = session.execute(listed).tuples().all()
    needed = minimum(edition, judged, rows[0][5] if rows else None)
    panels = {panel: name for panel, name, *_rest in rows}
    names = {
        seat: (number or 0, who or "", name) for _panel, name, seat, number, who, *_rest in rows if seat is not None
    }
    thin = [work for work in found.works if work.finished < needed.of(work.assigned)]
    order = {panel: n for n, panel in enumerate(panels)}
    apart = torn(judged) if judged.state in {"open", "frozen"} and _shared_out(edition, rows[:1]) else set()
    return Following(
        panels=tuple(_line(panel, name, found, needed) for panel, name in panels.items()),
        judges=tuple(
            JudgeLine(seat.seat_id, *names[seat.seat_id], seat.assigned, seat.finished, seat.recused)
            for seat in sorted(found.seats, key=lambda seat: order[seat.panel_id])
        ),
        thin=tuple(
            WorkLine(work.code, panels[work.panel_id], needed.of(work.assigned), work.finished, work.recused)
            for work in thin
        ),
        assigned=found.assigned,
        finished=found.finished,
        works=len({work.entry_id for work in found.works}),
        torn=tuple(name for panel, name in panels.items() if panel in apart),
        lacking=shortfall(found, needed, still_open(judged.id) if judged.state == "frozen" else NOTHING),
    )


def _shared_out(edition: Edition, rows: Sequence[tuple[Any, ...]]) -> bool:
    """Whether not everybody reads everything; only then may members share no work."""
    chosen = rows[0][5] if rows else None
    return rule(edition, "readings").number is not None if chosen is None else chosen != [None]


def _line(panel_id: int, name: str, found: Progress, needed: Minimum) -> PanelLine:
    seats = [seat for seat in found.seats if seat.panel_id == panel_id]
    works = [work for work in found.works if work.panel_id == panel_id]
    return PanelLine(
        name=name,
        judges=len({seat.person_id for seat in seats}),
        works=len(works),
        assigned=sum(seat.assigned for seat in seats),
        finished=sum(seat.finished for seat in seats),
        thin=sum(work.finished < needed.of(work.assigned) for work in works),
    )
