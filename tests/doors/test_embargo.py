"""Until the instant of publication nobody learns what was decided: two worlds that differ in nothing else say the same.

Two works could have won. One world's council chose the first, the other's the second, at another level, by another
paper; another body is commended. Who asks an hour before the instant hears the same in both, whatever the door.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask, current_app

from award.api.models import Webhook, WebhookDelivery
from award.api.tasks import note
from award.archive import operations as archives
from award.calendars.operations import open_address
from award.calendars.queries import own_address
from award.calendars.tokens import token_of
from award.ceremony.models import Handover
from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Category, Edition, PrizeLevel
from award.editions.queries import capacity
from award.entries.models import Authorship, Entry
from award.messages.models import Message
from award.payments.models import Payment
from award.people.models import Person
from award.results import tasks
from award.results.models import Certificate, Decision, Honour, Publication, Result
from award.screening.models import Screening
from award.verdicts import Refused
from tests import factories
from tests.conftest import empty_tables
from tests.doors.hearing import Said, all_heard, doors
from tests.doors.matrix import ACTORS, Row
from tests.doors.snapshot import Snapshot, snapshot
from tests.doors.test_doors import ROOMS, People
from tests.doors.world import World, another_entry, build, person_of
from tests.visitor import Visitor

KNOW = ("chair", "deputy", "secretary", "organiser", "auditor")
"""Who may know before everybody, and is not asked: the council's heads, who proposed the prizes; the secretariat and
the organisers, who write the papers, the certificates and the money down; the auditor, who reads what they wrote."""

NEAREST = ("anonymous", "entrant", "newsroom_contact")
BEFORE_ALL = ("api", "history", "privacy", "results")
"""Who is asked in every run, and the rooms whose doors they are asked at; with --long everybody, everywhere."""

BESIDE = (
    "/{slug}/ket-qua?tim=hứa",
    "/{slug}/ket-qua?tai-ve=xlsx",
    "/{slug}/ket-qua/{other}",
    "/{slug}/chia-se/{other}.png",
    "/{slug}/tac-pham/{other}",
    "/{slug}/cac-lan-truoc?tim=hứa",
    "/lich/{dates}.ics",
    "/lich/{desk_dates}.ics",
    "/api/v1/editions/{slug}/results/works/{other}",
)
"""Addresses that no row has: searching, own dates as a program follows them, the work that wins in the other world."""

PUBLISHED = "results.published"


@dataclass
class Eve:
    """An hour before the instant: the world in which the first work has won, and its tables as they were then."""

    names: dict[str, str]
    people: People
    before: Snapshot
    at: datetime
    organiser_id: int


@pytest.fixture(scope="module")
def eve(house: Flask) -> Iterator[Eve]:
    with house.app_context(), unit_of_work():
        world = build("published")
        names = {**world.names, **an_hour_before(world)}
    people = People.of(house, world)
    with snapshot(house) as before:
        yield Eve(names, people, before, now(), world.people["organiser"])
    empty_tables(house)


def an_hour_before(world: World) -> dict[str, str]:
    """Nothing is public yet, and there is a second work that could have won: its public id, and addresses of dates."""
    edition = session.query(Edition).filter_by(slug=world.names["slug"]).one()
    edition.state = "decision"
    session.query(Publication).one().at = now() + timedelta(hours=1)
    category = session.query(Category).filter_by(public_id=world.names["category"]).one()
    owner = person_of(world, "other_entrant")
    assert owner is not None
    other = another_entry(edition, category, owner)
    by = {"decided_by_id": world.people["secretary"], "decided_at": now()}
    told = {"entry_id": other.id, "edition_id": edition.id, "decision": "eligible", "blind_code": "III-IN-002"}
    session.add(Screening(**told, **by))
    factories.prize_level(edition, rank=2, code="B", name="Giải B")
    works = {"result_id": session.query(Result).one().id, "authorship_id": session.query(Authorship).first().id}
    staff = {"recorded_by_id": world.people["secretary"]}
    session.add(Handover(certificate_id=session.query(Certificate).one().id, here=True, **staff))
    session.add(Payment(amount=1_000_000, paid_on=now().date(), **works, **staff))
    contact, author = person_of(world, "newsroom_contact"), person_of(world, "entrant")
    assert contact is not None
    assert author is not None
    organ = session.query(Entry).filter_by(public_id=world.names["entry"]).one().newsroom_id
    told = {"person_id": contact.id, "edition_id": edition.id, "newsroom_id": organ}
    session.add(Webhook(url="https://toa-soan.example/nghe", secret="whsec_" + "x" * 43, **told))
    return {
        "other": other.public_id,
        "dates": own_dates(author),
        "desk_dates": own_dates(contact),
    }


def own_dates(person: Person) -> str:
    """What the address ends with under which the person's own dates can be read."""
    open_address(person=person)
    given = own_address(person.id)
    assert given is not None
    return token_of(given.public_id, current_app.extensions["settings"].secret_key)


def decide_otherwise(house: Flask, other: str) -> None:
    """The other work wins, at another level, by another paper; another body is commended."""
    with house.app_context(), unit_of_work():
        result, honour = session.query(Result).one(), session.query(Honour).one()
        won = session.query(Entry).filter_by(public_id=other).one()
        result.entry_id = won.id
        session.query(Payment).one().authorship_id = won.authors[0].id
        result.prize_level_id = session.query(PrizeLevel).filter_by(code="B").one().id
        honour.recipient = "Đài Núi Bạc"
        session.query(Decision).one().number = "99-QĐ/KHAC"
        session.query(Certificate).one().code = "ZZZZEFGHJKLN"


def heard(eve: Eve, asked: Mapping[str, Mapping[str, Row]]) -> dict[tuple[str, str], Said]:
    """What each of them hears at these doors, an hour before the instant."""
    return all_heard(eve.names, eve.people, asked, eve.at)


@dataclass(frozen=True)
class Sent:
    """What more there is to send once a worker has taken up the publication: letters, tellings of programs."""

    letters: list[tuple[str, str, str]]
    tellings: list[dict[str, Any]]


def sent_out(house: Flask, at: datetime) -> Sent:
    with house.app_context(), stopped_at(at):
        before, told = session.query(Message).count(), session.query(WebhookDelivery).count()
        tasks.published(session.query(Publication).one().edition_id)
        tasks.sweep()
        note()
        letters = [(each.to_address, each.subject, each.body) for each in session.query(Message).order_by(Message.id)]
        tellings = [each.body for each in session.query(WebhookDelivery).order_by(WebhookDelivery.event)]
        return Sent(letters[before:], tellings[told:])


def archived(eve: Eve, house: Flask) -> str:
    """How the organiser is answered who asks for the archive that everybody may have: no copy is made ahead."""
    with house.app_context(), stopped_at(eve.at), pytest.raises(Refused) as refused, unit_of_work():
        edition = session.query(Edition).filter_by(slug=eve.names["slug"]).one()
        by = capacity(session.get_one(Person, eve.organiser_id), edition)
        archives.ask(by=by, edition=edition, audience="public", works="none")
    return refused.value.verdict.code


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Those nearest to the results walk together; with --long everybody does, one after another."""
    if "actors" in metafunc.fixturenames:
        everybody = [(actor,) for actor in ACTORS if actor not in KNOW]
        walks = everybody if metafunc.config.getoption("long") else [NEAREST]
        metafunc.parametrize("actors", walks, ids=" ".join)


@pytest.mark.timeout(1800)
def test_until_the_instant_both_worlds_say_the_same(
    eve: Eve, house: Flask, pytestconfig: pytest.Config, actors: tuple[str, ...]
) -> None:
    rooms = ROOMS if pytestconfig.getoption("long") else BEFORE_ALL
    asked = {actor: doors(actor, rooms, BESIDE) for actor in actors}

    eve.before.put_back()
    one = heard(eve, asked)
    eve.before.put_back()
    decide_otherwise(house, eve.names["other"])
    other = heard(eve, asked)

    assert [asked_at for asked_at, said in one.items() if said != other[asked_at]] == []
    with stopped_at(eve.at + timedelta(hours=2)):
        assert "99-QĐ/KHAC" in Visitor(house).get(f"/{eve.names['slug']}/ket-qua").text, "then they are told apart"


def test_until_the_instant_nobody_is_sent_anything(eve: Eve, house: Flask) -> None:
    eve.before.put_back()
    sent = sent_out(house, eve.at)
    assert archived(eve, house) == "not_public"
    eve.before.put_back()
    decide_otherwise(house, eve.names["other"])

    assert sent == sent_out(house, eve.at)
    assert sent.letters == []
    assert PUBLISHED not in {each["event"] for each in sent.tellings}
    then = sent_out(house, eve.at + timedelta(hours=2))
    assert then.letters, "then they are told"
    assert PUBLISHED in {each["event"] for each in then.tellings}
