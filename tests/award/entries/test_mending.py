"""A dossier that is mended because it was asked for: which parts, until when, and what becomes of the rest."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from award.clock import VIETNAM, now, stopped_at
from award.db import session, unit_of_work
from award.editions.deadlines import AT, THROUGH, Deadline
from award.editions.models import Category, Clause, FileSlot
from award.editions.permissions import Capacity
from award.entries import filling, mending, operations, queries
from award.entries.models import Correction, Entry, EntryFile, Part, Receipt
from award.files.models import File
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Scene

DUE = Deadline(THROUGH, date(2099, 10, 5))
LAST = datetime(2099, 10, 6, tzinfo=VIETNAM)
"""The first instant after the day."""


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.verdict.code


def closed(scene: Scene) -> None:
    with unit_of_work():
        scene.edition.state = "screening"
        scene.edition.deadline_at = now() - timedelta(days=1)


def submitted(scene: Scene, **fields: Any) -> Entry:
    with unit_of_work():
        return scene.submitted(**fields)


@pytest.fixture
def secretary(scene: Scene) -> Capacity:
    with unit_of_work():
        person = factories.person("Trần Thu Hiền")
    return Capacity(person.id, scene.edition_id, frozenset({"secretary"}))


def ask(scene: Scene, by: Capacity, entry: Entry, *parts: str, due: Deadline = DUE) -> Correction:
    with unit_of_work():
        return mending.ask(by=by, edition=scene.edition, entry=entry, items="bản quét.", parts=parts, due=due)


def revise(scene: Scene, entry: Entry) -> Entry:
    with unit_of_work():
        return operations.revise(by=scene.by(), edition=scene.edition, entry=entry)


def answer(scene: Scene, entry: Entry, words: str = "", at: datetime | None = None) -> Receipt:
    with unit_of_work():
        return operations.submit(
            by=scene.by(), edition=scene.edition, entry=entry, arrived_at=at or now(), answer=words
        )


def standing(entry: Entry) -> Entry:
    session.expire_all()
    return session.get_one(Entry, entry.id)


def test_after_the_deadline_only_a_request_opens_the_dossier(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    closed(scene)
    assert refusal(lambda: revise(scene, entry)) == "late"
    ask(scene, secretary, entry, "files")
    assert revise(scene, entry).revises_id == entry.id


def test_what_was_not_asked_for_stays_as_it_was_submitted(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    old_file = entry.files[0].file_id
    revision = revise(scene, entry)
    with unit_of_work():
        revision.title = "Tên khác"
        revision.declared = {}
        revision.authors[0].legal_name = "Người khác"
        filling.add_row(revision, "parts")
    closed(scene)
    ask(scene, secretary, entry, "files")
    with unit_of_work():
        revision.files.clear()
        mended = scene.attach(revision, scene.entrant, "stored", name="trang-moi.pdf")
    receipt = answer(scene, entry)
    now_stands = standing(entry)
    assert (now_stands.title, sorted(now_stands.declared)) == ("Giữ lời hứa với dân", ["commitment", "consent"])
    assert [author.legal_name for author in now_stands.authors] == ["Nguyễn Thị Vân"]
    assert [part.title for part in now_stands.parts] == ["Kỳ 1"]
    assert [(held.file_id, held.part_id) for held in now_stands.files] == [(mended.id, now_stands.parts[0].id)]
    assert session.get(File, old_file) is None
    assert (receipt.content["kind"], receipt.content["files"][0]["name"]) == ("mended", "trang-moi.pdf")
    assert session.scalar(select(func.count()).select_from(Entry)) == 1


def test_a_revision_that_was_begun_in_time_is_put_back_when_the_answer_is_begun(
    scene: Scene, secretary: Capacity
) -> None:
    entry = submitted(scene)
    revision = revise(scene, entry)
    with unit_of_work():
        revision.title = "Tên khác"
        revision.authors[0].pen_name = "Bút danh mới"
    closed(scene)
    ask(scene, secretary, entry, "authors")
    again = revise(scene, entry)
    assert again.id == revision.id
    assert (again.title, again.authors[0].pen_name) == ("Giữ lời hứa với dân", "Bút danh mới")


def test_files_of_the_second_part_stay_with_the_second_part(scene: Scene, secretary: Capacity) -> None:
    with unit_of_work():
        draft = scene.draft()
        draft.parts.append(Part(ordinal=2, title="Kỳ 2", published_on=date(2023, 3, 3)))
        session.flush()
        second = scene.attach(draft, scene.entrant, name="ky-2.pdf")
        draft.files[-1].part_id = draft.parts[1].id
        session.flush()
        operations.submit(by=scene.by(), edition=scene.edition, entry=draft, arrived_at=now())
    closed(scene)
    ask(scene, secretary, draft, "files")
    revision = revise(scene, draft)
    with unit_of_work():
        first = next(held for held in revision.files if held.part_id == revision.parts[0].id)
        revision.files.remove(first)
        session.flush()
        mended = scene.attach(revision, scene.entrant, name="ky-1-moi.pdf")
    answer(scene, draft)
    entry = standing(draft)
    where = {held.file_id: held.part_id for held in entry.files}
    assert where == {mended.id: entry.parts[0].id, second.id: entry.parts[1].id}


def test_one_kind_of_file_may_be_asked_for_alone(scene: Scene, secretary: Capacity) -> None:
    with unit_of_work():
        category = session.get_one(Category, scene.category_id)
        category.slots.append(
            FileSlot(ordinal=2, code="text", label="Lời bình", kinds=["pdf"], max_bytes=10**6, at_least=0)
        )
    entry = submitted(scene)
    page = entry.files[0].file_id
    closed(scene)
    ask(scene, secretary, entry, "files.text")
    revision = revise(scene, entry)
    leave = queries.leave_of(revision)
    assert leave.asked is not None
    assert (leave.asked.opens("files"), leave.asked.opens("files.text"), leave.asked.opens("files.page")) == (
        True,
        True,
        False,
    )
    with unit_of_work():
        revision.files.clear()
        text = scene.attach(revision, scene.entrant, name="loi-binh.pdf")
        revision.files[-1].slot_id = category.slots[1].id
    answer(scene, entry)
    assert {held.file_id for held in standing(entry).files} == {page, text.id}


@pytest.mark.parametrize(
    ("due", "late"),
    [(DUE, LAST + timedelta(seconds=120)), (Deadline(AT, date(2099, 10, 5), time(17)), None)],
    ids=["a day", "an hour"],
)
def test_the_day_counts_to_its_last_second_and_the_grace(
    scene: Scene, secretary: Capacity, due: Deadline, late: datetime | None
) -> None:
    late = late or datetime(2099, 10, 5, 17, 2, 1, tzinfo=VIETNAM)
    entry = submitted(scene)
    closed(scene)
    ask(scene, secretary, entry, "authors", due=due)
    revision = revise(scene, entry)
    with unit_of_work():
        revision.authors[0].pen_name = "Hà Vân"
    with stopped_at(late):
        with pytest.raises(Refused) as refused:
            answer(scene, entry)
        assert refused.value.verdict.code == "overdue"
        assert "Hồ sơ đến lúc" in refused.value.verdict.sentence
    assert standing(entry).authors[0].pen_name == ""
    with stopped_at(late - timedelta(seconds=1)):
        assert answer(scene, entry).content["authors"][0]["pen_name"] == "Hà Vân"
    ended = session.scalars(select(Correction)).one()
    assert (ended.ended, ended.receipt_id is not None) == ("answered", True)


def test_the_passing_of_the_day_ends_nothing(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    closed(scene)
    made = ask(scene, secretary, entry, "authors")
    with stopped_at(LAST + timedelta(days=30)):
        assert refusal(lambda: revise(scene, entry)) == "overdue"
    session.refresh(made)
    assert (made.ended, made.ended_at) == ("", None)


def test_an_answer_changes_something_or_says_something(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    closed(scene)
    made = ask(scene, secretary, entry, "authors")
    revise(scene, entry)
    assert refusal(lambda: answer(scene, entry)) == "unchanged"
    first, second = answer(scene, entry, "Tên tác giả đã đúng."), answer(scene, entry, "Tên tác giả đã đúng.")
    assert first.id == second.id
    session.refresh(made)
    assert (made.ended, made.answer, made.receipt_id) == ("answered", "Tên tác giả đã đúng.", first.id)
    assert session.scalar(select(func.count()).select_from(Receipt)) == 2
    kinds = [event.kind for event in session.scalars(select(Event).order_by(Event.id))]
    assert kinds[-2:] == ["entry.resubmitted", "entry.correction_answered"]


def test_words_alone_answer_without_a_revision(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    closed(scene)
    before = queries.last_receipt(entry.id)
    made = ask(scene, secretary, entry, "authors")
    receipt = answer(scene, entry, "Tác giả chỉ có một bút danh.")
    session.refresh(made)
    assert before is not None
    assert (made.before_id, made.receipt_id) == (before.id, receipt.id)
    assert receipt.entry_version > before.entry_version


def test_what_was_asked_for_must_be_there_and_what_was_not_does_not_count(
    scene: Scene, secretary: Capacity, say_rule: Callable[..., None]
) -> None:
    entry = submitted(scene)
    say_rule("max_works_per_author", {"number": 1}, "khoản 1 Điều 5")
    with unit_of_work():
        entry.parts[0].published_on = date(2022, 1, 1)
    closed(scene)
    ask(scene, secretary, entry, "files")
    revision = revise(scene, entry)
    with unit_of_work():
        revision.files.clear()
    assert refusal(lambda: answer(scene, entry, "Gửi sau.")) == "incomplete"
    with unit_of_work():
        scene.attach(revision, scene.entrant, "uploading", name="trang-2.pdf")
    receipt = answer(scene, entry)
    assert [file["state"] for file in receipt.content["files"]] == ["due"]
    due = datetime.fromisoformat(receipt.content["files_due_at"])
    assert due == LAST + timedelta(minutes=scene.edition.files_follow_minutes)
    assert standing(entry).files_due_at == due


def test_the_rules_say_what_may_be_asked_for_after_the_deadline(scene: Scene, secretary: Capacity) -> None:
    with unit_of_work():
        said = {"choice": "some", "several": ["files"]}
        clause = Clause(edition_id=scene.edition_id, code="corrections", value=said, source="khoản 4 Điều 6")
        session.add(clause)
    entry = submitted(scene)
    session.expire_all()
    with pytest.raises(Refused) as refused:
        ask(scene, secretary, entry, "authors", "files")
    assert refused.value.verdict.sentence == (
        "Hết thời hạn nhận tác phẩm, hồ sơ chỉ được bổ sung khi Tổ Thư ký đề nghị: tệp. Căn cứ: khoản 4 Điều 6 Thể lệ."
    )
    before_the_end = Deadline(THROUGH, (now() + timedelta(days=2)).astimezone(VIETNAM).date())
    ask(scene, secretary, entry, "authors", due=before_the_end)
    closed(scene)
    ask(scene, secretary, entry, "files")
    with unit_of_work():
        clause.value = {"choice": "none"}
    session.expire_all()
    assert refusal(lambda: ask(scene, secretary, entry, "files")) == "not_mendable"


def test_while_works_are_taken_the_answer_changes_whatever_the_owner_likes(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    ask(scene, secretary, entry, "files")
    revision = revise(scene, entry)
    with unit_of_work():
        revision.title = "Tên khác"
    receipt = answer(scene, entry)
    assert (receipt.content["title"], receipt.content["kind"]) == ("Tên khác", "mended")
    assert session.scalars(select(Correction)).one().ended == "answered"


def test_where_the_rules_forbid_changes_a_request_opens_what_it_names(
    scene: Scene, secretary: Capacity, say_rule: Callable[..., None]
) -> None:
    entry = submitted(scene)
    say_rule("changes_after_submission", {"yes": False}, "Điều 7")
    assert refusal(lambda: revise(scene, entry)) == "unchangeable"
    ask(scene, secretary, entry, "authors")
    revision = revise(scene, entry)
    with unit_of_work():
        revision.title, revision.authors[0].pen_name = "Tên khác", "Hà Vân"
    received = answer(scene, entry).content
    assert (received["title"], received["authors"][0]["pen_name"]) == ("Giữ lời hứa với dân", "Hà Vân")


def test_a_second_request_takes_the_place_of_the_first(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    first, second = ask(scene, secretary, entry, "files"), ask(scene, secretary, entry, "authors")
    session.refresh(first)
    assert (first.ended, second.ended) == ("replaced", "")
    leave = queries.leave_of(entry)
    assert leave.asked is not None
    assert (leave.asked.parts, leave.asked.until) == (("authors",), "hết ngày 05/10/2099")


@pytest.mark.parametrize("parts", [(), ("bank",), ("files.khong-co",)])
def test_a_request_names_parts_that_there_are(scene: Scene, secretary: Capacity, parts: tuple[str, ...]) -> None:
    entry = submitted(scene)
    assert refusal(lambda: ask(scene, secretary, entry, *parts)) == "parts"


def test_a_day_that_has_passed_is_no_day_to_name(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    assert refusal(lambda: ask(scene, secretary, entry, "files", due=Deadline(THROUGH, date(2023, 1, 1)))) == "due"


def test_withdrawing_ends_the_request(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    made = ask(scene, secretary, entry, "files")
    revise(scene, entry)
    with unit_of_work():
        operations.withdraw(by=scene.by(), edition=scene.edition, entry=entry, reason="Tòa soạn đề nghị")
    session.refresh(made)
    assert made.ended == "withdrawn"
    assert session.scalar(select(func.count()).select_from(Entry)) == 1


def test_nobody_else_answers(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    closed(scene)
    ask(scene, secretary, entry, "files")
    with unit_of_work():
        stranger: Person = factories.person("Người lạ")
    act = lambda: operations.submit(  # noqa: E731
        by=scene.by(stranger), edition=scene.edition, entry=entry, arrived_at=now(), answer="Có."
    )
    assert refusal(act) == "not_owner"


def test_a_request_goes_with_its_draftless_entry_and_leaves_no_file_behind(scene: Scene, secretary: Capacity) -> None:
    entry = submitted(scene)
    closed(scene)
    ask(scene, secretary, entry, "files")
    revision = revise(scene, entry)
    with unit_of_work():
        extra = scene.attach(revision, scene.entrant, "stored")
    with unit_of_work():
        operations.drop_revision(by=scene.by(), edition=scene.edition, entry=entry, revision=revision)
    session.expire_all()
    assert session.get(File, extra.id) is None
    assert session.scalar(select(func.count()).select_from(EntryFile)) == 1
