"""A hundred thousand works in one edition: the secretariat's lists cost what they cost for ten, by index alone."""

import html
import json
import random
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event, select, text

from award.clock import now
from award.db import session, unit_of_work
from award.entries.models import Entry
from award.intake.models import Parcel, ParcelWork, Piece
from award.people.models import Newsroom, Person
from award.text import folded, name_sort_key, sort_key
from tests import factories
from tests.award.screening.conftest import dossier
from tests.budget.conftest import Spent
from tests.budget.test_hot_lists import AS_A_BROWSER, MOST, MOST_BYTES, WORDS
from tests.conftest import empty_tables, owner_of
from tests.judging.rows import judge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
QUEUE = "/iii-2023/kiem-tra"
MANY, NEWSROOMS, TITLES, NAMES = 100_000, 200, 20_000, 5_000
BIG = {"entry", "authorship", "part", "screening", "person", "piece"}
"""Tables that no statement of a page may read from end to end. The ledger counts its lines by where they stand, with
what each brought: those two tables it does read."""
LISTS = [
    QUEUE,
    f"{QUEUE}?ket-luan=pending",
    f"{QUEUE}?ket-luan=ineligible",
    f"{QUEUE}?ket-luan=correction",
    f"{QUEUE}?ket-luan=withdrawn",
    f"{QUEUE}?kiem-tra=red",
    f"{QUEUE}?xep=title",
    f"{QUEUE}?xep=name",
    f"{QUEUE}?xep=family",
    f"{QUEUE}?xep=submitted",
    f"{QUEUE}?tim=quynh+nhu+thuong",
    f"{QUEUE}?tim=KH3-00777&xep=name",
    f"{QUEUE}?co-quan={{newsroom}}&xep=title",
    "/iii-2023/khong-du-dieu-kien",
    "/iii-2023/toa-soan",
    "/iii-2023/toa-soan/{newsroom}",
    "/iii-2023/tiep-nhan",
    "/iii-2023/thoi-han-rieng",
]
SEED = """
CREATE TEMPORARY TABLE title (k bigint PRIMARY KEY, words text, bare text, key bytea);
CREATE TEMPORARY TABLE name (k bigint PRIMARY KEY, words text, bare text, given bytea, family bytea);
"""
FILL = """
INSERT INTO person (public_id, created_at, legal_name, name_folded, name_key, family_key, pen_name, phone,
    press_card, form_of_address, newsroom_words)
SELECT 'pp' || n, now(), name.words, name.bare, name.given, name.family, '', '', '', 'đồng chí', ''
FROM generate_series(1, :many) AS n JOIN name ON name.k = n % :names;
INSERT INTO entry (public_id, created_at, edition_id, category_id, owner_id, state, code, title, title_folded,
    title_key, first_name_key, first_family_key, summary, newsroom_id, newsroom_text, byline, elsewhere, channel,
    declared, submitted_at, changed_at, withdrawn_reason, version)
SELECT 'ee' || n, now(), :edition, :category, (SELECT max(id) FROM person) - n + 1,
    CASE WHEN n % 5000 = 0 THEN 'withdrawn' ELSE 'submitted' END, 'KH3-' || lpad(n::text, 6, '0'),
    title.words, title.bare, title.key, '', '', '', :first + n % :newsrooms, '', '', '', 'online', '{}',
    now() - n * interval '1 second', now(), '', 1
FROM generate_series(1, :many) AS n JOIN title ON title.k = n % :titles;
INSERT INTO part (public_id, created_at, entry_id, ordinal, title, published_on, issue, page, place, channel,
    newsroom_text, link, link_key)
SELECT 'tt' || id, now(), id, 1, '', '2023-03-02', '', '', '', '', '', '', '' FROM entry WHERE public_id LIKE 'ee%';
INSERT INTO authorship (public_id, created_at, entry_id, ordinal, legal_name, name_folded, name_key, family_key,
    pen_name, role, employer_text, phone, contact, minor, guardian,
    guardian_relation, invited_to, fills)
SELECT 'aa' || entry.id, now(), entry.id, 1, name.words, name.bare, name.given, name.family, '', '', '', '', true,
    false, '', '', '', false
FROM entry JOIN name ON name.k = entry.id % :names WHERE public_id LIKE 'ee%';
INSERT INTO screening (entry_id, edition_id, decision, reason, clause, blind_code, findings, red, amber, version)
SELECT id, :edition,
    CASE WHEN id % 1000 = 1 THEN 'correction' WHEN id % 4 = 0 THEN 'pending' WHEN id % 9 = 0 THEN 'ineligible'
        ELSE 'eligible' END,
    '', '', 'III-IN-' || id, jsonb_build_object('findings', repeat('đạt ', 300)), (id % 7 = 0)::int, 0, 1
FROM entry WHERE public_id LIKE 'ee%';
INSERT INTO parcel (public_id, created_at, edition_id, number, channel, sender, sender_folded, newsroom_id,
    newsroom_text, arrived_at, contents, registered_by_id, void_reason, version)
SELECT 'cc' || n, now(), :edition, n, 'post', name.words, name.bare, :first + n % :newsrooms, '', now(), '',
    :secretary, '', 1
FROM generate_series(1, :many) AS n JOIN name ON name.k = n % :names;
INSERT INTO piece (public_id, created_at, parcel_id, ordinal, kind, count, words, kept_at)
SELECT 'ii' || id, now(), id, 1, 'envelope', 1, '', '' FROM parcel;
INSERT INTO parcel_work (parcel_id, entry_id, begun)
SELECT parcel.id, entry.id, false FROM parcel JOIN entry ON entry.public_id = 'ee' || parcel.number;
"""


def seeded(app: Flask, many: int = MANY) -> tuple[Person, str]:
    """So many works: their secretary, and the address of a newsroom that published one in two hundred of them."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        category = factories.category(edition)
        secretary = judge(edition, "Bùi Cúc", "secretary")
        organs = [factories.newsroom(f"Báo số {n}") for n in range(NEWSROOMS)]
        given: dict[str, Any] = {"edition": edition.id, "category": category.id, "first": organs[0].id}
        given["secretary"] = secretary.id
    chance, syllables = random.Random(2023), WORDS.split()  # noqa: S311
    titles = [" ".join(chance.choices(syllables, k=10)).capitalize() for _n in range(TITLES)]
    names = [" ".join(chance.choices(syllables, k=3)).title() for _n in range(NAMES)]
    titles[7], names[11] = "Quỳnh Như thương nhớ", "Trịnh Quỳnh Như Thường"
    given |= {"many": many, "newsrooms": NEWSROOMS, "titles": TITLES, "names": NAMES}
    with owner_of(app).begin() as connection:
        _fill(connection, titles, names, given)
    with owner_of(app).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    return secretary, organs[0].public_id


def _fill(connection: Connection, titles: list[str], names: list[str], given: dict[str, Any]) -> None:
    for statement in SEED.strip().split(";\n"):
        connection.exec_driver_sql(statement)
    rows: list[dict[str, Any]] = [
        {"n": n, "words": each, "bare": folded(each), "key": sort_key(each)} for n, each in enumerate(titles)
    ]
    connection.execute(text("INSERT INTO title VALUES (:n, :words, :bare, :key)"), rows)
    rows = [
        {"n": n, "words": each, "bare": folded(each), "given": name_sort_key(each), "family": sort_key(each)}
        for n, each in enumerate(names)
    ]
    connection.execute(text("INSERT INTO name VALUES (:n, :words, :bare, :given, :family)"), rows)
    for statement in FILL.strip().removesuffix(";").split(";\n"):
        connection.execute(text(statement), given)


class Plans:
    """Every statement of a page with what it was asked with, so that it can be asked again how it was answered."""

    def __init__(self, app: Flask) -> None:
        self.engine = app.extensions["engine"]
        self.asked: list[tuple[str, Any]] = []

    def note(self, _connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            self.asked.append((statement, parameters))

    def __enter__(self) -> "Plans":
        event.listen(self.engine, "before_cursor_execute", self.note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self.note)

    def read_through(self) -> list[str]:
        """The big tables that a statement reads from end to end, each with the statement."""
        found = []
        with self.engine.connect() as connection:
            for statement, parameters in self.asked:
                answer = connection.exec_driver_sql(
                    f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters
                ).scalar_one()
                plan = json.loads(answer) if isinstance(answer, str) else answer
                found += [f"{name}\n{statement}" for name in _scanned(plan[0]["Plan"])]
        return found


def _scanned(node: dict[str, Any]) -> Iterator[str]:
    if "Seq Scan" in node["Node Type"] and node["Actual Loops"] and node["Relation Name"] in BIG:
        yield node["Relation Name"]
    for each in node.get("Plans", ()):
        yield from _scanned(each)


def cost(app: Flask, count_queries: Counting, person: Person, address: str) -> tuple[list[int], list[str]]:
    """Statements of the first three pages, and what was read from end to end for them."""
    visitor, spent_on, read = Visitor(app, person), list[int](), list[str]()
    visitor.get(address)
    there: str | None = address
    while there is not None and len(spent_on) < 3:
        with count_queries() as spent, Plans(app) as plans:
            answer = visitor.get(there, headers=AS_A_BROWSER)
        assert answer.status_code == 200
        assert len(answer.data) <= MOST_BYTES, (there, len(answer.data))
        spent_on.append(len(spent))
        read += plans.read_through()
        onwards = re.search(r'rel="next" href="([^"]+)"', visitor.get(there).text)
        there = html.unescape(onwards[1]) if onwards else None
    return spent_on, read


def few(app: Flask) -> tuple[Person, str]:
    """The same of ten works of one newsroom."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        factories.category(edition)
        secretary, organ = judge(edition, "Bùi Cúc", "secretary"), factories.newsroom("Báo số 0")
        for number in range(1, 11):
            entry = dossier(edition, secretary, number, f"Tác phẩm {number}")
            entry.newsroom_id = organ.id
            parcel = Parcel(edition_id=edition.id, number=number, channel="post", sender="Bưu điện", arrived_at=now())
            parcel.registered_by_id, parcel.pieces = secretary.id, [Piece(ordinal=1, kind="envelope")]
            session.add(parcel)
            session.flush()
            session.add(ParcelWork(parcel_id=parcel.id, entry_id=entry.id))
    return secretary, organ.public_id


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_lists_cost_the_same_for_a_hundred_thousand_works(app: Flask, count_queries: Counting) -> None:
    secretary, newsroom = few(app)
    usual = {each: cost(app, count_queries, secretary, each.format(newsroom=newsroom))[0][0] for each in LISTS}
    empty_tables(app)
    secretary, newsroom = seeded(app)
    told: dict[str, Any] = {}
    for each in LISTS:
        spent, read = cost(app, count_queries, secretary, each.format(newsroom=newsroom))
        told[each] = {"spent": spent, "usual": usual[each], "read": read}
    wrong = {
        each: one
        for each, one in told.items()
        if one["read"] or set(one["spent"]) != {one["usual"]} or one["usual"] > MOST
    }
    assert not wrong, {each: sorted({read[:400] for read in one["read"]}) or one for each, one in wrong.items()}
    with app.app_context():
        assert session.scalars(select(Newsroom.id)).all()
        first = session.scalars(select(Entry).where(Entry.state == "submitted").order_by(Entry.first_name_key)).first()
        assert first is not None
        assert first.first_name_key == first.authors[0].name_key
