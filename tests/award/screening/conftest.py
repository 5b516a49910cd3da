"""A secretariat with three dossiers before it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Authorship, Entry, EntryFile, Part
from award.files.models import File
from award.people.models import Person
from award.screening.models import Screening
from tests import factories
from tests.visitor import Visitor

QUEUE = "/iii-2023/kiem-tra"
TITLES = ("Đường về bản", "Người giữ hoà khí", "Nói đi đôi với làm")


@dataclass
class Office:
    """Everybody by role, and the dossiers KH3-0001 to KH3-0003 by their addresses."""

    app: Flask
    edition_id: int
    people: dict[str, Person]
    keys: list[str]

    @contextmanager
    def at_work(self) -> Iterator[Edition]:
        with self.app.app_context(), unit_of_work():
            yield session.get_one(Edition, self.edition_id)

    def visitor(self, who: str = "secretary") -> Visitor:
        return Visitor(self.app, self.people[who])

    def address(self, number: int, act: str = "") -> str:
        return f"{QUEUE}/{self.keys[number]}{act}"

    def decided(self, number: int) -> Screening | None:
        with self.app.app_context():
            found = select(Screening).join(Entry, Entry.id == Screening.entry_id)
            return session.scalars(found.where(Entry.public_id == self.keys[number])).one_or_none()


def dossier(edition: Edition, owner: Person, number: int, title: str) -> Entry:
    """A submitted work with one part and one author."""
    entry = Entry(
        edition_id=edition.id,
        category_id=edition.categories[0].id,
        owner_id=owner.id,
        title=title,
        newsroom_text="Báo Biển Xanh",
        state="submitted",
        submitted_at=now() - timedelta(hours=2),
        code=f"KH3-{number:04d}",
        changed_at=now(),
        parts=[Part(ordinal=1, title="Kỳ 1", published_on=date(2023, 3, 2))],
        authors=[Authorship(ordinal=1, legal_name="Nguyễn Thị Vân", contact=True)],
    )
    session.add(entry)
    session.flush()
    return entry


def attach(entry: Entry, slot_id: int, kind: str, name: str) -> None:
    """A ready file of that kind without any rendition stands in the dossier."""
    file = File(
        uploader_id=entry.owner_id,
        key=f"files/{secrets.token_hex(8)}",
        name=name,
        kind=kind,
        content_type="application/octet-stream",
        size=1000,
        part_size=8 * 1024 * 1024,
        part_hashes=["0" * 64],
        fingerprint="0" * 64,
        state="ready",
        facts={"duration": 8.0, "plays_in_browser": True} if kind == "mp3" else {},
        sha256="0" * 64,
        stored_at=now(),
        verified_at=now(),
    )
    session.add(file)
    session.flush()
    entry.files.append(EntryFile(part_id=entry.parts[0].id, slot_id=slot_id, file_id=file.id))
    session.flush()


@pytest.fixture
def office(app: Flask) -> Office:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="screening")
        factories.category(edition)
        people = {
            role: factories.person(f"Người {role}", email=f"{role}@example.vn")
            for role in ("secretary", "organiser", "auditor", "owner")
        }
        for role in ("secretary", "organiser", "auditor"):
            factories.appointment(edition, people[role], role)
        entries = [dossier(edition, people["owner"], n, title) for n, title in enumerate(TITLES, start=1)]
        return Office(app, edition.id, people, [entry.public_id for entry in entries])
