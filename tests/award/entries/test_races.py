"""Many at once: one receipt for one work, limits kept to the last place, codes without gaps, one entry for one form."""

import threading
from collections.abc import Callable, Iterator
from contextvars import Context

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Category, Clause, Edition
from award.entries import operations
from award.entries.models import Entry, Receipt
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Scene, made_scene
from tests.visitor import Visitor


@pytest.fixture
def field(app: Flask) -> Iterator[Scene]:
    """An open edition; every context, the test's too, is its own."""
    with app.app_context(), unit_of_work():
        made = made_scene()
    yield made


def at_once(app: Flask, acts: list[Callable[[], str]]) -> list[str]:
    """What each act answered, all begun together, each in a context of its own."""
    start, answers = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], str]) -> None:
        start.wait()
        with app.app_context():
            answers[number] = _until_heard(act)

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _until_heard(act: Callable[[], str]) -> str:
    """What it answered. A crowd is larger than the pool: who finds no connection asks again, as a browser does."""
    for _ in range(30):
        try:
            return act()
        except Refused as refused:
            session.rollback()
            return refused.verdict.code
        except (PoolTimeout, OperationalError):
            session.rollback()
    return "never heard"


def submitting(scene: Scene, entry_id: int, owner_id: int) -> Callable[[], str]:
    def act() -> str:
        with unit_of_work():
            entry = session.get_one(Entry, entry_id)
            edition = session.get_one(Edition, scene.edition_id)
            by = scene.by(factories.Person(id=owner_id))
            receipt = operations.submit(by=by, edition=edition, entry=entry, arrived_at=now())
            return f"{receipt.code} {receipt.public_id}"

    return act


def test_twenty_clicks_on_one_work_give_one_receipt(app: Flask, field: Scene) -> None:
    with app.app_context(), unit_of_work():
        entry_id = field.draft().id
    answers = at_once(app, [submitting(field, entry_id, field.entrant.id)] * 20)
    assert len(set(answers)) == 1
    assert answers[0].startswith("KH3-0001 ")
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_a_limit_is_kept_to_the_last_place(app: Flask, field: Scene) -> None:
    with app.app_context(), unit_of_work():
        drafts = [field.draft().id for _ in range(10)]
    answers = at_once(app, [submitting(field, each, field.entrant.id) for each in drafts])
    assert answers.count("max_works_per_author") == 8
    with app.app_context():
        assert session.scalar(select(func.count()).where(Entry.state == "submitted")) == 2


def creating(scene: Scene) -> Callable[[], str]:
    def act() -> str:
        with unit_of_work():
            edition = session.get_one(Edition, scene.edition_id)
            category = session.get_one(Category, scene.category_id)
            owner = session.get_one(Person, scene.entrant.id)
            return operations.create(by=scene.by(), edition=edition, category=category, owner=owner).public_id

    return act


def test_fifty_drafts_made_at_once_are_fifty_and_fifty_submitted_at_once_end_at_the_limit(
    app: Flask, field: Scene
) -> None:
    made = at_once(app, [creating(field)] * 50)
    assert len(set(made)) == 50
    with app.app_context(), unit_of_work():
        for bare in session.scalars(select(Entry)).all():
            session.delete(bare)
        drafts = [field.draft().id for _ in range(50)]
    answers = at_once(app, [submitting(field, each, field.entrant.id) for each in drafts])
    assert answers.count("max_works_per_author") == 48
    codes = sorted(answer.split(" ")[0] for answer in answers if answer != "max_works_per_author")
    assert codes == ["KH3-0001", "KH3-0002"]
    with app.app_context():
        assert session.scalar(select(func.count()).where(Entry.state == "submitted")) == 2


def test_fifty_of_one_organ_end_at_its_limit(app: Flask, field: Scene) -> None:
    with app.app_context(), unit_of_work():
        value = {"number": 7, "choice": "publisher"}
        edition_id, code = field.edition_id, "max_works_per_newsroom"
        session.add(Clause(edition_id=edition_id, code=code, value=value, source="khoản 4 Điều 5"))
        owners = [factories.person(f"Tác giả số {n}", phone=f"0905 123 4{n:02d}") for n in range(50)]
        drafts = [(field.draft(owner).id, owner.id) for owner in owners]
    answers = at_once(app, [submitting(field, *each) for each in drafts])
    assert answers.count("max_works_per_newsroom") == 43
    with app.app_context():
        assert session.scalar(select(func.count()).where(Entry.state == "submitted")) == 7


def test_one_form_sent_fifty_times_makes_one_entry(app: Flask, field: Scene) -> None:
    with app.app_context():
        category = session.get_one(Category, field.category_id).public_id
    sender = Visitor(app, field.entrant)
    form = {"category": category, "deed_key": "one-form", "csrf_token": sender.csrf_token()}
    cookie = sender.client.get_cookie(app.config["SESSION_COOKIE_NAME"], domain="127.0.0.1")
    assert cookie is not None

    def send() -> str:
        twin = app.test_client()
        twin.set_cookie(cookie.key, cookie.value, domain="127.0.0.1")
        for _ in range(30):
            address = f"/{field.slug}/tac-pham/moi"  # asked outside of the thread's context: each try is somebody anew
            answer = Context().run(twin.post, address, data=form, base_url=Visitor.origin)
            if answer.status_code != 503:
                return f"{answer.status_code} {answer.headers.get('Location', '')}"
        return "never heard"

    answers = at_once(app, [send] * 50)
    assert len(set(answers)) == 1, set(answers)
    assert answers[0].startswith("303 ")
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Entry)) == 1


def test_codes_of_many_entrants_have_no_gap_and_no_twin(app: Flask, field: Scene) -> None:
    with app.app_context(), unit_of_work():
        owners = [factories.person(f"Tác giả số {n}", phone=f"0905 123 4{n:02d}") for n in range(16)]
        drafts = [(field.draft(owner).id, owner.id) for owner in owners]
    answers = at_once(app, [submitting(field, *each) for each in drafts])
    assert sorted(answer.split(" ")[0] for answer in answers) == [f"KH3-{n:04d}" for n in range(1, 17)]


def test_a_work_withdrawn_while_its_revision_is_submitted_stays_withdrawn_or_changed(app: Flask, field: Scene) -> None:
    with app.app_context():
        with unit_of_work():
            entry = field.submitted()
        with unit_of_work():
            operations.revise(by=field.by(), edition=field.edition, entry=entry).title = "Tên sau"
        entry_id = entry.id

    def withdraw() -> str:
        with unit_of_work():
            entry = session.scalars(select(Entry).where(Entry.id == entry_id).with_for_update()).one()
            operations.withdraw(by=field.by(), edition=field.edition, entry=entry, reason="Tòa soạn đề nghị")
            return "withdrawn"

    answers = at_once(app, [submitting(field, entry_id, field.entrant.id), withdraw])
    assert answers[1] == "withdrawn"
    with app.app_context():
        (left,) = session.scalars(select(Entry))
        assert left.state == "withdrawn"
        receipts = session.scalar(select(func.count()).select_from(Receipt))
        assert (left.title, receipts) in {("Tên sau", 2), ("Giữ lời hứa với dân", 1)}
