"""An edition that takes all five kinds, judged by one panel, and the people of the story with a browser each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from award.clock import VIETNAM, now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.editions.operations import calendar, creation, rounds, setup
from award.editions.permissions import Capacity
from award.editions.queries import capacity, with_rules
from award.people.models import Person
from demonstration.plan import AWARD, CRITERIA, Outline, draw_up
from judging.panels import operations as panels
from judging.panels.queries import panels_of
from tests import factories
from tests.browser.actors import Actor
from tests.browser.kinds.made import Kind, kinds


@dataclass
class Story:
    """The works to come, who enters each, who judges, and the two who end the round."""

    kinds: list[Kind]
    entrants: dict[str, Actor]
    secretary: Actor
    judge: Actor
    chair: Actor
    organiser: Actor


_STAFF = {
    "secretary": "Trần Thu Hiền",
    "judge": "Võ Minh Tâm",
    "chair": "Phạm Quốc Vinh",
    "organiser": "Lê Thanh Bình",
}


@pytest.fixture
def story(
    app: Flask, browser: Browser, live_server: str, faults: list[str], sign_in: Callable[[Page, Person], None]
) -> Story:
    last_day = now().astimezone(VIETNAM).date() - timedelta(days=3)
    works = kinds(last_day)
    with app.app_context(), unit_of_work():
        people = _drawn_up(works, last_day)

    def actor(role: str) -> Actor:
        with app.app_context():
            person = session.merge(people[role])
            made = Actor(browser, live_server, person.legal_name, person.user.email if person.user else "", faults)
            sign_in(made.page, person)
        return made

    entrants = {kind.medium: actor(kind.medium) for kind in works}
    return Story(works, entrants, *(actor(role) for role in ("secretary", "judge", "chair", "organiser")))


def _drawn_up(works: list[Kind], last_day: date) -> dict[str, Person]:
    """The edition is open for entries; one reading of each work is enough, and names are shown."""
    organ = factories.newsroom("Báo Biển Xanh")
    people = {kind.medium: factories.person(kind.author.legal_name, newsroom_id=organ.id) for kind in works}
    administrator = people["administrator"] = factories.person("Bùi Đình Sơn")
    assert administrator.user is not None
    administrator.user.administrator = True
    award = creation.create_award(by=administrator, slug="xay-dung-dang", name=AWARD, place="Khánh Hòa")
    window = (last_day - timedelta(days=300), last_day + timedelta(days=30))
    edition = draw_up(administrator, award, Outline(6, "VI", 2026, window, ("XI", 2026)))
    for role, name in _STAFF.items():
        people[role] = factories.person(name)
        factories.appointment(edition, people[role], role)
    hand = capacity(administrator, edition)
    setup.set_clause(by=hand, edition=edition, code="readings", value={"number": 1}, source="Điều 10")
    _one_panel(hand, with_rules(edition.id), people["judge"], people["organiser"])
    calendar.open_entries(by=capacity(people["organiser"], edition), edition=with_rules(edition.id))
    return people


def _one_panel(hand: Capacity, edition: Edition, judge: Person, organiser: Person) -> None:
    first = edition.rounds[0]
    rounds.change_round(
        by=hand, edition=edition, round=first, name=first.name, blind=False, scale_max=10, steps_per_point=4,
        criteria=CRITERIA, shortlist_size=5,
    )  # fmt: skip
    everything = [(category.id, None) for category in edition.categories]
    rounds.set_panels(by=hand, edition=edition, round=first, panels=[rounds.PanelSpec("Tiểu ban chung", everything)])
    (panel,) = panels_of(first.id)
    panels.seat_person(by=capacity(organiser, edition), edition=edition, panel=panel, person=judge)
