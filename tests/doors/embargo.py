"""Two worlds that differ in nothing but what was decided, an hour before the instant of publication."""

import re
from datetime import timedelta

from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Category, Edition, PrizeLevel
from award.entries.models import Entry
from award.messages.models import Message
from award.results import tasks
from award.results.models import Certificate, Decision, Honour, Publication, Result
from tests import factories
from tests.doors.world import World, another_entry, person_of

KNOW_NOTHING = ("anonymous", "entrant", "judge", "other_entrant", "administrator", "newsroom_contact")
"""Those who must not know: everybody, who wins in one world, who judged; then who wins in the other, who is near."""
BESIDE = (
    "/{slug}/ket-qua?tim=hứa",
    "/{slug}/ket-qua/{other}",
    "/{slug}/ket-qua?tai-ve=xlsx",
    "/{slug}/chia-se/{other}.png",
    "/{slug}/tac-pham/{other}",
    "/{slug}/cac-lan-truoc?tim=hứa",
    "/chung-nhan?ma=ABCD-EFGH-JKLN",
)
"""Addresses that no row has: searching, and the work that wins in the other world."""
_ONCE = re.compile(rb'(name="(?:csrf_token|deed_key)"[^>]*value|nonce|content)="[^"]{16,120}"')
"""What is new in every answer, whatever was decided."""


def asking(*, public: bool, whole: bool) -> tuple[str, ...]:
    """Who asks: all of them where there is time; else the first three, and at doors with a sign-in one winner alone."""
    if whole:
        return KNOW_NOTHING
    return KNOW_NOTHING[:3] if public else KNOW_NOTHING[1:2]


def settled(body: bytes) -> bytes:
    """An answer without what is new in every one."""
    return _ONCE.sub(rb"\1", body)


def an_hour_before(house: Flask, world: World) -> dict[str, str]:
    """The published world, an hour before; another work is there that could have won. Gives the names with its own."""
    with house.app_context(), unit_of_work():
        edition = session.query(Edition).filter_by(slug=world.names["slug"]).one()
        edition.state = "decision"
        session.query(Publication).one().at = now() + timedelta(hours=1)
        category = session.query(Category).filter_by(public_id=world.names["category"]).one()
        owner = person_of(world, "other_entrant")
        assert owner is not None
        other = another_entry(edition, category, owner)
        factories.prize_level(edition, rank=2, code="B", name="Giải B")
        return {**world.names, "other": other.public_id}


def decide_otherwise(house: Flask, names: dict[str, str]) -> None:
    """The other work wins, at another level, by another paper; another body is commended."""
    with house.app_context(), unit_of_work():
        result, honour = session.query(Result).one(), session.query(Honour).one()
        result.entry_id = session.query(Entry).filter_by(public_id=names["other"]).one().id
        result.prize_level_id = session.query(PrizeLevel).filter_by(code="B").one().id
        honour.recipient = "Đài Núi Bạc"
        session.query(Decision).one().number = "99-QĐ/KHAC"
        session.query(Certificate).one().code = "ZZZZEFGHJKLN"


def letters_written(house: Flask) -> list[tuple[str, str, str]]:
    """What there is to send once a worker has taken up the publication too early."""
    with house.app_context():
        tasks.published(session.query(Publication).one().edition_id)
        tasks.sweep()
        return [(each.to_address, each.subject, each.body) for each in session.query(Message)]
