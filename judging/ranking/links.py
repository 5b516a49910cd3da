"""Which panels of a round may be set against each other: those that judges who read together link."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from award.db import once_a_request, session
from award.editions.models import Edition, Round
from judging.panels.linking import groups
from judging.panels.models import Assignment, Seat
from judging.panels.plans import plan_of
from judging.panels.queries import still_judged
from judging.ranking.cuts import Linked, linked_panels
from judging.ranking.queries import aims, panels
from judging.scoring.models import ScoreSheet


def linked_in(
    judged: Round, counts: Mapping[int, int | None], seats: Mapping[int, Sequence[Collection[int]]]
) -> Linked:
    """`counts`: the panels' own; `seats`: panel → for each of its works, the seats that read it.

    Who holds a seat is asked only where panels share the round's count.
    """
    together = {panel for panel, size in counts.items() if size is None}
    if len(together) < 2 or all(aim.size is None for aim in aims(judged)):
        return ()
    people = holders(judged.id)
    return linked_panels({panel: [{people[seat] for seat in each} for each in works] for panel, works in seats.items()})


def torn(judged: Round) -> set[int]:
    """Panels whose members read in groups that share no work: none of their works can be found near the cut.

    As the works are dealt while the round is open, and as sheets were sent once it is frozen.
    """
    found = (
        select(Seat.panel_id, func.array_agg(Assignment.seat_id))
        .join(Assignment, Assignment.seat_id == Seat.id)
        .where(Assignment.round_id == judged.id, Assignment.state == "open", still_judged())
        .group_by(Seat.panel_id, Assignment.entry_id)
    )
    if judged.state != "open":
        found = found.join(ScoreSheet, ScoreSheet.assignment_id == Assignment.id).where(ScoreSheet.state == "finished")
    readers: dict[int, list[Sequence[int]]] = defaultdict(list)
    for panel_id, seats in session.execute(found).tuples():
        readers[panel_id].append(seats)
    return {panel_id for panel_id, works in readers.items() if len(groups(works)) > 1}


def torn_panels(edition: Edition, judged: Round) -> dict[str, str]:
    """Public id → name of the torn panels of a round in which not everybody reads everything."""
    apart = set() if plan_of(edition, judged).readings is None else torn(judged)
    return {panel.public_id: panel.name for number, panel in panels(judged.id).items() if number in apart}


def holders(round_id: int) -> dict[int, int]:
    """Seat → who holds it: one person may sit on several panels."""
    found = select(Seat.id, Seat.person_id).where(Seat.round_id == round_id)
    return once_a_request(("holders", round_id), lambda: dict(session.execute(found).tuples().all()))
