"""What stands beside places where panels are cut together, and in a last round, whose cut is the number of prizes."""

from flask import Flask

from award.db import session, unit_of_work
from judging.panels import operations as panels
from judging.ranking.advice import as_counted, figures
from judging.ranking.aims import Aim, Prizes, at_prizes
from judging.ranking.boards import boards
from judging.ranking.following import following
from judging.ranking.queries import aims
from judging.sittings import agendas
from tests import factories
from tests.award.editions.conftest import rows
from tests.judging.houses import houses
from tests.judging.ranking.halls import House, Steps, hall
from tests.judging.ranking.tables import complete
from tests.visitor import Visitor


def _steps(work: int, judge: int) -> Steps:
    """Works grow better with their number, and judges differ a little."""
    base = work // 3 + (work * (judge + 3)) % 3 + (2 if work % 5 == judge else 0)
    return (base + (3 if judge == 0 else 0), base + 4, base // 2 + 1)


PAGE = "/iii-2023/vong/1/xep-hang"


def test_a_last_round_has_its_zone_at_the_number_of_prizes_and_the_council_begins_there(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = hall(works=22, judges=4, later=False, shortlist=None)
        for rank, (code, quota) in enumerate((("A", 2), ("B", 4)), start=1):
            factories.prize_level(of.edition, rank=rank, code=code, quota=quota)
        of.mark_all(*(tuple(_steps(work, judge) for judge in range(4)) for work in range(22)))
        of.freeze()
        of.close()
    house = House(app, of)
    with house.at_work() as there:
        assert aims(there.round) == [Aim(6, prizes=True)]
        (board,) = boards(there.round, names=False)
        assert (board.decided, board.prizes) == (None, "6")
        order = agendas.in_order([board])
        doubt = {line.entry_id: line.side.doubt for line in board.lines if line.side.doubt is not None}
        assert 1 < len(doubt) < len(board.lines)
        assert [entry for entry in order if entry in doubt] == sorted(
            doubt, key=lambda entry: (doubt[entry], order.index(entry))
        )
        assert set(order[: len(doubt)]) == doubt.keys()
    page = house.read(of.chair, PAGE)
    assert "Sát ngưỡng giải" in page
    assert "Hạng có thể từ" in page
    assert "Ngưỡng giải là số giải của cơ cấu (6)" in page
    for word in ("Ngoài ngưỡng", "Chắc chắn vào", "vào vòng sau."):
        assert word not in page, "whom the council gives nothing is not said beforehand"


def test_works_that_the_same_prizes_are_for_are_one_list() -> None:
    one, two, three = (frozenset({kind}) for kind in (1, 2, 3))
    assert at_prizes([]) == []
    assert at_prizes([Prizes(1), Prizes(4)]) == [Aim(5, prizes=True)]
    each = [Prizes(1), Prizes(1, one), Prizes(2, one), Prizes(1, two), Prizes(0, three)]
    assert at_prizes(each) == [Aim(3, prizes=True, kinds=one), Aim(1, prizes=True, kinds=two)]
    assert at_prizes([Prizes(2, one | two)]) == [Aim(2, prizes=True, kinds=one | two)]
    crossing = [Prizes(2, one | two), Prizes(1, two | three), Prizes(1, frozenset({4}))]
    assert at_prizes(crossing) == [Aim(1, prizes=True, kinds=frozenset({4}))], "no number is their own"


def test_where_prizes_are_for_one_loai_hinh_each_there_is_a_zone_for_each(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = hall(works=22, judges=4, later=False, shortlist=None)
        radio = factories.category(of.edition, code="PT", name="Phát thanh")
        for entry in of.works[:11]:
            entry.category_id = radio.id
        factories.prize_level(of.edition, rank=1, code="ĐB", quota=1)
        for rank, (code, quota) in enumerate((("IN", 3), ("PT", 5)), start=2):
            factories.prize_level(of.edition, rank=rank, code=f"A{code}", quota=quota, categories=[code])
        of.mark_all(*(tuple(_steps(work, judge) for judge in range(4)) for work in range(22)))
        of.freeze()
        of.close()
        heard = {entry.id for entry in of.works[:11]}
    house = House(app, of)
    with house.at_work() as there:
        (board,) = boards(there.round, names=False)
        assert board.prizes == "Báo in: 3; Phát thanh: 5"
        print_list, radio_list = board.pairs.lists
        assert (len(print_list[1].inside), len(radio_list[1].inside)) == (3, 5)
        assert set(radio_list[1].inside) < heard == radio_list[0].keys()
        near = {line.entry_id for line in board.lines if line.side.doubt is not None}
        assert near & heard, "weaker works are near a cut of their own"
        assert near - heard
        assert set(agendas.in_order([board])[: len(near)]) == near
        assert not any(
            rival.entry_id in heard
            for entry, rivals in board.pairs.found.items()
            if entry not in heard
            for rival in rivals
        )
    page = house.read(of.chair, PAGE)
    assert "Ngưỡng giải là số giải của cơ cấu (Báo in: 3; Phát thanh: 5)" in page
    assert "Hạng trong loại hình có thể từ" in page


def test_where_works_go_on_prizes_are_no_number(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = hall(works=3, judges=2, shortlist=None)
        factories.prize_level(of.edition, quota=2)
        assert aims(of.round) == [Aim(None)]
        of.round.shortlist_size = 5
        assert aims(of.round) == [Aim(5)]


def test_panels_that_share_a_count_are_one_list_with_one_zone(app: Flask) -> None:
    with rows(app):
        made = houses()
        first, second, film = (made.panels()[name] for name in ("Báo in 1", "Báo in 2", "Truyền hình"))
        linking = made.judges["Báo in 1"][1]
        panels.seat_person(by=made.by(made.organiser), edition=made.edition, panel=second, person=linking)
        made.rounds[0].shortlist_size = 4
        film.shortlist_size = 1
        session.flush()
        made.open()
        print_works = {"B1": (9, 8), "B2": (7, 8), "B3": (6, 5), "P1": (8, 7, 8), "P2": (7, 7, 6), "P3": (5, 6, 5)}
        made.mark(print_works | {"T1": (4, 4), "T2": (3, 3), "T3": (2, 2)})
        people = following(made.edition, made.rounds[0]).people
        (line,) = [each for each in people if each.person_id == linking.id]
        assert (line.panel, line.finished, line.assigned) == ("Báo in 1: 3/3; Báo in 2: 3/3", 6, 6)
        assert len(people) == len({each.person_id for each in people})
        made.end()
        found = {board.panel.id: board for board in boards(made.rounds[0], names=False)}
        one, other = found[first.id], found[second.id]
        assert one.decided is not None
        assert one.decided.panels == {first.id, second.id}
        near = {line.title for board in (one, other) for line in board.lines if line.side.doubt is not None}
        assert near, "works of both panels are near the cut that they share"
        assert one.usual, "six works tell too little of how judges differ"
        assert one.pairs == other.pairs
        ((known, _cut),) = one.pairs.lists
        assert {line.entry_id for board in (one, other) for line in board.lines} == known.keys()
    page = Visitor(app, made.chair).get(PAGE).text
    assert "mức sát ngưỡng ước lượng theo mức mặc định" in page


def test_whether_a_list_hangs_on_one_member_is_told_of_the_score_that_the_rules_name() -> None:
    """Without the last member the plain mean would let another work in; highest and lowest left out, it would not."""
    table = complete([(70, 71, 69, 70, 72, 98), (74, 75, 73, 74, 76, 74), (60, 61, 59, 60, 62, 60)])
    plain, cut = figures(table, 1, "mean", 100), figures(table, 1, "trimmed", 100)
    assert (plain.inside, plain.steadfast) == (1, 0)
    assert (cut.inside, cut.steadfast) == (1, 1)
    lenient = complete([(60 + n % 7, 61 + n % 7 - n % 2, 69 + n % 7) for n in range(20)])
    found, _score = as_counted(lenient, "adjmean", 100)
    apart = [max(given.values()) - min(given.values()) for given in found.values()]
    assert max(apart) < 7


def test_where_all_scores_are_equal_everything_ties_and_no_figure_is_made_up(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = hall(works=4, judges=3, shortlist=2)
        of.mark_all(*(((8, 8, 8),) * 3,) * 4)
        of.freeze()
        of.close()
    house = House(app, of)
    with house.at_work() as there:
        (board,) = boards(there.round, names=False)
        assert [line.rank for line in board.lines] == [1, 1, 1, 1]
        assert board.tie is not None
        assert (len(board.tie.codes), board.tie.left) == (4, 2)
        assert (board.figures.unity, board.near, board.pairs.found) == (None, False, {})
        assert set(agendas.in_order([board])) == {line.entry_id for line in board.lines}
    assert "4 tác phẩm cùng" in house.read(of.chair, PAGE)
    assert "Chưa đủ phiếu để nói về mức thống nhất." in house.read(of.chair, "/iii-2023/vong/1/doi-chieu")
