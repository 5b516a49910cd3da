"""Until when nobody is told what judges do and read."""

from sqlalchemy import ColumnElement, exists

from award.editions.models import Round
from judging.panels.models import Seat

_BEING_JUDGED = Round.state.in_(("open", "frozen"))


def nothing_is_judged(edition_id: int) -> ColumnElement[bool]:
    """No round of the edition is open, nor locked and not closed yet."""
    return ~exists().where(Round.edition_id == edition_id, _BEING_JUDGED)


def judges_now(edition_id: ColumnElement[int], person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The person sits in a round of the edition that is judged: what they read would tell what they were given."""
    seated = exists().where(Seat.round_id == Round.id, Seat.person_id == person_id)
    return seated.where(Round.edition_id == edition_id, _BEING_JUDGED).correlate_except(Seat, Round)
