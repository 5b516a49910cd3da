"""The summary list of a newsroom: the same works in the same order on paper, to go on with and as a table."""

import io
import re

import openpyxl
import pytest

from award.db import session
from award.newsrooms.models import NewsroomChoice
from tests.award.documents.reading import flat, pages_of, word_lines
from tests.award.newsrooms.conftest import Press

pytestmark = pytest.mark.db
TITLES = ["Đường về bản", "Người giữ biển", "Sau cơn bão"]


def test_a_newsroom_takes_along_what_it_sends(press: Press) -> None:
    keys = [press.submitted(title) for title in TITLES]
    with press.at_work():
        press.scene.draft(press.people["reporter"], title="Chưa xong")
        for place, key in enumerate(reversed(keys[1:]), start=1):
            session.add(
                NewsroomChoice(
                    entry_id=press.entry(key).id,
                    newsroom_id=press.scene.organ_id,
                    place=place,
                    chosen_by_id=press.people["chief"].id,
                    chosen_at=press.scene.edition.created_at,
                )
            )
    visitor = press.visitor()
    assert press.desk("/danh-sach.pdf") in visitor.get(press.desk()).text
    pdf, docx, book = (visitor.get(press.desk(f"/danh-sach.{ending}")) for ending in ("pdf", "docx", "xlsx"))
    for text in (" ".join(pages_of(pdf.data)), flat(" ".join(word_lines(docx.data)))):
        assert "BÁO BIỂN XANH" in text.upper()
        assert "Báo Biển Xanh gửi 3 tác phẩm tham dự" in text
        assert re.search("Sau cơn bão.*Người giữ biển.*Đường về bản", text), "in the order of the newsroom's choice"
        assert "Theo loại hình: Báo in 3." in text
        assert "LÃNH ĐẠO CƠ QUAN" in text.upper()
        assert "Chưa xong" not in text
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert {*TITLES, "Chưa xong"} <= set(cells)
    assert visitor.get(press.desk("/danh-sach.pdf")).data == pdf.data, "the same bytes twice"
