"""Which events an address asks for."""

from collections.abc import Mapping

from award import dates
from award.oversight.deeds import GROUP_WORDS
from award.oversight.events import Wanted
from award.text import one_line

_LONGEST = 100
_YEARS = range(2000, 2100)


def wanted_in(address: Mapping[str, str], *, blind: bool) -> Wanted:
    """What the address says; a group nobody knows and what is no day narrow nothing. `blind`: see `Wanted`."""
    group, day = address.get("nhom", ""), dates.read_day(one_line(address.get("ngay", "")))
    return Wanted(
        group if group in GROUP_WORDS else "",
        one_line(address.get("nguoi", ""))[:_LONGEST],
        one_line(address.get("ma", ""))[:_LONGEST],
        day if day and day.year in _YEARS else None,
        blind,
    )
