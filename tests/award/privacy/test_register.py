"""The register of processing says of every room what it holds, why, and for how long."""

import io

from docx import Document
from flask import Flask

from award.privacy import queries, rooms
from tests.award.entries.conftest import Browser
from tests.award.privacy.conftest import House


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_it_names_every_holding_of_people_and_every_term(house_of: House, app: Flask) -> None:
    door = f"/{house_of.scene.slug}/du-lieu-ca-nhan/so-theo-doi.docx"
    answer = Browser(app, house_of.secretary).get(door)
    assert answer.status_code == 200
    said = words_of(answer.data)
    held = [holding for holding in rooms.holdings() if holding.columns("personal", "free", "record")]
    assert held
    assert [str(holding.title) for holding in held if str(holding.title) not in said] == []
    assert [str(lapse.what) for lapse in queries.lapses() if str(lapse.what) not in said] == []
    assert [str(holding.stays) for holding in held if str(holding.stays) not in said] == []
    assert "Ảnh chụp giấy tờ tùy thân" in said
    assert "Số tài khoản ngân hàng" in said
