"""Two readings of one paper, and where they differ."""

from collections.abc import Mapping

import pytest

from judging.readings.agreement import alike, differences

Read = Mapping[object, object] | None


@pytest.mark.parametrize(
    ("readings", "apart", "same"),
    [
        ((), set(), False),
        (({"a": 1}, None), set(), False),
        (({"a": 1}, {"a": 1}), set(), True),
        (({}, {}), set(), True),
        (({"a": 1, "b": 2}, {"a": 1, "b": 3}), {"b"}, False),
        (({"a": 1}, {"a": 1, "b": None}), {"b"}, False),
        (({"a": None, None: 1}, {"a": None, None: 2}), {None}, False),
    ],
)
def test_they_are_alike_where_every_place_says_the_same(
    readings: tuple[Read, ...], apart: set[object], same: bool
) -> None:
    assert differences(readings) == apart
    assert differences(readings[::-1]) == apart
    assert alike(readings) is same
