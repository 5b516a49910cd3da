"""Guessing is slow, owners are not kept out, and nobody learns more than that it was wrong."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.people import operations
from award.people.models import SignInAttempt
from award.people.throttle import FIRST_PAUSE, REMEMBERED, Counter, Try, of_account, of_address
from tests.award.people.conftest import PASSWORD, is_inside, letters, link_in, member, sign_in
from tests.visitor import Visitor

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
PUBLIC = {"REMOTE_ADDR": "8.8.4.4"}


WRONG = "sai"


def guess(visitor: Visitor, password: str = WRONG, email: str = "van@example.vn", **options: object) -> int:
    return visitor.post("/dang-nhap", {"email": email, "password": password}, **options).status_code


def test_the_pause_doubles_and_has_an_end() -> None:
    counter = of_account("a")
    assert [counter.pause(n) for n in (0, 4)] == [timedelta(0)] * 2
    assert [counter.pause(n) for n in (5, 6, 7)] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert counter.pause(10_000) == counter.longest == timedelta(minutes=15)


@pytest.mark.parametrize("address", [None, "", "127.0.0.1", "10.1.2.3", "192.168.1.7", "::1", "not an address"])
def test_addresses_that_are_shared_are_not_counted(address: str | None) -> None:
    assert of_address(address) is None


def test_devices_and_secrets_are_counted_apart() -> None:
    counters = [of_account("a"), of_account("a", "d"), of_account("b"), Counter("address", "a", 5, timedelta())]
    assert len({counter.digest for counter in counters}) == 4


def test_after_five_failures_even_the_right_password_waits_and_later_opens(app: Flask, visitor: Visitor) -> None:
    member(app)
    start = now()
    with stopped_at(start):
        for _ in range(5):
            assert guess(visitor) == 422
        refused = visitor.post("/dang-nhap", {"email": "van@example.vn", "password": PASSWORD})
        assert refused.status_code == 422
        assert "Email hoặc mật khẩu chưa đúng." in refused.text
    with stopped_at(start + FIRST_PAUSE - timedelta(seconds=1)):
        assert guess(visitor, PASSWORD) == 422
    with stopped_at(start + FIRST_PAUSE):
        assert guess(visitor, PASSWORD) == 302


def test_an_address_that_has_no_account_waits_alike(app: Flask, visitor: Visitor) -> None:
    start = now()
    with stopped_at(start):
        for _ in range(9):
            assert guess(visitor, email="khongco@example.vn") == 422
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 5


def test_success_forgets_and_a_day_forgets(app: Flask, visitor: Visitor) -> None:
    member(app)
    for _ in range(3):
        guess(visitor)
    sign_in(visitor)
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0
    stranger, start = Visitor(app), now()
    with stopped_at(start):
        for _ in range(6):
            guess(stranger)
    with stopped_at(start + REMEMBERED + timedelta(seconds=1)):
        for _ in range(5):
            assert guess(stranger) == 422
        assert guess(stranger, PASSWORD) == 422, "five new failures, so it waits again"


def test_tries_while_waiting_do_not_lengthen_the_pause(app: Flask, visitor: Visitor) -> None:
    member(app)
    start = now()
    with stopped_at(start):
        for _ in range(40):
            guess(visitor)
    with stopped_at(start + FIRST_PAUSE):
        assert guess(visitor, PASSWORD) == 302


def test_a_strangers_tries_do_not_keep_the_owner_out(app: Flask, visitor: Visitor) -> None:
    member(app)
    sign_in(visitor)
    visitor.post("/dang-xuat")
    with stopped_at(now()):
        stranger = Visitor(app)
        for _ in range(20):
            guess(stranger)
        assert guess(stranger, PASSWORD) == 422
        assert guess(visitor, PASSWORD) == 302


def test_a_known_device_is_slowed_down_too(app: Flask, visitor: Visitor) -> None:
    member(app)
    sign_in(visitor)
    visitor.post("/dang-xuat")
    with stopped_at(now()):
        for _ in range(5):
            guess(visitor)
        assert guess(visitor, PASSWORD) == 422


def test_a_device_is_known_to_its_own_accounts_only(app: Flask, visitor: Visitor) -> None:
    member(app)
    member(app, "minh@example.vn")
    sign_in(visitor, "minh@example.vn")
    visitor.post("/dang-xuat")
    with stopped_at(now()):
        stranger = Visitor(app)
        for _ in range(5):
            guess(stranger)
        assert guess(visitor, PASSWORD) == 422


def test_the_mailbox_is_a_way_in_while_strangers_guess(app: Flask, visitor: Visitor) -> None:
    member(app)
    with stopped_at(now()):
        for _ in range(20):
            guess(visitor)
        owner = Visitor(app)
        owner.post("/quen-mat-khau", {"email": "van@example.vn"})
        owner.post(link_in(letters(app, "reset_password")[0]), {"password": "gió đông bắc"})
        sign_in(owner, password="gió đông bắc")


def test_many_accounts_from_one_public_address_wait(app: Flask, visitor: Visitor) -> None:
    member(app)
    counter = of_address(PUBLIC["REMOTE_ADDR"])
    assert counter is not None
    with stopped_at(now()):
        for number in range(counter.free):
            guess(visitor, email=f"a{number}@example.vn", environ_overrides=PUBLIC)
        assert guess(visitor, PASSWORD, environ_overrides=PUBLIC) == 422
        assert guess(Visitor(app), PASSWORD, environ_overrides=ELSEWHERE) == 302


def test_tries_at_the_same_moment_gain_nothing(app: Flask) -> None:
    engine = app.extensions["engine"]
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(lambda _: Try(engine, [of_account("x")]).begin(), range(24)))
    assert begun.count(True) == of_account("x").free


def test_the_password_asked_again_is_slow_to_guess_too(app: Flask, visitor: Visitor) -> None:
    member(app)
    sign_in(visitor)
    with stopped_at(now()):
        for _ in range(3):
            assert visitor.post("/nhap-lai-mat-khau", {"password": "sai"}).status_code == 422
        for _ in range(2):
            form = {"password": "sai", "new_password": "gió đông bắc"}
            assert visitor.post("/doi-mat-khau", form).status_code == 422
        assert visitor.post("/nhap-lai-mat-khau", {"password": PASSWORD}).status_code == 422
    assert is_inside(visitor)


def test_old_tries_are_swept(ctx: Flask) -> None:
    with unit_of_work():
        session.add(SignInAttempt(scope="account", key_hash=b"old", at=now() - REMEMBERED))
        session.add(SignInAttempt(scope="account", key_hash=b"new", at=now()))
    with unit_of_work():
        operations.sweep()
    assert session.scalars(select(SignInAttempt.key_hash)).all() == [b"new"]
