"""A list from the template to the receipts: forty works, three bad cells, mended, taken in, submitted, attested."""

import io
import re
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from award.db import session
from award.documents.tables import Column, Sheet, xlsx
from award.entries.models import Entry, EntryFile, Part
from award.newsrooms.columns import FIELDS
from award.newsrooms.models import EntryImport, ExpectedFile
from tests import factories
from tests.award.entries.conftest import made_file
from tests.award.newsrooms.conftest import Press

pytestmark = pytest.mark.db

WORK = {
    "category": "Báo in",
    "genre": "Phóng sự",
    "authors": "Nguyễn Thị Vân (Hà Vân)",
    "byline": "Hà Vân",
    "phone": "0905 123 456",
    "prizes": "Chưa",
    "published_on": "05/7/2023",
    "place": "Xây dựng Đảng",
    "files": "trang.pdf",
}


def workbook(*rows: dict[str, Any]) -> bytes:
    columns = [Column(str(each.heading), each.kind) for each in FIELDS]
    return xlsx([Sheet("Danh sách", columns, [[row.get(each.name, "") for each in FIELDS] for row in rows])])


def send(press: Press, *rows: dict[str, Any], who: str = "contact") -> TestResponse:
    file = (io.BytesIO(workbook(*rows)), "danh-sach.xlsx")
    return press.visitor(who).post(press.desk("/nap"), {"file": file})


def forty() -> list[dict[str, Any]]:
    return [WORK | {"title": f"Tác phẩm số {n}", "files": f"trang-{n}.pdf"} for n in range(1, 41)]


def count(press: Press, of: type[Any] = Entry) -> int:
    with press.app.app_context():
        return session.scalar(select(func.count()).select_from(of)) or 0


def with_files(press: Press) -> None:
    """Every work has the file its list names."""
    with press.at_work():
        for entry in session.scalars(select(Entry)):
            slot = session.get_one(type(entry.parts[0]), entry.parts[0].id)
            file = made_file(press.people["contact"])
            place = press.scene.edition.categories[0].slots[0].id
            entry.files.append(EntryFile(part_id=slot.id, slot_id=place, file_id=file.id))


def test_forty_works_with_three_bad_cells_are_mended_and_attested_in_one_act(press: Press) -> None:
    rows = forty()
    rows[3]["published_on"], rows[17]["category"], rows[30]["authors"] = "32/7/2023", "Báo", ""
    there = send(press, *rows).headers["Location"]
    visitor = press.visitor()
    page = visitor.get(there).text
    assert "40 dòng: 37 tác phẩm sẽ nạp, 0 dòng đã có, 3 dòng cần sửa." in page
    for sentence in ("Chưa đọc được ngày này.", "Chưa rõ loại hình này. Các loại hình: Báo in.", "chưa ghi tác giả."):
        assert sentence in page
    assert "Nạp 37 tác phẩm" not in page
    assert visitor.post(there).status_code == 422
    assert count(press) == 0

    there = send(press, *forty()).headers["Location"]
    assert count(press, EntryImport) == 1
    assert visitor.post(there, {"declared": "y"}).status_code == 303
    assert (count(press), count(press, ExpectedFile)) == (40, 40)
    drafts = visitor.get(press.desk("?xem=chua-nop")).text
    assert "bản quét trang báo" in drafts.lower()
    page = visitor.get(press.desk("?xem=chua-nop")).text
    assert f'<a class="button button--primary" href="{press.desk("/tep")}"' in page
    assert "đã đủ để nộp" in visitor.post(press.desk("/nop")).text
    assert visitor.post(press.desk("/nop"), {"viec": "nop"}).status_code == 303
    assert press.letters("receipt") == []

    with_files(press)
    assert "Nộp 40 hồ sơ đã đủ" in visitor.get(press.desk("?xem=chua-nop")).text
    asked = visitor.post(press.desk("/nop"))
    assert (asked.status_code, "Nộp 40 hồ sơ?" in asked.text, press.letters("receipt")) == (200, True, [])
    assert visitor.post(press.desk("/nop"), {"viec": "nop"}).status_code == 303
    assert "Đã nộp 40 hồ sơ." in visitor.get(press.desk()).text
    receipts = press.letters("receipt")
    assert len(receipts) == 40
    with press.at_work():
        codes = session.scalars(select(Entry.code).order_by(Entry.id)).all()
        assert codes == [f"KH3-{n:04d}" for n in range(1, 41)]
        first = session.scalars(select(Entry).order_by(Entry.id)).first()
        assert first is not None
        assert set(first.declared) == {"commitment", "consent"}
        assert (first.owner_id, first.newsroom_id) == (press.people["contact"].id, press.scene.organ_id)

    asking = visitor.get(press.desk("/xac-nhan")).text
    assert "Xác nhận 40 tác phẩm do Báo Biển Xanh đăng, phát" in asking
    shown = re.findall(r'name="work" value="([^"]+)"', asking)
    assert visitor.post(press.desk("/xac-nhan"), {"work": shown}).status_code == 303
    assert "40 đã xác nhận" in visitor.get(press.desk()).text


def test_the_template_comes_back_as_a_list(press: Press) -> None:
    answer = press.visitor().get(press.desk("/mau.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    listed = book["Danh sách"]
    assert [cell.value for cell in listed[1]] == [str(each.heading) for each in FIELDS]
    guide = " ".join(str(cell.value) for row in book["Hướng dẫn"].rows for cell in row)
    assert all(str(each.hint) in guide for each in FIELDS)
    assert "Báo in" in guide
    for at, field in enumerate(FIELDS, start=1):
        listed.cell(2, at, (WORK | {"title": "Đường về bản"}).get(field.name, ""))
    filled = io.BytesIO()
    book.save(filled)
    sent = press.visitor().post(press.desk("/nap"), {"file": (io.BytesIO(filled.getvalue()), "mau.xlsx")})
    assert "1 tác phẩm sẽ nạp" in press.visitor().get(sent.headers["Location"]).text


def test_what_is_there_already_is_not_entered_again(press: Press) -> None:
    there = send(press, *forty()[:2]).headers["Location"]
    press.visitor().post(there)
    there = send(press, *forty()[:3]).headers["Location"]
    assert "1 tác phẩm sẽ nạp, 2 dòng đã có" in press.visitor().get(there).text
    press.visitor().post(there)
    assert count(press) == 3
    assert press.visitor().post(there).status_code == 403
    with press.at_work():
        assert session.scalars(select(Entry)).first().declared == {}  # type: ignore[union-attr]


def test_a_series_becomes_one_work_with_its_parts_and_files(press: Press) -> None:
    rows = [
        WORK | {"title": "Giữ lời hứa với dân", "part_title": "Kỳ 1", "files": "ky-1.pdf"},
        {"part_title": "Kỳ 2", "published_on": "06/7/2023", "files": "ky-2.pdf; ky-2b.pdf"},
    ]
    press.visitor().post(send(press, *rows).headers["Location"])
    with press.at_work():
        (entry,) = session.scalars(select(Entry)).all()
        assert [part.title for part in entry.parts] == ["Kỳ 1", "Kỳ 2"]
        named = select(ExpectedFile.name, Part.ordinal).join(Part, Part.id == ExpectedFile.part_id)
        assert session.execute(named.order_by(ExpectedFile.id)).tuples().all() == [
            ("ky-1.pdf", 1),
            ("ky-2.pdf", 2),
            ("ky-2b.pdf", 2),
        ]


def test_a_list_belongs_to_who_read_it_in(press: Press) -> None:
    there = send(press, *forty()[:1]).headers["Location"]
    assert press.visitor("chief").post(there).status_code == 403
    assert press.visitor("outsider").get(there).status_code == 404
    assert press.visitor("secretary").post(press.desk("/nap")).status_code == 403
    assert press.visitor().post(f"{there}/bo").status_code == 303
    assert press.visitor().get(there).status_code == 404
    assert count(press) == 0


def test_after_the_deadline_no_list_comes_in(press: Press) -> None:
    with press.at_work() as edition:
        edition.state = "screening"
    page = press.visitor().get(press.desk("/nap")).text
    assert "Đã hết thời hạn nhận tác phẩm" in page
    assert send(press, *forty()[:1]).status_code == 403


@pytest.mark.parametrize("content", [b"", b"Ten;Loai hinh"])
def test_what_is_no_list_is_told_so(press: Press, content: bytes) -> None:
    answer = press.visitor().post(press.desk("/nap"), {"file": (io.BytesIO(content), "x.xlsx")})
    assert answer.status_code == 422
    assert "Đây không phải tệp Excel (.xlsx)." in answer.text


def test_files_wait_in_the_places_their_names_belong_to(press: Press) -> None:
    rows = [
        WORK | {"title": "Giữ lời hứa với dân", "part_title": "Kỳ 1", "files": "ky-1.pdf"},
        {"part_title": "Kỳ 2", "published_on": "06/7/2023", "files": "ky-2.pdf; ghi-am.mp3"},
    ]
    visitor = press.visitor()
    assert "Không có hồ sơ nào chờ tệp" in visitor.get(press.desk("/tep")).text
    visitor.post(send(press, *rows).headers["Location"])
    assert press.desk("/tep") in visitor.get(press.desk()).text
    page = visitor.get(press.desk("/tep")).text
    assert "Còn chờ 2 tệp ghi trong danh sách." in page
    waiting = re.findall(r'<p class="small" id="cho-[^>]+>.+?Chờ tệp.+?</p>', page)
    assert [re.findall(r"Kỳ \d|[\w-]+\.pdf", each) for each in waiting] == [["Kỳ 1", "ky-1.pdf"], ["Kỳ 2", "ky-2.pdf"]]
    assert "không có mục nhận loại tệp này: ghi-am.mp3." in page
    with press.at_work():
        (entry,) = session.scalars(select(Entry)).all()
        place = press.scene.edition.categories[0].slots[0].id
        file = made_file(press.people["contact"], name="KY-1.PDF")
        entry.files.append(EntryFile(part_id=entry.parts[0].id, slot_id=place, file_id=file.id))
    assert "Còn chờ 1 tệp ghi trong danh sách." in visitor.get(press.desk("/tep")).text
    names = {"names": ["Tòa soạn/Giữ lời hứa với dân, kỳ 2.pdf", "khac.pdf"]}
    found = visitor.post_json(press.desk("/tep"), names).get_json()["places"]
    assert found[0].startswith(f"{entry.public_id}-")
    assert found[1] is None
    with press.at_work():
        (entry,) = session.scalars(select(Entry)).all()
        file = made_file(press.people["contact"], name="scan0002.pdf")
        entry.files.append(EntryFile(part_id=entry.parts[1].id, slot_id=place, file_id=file.id))
    assert "Mọi tệp ghi trong danh sách đã có." in visitor.get(press.desk("/tep")).text
    told = visitor.get(f"/iii-2023/tac-pham/{entry.public_id}").text
    assert "Danh sách đã nạp ghi tệp: ky-1.pdf; ky-2.pdf; ghi-am.mp3." in told
    assert "Còn chờ: ghi-am.mp3." in told


def test_no_listed_name_is_said_to_be_there_for_a_file_of_another_name(press: Press) -> None:
    visitor = press.visitor()
    visitor.post(send(press, WORK | {"title": "Đường về bản", "files": "a.pdf; b.pdf"}).headers["Location"])
    told = []
    for name in ("x.pdf", "y.pdf"):
        with press.at_work():
            (entry,) = session.scalars(select(Entry)).all()
            place, file = press.scene.edition.categories[0].slots[0].id, made_file(press.people["contact"], name=name)
            entry.files.append(EntryFile(part_id=entry.parts[0].id, slot_id=place, file_id=file.id))
        told.append(visitor.get(f"/iii-2023/tac-pham/{entry.public_id}").text)
    assert all("Danh sách đã nạp ghi tệp: a.pdf; b.pdf." in each for each in told)
    assert ["Còn chờ 1 tệp ghi trong danh sách." in each for each in told] == [True, False]
    assert not any("Các tệp ấy đã có." in each or "Còn chờ: " in each for each in told)
    line = re.findall(r'<p class="small" id="cho-[^>]+>.+?</p>', visitor.get(press.desk("/tep")).text)[0]
    assert ("Đã có" in line, "a.pdf" in line) == (True, False)


def test_cells_of_an_old_font_are_faults_that_tell_their_reading_and_are_taken_so_on_one_press(press: Press) -> None:
    old = WORK | {"title": "X\u00ad¬ng sèng cña §¶ng", "authors": "NguyÔn ThÞ V©n (Hµ V©n)", "genre": "Phãng sù"}
    there = send(press, old, WORK | {"title": "Giữ lời hứa với dân"}).headers["Location"]
    visitor = press.visitor()
    page = visitor.get(there).text
    assert "3 ô gõ bằng bảng mã cũ (TCVN3 hoặc VNI)." in page
    assert "Gõ bằng bảng mã TCVN3, đọc là “Xương sống của Đảng”." in page
    assert "gõ bằng bảng mã TCVN3, đọc là “Nguyễn Thị Vân (Hà Vân)”." in page
    assert visitor.post(there).status_code == 422
    assert count(press) == 0
    assert press.visitor("outsider").post(f"{there}/doi-ma").status_code == 404
    assert visitor.post(f"{there}/doi-ma").headers["Location"] == there
    page = visitor.get(there).text
    assert "Đã chuyển 3 ô sang Unicode." in page
    assert "bảng mã cũ" not in page
    assert "Xương sống của Đảng" in page
    assert "2 tác phẩm sẽ nạp" in page
    assert visitor.post(there, {"declared": "y"}).status_code == 303
    with press.at_work():
        titles = session.scalars(select(Entry.title).order_by(Entry.id)).all()
    assert titles == ["Xương sống của Đảng", "Giữ lời hứa với dân"]


def test_a_part_says_its_own_organ(press: Press) -> None:
    """A listed one is known again, another stays as typed; without one the part is of the organ of the work."""
    with press.at_work():
        listed = factories.newsroom("Đài Núi Bạc").id
    series = [
        WORK | {"title": "Chuyện ở bản", "part_title": f"Kỳ {n}", "published_on": f"0{n}/3/2023"} for n in (1, 2, 3)
    ]
    series[1]["part_publisher"], series[2]["part_publisher"] = "đài núi bạc", "Tạp chí Sông Xa"
    there = send(press, *series).headers["Location"]
    assert press.visitor().post(there, {"declared": "y"}).status_code == 303
    with press.app.app_context():
        parts = session.scalars(select(Part).order_by(Part.ordinal)).all()
        assert [(part.newsroom_id, part.newsroom_text) for part in parts] == [
            *((None, ""), (listed, ""), (None, "Tạp chí Sông Xa")),
        ]
