"""Editions beside each other, with organs that became one; a newsroom's own figures; how an edition comes along."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Countersign
from award.people.models import Membership, Newsroom, Person
from award.reports.comparison import DAYS, EditionRow, Tally, across, by_law, run_in
from award.results.models import Publication
from award.screening.models import Screening
from tests import factories
from tests.award.results.rows import Outcome, outcome, work
from tests.visitor import Visitor

PAGE = "/iii-2023/thong-ke"


def test_the_curve_begins_with_what_had_come_and_ends_on_the_last_day() -> None:
    last = date(2023, 9, 30)
    curve = run_in(
        {last - timedelta(days=90): 2, last - timedelta(days=1): 3, last: 1, last + timedelta(days=1): 1}, last
    )
    assert (curve[0], curve[-2], curve[-1], len(curve)) == (2, 5, 7, 61)
    assert run_in({last: 1}, None) == []


def test_the_law_of_deadlines_brings_two_thirds_on_the_last_day_and_keeps_both_ends() -> None:
    expected = by_law([0] * DAYS + [1000])
    assert (expected[0], expected[-1], len(expected)) == (0, 1000, DAYS + 1)
    assert expected[-1] - expected[-2] == 640, "64 % on the last of sixty days"
    assert expected == sorted(expected)
    assert by_law([7] * DAYS + [7]) == [7] * (DAYS + 1)
    assert by_law([]) == []


def test_a_line_stands_in_every_edition_and_prizes_go_to_their_name() -> None:
    editions = [EditionRow(1, "i", "I", 2021, True), EditionRow(2, "ii", "II", 2022, False)]
    works = [Tally(1, "A", 5, 4), Tally(2, "A", 7, 6), Tally(2, "B", 20, 1)]
    first, second = across(editions, works, [Tally(2, "A", prizes=1), Tally(2, "A", prizes=2)])
    assert [cell.received for cell in first.cells] == [0, 20]
    assert [(cell.received, cell.eligible, cell.prizes) for cell in second.cells] == [(5, 4, 0), (7, 6, 3)]


@pytest.fixture
def merged(app: Flask) -> tuple[Outcome, Person, Newsroom]:
    """Lần II, public, and lần III, decided: one organ of each, of which the former became part of the latter."""
    with app.app_context(), unit_of_work():
        former, heir = factories.newsroom("Báo Biển Xanh"), factories.newsroom("Báo và Đài Biển Xanh")
        made = outcome(proposed=False)
        category = made.category
        earlier = factories.edition(
            award_id=made.edition.award_id,
            slug="ii-2022",
            ordinal=2,
            ordinal_words="II",
            year=2022,
            state="published",
            code_prefix="KH2",
        )
        old = factories.category(earlier, code="IN", name="Báo in")
        for n in range(2):
            work(earlier, old, f"Bài cũ {n}", newsroom=former)
        told = {"act": "publish", "subject": "x", "proposed_by_id": made.organiser.id, "proposed_at": now()}
        sign = Countersign(edition_id=earlier.id, **told)
        session.add(sign)
        session.flush()
        session.add(Publication(edition_id=earlier.id, at=datetime(2022, 12, 1, tzinfo=UTC), countersign_id=sign.id))
        new = work(made.edition, category, "Bài mới", newsroom=heir)
        former.names[-1].valid_to, former.successor_id = date(2023, 1, 1), heir.id
        made.propose((new, "A"))
        made.decide()
        speaker = factories.person("Hồ Thị Đầu Mối")
        session.add(Membership(person_id=speaker.id, newsroom_id=heir.id, role="contact"))
        made.publish(now() + timedelta(hours=1))
        made.edition.deadline_day = date(2023, 9, 30)
        session.flush()
        session.refresh(speaker, ["user"])
    return made, speaker, heir


def open_results(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        session.query(Publication).filter_by(edition_id=made.edition_id).one().at = datetime(2023, 12, 1, tzinfo=UTC)


def test_an_organ_that_was_merged_stands_in_one_line_and_its_newsroom_reads_no_prize_before_its_time(
    app: Flask, merged: tuple[Outcome, Person, Newsroom]
) -> None:
    made, speaker, heir = merged
    anybody, contact = Visitor(app), Visitor(app, speaker)
    own = f"{PAGE}/co-quan/{heir.public_id}"
    assert anybody.get(f"{PAGE}/cac-lan").status_code == 404
    before = contact.get(own)
    assert before.status_code == 200
    drawn = before.text.partition('aria-label="Tác phẩm đoạt giải theo lần tổ chức"')[2].partition("</table>")[0]
    assert re.findall(r"<span>(Lần thứ [^<]+)</span>", drawn) == ["Lần thứ II - năm 2022"]
    listed = contact.get(f"{own}?tai-ve=csv").data.decode("utf-8-sig")
    assert "Tất cả;Tất cả;III;2023;1;0;0" in listed.replace(",", ";").replace('"', ""), "nothing of what was decided"
    assert Visitor(app, made.chair).get(own).status_code == 404

    open_results(app, made)
    staff = Visitor(app, made.organiser)
    for reader in (staff, contact, anybody):
        address = own if reader is contact else f"{PAGE}/cac-lan"
        listed = reader.get(f"{address}?tai-ve=csv").data.decode("utf-8-sig").replace(",", ";").replace('"', "")
        assert "Cơ quan đăng, phát".replace(",", ";") in listed
        assert "Báo và Đài Biển Xanh;III;2023;1;1;1" in listed
        assert "Báo và Đài Biển Xanh;II;2022;2;2;0" in listed, "what the organ was before counts for it"
    page = staff.get(f"{PAGE}/cac-lan")
    assert page.status_code == 200
    assert "Báo và Đài Biển Xanh" in page.text
    drawn = page.text.partition('aria-label="Tác phẩm đoạt giải theo cơ quan đăng, phát"')[2].partition("</section>")[0]
    assert re.findall(r"<span>([^<]+)</span>", drawn) == ["Báo và Đài Biển Xanh"]
    shown = staff.get(f"{PAGE}/tien-do")
    assert shown.status_code == 200
    assert "Thành viên chấm" in shown.text
    assert "quy luật hạn chót" in shown.text
    with app.app_context(), unit_of_work():
        decided = session.query(Screening).filter_by(edition_id=made.edition.id).first()
        decided.decided_at = now()
    parts = set(re.findall(r"tien-do\?(?:bang=([a-z-]+)&amp;)?tai-ve=csv", staff.get(f"{PAGE}/tien-do").text))
    assert parts == {"", "kiem-tra"}, "each chart goes along"
    assert "Đã kết luận" in staff.get(f"{PAGE}/tien-do?bang=kiem-tra&tai-ve=csv").data.decode("utf-8-sig")
    assert staff.get(f"{PAGE}/tien-do?bang=khong-co&tai-ve=csv").status_code == 404
