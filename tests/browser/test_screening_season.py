"""The whole of what came in, screened by hands that are counted: every dossier is opened, none is decided unseen."""

import random
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from award.clock import now
from award.dates import day
from award.db import session
from award.editions.models import Clause
from award.entries.models import Correction, Entry, EntryFile
from award.screening.models import Screening
from tests.award.screening.conftest import QUEUE, Office, dossier, office
from tests.award.screening.test_together import completed
from tests.browser.test_screening_day import Keys, keys
from tests.budget.test_hot_lists import WORDS

pytestmark = [pytest.mark.browser, pytest.mark.db]

__all__ = ["keys", "office"]

EARLY, STRAY, LACKING = 7, 3, 1
"""Of forty works: published before the window, about something else, without the scanned page."""
CLAUSE = "khoan 1 Dieu 2"
"""Typed once; afterwards it is offered."""


def kind_of(number: int) -> str:
    """What is the matter with the work of this number: the same share of each in every forty."""
    at = number * 11 % 40
    return "early" if at < EARLY else "stray" if at < EARLY + STRAY else "lacking" if at == EARLY + STRAY else "sound"


def received(office: Office, count: int) -> None:
    """So many works with titles as different as those of people."""
    chance, syllables = random.Random(2023), WORDS.split()  # noqa: S311
    with office.at_work() as edition:
        for number in range(len(office.keys) + 1, count + 1):
            title = " ".join(chance.choices(syllables, k=9)).capitalize()
            office.keys.append(dossier(edition, office.people["owner"], number, title).public_id)
    completed(office, *range(count))
    with office.at_work() as edition:
        edition.state = "open"
        session.add(Clause(edition_id=edition.id, code="window", value={}, source="khoản 2 Điều 4"))
        for number, key in enumerate(office.keys):
            entry = session.scalars(select(Entry).where(Entry.public_id == key)).one()
            if kind_of(number) == "early":
                entry.parts[0].published_on = date(2020, 3, 2)
            elif kind_of(number) == "lacking":
                session.delete(session.scalars(select(EntryFile).where(EntryFile.entry_id == entry.id)).one())


class Secretary:
    """Decides on whatever stands before her, with as few keys as the page lets her."""

    def __init__(self, keys: Keys, due: str) -> None:
        self.keys, self.due = keys, due
        self.told_clause = self.told_day = False

    def screens(self, kind: str) -> None:
        if kind == "early":
            self.keys.press("k")
        elif kind == "sound":
            self.keys.press("d", "d")
        elif kind == "stray":
            self._strays()
        else:
            self._asks()

    def _strays(self) -> None:
        self.keys.press("1")
        if not self.told_clause:
            self.keys.press("Tab", "Tab", *CLAUSE, "Escape")
            self.told_clause = True
        self.keys.press("k")

    def _asks(self) -> None:
        self.keys.press("b")
        if not self.told_day:
            self.keys.press(*["Tab"] * 6, *self.due)
            self.told_day = True
        self.keys.press("Control+Enter")


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("count", [40, pytest.param(319, marks=pytest.mark.long)])
def test_every_dossier_is_opened_and_decided_with_three_keys_at_most(
    office: Office, page: Page, faults: list[str], keys: Keys, count: int
) -> None:
    received(office, count)
    secretary = Secretary(keys, day(now().date() + timedelta(days=20)))
    page.goto(f"{QUEUE}?ket-luan=pending")
    keys.listens()
    keys.press("j", "Enter")
    for number in range(count):
        expect(page).to_have_url(re.compile(office.keys[number]))
        keys.listens()
        secretary.screens(kind_of(number))
    expect(page.get_by_text("Không có tác phẩm phù hợp với bộ lọc.")).to_be_visible()
    wanted = Counter(kind_of(number) for number in range(count))
    with office.app.app_context():
        said = Counter(session.scalars(select(Screening.decision)))
        clauses = Counter(session.scalars(select(Screening.clause).where(Screening.decision == "ineligible")))
        assert len(session.scalars(select(Correction)).all()) == wanted["lacking"]
    assert said == {
        "eligible": wanted["sound"],
        "ineligible": wanted["early"] + wanted["stray"],
        "correction": wanted["lacking"],
    }
    assert clauses == {"khoản 2 Điều 4": wanted["early"], CLAUSE: wanted["stray"]}
    assert keys.count <= 3 * count
    assert keys.count < 1_000
    assert faults == []
