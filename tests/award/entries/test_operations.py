"""Deeds on entries, on a real database."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Category, Clause, FileSlot
from award.entries import filling, operations, queries
from award.entries.models import Authorship, Entry, EntryFile, Part, PriorPrize, Receipt
from award.entries.values import PartValues
from award.files.models import File
from award.log.models import Event
from award.messages.models import Message
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Scene

Say = Callable[..., None]


def submit(scene: Scene, entry: Entry, **given: Any) -> Receipt:
    by, at = given.get("by", scene.by()), given.get("arrived_at", now())
    with unit_of_work():
        return operations.submit(by=by, edition=scene.edition, entry=entry, arrived_at=at)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.verdict.code


def drafted(scene: Scene, **fields: Any) -> Entry:
    with unit_of_work():
        return scene.draft(**fields)


def test_a_new_draft_brings_the_entrants_own_particulars(scene: Scene) -> None:
    with unit_of_work():
        category = session.get_one(Category, scene.category_id)
        entry = operations.create(by=scene.by(), edition=scene.edition, category=category, owner=scene.entrant)
    (author,) = entry.authors
    assert (author.legal_name, author.pen_name, author.person_id) == ("Nguyễn Thị Vân", "Hà Vân", scene.entrant.id)
    assert (author.employer_id, author.contact, len(entry.parts)) == (scene.organ_id, True, 1)


def test_submitting_gives_code_time_receipt_and_event(scene: Scene) -> None:
    entry = drafted(scene)
    at = now()
    receipt = submit(scene, entry, arrived_at=at)
    assert (entry.state, entry.code, entry.submitted_at) == ("submitted", "KH3-0001", at)
    assert (receipt.code, receipt.received_at, receipt.entry_version) == ("KH3-0001", at, entry.version)
    assert receipt.content["files"][0]["state"] == "stored"
    assert receipt.content["title"] == "Giữ lời hứa với dân"
    event = session.scalars(select(Event).where(Event.kind == "entry.submitted")).one()
    assert receipt.content_hash.encode() in event.payload
    assert "Vân" not in event.payload.decode()


def test_codes_follow_each_other_without_gaps_also_after_a_refusal(scene: Scene) -> None:
    bad = drafted(scene, title="")
    for _ in range(2):
        assert refusal(lambda: submit(scene, bad)) == "incomplete"
    codes = [submit(scene, drafted(scene)).code for _ in range(2)]
    assert codes == ["KH3-0001", "KH3-0002"]
    assert scene.edition.version == 1


def test_submitting_twice_gives_the_same_receipt(scene: Scene) -> None:
    entry = drafted(scene)
    first, second = submit(scene, entry), submit(scene, entry)
    assert first.id == second.id
    assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_the_letter_goes_once_to_the_owner(scene: Scene) -> None:
    entry = drafted(scene)
    receipt = submit(scene, entry)
    for _ in range(2):
        with unit_of_work():
            operations.send_receipt(
                receipt=receipt, edition=scene.edition, owner=scene.entrant, address="http://127.0.0.1/bien-nhan"
            )
    letter = session.scalars(select(Message)).one()
    assert scene.entrant.user is not None
    assert (letter.to_address, letter.subject) == (scene.entrant.user.email, "Đã tiếp nhận hồ sơ KH3-0001")
    assert letter.body.startswith("Đã tiếp nhận hồ sơ dự Giải của tác phẩm “Giữ lời hứa với dân” lúc ")
    assert "http://127.0.0.1/bien-nhan" in letter.body


def test_only_the_owner_submits(scene: Scene) -> None:
    entry = drafted(scene)
    with unit_of_work():
        stranger = factories.person("Người lạ")
    assert refusal(lambda: submit(scene, entry, by=scene.by(stranger))) == "not_owner"
    submit(scene, entry)
    assert refusal(lambda: submit(scene, entry, by=scene.by(stranger))) == "not_owner"


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(-1, True), (0, True), (119, True), (120, False), (121, False)], ids=str
)
def test_the_deadline_counts_the_arrival_and_the_grace(scene: Scene, seconds: int, accepted: bool) -> None:
    entry = drafted(scene)
    at = now()
    with unit_of_work():
        scene.edition.deadline_at = at - timedelta(seconds=seconds)
    if accepted:
        assert submit(scene, entry, arrived_at=at).received_at == at
    else:
        assert refusal(lambda: submit(scene, entry, arrived_at=at)) == "late"
        assert session.get_one(Entry, entry.id).state == "draft"


def test_a_refusal_for_lateness_names_both_times(scene: Scene) -> None:
    entry, at = drafted(scene), now()
    with unit_of_work():
        scene.edition.deadline_at = at - timedelta(minutes=10)
    with pytest.raises(Refused) as refused:
        submit(scene, entry, arrived_at=at)
    sentence = refused.value.verdict.sentence
    assert sentence.startswith("Đã hết thời hạn nhận tác phẩm (hết ngày ")
    assert "Tổ Thư ký, 0258 000 000." in sentence
    assert "Hồ sơ đến lúc" in sentence


@pytest.mark.parametrize("minutes", [-5, 5])
def test_an_application_clock_that_is_off_does_not_decide(scene: Scene, minutes: int) -> None:
    entry = drafted(scene)
    with unit_of_work():
        scene.edition.deadline_at = now() + timedelta(minutes=1)
    receipt = submit(scene, entry, arrived_at=now() + timedelta(minutes=minutes))
    assert abs(receipt.received_at - now()) < timedelta(minutes=2)


@pytest.mark.parametrize("state", ["draft", "screening", "judging", "decision", "published", "archived"])
def test_only_an_open_edition_takes_works(scene: Scene, state: str) -> None:
    entry = drafted(scene)
    with unit_of_work():
        scene.edition.state = state
    assert refusal(lambda: submit(scene, entry)) in {"late", "not_open"}
    assert session.get_one(Entry, entry.id).state == "draft"


def test_a_file_on_its_way_is_promised_and_named_on_the_receipt(scene: Scene) -> None:
    entry = drafted(scene)
    session.get_one(File, entry.files[0].file_id).state = "uploading"
    receipt = submit(scene, entry)
    assert [file["state"] for file in receipt.content["files"]] == ["due"]
    assert receipt.content["files_due_at"]


@pytest.mark.parametrize("state", ["rejected", None])
def test_a_file_that_is_refused_or_never_begun_blocks(scene: Scene, state: str | None) -> None:
    entry = drafted(scene)
    with unit_of_work():
        if state is None:
            entry.files.clear()
        else:
            session.get_one(File, entry.files[0].file_id).state = state
    with pytest.raises(Refused) as refused:
        submit(scene, entry)
    assert refused.value.verdict.sentence == "Còn thiếu 1 mục: bản quét trang báo."


def test_a_red_finding_refuses_with_its_clause_and_an_amber_one_does_not(scene: Scene, say_rule: Say) -> None:
    entry = drafted(scene)
    with unit_of_work():
        entry.parts[0].published_on = date(2022, 10, 15)
    with pytest.raises(Refused) as refused:
        submit(scene, entry)
    assert "Căn cứ: khoản 2 Điều 4 Thể lệ." in refused.value.verdict.sentence
    say_rule("window", {}, "")
    assert submit(scene, entry).code == "KH3-0001"


def test_an_authors_works_are_counted_across_owners(scene: Scene) -> None:
    for _ in range(2):
        submit(scene, drafted(scene))
    with unit_of_work():
        other = factories.person("Trần Minh", newsroom_id=scene.organ_id)
        third = scene.draft(other)
        third.authors.append(
            Authorship(ordinal=2, legal_name="Nguyễn Thị Vân", employer_id=scene.organ_id, phone="0905.123.456")
        )
    assert refusal(lambda: submit(scene, third, by=scene.by(other))) == "max_works_per_author"
    with unit_of_work():
        third.authors[1].phone = "0911 222 333"
    assert submit(scene, third, by=scene.by(other)).code == "KH3-0003"


def test_a_withdrawn_work_no_longer_counts(scene: Scene) -> None:
    entries = [drafted(scene) for _ in range(3)]
    for entry in entries[:2]:
        submit(scene, entry)
    with unit_of_work():
        operations.withdraw(by=scene.by(), edition=scene.edition, entry=entries[0], reason="Theo đề nghị của tòa soạn")
    assert submit(scene, entries[2]).code == "KH3-0003"
    assert (entries[0].state, entries[0].code, entries[0].withdrawn_reason) == (
        "withdrawn",
        "KH3-0001",
        "Theo đề nghị của tòa soạn",
    )


def test_withdrawing_ends_when_judging_begins(scene: Scene) -> None:
    entry = drafted(scene)
    submit(scene, entry)
    with unit_of_work():
        scene.edition.state = "judging"
    withdraw = lambda: operations.withdraw(by=scene.by(), edition=scene.edition, entry=entry, reason="x")  # noqa: E731
    assert refusal(withdraw) == "judging"


def revised(scene: Scene, entry: Entry) -> Entry:
    with unit_of_work():
        return operations.revise(by=scene.by(), edition=scene.edition, entry=entry)


def test_a_revision_leaves_what_was_submitted_untouched(scene: Scene) -> None:
    entry = drafted(scene)
    receipt = submit(scene, entry)
    before = queries.facts_of(entry, scene.edition)
    revision = revised(scene, entry)
    assert revised(scene, entry).id == revision.id
    with unit_of_work():
        revision.title = "Tên mới"
        filling.add_row(revision, "parts")
        filling.remove_row(revision, "authors", revision.authors[0].public_id)
    session.expire_all()
    assert queries.facts_of(entry, scene.edition) == before
    last = queries.last_receipt(entry.id)
    assert last is not None
    assert last.id == receipt.id
    assert [each.id for each in session.scalars(queries.submitted(scene.edition_id))] == [entry.id]


def test_an_incomplete_revision_is_refused_and_the_submission_stands(scene: Scene) -> None:
    entry = drafted(scene)
    submit(scene, entry)
    revision = revised(scene, entry)
    with unit_of_work():
        filling.add_row(revision, "parts")
    assert refusal(lambda: submit(scene, entry)) == "incomplete"
    session.expire_all()
    assert (entry.state, len(entry.parts)) == ("submitted", 1)


def test_a_submitted_revision_takes_the_place_and_adds_a_receipt(scene: Scene) -> None:
    entry = drafted(scene)
    first = submit(scene, entry)
    submitted_at, public_id = entry.submitted_at, entry.public_id
    old_file = entry.files[0].file_id
    revision = revised(scene, entry)
    with unit_of_work():
        revision.title = "Tên mới"
        part = filling.add_row(revision, "parts")
        filling.save_parts(revision, [PartValues(part, "Kỳ 2", date(2023, 3, 3), "", "")])
        revision.prior_prizes.append(PriorPrize(award_name="Giải báo chí tỉnh", level="B", year=2022))
        revision.no_prior_prize = False
        slot = session.get_one(Category, scene.category_id).slots[0]
        made = scene.attach(revision, scene.entrant, "stored", name="trang-2.pdf")
        revision.files[-1].part_id = revision.parts[1].id
        assert slot.per_part
        revision.files.remove(revision.files[0])
        kept = scene.attach(revision, scene.entrant, "stored", name="trang-1b.pdf")
    second = submit(scene, entry)
    session.expire_all()
    assert (entry.public_id, entry.code, entry.submitted_at, entry.state) == (
        public_id,
        first.code,
        submitted_at,
        "submitted",
    )
    assert entry.title == "Tên mới"
    assert [part.title for part in entry.parts] == ["Kỳ 1", "Kỳ 2"]
    assert {held.file_id for held in entry.files} == {made.id, kept.id}
    assert [prize.level for prize in entry.prior_prizes] == ["B"]
    assert second.id != first.id
    assert second.code == first.code
    assert second.content["title"] == "Tên mới"
    assert first.content["title"] == "Giữ lời hứa với dân"
    assert session.scalar(select(func.count()).select_from(Entry)) == 1
    assert session.get(File, old_file) is None
    for rows in (Part, Authorship, EntryFile, PriorPrize):
        assert session.scalar(select(func.count()).select_from(rows).where(rows.entry_id != entry.id)) == 0


def test_a_revision_does_not_count_against_its_own_author(scene: Scene) -> None:
    entries = [drafted(scene) for _ in range(2)]
    for entry in entries:
        submit(scene, entry)
    revised(scene, entries[0])
    assert submit(scene, entries[0]).code == "KH3-0001"


def test_a_dropped_revision_keeps_the_files_it_shared(scene: Scene) -> None:
    entry = drafted(scene)
    submit(scene, entry)
    revision = revised(scene, entry)
    with unit_of_work():
        own = scene.attach(revision, scene.entrant, "stored")
    with unit_of_work():
        operations.drop_revision(by=scene.by(), edition=scene.edition, entry=entry, revision=revision)
    session.expire_all()
    assert session.get(File, own.id) is None
    assert session.get(File, entry.files[0].file_id) is not None


def test_after_the_deadline_a_revision_is_not_taken_and_the_submission_stands(scene: Scene) -> None:
    entry = drafted(scene)
    submit(scene, entry)
    revised(scene, entry)
    with unit_of_work():
        scene.edition.deadline_at = now() - timedelta(minutes=5)
    assert refusal(lambda: submit(scene, entry)) == "late"
    session.expire_all()
    assert entry.state == "submitted"


def test_where_the_rules_forbid_changes_nothing_is_revised(scene: Scene, say_rule: Say) -> None:
    entry = drafted(scene)
    submit(scene, entry)
    say_rule("changes_after_submission", {"yes": False}, "Điều 7")
    assert refusal(lambda: revised(scene, entry)) == "unchangeable"


def test_a_deleted_draft_takes_its_files_along(scene: Scene) -> None:
    entry = drafted(scene)
    file_id = entry.files[0].file_id
    with unit_of_work():
        operations.delete_draft(by=scene.by(), edition=scene.edition, entry=entry)
    assert session.get(File, file_id) is None
    assert session.scalar(select(func.count()).select_from(Entry)) == 0


def test_a_submitted_work_is_not_deleted(scene: Scene) -> None:
    entry = drafted(scene)
    submit(scene, entry)
    assert refusal(lambda: operations.delete_draft(by=scene.by(), edition=scene.edition, entry=entry)) == "submitted"


def test_rows_move_and_close_up(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.draft()
        for name in ("Trần Minh", "Lê Hòa"):
            key = filling.add_row(entry, "authors")
            next(each for each in entry.authors if each.public_id == key).legal_name = name
    keys = [each.public_id for each in entry.authors]
    with unit_of_work():
        filling.move_row(entry, "authors", keys[2], -1)
        filling.move_row(entry, "authors", keys[0], -1)
        filling.remove_row(entry, "authors", keys[0])
        filling.remove_row(entry, "authors", "nobody")
    session.expire_all()
    assert [(each.ordinal, each.legal_name) for each in entry.authors] == [(1, "Lê Hòa"), (2, "Trần Minh")]


def test_a_removed_part_takes_its_files_along(scene: Scene) -> None:
    entry = drafted(scene)
    file_id = entry.files[0].file_id
    with unit_of_work():
        filling.remove_row(entry, "parts", entry.parts[0].public_id)
    session.expire_all()
    assert (entry.parts, entry.files, session.get(File, file_id)) == ([], [], None)


def test_the_facts_of_a_list_come_in_one_statement(scene: Scene, app: Flask) -> None:
    entries = [drafted(scene) for _ in range(3)]
    found = {key: each.facts for key, each in queries.dossiers_of([entry.id for entry in entries]).items()}
    assert found == {entry.id: queries.facts_of(entry, scene.edition) for entry in entries}


def test_the_rule_book_is_what_the_clauses_say(scene: Scene, say_rule: Say) -> None:
    book = queries.rule_book(scene.edition)
    assert (book.window_from, book.max_works_per_author, book.max_group_size) == (date(2022, 11, 1), 2, 5)
    assert (book.prior_prizes, book.barred_prizes) == ("barred", ("Giải Báo chí quốc gia",))
    assert (book.source("window"), book.source("max_group_size")) == ("khoản 2 Điều 4", "")
    say_rule("window", None, unregulated=True)
    say_rule("max_works_per_author", None, unregulated=True)
    book = queries.rule_book(scene.edition)
    assert (book.window_from, book.window_to, book.max_works_per_author) == (None, None, None)


def test_a_slot_for_the_whole_work_is_asked_for_once(scene: Scene) -> None:
    with unit_of_work():
        category = session.get_one(Category, scene.category_id)
        category.slots.append(
            FileSlot(ordinal=2, code="text", label="Lời bình", kinds=["docx"], max_bytes=10**6, per_part=False)
        )
    entry = drafted(scene)
    with pytest.raises(Refused) as refused:
        submit(scene, entry)
    assert refused.value.verdict.sentence == "Còn thiếu 1 mục: lời bình."


@pytest.mark.parametrize("means", ["publisher", "employer"])
def test_an_organs_works_are_counted_without_ones_own(scene: Scene, means: str) -> None:
    with unit_of_work():
        value = {"number": 2, "choice": means}
        session.add(
            Clause(edition_id=scene.edition_id, code="max_works_per_newsroom", value=value, source="khoản 4 Điều 5")
        )
        people = [factories.person(f"Tác giả {n}", phone=f"0905 000 10{n}") for n in range(3)]
    entries = []
    for person in people:
        with unit_of_work():
            entries.append(scene.draft(person))
    for person, entry in zip(people[:2], entries[:2], strict=True):
        submit(scene, entry, by=scene.by(person))
    assert refusal(lambda: submit(scene, entries[2], by=scene.by(people[2]))) == "max_works_per_newsroom"
    with unit_of_work():
        operations.revise(by=scene.by(people[0]), edition=scene.edition, entry=entries[0])
    assert submit(scene, entries[0], by=scene.by(people[0])).code == "KH3-0001"
    with unit_of_work():
        if means == "publisher":
            entries[2].newsroom_id, entries[2].newsroom_text = None, "Đài Núi Bạc"
        else:
            entries[2].authors[0].employer_id, entries[2].authors[0].employer_text = None, "Đài Núi Bạc"
    assert submit(scene, entries[2], by=scene.by(people[2])).code == "KH3-0003"


def test_unlisted_organs_are_the_same_by_their_words(scene: Scene) -> None:
    with unit_of_work():
        session.add(
            Clause(
                edition_id=scene.edition_id,
                code="max_works_per_newsroom",
                value={"number": 9, "choice": "publisher"},
                source="",
            )
        )
        for words in ("Đài Núi Bạc", "đài núi bạc", "Đài khác"):
            person = factories.person(f"Tác giả {words}")
            entry = scene.draft(person, newsroom_id=None, newsroom_text=words)
            operations.submit(by=scene.by(person), edition=scene.edition, entry=entry, arrived_at=now())
        draft = scene.draft(newsroom_id=None, newsroom_text="ĐÀI NÚI BẠC")
    assert queries.facts_of(draft, scene.edition).publisher_works == 2
