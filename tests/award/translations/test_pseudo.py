"""Every sentence longer by two fifths, in letters of no language, between brackets: what shows outside of them is data.

So a page is seen as a reader of a wordier language would see it, and a word that went past the catalogue gives itself
away: it is Vietnamese, stands outside the brackets, and is in no row of the database.
"""

import html
import re
from collections.abc import Iterator

import pytest
from babel.support import NullTranslations
from flask import Flask
from sqlalchemy import text

from award.db import unit_of_work
from award.languages import COOKIE
from tests.conftest import owner_of, tables_of
from tests.doors.matrix import desk, editions, entries, intake, newsrooms, people, privacy, reports, screening
from tests.doors.world import World, build, person_of
from tests.visitor import Visitor

OPENS, CLOSES = "⟦", "⟧"
KEPT_AS_THEY_ARE = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|\s")
MARKED_WORD = re.compile(r"\w*[^\W\d_a-zA-Z]\w*")
ACTORS = ("organiser", "secretary", "entrant", "newsroom_contact", "administrator", "anonymous")
ROOMS = (desk, editions, entries, intake, newsrooms, people, privacy, reports, screening)
NOT_SAID = {
    *("tiếng", "việt"),  # the name of the other language, in itself
    *("đến", "hết", "ngày", "trước", "chậm", "nhất"),  # values of the choice of a deadline's words
    *("qđ", "bì"),  # a symbol of papers, and a thing as it is typed
    *("ông", "bà"),  # how somebody is spoken to in letters, which are Vietnamese
}
SAMPLES = {"desk.components"}
"""The page of components is of invented data."""


def stretched(sentence: str) -> str:
    """Placeholders and blanks stay, every other letter is ж, and two fifths more of them stand at the end."""
    bare = KEPT_AS_THEY_ARE.sub("", sentence)
    pieces, at = [], 0
    for kept in KEPT_AS_THEY_ARE.finditer(sentence):
        pieces += ["ж" * (kept.start() - at), kept[0]]
        at = kept.end()
    pieces.append("ж" * (len(sentence) - at))
    return f"{OPENS}{''.join(pieces)} {'ж' * (len(bare) * 2 // 5)}{CLOSES}"


class Stretched(NullTranslations):
    """Every sentence there is or will be."""

    def ugettext(self, message: str) -> str:  # type: ignore[override]
        return stretched(message)

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:  # type: ignore[override]  # noqa: ARG002
        return stretched(msgid1)

    def upgettext(self, context: str, message: str) -> str:  # type: ignore[override]  # noqa: ARG002
        return stretched(message)


@pytest.fixture
def wordy(app: Flask) -> Iterator[Flask]:
    catalogues = app.extensions["words"].catalogues
    english, catalogues["en"] = catalogues["en"], Stretched()
    yield app
    catalogues["en"] = english


def test_a_sentence_grows_by_two_fifths_and_keeps_its_values() -> None:
    assert stretched("Còn %(n)s ngày") == "⟦жжж %(n)s жжжж жж⟧"
    assert stretched("{n}%%") == "⟦{n}%% ⟧"


def outside(page: str) -> str:
    """The page without scripts, without comments and without what stands between brackets, innermost first."""
    shown = html.unescape(re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL))
    while (less := re.sub(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}", "", shown)) != shown:
        shown = less
    return shown


def written(house: Flask) -> set[str]:
    """Every word with a Vietnamese letter in any row."""
    found: set[str] = set()
    with owner_of(house).connect() as connection:
        for table in tables_of(connection):
            for row in connection.execute(text(f'SELECT to_jsonb(t)::text FROM "{table}" t')).scalars():
                found.update(word.lower() for word in MARKED_WORD.findall(row))
    return found


def visits(app: Flask, world: World) -> Iterator[tuple[str, str]]:
    """Each page that opens, once, as the first of the actors whom it opens to."""
    with app.app_context():
        visitors = {actor: Visitor(app, person_of(world, actor)) for actor in ACTORS}
    for visitor in visitors.values():
        visitor.client.set_cookie(COOKIE, "en", domain="127.0.0.1")
    for row in (row for room in ROOMS for row in room.ROWS if row.method == "GET" and row.world == "open"):
        actor = next((actor for actor in ACTORS if row.expected(actor) == 200), None)
        if actor is not None and row.endpoint not in SAMPLES:
            answer = visitors[actor].get(row.address.format_map(world.names))
            if answer.mimetype == "text/html":
                assert answer.status_code == 200, row.address
                yield row.address, answer.text


def test_pages_say_nothing_that_went_past_the_catalogue(wordy: Flask) -> None:
    with wordy.app_context(), unit_of_work():
        world = build("open")
    data = written(wordy) | NOT_SAID
    bare: dict[str, list[str]] = {}
    count = 0
    for address, page in visits(wordy, world):
        count += 1
        if "<html" in page:
            assert 'lang="en"' in page, address
        left = sorted(
            {word for word in MARKED_WORD.findall(outside(page)) if word.lower() not in data and "ж" not in word}
        )
        if left:
            bare[address] = left
    assert count > 60
    assert bare == {}
