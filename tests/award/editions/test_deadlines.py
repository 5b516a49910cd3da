"""What a deadline means, to the second."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from award.clock import VIETNAM
from award.editions import deadlines
from award.editions.deadlines import AT, BEFORE, THROUGH, Deadline
from award.editions.models import Edition

DAY = date(2023, 9, 30)


def edition(deadline: Deadline, **fields: Any) -> Edition:
    return Edition(
        deadline_day=deadline.last_day,
        deadline_at=deadline.instant,
        deadline_words=deadline.wording,
        **{"grace_seconds": 120, **fields},
    )


@pytest.mark.parametrize(
    ("deadline", "last_day", "last_second", "words"),
    [
        (
            Deadline(THROUGH, DAY),
            DAY,
            "23 giờ 59 phút 59 giây, ngày 30/9/2023",
            "đến hết ngày 30/9/2023",
        ),
        (
            Deadline(BEFORE, DAY),
            date(2023, 9, 29),
            "23 giờ 59 phút 59 giây, ngày 29/9/2023",
            "trước ngày 30/9/2023 (đến hết ngày 29/9/2023)",
        ),
        (
            Deadline(BEFORE, date(2024, 3, 1)),
            date(2024, 2, 29),
            "23 giờ 59 phút 59 giây, ngày 29/02/2024",
            "trước ngày 01/3/2024 (đến hết ngày 29/02/2024)",
        ),
        (
            Deadline(AT, date(2023, 10, 5), time(17)),
            None,
            "17 giờ 00 phút 00 giây, ngày 05/10/2023",
            "chậm nhất 17 giờ 00, ngày 05/10/2023",
        ),
    ],
)
def test_the_words_and_the_instant_say_the_same(
    deadline: Deadline, last_day: date | None, last_second: str, words: str
) -> None:
    of = edition(deadline)
    assert of.deadline_day == last_day
    assert deadlines.last_second(deadline.instant) == last_second
    assert deadlines.words(of) == words
    assert deadlines.written(of) == deadline


@pytest.mark.parametrize(
    ("deadline", "first_too_late"),
    [
        (Deadline(THROUGH, DAY), datetime(2023, 10, 1, tzinfo=VIETNAM)),
        (Deadline(BEFORE, DAY), datetime(2023, 9, 30, tzinfo=VIETNAM)),
        (Deadline(AT, DAY, time(17, 30)), datetime(2023, 9, 30, 17, 30, 1, tzinfo=VIETNAM)),
    ],
)
@pytest.mark.parametrize("grace", [0, 120])
def test_the_last_instant_counts_and_the_next_does_not(
    deadline: Deadline, first_too_late: datetime, grace: int
) -> None:
    of = edition(deadline, grace_seconds=grace)
    late = first_too_late + timedelta(seconds=grace)
    assert deadlines.in_time(of, late - timedelta(microseconds=1))
    assert not deadlines.in_time(of, late)


def test_without_a_deadline_nothing_is_in_time() -> None:
    of = Edition(grace_seconds=120)
    assert not deadlines.in_time(of, datetime(2023, 1, 1, tzinfo=VIETNAM))
    assert deadlines.words(of) == ""
    assert deadlines.written(of) is None
