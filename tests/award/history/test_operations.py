"""A list is looked through, taken in as a whole, and taken back as a whole; each deed stands in the log."""

import threading

import pytest
from sqlalchemy import select

from award.db import session, unit_of_work
from award.entries.models import Entry, PriorPrize
from award.history import operations
from award.history.models import HistoryImport, PastAuthor, PastWork
from award.log.models import Event, EventDetail
from award.verdicts import Refused
from tests import factories
from tests.award.history.conftest import ROAD, SEA, VAN, Archive, workbook


def read(archive: Archive, *rows: dict[str, object], who: str = "secretary") -> int:
    with archive.at_work() as edition:
        made = operations.read_in(
            by=archive.by(who), edition=edition, content=workbook(*rows), file_name="Lần  II.xlsx"
        )
        return made.id


def take_in(archive: Archive, list_id: int, *, public: bool = False, who: str = "secretary") -> None:
    with archive.at_work() as edition:
        draft = session.get_one(HistoryImport, list_id)
        operations.take_in(by=archive.by(who), edition=edition, draft=draft, public=public)


def kinds(archive: Archive) -> list[str]:
    with archive.app.app_context():
        return list(session.scalars(select(Event.kind).order_by(Event.seq)))


def test_reading_a_list_records_nothing(archive: Archive) -> None:
    list_id = read(archive, VAN, ROAD)
    assert archive.count() == 0
    with archive.app.app_context():
        draft = session.get_one(HistoryImport, list_id)
        assert (draft.state, draft.file_name, draft.works, len(draft.file_sha256)) == ("draft", "Lần II.xlsx", 0, 64)
    assert kinds(archive) == ["history.read"]


def test_a_list_is_taken_in_as_a_whole_with_one_event(archive: Archive) -> None:
    take_in(archive, read(archive, VAN, ROAD, SEA))
    first = archive.works()[0]
    assert (first.award_name, first.award_key) == (
        "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa",
        "xay dung dang/khanh hoa",
    )
    assert (first.ordinal, first.year, first.level, first.level_rank, first.source_row) == ("II", 2022, "Giải A", 2, 2)
    assert (first.unit, first.title, first.title_words) == (
        "Loạt 5 bài",
        "Giữ lời hứa với dân",
        "giu loi hua voi dan",
    )
    assert (first.newsroom_words, first.newsroom_id is not None, first.public) == ("Báo Biển Xanh", True, False)
    assert (first.link_key, first.authors_words) == ("baobien.vn/giu-loi-hua.html", VAN["authors"])
    with archive.app.app_context():
        names = session.scalars(select(PastAuthor).where(PastAuthor.work_id == first.id).order_by(PastAuthor.id)).all()
        assert [(each.ordinal, each.name, each.pen) for each in names] == [
            (1, "Nguyễn Thị Vân", False),
            (1, "Hà Vân", True),
            (2, "Trần Minh", False),
        ]
        event = session.scalars(select(Event).where(Event.kind == "history.taken_in")).one()
        assert b'"works":3' in event.payload
        assert "Vân".encode() not in event.payload
        done = session.scalars(select(HistoryImport)).one()
        assert (done.state, done.draft, done.works, done.known, done.done_by_id) == (
            "done",
            None,
            3,
            0,
            archive.people["secretary"].id,
        )
    assert kinds(archive) == ["history.read", "history.taken_in"]


def test_one_bad_row_keeps_all_of_them_out(archive: Archive) -> None:
    list_id = read(archive, VAN, {**ROAD, "level": "Giải Vàng"}, SEA)
    with pytest.raises(Refused) as refused:
        take_in(archive, list_id)
    assert refused.value.verdict.code == "faults"
    assert archive.count() == 0


def test_the_same_file_again_adds_nothing(archive: Archive) -> None:
    take_in(archive, read(archive, VAN, ROAD))
    before = [work.id for work in archive.works()]
    again = read(archive, VAN, ROAD)
    with pytest.raises(Refused) as refused:
        take_in(archive, again)
    assert refused.value.verdict.code == "nothing_new"
    assert [work.id for work in archive.works()] == before


def test_a_longer_list_adds_only_what_is_not_there(archive: Archive) -> None:
    take_in(archive, read(archive, VAN))
    longer = read(archive, {**VAN, "award_name": "Giải Búa liềm vàng tỉnh Khánh Hòa", "level": "A"}, ROAD)
    take_in(archive, longer)
    assert [work.title for work in archive.works()] == ["Giữ lời hứa với dân", "Đường về bản"]
    with archive.app.app_context():
        done = session.get_one(HistoryImport, longer)
        assert (done.works, done.known) == (1, 1)


def test_what_became_known_between_looking_and_taking_in_is_not_there_twice(archive: Archive) -> None:
    first, second = read(archive, VAN, ROAD), read(archive, VAN, SEA, who="organiser")
    take_in(archive, first)
    take_in(archive, second, who="organiser")
    assert [work.title for work in archive.works()] == ["Giữ lời hứa với dân", "Đường về bản", "Người giữ biển"]


def test_two_people_who_take_in_the_same_list_at_once_bring_it_once(archive: Archive) -> None:
    drafts = {who: read(archive, VAN, ROAD, SEA, who=who) for who in ("secretary", "organiser")}
    refusals: list[str] = []

    def act(who: str, list_id: int) -> None:
        try:
            take_in(archive, list_id, who=who)
        except Refused as refused:
            refusals.append(refused.verdict.code)

    threads = [threading.Thread(target=act, args=each) for each in drafts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refusals == ["nothing_new"]
    assert archive.count() == 3


def test_a_new_draft_takes_the_place_of_ones_own_and_leaves_others(archive: Archive) -> None:
    old, others = read(archive, VAN), read(archive, VAN, who="organiser")
    new = read(archive, ROAD)
    with archive.app.app_context():
        standing = set(session.scalars(select(HistoryImport.id)))
    assert standing == {others, new}
    assert old not in standing


def test_a_draft_is_thrown_away_without_a_trace_of_its_rows(archive: Archive) -> None:
    list_id = read(archive, VAN)
    with archive.at_work() as edition:
        operations.discard(by=archive.by(), edition=edition, draft=session.get_one(HistoryImport, list_id))
    with archive.app.app_context():
        assert session.scalars(select(HistoryImport)).all() == []
    assert kinds(archive) == ["history.read", "history.discarded"]


def test_a_list_is_taken_back_as_a_whole_and_can_be_taken_in_again(archive: Archive) -> None:
    list_id = read(archive, VAN, ROAD)
    take_in(archive, list_id)
    take_in(archive, read(archive, SEA))
    with archive.at_work() as edition:
        done = session.get_one(HistoryImport, list_id)
        operations.take_back(by=archive.by(), edition=edition, done=done, reason=" Nhầm năm ")
    assert [work.title for work in archive.works()] == ["Người giữ biển"]
    with archive.app.app_context():
        back = session.get_one(HistoryImport, list_id)
        assert (back.state, back.taken_back_reason, back.works) == ("taken_back", "Nhầm năm", 2)
        assert session.scalars(select(PastAuthor).join(PastWork)).all() == session.scalars(select(PastAuthor)).all()
        event = session.scalars(select(Event).where(Event.kind == "history.taken_back")).one()
        assert session.get_one(EventDetail, event.id).detail == {"reason": "Nhầm năm"}
    take_in(archive, read(archive, VAN, ROAD))
    assert archive.count() == 3


def test_taking_back_needs_a_reason_and_something_to_take_back(archive: Archive) -> None:
    list_id = read(archive, VAN)
    for reason, code in (("Nhầm", "not_done"), ("  ", "not_done")):
        with archive.at_work() as edition, pytest.raises(Refused) as refused:
            done = session.get_one(HistoryImport, list_id)
            operations.take_back(by=archive.by(), edition=edition, done=done, reason=reason)
        assert refused.value.verdict.code == code
    take_in(archive, list_id)
    with archive.at_work() as edition, pytest.raises(Refused) as refused:
        done = session.get_one(HistoryImport, list_id)
        operations.take_back(by=archive.by(), edition=edition, done=done, reason="  ")
    assert refused.value.verdict.code == "reason"
    assert archive.count() == 1


def test_a_list_that_an_entry_refers_to_stays(archive: Archive) -> None:
    list_id = read(archive, VAN, ROAD)
    take_in(archive, list_id)
    with archive.at_work() as edition:
        category, owner = factories.category(edition), factories.person()
        entry = Entry(edition_id=edition.id, category_id=category.id, owner_id=owner.id, changed_at=edition.created_at)
        entry.prior_prizes = [PriorPrize(award_name="Giải A", past_work_id=archive.works()[1].id)]
        session.add(entry)
    with archive.at_work() as edition:
        done = session.get_one(HistoryImport, list_id)
        with pytest.raises(Refused) as refused:
            operations.take_back(by=archive.by(), edition=edition, done=done, reason="Nhầm năm")
    assert refused.value.verdict.code == "referred"
    assert archive.count() == 2
    with archive.app.app_context():
        assert session.get_one(HistoryImport, list_id).state == "done"


def test_works_are_public_only_while_their_list_is_shown(archive: Archive) -> None:
    list_id = read(archive, VAN, ROAD)
    take_in(archive, list_id, public=True)
    assert [work.public for work in archive.works()] == [True, True]
    with archive.at_work() as edition:
        operations.show(by=archive.by(), edition=edition, done=session.get_one(HistoryImport, list_id), public=False)
    assert [work.public for work in archive.works()] == [False, False]
    assert kinds(archive) == ["history.read", "history.taken_in", "history.hidden"]


@pytest.mark.parametrize("who", ["auditor", "entrant"])
def test_only_the_organiser_and_the_secretariat_bring_lists(archive: Archive, who: str) -> None:
    with pytest.raises(Refused) as refused:
        read(archive, VAN, who=who)
    assert refused.value.verdict.code == "role"


def test_an_archived_edition_brings_no_lists(archive: Archive) -> None:
    list_id = read(archive, VAN)
    with archive.at_work() as edition:
        edition.state = "archived"
    with pytest.raises(Refused) as refused:
        take_in(archive, list_id)
    assert refused.value.verdict.code == "archived"


def test_lists_of_one_award_are_no_other_awards(archive: Archive) -> None:
    take_in(archive, read(archive, VAN))
    with archive.app.app_context(), unit_of_work():
        other = factories.edition(slug="khac-2023")
        draft = operations.read_in(by=archive.by(), edition=other, content=workbook(VAN), file_name="Lần II.xlsx")
        assert [row.state for row in operations.checked(other, draft)] == ["new"]
