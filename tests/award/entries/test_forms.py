"""Texts of the form, read."""

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from award.entries import forms

KEY = "abcdefghjkmn"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/9/2023", date(2023, 9, 30)),
        ("05/07/2023", date(2023, 7, 5)),
        ("5-7-2023", date(2023, 7, 5)),
        ("5.7.2023", date(2023, 7, 5)),
        ("5 / 7 / 2023", date(2023, 7, 5)),
        ("2023-07-05", date(2023, 7, 5)),
        ("31/2/2023", None),
        ("7/2023", None),
        ("13/13/2023", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert forms.read_day(text) == day


def test_a_day_that_cannot_be_read_stays_as_it_stood_and_is_told(ctx: Flask) -> None:
    said = {f"{KEY}-title": "Kỳ 1", f"{KEY}-published_on": "31/2/2023"}
    read = forms.PARTS.read(said, {f"{KEY}-published_on": "05/7/2023"})
    assert read.values[0].published_on == date(2023, 7, 5)
    assert read.values[0].title == "Kỳ 1"
    assert list(read.messages) == [f"{KEY}-published_on"]


@pytest.mark.parametrize("text", ["05/7/0023", "05/7/3023"])
def test_a_year_nobody_means_is_told(ctx: Flask, text: str) -> None:
    assert forms.PARTS.read({f"{KEY}-published_on": text}, {}).messages


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.bao.vn/a", "https://www.bao.vn/a"),
        ("bao.vn/bai-viet.html", "https://bao.vn/bai-viet.html"),
        ("http://bao.vn/a", "http://bao.vn/a"),
        ("trang nhất", "trang nhất"),
        ("an@bao.vn", "an@bao.vn"),
    ],
)
def test_an_address_copied_without_its_beginning_gets_one(ctx: Flask, typed: str, kept: str) -> None:
    read = forms.PARTS.read({f"{KEY}-link": typed}, {})
    assert read.values[0].link == kept


def test_text_that_is_too_long_is_told_and_not_cut(ctx: Flask) -> None:
    stood = {"title": "cũ", "genre": "", "topic": "", "publisher": "", "byline": "", "summary": ""}
    read = forms.WORK.read({**stood, "title": "x" * 501}, stood)
    assert read.values.title == "cũ"
    assert "501" in read.messages["title"][0]


def test_a_telephone_number_is_a_number(ctx: Flask) -> None:
    assert not forms.AUTHORS.read({f"{KEY}-phone": "+84 905.123.456"}, {}).messages
    assert forms.AUTHORS.read({f"{KEY}-phone": "không có"}, {}).messages


def test_only_fields_of_the_page_come_in() -> None:
    form = MultiDict({"title": " Tên\u200b  bài ", "owner_id": "7", f"{KEY}-secret": "x", "version": "", "act": "add"})
    assert forms.WORK.typed(form, {"title": ""}) == {"title": "Tên bài"}
    assert forms.PARTS.typed(MultiDict({f"{KEY}-title": "a", f"{KEY}-secret": "x", "short-title": "y"}), {}) == {
        f"{KEY}-title": "a"
    }


def test_an_empty_box_says_no_only_when_the_whole_page_came() -> None:
    stood = {"no_prior_prize": "", "commitment": "y", "consent": ""}
    all_three = {"commitment": "", "consent": "", "forwarding": ""}
    assert forms.DECLARATIONS.typed(MultiDict({"version": "x"}), stood) == all_three
    assert forms.DECLARATIONS.typed(MultiDict({"no_prior_prize": "none"}), stood) == {"no_prior_prize": "none"}


def test_what_stood_before_a_rule_came_is_not_asked_for_again(ctx: Flask) -> None:
    stood = {f"{KEY}-phone": "0900"}
    assert not forms.AUTHORS.read({f"{KEY}-phone": "0900"}, stood).messages
    assert forms.AUTHORS.read({f"{KEY}-phone": "0901"}, stood).messages
