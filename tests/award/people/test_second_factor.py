"""Nobody who must have a second factor is inside before it is checked; every code opens once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from passlib.totp import TOTP

from award.db import session, unit_of_work
from award.people import operations
from award.people.codes import codes_left
from award.people.models import Person, User
from tests.award.people.conftest import PASSWORD, is_inside, letters, link_in, member, sign_in
from tests.visitor import Visitor

SETUP, CHECK, RECOVER = "/ma-xac-nhan/thiet-lap", "/ma-xac-nhan", "/ma-du-phong/dang-nhap"


class Telephone:
    """An authenticator application that was shown the page with the key."""

    def __init__(self, page: str) -> None:
        found = re.search(r"<code[^>]*>([A-Z2-7 -]+)</code>", page)
        assert found is not None, page
        self.totp = TOTP(key=found.group(1).replace(" ", "").replace("-", ""))

    def code(self, step: int = 0) -> str:
        """The present code; one step later for a second sign-in within the same half minute."""
        moment = self.totp.normalize_time(None) + step * 30
        return str(self.totp.generate(moment).token)


def account(app: Flask, person: Person) -> User:
    with app.app_context():
        assert person.user is not None
        return session.get_one(User, person.user.id)


def forget_last_code(app: Flask, person: Person) -> None:
    """As if half a minute had passed since the last code."""
    with app.app_context(), unit_of_work():
        session.get_one(User, person.user.id).tf_last_counter = None  # type: ignore[union-attr]


def set_up(visitor: Visitor) -> Telephone:
    """Goes through the set-up that signing in demanded."""
    telephone = Telephone(visitor.post(SETUP, {"setup": "authenticator"}).text)
    response = visitor.post(CHECK, {"code": telephone.code()})
    assert response.location == "/ban-lam-viec", response.text
    return telephone


@pytest.fixture
def judge(app: Flask, needs_factor: set[int]) -> Person:
    person = member(app)
    needs_factor.add(person.id)
    return person


def test_who_must_have_a_factor_sets_it_up_before_being_inside(app: Flask, visitor: Visitor, judge: Person) -> None:
    assert sign_in(visitor) == SETUP
    assert not is_inside(visitor), "the password alone signs nobody in"
    assert "Tạo mã QR" in visitor.get(SETUP).text
    page = visitor.post(SETUP, {"setup": "authenticator"}).text
    assert "data:image/svg+xml;base64," in page
    assert not is_inside(visitor), "seeing the QR code signs nobody in"
    telephone = Telephone(page)
    assert visitor.post(CHECK, {"code": "000000"}).status_code == 422
    assert not is_inside(visitor)
    assert visitor.post(CHECK, {"code": f" {telephone.code()[:3]} {telephone.code()[3:]}"}).location == "/ban-lam-viec"
    assert is_inside(visitor)
    user = account(app, judge)
    assert user.tf_primary_method == "authenticator"
    assert telephone.totp.base32_key not in str(user.tf_totp_secret), "the key is kept encrypted"


def test_afterwards_each_sign_in_asks_for_a_code_and_leads_on(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    telephone = set_up(visitor)
    again = Visitor(app)
    assert sign_in(again, next="/tai-khoan") == f"{CHECK}?next=/tai-khoan"
    assert not is_inside(again)
    forget_last_code(app, judge)
    assert again.post(f"{CHECK}?next=/tai-khoan", {"code": telephone.code()}).location == "/tai-khoan"
    assert is_inside(again)


def test_an_administrator_must_have_a_factor(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    with app.app_context(), unit_of_work():
        session.get_one(User, person.user.id).administrator = True  # type: ignore[union-attr]
    assert sign_in(visitor) == SETUP


def test_a_code_opens_once(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    telephone = set_up(visitor)
    used = telephone.code()
    second = Visitor(app)
    sign_in(second)
    assert second.post(CHECK, {"code": used}).status_code == 422
    assert not is_inside(second)
    assert second.post(CHECK, {"code": telephone.code(step=1)}).status_code == 302
    assert is_inside(second)


def test_a_code_sent_by_two_at_once_opens_for_one(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    telephone = set_up(visitor)
    rivals = [Visitor(app) for _ in range(4)]
    for rival in rivals:
        sign_in(rival)
        rival.token = rival.csrf_token()  # type: ignore[attr-defined]
    forget_last_code(app, judge)
    code = telephone.code()

    def send(rival: Visitor) -> int:
        form = {"code": code, "csrf_token": rival.token}  # type: ignore[attr-defined]
        return rival.client.post(CHECK, data=form, base_url=rival.origin).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, rivals))
    assert sorted(answers) == [302, 422, 422, 422]


def test_codes_cannot_be_guessed_quickly(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    telephone = set_up(visitor)
    guesser = Visitor(app)
    sign_in(guesser)
    for number in range(5):
        assert guesser.post(CHECK, {"code": f"00000{number}"}).status_code == 422
    forget_last_code(app, judge)
    assert guesser.post(CHECK, {"code": telephone.code()}).status_code == 422, "the right one has to wait"
    assert guesser.post(RECOVER, {"code": "0000-0000-0000"}).status_code == 422
    assert not is_inside(guesser)


def test_a_code_without_the_password_before_it_is_nothing(app: Flask, visitor: Visitor, judge: Person) -> None:
    for address, form in ((CHECK, {"code": "123456"}), (SETUP, {"setup": "authenticator"}), (RECOVER, {"code": "x"})):
        assert visitor.get(address).location == "/dang-nhap"
        assert visitor.post(address, form).location == "/dang-nhap"


def test_going_back_to_the_page_of_the_code_signs_nobody_out(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    set_up(visitor)
    assert visitor.get(CHECK).location == "/ban-lam-viec"
    assert visitor.post(CHECK, {"code": "123456"}).location == "/ban-lam-viec"
    assert is_inside(visitor)


def test_who_must_have_a_factor_cannot_switch_it_off(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    set_up(visitor)
    assert "Tắt mã xác nhận" not in visitor.get(SETUP).text
    assert visitor.post(SETUP, {"setup": "disable"}).status_code == 422
    assert account(app, judge).tf_primary_method == "authenticator"


def test_a_reset_of_the_password_leaves_the_factor(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    set_up(visitor)
    owner = Visitor(app)
    owner.post("/quen-mat-khau", {"email": "van@example.vn"})
    owner.post(link_in(letters(app, "reset_password")[0]), {"password": "gió đông bắc"})
    assert sign_in(owner, password="gió đông bắc") == f"{CHECK}?next=/ban-lam-viec"
    assert not is_inside(owner)


def recovery_codes(visitor: Visitor) -> list[str]:
    page = visitor.post("/ma-du-phong", {"generate_new_codes": "1"})
    return re.findall(r"<li><code>([0-9a-f-]+)</code>", page.text)


def test_a_recovery_code_opens_once_and_is_kept_as_a_hash(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    set_up(visitor)
    codes = recovery_codes(visitor)
    assert len(set(codes)) == 8
    user = account(app, judge)
    assert codes_left(user) == 8
    assert not any(code in str(user.mf_recovery_codes) for code in codes)
    assert not any(code in visitor.get("/ma-du-phong?show_codes=1").text for code in codes), "shown once only"
    lost = Visitor(app)
    sign_in(lost)
    assert lost.post(RECOVER, {"code": "0000-0000-0000"}).status_code == 422
    assert lost.post(RECOVER, {"code": f" {codes[0].upper()} "}).location == "/ban-lam-viec"
    assert is_inside(lost)
    assert codes_left(account(app, judge)) == 7
    thief = Visitor(app)
    sign_in(thief)
    assert thief.post(RECOVER, {"code": codes[0]}).status_code == 422
    assert not is_inside(thief)


def test_new_recovery_codes_end_the_old_ones(app: Flask, visitor: Visitor, judge: Person) -> None:
    sign_in(visitor)
    set_up(visitor)
    old, new = recovery_codes(visitor), recovery_codes(visitor)
    assert not set(old) & set(new)
    lost = Visitor(app)
    sign_in(lost)
    assert lost.post(RECOVER, {"code": old[0]}).status_code == 422


def test_an_entrant_may_switch_it_on_and_off(app: Flask, visitor: Visitor, needs_factor: set[int]) -> None:
    person = member(app)
    elsewhere = Visitor(app)
    sign_in(elsewhere)
    assert sign_in(visitor) == "/ban-lam-viec"
    page = visitor.post(SETUP, {"setup": "authenticator"}).text
    telephone = Telephone(page)
    address = re.search(rf'action="({SETUP}/[^"]+)"', page)
    assert address is not None
    assert visitor.post(address.group(1), {"code": "000000"}).location == SETUP
    assert account(app, person).tf_primary_method is None
    assert visitor.post(address.group(1), {"code": telephone.code()}).location == "/tai-khoan"
    assert is_inside(visitor)
    assert not is_inside(elsewhere), "the other sessions end when the factor changes"
    assert sign_in(Visitor(app)) == f"{CHECK}?next=/ban-lam-viec"
    assert visitor.post(SETUP, {"setup": "disable"}).location == "/tai-khoan"
    assert account(app, person).tf_totp_secret is None
    assert sign_in(Visitor(app)) == "/ban-lam-viec"


def test_changing_the_factor_asks_for_the_password_again(app: Flask) -> None:
    visitor = Visitor(app, member(app))
    with visitor.client.session_transaction(base_url=visitor.origin) as kept:
        kept["fs_paa"] -= timedelta(minutes=16).total_seconds()
    for address in (SETUP, "/ma-du-phong"):
        asked = visitor.get(address)
        assert asked.location == f"/nhap-lai-mat-khau?next={address}"
    assert visitor.post("/nhap-lai-mat-khau", {"password": PASSWORD, "next": SETUP}).location == SETUP
    assert visitor.get(SETUP).status_code == 200


def test_an_appointment_ends_the_sessions_that_had_no_factor(
    app: Flask, visitor: Visitor, needs_factor: set[int]
) -> None:
    person = member(app)
    sign_in(visitor)
    needs_factor.add(person.id)
    with app.app_context(), unit_of_work():
        operations.end_sessions(person.id)
    assert not is_inside(visitor)
    assert sign_in(visitor) == SETUP
