"""Why a work is shown beside another: title, address, people; and what is not enough."""

from dataclasses import replace

import pytest
from flask import Flask

from award.screening.similar import Other, Sought, author, similar

VAN, MINH = author("Nguyễn Thị Vân", ("Hà Vân",)), author("Trần Minh", ())
SOUGHT = Sought("Giữ lời hứa với dân", frozenset({"baobien.vn/giu-loi-hua"}), (VAN, MINH))
OTHER = Other("k2", "Tên khác hẳn", (author("Lê Thu Cúc", ()),), "Lê Thu Cúc", "Báo Biển Xanh", "KH3-0002", 0.1, False)


@pytest.fixture(autouse=True)
def words(ctx: Flask) -> None:
    """Reasons need an application to be said in."""


def reasons(sought: Sought = SOUGHT, **fields: object) -> list[tuple[str, ...]]:
    return [each.reasons for each in similar(sought, [replace(OTHER, **fields)])]  # type: ignore[arg-type]


def test_another_work_is_not_shown() -> None:
    assert reasons() == []


@pytest.mark.parametrize(
    ("title", "near", "expected"),
    [
        ("Giữ lời hứa với dân", 1.0, "Trùng tên tác phẩm"),
        ("GIỮ LỜI HỨA VỚI DÂN", 1.0, "Trùng tên tác phẩm"),
        ("“Giữ lời hứa với dân”", 1.0, "Trùng tên tác phẩm"),
        ("Loạt 5 bài “Giữ lời hứa với dân”", 0.7, "Trùng tên tác phẩm"),
        ("Giữ trọn lời hứa với dân", 0.79, "Tên gần giống"),
        ("Giữ lời hứa với dân, kỳ 2: chuyện ở những bản xa nhất của huyện miền núi", 0.31, "Tên gần giống"),
        ("Giữ biển", 0.59, None),
        ("Xây dựng Đảng ở cơ sở", 0.59, None),
        ("", 0.0, None),
    ],
)
def test_titles(title: str, near: float, expected: str | None) -> None:
    assert reasons(title=title, near=near) == ([(expected,)] if expected else [])


def test_a_short_title_within_a_longer_one_tells_nothing() -> None:
    assert reasons(replace(SOUGHT, title="Với dân"), title="Giữ lời hứa với dân", near=0.4) == []


def test_a_work_without_a_title_is_like_no_other_by_title() -> None:
    assert reasons(replace(SOUGHT, title=""), title="", near=1.0) == []


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ((VAN, MINH), "Cùng nhóm tác giả"),
        ((MINH, VAN), "Cùng nhóm tác giả"),
        ((author("Hà Vân", ()), author("TRẦN MINH", ())), "Cùng nhóm tác giả"),
        ((VAN,), None),
        ((VAN, MINH, author("Lê Thu Cúc", ())), None),
        ((VAN, VAN), None),
        ((), None),
    ],
)
def test_people(authors: tuple[frozenset[str], ...], expected: str | None) -> None:
    assert reasons(authors=authors) == ([(expected,)] if expected else [])


def test_one_author_alone() -> None:
    assert reasons(replace(SOUGHT, authors=(VAN,)), authors=(author("Hà Vân", ()),)) == [("Cùng tác giả",)]


def test_a_work_nobody_signed_is_like_no_other_by_its_people() -> None:
    assert reasons(replace(SOUGHT, authors=()), authors=()) == []


def test_every_reason_is_told_and_the_strongest_come_first() -> None:
    same_people = replace(OTHER, key="k3", authors=SOUGHT.authors)
    linked = replace(OTHER, key="k4", linked=True, near=0.2)
    all_of_it = replace(OTHER, key="k5", title=SOUGHT.title, near=1.0, linked=True, authors=SOUGHT.authors)
    found = similar(SOUGHT, [same_people, linked, OTHER, all_of_it])
    assert [(each.other.key, each.strong) for each in found] == [("k5", True), ("k4", True), ("k3", False)]
    assert found[0].reasons == ("Trùng tên tác phẩm", "Trùng đường dẫn", "Cùng nhóm tác giả")


def test_an_entry_and_its_prize_on_record_are_one_line() -> None:
    entered = replace(OTHER, key="k9", title=SOUGHT.title, near=1.0, where="KH2-0007, Báo in")
    prize = replace(entered, where="", prize="Giải A, Giải báo chí lần thứ II - năm 2022", authors=SOUGHT.authors)
    for order in ([entered, prize], [prize, entered]):
        (line,) = similar(SOUGHT, order)
        assert (line.other.where, line.prizes) == ("KH2-0007, Báo in", (prize.prize,))
        assert set(line.reasons) == {"Trùng tên tác phẩm", "Cùng nhóm tác giả"}
    listed = [replace(prize, key=""), replace(prize, key="", prize="Giải B")]
    assert len(similar(SOUGHT, listed)) == 2
