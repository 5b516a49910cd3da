"""The same work in another category: beside the first where rules say so, else a draft in its place."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.db import session, unit_of_work
from award.editions.models import Category, Clause
from award.entries import copying, operations
from award.entries.models import Entry, PriorPrize
from award.entries.permissions import MOST_DRAFTS
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Browser, Scene, made_scene
from tests.award.entries.test_races import at_once


@pytest.fixture
def another(scene: Scene) -> Category:
    """A category that has the place of the first one too, for fewer files."""
    with unit_of_work():
        category = factories.category(scene.edition, code="ĐT", name="Báo điện tử", medium="online")
        category.slots[0].at_most = 1
        return category


def allow(scene: Scene) -> None:
    session.add(Clause(edition_id=scene.edition_id, code="several_categories", value={"yes": True}, source="Điều 5"))


def test_a_draft_moves_and_nothing_of_it_stays_behind(app: Flask, scene: Scene, another: Category) -> None:
    with unit_of_work():
        draft = scene.draft(summary="Một xã.", elsewhere="Fanpage, 03/3/2023")
        scene.attach(draft, scene.entrant)
        draft.prior_prizes.append(PriorPrize(award_name="Giải B", level="B", year=2022))
    entrant = Browser(app, scene.entrant)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}"
    assert "Chuyển sang loại hình khác" in entrant.get(at).text
    assert "Báo điện tử" in entrant.get(f"{at}/loai-hinh").text
    assert entrant.post(f"{at}/loai-hinh").status_code == 422
    moved = entrant.post(f"{at}/loai-hinh", {"category": another.public_id})
    assert moved.status_code == 303
    session.rollback()
    session.expire_all()
    made = session.scalars(select(Entry)).one()
    assert moved.headers["Location"].endswith(made.public_id)
    assert (made.category_id, made.title, made.summary) == (another.id, "Giữ lời hứa với dân", "Một xã.")
    assert (len(made.parts), made.authors[0].contact, made.prior_prizes[0].level) == (1, True, "B")
    assert (len(made.files), made.declared) == (1, {}), "one of two files has a place; declarations are made anew"
    assert "1 tệp không có mục tương ứng" in entrant.get(moved.headers["Location"]).text


def test_where_the_rules_say_so_both_stand(app: Flask, scene: Scene, another: Category) -> None:
    with unit_of_work():
        allow(scene)
        submitted = scene.submitted()
    entrant = Browser(app, scene.entrant)
    at = f"/{scene.slug}/tac-pham/{submitted.public_id}"
    assert "Chép sang loại hình khác" in entrant.get(at).text
    assert entrant.post(f"{at}/loai-hinh", {"category": another.public_id}).status_code == 303
    session.rollback()
    one, other = (session.scalars(select(Entry).where(Entry.state == state)).one() for state in ("submitted", "draft"))
    assert other.category_id == another.id
    assert [(part.title, part.published_on, part.place) for part in other.parts] == [
        ("Kỳ 1", date(2023, 3, 2), "Số 7520, trang 3")
    ]
    assert [(each.person_id, each.phone, each.contact) for each in other.authors] == [
        (scene.entrant.id, "0905 123 456", True)
    ]
    assert [each.file_id for each in other.files] == [each.file_id for each in one.files]
    assert other.files[0].part_id == other.parts[0].id != one.parts[0].id


def test_a_submitted_work_stays_alone_where_the_rules_do_not_say_so(
    app: Flask, scene: Scene, another: Category
) -> None:
    with unit_of_work():
        submitted = scene.submitted()
    entrant = Browser(app, scene.entrant)
    at = f"/{scene.slug}/tac-pham/{submitted.public_id}"
    assert "loại hình khác" not in entrant.get(at).text
    assert entrant.post(f"{at}/loai-hinh", {"category": another.public_id}).status_code == 403
    with pytest.raises(Refused), unit_of_work():
        entry = session.get_one(Entry, submitted.id)
        copying.to_category(by=scene.by(), edition=scene.edition, entry=entry, category=another)


def test_drafts_of_one_account_end_at_the_limit_also_when_begun_together(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        field = made_scene()
        for _number in range(MOST_DRAFTS - 3):
            field.draft()

    def begin() -> str:
        with unit_of_work():
            category = session.get_one(Category, field.category_id)
            owner = session.get_one(type(field.entrant), field.entrant.id)
            operations.create(by=field.by(), edition=field.edition, category=category, owner=owner)
        return "begun"

    answers = at_once(app, [begin] * 50)
    assert (answers.count("begun"), answers.count("too_many_drafts")) == (3, 47)
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Entry)) == MOST_DRAFTS
