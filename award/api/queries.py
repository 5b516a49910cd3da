"""Lists that only programs ask for."""

from typing import Any

from sqlalchemy import select

from award.editions.models import Edition
from award.paging import Order, Page, Turn, page

_NEWEST_FIRST = Order((Edition.year.expression, Edition.id.expression), lambda slug: Edition.slug == slug, falling=True)


def page_of_editions(turn: Turn) -> Page[Any]:
    """Editions that are no drafts and no trials, newest first."""
    seen = select(Edition).where(Edition.state != "draft", Edition.trial_of_id.is_(None))
    found = page(seen, _NEWEST_FIRST, turn, lambda row: row.Edition.slug)
    return found.of([row.Edition for row in found.rows])
