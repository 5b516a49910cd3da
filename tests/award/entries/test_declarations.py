"""What is declared is kept in its words: an edition writes its own, other words ask anew, what may be left out may."""

from typing import Any

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Clause
from award.entries import declarations, queries
from award.entries.models import Entry
from award.rules.eligibility import findings
from tests.award.entries.conftest import Browser, Scene

FIRST, SECOND = "Tôi cam kết như kê khai.", "Tôi cam kết như kê khai và chịu trách nhiệm về bản quyền."


def write(scene: Scene, purpose: str, words: str) -> None:
    """The edition asks for the purpose in these words."""
    code = f"declare_{purpose}"
    with unit_of_work():
        clause = next((each for each in scene.edition.clauses if each.code == code), None)
        if clause is None:
            clause = Clause(edition_id=scene.edition_id, code=code, source="Điều 8")
            session.add(clause)
        clause.value = {"text": words}
        session.expire(scene.edition, ["clauses"])


def page(scene: Scene, entry: Entry) -> str:
    return f"/{scene.slug}/tac-pham/{entry.public_id}/cam-ket"


def lacking(entry: Entry, scene: Scene) -> list[str]:
    session.expire_all()
    found = findings(queries.facts_of(entry, scene.edition), queries.rule_book(scene.edition))
    return [each.missing for each in found if each.code == "declarations" and each.missing]


@pytest.fixture
def entry(scene: Scene) -> Entry:
    with unit_of_work():
        return scene.draft(declared={})


def declare(app: Flask, scene: Scene, entry: Entry, **said: str) -> dict[str, Any]:
    browser = Browser(app, scene.entrant)
    shown = browser.get(page(scene, entry))
    assert shown.status_code == 200
    assert browser.post(page(scene, entry), {"no_prior_prize": "none", **said}).status_code == 303
    session.expire_all()
    return dict(session.get_one(Entry, entry.id).declared)


def test_other_words_ask_anew_and_what_was_said_keeps_its_own(app: Flask, scene: Scene, entry: Entry) -> None:
    write(scene, "commitment", FIRST)
    before = declare(app, scene, entry, commitment="y", consent="y")
    assert lacking(entry, scene) == []
    write(scene, "commitment", SECOND)
    assert lacking(entry, scene) == ["cam kết của tác giả theo nội dung mới"]
    shown = Browser(app, scene.entrant).get(page(scene, entry)).text
    assert SECOND in shown
    assert 'name="commitment" value="y" checked' not in shown
    after = declare(app, scene, entry, commitment="y", consent="y")
    assert lacking(entry, scene) == []
    assert after["consent"] == before["consent"], "what was asked in the same words stands as it was"
    versions = [said["commitment"]["version"] for said in (before, after)]
    assert versions == [1, 2]
    assert [declarations.words_of(scene.edition_id, "commitment", n) for n in versions] == [FIRST, SECOND]


def test_what_was_said_before_words_were_kept_stands_for_those_of_the_house(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.draft()
    assert all("words" not in said for said in entry.declared.values())
    assert lacking(entry, scene) == []
    write(scene, "consent", "Nội dung khác.")
    assert lacking(entry, scene) == ["đồng ý sử dụng thông tin cá nhân theo nội dung mới"]


def test_a_purpose_of_the_edition_is_asked_unticked_and_may_be_left_out(app: Flask, scene: Scene, entry: Entry) -> None:
    browser = Browser(app, scene.entrant)
    assert 'name="forwarding"' not in browser.get(page(scene, entry)).text
    write(scene, "forwarding", "Tôi đồng ý gửi tác phẩm dự Giải Búa liềm vàng.")
    shown = browser.get(page(scene, entry)).text
    assert "Tôi đồng ý gửi tác phẩm dự Giải Búa liềm vàng." in shown
    assert "Không bắt buộc." in shown
    assert set(declare(app, scene, entry, commitment="y", consent="y")) == {"commitment", "consent"}
    assert lacking(entry, scene) == []
    assert set(declare(app, scene, entry, commitment="y", consent="y", forwarding="y")) >= {"forwarding"}


def test_ones_own_page_tells_what_was_declared_in_which_words(app: Flask, scene: Scene, entry: Entry) -> None:
    write(scene, "commitment", FIRST)
    declare(app, scene, entry, commitment="y")
    write(scene, "commitment", SECOND)
    own = Browser(app, scene.entrant).get("/tai-khoan/du-lieu").text
    assert FIRST in own
    assert SECOND not in own
