"""A round of three panels from seats to shortlist, and a last round of one panel over every loại hình."""

import re

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Round
from award.results.models import Standing
from award.verdicts import Refused
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking import operations
from judging.ranking.board import PanelBoard
from judging.ranking.boards import boards
from judging.ranking.following import following
from tests.award.editions.conftest import rows
from tests.judging.houses import Houses, houses
from tests.judging.rows import clause
from tests.visitor import Visitor

MARKS = {
    "B1": (8, 8), "B2": (7, 7), "B3": (6, 6),
    "P1": (8, 6), "P2": (7, 7), "P3": (5, 5),
    "T1": (4, 4), "T2": (3, 3), "T3": (2, 2),
}  # fmt: skip
"""P1 and P2 have the same mean, which is that of B2 too."""
STANDINGS, PROGRESS = "/iii-2023/vong/1/xep-hang", "/iii-2023/vong/1/tien-do"


@pytest.fixture
def opened(app: Flask) -> Houses:
    with rows(app):
        made = houses()
        made.open()
        return made


@pytest.fixture
def closed(app: Flask, opened: Houses) -> Houses:
    with rows(app):
        opened.mark(MARKS)
        opened.end()
    return opened


def shown(of: Houses, ordinal: int = 1) -> dict[str, PanelBoard]:
    session.expire_all()
    return {board.panel.name: board for board in boards(of.rounds[ordinal - 1], names=False)}


def counted(of: Houses, *, of_round: int | None = None, **counts: int) -> None:
    """The panels' own counts, by the last word of their names."""
    of.rounds[0].shortlist_size = of_round
    for name, panel in of.panels().items():
        panel.shortlist_size = counts.get(name.replace(" ", "_"))
    session.flush()


def test_every_work_is_dealt_to_the_judges_of_its_panel_alone(app: Flask, opened: Houses) -> None:
    with app.app_context():
        for title, entry in opened.works().items():
            seats = session.query(Seat).join(Assignment, Assignment.seat_id == Seat.id)
            names = {seat.panel.name for seat in seats.filter(Assignment.entry_id == entry.id)}
            assert names == {{"B": "Báo in 1", "P": "Báo in 2", "T": "Truyền hình"}[title[0]]}


def test_progress_is_told_by_panel(app: Flask, opened: Houses) -> None:
    with rows(app):
        clause(opened.edition, "readings", number=2)
        opened.mark({title: MARKS[title] for title in ("B1", "B2", "B3", "P1")})
    with app.app_context():
        found = following(opened.edition, opened.rounds[0])
    assert [(p.name, p.judges, p.works, p.assigned, p.finished, p.thin) for p in found.panels] == [
        ("Báo in 1", 2, 3, 6, 6, 0),
        ("Báo in 2", 2, 3, 6, 2, 2),
        ("Truyền hình", 2, 3, 6, 0, 3),
    ]
    assert [line.panel for line in found.judges] == ["Báo in 1"] * 2 + ["Báo in 2"] * 2 + ["Truyền hình"] * 2
    page = Visitor(app, opened.chair).get(PROGRESS).text
    assert "Theo tiểu ban" in page


def test_a_round_is_frozen_and_closed_over_all_its_panels(app: Flask, opened: Houses) -> None:
    with rows(app):
        opened.mark({title: steps for title, steps in MARKS.items() if title[0] != "T"})
    with app.app_context(), pytest.raises(Refused) as refused, unit_of_work():
        opened.end()
    assert "còn 6 phiếu chưa gửi (2 thành viên)" in refused.value.verdict.sentence
    with app.app_context():
        assert opened.rounds[0].state == "open", "nothing of a refused closing stays"


def test_places_are_those_within_a_panel(app: Flask, closed: Houses) -> None:
    with app.app_context():
        assert {name: [(line.title, line.rank) for line in board.lines] for name, board in shown(closed).items()} == {
            "Báo in 1": [("B1", 1), ("B2", 2), ("B3", 3)],
            "Báo in 2": [("P1", 1), ("P2", 1), ("P3", 3)],
            "Truyền hình": [("T1", 1), ("T2", 2), ("T3", 3)],
        }


def test_each_panel_is_cut_after_its_count_and_the_tie_tells_how_far_it_reaches(app: Flask, closed: Houses) -> None:
    with rows(app):
        counted(closed, Báo_in_1=2, Báo_in_2=1, Truyền_hình=1, of_round=4)
    with app.app_context():
        found = shown(closed)
        titles = {entry.id: title for title, entry in closed.works().items()}
        assert {titles[entry] for board in found.values() for entry in board.inside} == {"B1", "B2", "T1"}
        tie = found["Báo in 2"].tie
        assert tie is not None
        assert (tie.codes, tie.first, tie.last, tie.left) == (("III-IN-004", "III-IN-005"), 1, 2, 1)
        assert found["Báo in 1"].tie is None
    page = Visitor(app, closed.chair).get(STANDINGS).text
    assert "2 tác phẩm cùng 5,25 điểm ở ngưỡng, từ hạng 1 đến hạng 2, còn 1 chỗ: III-IN-004, III-IN-005." in page
    assert "2 trong 3 tác phẩm vào vòng sau." in page
    assert "Số tác phẩm vào vòng sau theo quy định của vòng: 4." in page
    checked = set(re.findall(r'name="advanced" value="(\w+)" checked', page))
    with app.app_context():
        assert checked == {closed.works()[title].public_id for title in ("B1", "B2", "T1")}


def test_panels_without_a_count_share_the_places_by_their_works_where_nobody_links_them(
    app: Flask, closed: Houses
) -> None:
    with rows(app):
        counted(closed, Truyền_hình=2, of_round=4)
    with app.app_context():
        found = shown(closed)
        titles = {entry.id: title for title, entry in closed.works().items()}
        assert {titles[entry] for entry in found["Báo in 1"].inside} == {"B1"}
        assert found["Báo in 1"].tie is None, "one of three works each, and its points are not set against theirs"
        tie = found["Báo in 2"].tie
        assert tie is not None
        assert (tie.codes, tie.first, tie.left) == (("III-IN-004", "III-IN-005"), 1, 1)
        assert {titles[entry] for entry in found["Truyền hình"].inside} == {"T1", "T2"}
    page = Visitor(app, closed.chair).get(STANDINGS).text
    assert "1 trong 3 tác phẩm vào vòng sau: số chung của vòng chia theo số tác phẩm" in page


def test_an_order_is_broken_only_within_a_panel(app: Flask, closed: Houses) -> None:
    """A film with fewer points than a comment that stays behind needs no reason; a film below another does."""
    with app.app_context():
        works, by = closed.works(), closed.by(closed.chair)
        ids = {title: entry.id for title, entry in works.items()}
        with pytest.raises(Refused) as refused, unit_of_work():
            chosen = {ids["B1"]: "", ids["T2"]: ""}
            operations.draw_shortlist(by=by, edition=closed.edition, judged=closed.rounds[0], advanced=chosen)
        assert refused.value.verdict.code == "unexplained"
        assert "III-TH-008" in refused.value.verdict.sentence
        with unit_of_work():
            chosen = {ids["B1"]: "", ids["T1"]: "", ids["P1"]: "Bỏ phiếu", ids["P2"]: "Bỏ phiếu"}
            operations.draw_shortlist(by=by, edition=closed.edition, judged=closed.rounds[0], advanced=chosen)
        found = shown(closed)
        assert {name: board.chosen for name, board in found.items()} == {
            "Báo in 1": 1,
            "Báo in 2": 2,
            "Truyền hình": 1,
        }


def test_the_last_round_judges_every_kind_on_one_panel(app: Flask, closed: Houses) -> None:
    with rows(app):
        ids = {title: entry.id for title, entry in closed.works().items()}
        advanced = {ids[title]: "" for title in ("B1", "T1")} | {ids["P1"]: "Bỏ phiếu"}
        by = closed.by(closed.chair)
        operations.draw_shortlist(by=by, edition=closed.edition, judged=closed.rounds[0], advanced=advanced)
        closed.open(2)
        closed.mark({"B1": (8, 8, 8), "T1": (9, 9, 9), "P1": (8, 8, 8)}, 2)
        closed.end(2)
    with app.app_context():
        (board,) = shown(closed, 2).values()
        assert [(line.title, line.category, line.rank) for line in board.lines] == [
            ("T1", "Truyền hình", 1),
            ("B1", "Báo in", 2),
            ("P1", "Báo in", 2),
        ]
        assert board.mixed
        assert (
            session.query(Standing).join(Round, Round.id == Standing.round_id).filter(Round.ordinal == 2).count() == 3
        )
    page = Visitor(app, closed.chair).get("/iii-2023/vong/2/xep-hang").text
    assert page.count(">Truyền hình</span>") == 1
    assert "Các tiểu ban" not in page


def test_who_is_kept_from_a_tied_work_learns_nothing_of_its_place(app: Flask, closed: Houses) -> None:
    with rows(app):
        counted(closed, Báo_in_1=2, Báo_in_2=1, Truyền_hình=1)
        kept = closed.works()["P2"]
        session.add(
            Conflict(
                edition_id=closed.edition_id,
                person_id=closed.chair.id,
                entry_id=kept.id,
                relation="relative",
                source="declared",
            )
        )
    with app.app_context():
        (tie,) = [b.tie for b in boards(closed.rounds[0], names=True, reader=closed.chair.id) if b.tie]
        assert (tie.codes, tie.first, tie.last) == (("III-IN-004",), None, None)
        whole = [b.tie for b in boards(closed.rounds[0], names=True, reader=closed.secretary.id) if b.tie]
        assert whole[0].codes == ("III-IN-004", "III-IN-005")


def test_a_list_shorter_than_due_says_by_how_many_and_which_panels_send_none(app: Flask, closed: Houses) -> None:
    with rows(app):
        counted(closed, Báo_in_1=2, Báo_in_2=2, Truyền_hình=1)
        keys = {title: entry.public_id for title, entry in closed.works().items()}
    chair = Visitor(app, closed.chair)
    assert chair.post(STANDINGS, {"advanced": [keys["B1"]]}).status_code == 303
    told = chair.get(STANDINGS).text
    assert "Số tác phẩm vào vòng sau theo quy định: 5, danh sách còn thiếu 4." in told
    assert "Không có tác phẩm nào của: Báo in 2, Truyền hình." in told
    chair.post(STANDINGS, {"advanced": [keys[title] for title in ("B1", "B2", "P1", "P2", "T1")]})
    told = chair.get(STANDINGS).text
    assert "danh sách còn thiếu" not in told and "Không có tác phẩm nào của" not in told
