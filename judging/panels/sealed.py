"""Until when the log is silent of what judges do."""

from sqlalchemy import ColumnElement, exists

from award.editions.models import Round


def nothing_is_judged(edition_id: int) -> ColumnElement[bool]:
    """No round of the edition is open, nor locked and not closed yet."""
    return ~exists().where(Round.edition_id == edition_id, Round.state.in_(("open", "frozen")))
