"""The lists of the secretariat that grow: fifty rows a page, every row once, there and back, in the order asked for."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import PersonalDeadline
from award.people.models import Person
from award.screening.models import Screening
from award.text import name_sort_key, sort_key
from tests import factories
from tests.award.screening.conftest import dossier
from tests.judging.rows import judge
from tests.visitor import Visitor

pytestmark = pytest.mark.db

MANY = 120
FAMILY, MIDDLE = ("Đặng", "Mai", "Nguyễn", "Trần", "Lê", "Ân"), ("Văn", "Thị", "Đức")
GIVEN = ("An", "Ánh", "Ăn", "Đạt", "Dũng", "Ổi", "Ơn", "Ưng")
NAMES = [f"{family} {middle} {given}" for family in FAMILY for middle in MIDDLE for given in GIVEN][:MANY]
"""As many names that differ, in no order."""


def staff(edition: Edition, _secretary: Person) -> None:
    for name in NAMES:
        factories.appointment(edition, factories.person(name), "judge")


def organs(_edition: Edition, _secretary: Person) -> None:
    for name in NAMES:
        factories.newsroom(f"Báo {name}")


def deadlines(edition: Edition, secretary: Person) -> None:
    for name in NAMES:
        given = {"until": now() + timedelta(days=20), "reason": "Mất điện", "decided_by_id": secretary.id}
        session.add(PersonalDeadline(edition_id=edition.id, person_id=factories.person(name).id, **given))


def refused(edition: Edition, secretary: Person) -> None:
    for number, name in enumerate(NAMES, start=1):
        entry = dossier(edition, secretary, number, f"Của {name}")
        entry.authors[0].legal_name = name
        said = {"decision": "ineligible", "reason": "Đăng sớm", "clause": "Điều 4"}
        session.add(Screening(entry_id=entry.id, edition_id=edition.id, **said))


Scene = Callable[[Edition, Person], None]
LISTS: list[tuple[Scene, str]] = [
    (staff, "/iii-2023/thiet-lap/nhan-su"),
    (staff, "/iii-2023/thiet-lap/nhan-su?xep=ten"),
    (staff, "/iii-2023/thiet-lap/nhan-su?xep=ho"),
    (organs, "/iii-2023/thiet-lap/co-quan"),
    (organs, "/iii-2023/toa-soan"),
    (deadlines, "/iii-2023/thoi-han-rieng"),
    (refused, "/iii-2023/khong-du-dieu-kien"),
    (refused, "/iii-2023/khong-du-dieu-kien?xep=name"),
    (refused, "/iii-2023/khong-du-dieu-kien?xep=family"),
]


def named(text: str) -> list[str]:
    """The names on a page in its order, each once."""
    body = re.search(r"<tbody>(.*?)</tbody>", text, re.DOTALL)
    assert body is not None
    found = re.findall("|".join(sorted(NAMES, key=len, reverse=True)), html.unescape(body[1]))
    return list(dict.fromkeys(found))


def walked(visitor: Visitor, address: str, way: str) -> tuple[list[list[str]], str]:
    pages, there = [], address
    while True:
        text = visitor.get(there).text
        pages.append(named(text))
        onwards = re.search(rf'rel="{way}" href="([^"]+)"', text)
        if onwards is None:
            return pages, there
        there = html.unescape(onwards[1])


@pytest.mark.parametrize(("scene", "address"), LISTS)
def test_every_row_is_seen_once_there_and_back(app: Flask, scene: Scene, address: str) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="screening")
        factories.category(edition)
        secretary = judge(edition, "Bùi Cúc", "organiser")
        scene(edition, secretary)
    visitor = Visitor(app, secretary)
    pages, last = walked(visitor, address, "next")
    assert [len(page) for page in pages][:2] in ([50, 50], [49, 50])
    seen = [name for page in pages for name in page]
    assert sorted(seen) == sorted(NAMES)
    back, _first = walked(visitor, last, "prev")
    assert back[::-1] == pages
    if address.endswith(("=ten", "=name")):
        assert seen == sorted(NAMES, key=name_sort_key)
    elif address.endswith(("=ho", "=family", "/co-quan", "/toa-soan")):
        assert seen == sorted(NAMES, key=sort_key)
