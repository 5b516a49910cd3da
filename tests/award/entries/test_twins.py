"""The same work in two categories, parts of one series in two organs, and files longer than their place takes."""

from typing import Any

from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Category, Clause
from award.entries import operations, queries
from award.entries.models import Authorship, Entry, Part
from award.files.models import Rendition
from award.rules.eligibility import Finding, findings
from tests import factories
from tests.award.entries.conftest import Browser, Scene


def found_of(scene: Scene, entry: Entry, code: str) -> list[Finding]:
    found = findings(queries.facts_of(entry, scene.edition), queries.rule_book(scene.edition))
    return [each for each in found if each.code == code]


def test_a_work_that_entered_in_another_category_is_found_by_its_page_or_its_title(scene: Scene) -> None:
    page = "https://bao.vn/giu-loi-hua.html"
    with unit_of_work():
        session.add(
            Clause(edition_id=scene.edition_id, code="several_categories", value={"yes": False}, source="Điều 5")
        )
        radio = factories.category(scene.edition, code="PT", name="Phát thanh", medium="print")
        radio.slots[0].at_least = 0
        elsewhere: dict[str, Any] = {"category_id": radio.id, "genre_id": radio.genres[0].id}
        first = scene.draft(title="Tên khác hẳn", **elsewhere)
        first.parts[0].link = f"{page}?utm_source=zalo"
        operations.submit(by=scene.by(), edition=scene.edition, entry=first, arrived_at=now())
        session.expire(scene.edition, ["clauses"])
    with unit_of_work():
        same = scene.draft()
        same.parts[0].link = page
        named = scene.draft(title="TÊN KHÁC HẲN")
        other = scene.draft(title="Tên khác hẳn")
        other.authors = [Authorship(ordinal=1, legal_name="Lê Hòa", phone="0905 000 000", contact=True)]
    said = {entry.id: found_of(scene, entry, "several_categories") for entry in (same, named, other, first)}
    assert [(each.verdict, each.clause) for each in said[same.id]] == [("red", "Điều 5")]
    assert "loại hình Phát thanh" in said[same.id][0].sentence
    assert [each.verdict for each in said[named.id]] == ["amber"]
    assert [each.verdict for each in said[other.id]] == ["green"], "another author's work of the same title"
    assert [each.verdict for each in said[first.id]] == ["green"], "of two the later one is one too many"


def test_each_part_says_its_own_organ(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        factories.newsroom("Trang Tin Ven Biển", licensed=False, kinds=["portal"])
        entry = scene.draft()
        entry.parts.append(Part(ordinal=2, title="Kỳ 2", published_on=entry.parts[0].published_on))
    page = f"/{scene.slug}/tac-pham/{entry.public_id}/cac-ky"
    key = entry.parts[1].public_id
    browser = Browser(app, scene.entrant)
    shown = browser.get(page).text
    assert f'name="{key}-outlet"' in shown
    assert "Cơ quan đăng, phát kỳ này" in shown
    said = {f"{key}-title": "Kỳ 2", f"{key}-published_on": "02/3/2023", f"{key}-outlet": "trang tin ven biển"}
    assert browser.post(page, said).status_code == 303
    session.expire_all()
    read = queries.dossier(entry.id)
    assert [part.outlet for part in read.parts] == ["", "Trang Tin Ven Biển"]
    found = found_of(scene, entry, "licensed_outlet")
    assert [(each.verdict, each.field) for each in found] == [
        ("green", "work.publisher"),
        ("red", f"parts.{key}.outlet"),
    ]


def test_pages_minutes_and_words_of_a_file_are_held_against_its_place(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        category = session.get_one(Category, scene.category_id)
        category.slots[0].lengths = {"minutes": 30, "pages": 4, "words": 6}
        category.limits_source = "khoản 9 Điều 5"
        entry = scene.draft()
        long = scene.attach(entry, scene.entrant, name="dai.pdf", facts={"pages": 5, "duration": 1800.4})
        text = {"paragraphs": ["Giữ lời hứa", "với  dân, giữ lấy dân"]}
        session.add(
            Rendition(file_id=long.id, kind="text", ordinal=0, key=None, size=0, content_type="text/plain", facts=text)
        )
    found = found_of(scene, entry, "file_length")
    assert sorted((each.verdict, each.sentence.partition("” dài ")[2].partition(")")[0]) for each in found) == [
        ("green", ""),
        ("red", "5 trang (tối đa 4 trang"),
        ("red", "8 chữ (tối đa 6 chữ"),
    ]
    assert {each.clause for each in found} == {"khoản 9 Điều 5"}
    page = Browser(app, scene.entrant).get(f"/{scene.slug}/tac-pham/{entry.public_id}/tep").text
    assert "Bản quét trang báo: mỗi tệp không quá 30 phút; 4 trang; 6 chữ." in page
