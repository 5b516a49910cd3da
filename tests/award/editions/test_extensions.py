"""Extending the time for entries: decided with a paper, by two persons, shown at once, told to whom it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import VIETNAM, now, stopped_at
from award.dates import local
from award.db import session
from award.editions import deadlines
from award.editions.deadlines import AT, BEFORE, THROUGH, Deadline
from award.editions.extensions import ACT, Extension
from award.editions.models import Appointment, Edition
from award.editions.operations.extending import confirm_extension, propose_extension
from award.editions.permissions import ROLE_WORDS, SECONDS, Capacity
from award.editions.queries import capacity, extensions, waiting_countersign
from award.entries.models import Entry
from award.entries.permissions import can_enter
from award.log.models import Event
from award.messages.models import Message
from award.people.models import Membership, Person
from award.verdicts import Refused
from tests import factories
from tests.award.editions.conftest import Prepared, prepared, rows
from tests.visitor import Visitor

HOME = "/iii-2023/gia-han"


@pytest.fixture
def taking(app: Flask) -> Prepared:
    with rows(app):
        made = prepared(state="open")
        factories.appointment(made.edition, factories.person("Lê Thị Thư"), "secretary")
    return made


def last_day(edition: Edition) -> date:
    assert edition.deadline_day is not None
    return edition.deadline_day


def asked(edition: Edition, **fields: object) -> Extension:
    before = deadlines.written(edition)
    assert before is not None
    until = Deadline(THROUGH, last_day(edition) + timedelta(days=10))
    made = Extension(before, until, "Quyết định số 12-QĐ/BTG", local(now()).date(), "Mưa lũ ở nhiều xã")
    return replace(made, **fields)  # type: ignore[arg-type]


def by(edition: Edition, role: str) -> Capacity:
    found = select(Person).join(Appointment, Appointment.person_id == Person.id)
    person = session.scalars(found.where(Appointment.edition_id == edition.id, Appointment.role == role)).first()
    return capacity(person, edition)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    session.rollback()
    return refused.value.verdict.code


def test_it_holds_from_the_second_persons_word_on(app: Flask, taking: Prepared) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        old_end = edition.deadline_at
        proposal = propose_extension(by=by(edition, "organiser"), edition=edition, extension=asked(edition))
        assert edition.deadline_at == old_end
        assert extensions(edition.id) == []
        confirm_extension(by=by(edition, "secretary"), edition=edition, proposal=proposal)
        assert edition.deadline_at == old_end + timedelta(days=10)  # type: ignore[operator]
        (extension,) = extensions(edition.id)
        assert extension.sentence.startswith("Thời hạn nhận tác phẩm được gia hạn đến hết ngày ")
        assert "Quyết định số 12-QĐ/BTG" in extension.sentence
        end = edition.deadline_at
    with rows(app):
        event = session.scalars(select(Event).where(Event.kind == "edition.extended")).one()
        assert end is not None
        assert f'"to":"{end.isoformat()}"'.encode() in event.payload


def test_the_proposer_cannot_confirm(app: Flask, taking: Prepared) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        organiser = by(edition, "organiser")
        proposal = propose_extension(by=organiser, edition=edition, extension=asked(edition))
        assert refusal(lambda: confirm_extension(by=organiser, edition=edition, proposal=proposal)) == "same_person"


@pytest.mark.parametrize("days", [-1, 0])
def test_a_time_that_is_no_longer_is_no_extension(app: Flask, taking: Prepared, days: int) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        until = Deadline(THROUGH, last_day(edition) + timedelta(days=days))
        assert refusal(lambda: propose(edition, asked(edition, until=until))) == "until"


def propose(edition: Edition, extension: Extension) -> None:
    propose_extension(by=by(edition, "organiser"), edition=edition, extension=extension)


def test_a_second_longer_is_an_extension_of_a_second(app: Flask, taking: Prepared) -> None:
    """Đến hết ngày ends at midnight; chậm nhất 0 giờ 00 of the next day still takes that second."""
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        until = Deadline(AT, last_day(edition) + timedelta(days=1), time(0, 0))
        propose(edition, asked(edition, until=until))
        assert until.instant - edition.deadline_at == timedelta(seconds=1)  # type: ignore[operator]


def test_before_a_day_and_through_the_day_before_are_the_same_and_no_extension(app: Flask, taking: Prepared) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        until = Deadline(BEFORE, last_day(edition) + timedelta(days=1))
        assert refusal(lambda: propose(edition, asked(edition, until=until))) == "until"


def test_newsrooms_confirm_no_sooner_than_works_come_in(app: Flask, taking: Prepared) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        edition.confirmation_day = last_day(edition) + timedelta(days=5)
        edition.confirmation_at = edition.deadline_at + timedelta(days=5)  # type: ignore[operator]
        edition.confirmation_words = THROUGH
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        assert refusal(lambda: propose(edition, asked(edition))) == "confirmation"
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        later = Deadline(THROUGH, last_day(edition) + timedelta(days=15))
        proposal = propose_extension(
            by=by(edition, "organiser"), edition=edition, extension=asked(edition, confirmation=later)
        )
        confirm_extension(by=by(edition, "secretary"), edition=edition, proposal=proposal)
        assert (edition.confirmation_day, edition.confirmation_at) == (later.last_day, later.instant)


def test_works_come_in_again_after_the_old_deadline(app: Flask, taking: Prepared) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        end = edition.deadline_at
        assert end is not None
        late = end + timedelta(hours=3)
        assert can_enter(edition, late).code == "late"
        with stopped_at(late):
            proposal = propose_extension(by=by(edition, "organiser"), edition=edition, extension=asked(edition))
            confirm_extension(by=by(edition, "secretary"), edition=edition, proposal=proposal)
        assert can_enter(edition, late)


def test_once_entries_are_closed_nothing_is_extended(app: Flask, taking: Prepared) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        edition.state = "screening"
        assert refusal(lambda: propose(edition, asked(edition))) == "state"


TYPED = {
    "wording": "chậm nhất",
    "hour": "17:00",
    "paper": "Quyết định số 12-QĐ/BTG",
    "decided_on": "20/9/2023",
    "reason": "Mưa lũ",
}


def test_at_the_doors_one_proposes_another_confirms_and_everybody_is_told(app: Flask, taking: Prepared) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        day = last_day(edition) + timedelta(days=3)
        secretary = session.get_one(Person, by(edition, "secretary").person_id)
        session.refresh(secretary, ["user"])
        organ = factories.newsroom("Báo Biển Xanh")
        owner, speaker = factories.person("Nguyễn Thị Vân"), factories.person("Trần Minh")
        session.add(
            Membership(person_id=speaker.id, newsroom_id=organ.id, role="editor_in_chief", valid_from=date(2023, 1, 1))
        )
        entry_of(edition, owner, organ.id)
        told = sorted(person.user.email for person in (owner, speaker) if person.user)
    organiser, second = Visitor(app, taking.organiser), Visitor(app, secretary)
    assert organiser.post(HOME, {**TYPED, "day": ""}).status_code == 422
    assert organiser.post(HOME, {**TYPED, "day": "01/01/2020"}).status_code == 422
    assert organiser.post(HOME, {**TYPED, "day": day.strftime("%d/%m/%Y")}).status_code == 303
    waits = organiser.get(HOME).text.partition("Chờ người xác nhận thứ hai:")[2].partition("</li>")[0]
    assert [role for role in SECONDS if str(ROLE_WORDS[role]) not in waits] == []
    assert organiser.post(f"{HOME}/xac-nhan").status_code == 403
    assert second.post(f"{HOME}/xac-nhan").status_code == 303
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        assert edition.deadline_at == datetime.combine(day, time(17, 0, 1), VIETNAM)
        letters = session.scalars(select(Message).where(Message.kind.startswith("extension"))).all()
        assert sorted(letter.to_address for letter in letters) == told
        assert all("chậm nhất 17 giờ 00" in letter.body for letter in letters)
    for page in ("/iii-2023/", "/iii-2023/the-le"):
        assert "được gia hạn chậm nhất 17 giờ 00" in Visitor(app).get(page).text


def entry_of(edition: Edition, owner: Person, newsroom_id: int) -> None:
    session.add(
        Entry(
            edition_id=edition.id,
            category_id=edition.categories[0].id,
            owner_id=owner.id,
            newsroom_id=newsroom_id,
            changed_at=now(),
        )
    )
    session.flush()


def test_a_proposal_is_taken_back(app: Flask, taking: Prepared) -> None:
    with rows(app):
        edition = session.get_one(Edition, taking.edition.id)
        propose(edition, asked(edition))
    organiser = Visitor(app, taking.organiser)
    assert organiser.post(f"{HOME}/rut").status_code == 303
    with rows(app):
        assert waiting_countersign(taking.edition.id, ACT, taking.edition.public_id) is None
    assert "Đề nghị gia hạn" in organiser.get(HOME).text


@pytest.mark.parametrize(
    "deadline",
    [
        Deadline(THROUGH, date(2023, 9, 30)),
        Deadline(BEFORE, date(2023, 10, 1)),
        Deadline(AT, date(2023, 9, 30), time(17, 0)),
    ],
)
def test_what_is_kept_comes_back_as_it_was_written(deadline: Deadline) -> None:
    made = Extension(deadline, deadline, "Số 1", date(2023, 9, 1), "Lý do", deadline)
    assert Extension.of(made.terms) == made
