"""Acts of two persons: who proposes, who may confirm, and that neither is the other."""

import threading

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions import countersigns
from award.editions.models import Countersign
from award.editions.permissions import ROLE_WORDS, SECONDS, Capacity, can_countersign
from award.editions.queries import (
    capacity,
    confirmed_countersign,
    waiting_countersign,
    waiting_countersigns,
    with_rules,
)
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.editions.conftest import Prepared, rows

ACT = "freeze_round"


def proposed(ready: Prepared) -> Countersign:
    with ready.deed() as edition:
        subject = edition.rounds[0].public_id
        return countersigns.propose(by=ready.by, edition=edition, act=ACT, subject=subject, terms={"n": 1})


def colleague(ready: Prepared, role: str | None) -> Person:
    with unit_of_work():
        person = factories.person("Phạm Văn Hai")
        if role:
            factories.appointment(ready.edition, person, role)
        return person


@pytest.mark.parametrize("role", [*ROLE_WORDS, None])
def test_another_person_with_an_office_that_may_stand_in_confirms(ready: Prepared, role: str | None) -> None:
    waiting, second = proposed(ready), colleague(ready, role)
    if role not in SECONDS:
        with pytest.raises(Refused) as refused, ready.deed() as edition:
            by = capacity(second, edition)
            countersigns.confirm(by=by, edition=edition, proposal=session.get_one(Countersign, waiting.id))
        assert refused.value.verdict.code == "role"
        assert waiting_countersign(ready.edition.id, ACT, waiting.subject) is not None
        return
    with ready.deed() as edition:
        by = capacity(second, edition)
        countersigns.confirm(by=by, edition=edition, proposal=session.get_one(Countersign, waiting.id))
    done = confirmed_countersign(ready.edition.id, ACT, waiting.subject)
    assert done is not None
    assert (done.proposed_by_id, done.confirmed_by_id, done.terms) == (ready.organiser.id, second.id, {"n": 1})
    assert waiting_countersign(ready.edition.id, ACT, waiting.subject) is None


@pytest.mark.parametrize("role", sorted(SECONDS))
def test_nobody_confirms_what_they_proposed_whatever_else_they_hold(ready: Prepared, role: str) -> None:
    waiting = proposed(ready)
    with ready.deed() as edition:
        if role != "organiser":
            factories.appointment(edition, ready.organiser, role)
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        countersigns.confirm(
            by=capacity(ready.organiser, edition), edition=edition, proposal=session.get_one(Countersign, waiting.id)
        )
    assert refused.value.verdict.code == "same_person"
    assert refused.value.verdict.sentence == "Việc này cần người thứ hai xác nhận, không phải người đã đề nghị."


def test_proposing_again_while_one_waits_gives_the_one_that_waits(ready: Prepared) -> None:
    first, second = proposed(ready), proposed(ready)
    assert first.id == second.id
    assert [w.id for w in waiting_countersigns(ready.edition.id)] == [first.id]
    assert session.query(Event).filter_by(kind=f"{ACT}.proposed").count() == 1


def test_a_withdrawn_proposal_waits_no_more_and_a_new_one_may_be_made(ready: Prepared) -> None:
    first = proposed(ready)
    with ready.deed() as edition:
        countersigns.withdraw(by=ready.by, edition=edition, proposal=session.get_one(Countersign, first.id))
    assert waiting_countersigns(ready.edition.id) == []
    assert confirmed_countersign(ready.edition.id, ACT, first.subject) is None
    assert proposed(ready).id != first.id


def test_two_seconds_confirming_at_once_confirm_once(ctx: Flask, ready: Prepared) -> None:
    waiting = proposed(ready)
    seconds = [colleague(ready, "secretary"), colleague(ready, "deputy")]
    session.remove()
    outcomes: list[str] = []

    def confirm(person: Person) -> None:
        try:
            with rows(ctx):
                edition = with_rules(ready.edition.id)
                proposal = session.get_one(Countersign, waiting.id)
                countersigns.confirm(by=capacity(person, edition), edition=edition, proposal=proposal)
            outcomes.append("confirmed")
        except Refused as refused:
            outcomes.append(refused.verdict.code)

    threads = [threading.Thread(target=confirm, args=(person,)) for person in seconds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_confirmed", "confirmed"]
    assert session.query(Event).filter_by(kind=f"{ACT}.confirmed").count() == 1


def test_what_was_withdrawn_is_confirmed_no_more_and_what_was_confirmed_is_not_withdrawn(ready: Prepared) -> None:
    first, second = proposed(ready), colleague(ready, "secretary")
    with ready.deed() as edition:
        countersigns.withdraw(by=ready.by, edition=edition, proposal=session.get_one(Countersign, first.id))
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        proposal = session.get_one(Countersign, first.id)
        countersigns.confirm(by=capacity(second, edition), edition=edition, proposal=proposal)
    assert refused.value.verdict.code == "withdrawn"
    again = proposed(ready)
    with ready.deed() as edition:
        proposal = session.get_one(Countersign, again.id)
        countersigns.confirm(by=capacity(second, edition), edition=edition, proposal=proposal)
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        countersigns.withdraw(by=ready.by, edition=edition, proposal=session.get_one(Countersign, again.id))
    assert refused.value.verdict.code == "already_confirmed"


def test_many_proposing_at_once_make_one_proposal(ctx: Flask, ready: Prepared) -> None:
    subject = with_rules(ready.edition.id).rounds[0].public_id
    session.remove()
    made: list[int] = []

    def propose() -> None:
        with rows(ctx):
            edition = with_rules(ready.edition.id)
            made.append(countersigns.propose(by=ready.by, edition=edition, act=ACT, subject=subject).id)

    threads = [threading.Thread(target=propose) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1


def test_without_an_office_nothing_is_confirmed() -> None:
    waiting = Countersign(proposed_by_id=1)
    assert can_countersign(Capacity(2, 1, frozenset()), waiting).code == "role"
    assert can_countersign(Capacity(None, 1, frozenset()), waiting).code == "role"
    assert can_countersign(Capacity(2, 1, frozenset(), administrator=True), waiting).code == "role"
