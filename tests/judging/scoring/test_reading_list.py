"""The judge's list: states, counts, what comes next, pages."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.paging import FIRST, Turn
from judging.scoring.reading_list import FILTERS, Place, ReadingList

AT = datetime(2023, 10, 12, 9, 20, tzinfo=UTC)


def place(number: int, **fields: Any) -> Place:
    values: dict[str, Any] = {
        "id": number,
        "public_id": f"p{number}",
        "code": f"III-IN-{number:03d}",
        "title": "Giữ lời hứa với dân",
        "category": "Báo in",
        "genre": "Phóng sự",
        "parts": 1,
        "panel": "Tiểu ban Báo in",
        "recused": False,
        "later": False,
        "criteria": 3,
        "given": 0,
        "steps": 0,
        "sent_at": None,
    }
    return Place(**{**values, **fields})


@pytest.mark.parametrize(
    ("fields", "state", "marked"),
    [
        ({}, "none", False),
        ({"given": 2}, "doing", False),
        ({"given": 3}, "done", True),
        ({"given": 3, "sent_at": AT}, "sent", True),
        ({"given": 3, "sent_at": AT, "recused": True}, "recused", False),
    ],
)
def test_the_state_of_a_work(fields: dict[str, Any], state: str, marked: bool) -> None:
    assert (place(1, **fields).state, place(1, **fields).marked) == (state, marked)


LIST = ReadingList(
    [
        place(1, given=3, sent_at=AT),
        place(2, given=3),
        place(3, later=True),
        place(4, recused=True),
        place(5, given=1),
        place(6),
    ]
)


def test_counts_leave_out_what_the_judge_is_kept_from() -> None:
    assert (len(LIST.to_judge), LIST.marked, LIST.sent) == (5, 2, 1)
    assert [one.id for one in LIST.ready_to_send] == [2]
    assert {name: [one.id for one in LIST.only(name)] for name in FILTERS} == {
        "chua-cham": [3, 6],
        "dang-cham": [2, 5],
        "da-gui": [1],
    }
    assert len(LIST.only("gì đó")) == 6


@pytest.mark.parametrize(("after", "following"), [(None, 5), ("p1", 5), ("p5", 6), ("p6", 5), ("p3", 5)])
def test_the_next_work_goes_round_and_leaves_what_was_put_off_to_the_end(after: str | None, following: int) -> None:
    found = LIST.next_to_judge(after)
    assert found is not None
    assert found.id == following


def test_what_was_put_off_comes_when_nothing_else_is_left() -> None:
    listed = ReadingList([place(1, given=3), place(2, later=True), place(3, recused=True)])
    found = listed.next_to_judge("p1")
    assert found is not None
    assert found.id == 2
    assert listed.next_to_judge("p2") is None


def test_above_a_work_stands_the_nearest_readable_one() -> None:
    above = LIST.before("p5")
    assert above is not None
    assert above.id == 3
    assert LIST.before("p1") is None


def test_all_sent_only_when_every_readable_work_is() -> None:
    assert LIST.all_sent_at is None
    assert ReadingList([place(1, sent_at=AT, given=3), place(2, recused=True)]).all_sent_at == AT
    assert ReadingList([place(2, recused=True)]).all_sent_at is None


@given(
    st.lists(st.sampled_from([{}, {"given": 1}, {"given": 3, "sent_at": AT}]), max_size=130),
    st.sampled_from(["", *FILTERS]),
)
def test_pages_show_every_work_of_a_filter_once_and_lead_back(fields: list[dict[str, Any]], filter_: str) -> None:
    listed = ReadingList([place(n, **each) for n, each in enumerate(fields)])
    seen: list[Place] = []
    turn, page = FIRST, listed.page(filter_, size=20)
    while True:
        seen += page.rows
        assert (page.first, page.last) == (len(seen) - len(page.rows) + 1, len(seen))
        if page.previous is not None:
            back = listed.page(filter_, Turn.read(page.previous), size=20)
            assert back.following == turn.carried
        if page.following is None:
            break
        turn = Turn.read(page.following)
        page = listed.page(filter_, turn, size=20)
    assert seen == listed.only(filter_)


def test_a_page_goes_on_in_order_when_its_last_work_left_the_filter() -> None:
    listed = ReadingList([place(1), place(2, given=1), place(3)])
    assert [one.id for one in listed.page("chua-cham", Turn("p2")).rows] == [3]
    assert [one.id for one in listed.page("chua-cham", Turn("unknown")).rows] == [1, 3]


def test_the_part_beside_an_open_work_has_it() -> None:
    listed = ReadingList([place(n) for n in range(200)])
    near = [one.id for one in listed.around("p100")]
    assert 100 in near
    assert len(near) == 50


def test_it_is_put_in_order_by_own_sum_or_by_what_is_left_to_do() -> None:
    """Equal works keep the own order; a page begins where the turn says in that order; an unknown one is none."""
    of = ReadingList(
        [
            place(1, given=3, steps=12, sent_at=AT),
            place(2, given=1, steps=8),
            place(3),
            place(4, given=3, steps=20, recused=True),
            place(5, given=3, steps=12),
        ]
    )
    assert [each.id for each in of.ordered("diem")] == [1, 5, 2, 3, 4]
    assert [each.id for each in of.ordered("phieu")] == [3, 2, 5, 1, 4]
    assert [each.id for each in of.ordered("khac")] == [1, 2, 3, 4, 5]
    assert [each.id for each in of.only("dang-cham", "diem")] == [5, 2]
    behind = of.page("", Turn("p5"), order="diem", size=2)
    assert [each.id for each in behind.rows] == [2, 3]
