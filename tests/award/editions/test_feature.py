"""What editions offer the other rooms: next acts, obstacles, navigation."""

from datetime import timedelta

import pytest
from flask import Flask

from award.clock import now, stopped_at
from award.db import session
from award.editions import countersigns
from award.editions.feature import feature
from award.editions.queries import with_rules
from award.features import NextAct
from award.people.models import Person
from tests import factories
from tests.award.editions.conftest import Prepared, prepared, rows


@pytest.fixture
def made(app: Flask) -> Prepared:
    with rows(app):
        return prepared()


def acts(app: Flask, made: Prepared, person: Person | None = None) -> list[NextAct]:
    assert feature.next_acts is not None
    with app.test_request_context(), rows(app):
        return list(feature.next_acts((person or made.organiser).id, made.edition.id))


def alone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this room speaks."""
    monkeypatch.setitem(app.extensions, "features", (feature,))


def test_the_organiser_is_led_to_the_next_act(app: Flask, made: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(app, monkeypatch)
    (act,) = acts(app, made)
    assert (act.sentence, act.url, act.detail) == ("Mở nhận tác phẩm", "/iii-2023/lich/open_entries", "")
    with rows(app):
        with_rules(made.edition.id).state = "open"
    (act,) = acts(app, made)
    assert (act.sentence, act.url) == ("Kết thúc nhận tác phẩm", "/iii-2023/thiet-lap")
    assert act.detail.startswith("Chưa hết thời hạn nhận tác phẩm (đến hết ngày")
    with stopped_at(now() + timedelta(days=12)):
        (act,) = acts(app, made)
        assert (act.url, act.detail) == ("/iii-2023/lich/close_entries", "")


def test_what_stands_in_the_way_is_named_with_how_much_more(
    app: Flask, made: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone(app, monkeypatch)
    with rows(app):
        edition = with_rules(made.edition.id)
        edition.help_phone, edition.window_to = "", None
    (act,) = acts(app, made)
    assert act.detail == (
        "Chưa có quy định: Thời gian đăng, phát. Nhập nội dung hoặc chọn “Không quy định”. Còn 1 mục khác."
    )
    assert act.url == "/iii-2023/thiet-lap"
    assert act.weight > 45, "what cannot be done yet stands below what can"


def test_others_have_no_act_of_the_calendar(app: Flask, made: Prepared) -> None:
    with rows(app):
        secretary, stranger = factories.person("Thư ký"), factories.person("Người lạ")
        factories.appointment(made.edition, secretary, "secretary")
    assert acts(app, made, secretary) == []
    assert acts(app, made, stranger) == []


def test_an_act_that_waits_for_a_second_person_comes_first_to_whoever_may_be_it(app: Flask, made: Prepared) -> None:
    with rows(app):
        chair, judge = factories.person("Chủ tịch"), factories.person("Giám khảo")
        factories.appointment(made.edition, chair, "chair")
        factories.appointment(made.edition, judge, "judge")
        edition = with_rules(made.edition.id)
        edition.state, edition.rounds[0].state = "judging", "open"
        subject = edition.rounds[0].public_id
        countersigns.propose(by=made.by, edition=edition, act="freeze_round", subject=subject)
        countersigns.propose(by=made.by, edition=edition, act="publish", subject=edition.public_id)
    found = acts(app, made, chair)
    assert [(a.sentence, a.url, a.weight) for a in found] == [
        ("Xác nhận khóa phiếu chấm: Sơ khảo", "/iii-2023/vong/1/tien-do", 0),
        ("Xác nhận công bố kết quả", "/iii-2023/cong-bo", 0),
    ]
    assert found[0].detail == "Trần Thị Minh đã đề nghị. Cần người thứ hai xác nhận."
    assert acts(app, made) == [], "not to who proposed"
    assert acts(app, made, judge) == []


@pytest.mark.parametrize(
    ("step", "first"),
    [
        ("open_entries", "Chưa có mức giải nào."),
        ("close_entries", "Chưa hết thời hạn nhận tác phẩm"),
        ("open_round", "Vòng sơ khảo chưa có tiêu chí chấm."),
        ("decide", "Vòng sơ khảo chưa kết thúc."),
    ],
)
def test_own_obstacles_are_offered_with_the_page_that_removes_them(
    app: Flask, made: Prepared, step: str, first: str
) -> None:
    assert feature.obstacles is not None
    with rows(app):
        edition = with_rules(made.edition.id)
        session.delete(edition.prize_levels[0])
        edition.rounds[0].criteria = []
        edition.deadline_at = now() + timedelta(hours=1)
        round_id = edition.rounds[0].id
    with app.test_request_context(), rows(app):
        found = feature.obstacles(made.edition.id, step, round_id)
        assert feature.obstacles(made.edition.id, "publish", None) == []
    assert found[0].sentence.startswith(first)
    assert found[0].url.startswith("/iii-2023/thiet-lap")


def test_navigation_without_an_edition_is_empty(app: Flask, made: Prepared) -> None:
    assert feature.navigation is not None
    with app.test_request_context(), rows(app):
        assert feature.navigation(None, None) == []
        assert feature.navigation(None, made.edition.id) == []
        assert [label for label, _url in feature.navigation(made.organiser.id, made.edition.id)] == ["Thiết lập"]
