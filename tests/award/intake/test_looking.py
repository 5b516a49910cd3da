"""What is said of a parcel while it is typed: by the same rules as everywhere, and nothing of it is kept."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from award import dates
from award.clock import now
from award.db import session
from award.entries.models import Entry
from award.intake.models import Parcel, ParcelWork
from award.log.models import Event
from tests.award.intake.conftest import LEDGER, Desk

pytestmark = pytest.mark.db


def typed(desk: Desk, **fields: Any) -> dict[str, Any]:
    with desk.at_work() as edition:
        category = edition.categories[0].public_id
    return {"channel": "post", "sender": "Trần Minh", "category": category, "authors": "Nguyễn Thị Vân", **fields}


def said(desk: Desk, **fields: Any) -> str:
    answer = desk.visitor().post(f"{LEDGER}/xet", typed(desk, **fields))
    assert answer.status_code == 200
    return answer.text


def test_the_rules_speak_while_the_work_is_typed_and_nothing_is_kept(desk: Desk) -> None:
    with desk.at_work():
        for _ in range(2):
            desk.scene.submitted()
    with desk.at_work():
        before = [session.scalar(select(func.count()).select_from(each)) for each in (Entry, Event)]
    known = {"title": "Sau cơn bão", "newsroom": "Báo Biển Xanh"}
    assert "khoản 1 Điều 5" in said(desk, **known), "a third work of one author"
    assert "khoản 1 Điều 5" not in said(desk, **known | {"authors": "Lê Văn Gió"})
    elsewhere = said(desk, **known | {"newsroom": "Đài Núi Bạc"})
    assert "state--warn" in elsewhere, "a namesake at another organ may be somebody else"
    assert "tính cả người trùng tên" in elsewhere
    assert "state--bad" not in elsewhere
    with desk.at_work():
        assert [session.scalar(select(func.count()).select_from(each)) for each in (Entry, Event)] == before
        assert session.scalar(select(func.count()).select_from(Parcel)) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": "", "authors": ""},
        {"title": "Sóng", "authors": "(("},
        {"title": "Sóng", "category": "khong-co"},
        {"title": "Sóng", "arrived_on": "01/01/2099"},
        {"title": "Sóng", "postmark": "hôm qua"},
        {"channel": "bồ câu"},
    ],
    ids=str,
)
def test_what_is_half_typed_is_no_fault(desk: Desk, fields: dict[str, str]) -> None:
    assert 'class="state state--bad' not in said(desk, **fields)


def test_a_late_postmark_is_told_before_the_line_is_written(desk: Desk) -> None:
    today = dates.local(now()).date()
    desk.deadline(today - timedelta(days=3))
    for days, late in ((1, True), (3, False)):
        told = said(desk, title="Sau cơn bão", postmark=dates.day(today - timedelta(days=days)))
        assert ("không lập hồ sơ dự Giải" in told) is late


def test_a_dossier_entered_online_is_offered_and_the_parcel_put_to_it(desk: Desk) -> None:
    with desk.at_work():
        online = desk.scene.submitted(title="Đường về bản")
        key, code = online.public_id, online.code
        desk.scene.draft(title="Đường về bản làng")
    told = said(desk, title="duong ve ban")
    assert f"Gắn gói này với {code}" in told
    assert "bản làng" not in told, "what is not submitted is nobody else's to see"
    page = desk.visitor().post(f"{LEDGER}/ghi", typed(desk, title="Đường về bản", entry=key), follow_redirects=True)
    assert f"Đã gắn với hồ sơ {code} “Đường về bản”." in page.text
    with desk.at_work():
        (beside,) = session.scalars(select(ParcelWork))
        assert (beside.begun, session.get_one(Entry, beside.entry_id).public_id) == (False, key)
        assert session.scalar(select(func.count()).select_from(Entry)) == 2
