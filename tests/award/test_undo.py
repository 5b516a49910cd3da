"""Before the page of a refusal is drawn: what was begun is undone, what was only read stays known."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from award.db import session, undo, unit_of_work
from award.people.models import Person
from tests import factories

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("ctx")]

NAME = "Trần Lan"


def written_row(person: Person) -> None:
    person.legal_name = "Khác"
    session.flush()


def written_object(person: Person) -> None:
    person.legal_name = "Khác"


def written_statement(person: Person) -> None:
    session.execute(update(Person).where(Person.id == person.id).values(legal_name="Khác"))


def held(person: Person) -> None:
    session.scalars(select(Person).where(Person.id == person.id).with_for_update()).one()


def failed(_person: Person) -> None:
    with pytest.raises(DBAPIError):
        session.execute(text("SELECT 1 / 0"))


@pytest.mark.parametrize("begun", [written_row, written_object, written_statement, held, failed])
def test_what_was_begun_is_undone(begun: Callable[[Person], None]) -> None:
    with unit_of_work():
        made = factories.person(NAME)
    person = session.get_one(Person, made.id)
    begun(person)
    undo()
    assert not session().in_transaction()
    assert session.scalar(select(Person.legal_name).where(Person.id == made.id)) == NAME


def test_what_was_only_read_stays_known() -> None:
    with unit_of_work():
        number = factories.person(NAME).id
    session.remove()  # another request begins
    person = session.get_one(Person, number)
    undo()
    assert session().in_transaction()
    assert vars(person)["legal_name"] == NAME
