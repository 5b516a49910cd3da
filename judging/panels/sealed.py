"""Until when, and to whom, the log is silent of what judges do."""

from sqlalchemy import ColumnElement, exists

from award.editions.models import Round
from judging.panels.models import Seat


def nothing_is_judged(edition_id: int, _reader: int | None) -> ColumnElement[bool]:
    """No round of the edition is open, nor locked and not closed yet."""
    return ~exists().where(Round.edition_id == edition_id, Round.state.in_(("open", "frozen")))


def relations_are_told(edition_id: int, reader: int | None) -> ColumnElement[bool]:
    """Who reads sits in no blind round of the edition: a relation beside a work would tell them whose it is.

    As `permissions.may_see_whose` has it for the pages.
    """
    return ~exists().where(
        Seat.round_id == Round.id, Seat.person_id == reader, Round.edition_id == edition_id, Round.blind
    )
