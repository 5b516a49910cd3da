"""The next day of an edition, as the desk tells it where nothing waits."""

from datetime import date, datetime

import pytest

from award.clock import VIETNAM
from award.desk.queries import coming
from award.icalendar import Dated

DEADLINE = Dated("deadline", "Hết hạn", date(2023, 9, 30))
ROUND = Dated("round", "Sơ khảo", date(2023, 10, 10), date(2023, 10, 20))
CEREMONY = Dated("ceremony", "Trao giải", datetime(2023, 11, 25, 0, 30, tzinfo=VIETNAM))


@pytest.mark.parametrize(
    ("today", "next_one"),
    [
        (date(2023, 9, 30), DEADLINE),
        (date(2023, 10, 1), ROUND),
        (date(2023, 10, 20), ROUND),
        (date(2023, 10, 21), CEREMONY),
        (date(2023, 11, 25), CEREMONY),
        (date(2023, 11, 26), None),
    ],
)
def test_the_nearest_that_is_not_over(today: date, next_one: Dated | None) -> None:
    assert coming([CEREMONY, DEADLINE, ROUND], today) is next_one
