"""The console makes the first administrator, by an invitation."""

from flask import Flask
from sqlalchemy import func, select

from award.db import session
from award.people.models import User
from tests.award.people.conftest import ORIGIN, is_inside, letters, member, sign_in
from tests.award.people.test_second_factor import SETUP, set_up
from tests.visitor import Visitor


def test_a_fresh_house_has_no_account(ctx: Flask) -> None:
    assert session.scalar(select(func.count()).select_from(User)) == 0


def test_the_printed_link_is_the_letters_and_makes_an_administrator(app: Flask, visitor: Visitor) -> None:
    result = app.test_cli_runner().invoke(args=["create-administrator", "Quan@example.vn", "Lê Văn Quân"])
    assert result.exit_code == 0, result.output
    link = result.output.splitlines()[0]
    [letter] = letters(app)
    assert link in letter.body
    assert letter.to_address == "quan@example.vn"
    answer = visitor.post(link.removeprefix(ORIGIN), {"password": "gió đông bắc"})
    assert answer.location == "/ma-xac-nhan/thiet-lap", "an administrator sets up the second factor first"
    with app.app_context():
        user = session.scalars(select(User)).one()
        assert (user.administrator, user.person.legal_name) == (True, "Lê Văn Quân")


def test_an_address_that_is_none_is_refused(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["create-administrator", "quan", "Lê Văn Quân"])
    assert result.exit_code == 2
    assert letters(app) == []


def test_who_lost_telephone_and_codes_starts_again(app: Flask, visitor: Visitor, needs_factor: set[int]) -> None:
    person = member(app)
    needs_factor.add(person.id)
    sign_in(visitor)
    set_up(visitor)
    result = app.test_cli_runner().invoke(args=["forget-second-factor", "Van@example.vn"])
    assert result.exit_code == 0, result.output
    assert not is_inside(visitor)
    assert [letter.kind for letter in letters(app)] == ["second_factor_forgotten"]
    assert sign_in(visitor) == SETUP
    assert not is_inside(visitor)
    set_up(visitor)
    unknown = app.test_cli_runner().invoke(args=["forget-second-factor", "khongco@example.vn"])
    assert unknown.exit_code == 2
