"""A deadline of one's own: for one person, to its second, with a reason, and once at a time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from award.clock import VIETNAM, now, stopped_at
from award.db import session, unit_of_work
from award.editions.deadlines import THROUGH, Deadline
from award.editions.models import Category
from award.editions.permissions import Capacity
from award.entries import granted, granting, operations, queries
from award.entries.models import PersonalDeadline
from award.paging import FIRST
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Scene

UNTIL = Deadline(THROUGH, date(2099, 10, 5))
LAST = datetime(2099, 10, 6, tzinfo=VIETNAM)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.verdict.code


def closed(scene: Scene) -> None:
    with unit_of_work():
        scene.edition.deadline_at = now() - timedelta(days=1)


@pytest.fixture
def boss(scene: Scene) -> Capacity:
    with unit_of_work():
        person = factories.person("Nguyễn Thanh Bình")
    return Capacity(person.id, scene.edition_id, frozenset({"organiser"}))


def grant(scene: Scene, by: Capacity, person: Person | None = None, until: Deadline = UNTIL) -> PersonalDeadline:
    with unit_of_work():
        return granting.grant(
            by=by, edition=scene.edition, person=person or scene.entrant, until=until, reason="Mất điện."
        )


def enter(scene: Scene, person: Person | None = None) -> None:
    owner = person or scene.entrant
    with unit_of_work():
        category = session.get_one(Category, scene.category_id)
        operations.create(by=scene.by(owner), edition=scene.edition, category=category, owner=owner)


@pytest.mark.parametrize(("seconds", "taken"), [(-1, True), (119, True), (120, False)])
def test_it_counts_to_its_last_second_and_the_grace(scene: Scene, boss: Capacity, seconds: int, taken: bool) -> None:
    with unit_of_work():
        entry = scene.draft()
    closed(scene)
    grant(scene, boss)
    act = lambda: operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())  # noqa: E731
    with stopped_at(LAST + timedelta(seconds=seconds)):
        if not taken:
            assert refusal(act) == "late"
            return
        with unit_of_work():
            receipt = act()
    due = datetime.fromisoformat(receipt.content["files_due_at"])
    assert due == LAST + timedelta(minutes=scene.edition.files_follow_minutes)


def test_it_is_for_one_person_and_goes_on_while_dossiers_are_screened(scene: Scene, boss: Capacity) -> None:
    closed(scene)
    with unit_of_work():
        other = factories.person("Trần Minh")
    grant(scene, boss)
    enter(scene)
    assert refusal(lambda: enter(scene, other)) == "late"
    with unit_of_work():
        scene.edition.state = "screening"
    enter(scene)
    with unit_of_work():
        scene.edition.state = "judging"
    assert refusal(lambda: enter(scene)) == "late"


def test_one_stands_at_a_time_and_the_earlier_stay_as_history(scene: Scene, boss: Capacity) -> None:
    closed(scene)
    grant(scene, boss)
    grant(scene, boss, until=Deadline(THROUGH, date(2099, 12, 1)))
    first, second = session.scalars(select(PersonalDeadline).order_by(PersonalDeadline.id))
    assert (first.ended_at is None, second.ended_at) == (False, None)
    assert queries.leave_to_enter(scene.entrant.id, scene.edition_id).words == "đến hết ngày 01/12/2099"
    assert [each.until for each in granted.page_of_grants(scene.edition_id, FIRST).rows] == [
        "đến hết ngày 01/12/2099",
        "đến hết ngày 05/10/2099",
    ]


def test_ending_it_leaves_what_was_submitted(scene: Scene, boss: Capacity) -> None:
    with unit_of_work():
        entry = scene.draft()
    closed(scene)
    given = grant(scene, boss)
    with unit_of_work():
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    for _ in range(2):
        with unit_of_work():
            granting.end_grant(by=boss, edition=scene.edition, granted=given)
    assert refusal(lambda: enter(scene)) == "late"
    assert entry.state == "submitted"


@pytest.mark.parametrize("role", ["secretary", "auditor", "chair", "judge"])
def test_the_organiser_decides_alone(scene: Scene, boss: Capacity, role: str) -> None:
    by = Capacity(boss.person_id, scene.edition_id, frozenset({role}))
    assert refusal(lambda: grant(scene, by)) == "role"


def test_it_is_later_than_the_deadline_for_everybody(scene: Scene, boss: Capacity) -> None:
    day = scene.edition.deadline_day
    assert day is not None
    assert refusal(lambda: grant(scene, boss, until=Deadline(THROUGH, day))) == "until"
    grant(scene, boss, until=Deadline(THROUGH, day + timedelta(days=1)))


def test_it_is_not_given_once_judging_has_begun(scene: Scene, boss: Capacity) -> None:
    with unit_of_work():
        scene.edition.state = "judging"
    assert refusal(lambda: grant(scene, boss)) == "state"
