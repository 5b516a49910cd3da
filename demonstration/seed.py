"""`flask --app wsgi seed`: the demonstration, once."""

from datetime import UTC, date, datetime, timedelta

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Award, Edition
from award.editions.operations import calendar, creation, staff
from award.editions.queries import with_rules
from award.files.store import prepare
from award.people.models import Person
from demonstration import cast, play
from demonstration.plan import AWARD, draw_up
from demonstration.works import MadeWork, work

SEASON = datetime(2023, 5, 20, 2, 0, tzinfo=UTC)


@click.command("seed")
@with_appcontext
def seed() -> None:
    """Make the demonstration's editions, people and works, unless an award exists already."""
    if session.scalar(select(Award.id).limit(1)) is not None:
        return
    prepare()
    people = _people()
    with stopped_at(SEASON), unit_of_work():
        award = creation.create_award(by=people["quantri"], slug="xay-dung-dang", name=AWARD, place="Khánh Hòa")
        past = _edition(award, people, past=True)
    _season(past, people)
    with unit_of_work():
        _open_edition(_edition(session.get_one(Award, award.id), people, past=False), people)


def _people() -> dict[str, Person]:
    with unit_of_work():
        organs = cast.newsrooms()
        people = {part.email.split("@")[0]: cast.person(part.name, part.email) for part in cast.PARTS}
        people["tacgia"].newsroom_id = organs[0].id
        people["giamkhao2"].newsroom_id = organs[1].id
        administrator = people["quantri"].user
        assert administrator is not None
        administrator.administrator = True
        for number in range(cast.AUTHORS):
            made = work(number, window_from=SEASON.date(), window_to=SEASON.date() + timedelta(days=60))
            organ = organs[number % len(organs)]
            email = f"tacgia{number + 2}@example.vn"
            people[f"tacgia{number + 2}"] = cast.person(made.authors[0].legal_name, email, organ)
        people["giamkhao3"] = cast.person("Ngô Bảo Châu Linh", "giamkhao3@example.vn")
    return people


def _edition(award: Award, people: dict[str, Person], *, past: bool) -> Edition:
    organiser = people["bantochuc"]
    edition = draw_up(people["quantri"], award, past=past)
    hand = cast.seen_from(edition, people["quantri"])
    for part in cast.PARTS:
        if part.role:
            staff.appoint(by=hand, edition=edition, person=people[part.email.split("@")[0]], role=part.role)
    staff.appoint(by=hand, edition=edition, person=people["giamkhao3"], role="judge")
    calendar.open_entries(by=cast.seen_from(edition, organiser), edition=edition)
    return with_rules(edition.id)


def _season(edition: Edition, people: dict[str, Person]) -> None:
    """The edition of 2023 from the first entry to the day of publication."""
    organiser, chair, secretary = people["bantochuc"], people["chutich"], people["thuky"]
    owners = [people["tacgia"], *(people[f"tacgia{number + 2}"] for number in range(cast.AUTHORS))]
    for number in range(12):
        with stopped_at(SEASON + timedelta(days=70 + 4 * number, hours=number)), unit_of_work():
            made = _work(number, edition, until=date(2023, 7, 10), parts=3 if number % 4 == 0 else 1)
            category = 1 if number % 3 == 2 else 0
            play.enter(owners[number % len(owners)], with_rules(edition.id), made, category=category)
    judges = [chair, people["giamkhao"], people["giamkhao2"], people["giamkhao3"]]
    with stopped_at(SEASON + timedelta(days=136)), unit_of_work():
        calendar.close_entries(by=cast.seen_from(edition, organiser), edition=edition)
        play.screen(secretary, with_rules(edition.id))
    for number, days in ((0, 145), (1, 160)):
        with stopped_at(SEASON + timedelta(days=days)), unit_of_work():
            current = with_rules(edition.id)
            play.judge(current, current.rounds[number], organiser, chair, secretary, judges)
        with stopped_at(SEASON + timedelta(days=days + 2)), unit_of_work():
            current = with_rules(edition.id)
            play.shortlist(current, current.rounds[number], chair, 6 if number == 0 else 3)
    with stopped_at(SEASON + timedelta(days=170)), unit_of_work():
        current = with_rules(edition.id)
        play.award_prizes(current, current.rounds[1], chair, organiser, secretary)


def _work(number: int, edition: Edition, *, until: date, parts: int) -> MadeWork:
    assert edition.window_from is not None, "the plan gives the window"
    return work(number, window_from=edition.window_from, window_to=until, parts=parts)


def _open_edition(edition: Edition, people: dict[str, Person]) -> None:
    """Some works have come in, and the entrant with a sign-in button has one submitted and one begun."""
    until = now().date() - timedelta(days=5)
    owners = [people["tacgia"], people["tacgia2"], people["tacgia3"], people["tacgia4"], people["tacgia"]]
    for number, owner in enumerate(owners):
        made = _work(40 + number, edition, until=until, parts=1 + number % 2)
        play.enter(owner, edition, made, category=number % 2, submit=number < len(owners) - 1)
