"""Rows of a judging round for tests: works that passed screening, seats, sheets."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select

from award.clock import now
from award.db import session
from award.editions.models import Category, Clause, Edition, FileSlot, Panel, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries.models import Authorship, Entry, EntryFile, Part
from award.files.models import File, Rendition
from award.people.models import Person
from award.screening.models import Screening
from judging.panels import operations as panels
from judging.panels.models import Assignment, Seat
from judging.panels.queries import assignments_of
from tests import factories


def work(of: Edition, category: Category, *, author: str = "Lê Thị Hoa", **fields: Any) -> Entry:
    """A submitted work of one author that was found eligible."""
    of.last_dossier_number += 1
    number = of.last_dossier_number
    values: dict[str, Any] = {
        "edition_id": of.id,
        "category_id": category.id,
        "genre_id": category.genres[0].id,
        "title": f"Giữ lời hứa với dân {number}",
        "state": "submitted",
        "submitted_at": now(),
        "code": f"{of.code_prefix}-{number:04d}",
        "changed_at": now(),
    }
    if "owner_id" not in fields:
        values["owner_id"] = factories.person(author).id
    entry = Entry(**{**values, **fields})
    entry.parts = [Part(ordinal=1, title="Lời hứa bên bờ ruộng")]
    entry.authors = [Authorship(ordinal=1, legal_name=author, contact=True)]
    session.add(entry)
    session.flush()
    code = f"{of.ordinal_words}-{category.code}-{number:03d}"
    session.add(Screening(entry_id=entry.id, edition_id=of.id, decision="eligible", blind_code=code))
    session.flush()
    return entry


def judge(of: Edition, name: str, role: str = "judge", **fields: Any) -> Person:
    """A person with an account whose appointment stands."""
    person = factories.person(name, **fields)
    factories.appointment(of, person, role)
    return person


def clause(of: Edition, code: str, **value: Any) -> None:
    session.execute(delete(Clause).where(Clause.edition_id == of.id, Clause.code == code, Clause.unregulated))
    session.add(Clause(edition_id=of.id, code=code, value=value, source="khoản 1 Điều 5"))
    session.flush()
    session.expire(of, ["clauses"])


def acting(person: Person, of: Edition) -> Capacity:
    return capacity(person, of)


@dataclass
class Bench:
    """One round with one panel, its judges seated, and works of one category."""

    edition: Edition
    category: Category
    round: Round
    panel: Panel
    organiser: Person
    judges: list[Person]
    works: list[Entry] = field(default_factory=list)

    def by(self, person: Person) -> Capacity:
        return acting(person, self.edition)

    def seat(self, person: Person) -> Seat:
        return session.scalars(select(Seat).where(Seat.round_id == self.round.id, Seat.person_id == person.id)).one()

    def assignments(self, person: Person) -> list[Assignment]:
        return list(session.scalars(assignments_of(self.seat(person).id)))

    def open(self) -> int:
        """The round is open and dealt, and every seat has pledged."""
        edition, round_ = session.merge(self.edition), session.merge(self.round)
        edition.state, round_.state, round_.opened_at = "judging", "open", now()
        for seat in panels.queries.seats_in(self.round.id):
            seat.pledged_at, seat.pledge_version = now(), panels.PLEDGE_VERSION
        session.flush()
        return panels.deal(by=None, round=round_)


def bench(*, works: int = 2, judges: int = 2, blind: bool = True) -> Bench:
    edition = factories.edition(state="screening")
    category = factories.category(edition)
    round_ = factories.judging_round(edition, blind=blind)
    panel = factories.panel(edition, round_, category)
    organiser = judge(edition, "Phạm Văn Bình", "organiser")
    names = ["Nguyễn Thị Vân", "Trần Minh", "Hoàng Thu", "Đỗ Lan", "Vũ Hà", "Lê Mai"]
    seated = [judge(edition, names[n]) for n in range(judges)]
    made = Bench(edition, category, round_, panel, organiser, seated)
    made.works = [work(edition, category) for _ in range(works)]
    for person in seated:
        panels.seat_person(by=made.by(organiser), edition=edition, panel=panel, person=person)
    return made


def file_of(entry: Entry, slot: FileSlot, part: Part | None = None, *, name: str = "ha-van-trang-1.pdf") -> File:
    """A ready PDF in the slot: one page image and its text, which says whose slot it is."""
    file = File(
        uploader_id=entry.owner_id,
        key=f"files/{secrets.token_hex(12)}",
        name=name,
        kind="pdf",
        content_type="application/pdf",
        size=1000,
        part_size=8 * 1024 * 1024,
        part_hashes=["0" * 64],
        fingerprint="0" * 64,
        state="ready",
        sha256="0" * 64,
        stored_at=now(),
        verified_at=now(),
    )
    for kind, content in (("page", "image/webp"), ("text", "application/json")):
        facts = {"width": 800, "height": 1100} if kind == "page" else {"paragraphs": [f"Nội dung của {slot.label}."]}
        key = f"renditions/{secrets.token_hex(8)}"
        file.renditions.append(Rendition(kind=kind, ordinal=1, key=key, size=10, content_type=content, facts=facts))
    session.add(file)
    session.flush()
    entry.files.append(EntryFile(part_id=part.id if part else None, slot_id=slot.id, file_id=file.id))
    session.flush()
    return file
