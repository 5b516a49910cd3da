"""What a receipt that is put in finds in the database, and what is received again of it; forged ones: tests/faults."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from award.clock import now
from award.db import new_public_id, session, unit_of_work
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries import attesting, operations, queries, recovering
from award.entries.attesting import Statement
from award.entries.models import Entry, Receipt
from award.log import signing
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Scene

KEY = signing.house_key("the secret of this house, of some length")


def statement(entry: Entry) -> Statement:
    """What the newest receipt of the entry says, read back from what it carries."""
    receipt, (_entry, owner) = queries.last_receipt(entry.id), queries.with_owner(entry.id)
    assert receipt is not None
    edition = session.get_one(Edition, entry.edition_id)
    made = attesting.attested(receipt, entry, edition=edition.public_id, owner=owner.public_id, by=KEY)
    return attesting.checked(made.files, signing.public(KEY))


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


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        (an_earlier_submission, "other", "theo lần nộp trước đó"),
        (another_work_with_its_code, "taken", "nay thuộc tác phẩm khác"),
        (another_edition, "elsewhere", "không phải của trang này"),
        (a_draft_that_was_changed_since, "other", "đã sửa sau thời điểm trên biên nhận"),
        (a_work_that_was_withdrawn, "other", "Tác phẩm đã rút lúc"),
        (judging_that_has_begun, "state", "Đã qua bước kiểm tra"),
    ],
)
def test_what_stands_otherwise_is_said_and_nothing_changes(
    scene: Scene, found: Callable[[Scene], Statement], code: str, words: str
) -> None:
    with unit_of_work():
        said = found(scene)
        session.flush()
        before = list(session.execute(select(Entry.public_id, Entry.state, Entry.title, Entry.code)).tuples())
        with pytest.raises(Refused) as refused:
            recovering.recover(by=staff(scene), edition=scene.edition, said=said)
        assert (refused.value.verdict.code, words in refused.value.verdict.sentence) == (code, True)
        session.flush()
        assert list(session.execute(select(Entry.public_id, Entry.state, Entry.title, Entry.code)).tuples()) == before
        assert session.scalar(select(func.count()).select_from(Receipt).where(Receipt.public_id == said.receipt)) == 0


def test_a_draft_nobody_has_touched_since_becomes_what_was_received_and_keeps_the_rest(scene: Scene) -> None:
    """As it stood at the moment the database came back to: its files and telephone number are no receipt's."""
    with unit_of_work():
        entry = scene.submitted()
        said, file_id = statement(entry), entry.files[0].file_id
        session.execute(delete(Receipt))
        entry.state, entry.code, entry.submitted_at = "draft", None, None
        entry.title, entry.changed_at = "Bản nháp", said.first_received_at - timedelta(hours=1)
        entry.authors[0].pen_name = ""
        session.flush()
        again = recovering.recover(by=staff(scene), edition=scene.edition, said=said)
    assert (again.state, again.absent) == ("same", ())
    session.expire_all()
    stands = session.scalars(select(Entry)).one()
    assert (stands.state, stands.code, stands.title) == ("submitted", said.code, "Giữ lời hứa với dân")
    assert (stands.parts[0].place, stands.newsroom_id) == ("Số 7520, trang 3", scene.organ_id)
    assert (stands.authors[0].phone, stands.authors[0].person_id) == ("0905 123 456", scene.entrant.id)
    assert [each.file_id for each in stands.files] == [file_id]
    assert stands.files[0].part_id == stands.parts[0].id


def test_where_the_account_is_gone_too_the_work_goes_to_the_one_that_is_named(scene: Scene) -> None:
    with unit_of_work():
        said = of_no_row(scene, owner=new_public_id())
        by, other = staff(scene), factories.person("Nguyễn Thị Vân")
        with pytest.raises(Refused) as refused:
            recovering.recover(by=by, edition=scene.edition, said=said)
        assert refused.value.verdict.code == "owner"
        recovering.recover(by=by, edition=scene.edition, said=said, owner=other)
    stands = session.scalars(select(Entry).where(Entry.code == "KH3-0009")).one()
    assert session.get_one(Person, stands.owner_id) is other
    assert [each.person_id for each in stands.authors] == [other.id]
    with unit_of_work():
        assert scene.submitted().code == "KH3-0010", "no later dossier gets its code"
