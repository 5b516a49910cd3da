"""An edition that takes works, an entrant with a draft, and the ways to fill the draft in."""

import secrets
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Category, Clause, Edition
from award.editions.permissions import Capacity
from award.entries import operations
from award.entries.models import Authorship, Entry, EntryFile, Part
from award.files.models import File
from award.people.models import Person
from tests import factories
from tests.visitor import Visitor

CLAUSES: dict[str, tuple[dict[str, Any] | None, str]] = {
    "window": ({}, "khoản 2 Điều 4"),
    "max_works_per_author": ({"number": 2}, "khoản 1 Điều 5"),
    "max_group_size": ({"number": 5}, ""),
    "max_parts": ({"number": 5}, "khoản 3 Điều 4"),
    "prior_prizes": ({"choice": "barred", "names": ["Giải Báo chí quốc gia"]}, "Điều 6"),
    "licensed_outlet": ({"yes": True}, "Điều 3"),
    "changes_after_submission": ({"yes": True}, "Điều 7"),
}


class Browser(Visitor):
    """A visitor whose requests share neither user nor session with the context the test itself stands in."""

    def get(self, address: str, **options: Any) -> TestResponse:
        return Context().run(super().get, address, **options)

    def post(self, address: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        return Context().run(super().post, address, data, **options)

    def post_json(self, address: str, json: object, **options: Any) -> TestResponse:
        return Context().run(super().post_json, address, json, **options)


@dataclass
class Scene:
    """What a test needs to know of its edition. Rows are read again in the test's own session."""

    edition_id: int
    slug: str
    category_id: int
    entrant: Person
    organ_id: int

    @property
    def edition(self) -> Edition:
        return session.get_one(Edition, self.edition_id)

    def by(self, person: Person | None = None) -> Capacity:
        return Capacity((person or self.entrant).id, self.edition_id, frozenset())

    def draft(self, owner: Person | None = None, **fields: Any) -> Entry:
        """A draft of `owner` that lacks nothing. The caller commits."""
        owner = owner or self.entrant
        category = session.get_one(Category, self.category_id)
        entry = Entry(
            **{
                "edition_id": self.edition_id,
                "category_id": category.id,
                "genre_id": category.genres[0].id,
                "owner_id": owner.id,
                "title": "Giữ lời hứa với dân",
                "newsroom_id": self.organ_id,
                "byline": f"{owner.legal_name} và cộng sự",
                "changed_at": now(),
                "no_prior_prize": True,
                "declared": {code: {"version": 1, "at": now().isoformat()} for code in ("commitment", "consent")},
                **fields,
            }
        )
        entry.parts = [Part(ordinal=1, title="Kỳ 1", published_on=date(2023, 3, 2), place="Số 7520, trang 3")]
        entry.authors = [
            Authorship(
                ordinal=1,
                legal_name=owner.legal_name,
                person_id=owner.id,
                employer_id=self.organ_id,
                phone="0905 123 456",
                contact=True,
            )
        ]
        session.add(entry)
        session.flush()
        self.attach(entry, owner)
        return entry

    def attach(
        self, entry: Entry, owner: Person, state: str = "ready", part: Part | None = None, **fields: Any
    ) -> File:
        """A file in the page slot of the entry's first part, or of `part`."""
        category = session.get_one(Category, self.category_id)
        file = made_file(owner, state, **fields)
        part_id = (part or entry.parts[0]).id
        entry.files.append(EntryFile(part_id=part_id, slot_id=category.slots[0].id, file_id=file.id))
        session.flush()
        return file

    def submitted(self, owner: Person | None = None, **fields: Any) -> Entry:
        """The same, submitted now. The caller commits."""
        owner = owner or self.entrant
        entry = self.draft(owner, **fields)
        operations.submit(by=self.by(owner), edition=self.edition, entry=entry, arrived_at=now())
        return entry


def made_file(owner: Person, state: str = "ready", **fields: Any) -> File:
    file = File(
        **{
            "uploader_id": owner.id,
            "key": f"originals/{secrets.token_hex(12)}",
            "name": "trang-1.pdf",
            "kind": "pdf",
            "content_type": "application/pdf",
            "size": 1000,
            "part_size": 8 * 1024 * 1024,
            "part_hashes": ["0" * 64],
            "fingerprint": secrets.token_hex(32),
            "state": state,
            **fields,
        }
    )
    session.add(file)
    session.flush()
    return file


def made_scene(**fields: Any) -> Scene:
    edition = factories.edition(state="open", **fields)
    category = factories.category(edition)
    organ = factories.newsroom("Báo Biển Xanh")
    session.add_all(
        Clause(edition_id=edition.id, code=code, value=value, source=source)
        for code, (value, source) in CLAUSES.items()
    )
    entrant = factories.person("Nguyễn Thị Vân", pen_name="Hà Vân", phone="0905 123 456", newsroom_id=organ.id)
    session.flush()
    return Scene(edition.id, edition.slug, category.id, entrant, organ.id)


@pytest.fixture
def scene(ctx: Flask) -> Scene:
    """An open edition with its clauses, in the application context of the test."""
    with unit_of_work():
        return made_scene()


@pytest.fixture
def say_rule(scene: Scene) -> Callable[..., None]:
    """Changes what the edition says about one matter."""

    def say(code: str, value: dict[str, Any] | None, source: str = "", *, unregulated: bool = False) -> None:
        with unit_of_work():
            clause = next(each for each in scene.edition.clauses if each.code == code)
            clause.value, clause.source, clause.unregulated = value, source, unregulated

    return say
