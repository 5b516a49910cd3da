"""The kinds of press organ are an edition's own: set up on a page, frozen with the rules, taken from last year."""

import json

import pytest
from flask import Flask

from award.db import session
from award.editions.described import read, written
from award.editions.models import Edition
from award.editions.operations import set_outlet_kinds
from award.editions.operations.copying import source_of
from award.editions.outlets import FIRST_KINDS, OutletKind, kinds_of, told
from award.entries.books import rule_book
from award.verdicts import Refused
from tests.award.editions.browsing import AT, save, typed
from tests.award.editions.conftest import Prepared, rows
from tests.visitor import Visitor

PAGE = f"{AT}/loai-co-quan"
SCIENCE = ("", "Tạp chí khoa học", True)


def stored(edition: Edition) -> list[OutletKind]:
    session.expire_all()
    return kinds_of(session.get_one(Edition, edition.id).outlet_kinds)


def test_a_new_draft_begins_with_the_kinds_of_old(ready: Prepared) -> None:
    assert stored(ready.edition) == list(FIRST_KINDS)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ([("portal", "Trang tin", False), SCIENCE], ["portal", "tap-chi-khoa-hoc"]),
        ([SCIENCE, ("khác", "Tạp chí khoa học", False)], ["tap-chi-khoa-hoc", "tap-chi-khoa-hoc-2"]),
        ([("portal", "A", True), ("portal", "B", True)], ["portal", "b"]),
        ([("", "Portal", True), ("portal", "Cổng", True)], ["portal-2", "portal"]),
    ],
)
def test_a_kind_keeps_its_code_and_a_new_one_has_its_own(said: list[tuple[str, str, bool]], codes: list[str]) -> None:
    assert [kind.code for kind in told(said, {"portal"})] == codes


def test_the_page_names_orders_and_says_what_is_licensed(app: Flask, draft: Prepared, desk: Visitor) -> None:
    grown = typed(save(desk, PAGE, add="kinds"))
    body = grown | {"kinds-7-name": "Tạp chí khoa học", "kinds-7-licensed": "y"}
    moved = typed(desk.post(PAGE, body | {"up": "kinds-7"}))
    assert desk.post(PAGE, moved).status_code == 303
    with app.app_context():
        kinds = stored(draft.edition)
        assert [kind.code for kind in kinds][-3:] == ["grassroots", "tap-chi-khoa-hoc", "channel"]
        book = rule_book(session.get_one(Edition, draft.edition.id))
        assert book.unlicensed_kinds == {"bulletin", "portal", "grassroots"}
        assert ("tap-chi-khoa-hoc", "Tạp chí khoa học") in book.outlet_names
    assert "Tạp chí khoa học" in desk.get(f"{AT}/co-quan").text
    twice = typed(desk.get(PAGE)) | {"kinds-0-name": "TẠP CHÍ"}
    assert "đứng hai lần" in desk.post(PAGE, twice).text
    with rows(app):
        session.get_one(Edition, draft.edition.id).state = "open"
    assert "disabled" in desk.get(PAGE).text
    assert desk.post(PAGE, body).status_code == 403


def test_a_kind_that_a_category_takes_stays(ready: Prepared) -> None:
    with ready.deed() as edition:
        edition.categories[0].outlets = ["bulletin"]
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        set_outlet_kinds(by=ready.by, edition=edition, said=[("newspaper", "báo", True)])
    assert refused.value.verdict.code == "kinds"
    assert "bản tin" in refused.value.verdict.sentence


def test_a_file_carries_them_and_one_from_before_has_those_of_old(ready: Prepared) -> None:
    with ready.deed() as edition:
        set_outlet_kinds(by=ready.by, edition=edition, said=[SCIENCE, ("portal", "Trang tin", False)])
    file = written(source_of(ready.edition.id))
    assert kinds_of(read(file).edition.outlet_kinds) == stored(ready.edition)
    older = json.loads(file)
    del older["outlet_kinds"]
    assert kinds_of(read(json.dumps(older).encode()).edition.outlet_kinds) == list(FIRST_KINDS)
