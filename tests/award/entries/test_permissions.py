"""Sentences that go with the deadline, and who may do what."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from award.editions.models import Clause, Edition
from award.entries.models import Entry
from award.entries.permissions import (
    can_delete,
    can_edit,
    can_enter,
    can_revise,
    can_submit,
    can_withdraw,
    hurry_words,
    late_words,
)
from award.verdicts import Verdict

END = datetime(2023, 9, 30, 17, tzinfo=UTC)


def edition(**fields: object) -> Edition:
    return Edition(
        **{
            "state": "open",
            "deadline_at": END,
            "deadline_day": date(2023, 9, 30),
            "deadline_words": "đến hết ngày",
            "grace_seconds": 120,
            "files_follow_minutes": 2403,
            "secretariat_name": "Tổ Thư ký",
            "help_name": "Lê Hòa",
            "help_phone": "0258 000 000",
            "clauses": [Clause(code="changes_after_submission", value={"yes": True})],
            **fields,
        }
    )


def test_too_late_is_told_with_what_is_kept_and_whom_to_call() -> None:
    assert late_words(edition()) == (
        "Đã hết thời hạn nhận tác phẩm (hết ngày 30/9/2023). Bản nháp vẫn được giữ để xem lại, không nộp được nữa. "
        "Nếu gặp sự cố khi nộp, liên hệ Tổ Thư ký: Lê Hòa, 0258 000 000."
    )
    assert late_words(edition(help_phone="")).endswith("không nộp được nữa.")


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (
            timedelta(minutes=9, seconds=30),
            "Còn 9 phút. Nên nộp hồ sơ ngay; tệp chưa tải xong được gửi tiếp, chậm nhất 16 giờ 03, ngày 02/10/2023.",
        ),
        (timedelta(seconds=20), "Còn 1 phút. Nên nộp hồ sơ ngay;"),
        (timedelta(minutes=30), ""),
        (timedelta(0), ""),
        (timedelta(minutes=-1), ""),
    ],
    ids=str,
)
def test_the_last_half_hour_hurries(before: timedelta, sentence: str) -> None:
    said = hurry_words(edition(), END - before)
    assert said.startswith(sentence)
    assert bool(said) is bool(sentence)


BEFORE, AFTER = END - timedelta(days=1), END + timedelta(minutes=3)
Ask = Callable[[Entry, Edition, datetime], Verdict]
QUESTIONS: dict[str, Ask] = {
    "edit": lambda entry, edition, at: can_edit(1, entry, edition, at),
    "submit": lambda entry, edition, at: can_submit(1, entry, edition, at),
    "revise": lambda entry, edition, at: can_revise(1, entry, edition, at),
    "withdraw": lambda entry, edition, _at: can_withdraw(1, entry, edition),
    "delete": lambda entry, _edition, _at: can_delete(1, entry),
}


@pytest.mark.parametrize(
    ("state", "edition_state", "at", "allowed"),
    [
        ("draft", "open", BEFORE, {"edit", "submit", "delete"}),
        ("draft", "open", AFTER, {"delete"}),
        ("draft", "screening", BEFORE, {"delete"}),
        ("submitted", "open", BEFORE, {"submit", "revise", "withdraw"}),
        ("submitted", "open", AFTER, {"withdraw"}),
        ("submitted", "screening", AFTER, {"withdraw"}),
        ("submitted", "judging", AFTER, set()),
        ("withdrawn", "open", BEFORE, set()),
        ("withdrawn", "published", AFTER, set()),
    ],
)
def test_what_the_owner_may_do(state: str, edition_state: str, at: datetime, allowed: set[str]) -> None:
    entry, where = Entry(owner_id=1, state=state), edition(state=edition_state)
    assert {name for name, ask in QUESTIONS.items() if ask(entry, where, at)} == allowed
    stranger = Entry(owner_id=2, state=state)
    assert {name for name, ask in QUESTIONS.items() if ask(stranger, where, at)} == set()


def test_an_edition_that_is_being_set_up_does_not_take_works_yet() -> None:
    assert can_enter(edition(state="draft"), BEFORE).code == "not_open"
