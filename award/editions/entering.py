"""How a staff door begins: the edition its address names, and who comes through it."""

from collections.abc import Callable

from award.doors import found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.people.signin import signed_in
from award.verdicts import Verdict, require


def entered(
    slug: str, may: Callable[[Capacity], Verdict], named: Callable[[str], Edition | None] = edition_by_slug
) -> tuple[Edition, Capacity]:
    """The edition of that name, and in what capacity the person signed in is here; refused to whoever may not be.

    `named` finds the edition, with as much beside it as the pages behind this door need.
    """
    edition = found(named(slug))
    by = capacity(signed_in(), edition)
    require(may(by))
    return edition, by
