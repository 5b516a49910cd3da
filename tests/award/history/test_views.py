"""The pages of earlier editions: the template, the look before anything is recorded, the list, what everybody sees."""

import io
import re
from typing import Any

import openpyxl
import pytest

from award.db import session, unit_of_work
from award.documents import workbooks
from award.history import columns
from award.history.models import HistoryImport
from tests import factories
from tests.award.history.conftest import HERE, READ, ROAD, SEA, VAN, Archive, workbook
from tests.visitor import Visitor


def text_of(html: str) -> str:
    """The page as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_template_has_typed_columns_choices_and_a_guide(archive: Archive) -> None:
    answer = archive.visitor().get(f"{HERE}/mau.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mau-danh-sach-doat-giai.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Danh sách", "Hướng dẫn"]
    listed = book["Danh sách"]
    assert [cell.value for cell in listed[1]] == [str(each.heading) for each in columns.FIELDS]
    offered = {str(each.sqref): each.formula1 for each in listed.data_validations.dataValidation}
    assert '"Đặc biệt,A,B,C,Khuyến khích,Chuyên đề,Nhất,Nhì,Ba"' in offered.values()
    formats = {
        listed.cell(1, at).value: listed.column_dimensions[letter].number_format
        for at, letter in ((3, "C"), (5, "E"), (9, "I"))
    }
    assert formats == {"Năm": "0", "Tên tác phẩm": "@", "Ngày đăng, phát": "dd/mm/yyyy"}
    guide = " ".join(str(cell.value) for row in book["Hướng dẫn"].rows for cell in row)
    assert all(str(each.hint) in guide for each in columns.FIELDS)


def test_the_template_comes_back_empty_and_is_told_so(archive: Archive) -> None:
    blank = archive.visitor().get(f"{HERE}/mau.xlsx").data
    answer = archive.send(blank)
    assert answer.status_code == 422
    assert "Danh sách chưa có dòng nào." in answer.text


def test_the_page_says_what_comes_in_before_anything_is_chosen(archive: Archive) -> None:
    page = archive.visitor().get(READ).text
    assert "Tệp Excel (.xlsx) không quá 2 MB, nhiều nhất 3.000 dòng." in page
    assert str(workbooks.MAX_ROWS) == "3000"
    assert archive.app.config["MAX_CONTENT_LENGTH"] == 2 * 1024 * 1024


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Đây không phải tệp Excel (.xlsx)."),
        (b"Nam;Muc giai", "Đây không phải tệp Excel (.xlsx)."),
        (workbook(VAN)[:-50], "Tệp bị hỏng hoặc tải lên chưa đủ."),
        (workbook(), "Danh sách chưa có dòng nào."),
    ],
)
def test_a_file_that_is_no_list_is_told_beside_its_field(archive: Archive, content: bytes, sentence: str) -> None:
    answer = archive.send(content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert archive.count() == 0


def test_no_file_at_all_is_told(archive: Archive) -> None:
    answer = archive.visitor().post(READ, {})
    assert answer.status_code == 422
    assert "Chưa chọn tệp." in answer.text


def test_a_file_above_the_limit_is_refused_before_it_is_read(archive: Archive) -> None:
    assert archive.send(bytes(2 * 1024 * 1024 + 1)).status_code == 413


def test_every_row_is_shown_with_the_faults_of_its_cells_and_nothing_is_recorded(archive: Archive) -> None:
    address = archive.read(VAN, {**ROAD, "level": "Vàng", "year": "hai nghìn"}, {**SEA, "authors": ""})
    page = archive.visitor().get(address).text
    seen = text_of(page)
    assert "3 dòng: 1 sẽ nạp, 0 đã có, 2 cần sửa." in seen
    assert "còn 2 dòng cần sửa" in seen
    assert "Chưa rõ mức giải này." in seen
    assert "Năm: chưa đọc được năm." in seen
    assert "Tác giả: chưa ghi tác giả." in seen
    assert "Nạp 1 tác phẩm" not in page
    assert archive.count() == 0
    only_bad = text_of(archive.visitor().get(f"{address}?xem=sua").text)
    assert "Người giữ biển" in only_bad
    assert "Giữ lời hứa với dân" not in only_bad


def test_pressing_the_button_that_is_not_there_changes_nothing(archive: Archive) -> None:
    address = archive.read(VAN, {**ROAD, "level": "Vàng"})
    answer = archive.visitor().post(address)
    assert answer.status_code == 422
    assert "Còn 1 dòng cần sửa, chưa nạp được." in answer.text
    assert archive.count() == 0


def test_a_list_is_looked_through_and_taken_in(archive: Archive) -> None:
    address = archive.read(VAN, ROAD)
    assert "Nạp 2 tác phẩm" in archive.visitor().get(address).text
    archive.visitor().post(address)
    page = text_of(archive.visitor().get(address).text)
    assert "Đã nạp 2 tác phẩm." not in page  # said once, to who did it
    assert "Đã nạp" in page
    assert "Giữ lời hứa với dân" in page
    assert "Không hiện" in page


def test_a_long_list_is_looked_through_page_by_page(archive: Archive) -> None:
    rows = [{**ROAD, "title": f"Tác phẩm {n}", "level": "" if n == 70 else "C"} for n in range(1, 121)]
    address = archive.read(*rows)
    seen: list[str] = []
    following: str | None = address
    while following:
        page = archive.visitor().get(following).text
        seen += re.findall(r'<td class="num" data-label="Dòng">(\d+)</td>', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        following = found[1].replace("&amp;", "&") if found else None
    assert seen == [str(n) for n in range(2, 122)]


def test_the_file_that_was_read_before_is_known_again(archive: Archive) -> None:
    archive.taken_in(VAN, ROAD)
    page = text_of(archive.visitor().get(archive.read(VAN, ROAD)).text)
    assert "2 dòng: 0 sẽ nạp, 2 đã có, 0 cần sửa." in page
    assert "Mọi dòng của tệp đã có trong hệ thống" in page


def test_a_workbook_of_ones_own_with_merged_cells_and_stray_blanks_is_read(archive: Archive) -> None:
    made = openpyxl.Workbook()
    page: Any = made.active
    for row in (
        ("DANH SÁCH ĐOẠT GIẢI",),
        (),
        ("STT", "Tác phẩm", "Tác giả (bút danh)", "Giải", "Năm", "Ghi chú"),
        (1, "  “Giữ lời\u00a0hứa với dân” ", "Nguyễn Thị Vân (Hà Vân)\nTrần Minh", "A", 2022, "vắng"),
        (2, "Đường về bản", "Lê Thu Cúc", None, None, None),
    ):
        page.append(row)
    page.merge_cells("A1:F1")
    page.merge_cells("D4:D5")
    page.merge_cells("E4:E5")
    out = io.BytesIO()
    made.save(out)
    address = archive.send(out.getvalue()).headers["Location"]
    seen = text_of(archive.visitor().get(address).text)
    assert "2 dòng: 2 sẽ nạp, 0 đã có, 0 cần sửa." in seen
    assert "Cột không dùng đến: Ghi chú." in seen
    archive.visitor().post(address)
    assert [(work.title, work.level, work.year) for work in archive.works()] == [
        ("Giữ lời hứa với dân", "A", 2022),
        ("Đường về bản", "A", 2022),
    ]


def test_a_list_that_was_taken_in_is_taken_back_with_its_reason(archive: Archive) -> None:
    address = archive.taken_in(VAN, ROAD)
    visitor = archive.visitor()
    assert "Gỡ danh sách “Lần II.xlsx”?" in visitor.get(f"{address}/go").text
    empty = visitor.post(f"{address}/go", {"reason": " "})
    assert (empty.status_code, "Chưa ghi lý do." in empty.text) == (422, True)
    assert visitor.post(f"{address}/go", {"reason": "Nhầm năm"}).status_code == 303
    page = text_of(visitor.get(address).text)
    assert "Đã gỡ" in page
    assert "Nhầm năm" in page
    assert archive.count() == 0


def test_a_draft_is_thrown_away(archive: Archive) -> None:
    address = archive.read(VAN)
    assert archive.visitor().post(f"{address}/bo").status_code == 303
    assert archive.visitor().get(address).status_code == 404


def public_page(archive: Archive, asked: str = "") -> str:
    answer = Visitor(archive.app).get(HERE + asked)
    assert answer.status_code == 200
    return text_of(answer.text)


def test_everybody_reads_what_is_public_and_nothing_else_shows(archive: Archive) -> None:
    before = public_page(archive)
    archive.taken_in(ROAD)
    assert public_page(archive) == before
    assert "Chưa có danh sách các lần trước." in before
    archive.taken_in(VAN, public=True)
    page = public_page(archive)
    assert "Giữ lời hứa với dân" in page
    assert "Nguyễn Thị Vân (Hà Vân), Trần Minh" in page
    assert "Đường về bản" not in page
    assert "Đường về bản" not in public_page(archive, "?tim=duong+ve+ban")
    staff = text_of(archive.visitor("auditor").get(HERE).text)
    assert "Đường về bản" in staff


def test_a_work_is_followed_over_editions_and_awards_as_far_as_it_is_public(archive: Archive) -> None:
    again = {**VAN, "year": VAN["year"] + 1, "ordinal": "", "level": "Đặc biệt", "award": "Giải Búa liềm vàng"}
    namesake = {**VAN, "year": VAN["year"] - 1, "authors": "Người Khác Hẳn", "level": "Ba"}
    archive.taken_in(VAN, public=True)
    archive.taken_in(again, namesake)
    keys = {each.year: each.public_id for each in archive.works()}
    page = f"{HERE}/tac-pham/{keys[VAN['year']]}"
    everybody, staff = text_of(Visitor(archive.app).get(page).text), text_of(archive.visitor().get(page).text)
    assert "Giải Đặc biệt" in staff and "Giải Ba" not in staff, "another author's work of that name is another work"
    assert "Giải Đặc biệt" not in everybody and "Giữ lời hứa với dân" in everybody
    hidden = f"{HERE}/tac-pham/{keys[again['year']]}"
    assert (Visitor(archive.app).get(hidden).status_code, archive.visitor().get(hidden).status_code) == (404, 200)
    assert page in Visitor(archive.app).get(HERE).text


def test_a_shown_list_can_be_hidden_again(archive: Archive) -> None:
    address = archive.taken_in(VAN)
    archive.visitor().post(f"{address}/cong-khai", {"public": "y"})
    assert "Giữ lời hứa với dân" in public_page(archive)
    archive.visitor().post(f"{address}/cong-khai")
    assert "Giữ lời hứa với dân" not in public_page(archive)


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        ("duong+ve", ["Đường về bản"]),
        ("đường", ["Đường về bản"]),
        ("ha+van", ["Giữ lời hứa với dân"]),
        ("TRẦN+minh", ["Giữ lời hứa với dân", "Người giữ biển"]),
        ("bien+xanh", ["Giữ lời hứa với dân"]),
        ("búa+liềm+vàng+tỉnh+khánh+hoà", ["Giữ lời hứa với dân", "Đường về bản", "Người giữ biển"]),
        ("báo+chí+về+xây+dựng+Đảng", ["Giữ lời hứa với dân", "Đường về bản", "Người giữ biển"]),
        ("50%25", []),
    ],
)
def test_works_are_found_without_marks_and_by_either_name_of_the_award(
    archive: Archive, sought: str, expected: list[str]
) -> None:
    archive.taken_in(VAN, {**ROAD, "award_name": "Giải Búa liềm vàng tỉnh Khánh Hòa"}, SEA, public=True)
    page = Visitor(archive.app).get(f"{HERE}?tim={sought}").text
    assert [title for title in ("Giữ lời hứa với dân", "Đường về bản", "Người giữ biển") if title in page] == expected


def test_an_edition_is_chosen_whatever_the_award_was_called_then(archive: Archive) -> None:
    archive.taken_in(VAN, {**ROAD, "award_name": "Giải Búa liềm vàng tỉnh Khánh Hòa"}, SEA, public=True)
    page = Visitor(archive.app).get(HERE).text
    assert page.count("Lần thứ II - năm 2022") == 1
    chosen = text_of(Visitor(archive.app).get(f"{HERE}?lan=2022-xay-dung-dang-khanh-hoa").text)
    assert "Giữ lời hứa với dân" in chosen
    assert "Đường về bản" in chosen
    assert "Người giữ biển" not in chosen


def test_a_prize_of_another_award_stands_under_its_own_name(archive: Archive) -> None:
    archive.taken_in({**VAN, "award_name": "Giải báo chí Khánh Hòa", "ordinal": ""}, public=True)
    assert "Giải báo chí Khánh Hòa, năm 2022" in public_page(archive)


def test_the_list_goes_on_where_the_page_ends(archive: Archive) -> None:
    rows = [{**ROAD, "title": f"Tác phẩm {n:03}", "level": "ABC"[n % 3]} for n in range(1, 121)]
    archive.taken_in(*rows, public=True)
    seen: list[str] = []
    following: str | None = f"{HERE}?tim=tac+pham"
    while following:
        page = Visitor(archive.app).get(following).text
        seen += re.findall(r"Tác phẩm (\d{3})", page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        following = found[1].replace("&amp;", "&") if found else None
    expected = [n for letter in range(3) for n in range(1, 121) if n % 3 == letter]
    assert seen == [f"{n:03}" for n in expected]


def test_the_export_can_be_read_in_again(archive: Archive) -> None:
    archive.taken_in({**VAN, "published_on": "05/7/2022"}, ROAD, SEA)
    book = archive.visitor("auditor").get(f"{HERE}/danh-sach.xlsx").data
    with archive.app.app_context(), unit_of_work():
        other = factories.edition(slug="khac-2023")
        factories.appointment(other, archive.people["secretary"], "secretary")
    visitor = archive.visitor()
    answer = visitor.post("/khac-2023/cac-lan-truoc/nap", {"file": (io.BytesIO(book), "danh-sach.xlsx")})
    visitor.post(answer.headers["Location"])
    with archive.app.app_context():
        assert session.query(HistoryImport).filter_by(state="done").count() == 2
    pairs = [(work.identity, work.unit, work.published_on, work.link) for work in archive.works()]
    assert sorted(map(str, pairs[:3])) == sorted(map(str, pairs[3:]))
    narrowed = archive.visitor().get(f"{HERE}/danh-sach.csv?tim=duong").text
    assert narrowed.count("\r\n") == 2
    assert '"2022"' in narrowed


def test_a_draft_edition_shows_its_history_to_nobody_outside(archive: Archive) -> None:
    archive.taken_in(VAN, public=True)
    with archive.at_work() as edition:
        edition.state = "draft"
    assert Visitor(archive.app).get(HERE).status_code == 404
    assert archive.visitor().get(HERE).status_code == 200
