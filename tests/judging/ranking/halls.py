"""A round with its heads and staff around it, scored and ended as people do it."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select, text

from award.db import session, unit_of_work
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.people.models import Person
from award.results.models import Standing
from judging.panels.models import Assignment, Seat
from judging.ranking import operations
from judging.scoring import operations as scoring
from judging.scoring.models import ScoreSheet
from tests import factories
from tests.judging.rows import Bench, acting, bench, clause, judge
from tests.visitor import Visitor

Steps = tuple[int, int, int]
"""What one sheet gives on the three criteria, in steps of a quarter point."""
SEED = "khdeal000001"
"""Ten works shared out among five from this seed link all five; from one seed in two hundred they do not, and then
nothing is known of what lies near the cut."""


@dataclass
class Hall:
    """A bench, and everybody who may look at its round."""

    bench: Bench
    chair: Person
    deputy: Person
    secretary: Person
    auditor: Person

    @property
    def edition(self) -> Edition:
        return session.get_one(Edition, self.bench.edition.id)

    @property
    def round(self) -> Round:
        return session.get_one(Round, self.bench.round.id)

    @property
    def works(self) -> list[Entry]:
        return [session.get_one(Entry, entry.id) for entry in self.bench.works]

    @property
    def lookers(self) -> dict[str, Person]:
        return {
            "chair": self.chair,
            "deputy": self.deputy,
            "secretary": self.secretary,
            "organiser": self.bench.organiser,
            "auditor": self.auditor,
        }

    def by(self, person: Person) -> Capacity:
        return acting(session.get_one(Person, person.id), self.edition)

    def assignment(self, person: Person, entry: Entry) -> Assignment:
        found = select(Assignment).join(Seat, Seat.id == Assignment.seat_id)
        mine = Seat.round_id == self.round.id, Seat.person_id == person.id, Assignment.entry_id == entry.id
        return session.scalars(found.where(*mine)).one()

    def mark(self, person: Person, entry: Entry, steps: Steps, *, send: bool = True) -> None:
        """The judge's sheet of the work holds these marks, and is sent."""
        assignment, by = self.assignment(person, entry), self.by(person)
        marks = {criterion.id: n for criterion, n in zip(self.round.criteria, steps, strict=True)}
        scoring.save(by=by, assignment=assignment, version=0, marks=marks, note="")
        if send:
            scoring.finish(by=by, edition=self.edition, assignment=assignment)

    def mark_all(self, *rows: tuple[Steps, ...]) -> None:
        """One row for each work, one sheet for each judge."""
        for entry, sheets in zip(self.bench.works, rows, strict=True):
            for person, steps in zip(self.bench.judges, sheets, strict=True):
                self.mark(person, entry, steps)

    def mark_dealt(self, *rows: Steps) -> None:
        """One row for each work, given by everybody who reads it."""
        dealt: dict[int, list[Person]] = defaultdict(list)
        for person in self.bench.judges:
            for assignment in self.bench.assignments(person):
                if assignment.state == "open":
                    dealt[assignment.entry_id].append(person)
        for entry, steps in zip(self.bench.works, rows, strict=True):
            for person in dealt[entry.id]:
                self.mark(person, entry, steps)

    def sheet(self, person: Person, entry: Entry) -> ScoreSheet:
        found = select(ScoreSheet).where(ScoreSheet.assignment_id == self.assignment(person, entry).id)
        return session.scalars(found.execution_options(populate_existing=True)).one()

    def freeze(self) -> None:
        operations.propose_freeze(by=self.by(self.chair), edition=self.edition, judged=self.round)
        operations.confirm_freeze(by=self.by(self.secretary), edition=self.edition, judged=self.round)

    def close(self, reason: str = "") -> None:
        operations.propose_close(
            by=self.by(self.chair), edition=self.edition, judged=self.round, shortfall_reason=reason
        )
        operations.confirm_close(by=self.by(self.deputy), edition=self.edition, judged=self.round)

    def standing(self, entry: Entry) -> Standing:
        found = select(Standing).where(Standing.round_id == self.round.id, Standing.entry_id == entry.id)
        return session.scalars(found.execution_options(populate_existing=True)).one()


def hall(
    *, works: int = 3, judges: int = 2, later: bool = True, shortlist: int | None = 2, readings: int | None = None
) -> Hall:
    """An open round with its works dealt; a later round is prepared unless the round is the last.

    `readings`: so many judges read each work; all of them where the rules say nothing.
    """
    made = bench(works=works, judges=judges)
    if readings is not None:
        clause(made.edition, "readings", number=readings)
        made.round.public_id = SEED
    made.round.shortlist_size = shortlist
    if later:
        factories.judging_round(made.edition, ordinal=2, name="Chung khảo")
    people = [
        judge(made.edition, name, role)
        for name, role in (
            ("Bùi An", "chair"),
            ("Bùi Bách", "deputy"),
            ("Bùi Cúc", "secretary"),
            ("Bùi Danh", "auditor"),
        )
    ]
    made.open()
    return Hall(made, *people)


class House:
    """A hall and everybody in it before the browser. Rows are changed with `with house.at_work():`."""

    def __init__(self, app: Flask, of: Hall) -> None:
        self.app, self.of = app, of

    @contextmanager
    def at_work(self) -> Iterator[Hall]:
        with self.app.app_context(), unit_of_work():
            yield self.of

    def visitor(self, person: Person) -> Visitor:
        return Visitor(self.app, person)

    def read(self, person: Person, address: str) -> str:
        """The page without the line that names its reader."""
        answer = self.visitor(person).get(address)
        assert answer.status_code == 200
        return answer.text.replace(f"Đang đăng nhập: {person.legal_name}", "")

    @property
    def keys(self) -> list[str]:
        return [entry.public_id for entry in self.of.bench.works]

    @property
    def chair(self) -> Visitor:
        return self.visitor(self.of.chair)

    @property
    def deputy(self) -> Visitor:
        return self.visitor(self.of.deputy)


def until_somebody_waits(app: Flask) -> None:
    """Returns as soon as a transaction waits for another one's lock."""
    last = time.monotonic() + 30
    asked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while time.monotonic() < last:
        with app.extensions["engine"].connect() as connection:
            if connection.scalar(asked):
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits for a lock")
