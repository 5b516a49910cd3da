"""Rows of an edition whose council has ended, for tests."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from award.clock import now
from award.db import session
from award.editions.models import Category, Edition, PrizeLevel, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries.models import Authorship, Entry, Part
from award.people.models import Newsroom, Person
from award.results import operations
from award.results.models import Publication, Result
from award.results.operations import OutcomeRow
from award.screening.models import Screening
from tests import factories

NUMBER, DAY = "12-QĐ/BTCG", date(2023, 11, 20)


def work(
    of: Edition,
    category: Category,
    title: str = "Giữ lời hứa với dân",
    *,
    owner: Person | None = None,
    authors: tuple[tuple[str, str], ...] = (("Nguyễn Thị Vân", "Hà Vân, Sông Mây"),),
    newsroom: Newsroom | None = None,
    parts: int = 1,
    link: str = "",
    decision: str = "eligible",
    **fields: Any,
) -> Entry:
    """A submitted work that was screened."""
    of.last_dossier_number += 1
    number = of.last_dossier_number
    entry = Entry(
        edition_id=of.id,
        category_id=category.id,
        genre_id=category.genres[0].id,
        owner_id=(owner or factories.person(authors[0][0])).id,
        title=title,
        newsroom_id=newsroom.id if newsroom else None,
        state="submitted",
        submitted_at=now(),
        code=f"{of.code_prefix}-{number:04d}",
        changed_at=now(),
        **fields,
    )
    entry.parts = [
        Part(ordinal=n, title=f"{title}, kỳ {n}" if parts > 1 else "", published_on=date(2023, 3, n), link=link)
        for n in range(1, parts + 1)
    ]
    entry.authors = [
        Authorship(ordinal=n, legal_name=name, pen_name=pen, contact=n == 1)
        for n, (name, pen) in enumerate(authors, start=1)
    ]
    session.add(entry)
    session.flush()
    session.add(
        Screening(
            entry_id=entry.id,
            edition_id=of.id,
            decision=decision,
            blind_code=f"{of.ordinal_words}-{category.code}-{number:03d}" if decision == "eligible" else None,
        )
    )
    session.flush()
    return entry


@dataclass
class Outcome:
    """An edition in the state `decision`: a special prize, two A, three works, the council's proposals handed down."""

    edition_id: int
    category: Category
    rounds: list[Round]
    levels: dict[str, PrizeLevel]
    organiser: Person
    secretary: Person
    chair: Person
    works: list[Entry] = field(default_factory=list)

    @property
    def edition(self) -> Edition:
        """The edition in the present session."""
        return session.get_one(Edition, self.edition_id)

    def by(self, person: Person) -> Capacity:
        return capacity(person, self.edition)

    def propose(self, *pairs: tuple[Entry, str]) -> None:
        rows = [OutcomeRow(entry.id, self.levels[code].id) for entry, code in pairs]
        operations.record_outcome(by=self.by(self.chair), edition=self.edition, rows=rows)

    def propose_more(self, entry: Entry, code: str) -> None:
        """One more proposal beside those handed down."""
        row = Result(edition_id=self.edition_id, entry_id=entry.id, prize_level_id=self.levels[code].id)
        session.add(row)
        session.flush()

    def decide(self) -> None:
        paper = {"number": NUMBER, "body": "Ban Tổ chức Giải", "signatory": "Nguyễn Văn Hòa, Trưởng Ban"}
        operations.decide(by=self.by(self.organiser), edition=self.edition, day=DAY, **paper)

    def publish(self, at: datetime) -> Publication:
        """Both persons have set the instant."""
        operations.propose_publication(by=self.by(self.organiser), edition=self.edition, at=at)
        return operations.confirm_publication(by=self.by(self.secretary), edition=self.edition)


def outcome(*, proposed: bool = True, works: int = 3) -> Outcome:
    """Flushed, not committed."""
    edition = factories.edition(state="decision")
    category = factories.category(edition)
    closed = {"state": "closed", "closed_at": now() - timedelta(days=1)}
    rounds = [
        factories.judging_round(edition, **closed),
        factories.judging_round(edition, ordinal=2, name="Chung khảo", **closed),
    ]
    for each in rounds:
        factories.panel(edition, each, category)
    levels = {
        "ĐB": factories.prize_level(edition, rank=1, code="ĐB", name="Giải Đặc biệt", quota=1),
        "A": factories.prize_level(edition, rank=2, code="A", name="Giải A", quota=2),
    }
    people = {}
    for role, name in (("organiser", "Phạm Văn Bình"), ("secretary", "Lê Thu Hà"), ("chair", "Trần Đức Minh")):
        people[role] = factories.person(name)
        factories.appointment(edition, people[role], role)
    made = Outcome(edition.id, category, rounds, levels, **people)
    titles = ("Khi bí thư chi bộ xuống ruộng", "Đường về bản xa", "Người giữ lửa ở Khánh Sơn")
    made.works = [work(edition, category, titles[n % 3] + ("" if n < 3 else f" {n}")) for n in range(works)]
    if proposed:
        made.propose((made.works[0], "ĐB"), (made.works[1], "A"))
    return made
