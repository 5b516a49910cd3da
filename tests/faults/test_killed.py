"""SIGKILL at every statement of what must never be lost or done twice: submitting, taking a file in, sending a sheet,
closing a round, publishing. Whoever presses again finds it done, or does it now; the history of what everybody was told
is held against the database after each. Thirty deaths as a rule, all of them, over and over, with `--long`."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.results import operations as results
from judging.ranking import operations as ranking
from tests import factories
from tests.award.entries.conftest import made_scene
from tests.award.files.conftest import Sender, photo
from tests.award.results.rows import outcome
from tests.faults import invariants
from tests.faults.conftest import Doomed, MortalStore
from tests.faults.doomed import COMMITTED, COMMITTING, ON_ITS_WAY, STATEMENT
from tests.faults.history import History, Outcome
from tests.judging.ranking.halls import hall

pytestmark = pytest.mark.usefixtures("ctx", "on_mortal_store")

MANY_DEATHS = 1000
OF_FIVE = 5
SHORT = (f"{STATEMENT}3", f"{STATEMENT}11", f"{STATEMENT}19", COMMITTING, ON_ITS_WAY, COMMITTED)
LAST = 400
"""More statements than any request asks."""


@dataclass(frozen=True)
class Act:
    """Something one person can press."""

    op: str
    key: str
    person: int
    address: str
    form: dict[str, str]
    json: bool = False


def submitting() -> Iterator[Act]:
    """Each a draft of somebody else's."""
    with unit_of_work():
        scene = made_scene()
    for number in count():
        with unit_of_work():
            owner = factories.person(f"Nguyễn Thị Vân {number}", phone="0905 123 456")
            entry = scene.draft(owner)
        yield Act("submit", entry.public_id, owner.id, f"/{scene.slug}/tac-pham/{entry.public_id}/nop", {})


def completing(app: Flask) -> Iterator[Act]:
    """Each a file whose bytes have arrived."""
    with unit_of_work():
        person = factories.person("Trần Minh")
    sender = Sender(app, person)
    for number in count():
        data = photo(64 + number, 64)
        file = sender.begin(data, f"anh-{number}.jpg", ["jpeg"])
        sender.send(file, data)
        yield Act("complete", file.public_id, person.id, f"/tep/{file.public_id}/xong", {}, json=True)


def scoring() -> Iterator[Act]:
    """Each a sheet of one judge, marked and sent."""
    while True:
        with unit_of_work():
            of = hall(works=12, judges=1)
            judge = of.bench.judges[0]
            fields = {f"c{criterion.id}": "2" for criterion in of.round.criteria} | {"version": "0", "note": ""}
            sheets = [of.assignment(judge, entry).public_id for entry in of.works]
        for sheet in sheets:
            address = f"/{of.edition.slug}/vong/1/cham/{sheet}/gui"
            yield Act("score", sheet, judge.id, address, fields)
        makes_way(of.edition.id)


def makes_way(edition_id: int) -> None:
    """The address of this edition is free for the next."""
    with unit_of_work():
        edition = session.get_one(Edition, edition_id)
        edition.slug = f"cu-{edition_id}"


def closing() -> Iterator[Act]:
    """Each a round of its own, which the chair proposed to close."""
    while True:
        with unit_of_work():
            of = hall()
            of.mark_all(((8, 8, 8), (6, 6, 6)), ((4, 4, 4), (4, 6, 4)), ((2, 2, 2), (2, 2, 4)))
            of.freeze()
        with unit_of_work():
            ranking.propose_close(by=of.by(of.chair), edition=of.edition, judged=of.round)
        address = f"/{of.edition.slug}/vong/1/tien-do/ket-thuc/xac-nhan"
        yield Act("close", str(of.round.id), of.deputy.id, address, {})
        makes_way(of.edition.id)


def publishing() -> Iterator[Act]:
    """Each an edition of its own, whose organiser proposed the instant."""
    while True:
        with unit_of_work():
            made = outcome()
            made.decide()
            at = now() + timedelta(hours=2)
            results.propose_publication(by=made.by(made.organiser), edition=made.edition, at=at)
        address = f"/{made.edition.slug}/cong-bo/xac-nhan"
        yield Act("publish", str(made.edition.id), made.secretary.id, address, {})
        makes_way(made.edition.id)


ACTS: dict[str, Callable[[Flask], Iterator[Act]]] = {
    "submit": lambda _app: submitting(),
    "complete": completing,
    "score": lambda _app: scoring(),
    "close": lambda _app: closing(),
    "publish": lambda _app: publishing(),
}


def pressed(doomed: Doomed, act: Act, place: str, key: str) -> Callable[[], tuple[Outcome, str]]:
    """The person presses, and the process may die over it."""

    def does() -> tuple[Outcome, str]:
        said = {"json": act.form} if act.json else {"form": act.form | {"deed_key": key}}
        kind = "ask" if act.json else "press"
        ending = doomed.does(kind, place, person_id=act.person, address=act.address, **said)
        if ending.signal:
            assert ending.signal == signal.SIGKILL
            return "unknown", ""
        assert ending.status in {200, 303}, f"{act.op} at {place}: {ending.status}"
        return "ok", ""

    return does


def dies_at(doomed: Doomed, history: History, act: Act, place: str, key: str) -> bool:
    """Whether it died over this press; then whatever it had acknowledged to others is still true."""
    died = history.act(act.person, act.op, act.key, pressed(doomed, act, place, key)) == "unknown"
    session.rollback()
    session.expire_all()
    return died


def every_place() -> Iterator[str]:
    """One statement after the other; once there is no such statement, the commit."""
    yield from (f"{STATEMENT}{number}" for number in range(1, LAST))


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("op", ACTS)
def test_whoever_dies_over_it_nothing_is_lost_and_nothing_is_done_twice(
    app: Flask, doomed: Doomed, on_mortal_store: MortalStore, request: pytest.FixtureRequest, op: str
) -> None:
    long = request.config.getoption("--long")
    history, acts, deaths = History(), ACTS[op](app), 0
    while deaths < (MANY_DEATHS // OF_FIVE if long else len(SHORT)):
        act = next(acts)
        key = f"{op}-{act.key}"
        ends = [COMMITTING, ON_ITS_WAY, COMMITTED][deaths % 3 :][:1] if long else []
        for place in [*every_place(), *ends] if long else SHORT:
            if dies_at(doomed, history, act, place, key):
                deaths += 1
            elif long:
                break  # it asks no more statements: it is done
        assert history.act(act.person, op, act.key, pressed(doomed, act, "", key)) == "ok", "pressed once more"
        invariants.hold_for(history)
    assert deaths >= (MANY_DEATHS // OF_FIVE if long else len(SHORT))
