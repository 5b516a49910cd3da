"""A certificate says who is honoured with what; onto printed stock goes only what differs, at the same place."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from award.documents.certificate import PLACES, SIZE, Certificate, Issuer, pdf
from award.documents.evening import POINTS_PER_MM
from award.documents.paper import FORM_CODES
from tests.award.documents.reading import flat, fonts_of, pages_of, printed_over

AWARD = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023"
GIVEN = Certificate(
    "Nhóm tác giả Nguyễn Thị Vân (Hà Vân), Trần Minh",
    "Loạt 5 bài “Giữ lời hứa với dân” - Báo Biển Xanh",
    "Đoạt giải A",
    AWARD,
    "Theo Quyết định số 12-QĐ/BTCG, ngày 20/11/2023 của Ban Tổ chức Giải",
    "Số thứ tự: 3",
    "Khánh Hòa, ngày 20 tháng 11 năm 2023",
)
ISSUER = Issuer("hd36", "Ban Tổ chức Giải", "", "Trưởng Ban", "Nguyễn Văn Hòa", "", date(2023, 11, 20))
FIXED = ("GIẤY CHỨNG NHẬN", "ĐẢNG CỘNG SẢN VIỆT NAM", "BAN TỔ CHỨC GIẢI CHỨNG NHẬN", "TRƯỞNG BAN")


def places(data: bytes) -> dict[str, tuple[int, int]]:
    """Where the first letter of every line stands, in millimetres from the left and upper edge."""
    page = pypdfium2.PdfDocument(data)[0]
    text = page.get_textpage()
    found = {}
    for n in range(text.count_rects()):
        left, _bottom, _right, top = text.get_rect(n)
        words = flat(text.get_text_bounded(left, _bottom, _right, top))
        found[words] = (round(left / POINTS_PER_MM), round(SIZE[1] - top / POINTS_PER_MM))
    return found


def test_a_page_for_each_says_everything() -> None:
    pages = pages_of(pdf([GIVEN, replace(GIVEN, recipient="Lê Hoàng Phúc")], ISSUER))
    assert len(pages) == 2
    for words in (GIVEN.recipient, GIVEN.work, GIVEN.prize, AWARD, GIVEN.ground, GIVEN.dateline, *FIXED):
        assert words in pages[0]
    assert "Lê Hoàng Phúc" in pages[1]


def test_stock_gets_what_differs_at_the_same_place() -> None:
    whole, stock = places(pdf([GIVEN], ISSUER)), places(pdf([GIVEN], ISSUER, stock=True))
    assert set(stock) < set(whole)
    assert all(whole[words] == at for words, at in stock.items())
    told = " ".join(pages_of(pdf([GIVEN], ISSUER, stock=True)))
    assert GIVEN.recipient in told
    assert not any(words in told for words in FIXED)


def test_everything_is_moved_as_the_printer_is_off() -> None:
    there = places(pdf([GIVEN], ISSUER, stock=True))
    moved = places(pdf([GIVEN], ISSUER, stock=True, shift=(4, -3)))
    assert {words: (x + 4, y - 3) for words, (x, y) in there.items()} == moved


@pytest.mark.parametrize("form", FORM_CODES)
def test_the_motto_is_that_of_the_form(form: str) -> None:
    told = pages_of(pdf([GIVEN], replace(ISSUER, form=form)))[0]  # type: ignore[arg-type]
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in told) is (form != "nd30")
    assert ("Độc lập - Tự do - Hạnh phúc" in told) is (form == "nd30")


def test_many_authors_and_a_long_title_keep_to_their_places() -> None:
    names = ", ".join(f"Nguyễn Huỳnh Bảo Trân {n} (Sông Mây)" for n in range(10))
    title = "Loạt 5 bài “" + "Nói đi đôi với làm ở một xã đảo xa nhất tỉnh, " * 5 + "” - Báo Biển Xanh"
    data = pdf([replace(GIVEN, recipient=names, work=title)], ISSUER)
    assert len(pypdfium2.PdfDocument(data)) == 1
    assert not printed_over(data)
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    lines = sorted(
        {(round(SIZE[1] - top / POINTS_PER_MM), round(SIZE[1] - low / POINTS_PER_MM)) for _, low, _, top in boxes}
    )
    work_begins = PLACES["work"].top
    assert not [line for line in lines if line[0] < work_begins - 1 and line[1] > work_begins + 2]
    assert min(left for left, *_ in boxes) > 20 * POINTS_PER_MM
    assert max(right for *_, right, _top in boxes) < (SIZE[0] - 20) * POINTS_PER_MM


def test_letters_come_with_the_file_and_the_same_gives_the_same_bytes() -> None:
    data = pdf([GIVEN], ISSUER)
    assert data == pdf([GIVEN], ISSUER)
    assert all(embedded for embedded in fonts_of(data).values())
    assert fonts_of(data)


def test_invented_data_are_called_so_on_stock_too() -> None:
    mark = "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải."
    assert mark in pages_of(pdf([GIVEN], replace(ISSUER, mark=mark), stock=True))[0]
