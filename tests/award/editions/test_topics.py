"""The contents of the plan: a tree that is set up on a page, frozen with the rules, and chosen leaf by leaf."""

from typing import Any

import pytest
from flask import Flask

from award.db import session
from award.editions.contents import flat, tree
from award.editions.models import Edition, Topic
from award.editions.operations import TopicSpec, set_topics
from award.editions.operations.topics import nesting_fault
from award.editions.queries import topics
from award.log.models import Event, EventDetail
from award.verdicts import Refused
from tests.award.editions.browsing import AT, is_locked, save, typed
from tests.award.editions.conftest import Prepared, rows
from tests.visitor import Visitor

PAGE = f"{AT}/noi-dung"
PLAN = [
    TopicSpec("Nội dung trọng tâm", focal=True),
    TopicSpec("Cơ sở đảng", 1),
    TopicSpec("Nêu gương", 1),
    TopicSpec("Nội dung thường xuyên"),
    TopicSpec("Cán bộ", 1),
]


def as_set(edition: Edition) -> list[tuple[str, int, bool, bool]]:
    session.expire_all()
    return [(each.name, each.depth, each.focal, each.chosen) for each in flat(tree(topics(edition.id)))]


def test_contents_form_a_tree_whose_leaves_can_be_chosen(ready: Prepared) -> None:
    with ready.deed() as edition:
        set_topics(by=ready.by, edition=edition, topics_=PLAN)
    assert as_set(ready.edition) == [
        ("Nội dung trọng tâm", 0, True, False),
        ("Cơ sở đảng", 1, True, True),
        ("Nêu gương", 1, True, True),
        ("Nội dung thường xuyên", 0, False, False),
        ("Cán bộ", 1, False, True),
    ]
    assert session.query(Event).filter_by(kind="topics.set").count() == 1


def test_setting_them_again_keeps_those_that_are_known_by_their_number(ready: Prepared) -> None:
    with ready.deed() as edition:
        set_topics(by=ready.by, edition=edition, topics_=PLAN)
    before = {topic.name: topic.id for topic in topics(ready.edition.id)}
    again = [
        TopicSpec("Thường xuyên", id=before["Nội dung thường xuyên"]),
        TopicSpec("Nêu gương", 1, id=before["Nêu gương"]),
        TopicSpec("Mới", 2),
    ]
    with ready.deed() as edition:
        set_topics(by=ready.by, edition=edition, topics_=again)
    assert as_set(ready.edition) == [
        ("Thường xuyên", 0, False, False),
        ("Nêu gương", 1, False, False),
        ("Mới", 2, False, True),
    ]
    after = {topic.name: topic.id for topic in topics(ready.edition.id)}
    assert after["Nêu gương"] == before["Nêu gương"]
    assert after["Thường xuyên"] == before["Nội dung thường xuyên"]
    last = session.query(EventDetail).order_by(EventDetail.event_id.desc()).first()
    assert last is not None
    names = [[each["name"] for each in last.detail[end]] for end in ("before", "after")]
    assert names == [[each.name for each in PLAN], ["Thường xuyên", "Nêu gương", "Mới"]]


@pytest.mark.parametrize(
    ("depths", "fault"),
    [([], ""), ([0, 1, 2, 1, 0], ""), ([1], "1"), ([0, 2], "2"), ([0, 1, 2, 3], "4"), ([0, 0, 1, 2, 2], "")],
)
def test_a_content_hangs_below_the_one_before_it(ctx: Flask, depths: list[int], fault: str) -> None:
    assert nesting_fault(depths) == (f"Mục thứ {fault} không nằm dưới mục nào." if fault else "")


def test_what_hangs_below_nothing_is_refused(ready: Prepared) -> None:
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        set_topics(by=ready.by, edition=edition, topics_=[TopicSpec("Cơ sở đảng", 1)])
    assert refused.value.verdict.code == "topics"
    assert as_set(ready.edition) == []


def test_they_are_frozen_when_entries_open(ready: Prepared) -> None:
    with ready.deed() as edition:
        edition.state = "open"
    with pytest.raises(Refused) as refused, ready.deed() as edition:
        set_topics(by=ready.by, edition=edition, topics_=PLAN)
    assert refused.value.verdict.code == "frozen"


def row(n: int, name: str, depth: int = 0, **more: str) -> dict[str, Any]:
    return {
        f"topics-{n}-name": name,
        f"topics-{n}-depth": str(depth),
        **{f"topics-{n}-{k}": v for k, v in more.items()},
    }


def test_the_page_adds_nests_marks_and_moves_without_a_script(app: Flask, draft: Prepared, desk: Visitor) -> None:
    grown = save(desk, PAGE, add="topics")
    assert grown.status_code == 200
    body = typed(grown) | row(0, "Trọng tâm", focal="y") | row(1, "Cơ sở đảng", 1) | row(2, "Nêu gương", 1)
    moved = desk.post(PAGE, body | {"up": "topics-2"})
    assert moved.status_code == 200
    names = [typed(moved)[f"topics-{n}-name"] for n in (0, 1, 2)]
    assert names == [["Trọng tâm"], ["Nêu gương"], ["Cơ sở đảng"]]
    assert desk.post(PAGE, body | {"up": "topics-0"}).status_code == 200
    assert desk.post(PAGE, body | {"down": "topics-9"}).status_code == 200
    saved = desk.post(PAGE, typed(moved))
    assert saved.status_code == 303, saved.text
    with app.app_context():
        assert as_set(draft.edition) == [
            ("Trọng tâm", 0, True, False),
            ("Nêu gương", 1, True, True),
            ("Cơ sở đảng", 1, True, True),
        ]
    page = desk.get("/iii-2023/the-le").text
    assert "Nội dung theo kế hoạch" in page
    assert page.index("Nêu gương") < page.index("Cơ sở đảng")
    assert "Nội dung theo kế hoạch" in desk.get(AT).text


def test_the_page_says_what_hangs_below_nothing(app: Flask, draft: Prepared, desk: Visitor) -> None:
    body = typed(desk.get(PAGE)) | row(0, "Cơ sở đảng", 1)
    refused = desk.post(PAGE, body)
    assert refused.status_code == 422
    assert "Mục thứ 1 không nằm dưới mục nào." in refused.text
    assert desk.post(PAGE, typed(desk.get(PAGE)) | row(0, "Cơ sở đảng") | {"topics-0-topic": "x"}).status_code == 303
    with app.app_context():
        assert [topic.name for topic in topics(draft.edition.id)] == ["Cơ sở đảng"]


def test_contents_whose_parent_is_missing_stand_at_the_root() -> None:
    found = tree([Topic(id=2, parent_id=1, name="Con", focal=False, ordinal=1)])
    assert [(each.name, each.depth, each.chosen) for each in found] == [("Con", 0, True)]


def test_an_open_edition_only_shows_them(app: Flask, draft: Prepared, desk: Visitor) -> None:
    with rows(app):
        session.add(Topic(edition_id=draft.edition.id, ordinal=1, name="Cán bộ"))
        session.get_one(Edition, draft.edition.id).state = "open"
    assert is_locked(desk.get(PAGE))
    assert desk.post(PAGE, typed(desk.get(PAGE))).status_code == 403


def test_an_outline_is_pasted_at_once(app: Flask, draft: Prepared, desk: Visitor) -> None:
    lines = ("Nội dung trọng tâm", "- Cơ sở đảng", "-- Đảng viên mới", " – Nêu gương ", "", "Thường xuyên", "- -")
    assert save(desk, PAGE, add="pasted").status_code == 200
    shown = save(desk, PAGE, pasted="\r\n".join((*lines, "---- Sâu quá")), add="pasted")
    assert shown.status_code == 200
    rows_ = typed(shown)
    assert [(rows_[f"topics-{n}-name"][0], rows_[f"topics-{n}-depth"][0]) for n in range(6)] == [
        ("Nội dung trọng tâm", "0"),
        ("Cơ sở đảng", "1"),
        ("Đảng viên mới", "2"),
        ("Nêu gương", "1"),
        ("Thường xuyên", "0"),
        ("Sâu quá", "2"),
    ]
    assert rows_["pasted"] == [""]
    assert desk.post(PAGE, rows_).status_code == 422, "what is too deep is told"
    assert desk.post(PAGE, rows_ | {"topics-5-depth": "1"}).status_code == 303
    assert save(desk, PAGE, pasted="Quên bấm nút").status_code == 200, "nothing pasted is lost by saving"
    many = save(desk, PAGE, pasted="\n".join(f"Mục {n}" for n in range(60)), add="pasted")
    assert many.status_code == 200
    assert len([name for name in typed(many) if name.endswith("-name")]) == 40
