"""Two worlds that differ in one secret say the same to everybody who must not know it, at every door: pages, lists as
they are sorted, filtered and searched, files, refusals, tags and letters. What was decided has worlds of its own
(`test_embargo.py`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.entries.models import Authorship, Entry
from award.files.models import File
from award.jobs import app as jobs
from award.messages.models import Message
from award.people.models import Person
from judging.panels.models import Assignment, Seat
from judging.scoring.models import Mark, ScoreSheet
from tests.conftest import empty_tables
from tests.doors.hearing import all_heard, doors, where_apart
from tests.doors.matrix import ACTORS
from tests.doors.snapshot import Snapshot, snapshot
from tests.doors.test_doors import ROOMS, People
from tests.doors.world import build

JUDGES = ("judge", "other_judge", "judge_and_entrant")
OUTSIDE = ("anonymous", "entrant", "other_entrant", "co_author", "newsroom_contact", "stranger_organiser")
ROUND = "/{slug}/vong/1"
MADE_UP = ("entries.preview_form",)
"""Doors that show a work which nobody has sent, at another address each time."""
NEEDLE = "Zoe"
"""A word that stands in the second world alone: who searches for it must not be told that it is there."""


@dataclass(frozen=True)
class Differs:
    """A world as `tests.doors.world.build` made it, whose people can be found."""

    names: dict[str, str]
    ids: dict[str, int]

    def person(self, actor: str) -> Person:
        return session.get_one(Person, self.ids[actor])


def another_judge(world: Differs) -> None:
    """Somebody else judges: another name, of another house."""
    person = world.person("other_judge")
    person.legal_name, person.pen_name = f"Lý {NEEDLE}", NEEDLE


def other_marks(world: Differs) -> None:
    """One judge of the open round has given other marks, said something else about them, at another level."""
    seat = session.scalars(select(Seat).where(Seat.person_id == world.person("judge").id)).first()
    assert seat is not None
    asked = select(ScoreSheet).join(Assignment, Assignment.id == ScoreSheet.assignment_id)
    sheet = session.scalars(asked.where(Assignment.seat_id == seat.id)).one()
    sheet.note, sheet.nonce = NEEDLE, None
    for mark in session.scalars(select(Mark).where(Mark.sheet_id == sheet.id)):
        mark.steps = 2


def other_author(world: Differs) -> None:
    """The work that is judged blind is somebody else's."""
    person = world.person("entrant")
    person.legal_name = person.pen_name = f"Lý {NEEDLE}"
    entry = session.scalars(select(Entry).where(Entry.public_id == world.names["entry"])).one()
    entry.byline = person.legal_name
    for author in session.scalars(select(Authorship).where(Authorship.person_id == person.id)):
        author.legal_name = person.legal_name


def other_file_name(world: Differs) -> None:
    """The file of somebody's work is called otherwise."""
    for file in session.scalars(select(File).where(File.uploader_id == world.person("entrant").id)):
        file.name = f"{NEEDLE}.pdf"


@dataclass(frozen=True)
class Secret:
    """`differ` tells it otherwise; `kept_from` must not notice. In every run those `near` walk through `rooms`."""

    differ: Callable[[Differs], None]
    kept_from: tuple[str, ...]
    near: tuple[str, ...]
    rooms: tuple[str, ...]
    beside: tuple[str, ...] = ()
    knows: str = ""
    """Who is told of it all the same, as proof that it was told otherwise."""
    told_at: tuple[str, ...] = ()
    """Doors whose address is itself a key: whoever was given it may know."""


OF_A_LIST = ("{at}?tim=Zoe", "{at}?xep=name", "{at}?tai-ve=xlsx", "{at}?tai-ve=csv")


def lists(*addresses: str) -> tuple[str, ...]:
    return tuple(form.replace("{at}", address) for address in addresses for form in OF_A_LIST)


SECRETS = {
    "who judges": Secret(
        another_judge,
        OUTSIDE,
        ("anonymous", "entrant"),
        ("results", "entries", "proof"),
        lists("/{slug}/ket-qua"),
        "organiser",
    ),
    "what a colleague gave": Secret(
        other_marks,
        tuple(actor for actor in ACTORS if actor != "judge"),
        ("other_judge", "chair", "organiser"),
        ("scoring", "ranking", "panels"),
        lists(f"{ROUND}/cham", f"{ROUND}/tien-do", f"{ROUND}/xep-hang"),
        "judge",
    ),
    "whose work it is": Secret(
        other_author,
        JUDGES,
        ("judge", "other_judge"),
        ("scoring", "viewings", "files"),
        lists(f"{ROUND}/cham"),
        "secretary",
        ("entries.open_invitation",),
    ),
    "how a file is called": Secret(
        other_file_name,
        ("anonymous", "other_entrant", *JUDGES, "stranger_organiser"),
        ("other_entrant", "judge"),
        ("scoring", "files", "entries"),
        lists(f"{ROUND}/cham"),
        "secretary",
        ("entries.use_pass",),
    ),
}


@dataclass
class Twin:
    """The world in which the secret is as it was made, and its tables as they were then."""

    world: Differs
    people: People
    before: Snapshot
    at: datetime = field(default_factory=now)


@pytest.fixture(scope="module")
def twin(house: Flask) -> Iterator[Twin]:
    with house.app_context(), unit_of_work():
        world = build("judging")
    people = People.of(house, world)
    with snapshot(house) as before:
        yield Twin(Differs(world.names, world.people), people, before)
    empty_tables(house)


def letters(house: Flask, twin: Twin, kept_from: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """What lies in the boxes of these people, once everything that comes by itself has come."""
    addresses = [f"{actor}@example.vn" for actor in kept_from]
    with house.app_context(), stopped_at(twin.at):
        for periodic in jobs.periodic_registry.periodic_tasks.values():
            if periodic.task.name.startswith(("letters.", "screening.", "results.", "scoring.", "cases.")):
                periodic.task.func(timestamp=0)
        asked = select(Message).where(Message.to_address.in_(addresses)).order_by(Message.id)
        return [(each.to_address, each.subject, each.body) for each in session.scalars(asked)]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", SECRETS)
def test_both_worlds_say_the_same_to_who_must_not_know(
    twin: Twin, house: Flask, pytestconfig: pytest.Config, name: str
) -> None:
    secret, whole = SECRETS[name], pytestconfig.getoption("long")
    rooms, actors = (ROOMS, secret.kept_from) if whole else (secret.rooms, secret.near)
    asked = {actor: doors(actor, rooms, secret.beside) for actor in actors}
    asked[secret.knows] = doors(secret.knows, {*secret.rooms, "screening", "panels"})

    twin.before.put_back()
    one = all_heard(twin.world.names, twin.people, asked, twin.at)
    told = letters(house, twin, secret.kept_from)
    twin.before.put_back()
    with house.app_context(), unit_of_work():
        secret.differ(twin.world)
    other = all_heard(twin.world.names, twin.people, asked, twin.at)

    apart = [
        asked_at
        for asked_at, said in one.items()
        if said != other[asked_at] and not asked_at[1].startswith((*secret.told_at, *MADE_UP))
    ]
    leaks = [f"{at}: {where_apart(one[at], other[at])}" for at in apart if at[0] != secret.knows]
    assert not leaks, "\n".join(leaks)
    assert apart, f"{secret.knows} is told them apart"
    assert letters(house, twin, secret.kept_from) == told
