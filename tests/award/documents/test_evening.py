"""Titles stand in lines about equally long, and neither a name nor a number is torn apart."""

import pytest

from award.documents.evening import HELD, POINTS_PER_MM, evened, held, held_clauses, length
from award.documents.forms import FORMS, Style

SUBJECT = FORMS["hd36"].styles["subject"]
TITLE = "về việc trao Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023"


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        (TITLE, "lần thứ III - năm 2023"),
        (TITLE, "Khánh Hòa"),
        ("họp ngày 05/11/2023", "ngày 05/11/2023"),
        ("gửi dự Giải Búa liềm vàng", "Giải Búa liềm vàng"),
        ("của đồng chí Nguyễn Văn An", "Nguyễn Văn An"),
    ],
)
def test_what_belongs_together_is_held(title: str, whole: str) -> None:
    assert any(whole in words.replace(HELD, " ") for words in held(title).split(" "))
    assert held(title).replace(HELD, " ") == title


def test_a_title_in_capitals_is_not_one_name() -> None:
    title = "BAN TỔ CHỨC GIẢI BÁO CHÍ"
    assert held(title) == title


def test_no_more_than_three_words_are_a_name() -> None:
    assert max(words.count(HELD) for words in held("Nguyễn Huỳnh Bảo Trân Nguyễn Thị Thanh Hương").split(" ")) == 2


def test_a_clause_keeps_its_numbers() -> None:
    assert held_clauses("khoản 2 Điều 4 Thể lệ") == f"khoản{HELD}2 Điều{HELD}4 Thể lệ"
    assert held_clauses("điểm a khoản 2") == f"điểm{HELD}a khoản{HELD}2"
    for words in ("Điều kiện dự Giải", "Không xem điểm do có liên quan."):
        assert held_clauses(words) == words


def test_lines_differ_as_little_as_they_can() -> None:
    room = 165 * POINTS_PER_MM
    lines = evened(held(TITLE), SUBJECT, room).split("\n")
    assert " ".join(lines).replace(HELD, " ") == TITLE
    first, second = (length(line, SUBJECT) for line in lines)
    assert max(first, second) < room
    assert min(first, second) > 0.75 * max(first, second)


@pytest.mark.parametrize("title", ["ngắn", "", "một-chữ-dài-hơn-cả-dòng-và-không-có-chỗ-nào-để-ngắt"])
def test_what_fits_or_cannot_be_broken_stays(title: str) -> None:
    assert evened(title, SUBJECT, 60) == title


def test_letters_are_as_wide_as_they_are_drawn() -> None:
    upright, bold = Style("a", 10), Style("b", 10, bold=True)
    assert length("", upright) == 0
    assert length("Đảng", bold) > length("Đảng", upright) > 0
    assert length("Đảng", Style("c", 20)) == pytest.approx(2 * length("Đảng", upright))
