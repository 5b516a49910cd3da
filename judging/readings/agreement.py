"""Where two readings of one paper differ. Pure: a reading is what stands at each place, whatever places a paper has."""

from collections.abc import Mapping, Sequence
from typing import Any

Read = Mapping[Any, object]


def differences(readings: Sequence[Read | None]) -> set[Any]:
    """Places that two have read differently, or one of them not at all; none before two have read everything."""
    done = [each for each in readings if each is not None]
    if len(done) < 2:
        return set()
    one, other = done
    return {place for place in {*one, *other} if place not in one or place not in other or one[place] != other[place]}


def alike(readings: Sequence[Read | None]) -> bool:
    """Two have read the whole paper, and the same."""
    return len([each for each in readings if each is not None]) == 2 and not differences(readings)
