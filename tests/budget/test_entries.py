"""What an entrant's pages cost: as many statements with fifty works and fifty parts as with one."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Category
from award.entries.models import Authorship, Entry, Part, PriorPrize
from tests.award.entries.conftest import Scene, made_scene
from tests.budget.conftest import Spent
from tests.visitor import Visitor

MOST = 8
NOTHING = 4
"""Session, user, edition and a work that is not there: what a page without content costs beside the frame."""
Count = Callable[[], AbstractContextManager[Spent]]


def prepared(app: Flask, works: int, rows: int) -> tuple[Scene, str, Visitor]:
    """An entrant with so many drafts, the first of them with so many parts, authors, files and prizes."""
    with app.app_context():
        with unit_of_work():
            scene = made_scene(slug=f"lan-{works}")
            entries = [scene.draft() for _ in range(works)]
            grow(scene, entries[0], rows)
            key = entries[0].public_id
        return scene, key, Visitor(app, scene.entrant)


@pytest.mark.parametrize("parts", [1, 5, 50])
def test_the_door_before_an_account_costs_the_same_whatever_is_asked(
    app: Flask, count_queries: Count, parts: int
) -> None:
    """Edition with rules, categories, their genres, the organs to choose from, the organ that was named."""
    with app.app_context():
        with unit_of_work():
            scene = made_scene(slug="lan-hoi")
        category = session.get_one(Category, scene.category_id)
        days = "\n".join(["2/3/2023"] * parts)
        asked = {"category": category.public_id, "genre": str(category.genres[0].id), "days": days, "works": "1"}
        address = f"/{scene.slug}/duoc-du-khong?{urlencode({**asked, 'outlet': 'Báo Biển Xanh', 'people': parts})}"
    with count_queries() as spent:
        answer = Visitor(app).get(address)
    assert answer.status_code == 200
    assert len(spent.statements) <= MOST, spent.statements
    assert len(spent.statements) == 7, spent.statements


def last_author(app: Flask, key: str) -> str:
    with app.app_context():
        found = session.scalars(
            select(Authorship).join(Entry).where(Entry.public_id == key).order_by(Authorship.ordinal)
        )
        return [author.public_id for author in found][-1]


def grow(scene: Scene, entry: Entry, rows: int) -> None:
    for n in range(2, rows + 1):
        entry.parts.append(Part(ordinal=n, title=f"Kỳ {n}", published_on=date(2023, 3, 2)))
        entry.authors.append(Authorship(ordinal=n, legal_name=f"Trần Minh {n}", employer_text="Đài Núi Bạc"))
        entry.prior_prizes.append(PriorPrize(award_name=f"Giải {n}", level="B"))
        scene.attach(entry, scene.entrant)
    entry.changed_at = now()
    session.flush()


def cost(app: Flask, count: Count, page: str, works: int, rows: int) -> list[str]:
    scene, key, visitor = prepared(app, works, rows)
    address = f"/{scene.slug}/tac-pham" + page.format(key=key, author=last_author(app, key))
    with count() as spent:
        answer = visitor.get(address)
    assert answer.status_code == 200
    return spent.statements


PAGES = [
    "",
    "?tai-ve=xlsx",
    "/moi",
    "/{key}",
    "/{key}/khai",
    "/{key}/cac-ky",
    "/{key}/tac-gia",
    "/{key}/tep",
    "/{key}/cam-ket",
    "/{key}/kiem-tra",
    "/{key}/loai-hinh",
    "/{key}/tac-gia/{author}/moi",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_for_little_and_for_much(app: Flask, count_queries: Any, page: str) -> None:
    few = cost(app, count_queries, page, 1, 1)
    many = cost(app, count_queries, page, 50, 50)
    assert len(few) == len(many)
    assert len(few) - frame(app, count_queries) <= MOST, "\n\n".join(few)


def frame(app: Flask, count: Count) -> int:
    """What the frame of a page, with its navigation of every room, costs this entrant."""
    scene, _key, visitor = prepared(app, 2, 1)
    with count() as spent:
        assert visitor.get(f"/{scene.slug}/tac-pham/khong-co").status_code == 404
    return len(spent) - NOTHING


def test_what_everybody_does_before_a_deadline_costs_little(app: Flask, count_queries: Any) -> None:
    """The desk asks an entrant's own rooms alone; a text that is saved while it is typed is written down once."""
    scene, key, visitor = prepared(app, 1, 1)
    visitor.get("/ban-lam-viec")
    with count_queries() as spent:
        assert "Giữ lời hứa với dân" in visitor.get("/ban-lam-viec").text
    assert len(spent.statements) <= MOST + 1, "a draft that lacks nothing is read again with its authors' other works"
    address = f"/{scene.slug}/tac-pham/{key}/khai"
    version = re.findall(r'name="version" value="([^"]*)"', visitor.get(address).text)[0]
    for words in ("một", "hai"):
        with count_queries() as spent:
            typed = {"summary": words, "version": version}
            saved = visitor.post(address, typed, headers={"Accept": "application/json"})
        assert saved.status_code == 200
        version = saved.get_json()["version"]
    assert sum(each.startswith("UPDATE entry") for each in spent.statements) == 1, spent.statements
    assert len(spent.statements) <= MOST, spent.statements
