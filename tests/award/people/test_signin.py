"""Signing in and out: one answer for every fault, nothing outside our sessions, no way out of the house by `next`."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask_security.core import _default_messages
from sqlalchemy import func, select

from award.db import session, unit_of_work
from award.people.library_settings import MESSAGES
from award.people.models import User, WebSession
from award.people.signin import current_person, person_of_account
from tests.award.people.conftest import ORIGIN, PASSWORD, is_inside, letters, link_in, member, sign_in
from tests.visitor import Visitor

WRONG = "Email hoặc mật khẩu chưa đúng."


def without_secrets(page: str) -> str:
    return re.sub(r'(name="(?:csrf_token|deed_key)" value=")[^"]*', r"\1", page)


def test_the_right_password_opens_and_signing_out_closes(app: Flask, visitor: Visitor) -> None:
    member(app)
    assert sign_in(visitor) == "/ban-lam-viec"
    assert is_inside(visitor)
    assert visitor.post("/dang-xuat").location == "/"
    assert not is_inside(visitor)


def test_the_address_is_read_as_people_type_it(app: Flask, visitor: Visitor) -> None:
    member(app)
    assert sign_in(visitor, " VAN@Example.VN ") == "/ban-lam-viec"


def test_the_password_is_the_same_however_the_keyboard_composed_it(app: Flask, visitor: Visitor) -> None:
    member(app)
    decomposed = "so\u0301ng bie\u0302\u0309n ri\u0300 ra\u0300o"
    assert decomposed != PASSWORD
    sign_in(visitor, password=decomposed)


@pytest.mark.parametrize("password", [PASSWORD + " ", PASSWORD.upper(), "khác hẳn"])
def test_nothing_else_opens(app: Flask, visitor: Visitor, password: str) -> None:
    member(app)
    response = visitor.post("/dang-nhap", {"email": "van@example.vn", "password": password})
    assert response.status_code == 422
    assert WRONG in response.text
    assert not is_inside(visitor)


def test_every_fault_has_the_same_page(app: Flask) -> None:
    member(app)
    closed = member(app, "dong@example.vn")
    with app.app_context(), unit_of_work():
        session.get_one(User, closed.user.id).active = False  # type: ignore[union-attr]
    pages = set()
    for email, password in (
        ("van@example.vn", "sai mật khẩu"),
        ("lạ@example.vn", PASSWORD),
        ("khongco@example.vn", PASSWORD),
        ("dong@example.vn", PASSWORD),
    ):
        response = Visitor(app).post("/dang-nhap", {"email": email, "password": password})
        assert response.status_code == 422
        pages.add(without_secrets(response.text).replace(email, ""))
    assert len(pages) == 1


def test_a_closed_account_ends_where_it_is_open(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    sign_in(visitor)
    with app.app_context(), unit_of_work():
        session.get_one(User, person.user.id).active = False  # type: ignore[union-attr]
    assert not is_inside(visitor)


def test_without_the_token_of_the_form_nothing_is_read(app: Flask, visitor: Visitor) -> None:
    member(app)
    form = {"email": "van@example.vn", "password": PASSWORD}
    for address in ("/dang-nhap", "/dang-ky", "/quen-mat-khau", "/dang-xuat", "/ma-xac-nhan", "/tai-khoan"):
        assert visitor.client.post(address, data=form, base_url=ORIGIN).status_code == 400, address
    assert not is_inside(visitor)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_posts_nothing_here(app: Flask, visitor: Visitor, site: str) -> None:
    member(app)
    form = {"email": "van@example.vn", "password": PASSWORD}
    assert visitor.post("/dang-nhap", form, headers={"Sec-Fetch-Site": site}).status_code == 400
    assert not is_inside(visitor)


OUTSIDE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    " //evil.example",
    "\t//evil.example",
    "\x19////evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "http:evil.example",
    "http:///evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "http://127.0.0.1:8000@evil.example/",
    "http://127.0.0.1:8000.evil.example/",
    "https://evil.example\\.127.0.0.1:8000",
    "%2F%2Fevil.example",
    "/%09/evil.example",
]


def lands_at(location: str) -> tuple[str, str]:
    """(host, path) as a browser reads a Location: blanks and controls dropped, backslashes are slashes."""
    read = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
    assert not read.startswith("//"), location
    parts = urlsplit(read)
    assert parts.scheme in {"", "http"}, location
    return parts.netloc, parts.path


@pytest.mark.parametrize("how", ["form", "address"])
def test_next_never_leads_out(app: Flask, how: str) -> None:
    member(app)
    form = {"email": "van@example.vn", "password": PASSWORD}
    for place in OUTSIDE:
        visitor = Visitor(app)
        if how == "form":
            inside = visitor.post("/dang-nhap", {**form, "next": place})
        else:
            inside = visitor.post("/dang-nhap", form, query_string={"next": place})
        again = visitor.post("/nhap-lai-mat-khau", {"password": PASSWORD, "next": place})
        outside = visitor.post("/dang-xuat", {"next": place})
        for response in (inside, again, outside):
            assert response.status_code == 302, place
            assert lands_at(response.location)[0] in {"", "127.0.0.1:8000"}, place


def test_next_leads_back_to_the_page_that_asked(app: Flask, visitor: Visitor) -> None:
    member(app)
    asked = visitor.get("/tai-khoan")
    assert asked.location == "/dang-nhap?next=/tai-khoan"
    page = visitor.get(asked.location).text
    assert 'name="next" value="/tai-khoan"' in page
    assert sign_in(visitor, next="/tai-khoan") == "/tai-khoan"


def test_a_script_that_is_not_signed_in_is_told_in_json(visitor: Visitor) -> None:
    answer = visitor.get("/tai-khoan", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (401, {"status": 401})


def test_no_token_signs_in_beside_the_session(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    answer = visitor.post_json(
        "/dang-nhap?include_auth_token", {"email": "van@example.vn", "password": PASSWORD, "remember": True}
    )
    assert "authentication_token" not in answer.text
    assert [name for name in answer.headers.getlist("Set-Cookie") if name.startswith("remember_token")] == []
    with app.test_request_context():
        token = session.get_one(User, person.user.id).get_auth_token()  # type: ignore[union-attr]
    stranger = Visitor(app)
    assert stranger.get("/tai-khoan", headers={"Authentication-Token": str(token)}).status_code == 302
    assert stranger.get("/tai-khoan", query_string={"auth_token": str(token)}).status_code == 302


def test_forgotten_password(app: Flask, visitor: Visitor) -> None:
    member(app)
    elsewhere = Visitor(app)
    sign_in(elsewhere)
    visitor.post("/quen-mat-khau", {"email": "van@example.vn"})
    link = link_in(letters(app, "reset_password")[0])
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, {"password": "12345678"}).status_code == 422
    assert visitor.post(link, {"password": "gió đông bắc"}).location == "/dang-nhap"
    assert not is_inside(visitor), "a reset does not sign in"
    assert not is_inside(elsewhere), "a reset ends every session"
    assert visitor.get(link).location == "/quen-mat-khau", "the link is good for once"
    assert visitor.post(link, {"password": "gió tây nam"}).location == "/quen-mat-khau"
    sign_in(visitor, password="gió đông bắc")
    assert letters(app, "password_changed")[0].to_address == "van@example.vn"


def test_asking_for_a_reset_tells_nothing_of_the_address(app: Flask) -> None:
    member(app)
    pages = {
        without_secrets(Visitor(app).post("/quen-mat-khau", {"email": email}).text).replace(email, "")
        for email in ("van@example.vn", "khongco@example.vn")
    }
    assert len(pages) == 1
    assert "Nếu địa chỉ này có tài khoản" in pages.pop()
    assert len(letters(app)) == 1


def test_asking_for_another_confirmation_tells_nothing_of_the_address(app: Flask) -> None:
    member(app)
    waiting = member(app, "cho@example.vn")
    with app.app_context(), unit_of_work():
        session.get_one(User, waiting.user.id).confirmed_at = None  # type: ignore[union-attr]
    pages = {
        without_secrets(Visitor(app).post("/xac-nhan-email", {"email": email}).text).replace(email, "")
        for email in ("van@example.vn", "khongco@example.vn", "cho@example.vn")
    }
    assert len(pages) == 1
    assert [letter.to_address for letter in letters(app)] == ["cho@example.vn"]


def test_changing_the_password_needs_the_present_one_and_ends_the_other_sessions(app: Flask, visitor: Visitor) -> None:
    member(app)
    elsewhere = Visitor(app)
    sign_in(visitor)
    sign_in(elsewhere)
    new = "gió đông bắc"
    assert visitor.post("/doi-mat-khau", {"password": "sai", "new_password": new}).status_code == 422
    assert visitor.post("/doi-mat-khau", {"password": PASSWORD, "new_password": "12345678"}).status_code == 422
    assert is_inside(elsewhere)
    assert visitor.post("/doi-mat-khau", {"password": PASSWORD, "new_password": new}).location == "/tai-khoan"
    assert is_inside(visitor)
    assert not is_inside(elsewhere)
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(WebSession).where(WebSession.user_id.is_not(None))) == 1
    assert [letter.kind for letter in letters(app)] == ["password_changed"]
    sign_in(elsewhere, password=new)


def test_the_person_of_an_account_and_of_a_request(app: Flask) -> None:
    person = member(app)
    with app.test_request_context():
        assert current_person() is None
        found = person_of_account("Van@Example.vn")
        assert found is not None
        assert found.id == person.id
        assert person_of_account("khongco@example.vn") is None


NOT_OFFERED = """
    API_ERROR CHANGE_EMAIL CODE_HAS FAILED_TO GENERIC_US IDENTITY INVALID_INPUT_LENGTH INVALID_LOGIN LOGIN_E OAUTH
    PASSWORDLESS PASSWORD_BREACHED PASSWORD_TOO_SIMPLE PHONE REFRESH_TOKEN RETYPE US_ USE_CODE USERNAME WEBAUTHN
    EMAIL_ALREADY CONFIRM_REGISTRATION INVALID_PASSWORD_CODE
"""
"""What the features that are switched off would say."""


def test_every_sentence_of_the_library_that_can_be_met_is_ours() -> None:
    met = {key for key in _default_messages if not key.startswith(tuple(NOT_OFFERED.split()))}
    assert met - MESSAGES.keys() == set()
    assert MESSAGES.keys() - _default_messages.keys() == set()
