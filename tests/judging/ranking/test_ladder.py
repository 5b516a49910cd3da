"""Equal works parted by the steps that the rules name: on the ranking, in the shortlist, in the evidence."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Clause
from award.verdicts import Refused
from judging.proof.verifier import steps
from judging.proof.verifier.evidence import Evidence, Mismatch
from judging.proof.verifier.shortlists import check_shortlists
from judging.ranking import operations, ruling
from judging.ranking.board import PanelBoard
from judging.ranking.boards import boards
from judging.ranking.models import TieRuling
from judging.ranking.ruled import left_equal, rulings_told
from judging.ranking.standing import against_the_order
from judging.ranking.ties import lot
from tests.judging.proof.test_verify import Folder, unpacked
from tests.judging.ranking.halls import Hall, House, hall
from tests.judging.rows import clause

STEPS = ["criteria", "head_to_head", "median"]


def closed(steps: Sequence[str], shortlist: int, **others: dict[str, object]) -> Hall:
    """Five works: the second and third have one total from different criteria, the last two have the same sheets."""
    of = hall(works=5, judges=2, shortlist=shortlist)
    if steps:
        clause(of.bench.edition, "tie_steps", several=list(steps))
    for code, value in others.items():
        clause(of.bench.edition, code, **value)
    of.mark_all(
        ((12, 10, 8), (12, 10, 8)),
        ((6, 8, 8), (6, 8, 8)),
        ((8, 8, 6), (8, 8, 6)),
        ((5, 5, 5), (5, 5, 5)),
        ((5, 5, 5), (5, 5, 5)),
    )
    of.freeze()
    of.close()
    return of


def board(of: Hall) -> PanelBoard:
    session.expire_all()
    (found,) = boards(of.round, names=False)
    return found


def numbers(of: Hall, entries: Sequence[int]) -> list[int]:
    order = [entry.id for entry in of.works]
    return [order.index(entry) + 1 for entry in entries]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught, unit_of_work():
        act()
    return caught.value.verdict.code


def draw(of: Hall, *works: int) -> None:
    advanced = {of.works[n - 1].id: "" for n in works}
    operations.draw_shortlist(by=of.by(of.chair), edition=of.edition, judged=of.round, advanced=advanced)


def test_without_a_named_step_people_choose_and_say_why(ctx: Flask) -> None:
    with unit_of_work():
        of = closed((), 2)
    assert numbers(of, board(of).decided.cut.tied) == [2, 3]  # type: ignore[union-attr]
    assert refused(lambda: draw(of, 1, 3)) == "unexplained"
    both = [of.works[1].id, of.works[2].id]
    act = lambda: ruling.decide(by=of.by(of.chair), edition=of.edition, judged=of.round, works=both, reason="Hay.")  # noqa: E731
    assert refused(act) == "not_named"


def test_the_heaviest_criterion_parts_them_in_words_and_the_order_needs_no_reason(
    ctx: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with unit_of_work():
        of = closed(STEPS, 2)
    found = board(of)
    assert sorted(numbers(of, found.inside)) == [1, 3]
    assert found.tie is None
    words = {line.code: line.parted for line in found.lines if line.parted}
    criterion = max(of.round.criteria, key=lambda each: each.weight).name
    step = f"theo điểm trung bình của tiêu chí “{criterion}”."
    assert words == {"III-IN-003": f"Cùng hạng do bằng điểm với III-IN-002; xếp trên {step}"}
    assert [line.code for line in found.lines][:3] == ["III-IN-001", "III-IN-003", "III-IN-002"]
    assert [line.rank for line in found.lines][:3] == [1, 2, 2], "the official rank is that of the score"
    assert [line.under for line in found.lines][:3] == [
        "",
        "",
        f"Cùng hạng do bằng điểm với III-IN-003; xếp dưới {step}",
    ]
    assert set(against_the_order(of.round, {of.works[0].id, of.works[1].id})) == {of.works[1].id}
    with unit_of_work():
        draw(of, 1, 3)
    folder = unpacked(of, tmp_path)
    assert steps.main([str(folder.path)]) == 0, capsys.readouterr().out
    outcome = folder.json("result.json")
    for place in outcome["rounds"][0]["places"]:
        place["advanced"] = int(numbers(of, [place["work"]])[0] in (1, 2))
    folder.write("result.json", outcome)
    assert steps.main([str(folder.path)]) == 1
    assert "trái thứ tự" in capsys.readouterr().out, "the second stands below the third"


def test_what_no_figure_parts_is_decided_by_the_chair_or_drawn_by_an_announced_lot(
    ctx: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with unit_of_work():
        of = closed([*STEPS, "decision", "lot"], 4)
    fourth, fifth = of.works[3].id, of.works[4].id
    where = {"by": of.by(of.chair), "edition": of.edition, "judged": of.round}
    (group,) = left_equal(board(of), at_the_cut=True)
    assert numbers(of, [line.entry_id for line in group]) == [4, 5]
    assert refused(lambda: ruling.decide(works=[fourth], reason="Hay.", **where)) == "not_equal"  # type: ignore[arg-type]
    assert refused(lambda: ruling.decide(works=[of.works[1].id, fourth], reason="Hay.", **where)) == "not_equal"  # type: ignore[arg-type]
    assert refused(lambda: ruling.decide(works=[fifth, fourth], reason=" ", **where)) == "no_reason"  # type: ignore[arg-type]
    assert refused(lambda: ruling.announce_lot(works=[fifth, fourth], source="", **where)) == "no_source"  # type: ignore[arg-type]
    with unit_of_work():
        source = "Giải đặc biệt xổ số Khánh Hòa mở ngày 03/12"
        announced = ruling.announce_lot(works=[fifth, fourth], source=source, **where)  # type: ignore[arg-type]
    assert board(of).tie is not None, "nothing is parted before it is drawn"
    with unit_of_work():
        drawn = ruling.draw_lot(ruling=session.merge(announced), numbers="12345", **where)  # type: ignore[arg-type]
        key, works = drawn.key, list(drawn.works)
    assert key == f"{of.edition.slug}/{of.round.public_id}/12345/"
    codes = lot(key, ["III-IN-004", "III-IN-005"])
    assert numbers(of, works) == [int(code[-1]) for code in codes]
    again = session.query(TieRuling).one()
    assert refused(lambda: ruling.draw_lot(ruling=again, numbers="54321", **where)) == "drawn"  # type: ignore[arg-type]
    found = board(of)
    assert (found.tie, sorted(numbers(of, found.inside))[-1]) == (None, int(codes[0][-1]))
    (told,) = rulings_told(of.round, [found])
    assert told.sentence == f"Rút thăm công khai theo {source}, chuỗi khóa {key}: thứ tự {codes[0]}, {codes[1]}"
    with unit_of_work():
        draw(of, 1, 2, 3, int(codes[0][-1]))
    folder = unpacked(of, tmp_path)
    assert steps.main([str(folder.path)]) == 0, capsys.readouterr().out
    assert "rút thăm lại ra thứ tự khác" in _with_other_numbers(folder)


def _with_other_numbers(folder: Folder) -> str:
    """What the step says when the numbers of the lot are others: some of nine others give the other order."""
    evidence = Evidence(folder.path, None)
    event = next(each for each in evidence.events if each["kind"] == "lot.drawn")
    for number in range(1, 20):
        event["facts"]["key"] = event["facts"]["key"].rsplit("/", 2)[0] + f"/{number}/"
        try:
            check_shortlists(evidence)
        except Mismatch as fault:
            return str(fault)
    return ""


def test_the_page_takes_the_chairs_order(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        house = House(app, closed(["decision"], 4))
        keys = [entry.public_id for entry in house.of.works]
    address = "/iii-2023/vong/1/xep-hang"
    page = house.chair.get(address).text
    assert "III-IN-004, III-IN-005 cùng 3,75 điểm, các bước của Quy chế chưa phân định được." in page
    assert "Thông báo rút thăm" not in page, "the rules do not name it"
    form = {"work": keys[3:], f"place-{keys[3]}": "2", f"place-{keys[4]}": "2", "reason": "Tờ trình 12."}
    answer = house.chair.post(f"{address}/bang-diem", data=form)
    assert answer.status_code == 422 and "không trùng nhau" in answer.text
    assert house.chair.post(f"{address}/bang-diem", data={**form, f"place-{keys[4]}": "1"}).status_code == 303
    page = house.chair.get(address).text
    assert "Thứ tự: III-IN-005, III-IN-004. Lý do: Tờ trình 12." in page
    assert "Cùng hạng do bằng điểm với III-IN-004; xếp trên theo quyết định bằng văn bản của Chủ tịch Hội đồng." in page


def test_rules_that_change_after_a_round_was_counted_change_nothing_of_it(ctx: Flask, tmp_path: Path) -> None:
    with unit_of_work():
        of = closed(STEPS, 2)
    with unit_of_work():
        session.query(Clause).filter_by(code="tie_steps").one().value = {"several": ["lot"]}
        clause(of.edition, "readings", number=7)
    assert sorted(numbers(of, board(of).inside)) == [1, 3]
    assert steps.main([str(unpacked(of, tmp_path).path)]) == 0


def test_the_floor_and_the_number_of_an_author_hold_at_the_shortlist(ctx: Flask) -> None:
    """The first and third work are by one author, of whom one work may go on; the last two lie below five points."""
    with unit_of_work():
        of = closed(STEPS, 4, shortlist_floor={"points": "5"}, shortlist_per_author={"number": 1})
        for number, name in enumerate(("Lê Hoa", "Trần Bình", "Lê Hoa", "Vũ Cúc", "Vũ Dung")):
            (row,) = of.works[number].authors
            row.legal_name = name
    found = board(of)
    assert sorted(numbers(of, found.inside)) == [1, 2, 3], "two stay below the floor"
    assert refused(lambda: draw(of, 1, 2, 3)) == "author_cap"
    with pytest.raises(Refused) as caught, unit_of_work():
        draw(of, 1, 2, 4)
    assert caught.value.verdict.sentence == "Cần ghi lý do chọn III-IN-004: chưa đạt điểm tối thiểu để vào vòng sau."
    with unit_of_work():
        draw(of, 1, 2)
    reasons = [of.standing(of.works[n]).advanced_reason for n in (0, 1)]
    assert reasons == ["", "Tác giả của tác phẩm xếp trên đã đủ số tác phẩm vào vòng sau."]
