"""A paper set against the words of its scan: which lines read otherwise, and what only the scan has."""

from datetime import date

import pytest

from award.documents.paper import Annex, Head, Paper, Paragraph, Signature, Table
from award.documents.paper import Column as Across
from award.issued.comparing import Comparison, compared, draft_lines

MARK = "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải."


def paper() -> Paper:
    rows = (("1", "Đường về bản xa", "Giải A"), ("2", "Giữ lời hứa với dân", "Giải B"))
    listed = Table((Across("STT"), Across("Tên tác phẩm"), Across("Mức giải")), rows)
    return Paper(
        form="hd36",
        head=Head(
            "Tỉnh ủy Khánh Hòa", "Ban Tổ chức Giải", "QĐ", "BTCG", "12", place="Khánh Hòa", day=date(2023, 11, 20)
        ),
        kind="Quyết định",
        subject="về việc trao giải",
        body=(Paragraph("Trao giải cho 2 tác phẩm (có Danh sách kèm theo).", "Điều 1."),),
        signatures=(Signature("Trưởng Ban", "Nguyễn Văn Hòa"),),
        settled_on=date(2023, 11, 20),
        annexes=(Annex("Danh sách", "tác phẩm đoạt giải", "Kèm theo Quyết định số 12-QĐ/BTCG", (listed,)),),
    )


READ = [
    "ĐẢNG CỘNG SẢN VIỆT NAM TỈNH ỦY KHÁNH HÒA BAN TỔ CHỨC GIẢI *",
    "Số 12-QĐ/BTCG QUYẾT ĐỊNH về việc trao giải ----- Khánh Hòa, ngày 20 tháng 11 năm 2023",
    "Điều 1. Trao giải cho 2 tác phẩm (có Danh sách kèm theo). TRƯỞNG BAN Nguyễn Văn Hòa",
    f"{MARK} 2 DANH SÁCH tác phẩm đoạt giải (Kèm theo Quyết định số 12-QĐ/BTCG) STT Tên tác phẩm Mức giải",
    "1 Đường về bản xa Giải A 2 Giữ lời hứa với dân Giải B",
]


def set_against(old: str = "", new: str = "") -> Comparison:
    return compared(draft_lines(paper()), [each.replace(old, new) if old else each for each in READ], MARK)


def test_capitals_breaks_page_numbers_and_the_mark_make_no_difference() -> None:
    found = set_against()
    assert found.readable
    assert found.open == []
    assert found.added == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "there"),
    [
        ("xa Giải A", "xa Giải B", "1 Đường về bản xa Giải A", "B"),
        ("12-QĐ/BTCG QUYẾT", "21-QĐ/BTCG QUYẾT", "Số 12-QĐ/BTCG", "21"),
        ("Nguyễn Văn Hòa", "Nguyễn Văn Hoa", "Nguyễn Văn Hòa", "Hoa"),
        ("Giữ lời hứa với dân", "Giữ trọn lời hứa với dân", "2 Giữ lời hứa với dân Giải B", "trọn"),
        ("2 Giữ lời hứa với dân Giải B", "", "2 Giữ lời hứa với dân Giải B", ""),
        ("cho 2 tác", "cho 15 2 tác", "Điều 1. Trao giải cho 2 tác phẩm (có Danh sách kèm theo).", "15"),
        ("cho 2 tác", "cho 2.000 tác", "Điều 1. Trao giải cho 2 tác phẩm (có Danh sách kèm theo).", "000"),
    ],
)
def test_a_word_that_reads_otherwise_is_found_in_its_line_alone(old: str, new: str, line: str, there: str) -> None:
    (different,) = set_against(old, new).open
    assert (different.line.text, different.found) == (line, there)


def test_what_only_the_scan_has_is_told_and_columns_may_be_read_in_any_order() -> None:
    (signed,) = (each for each in READ if "Nguyễn Văn Hòa" in each)
    turned = ["TRƯỞNG BAN Nguyễn Văn Hòa", signed.replace("TRƯỞNG BAN Nguyễn Văn Hòa", "")]
    found = compared(draft_lines(paper()), [READ[0], READ[1], *turned, *READ[3:], "ĐÃ HỦY"], MARK)
    assert found.open == []
    assert found.added == ("ĐÃ HỦY",)


def test_a_scan_without_text_leaves_every_line_to_a_person() -> None:
    found = compared(draft_lines(paper()), [])
    assert not found.readable
    assert len(found.open) == len(found.lines) > 9


def test_a_row_that_was_moved_is_different_though_every_word_of_it_is_there() -> None:
    moved = "2 Giữ lời hứa với dân Giải B 1 Đường về bản xa Giải A"
    found = compared(draft_lines(paper()), [*READ[:4], moved], MARK)
    assert len(found.open) == 1
    assert found.open[0].line.text in {"1 Đường về bản xa Giải A", "2 Giữ lời hứa với dân Giải B"}


def test_a_number_between_lines_is_a_page_s_only_where_it_is_the_next_page() -> None:
    other = set_against(f"{MARK} 2 DANH", f"{MARK} 7 DANH")
    assert other.added == ("7",)
