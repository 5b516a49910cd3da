"""Receipts that are put in, and what the database may have of their works meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from award import house_key
from award.clock import now
from award.db import new_public_id, session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries import attesting, operations, queries
from award.entries.attesting import Statement
from award.entries.models import Entry, Receipt
from tests import factories
from tests.award.entries.conftest import Scene

KEY = house_key.derived("the secret of this house, of some length")


def statement(entry: Entry) -> Statement:
    """What the newest receipt of the entry says, read back from what it carries."""
    receipt, (_entry, owner) = queries.last_receipt(entry.id), queries.with_owner(entry.id)
    assert receipt is not None
    edition = session.get_one(Edition, entry.edition_id)
    made = attesting.attested(receipt, entry, edition=edition.public_id, owner=owner.public_id, by=KEY)
    return attesting.checked(made.files, house_key.public(KEY))


def staff(scene: Scene) -> Capacity:
    return Capacity(factories.person("Lê Thị Thư").id, scene.edition_id, frozenset({"secretary"}))


def of_no_row(scene: Scene, code: str = "KH3-0009", **changed: Any) -> Statement:
    """As of a work like one that is there, which no row knows."""
    said = statement(scene.submitted())
    received = {**said.received, "code": code, "files": []}
    unknown = {"entry": new_public_id(), "receipt": new_public_id(), "received": received}
    return replace(said, **{**unknown, **changed})


def an_earlier_submission(scene: Scene) -> Statement:
    entry = scene.submitted()
    operations.revise(by=scene.by(), edition=scene.edition, entry=entry).title = "Giữ lời hứa với dân, bản sửa"
    operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    said, last = statement(entry), queries.last_receipt(entry.id)
    session.delete(last)
    return said


def another_work_with_its_code(scene: Scene) -> Statement:
    return of_no_row(scene, "KH3-0001")


def another_edition(scene: Scene) -> Statement:
    return of_no_row(scene, edition=new_public_id())


def a_draft_that_was_changed_since(scene: Scene) -> Statement:
    entry = scene.submitted()
    said = statement(entry)
    session.execute(delete(Receipt))
    entry.state, entry.code, entry.submitted_at, entry.changed_at = "draft", None, None, now() + timedelta(minutes=1)
    return said


def a_work_that_was_withdrawn(scene: Scene) -> Statement:
    entry = scene.submitted()
    said = statement(entry)
    operations.withdraw(by=scene.by(), edition=scene.edition, entry=entry, reason="Đăng lại nơi khác")
    return replace(said, receipt=new_public_id())


def judging_that_has_begun(scene: Scene) -> Statement:
    said = of_no_row(scene)
    scene.edition.state = "judging"
    return said


def as_a_draft_again(entry: Entry, before: datetime) -> None:
    """The database came back to a moment at which nobody had submitted it."""
    session.execute(delete(Receipt))
    entry.state, entry.code, entry.submitted_at, entry.changed_at = "draft", None, None, before
    session.flush()


OTHERWISE: tuple[tuple[Callable[[Scene], Statement], str, str], ...] = (
    (an_earlier_submission, "other", "theo lần nộp trước đó"),
    (another_work_with_its_code, "taken", "nay thuộc tác phẩm khác"),
    (another_edition, "elsewhere", "không phải của trang này"),
    (a_draft_that_was_changed_since, "other", "đã sửa sau thời điểm trên biên nhận"),
    (a_work_that_was_withdrawn, "other", "Tác phẩm đã rút lúc"),
)
"""What keeps a work from being received again, with the state that is found and words of the sentence."""
