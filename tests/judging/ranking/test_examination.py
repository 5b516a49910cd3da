"""How a panel marked, as its heads and the auditor read it."""

import io
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from award.db import session, unit_of_work
from award.entries.models import Part
from award.results.models import Standing
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking.boards import boards
from judging.ranking.examination import PanelExamination, examine
from judging.ranking.habits import ReadingTime
from judging.scoring.models import ScoreSheet
from tests.judging.ranking.halls import House, Steps, hall
from tests.judging.rows import clause

PAGE = "/iii-2023/vong/1/doi-chieu"
WORKS = 22
WILD = 9
"""The number of the work on which the third judge lies far below the others."""


def _steps(work: int, judge: int) -> Steps:
    """Works grow better with their number; the first judge gives each criterion more, the third fails one work."""
    if (work, judge) == (WILD, 2):
        return (0, 0, 0)
    base = work // 3 + (work * (judge + 3)) % 3 + (2 if work % 5 == judge else 0)
    return (base + (6 if judge == 0 else 0), base + 4, base // 2 + 1)


@pytest.fixture(scope="module")
def marked() -> list[tuple[Steps, ...]]:
    return [tuple(_steps(work, judge) for judge in range(4)) for work in range(WORKS)]


@pytest.fixture
def closed(app: Flask, marked: list[tuple[Steps, ...]]) -> Iterator[House]:
    with app.app_context(), unit_of_work():
        of = hall(works=WORKS, judges=4, shortlist=6)
        of.mark_all(*marked)
        of.freeze()
        of.close()
    yield House(app, of)


def _examined(house: House, limit: Fraction | None = None) -> PanelExamination:
    with house.at_work() as of:
        (found,) = examine(of.round, reader=of.chair.id, limit=limit)
        return found


def test_who_marks_higher_than_the_others_is_named_with_how_much(closed: House) -> None:
    found = _examined(closed)
    lenient = next(each for each in found.members if each.name == "Nguyễn Thị Vân")
    assert lenient.corrected
    assert lenient.habit.strong
    assert lenient.habit.offset > 0.5
    others = [each.habit.offset for each in found.members if each is not lenient]
    assert all(offset < 0 for offset in others)


def test_a_sheet_far_from_the_others_stands_first_and_the_rule_is_told_beside_it(closed: House) -> None:
    plain, ruled = _examined(closed).odd, _examined(closed, Fraction(2)).odd
    assert (plain[0].code, plain[0].member, plain[0].level) == (f"III-IN-{WILD + 1:03d}", "Hoàng Thu", "red")
    assert plain[0].apart < 0
    assert {each.against_rule for each in plain} == {None}
    assert ruled[0].against_rule is not None
    assert ruled[0].against_rule > Decimal(2)
    assert len(ruled) >= len(plain)


def test_what_the_list_would_be_without_a_member_names_works_on_both_sides(closed: House) -> None:
    found = _examined(closed)
    assert found.figures.inside >= 6
    assert found.without
    for each in found.without:
        assert not set(each.enter) & set(each.leave)
        assert each.enter or each.leave


def test_a_work_the_reader_has_to_do_with_is_left_out_wholly(closed: House) -> None:
    before = _examined(closed)
    with closed.at_work() as of:
        session.add(
            Conflict(
                edition_id=of.edition.id,
                person_id=of.chair.id,
                entry_id=of.works[WILD].id,
                relation="relative",
                source="declared",
            )
        )
    after = _examined(closed)
    assert (before.works, before.sheets) == (WORKS, 4 * WORKS)
    assert (after.works, after.sheets) == (WORKS - 1, 4 * (WORKS - 1))
    assert all(each.code != f"III-IN-{WILD + 1:03d}" for each in after.odd)
    assert after.severity == before.severity, "how lenient anybody is stays as the end of the round found it"


def test_strong_works_of_other_newsrooms_marked_down_beside_ones_own_are_told(closed: House) -> None:
    """The third judge is kept from two works as one of their newsroom, and gives the best of the others less."""
    with closed.at_work() as of:
        place = {each.entry_id: each for each in session.scalars(select(Standing)) if each.rank is not None}
        best = [entry for entry in of.works if (place[entry.id].rank or WORKS) <= 6]
        worst = max(of.works, key=lambda entry: place[entry.id].rank or 0)
        worst.newsroom_text = "Báo Non Cao"
        third = of.bench.judges[2]
        tied = {"relation": "newsroom", "source": "computed", "edition_id": of.edition.id}
        session.add(Conflict(person_id=third.id, entry_id=worst.id, **tied))
        seat = session.scalars(select(Seat).where(Seat.person_id == third.id)).one()
        for entry in best:
            sheets = [dict(each) for each in place[entry.id].detail["sheets"]]
            for sheet in sheets:
                less = {criterion: max(0, steps - 5) for criterion, steps in sheet["marks"].items()}
                sheet["marks"] = less if sheet["seat"] == seat.id else sheet["marks"]
            place[entry.id].detail = place[entry.id].detail | {"sheets": sheets}
    (told,) = [each for each in _examined(closed).leanings if each.newsroom is None]
    assert (told.member, told.works) == ("Hoàng Thu", 6)
    assert told.points < -1
    assert "Hoàng Thu cho 6 tác phẩm mạnh nhất của các cơ quan khác, khi cơ quan mình cũng có" in closed.read(
        closed.of.chair, PAGE
    )


def test_the_page_is_for_those_who_lead_and_for_the_auditor(closed: House) -> None:
    with closed.at_work() as of:
        clause(of.edition, "spread_limit", points="2")
    text = closed.read(closed.of.auditor, PAGE)
    assert "Thường chấm cao hơn những người chấm cùng tác phẩm." in text
    assert "lệch nhiều" in text
    assert "Vượt mức Quy chế cho phép" in text
    assert PAGE in closed.read(closed.of.chair, "/iii-2023/vong/1/xep-hang")
    for person in (closed.of.secretary, closed.of.bench.organiser, closed.of.bench.judges[0]):
        assert closed.visitor(person).get(PAGE).status_code == 403
        assert PAGE not in closed.read(person, "/iii-2023/vong/1/xep-hang")


def test_reading_time_is_told_for_information_and_changes_no_remark(closed: House) -> None:
    """The first judge had every work open for as many minutes as its number; of the last nobody knows."""
    before = _examined(closed)
    assert {each.time for each in before.members} == {None}, "nobody knows of a round judged before this was kept"
    with closed.at_work() as of:
        for number, entry in enumerate(of.works[:-1], start=1):
            own = session.scalars(select(Assignment).where(Assignment.entry_id == entry.id)).all()
            mine = next(each for each in own if each.seat.person_id == of.bench.judges[0].id)
            sent = session.scalars(select(ScoreSheet.finished_at).where(ScoreSheet.assignment_id == mine.id)).one()
            mine.opened_at = sent - timedelta(minutes=number)
    after = _examined(closed)
    (first,) = [each for each in after.members if each.name == "Nguyễn Thị Vân"]
    assert first.time == ReadingTime(timedelta(minutes=11), 1)
    assert [each.notable for each in after.members] == [each.notable for each in before.members]
    page = closed.read(closed.of.chair, PAGE)
    assert "11 phút" in page
    assert f"không tính {WORKS} phiếu không rõ giờ mở" in page, "of each of the others"


def test_while_marks_are_kept_secret_there_is_no_such_page(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        house = House(app, hall())
    assert house.chair.get(PAGE).status_code == 403
    with house.at_work() as of:
        of.freeze()
    assert house.chair.get(PAGE).status_code == 403


def test_where_two_members_judged_the_figure_stands_with_a_warning(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = hall(works=4, judges=2)
        of.mark_all(*((steps, steps) for steps in ((8, 8, 8), (6, 6, 4), (4, 4, 4), (2, 2, 0))))
        of.freeze()
        of.close()
    house = House(app, of)
    for address in (PAGE, "/iii-2023/vong/1/xep-hang"):
        text = house.read(house.of.chair, address)
        assert "Mức thống nhất giữa các thành viên: rất tốt." in text
        assert "Chỉ có hai thành viên chấm, mức thống nhất này chưa chắc chắn." in text


class TestBesideThePlaces:
    """The same figures on the page of ranking, in words."""

    def test_places_say_how_near_the_cut_they_are_and_from_which_across_it_they_are_not_told_apart(
        self, closed: House
    ) -> None:
        """Two works stand with each other, on the page and in the table taken along; never one the reader is kept
        from."""
        page = "/iii-2023/vong/1/xep-hang"
        text = closed.read(closed.of.chair, page)
        assert "Sát ngưỡng" in text
        assert "Ngoài ngưỡng" in text
        assert "Mức thống nhất giữa các thành viên" in text
        assert "vẫn ở trong ngưỡng" in text
        assert "Chưa phân định" not in text
        with closed.at_work() as of:
            of.round.shortlist_size = 7  # one place more: the cut lies between works that are close
            pairs = boards(of.round, names=False, reader=of.chair.id)[0].pairs
            ((_known, cut),) = pairs.lists
            inside = next(entry for entry in pairs.found if entry in cut.inside)
            rival = pairs.found[inside][0]
            one, other = (f"{pairs.codes[entry]} ({rival.percent}%)" for entry in (inside, rival.entry_id))
            tied = {"relation": "relative", "source": "declared", "edition_id": of.edition.id}
            session.add(Conflict(person_id=of.deputy.id, entry_id=rival.entry_id, **tied))
        text = closed.read(closed.of.chair, page)
        assert f"Chưa phân định với {other}" in text
        assert one in text
        assert "chưa đến 75%; số trong ngoặc" in text
        book = load_workbook(io.BytesIO(closed.chair.get(f"{page}?tai-ve=xlsx").data))["Xếp hạng"]
        told = [row[-1] for row in book.iter_rows(min_row=4, values_only=True)]
        assert any((each or "").startswith(other) for each in told)
        hidden = closed.read(closed.of.deputy, page)
        assert "Chưa phân định với" in hidden
        assert f"{pairs.codes[rival.entry_id]} (" not in hidden

    def test_members_read_the_words_and_not_who_marks_how(self, closed: House) -> None:
        text = closed.read(closed.of.bench.judges[1], "/iii-2023/vong/1/xep-hang")
        assert "Ngoài ngưỡng" in text
        assert "Nguyễn Thị Vân" not in text


def test_series_stand_beside_works_of_one_part_and_nothing_is_set_right(closed: House) -> None:
    assert _examined(closed).lengths is None, "there is no series"
    assert "Chỉ có hai thành viên chấm" not in closed.read(closed.of.chair, PAGE)
    with closed.at_work() as of:
        for number in (16, 18, 20):
            session.add(Part(entry_id=of.works[number].id, ordinal=2, title="Kỳ hai"))
    found = _examined(closed).lengths
    assert found is not None
    assert (found.series, found.single) == (3, WORKS - 3)
    assert found.points > 0, "these are among the best"
    page = closed.read(closed.of.chair, PAGE)
    assert f"3 loạt bài có điểm trung bình cao hơn {WORKS - 3} tác phẩm một kỳ" in page
