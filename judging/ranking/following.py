"""How far a round is, in counts: what heads and staff may know while the marks are kept secret."""

from dataclasses import dataclass

from sqlalchemy import select

from award.db import session
from award.editions.models import Edition, Panel, Round
from award.people.models import Person
from award.screening.queries import blind_codes
from judging.panels.models import Seat
from judging.ranking.queries import readings
from judging.ranking.shortfall import Shortfall, shortfall
from judging.scoring.queries import progress


@dataclass(frozen=True)
class JudgeLine:
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
class Following:
    judges: tuple[JudgeLine, ...]
    thin: tuple[WorkLine, ...]
    """Works that have not yet as many sheets as the rules ask for."""
    assigned: int
    finished: int
    works: int
    lacking: Shortfall


def following(edition: Edition, judged: Round) -> Following:
    """Counts by judge, by panel and name; and the works still short of sheets."""
    found, needed = progress(judged.id), readings(edition)
    seated = select(Seat.id, Person.legal_name, Panel.name).join(Seat.person).join(Seat.panel)
    names = {seat: (who, panel) for seat, who, panel in session.execute(seated.where(Seat.round_id == judged.id))}
    panels = {seat.panel_id: names[seat.seat_id][1] for seat in found.seats}
    thin = [work for work in found.works if work.finished < needed]
    codes = blind_codes([work.entry_id for work in thin])
    return Following(
        judges=tuple(
            JudgeLine(*names[seat.seat_id], seat.assigned, seat.finished, seat.recused) for seat in found.seats
        ),
        thin=tuple(
            WorkLine(codes.get(work.entry_id, ""), panels[work.panel_id], needed, work.finished, work.recused)
            for work in thin
        ),
        assigned=found.assigned,
        finished=found.finished,
        works=len({work.entry_id for work in found.works}),
        lacking=shortfall(found, needed),
    )
