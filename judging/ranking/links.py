"""Which panels of a round may be set against each other: those that judges who read together link."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from award.db import once_a_request, session
from award.editions.models import Round
from judging.panels.models import Seat
from judging.ranking.cuts import Linked, linked_panels


def linked_in(
    judged: Round, counts: Mapping[int, int | None], seats: Mapping[int, Sequence[Collection[int]]]
) -> Linked:
    """`counts`: the panels' own; `seats`: panel → for each of its works, the seats that read it.

    Who holds a seat is asked only where panels share the round's count.
    """
    together = {panel for panel, size in counts.items() if size is None}
    if judged.shortlist_size is None or len(together) < 2:
        return ()
    people = holders(judged.id)
    return linked_panels({panel: [{people[seat] for seat in each} for each in works] for panel, works in seats.items()})


def holders(round_id: int) -> dict[int, int]:
    """Seat → who holds it: one person may sit on several panels."""
    found = select(Seat.id, Seat.person_id).where(Seat.round_id == round_id)
    return once_a_request(("holders", round_id), lambda: dict(session.execute(found).tuples().all()))
