"""Two worlds that differ in nothing but what was decided: until the instant every door says the same in both."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Category, Edition, PrizeLevel
from award.entries.models import Entry
from award.messages.models import Message
from award.results import tasks
from award.results.models import Certificate, Decision, Honour, Publication, Result
from tests import factories
from tests.conftest import empty_tables
from tests.doors.matrix import Row
from tests.doors.snapshot import Snapshot, snapshot
from tests.doors.test_doors import ROOMS, People, answered_at, rows
from tests.doors.world import World, another_entry, build, person_of

KNOWS_NOTHING = ("anonymous", "entrant", "other_entrant", "judge", "administrator", "newsroom_contact")
"""Those who must not know: who wins in one world, who wins in the other, who judged, who is near."""
BESIDE = (
    "/{slug}/ket-qua?tim=hứa",
    "/{slug}/ket-qua/{other}",
    "/{slug}/ket-qua?tai-ve=xlsx",
    "/{slug}/chia-se/{other}.png",
    "/{slug}/tac-pham/{other}",
    "/{slug}/van-ban?ma=ABCD-EFGH-JKLM",
    "/chung-nhan?ma=ABCD-EFGH-JKLN",
    "/{slug}/nhan-xet/{other}",
)
"""Addresses that no row has: searching, and the work that wins in the other world."""
ONCE = re.compile(rb'(name="(?:csrf_token|deed_key)"[^>]*value|nonce|data-csrf|content)="[^"]{16,120}"')
"""What is new in every answer, whatever was decided."""


@pytest.fixture(scope="module")
def decided(house: Flask) -> Iterator[tuple[World, People, Snapshot]]:
    """The results are decided and signed, an hour before their instant."""
    with house.app_context(), unit_of_work():
        world = build("published")
        edition = session.query(Edition).filter_by(slug=world.names["slug"]).one()
        edition.state = "decision"
        session.query(Publication).one().at = now() + timedelta(hours=1)
        category = session.query(Category).filter_by(public_id=world.names["category"]).one()
        owner = person_of(world, "other_entrant")
        assert owner is not None
        world.names["other"] = another_entry(edition, category, owner).public_id
        factories.prize_level(edition, rank=2, code="B", name="Giải B")
    people = People.of(house, world)
    with snapshot(house) as before:
        yield world, people, before
    empty_tables(house)


def decide_otherwise(house: Flask, world: World) -> None:
    """The other work wins, at another level, by another paper; another body is commended."""
    with house.app_context(), unit_of_work():
        result, honour = session.query(Result).one(), session.query(Honour).one()
        result.entry_id = session.query(Entry).filter_by(public_id=world.names["other"]).one().id
        result.prize_level_id = session.query(PrizeLevel).filter_by(code="B").one().id
        honour.recipient = "Đài Núi Bạc"
        session.query(Decision).one().number = "99-QĐ/KHAC"
        session.query(Certificate).one().code = "ZZZZEFGHJKLN"


def everything_said(house: Flask, world: World, people: People) -> dict[tuple[str, str], tuple[int, bytes]]:
    asked = {row.address: row for room in ROOMS for row in rows(room) if row.method == "GET"}
    asked |= {address: Row("", "GET", address, 200) for address in BESIDE}
    said = {}
    for address, row in asked.items():
        for actor in KNOWS_NOTHING:
            answer = answered_at(row, address.format_map(world.names), actor, people)
            said[address, actor] = answer.status_code, ONCE.sub(rb"\1", answer.data)
    said["letters", "everybody"] = 0, letters_written(house)
    return said


def letters_written(house: Flask) -> bytes:
    """What a worker sends that takes up the publication before its instant, and everything due beside it."""
    with house.app_context():
        tasks.published(session.query(Publication).one().edition_id)
        tasks.sweep()
        return repr([(each.to_address, each.subject, each.body) for each in session.query(Message)]).encode()


def test_until_the_instant_both_worlds_say_the_same(house: Flask, decided: tuple[World, People, Snapshot]) -> None:
    world, people, before = decided
    with stopped_at(now()):
        so = everything_said(house, world, people)
        before.put_back()
        decide_otherwise(house, world)
        otherwise = everything_said(house, world, people)
    assert [key for key in so if so[key] != otherwise[key]] == []
    with stopped_at(now() + timedelta(hours=2)):
        told = answered_at(Row("", "GET", "", 200), f"/{world.names['slug']}/ket-qua", "anonymous", people)
    assert "99-QĐ/KHAC" in told.text, "after the instant the worlds are told apart"
