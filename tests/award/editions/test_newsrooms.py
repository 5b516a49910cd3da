"""The register of press organs, kept by the organiser and the secretariat."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.log.models import Event
from award.people.models import Newsroom, Person
from tests import factories
from tests.visitor import Visitor

PAGE = "/iii-2023/thiet-lap/co-quan"


@pytest.fixture
def secretary(app: Flask) -> Person:
    with app.app_context(), unit_of_work():
        made = factories.person("Trần Thu Hiền")
        factories.appointment(factories.edition(), made, "secretary")
    return made


def organs(app: Flask) -> dict[str, bool]:
    with app.app_context():
        return {each.names[0].name: each.licensed for each in session.scalars(select(Newsroom))}


def test_an_organ_is_recorded_with_or_without_a_licence(app: Flask, secretary: Person) -> None:
    visitor = Visitor(app, secretary)
    assert visitor.post(PAGE, {"name": "Báo  Biển Xanh", "licence": "co"}).status_code == 303
    assert visitor.post(PAGE, {"name": "Trang Suối Đá", "licence": "khong", "since": "01/3/2020"}).status_code == 303
    assert organs(app) == {"Báo Biển Xanh": True, "Trang Suối Đá": False}
    page = visitor.get(PAGE).text
    assert page.index("Báo Biển Xanh") < page.index("Trang Suối Đá")


def test_the_same_organ_is_not_recorded_twice(app: Flask, secretary: Person) -> None:
    visitor = Visitor(app, secretary)
    visitor.post(PAGE, {"name": "Báo Biển Xanh", "licence": "co"})
    again = visitor.post(PAGE, {"name": "BÁO BIỂN XANH", "licence": "co"})
    assert again.status_code == 422
    assert "Cơ quan này đã có trong danh sách." in again.text
    assert len(organs(app)) == 1


def test_the_kinds_of_an_organ_are_said_and_said_otherwise(app: Flask, secretary: Person) -> None:
    visitor = Visitor(app, secretary)
    new = {"name": "Báo Biển Xanh", "licence": "co", "kinds": ["station", "newspaper", "nonsense"]}
    assert visitor.post(PAGE, {**new, "kinds": ["station", "newspaper"]}).status_code == 303
    assert "báo; đài phát thanh, truyền hình" in visitor.get(PAGE).text
    with app.app_context():
        organ = session.scalars(select(Newsroom)).one().public_id
    for _twice in range(2):
        said = visitor.post(f"{PAGE}/{organ}/loai", {"kinds": ["portal", "nonsense"]})
        assert said.status_code == 303
    with app.app_context():
        assert session.scalars(select(Newsroom)).one().kinds == ["portal"]
        kept = session.scalars(select(Event).where(Event.kind == "newsroom.kinds_said")).all()
        assert [json.loads(each.payload)["facts"] for each in kept] == [{"kinds": "portal"}]
    assert re.search(r'value="portal"[^>]* checked', visitor.get(f"{PAGE}/{organ}").text)


def test_a_licence_is_said_otherwise_and_the_log_knows(app: Flask, secretary: Person) -> None:
    with app.app_context(), unit_of_work():
        organ = factories.newsroom("Báo Biển Xanh").public_id
    visitor = Visitor(app, secretary)
    for _twice in range(2):
        assert visitor.post(f"{PAGE}/{organ}/giay-phep", {"licence": "khong"}).status_code == 303
    assert organs(app) == {"Báo Biển Xanh": False}
    with app.app_context():
        said = session.scalars(select(Event).where(Event.kind == "newsroom.licence_said")).all()
        assert [json.loads(each.payload)["facts"] for each in said] == [{"licensed": 0}]
