"""The desk at its doors: a parcel in one form, the ledger and its filters, what is printed, who may look."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from award import dates
from award.clock import now
from award.db import session
from award.entries.models import Entry
from award.intake.models import Handover, Parcel
from tests.award.documents.reading import codes_of
from tests.award.intake.conftest import LEDGER, Desk

pytestmark = pytest.mark.db


def typed(desk: Desk, **more: str) -> dict[str, str]:
    with desk.app.app_context():
        category = desk.scene.edition.categories[0].public_id
    return {
        "sender": "Trần Minh",
        "newsroom": "Báo Biển Xanh",
        "channel": "post",
        "postmark": dates.day(dates.local(now()).date() - timedelta(days=2)),
        "pieces": "1 bì, 1 USB",
        "kept_at": "Tủ 2",
        "title": "Đường về bản",
        "category": category,
        "authors": "Nguyễn Thị Vân (Hà Vân), Trần Minh",
        **more,
    }


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_a_parcel_and_its_work_in_one_form_and_the_next_at_once(desk: Desk) -> None:
    visitor = desk.visitor()
    answer = visitor.post(f"{LEDGER}/ghi", typed(desk, declared="y"))
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{LEDGER}/ghi?vua=")
    page = visitor.get(answer.headers["Location"]).text
    assert "Đã ghi số 1: Trần Minh. Đã lập hồ sơ “Đường về bản”." in page
    assert re.search(r'name="kept_at" type="text" value="Tủ 2"', page), "the next one lies beside it"
    assert 'value="Trần Minh"' not in page
    with desk.at_work():
        parcel = session.scalars(select(Parcel)).one()
        entry = session.scalars(select(Entry)).one()
        assert [(each.kind, each.kept_at) for each in parcel.pieces] == [("envelope", "Tủ 2"), ("usb", "Tủ 2")]
        assert (parcel.newsroom_id, entry.newsroom_id) == (desk.scene.organ_id, desk.scene.organ_id)
        assert set(entry.declared) == {"commitment", "consent"}
        assert [each.legal_name for each in entry.authors] == ["Nguyễn Thị Vân", "Trần Minh"]
        key = entry.public_id
    assert visitor.get(f"/iii-2023/tac-pham/{key}").status_code == 200


def test_the_same_form_twice_is_one_line(desk: Desk) -> None:
    visitor, form = desk.visitor(), typed(desk, deed_key="the same key")
    first, second = (visitor.post(f"{LEDGER}/ghi", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with desk.at_work():
        assert session.query(Parcel).count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sender": " "}, "Chưa ghi người gửi."),
        ({"postmark": "hôm qua"}, "Nhập ngày theo mẫu"),
        ({"postmark": "31/12/2099"}, "Dấu bưu điện ghi sau ngày đến."),
        ({"channel": "hand"}, "Chỉ hồ sơ gửi qua bưu điện có dấu bưu điện."),
        ({"channel": "chim"}, "Chọn một trong các mục."),
        ({"pieces": "0 bì"}, "Số lượng phải từ 1"),
        ({"category": ""}, "Chọn loại hình để lập hồ sơ, hoặc bỏ tên tác phẩm."),
        ({"authors": ""}, "Chưa ghi tác giả."),
        ({"authors": "Vân (Hà"}, "Chưa đọc được tác giả"),
        ({"title": ""}, "Chưa ghi tên tác phẩm."),
        ({"arrived_on": "31/12/2099"}, "Ngày, giờ đến chưa tới."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    desk: Desk, wrong: dict[str, str], sentence: str
) -> None:
    answer = desk.visitor().post(f"{LEDGER}/ghi", typed(desk, **wrong))
    assert answer.status_code == 422
    assert sentence in answer.text
    with desk.at_work():
        assert session.query(Parcel).count() == 0


def test_a_parcel_without_a_work_is_a_line_too(desk: Desk) -> None:
    form = typed(desk, title="", authors="", category="", channel="usb", postmark="", newsroom="Hội Nhà báo")
    assert desk.visitor().post(f"{LEDGER}/ghi", form).status_code == 303
    page = desk.visitor("auditor").get(f"{LEDGER}?tinh-trang=alone").text
    assert "Trần Minh" in page
    assert "Hội Nhà báo" in page
    assert "Ghi gói hồ sơ" not in page, "who only reads is offered nothing to write"


def test_a_late_parcel_is_told_of_at_once(desk: Desk) -> None:
    desk.deadline(date(2023, 9, 30))
    visitor = desk.visitor()
    there = visitor.post(f"{LEDGER}/ghi", typed(desk)).headers["Location"]
    assert "Quá hạn theo dấu bưu điện. Căn cứ: khoản 2 Điều 6 Thể lệ." in visitor.get(there).text
    with desk.at_work():
        assert session.query(Entry).count() == 0
    page = visitor.get(desk.address(there.partition("=")[2])).text
    assert "Gói được ghi vào sổ, không lập hồ sơ dự Giải." in page


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("", {"Trần Minh", "Lê Hòa", "Bùi Cúc"}),
        ("?tim=tran+minh", {"Trần Minh"}),
        ("?tim=L%C3%AA+ho%C3%A0", {"Lê Hòa"}),
        ("?tim=duong+ve", {"Lê Hòa"}),
        ("?tim=nguyen+thi+van", {"Lê Hòa"}),
        ("?tim=bao+bien", {"Bùi Cúc"}),
        ("?tim=KH3-TN0002", {"Lê Hòa"}),
        ("?tim=3", {"Bùi Cúc"}),
        ("?cach-nhan=hand", {"Bùi Cúc"}),
        ("?tinh-trang=begun", {"Lê Hòa"}),
        ("?tinh-trang=works", set()),
        ("?tinh-trang=alone&cach-nhan=post", {"Trần Minh"}),
        ("?tinh-trang=khong-co", {"Trần Minh", "Lê Hòa", "Bùi Cúc"}),
    ],
)
def test_filters_stand_in_the_address_and_the_file_holds_what_is_seen(
    desk: Desk, address: str, lines: set[str]
) -> None:
    desk.registered("Trần Minh")
    desk.registered("Lê Hòa", title="Đường về bản")
    desk.registered("Bùi Cúc", channel="hand", newsroom="Báo Biển Xanh")
    visitor = desk.visitor()
    page = visitor.get(LEDGER + address).text
    assert {name for name in ("Trần Minh", "Lê Hòa", "Bùi Cúc") if name in page} == lines
    book = visitor.get(f"{LEDGER}{address}{'&' if address else '?'}tai-ve=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).active
    assert sheet is not None
    assert {row[6] for row in sheet.iter_rows(min_row=4, values_only=True)} == lines


def test_the_code_of_a_label_opens_its_parcel(desk: Desk) -> None:
    desk.registered("Trần Minh")
    key = desk.registered("Lê Hòa")
    visitor = desk.visitor("auditor")
    for way in (
        "mo?ma=2",
        "mo?ma=KH3-TN0002",
        "mo?ma=http://127.0.0.1:8000/iii-2023/tiep-nhan/ma/KH3-TN0002",
        "ma/KH3-TN0002",
    ):
        assert visitor.get(f"{LEDGER}/{way}").headers["Location"] == desk.address(key)
    astray = visitor.get(f"{LEDGER}/mo?ma=KH3-TN0099", follow_redirects=True)
    assert "Không có gói nào mang mã “KH3-TN0099” trong sổ này." in astray.text


def test_labels_alone_and_on_sheets(desk: Desk) -> None:
    keys = [desk.registered(f"Người gửi {n}") for n in range(1, 31)]
    visitor = desk.visitor()
    single = visitor.get(desk.address(keys[4], "/nhan.pdf")).data
    assert "KH3-TN0005" in text_of(single)
    assert [round(side / 72 * 25.4) for side in pypdfium2.PdfDocument(single)[0].get_size()] == [70, 37]
    sheets = visitor.get(f"{LEDGER}/nhan.pdf?tu=1&den=30").data
    assert len(pypdfium2.PdfDocument(sheets)) == 2
    assert text_of(sheets).count("KH3-TN") == 30
    assert len(pypdfium2.PdfDocument(visitor.get(f"{LEDGER}/nhan.pdf?tu=1&den=20&o=6").data)) == 2
    assert visitor.get(f"{LEDGER}/nhan.pdf?tu=40&den=50").status_code == 404


def test_the_picture_on_a_label_says_where_its_parcel_is(desk: Desk) -> None:
    key = desk.registered("Trần Minh")
    ((said,),) = codes_of(desk.visitor().get(desk.address(key, "/nhan.pdf")).data, scale=8)
    assert said.endswith(f"{LEDGER}/ma/KH3-TN0001")


def test_the_receipt_says_what_came_and_promises_nothing(desk: Desk) -> None:
    key = desk.registered("Trần Minh", pieces="1 bì, 2 USB", postmark=dates.local(now()).date(), title="Đường về bản")
    told = text_of(desk.visitor().get(desk.address(key, "/bien-nhan.pdf")).data)
    for words in ("KH3-TN0001", "Trần Minh", "Qua bưu điện", "1 bì thư, 2 USB", "Đường về bản", "kiểm tra sau"):
        assert words in told, told
    assert desk.visitor().get(desk.address(key, "/bien-nhan.docx")).status_code == 200
    assert desk.visitor().get(desk.address(key, "/bien-nhan.txt")).status_code == 404


def test_things_are_chosen_given_back_and_signed_for(desk: Desk) -> None:
    desk.registered("Trần Minh", pieces="1 bì, 2 USB màu đen", kept_at="Tủ 1")
    desk.registered("Lê Hòa", channel="disk", pieces="1 ổ cứng")
    visitor = desk.visitor()
    page = visitor.get(f"{LEDGER}/hien-vat?con=kept&tim=tran+minh").text
    keys = re.findall(r'name="piece" value="(\w+)"', page)
    assert len(keys) == 2
    nothing = visitor.post(f"{LEDGER}/hien-vat", {"receiver": "Trần Minh"})
    assert (nothing.status_code, "Chưa chọn hiện vật nào" in nothing.text) == (422, True)
    assert visitor.post(f"{LEDGER}/hien-vat", {"receiver": "", "piece": keys}).status_code == 422
    there = visitor.post(f"{LEDGER}/hien-vat", {"receiver": "Trần Minh", "piece": keys}).headers["Location"]
    assert "Đã trả lại cho Trần Minh" in visitor.get(there).text
    sheet = text_of(visitor.get(f"{there}.pdf").data)
    for words in ("KH3-TN0001", "USB màu đen", "Ký nhận"):
        assert words in sheet, sheet
    assert "ổ cứng" not in sheet
    listed = visitor.get(f"{LEDGER}/hien-vat?con=given&tai-ve=csv").data.decode()
    assert listed.count("KH3-TN0001") == 2
    assert "KH3-TN0002" not in listed
    with desk.at_work():
        assert session.query(Handover).count() == 1


def test_works_are_put_to_a_parcel_on_its_page(desk: Desk) -> None:
    with desk.at_work():
        online = desk.scene.submitted(title="Giữ lời hứa với dân").public_id
    key, visitor = desk.registered("Trần Minh"), desk.visitor()
    page = visitor.get(desk.address(key, "?tim=giu+loi")).text
    assert "Gắn với hồ sơ này" in page
    assert visitor.post(desk.address(key, "/ghep"), {"entry": online}).status_code == 303
    assert visitor.post(desk.address(key, "/ghep"), {"entry": "khongcothat2"}).status_code == 404
    form = typed(desk)
    assert visitor.post(desk.address(key, "/tac-pham"), {**form, "title": ""}).status_code == 422
    opened = visitor.post(desk.address(key, "/tac-pham"), form)
    assert opened.status_code == 303
    dossier = visitor.get(opened.headers["Location"]).text
    assert "Hồ sơ giấy của Nguyễn Thị Vân, Trần Minh, nhập thay tác giả: gói số 1" in dossier
    assert f'href="{desk.address(key)}"' in dossier
    assert "Đã gắn, chưa nộp" in visitor.get(desk.address(key)).text
    page = desk.visitor("colleague").get(desk.address(key)).text
    assert "Giữ lời hứa với dân" in page
    assert "Nhận khai tiếp" in page
    with desk.at_work():
        begun = session.scalars(select(Entry).where(Entry.title == "Đường về bản")).one().public_id
    assert desk.visitor("colleague").get(f"/iii-2023/tac-pham/{begun}").status_code == 404
    assert desk.visitor("colleague").post(desk.address(key, f"/tac-pham/{begun}/nhan")).status_code == 303
    assert desk.visitor("colleague").get(f"/iii-2023/tac-pham/{begun}").status_code == 200
    assert visitor.post(desk.address(key, f"/tac-pham/{begun}/bo")).status_code == 303
    assert visitor.post(desk.address(key, f"/tac-pham/{online}/bo")).status_code == 303
    assert "Chưa gắn tác phẩm nào." in visitor.get(desk.address(key)).text


def test_a_line_is_corrected_and_crossed_out_on_its_page(desk: Desk) -> None:
    key, visitor = desk.registered("Trần Min"), desk.visitor()
    assert visitor.post(desk.address(key), typed(desk, postmark="31/12/2099")).status_code == 422
    assert visitor.post(desk.address(key), typed(desk)).status_code == 303
    assert "Trần Minh" in visitor.get(desk.address(key)).text
    assert visitor.post(desk.address(key, "/ghi-nham"), {"reason": ""}).status_code == 422
    assert visitor.post(desk.address(key, "/ghi-nham"), {"reason": "Ghi hai lần"}).status_code == 303
    page = visitor.get(desk.address(key)).text
    assert "Ghi hai lần" in page
    assert "Sửa dòng này" not in page
    assert visitor.get(desk.address(key, "/nhan.pdf")).status_code == 404


@pytest.mark.parametrize("act", ["", "/ghi", "/hien-vat", "/mo?ma=1"])
def test_to_others_the_ledger_is_shut(desk: Desk, act: str) -> None:
    assert desk.visitor("entrant").get(LEDGER + act).status_code == 403
