"""Paragraphs as a reader would count them."""

import unicodedata
from pathlib import Path

import pytest

from tests.uploads.corpus import docx_file, docx_with, odt_file
from uploads.kinds import BY_CODE
from uploads.text import paragraphs_of_document, paragraphs_of_pages

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_lines_become_paragraphs() -> None:
    page = (
        "Người giữ rừng\r\n"
        "Trong những ngày mưa lũ tháng Mười, chúng tôi theo chân\r\n"
        "các kiểm lâm viên ngược dòng Đakrông. Đường vào bản chỉ\r\n"
        "còn một lối.\r\n"
        "Ông Thương nói rừng còn thì bản còn, và kể về những năm\r\n"
        "tháng cả bản thay nhau đi tuần."
    )
    assert paragraphs_of_pages([page]) == [
        "Người giữ rừng",
        "Trong những ngày mưa lũ tháng Mười, chúng tôi theo chân các kiểm lâm viên ngược dòng Đakrông. "
        "Đường vào bản chỉ còn một lối.",
        "Ông Thương nói rừng còn thì bản còn, và kể về những năm tháng cả bản thay nhau đi tuần.",
    ]


def test_a_paragraph_runs_on_over_the_page() -> None:
    first = "Trong những ngày mưa lũ tháng Mười, chúng tôi theo chân\ncác kiểm lâm viên ngược dòng Đakrông lên phía\n"
    second = "thượng nguồn của con sông ấy."
    assert len(paragraphs_of_pages([first, second])) == 1


def test_items_of_a_list_stay_apart() -> None:
    page = "Các bước gồm có những việc như sau đây:\n- Mục thứ nhất\n- Mục thứ hai\n1. Điều một\n2) Điều hai\na) Ý a"
    assert len(paragraphs_of_pages([page])) == 6


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("hệ thống ra-đi-\nô cũ", "hệ thống ra-đi-ô cũ"),
        ("hệ thống ra-đi\x02ô cũ", "hệ thống ra-đi-ô cũ"),
        ("ông Pu-\ntin nói", "ông Pu-tin nói"),
        ("nước In-đô-nê-\nxi-a", "nước In-đô-nê-xi-a"),
        ("the interna-\ntionalization", "the internationalization"),
        ("the admin\ufffeistration", "the administration"),
        ("đường Hà Nội -\nHải Phòng", "đường Hà Nội - Hải Phòng"),
        ("giai đoạn 2020-\n2025", "giai đoạn 2020-2025"),
        ("mềm\u00ad\nmại", "mềmmại"),
        ("co\u00ador\u00addinate", "coordinate"),
    ],
)
def test_hyphens_at_the_end_of_a_line(lines: str, joined: str) -> None:
    assert paragraphs_of_pages([lines]) == [joined]


def test_text_is_composed_and_without_invisible_characters() -> None:
    page = unicodedata.normalize("NFD", "Đặng Văn Ẩn") + "\u200b\u202e\x07\ufeff  và\u00a0bạn"
    assert paragraphs_of_pages([page]) == ["Đặng Văn Ẩn và bạn"]


@pytest.mark.parametrize("pages", [[], [""], ["\r\n", " \n"]])
def test_pages_without_words_have_no_paragraphs(pages: list[str]) -> None:
    assert paragraphs_of_pages(pages) == []


def read(data: bytes, code: str, folder: Path) -> list[str]:
    path = folder / "document"
    path.write_bytes(data)
    return paragraphs_of_document(path, BY_CODE[code])


def test_a_word_document_in_reading_order(tmp_path: Path) -> None:
    assert read(docx_file("Một", "", "  Hai  ", unicodedata.normalize("NFD", "Bốn")), "docx", tmp_path) == [
        "Một",
        "Hai",
        "Bốn",
    ]


def test_what_word_would_show_and_nothing_else(tmp_path: Path) -> None:
    body = """
        <w:p><w:r><w:t>Trước</w:t><w:br/><w:t>sau</w:t><w:tab/><w:t>cột</w:t></w:r></w:p>
        <w:p><w:ins><w:r><w:t xml:space="preserve">thêm </w:t></w:r></w:ins>
          <w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>
          <w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink></w:p>
        <w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>ô một</w:t></w:r></w:p></w:tc>
          <w:tc><w:p><w:r><w:t>ô hai</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
    """
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
    data = docx_with({"word/document.xml": document})
    assert read(data, "docx", tmp_path) == ["Trước sau cột", "thêm liên kết", "ô một", "ô hai"]


def test_an_open_document_without_its_comments(tmp_path: Path) -> None:
    content = (
        "<text:h>Tiêu đề</text:h><text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>"
        "<text:p>Một<text:line-break/>hai<text:s/>ba"
        "<office:annotation><text:p>ghi chú</text:p></office:annotation></text:p>"
    )
    assert read(odt_file(content), "odt", tmp_path) == ["Tiêu đề", "Một hai ba"]
