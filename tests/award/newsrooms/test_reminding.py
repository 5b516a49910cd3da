"""Newsrooms that have said nothing are reminded by themselves as the last day to confirm draws near."""

from datetime import date, datetime, time, timedelta

import pytest

from award.clock import VIETNAM, stopped_at
from award.db import session
from award.editions.models import Clause
from award.newsrooms import letters, operations
from tests.award.newsrooms.conftest import Press

pytestmark = pytest.mark.db


def remind(press: Press, today: date) -> int:
    """What the worker does that morning."""
    with stopped_at(datetime.combine(today, time(8, 5), VIETNAM)), press.at_work():
        return operations.remind_in_time(today=today, letter=letters.remind)


def last_day(press: Press) -> date | None:
    with press.at_work() as edition:
        return operations.last_day(edition)


def wanted(press: Press) -> date:
    """The rules want the word of the newsroom; the last day to give it."""
    with press.at_work() as edition:
        session.add(Clause(edition_id=edition.id, code="newsroom_confirmation", value={"yes": True}))
    found = last_day(press)
    assert found is not None
    return found


def test_a_week_three_days_and_one_day_before_who_has_works_waiting_is_written_to_once(press: Press) -> None:
    press.submitted("Đường về bản")
    last = wanted(press)
    sent = []
    for days in (8, 7, 6, 4, 2, 2, 1, 0):  # on the third day before, nobody worked
        remind(press, last - timedelta(days=days))
        sent.append(len(press.letters("attestation_reminder")))
    assert sent == [0, 2, 2, 2, 4, 4, 6, 6]
    (one, other) = press.letters("attestation_reminder")[:2]
    assert {one.to_address, other.to_address} == {"contact@example.vn", "chief@example.vn"}
    assert remind(press, last - timedelta(days=7)) == 0
    assert len(press.letters("attestation_reminder")) == sent[-1]


def test_nobody_is_reminded_where_nothing_waits_or_no_word_is_wanted(press: Press) -> None:
    assert last_day(press) is None
    last = wanted(press)
    assert remind(press, last - timedelta(days=3)) == 0
    press.submitted("Đường về bản")
    with press.at_work() as edition:
        edition.trial_of_id = edition.id
    assert remind(press, last - timedelta(days=3)) == 0, "newsrooms of a trial are real ones"
    assert press.letters("attestation_reminder") == []


def test_a_day_of_their_own_for_confirming_counts_and_stands_in_the_letter(press: Press) -> None:
    press.submitted("Đường về bản")
    with press.at_work() as edition:
        assert edition.deadline_at is not None
        edition.confirmation_at = edition.deadline_at + timedelta(days=10)
        edition.confirmation_day = (edition.deadline_at + timedelta(days=10)).date()
    last = last_day(press)
    assert last is not None
    assert remind(press, last - timedelta(days=1)) == 1
    assert "Thời hạn xác nhận tác phẩm: " in press.letters("attestation_reminder")[0].body
