"""The desk where parcels are opened: two secretaries, an auditor, an edition whose rules count the postmark."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import VIETNAM, now
from award.db import session, unit_of_work
from award.editions.models import Clause, Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries.models import Entry
from award.history.citing import Author
from award.intake import operations, queries
from award.intake.models import Parcel
from award.intake.operations import Named, Sent
from award.intake.pieces import read
from award.people.models import Person
from tests import factories
from tests.award.entries.conftest import Browser, Scene, made_scene

LEDGER = "/iii-2023/tiep-nhan"


@dataclass
class Desk:
    """Everybody by name, and the ways to write parcels down."""

    app: Flask
    scene: Scene
    people: dict[str, Person]

    @contextmanager
    def at_work(self) -> Iterator[Edition]:
        with self.app.app_context(), unit_of_work():
            yield session.get_one(Edition, self.scene.edition_id)

    def visitor(self, who: str = "secretary") -> Browser:
        return Browser(self.app, self.people[who])

    def by(self, who: str = "secretary") -> Capacity:
        return capacity(self.people[who], self.scene.edition)

    def address(self, key: str, act: str = "") -> str:
        return f"{LEDGER}/{key}{act}"

    def registered(
        self,
        sender: str = "Nguyễn Thị Vân",
        *,
        channel: str = "post",
        title: str = "",
        pieces: str = "1 bì",
        who: str = "secretary",
        at: datetime | None = None,
        **fields: Any,
    ) -> str:
        """The address of a parcel that was written down, with the dossier of its work when a title is told."""
        with self.at_work() as edition:
            sent = Sent(channel, sender, fields.pop("newsroom", ""), fields.pop("postmark", None))
            named = Named(edition.categories[0], title, [Author("Nguyễn Thị Vân", ("Hà Vân",))]) if title else None
            made = operations.register(
                by=self.by(who),
                edition=edition,
                sent=sent,
                stamped_at=at or now(),
                pieces=read(pieces),
                named=named,
                **fields,
            )
            return made.public_id

    def parcel(self, key: str) -> Parcel:
        return session.scalars(select(Parcel).where(Parcel.public_id == key)).one()

    def works(self, key: str) -> list[Entry]:
        with self.app.app_context():
            return list(queries.begun_from(self.parcel(key).id))

    def deadline(self, day: date) -> None:
        """The edition takes works until the end of this day."""
        with self.at_work() as edition:
            edition.deadline_day = day
            edition.deadline_at = datetime.combine(day + timedelta(days=1), datetime.min.time(), VIETNAM)

    def rule(self, choice: str | None, source: str = "khoản 2 Điều 6") -> None:
        """What the edition says of works that come by post."""
        with self.at_work() as edition:
            clause = next(each for each in edition.clauses if each.code == "posted_works")
            clause.value, clause.source = ({"choice": choice} if choice else None), source
            clause.unregulated = choice is None


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context(), unit_of_work():
        scene = made_scene()
        edition = scene.edition
        session.add(
            Clause(
                edition_id=edition.id,
                code="posted_works",
                value={"choice": "postmark"},
                source="khoản 2 Điều 6",
            )
        )
        people = {"entrant": scene.entrant}
        for name in ("secretary", "colleague", "organiser", "auditor", "outsider"):
            people[name] = factories.person(f"Người {name}", email=f"{name}@example.vn")
        for name, role in (
            ("colleague", "secretary"),
            *((role, role) for role in ("secretary", "organiser", "auditor")),
        ):
            factories.appointment(edition, people[name], role)
        return Desk(app, scene, people)
