"""What is typed anywhere comes in composed, and text of old fonts is asked about beside its field, wherever that is."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.datastructures import ImmutableMultiDict

from award.db import session, unit_of_work
from award.people.models import Person
from award.typed import as_kept
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor

OLD, NEW = "NguyÔn ThÞ V©n, Tr­ëng ban", "Nguyễn Thị Vân, Trưởng ban"
PAPER = {"number": "12-QĐ/BTCG", "day": "20/11/2023", "body": "Ban Tổ chức Giải"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (unicodedata.normalize("NFD", "Đường về bản"), "Đường về bản"),
        ("dòng một\r\ndòng hai", "dòng một\ndòng hai"),
        ("Hà\u200b Vân\ufeff", "Hà Vân"),
        ("\t- mục con  hai", "\t- mục con  hai"),
        (OLD, OLD),
    ],
)
def test_a_form_is_composed_on_its_way_in(typed: str, kept: str) -> None:
    assert as_kept(ImmutableMultiDict([("words", typed)]))["words"] == kept


def test_what_is_secret_stays_as_it_came() -> None:
    secret = unicodedata.normalize("NFD", "mật khẩu  dài\u200b")
    assert as_kept(ImmutableMultiDict([("password", secret), ("new_password", secret)])).to_dict() == {
        "password": secret,
        "new_password": secret,
    }


PIECES = unicodedata.normalize("NFD", "Đường về bản")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"name": PIECES}, {"name": "Đường về bản"}),
        ({"names": [PIECES, 1, None, True, 0.5]}, {"names": ["Đường về bản", 1, None, True, 0.5]}),
        ({"parts": [{"title": "Hà\u200b Vân\r\nkỳ 2"}]}, {"parts": [{"title": "Hà Vân\nkỳ 2"}]}),
        ({PIECES: {"a": PIECES}}, {"Đường về bản": {"a": "Đường về bản"}}),
        ({"a": "b\x00c\ud83d\tgiữ"}, {"a": "bc\tgiữ"}),
        ({"old": OLD}, {"old": OLD}),
        ({"password": PIECES}, {"password": PIECES}),
        ("\ufeffchữ", "chữ"),
    ],
)
def test_json_comes_in_by_the_same_door(app: Flask, sent: Any, kept: Any) -> None:
    with app.test_request_context("/", method="POST", json=sent):
        assert request.get_json() == kept
        assert request.get_json() == request.json == kept


def test_only_the_field_that_was_said_becomes_what_it_reads() -> None:
    form = as_kept(
        ImmutableMultiDict([("name", OLD), ("other", OLD), ("chu:name", "unicode"), ("chu:other", "nguyen")])
    )
    assert (form["name"], form["other"]) == (NEW, OLD)


def test_no_form_reads_text_past_the_fields_of_the_house() -> None:
    """Each room takes its fields of text from one place; only secrets, choices and numbers have fields of their own."""
    foreign = re.compile(
        r"from wtforms import [^\n]*\b(StringField|TextAreaField)\b|[^_]wtforms\.(StringField|TextAreaField)\(_"
    )
    rooms = [path for top in ("award", "judging") for path in Path(top).rglob("*.py") if path.name != "typed.py"]
    assert [str(path) for path in rooms if foreign.search(path.read_text())] == []


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context(), unit_of_work():
        return outcome()


def test_old_letters_are_asked_about_beside_the_field_and_kept_as_was_said(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    asked = organiser.post("/iii-2023/quyet-dinh", PAPER | {"signatory": OLD})
    assert asked.status_code == 422
    assert f"Gõ bằng bảng mã TCVN3, đọc là “{NEW}”." in asked.text
    assert 'name="chu:signatory" value="unicode"' in asked.text
    assert (
        organiser.post("/iii-2023/quyet-dinh", PAPER | {"signatory": OLD, "chu:signatory": "unicode"}).status_code
        == 303
    )
    assert NEW in organiser.get("/iii-2023/quyet-dinh").text


def test_whoever_means_it_as_it_stands_is_believed(app: Flask, made: Outcome) -> None:
    person = Visitor(app, made.organiser)
    told = {"legal_name": "Phạm Văn Bình", "pen_name": "NguyÔn ThÞ V©n", "form_of_address": "đồng chí"}
    assert person.post("/tai-khoan", told).status_code == 422
    assert person.post("/tai-khoan", told | {"chu:pen_name": "nguyen"}).status_code == 303
    with app.app_context():
        assert session.get_one(Person, made.organiser.id).pen_name == "NguyÔn ThÞ V©n"
