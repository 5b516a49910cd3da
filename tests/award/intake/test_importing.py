"""The secretariat's own list: from the template to lines of the ledger and dossiers, or nothing at all."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from award import dates
from award.clock import now
from award.db import session
from award.documents.tables import Column, Sheet, xlsx
from award.entries.models import Entry
from award.intake.columns import FIELDS
from award.intake.models import Parcel, ParcelWork
from award.newsrooms.models import EntryImport
from tests.award.intake.conftest import LEDGER, Desk

pytestmark = pytest.mark.db


def row(**more: Any) -> dict[str, Any]:
    arrived = dates.local(now()).date() - timedelta(days=1)
    return {
        "way": "Qua bưu điện",
        "sender": "Hội Nhà báo",
        "arrived_on": dates.day(arrived),
        "postmark": dates.day(arrived - timedelta(days=2)),
        "pieces": "1 bì, 1 USB",
        "kept_at": "Tủ 2",
        "category": "Báo in",
        "genre": "Phóng sự",
        "authors": "Nguyễn Thị Vân (Hà Vân)",
        "publisher": "Báo Biển Xanh",
        "published_on": "05/7/2023",
        **more,
    }


def workbook(*rows: dict[str, Any]) -> bytes:
    columns = [Column(str(each.heading), each.kind) for each in FIELDS]
    return xlsx([Sheet("Danh sách", columns, [[told.get(each.name, "") for each in FIELDS] for told in rows])])


def send(desk: Desk, *rows: dict[str, Any], who: str = "secretary") -> TestResponse:
    return desk.visitor(who).post(f"{LEDGER}/nap", {"file": (io.BytesIO(workbook(*rows)), "so.xlsx")})


def test_neighbours_that_came_alike_are_one_parcel_and_a_series_is_one_work(desk: Desk) -> None:
    rows = [
        row(title="Đường về bản"),
        row(title="Người giữ biển", pieces=""),
        row(title="Giữ lời hứa", sender="Trần Minh", way="Nộp trực tiếp", postmark="", part_title="Kỳ 1"),
        {"part_title": "Kỳ 2", "published_on": "06/7/2023"},
    ]
    visitor = desk.visitor()
    there = send(desk, *rows).headers["Location"]
    page = visitor.get(there).text
    assert "4 dòng: 2 gói, 3 tác phẩm sẽ nạp, 0 dòng đã có, 0 dòng cần sửa." in page
    with desk.at_work():
        assert session.query(Parcel).count() == 0
    done = visitor.post(there, {"declared": "y"}, follow_redirects=True)
    assert "Đã ghi 2 gói, lập 3 hồ sơ, chưa nộp." in done.text
    with desk.at_work():
        first, second = session.scalars(select(Parcel).order_by(Parcel.number))
        assert (first.sender, first.channel, second.channel) == ("Hội Nhà báo", "post", "hand")
        assert (first.newsroom_id, len(first.pieces)) == (desk.scene.organ_id, 2)
        assert dates.time_with_seconds(first.arrived_at) == "23:59:59"
        entries = session.scalars(select(Entry).order_by(Entry.id)).all()
        assert [(each.title, each.channel, len(each.parts)) for each in entries] == [
            ("Đường về bản", "post", 1),
            ("Người giữ biển", "post", 1),
            ("Giữ lời hứa", "hand", 2),
        ]
        assert entries[0].postmark_on == first.postmark_on
        assert set(entries[0].declared) == {"commitment", "consent"}
        assert [each.parcel_id for each in session.scalars(select(ParcelWork).order_by(ParcelWork.id))] == [
            first.id,
            first.id,
            second.id,
        ]
    again = visitor.get(send(desk, *rows).headers["Location"]).text
    assert "4 dòng đã có" in again, "the same list brings nothing twice"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"way": "Chim bồ câu"}, "Chưa rõ cách nhận này."),
        ({"way": ""}, "Chưa ghi cách nhận."),
        ({"sender": ""}, "Chưa ghi người gửi."),
        ({"arrived_on": "31/12/2099"}, "Chưa đọc được ngày này."),
        ({"arrived_on": ""}, "Chưa ghi ngày đến."),
        ({"postmark": dates.day(date.today() + timedelta(days=30))}, "Dấu bưu điện ghi sau ngày đến."),  # noqa: DTZ011
        ({"way": "USB"}, "Chỉ hồ sơ gửi qua bưu điện có dấu bưu điện."),
        ({"pieces": "0 bì"}, "Số lượng phải từ 1"),
        ({"category": "Báo lá cải"}, "Chưa rõ loại hình này."),
    ],
)
def test_one_bad_cell_is_shown_and_nothing_is_taken_in(desk: Desk, wrong: dict[str, str], sentence: str) -> None:
    there = send(desk, row(title="Đường về bản", sender="Lê Hòa"), row(**{"title": "Người giữ biển", **wrong}))
    visitor = desk.visitor()
    page = visitor.get(there.headers["Location"]).text
    assert sentence[1:] in page, "the name of its column stands before it"
    assert "1 dòng cần sửa" in page
    assert visitor.post(there.headers["Location"]).status_code == 422
    with desk.at_work():
        assert session.query(Parcel).count() == session.query(Entry).count() == 0
        assert session.query(EntryImport).one().state == "draft"


def test_what_came_too_late_is_written_down_without_a_dossier(desk: Desk) -> None:
    today = dates.local(now()).date()
    desk.deadline(today - timedelta(days=4))
    late = row(title="Người giữ biển", sender="Lê Hòa", postmark=dates.day(today - timedelta(days=3)))
    posted = row(title="Đường về bản", postmark=dates.day(today - timedelta(days=4)))
    visitor = desk.visitor()
    there = send(desk, posted, late).headers["Location"]
    assert "1 tác phẩm gửi quá hạn: ghi vào sổ, không lập hồ sơ." in visitor.get(there).text
    visitor.post(there)
    with desk.at_work():
        assert session.scalars(select(Entry.title)).all() == ["Đường về bản"]
        assert session.query(Parcel).count() == 2


def test_the_template_reads_as_it_is_written(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(desk.visitor().get(f"{LEDGER}/mau.xlsx").data))
    assert [cell.value for cell in book.worksheets[0][1]] == [str(each.heading) for each in FIELDS]
    offered = [each.formula1 for each in book.worksheets[0].data_validations.dataValidation]
    assert any("Qua bưu điện" in each for each in offered)
    assert len({str(each.heading) for each in FIELDS}) == len(FIELDS)


def test_a_list_is_of_who_read_it_in(desk: Desk) -> None:
    there = send(desk, row(title="Đường về bản")).headers["Location"]
    assert desk.visitor("colleague").post(there).status_code == 403
    assert desk.visitor("auditor").post(f"{LEDGER}/nap").status_code == 403
    assert desk.visitor("entrant").get(there).status_code == 403
    assert desk.visitor().post(f"{there}/bo").status_code == 303
    assert desk.visitor().get(there).status_code == 404
