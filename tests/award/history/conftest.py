"""An award with people who keep its lists, and workbooks as they would send them."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from award.db import session, unit_of_work
from award.documents.tables import Column, Sheet, xlsx
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.history import operations
from award.history.columns import FIELDS
from award.history.models import HistoryImport, PastWork
from award.people.models import Person
from tests import factories
from tests.visitor import Visitor

HERE = "/iii-2023/cac-lan-truoc"
READ = HERE + "/nap"
VAN = {
    "ordinal": "II",
    "year": 2022,
    "level": "Giải A",
    "title": "Loạt 5 bài “Giữ lời hứa với dân”",
    "authors": "Nguyễn Thị Vân (Hà Vân), Trần Minh",
    "newsroom": "Báo Biển Xanh",
    "category": "Báo in",
    "link": "https://baobien.vn/giu-loi-hua.html",
}
ROAD = {"ordinal": "II", "year": 2022, "level": "Khuyến khích", "title": "Đường về bản", "authors": "Lê Thu Cúc"}
SEA = {"ordinal": "I", "year": 2021, "level": "Đặc biệt", "title": "Người giữ biển", "authors": "Trần Minh"}


def workbook(*rows: dict[str, Any]) -> bytes:
    """The list with these rows, in the columns of the template."""
    columns = [Column(str(each.heading), each.kind) for each in FIELDS]
    return xlsx([Sheet("Danh sách", columns, [[row.get(each.name, "") for each in FIELDS] for row in rows])])


@dataclass
class Archive:
    """Everybody by role, and what has become of the lists."""

    app: Flask
    edition_id: int
    people: dict[str, Person]

    @contextmanager
    def at_work(self) -> Iterator[Edition]:
        with self.app.app_context(), unit_of_work():
            yield session.get_one(Edition, self.edition_id)

    def by(self, who: str = "secretary") -> Capacity:
        return Capacity(self.people[who].id, self.edition_id, frozenset({who}))

    def visitor(self, who: str = "secretary") -> Visitor:
        return Visitor(self.app, self.people[who])

    def send(self, content: bytes, name: str = "Lần II.xlsx", who: str = "secretary") -> TestResponse:
        return self.visitor(who).post(READ, {"file": (io.BytesIO(content), name)})

    def read(self, *rows: dict[str, Any]) -> str:
        """The address of a draft with these rows."""
        answer = self.send(workbook(*rows))
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def taken_in(self, *rows: dict[str, Any], public: bool = False) -> str:
        """The address of a list that was taken in."""
        address = self.read(*rows)
        answer = self.visitor().post(address, {"public": "y"} if public else {})
        assert answer.status_code == 303, answer.text
        return address

    def works(self) -> Sequence[PastWork]:
        with self.app.app_context():
            return session.scalars(select(PastWork).order_by(PastWork.id)).all()

    def count(self) -> int:
        with self.app.app_context():
            return session.scalar(select(func.count()).select_from(PastWork)) or 0

    def list_at(self, address: str) -> HistoryImport:
        with self.app.app_context():
            return session.scalars(
                select(HistoryImport).where(HistoryImport.public_id == address.rpartition("/")[2])
            ).one()


def taken_in(by: Capacity, edition: Edition, *rows: dict[str, Any], public: bool = False) -> HistoryImport:
    """A list with these rows in the record, by the deeds themselves. The caller commits."""
    draft = operations.read_in(by=by, edition=edition, content=workbook(*rows), file_name="Lần II.xlsx")
    return operations.take_in(by=by, edition=edition, draft=draft, public=public)


@pytest.fixture
def archive(app: Flask) -> Archive:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        factories.newsroom("Báo Biển Xanh")
        people = {
            role: factories.person(f"Người {role}", email=f"{role}@example.vn")
            for role in ("secretary", "organiser", "auditor", "entrant")
        }
        for role in ("secretary", "organiser", "auditor"):
            factories.appointment(edition, people[role], role)
        return Archive(app, edition.id, people)
