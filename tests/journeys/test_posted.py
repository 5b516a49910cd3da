"""A parcel in the post: written down after the deadline, entered in its author's name, submitted, screened."""

import re
from datetime import date, timedelta

import pytest

from award import dates
from award.clock import now
from award.db import session
from award.entries.models import Entry, EntryFile
from tests.award.entries.conftest import made_file
from tests.award.intake.conftest import LEDGER, Desk, desk

pytestmark = pytest.mark.db

__all__ = ["desk"]


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page)
    assert found
    return found[1]


def test_from_the_envelope_to_the_reading_of_its_dossier(desk: Desk) -> None:
    today = dates.local(now()).date()
    last, posted = today - timedelta(days=2), today - timedelta(days=3)
    desk.deadline(last)
    with desk.at_work() as edition:
        category = edition.categories[0]
        category_key, genre = category.public_id, category.genres[0].id
        edition.state = "screening"
    secretary = desk.visitor()
    assert "Ghi hồ sơ gửi đến qua bưu điện" in secretary.get("/ban-lam-viec").text

    there = secretary.post(
        f"{LEDGER}/ghi",
        {
            "sender": "Nguyễn Thị Vân",
            "newsroom": "Báo Biển Xanh",
            "channel": "post",
            "postmark": dates.day(posted),
            "pieces": "1 bì, 1 USB",
            "kept_at": "Tủ 2",
            "title": "Đường về bản",
            "category": category_key,
            "authors": "Nguyễn Thị Vân (Hà Vân)",
            "phone": "0905 123 456",
            "declared": "y",
        },
    ).headers["Location"]
    parcel = desk.address(there.partition("vua=")[2])
    page = secretary.get(parcel).text
    assert "Đúng hạn theo dấu bưu điện. Căn cứ: khoản 2 Điều 6 Thể lệ." in page
    work = re.search(r'href="(/iii-2023/tac-pham/\w+)"', page)
    assert work
    form = work[1]

    for step, fields in (
        ("khai", {"title": "Đường về bản", "genre": str(genre), "publisher": "Báo Biển Xanh", "byline": "Hà Vân"}),
        ("cac-ky", {"published_on": "02/3/2023", "issue": "7520", "page": "3", "place": "Xây dựng Đảng", "title": ""}),
        ("cam-ket", {"no_prior_prize": "yes", "commitment": "y", "consent": "y"}),
    ):
        shown = secretary.get(f"{form}/{step}").text
        row = re.search(r'name="([2-9a-z]{12})-published_on"', shown)
        said = {f"{row[1]}-{name}": text for name, text in fields.items()} if row else fields
        assert secretary.post(f"{form}/{step}", {"version": version_in(shown), **said}).status_code in {200, 303}
    with desk.at_work() as edition:
        entry = session.query(Entry).one()
        slot = edition.categories[0].slots[0]
        file = made_file(desk.people["secretary"])
        entry.files.append(EntryFile(part_id=entry.parts[0].id, slot_id=slot.id, file_id=file.id))
        entry.no_prior_prize = True
    sent = secretary.post(f"{form}/nop", {"insist": "y"})
    assert sent.status_code == 303, sent.text
    receipt = secretary.get(f"{form}/bien-nhan").text
    with desk.at_work():
        entry = session.query(Entry).one()
        assert entry.submitted_at == entry.came_at, "received when the parcel came"
        assert dates.receipt_moment(entry.came_at) in receipt
        assert isinstance(entry.postmark_on, date)
        key = entry.public_id

    dossier = desk.visitor("colleague").get(f"/iii-2023/kiem-tra/{key}").text
    assert "KH3-TN0001" in dossier
    assert f"Qua bưu điện, dấu bưu điện {dates.day(posted)}" in dossier
    assert "Đúng hạn theo dấu bưu điện" in dossier
    assert "1 bì thư, 1 USB" in dossier
    assert "Đường về bản" in secretary.get(f"{LEDGER}?tinh-trang=works").text
