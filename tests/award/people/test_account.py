"""One's own account: facts, sessions, the way to passwords and codes."""

import json

from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.dates import local
from award.db import session, unit_of_work
from award.log.models import Event
from award.people.models import NewsroomName, Person, User
from award.people.queries import newsrooms_by_name
from tests import factories
from tests.award.people.conftest import letters, member, sign_in
from tests.visitor import Visitor

EDIT = {
    "legal_name": "Nguyễn Thị Vân Anh",
    "pen_name": "Sông Mây",
    "phone": "0905 222 333",
    "press_card": "NB 001234",
    "newsroom": "",
    "newsroom_words": "Đài Núi Bạc",
    "form_of_address": "đồng chí",
}


def test_the_page_leads_to_everything_of_the_account(app: Flask) -> None:
    page = Visitor(app, member(app)).get("/tai-khoan").text
    for address in ("/doi-mat-khau", "/ma-xac-nhan/thiet-lap", "/ma-du-phong", "/dang-xuat"):
        assert f'"{address}"' in page
    assert "van@example.vn" in page
    assert "chưa được xác nhận" not in page


def test_facts_are_kept_and_what_stood_before_stays_with_the_event(app: Flask) -> None:
    person = member(app)
    visitor = Visitor(app, person)
    assert visitor.post("/tai-khoan", EDIT).location == "/tai-khoan"
    with app.app_context():
        kept = session.get_one(Person, person.id)
        assert (kept.legal_name, kept.pen_name, kept.phone) == ("Nguyễn Thị Vân Anh", "Sông Mây", "0905 222 333")
        assert (kept.newsroom_words, kept.press_card) == ("Đài Núi Bạc", "NB 001234")
        assert kept.form_of_address == "đồng chí"
        assert session.scalar(select(Event.kind)) == "person.edited"
    page = visitor.get("/tai-khoan").text
    assert "Đã lưu thông tin tài khoản." in page
    assert "Sông Mây" in page


def test_a_fault_keeps_what_was_typed(app: Flask) -> None:
    visitor = Visitor(app, member(app))
    response = visitor.post("/tai-khoan", {**EDIT, "legal_name": "", "phone": "x"})
    assert response.status_code == 422
    assert "Chưa ghi họ và tên." in response.text
    assert "Sông Mây" in response.text


def test_a_listed_newsroom_is_chosen_and_shown_again(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        organ = factories.newsroom("Báo Biển Xanh")
    visitor = Visitor(app, member(app))
    visitor.post("/tai-khoan", {**EDIT, "newsroom": organ.public_id})
    page = visitor.get("/tai-khoan").text
    assert f'<option value="{organ.public_id}" selected>Báo Biển Xanh</option>' in page
    assert "Đài Núi Bạc" not in page
    assert visitor.post("/tai-khoan", {**EDIT, "newsroom": "khongco"}).status_code == 422


def test_newsrooms_stand_in_vietnamese_order_under_the_names_of_the_day(ctx: Flask) -> None:
    today = local(now()).date()
    with unit_of_work():
        for name in ("Đài Núi Bạc", "Ấn phẩm Sóng", "Báo Biển Xanh", "Dân Miền Núi"):
            factories.newsroom(name)
        renamed = factories.newsroom("Tên Cũ")
        renamed.names[0].valid_to = today.replace(year=today.year - 1)
        renamed.names.append(NewsroomName(name="Ánh Dương", valid_from=today.replace(year=today.year - 1)))
        merged = factories.newsroom("Báo Đã Nhập", successor_id=renamed.id)
    listed = newsrooms_by_name(today)
    assert [name for _, name in listed] == ["Ánh Dương", "Ấn phẩm Sóng", "Báo Biển Xanh", "Dân Miền Núi", "Đài Núi Bạc"]
    assert merged.id not in {newsroom.id for newsroom, _ in listed}


def test_an_unconfirmed_address_is_said_and_gets_another_letter(app: Flask) -> None:
    person = member(app)
    with app.app_context(), unit_of_work():
        session.get_one(User, person.user.id).confirmed_at = None  # type: ignore[union-attr]
    visitor = Visitor(app, person)
    assert "chưa được xác nhận" in visitor.get("/tai-khoan").text
    assert visitor.post("/tai-khoan/gui-lai-thu-xac-nhan").location == "/tai-khoan"
    assert [letter.kind for letter in letters(app)] == ["confirm_address"]


def test_a_confirmed_address_gets_no_other_letter(app: Flask) -> None:
    Visitor(app, member(app)).post("/tai-khoan/gui-lai-thu-xac-nhan")
    assert letters(app) == []


def test_sessions_are_listed_by_the_words_of_their_browsers(app: Flask, visitor: Visitor) -> None:
    member(app)
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
    form = {"email": "van@example.vn", "password": "sóng biển rì rào"}
    Visitor(app).post("/dang-nhap", form, headers={"User-Agent": agent})
    sign_in(visitor)
    page = visitor.get("/tai-khoan").text
    assert "Chrome, Android" in page
    assert page.count("(máy này)") == 1
    assert page.count("Kết thúc phiên") == 2


def test_large_type_goes_with_the_account_to_every_device(app: Flask) -> None:
    person = member(app)
    here, there = Visitor(app, person), Visitor(app, person)
    large = '<html lang="vi" data-size="large"'
    here.client.set_cookie("size", "large", domain="127.0.0.1")
    assert large in here.get("/tai-khoan").text, "a device that was told before the account was"
    assert large not in there.get("/tai-khoan").text
    assert there.post("/tai-khoan/co-chu", {"size": "large"}).location == "/tai-khoan#co-chu"
    for device in (here, there):
        assert large in device.get("/tai-khoan").text
    there.post("/dang-xuat")
    assert large not in there.get("/").text
    here.post("/tai-khoan/co-chu", {"size": ""})
    assert large not in here.get("/tai-khoan").text, "the account goes before the device"
    with app.app_context():
        chosen = select(Event.payload).where(Event.kind == "account.type_size_chosen").order_by(Event.id)
        assert [json.loads(payload)["facts"]["large"] for payload in session.scalars(chosen)] == [1, 0]
