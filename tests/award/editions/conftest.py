"""Editions at several points of their calendar."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Appointment, Clause, Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, with_rules
from award.people.models import Person
from tests import factories
from tests.visitor import Visitor

CLAUSES = {
    "posted_works": {"choice": "postmark"},
    "max_works_per_author": {"number": 3},
    "max_works_per_group": {"number": 2},
    "max_works_per_newsroom": {"number": 30, "choice": "publisher"},
    "max_group_size": {"number": 5},
    "max_parts": {"number": 5},
    "prior_prizes": {"choice": "barred", "names": ["Giải Báo chí quốc gia"]},
    "licensed_outlet": {"yes": True},
    "newsroom_confirmation": {"yes": False},
    "counted_in_time": {"choice": "fingerprints"},
    "organisers_enter": {"yes": False},
    "judges_enter": {"yes": True},
    "conflict_policy": {"choice": "own_work"},
    "conflict_relations": {"newsroom": "disclose", "superior": "waivable"},
    "changes_after_submission": {"yes": True},
    "newsroom_choice": {"number": 10},
    "corrections": {"choice": "some", "several": ["authors", "files"]},
    "thematic_and_main": {"yes": False},
    "readings": {"number": 3},
    "aggregation": {"choice": "mean"},
    "spread_limit": {"points": "2"},
    "tie_rule": {"text": "Xét tiêu chí thứ nhất, rồi bỏ phiếu."},
    "quorum": {"choice": "two_thirds"},
    "revision": {"yes": True},
}


@dataclass
class Prepared:
    """An edition with everything it needs to open, and the person who may open it."""

    edition: Edition
    organiser: Person

    @property
    def by(self) -> Capacity:
        return capacity(self.organiser, self.edition)

    def round(self, ordinal: int = 1) -> Round:
        return with_rules(self.edition.id).rounds[ordinal - 1]

    @contextmanager
    def deed(self) -> Iterator[Edition]:
        """A unit of work on the edition as it now stands."""
        with unit_of_work():
            yield with_rules(self.edition.id)


@contextmanager
def rows(app: Flask) -> Iterator[None]:
    """Rows of the test's own; no context stays open, since requests would share it and what they remember in it."""
    with app.app_context(), unit_of_work():
        yield


def prepared(*, state: str = "draft") -> Prepared:
    """Flushed, not committed: one category, two rounds with a panel each, one prize, every clause settled."""
    edition = factories.edition(state="draft")
    organiser = factories.person("Trần Thị Minh")
    factories.appointment(edition, organiser, "organiser")
    for role in ("chair", "judge"):
        factories.appointment(edition, factories.person(f"Lê Văn {role}"), role)
    printed = factories.category(edition)
    for ordinal, name in enumerate(("Sơ khảo", "Chung khảo"), start=1):
        factories.panel(edition, factories.judging_round(edition, ordinal=ordinal, name=name), printed)
    factories.prize_level(edition)
    made = Prepared(edition, organiser)
    edition.clauses = [Clause(code=code, value=value, source="khoản 1 Điều 4") for code, value in CLAUSES.items()]
    edition.state = state
    session.flush()
    return made


@pytest.fixture
def ready(ctx: Flask) -> Prepared:
    """A draft that nothing keeps from opening, committed."""
    with unit_of_work():
        return prepared()


def standing(edition_id: int, role: str) -> list[Appointment]:
    return [
        a
        for a in session.query(Appointment).where(Appointment.edition_id == edition_id, Appointment.role == role)
        if a.ended_at is None
    ]


@pytest.fixture
def draft(app: Flask) -> Prepared:
    """The same draft for tests at the doors, where no context may stay open."""
    with rows(app):
        made = prepared()
    with rows(app):
        made.edition = with_rules(made.edition.id)
        return made


@pytest.fixture
def desk(app: Flask, draft: Prepared) -> Visitor:
    """The organiser of the draft at the doors."""
    return Visitor(app, draft.organiser)
