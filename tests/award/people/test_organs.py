"""Press organs through the years: names with their days, several that became one, and who goes along."""

import re
from datetime import date

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.people import memberships, organs
from award.people.models import Membership, Newsroom
from award.verdicts import Refused
from tests import factories
from tests.visitor import Visitor

pytestmark = pytest.mark.db

MERGED = date(2025, 7, 1)


def refusal(**said: object) -> str:
    with pytest.raises(Refused) as refused:
        organs.merge(by_id=None, **said) if "into" in said else organs.rename(by_id=None, **said)  # type: ignore[arg-type]
    return refused.value.verdict.code


def test_a_name_holds_from_its_day_on(ctx: Flask) -> None:
    with unit_of_work():
        station = factories.newsroom("Đài Núi Bạc")
        other = factories.newsroom("Báo Biển Xanh")
        organs.rename(by_id=None, newsroom=station, name="Đài Phát thanh, Truyền hình Núi Bạc", since=date(2010, 1, 1))
        assert station.name_on(date(2009, 12, 31)) == "Đài Núi Bạc"
        assert station.name_on(date(2010, 1, 1)) == "Đài Phát thanh, Truyền hình Núi Bạc"
        assert refusal(newsroom=station, name="Tên khác", since=date(2010, 1, 1)) == "newsroom.day"
        assert refusal(newsroom=station, name="báo biển xanh", since=MERGED) == "newsroom.known"
        assert refusal(newsroom=other, name="Báo Biển xanh", since=MERGED) == "newsroom.same_name"


def test_two_organs_of_a_province_become_one_and_their_people_go_along(ctx: Flask) -> None:
    with unit_of_work():
        paper, station = factories.newsroom("Báo Biển Xanh"), factories.newsroom("Đài Núi Bạc")
        both = factories.newsroom("Báo và Phát thanh, Truyền hình Biển Xanh")
        editor, reporter = factories.person("Bùi Cúc"), factories.person("Trần Minh")
        memberships.join(by_id=None, person=editor, newsroom=paper, role="editor_in_chief")
        memberships.join(by_id=None, person=reporter, newsroom=station, role="journalist")
        for organ in (paper, station):
            organs.merge(by_id=None, newsroom=organ, into=both, since=MERGED)
        assert (paper.successor_id, station.successor_id) == (both.id, both.id)
        assert paper.name_on(date(2023, 9, 30)) == "Báo Biển Xanh"
        assert paper.names[-1].valid_to == date(2025, 6, 30)
        stand = session.query(Membership).filter(Membership.newsroom_id == both.id)
        assert {(each.person_id, each.role) for each in stand} == {
            (editor.id, "editor_in_chief"),
            (reporter.id, "journalist"),
        }
        assert refusal(newsroom=both, into=paper, since=date(2026, 1, 1)) == "newsroom.circle"
        assert refusal(newsroom=both, into=both, since=date(2026, 1, 1)) == "newsroom.circle"
        assert refusal(newsroom=paper, into=station, since=date(2026, 1, 1)) == "newsroom.merged"


def test_the_secretariat_records_it_on_a_page(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        secretary = factories.person("Bùi Cúc")
        factories.appointment(edition, secretary, "secretary")
        paper, both = factories.newsroom("Báo Biển Xanh"), factories.newsroom("Báo Biển Núi")
    visitor = Visitor(app, secretary)
    here = f"/iii-2023/thiet-lap/co-quan/{paper.public_id}"
    assert here in visitor.get("/iii-2023/thiet-lap/co-quan").text
    assert "Báo Biển Núi" in visitor.get(here).text
    assert visitor.post(f"{here}/doi-ten", {"name": "Báo Biển", "since": "31/02/2020"}).status_code == 422
    assert visitor.post(f"{here}/doi-ten", {"name": "Báo Biển", "since": "01/01/1990"}).status_code == 422
    assert visitor.post(f"{here}/doi-ten", {"name": "Báo Biển", "since": "01/01/2020"}).status_code == 303
    assert "31/12/2019" in visitor.get(here).text
    wrong = visitor.post(f"{here}/hop-nhat", {"into": paper.public_id, "merged_on": "01/7/2025"})
    assert wrong.status_code == 422
    assert "Cơ quan này không thể là một phần của chính nó." in wrong.text
    for parent, status in (("", 303), (both.public_id, 303), (paper.public_id, 422)):
        assert visitor.post(f"{here}/chu-quan", {"parent": parent}).status_code == status
    chosen = re.findall(r"<option[^>]*selected[^>]*>", visitor.get(here).text)
    assert any(both.public_id in each for each in chosen)
    beyond = f"/iii-2023/thiet-lap/co-quan/{both.public_id}/chu-quan"
    assert "Cơ quan này không thể là cấp dưới" in visitor.post(beyond, {"parent": paper.public_id}).text
    assert visitor.post(f"{here}/hop-nhat", {"into": both.public_id, "merged_on": "01/7/2025"}).status_code == 303
    assert "Cơ quan đã hợp nhất" in visitor.get(here).text
    with app.app_context():
        assert session.get_one(Newsroom, paper.id).successor_id == both.id
