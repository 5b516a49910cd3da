"""The buttons of a demonstration, and that they exist nowhere else."""

from collections.abc import Callable

from flask import Flask

from award.people.demonstration import Account
from tests.award.people.conftest import is_inside, member
from tests.visitor import Visitor


def test_a_real_house_has_no_such_door(app: Flask, visitor: Visitor) -> None:
    member(app)
    assert "demonstration" not in app.blueprints
    assert "minh-hoa" not in visitor.get("/dang-nhap").text
    assert visitor.post("/dang-nhap/minh-hoa", {"email": "van@example.vn"}).status_code == 404


def test_a_button_signs_in_as_its_account_without_a_factor(app: Flask, another: Callable[..., Flask]) -> None:
    person = member(app)
    trial = another(demonstration=True)
    trial.extensions["demonstration_accounts"] = lambda: [Account("Giám khảo", "van@example.vn")]
    trial.extensions["needs_second_factor"] = lambda person_id: person_id == person.id
    visitor = Visitor(trial)
    page = visitor.get("/dang-nhap").text
    assert "Giám khảo" in page
    assert 'value="van@example.vn"' in page
    assert visitor.post("/dang-nhap/minh-hoa", {"email": "van@example.vn"}).location == "/ban-lam-viec"
    assert is_inside(visitor)


def test_an_account_that_is_not_listed_is_not_opened(app: Flask, another: Callable[..., Flask]) -> None:
    member(app)
    trial = another(demonstration=True)
    trial.extensions["demonstration_accounts"] = lambda: [Account("Giám khảo", "khac@example.vn")]
    visitor = Visitor(trial)
    assert visitor.post("/dang-nhap/minh-hoa", {"email": "van@example.vn"}).status_code == 404
    assert visitor.post("/dang-nhap/minh-hoa", {"email": "khac@example.vn"}).status_code == 404
    assert not is_inside(visitor)


def test_who_is_signed_in_changes_over(app: Flask, another: Callable[..., Flask]) -> None:
    member(app)
    member(app, "minh@example.vn")
    trial = another(demonstration=True)
    trial.extensions["demonstration_accounts"] = lambda: [
        Account("A", "van@example.vn"),
        Account("B", "minh@example.vn"),
    ]
    visitor = Visitor(trial)
    visitor.post("/dang-nhap/minh-hoa", {"email": "van@example.vn"})
    visitor.post("/dang-nhap/minh-hoa", {"email": "minh@example.vn"})
    page = visitor.get("/tai-khoan").text
    assert "minh@example.vn" in page
    assert "van@example.vn" not in page
