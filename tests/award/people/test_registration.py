"""Registering: one answer for every address, one letter, consent with its version."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from award.clock import now
from award.db import session, unit_of_work
from award.people import letters as writing
from award.people import operations
from award.people.models import Consent, ConsentText, Person, User
from tests import factories
from tests.award.people.conftest import PASSWORD, letters, link_in, member
from tests.visitor import Visitor

FORM = {
    "legal_name": "Nguyễn Thị Vân",
    "pen_name": "Hà Vân",
    "email": "van@example.vn",
    "phone": "0905 111 222",
    "newsroom": "",
    "newsroom_words": "Báo Sông Xanh",
    "password": PASSWORD,
    "consent": "y",
}


def test_the_page_asks_for_a_password_once_and_leaves_the_consent_empty(visitor: Visitor) -> None:
    page = visitor.get("/dang-ky").text
    assert page.count('type="password"') == 1
    box = re.search(r"<input[^>]*name=\"consent\"[^>]*>", page)
    assert box is not None and "checked" not in box.group()


def test_registering_makes_a_person_an_unconfirmed_account_a_consent_and_a_letter(app: Flask, visitor: Visitor) -> None:
    response = visitor.post("/dang-ky", FORM)
    assert (response.status_code, response.location) == (303, "/dang-ky/da-gui-thu")
    assert visitor.get(response.location).status_code == 200
    with app.app_context():
        user = session.scalars(select(User)).one()
        consent = session.scalars(select(Consent)).one()
        words = session.get(ConsentText, consent.text_id)
    assert (user.email, user.confirmed_at, user.administrator) == ("van@example.vn", None, False)
    assert user.password.startswith("$argon2id$") and "m=19456,t=2,p=1" in user.password
    assert (user.person.legal_name, user.person.pen_name) == ("Nguyễn Thị Vân", "Hà Vân")
    assert (user.person.newsroom_words, user.person.newsroom_id) == ("Báo Sông Xanh", None)
    assert words is not None
    assert (words.purpose, words.version, consent.person_id) == ("registration", 1, user.person_id)
    assert words.words in visitor.get("/dang-ky").text
    [letter] = letters(app)
    assert (letter.kind, letter.to_address) == ("confirm_address", "van@example.vn")
    assert "Kính gửi ông/bà Nguyễn Thị Vân." in letter.body


def test_the_link_of_the_letter_confirms_the_address(app: Flask, visitor: Visitor) -> None:
    visitor.post("/dang-ky", FORM)
    assert visitor.get(link_in(letters(app)[0])).status_code == 302
    with app.app_context():
        assert session.scalars(select(User)).one().confirmed_at is not None


def test_the_desk_says_that_the_address_is_not_confirmed_until_it_is(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), unit_of_work():
        new = factories.person("Nguyễn Thị Vân", email="van@example.vn")
        session.flush()
        session.refresh(new, ["user"])
        new.user.confirmed_at = None
    asks, desk = "Email van@example.vn chưa được xác nhận.", Visitor(app, new)
    assert asks in desk.get("/ban-lam-viec").text
    with app.app_context(), unit_of_work():
        session.scalars(select(User)).one().confirmed_at = now()
    assert asks not in desk.get("/ban-lam-viec").text


def test_an_altered_confirmation_link_confirms_nothing(app: Flask, visitor: Visitor) -> None:
    visitor.post("/dang-ky", FORM)
    response = visitor.get(link_in(letters(app)[0])[:-3] + "abc")
    assert response.location.endswith("/xac-nhan-email")
    with app.app_context():
        assert session.scalars(select(User)).one().confirmed_at is None


@pytest.mark.parametrize("typed", ["van@example.vn", "VAN@Example.VN", " van@example.vn "])
def test_a_known_address_gets_the_same_answer_and_a_letter_that_says_so(
    app: Flask, visitor: Visitor, typed: str
) -> None:
    member(app, legal_name="Trần Văn Minh")
    unknown = visitor.post("/dang-ky", {**FORM, "email": "khac@example.vn"})
    known = visitor.post("/dang-ky", {**FORM, "email": typed})
    assert (known.status_code, known.location, known.data) == (unknown.status_code, unknown.location, unknown.data)
    letter = letters(app)[-1]
    assert (letter.kind, letter.to_address) == ("already_registered", "van@example.vn")
    assert "Trần Văn Minh" in letter.body and "Nguyễn Thị Vân" not in letter.body
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(User)) == 2
        assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_letter_and_account_are_one_commit(app: Flask) -> None:
    facts = operations.Facts(legal_name="Vân", pen_name="", phone="", newsroom=None, newsroom_words="")
    with app.app_context(), pytest.raises(ZeroDivisionError), unit_of_work():
        user = operations.register(email="van@example.vn", password_hash="x", facts=facts)
        assert user is not None
        writing.send_confirmation(user)
        _ = 1 // 0
    with app.app_context():
        for table in ("person", "user_account", "consent", "message", "event", "procrastinate_jobs"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table


def test_the_second_person_agrees_to_the_same_version(app: Flask, visitor: Visitor) -> None:
    visitor.post("/dang-ky", FORM)
    visitor.post("/dang-ky", {**FORM, "email": "khac@example.vn"})
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(ConsentText)) == 1
        assert session.scalar(select(func.count()).select_from(Consent)) == 2


def test_changed_words_become_the_next_version(ctx: Flask) -> None:
    with unit_of_work():
        session.add(ConsentText(purpose=operations.REGISTRATION, version=1, words="Trước đây.", since=now()))
        person = factories.person()
        consent = operations.give_consent(person=person, purpose=operations.REGISTRATION)
    words = session.get(ConsentText, consent.text_id)
    assert words is not None
    assert words.version == 2


def test_a_listed_newsroom_is_kept_as_itself(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), unit_of_work():
        organ = factories.newsroom("Báo Biển Xanh")
    visitor.post("/dang-ky", {**FORM, "newsroom": organ.public_id})
    with app.app_context():
        person = session.scalars(select(Person)).one()
        assert (person.newsroom_id, person.newsroom_words) == (organ.id, "")


FAULTS = [
    ("legal_name", "  ", "Chưa ghi họ và tên."),
    ("legal_name", "Vân xem http://x.example", "Họ và tên chỉ gồm chữ cái"),
    ("legal_name", "evil.example", "Họ và tên chỉ gồm chữ cái"),
    ("email", "van@", "Địa chỉ email chưa đúng dạng."),
    ("phone", "gọi sau", "Số điện thoại chưa đúng dạng."),
    ("password", "sóng1", "Mật khẩu dài từ 8 đến 128 ký tự."),
    ("password", "MatKhau@2023", "Mật khẩu này dễ đoán."),
    ("password", "van12345", "Mật khẩu này dễ đoán."),
    ("consent", "", "Chưa đồng ý việc sử dụng thông tin."),
]


@pytest.mark.parametrize(("name", "value", "sentence"), FAULTS)
def test_a_fault_keeps_what_was_typed_and_names_the_field(
    app: Flask, visitor: Visitor, name: str, value: str, sentence: str
) -> None:
    form = {key: kept for key, kept in {**FORM, name: value}.items() if (key, kept) != ("consent", "")}
    response = visitor.post("/dang-ky", form)
    assert response.status_code == 422
    assert sentence in response.text
    assert f'href="#{name}"' in response.text
    assert "Báo Sông Xanh" in response.text
    assert form["password"] not in response.text
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(User)) == 0


def test_names_of_the_peoples_of_the_country_are_names(app: Flask, visitor: Visitor) -> None:
    for number, name in enumerate(("H’Hen Niê", "Y Moan Ênuôl", "K'Brêu", "Nguyễn-Phước Bửu Đỉnh")):
        response = visitor.post("/dang-ky", {**FORM, "legal_name": name, "email": f"n{number}@example.vn"})
        assert response.status_code == 303, name


def test_who_is_signed_in_does_not_register(app: Flask) -> None:
    response = Visitor(app, member(app)).get("/dang-ky")
    assert (response.status_code, response.location) == (302, "/tai-khoan")


def test_an_address_with_an_open_invitation_is_invited_again_and_gets_no_account(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), unit_of_work():
        expires_at = now() + timedelta(days=1)
        letter = writing.invitation(name="Trần Văn Minh", expires_at=expires_at, form_of_address="đồng chí")
        operations.invite(
            by_id=None, email="van@example.vn", name="Trần Văn Minh", expires_at=expires_at, letter=letter
        )
    assert visitor.post("/dang-ky", FORM).location == "/dang-ky/da-gui-thu"
    first, second = letters(app)
    assert (first.kind, second.kind) == ("invitation", "invitation")
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(User)) == 0
    assert visitor.get(link_in(first, "/loi-moi/")).status_code == 410
    assert visitor.get(link_in(second, "/loi-moi/")).status_code == 200


def test_no_address_gets_more_than_a_few_letters_of_a_kind_in_an_hour(app: Flask, visitor: Visitor) -> None:
    member(app)
    for _ in range(writing.FLOOD + 2):
        assert visitor.post("/dang-ky", FORM).status_code == 303
        with app.app_context(), unit_of_work():  # letters of the same second are one letter
            session.execute(text("UPDATE message SET dedupe_key = dedupe_key || id"))
    assert len(letters(app, "already_registered")) == writing.FLOOD
