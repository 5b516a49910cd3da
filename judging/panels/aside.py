"""Who takes no part in a work while others sit over it together: in a viewing, in a sitting of the council."""

from collections.abc import Collection

from sqlalchemy import select

from award.db import session
from award.editions.models import Edition, Round
from judging.panels.models import Assignment, Seat
from judging.panels.queries import ties_between


def ties_of(edition: Edition, entries: Collection[int], people: Collection[int]) -> dict[tuple[int, int], str]:
    """(person, entry) → what keeps the person from the work: by the rules, as declared, or having stepped aside."""
    aside = (
        select(Seat.person_id, Assignment.entry_id)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .join(Round, Round.id == Assignment.round_id)
        .where(
            Round.edition_id == edition.id,
            Assignment.entry_id.in_(entries),
            Assignment.state == "recused",
            Seat.person_id.in_(people),
        )
    )
    found: dict[tuple[int, int], str] = dict.fromkeys(session.execute(aside).tuples(), "other")
    return found | ties_between(edition, people, entries)
