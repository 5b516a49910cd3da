"""What the room panels hands to the house."""

from award.db import session
from award.editions.models import Round
from award.features import Feature
from judging.panels import operations


def deal_on_opening(round_id: int, _person_id: int | None) -> None:
    """The works of the round are dealt in the unit of work that opens it."""
    operations.deal(by=None, round=session.get_one(Round, round_id))


feature = Feature(name="panels", on_round_opened=deal_on_opening)
