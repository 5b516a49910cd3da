"""A newsroom with two people who speak for it, reporters with works, a second newsroom, and the secretariat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries.models import Entry
from award.messages.models import Message
from award.newsrooms import queries
from award.newsrooms.models import Attestation
from award.newsrooms.permissions import Standing
from award.newsrooms.queries import Organ
from award.people import memberships
from award.people.models import Newsroom, Person
from tests import factories
from tests.award.entries.conftest import Browser, Scene, made_scene


@dataclass
class Press:
    """Everybody by name, the newsrooms by theirs, and the addresses of works."""

    app: Flask
    scene: Scene
    people: dict[str, Person]
    organs: dict[str, str]

    @contextmanager
    def at_work(self) -> Iterator[Edition]:
        with self.app.app_context(), unit_of_work():
            yield session.get_one(Edition, self.scene.edition_id)

    def visitor(self, who: str = "contact") -> Browser:
        return Browser(self.app, self.people[who])

    def desk(self, act: str = "", organ: str = "sea") -> str:
        return f"/iii-2023/toa-soan/{self.organs[organ]}{act}"

    def organ(self, name: str = "sea") -> Organ:
        found = queries.organ(self.organs[name])
        assert found is not None
        return found

    def standing(self, who: str = "contact", organ: str = "sea") -> Standing:
        person = self.people[who]
        return Standing(
            capacity(person, self.scene.edition), queries.roles_at(person.id, self.organ(organ).newsroom.id)
        )

    def submitted(self, title: str, who: str = "reporter", **fields: object) -> str:
        """The address of a work of the newsroom that was submitted."""
        with self.at_work():
            return self.scene.submitted(self.people[who], title=title, **fields).public_id

    def entry(self, key: str) -> Entry:
        return session.scalars(select(Entry).where(Entry.public_id == key)).one()

    def said(self, key: str) -> list[tuple[str, str]]:
        """What was said of the work so far: answer and what ended it."""
        with self.app.app_context():
            found = select(Attestation).join(Entry, Entry.id == Attestation.entry_id).where(Entry.public_id == key)
            return [(each.answer, each.ended) for each in session.scalars(found.order_by(Attestation.id))]

    def letters(self, kind: str) -> list[Message]:
        with self.app.app_context():
            return list(session.scalars(select(Message).where(Message.kind == kind).order_by(Message.id)))


@pytest.fixture
def press(app: Flask) -> Press:
    with app.app_context(), unit_of_work():
        scene = made_scene()
        clause = next(each for each in scene.edition.clauses if each.code == "max_works_per_author")
        clause.value, clause.unregulated = None, True
        sea = session.get_one(Newsroom, scene.organ_id)
        hill = factories.newsroom("Đài Núi Bạc")
        names = ("contact", "chief", "reporter", "colleague", "outsider", "secretary", "organiser", "auditor")
        people = {name: factories.person(f"Người {name}", email=f"{name}@example.vn") for name in names}
        for name, role in (("contact", "contact"), ("chief", "editor_in_chief"), ("colleague", "journalist")):
            memberships.join(by_id=None, person=people[name], newsroom=sea, role=role)
        memberships.join(by_id=None, person=people["outsider"], newsroom=hill, role="contact")
        for role in ("secretary", "organiser", "auditor"):
            factories.appointment(scene.edition, people[role], role)
        assert now()
        return Press(app, scene, people, {"sea": sea.public_id, "hill": hill.public_id})
