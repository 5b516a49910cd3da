"""The demonstration is made once, by the same deeds the screens use: from one long over to one that is open."""

import html
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from award import jobs
from award.cases.models import Case
from award.clock import now
from award.dates import local
from award.db import session
from award.editions.models import Category, Edition
from award.entries.models import Entry
from award.files.tasks import verify
from award.issued.models import IssuedPaper
from award.nominations import news
from award.nominations.models import Dossier, NominationNews
from award.payments import queries as payments
from award.people.models import User
from award.results import rulings
from award.results.models import Result
from award.results.queries import figures, is_public
from demonstration import aftermath, building, cast, outcome
from judging.scoring.models import ScoreSheet
from judging.sittings import queries as sittings
from judging.sittings.permissions import can_open
from tests.visitor import Visitor

BEGINS_WITH = {
    "tacgia@example.vn": "Nộp tác phẩm",
    "toasoan@example.vn": "Xác nhận 1 tác phẩm",
    "thuky@example.vn": "Gắn 1 gói hồ sơ với tác phẩm",
    "giamkhao@example.vn": "Chấm 10 tác phẩm, vòng sơ khảo",
    "giamkhao2@example.vn": "Cam kết trước khi chấm vòng sơ khảo",
    "giamkhao3@example.vn": "Xem phiếu đã gửi, vòng sơ khảo",
    "chutich@example.vn": "Theo dõi tiến độ chấm vòng sơ khảo",
    "phochutich@example.vn": "Cam kết trước khi chấm vòng sơ khảo",
    "bantochuc@example.vn": "Kết thúc nhận tác phẩm",
    "ketoan@example.vn": "Chi tiền thưởng cho 9 người nhận",
    "giamsat@example.vn": "",
    "quantri@example.vn": "",
}
"""What stands first on the desk of each role; nothing waits for who only looks, or who only sets awards up."""


@pytest.mark.timeout(1200)
def test_the_first_page_needs_little_and_the_worker_makes_the_rest(trial: Flask) -> None:
    made = trial.test_cli_runner().invoke(args=["seed"])
    assert made.exception is None, made.output
    with trial.app_context():
        (present,) = session.scalars(select(Edition))
        assert (present.slug, present.state) == ("vi-2026", "open")
        assert media_of(present) == {"print"}, "what the entrant with a button has"
        *editions, files = building.still_made()
        assert len(editions) == 5
        assert re.search(r"\d+ tệp", files)
        assert {account.email for account in cast.accounts()} <= set(session.scalars(select(User.email)))
    assert Visitor(trial).get("/vi-2026/").status_code == 200
    with trial.app_context():
        asked = [each["chapter"] for each in jobs.unfinished(building.BUILD)]
        for chapter in [*asked, *asked]:  # one that was cut off is done again, and adds nothing
            building.build(chapter)
    assert trial.test_cli_runner().invoke(args=["seed"]).exit_code == 0
    with trial.app_context():
        told, past, met, judged, present = session.scalars(select(Edition).order_by(Edition.ordinal))
        assert [each.state for each in (told, past)] == ["published", "decision"]
        assert [each.state for each in (met, judged, present)] == ["judging", "judging", "open"]
        assert judged.rounds[0].ends_on == local(now()).date() + timedelta(days=1)
        assert_council_can_begin(met)
        assert_what_came_after(told)
        building.forward(past.id)
        assert past.state == "decision", "its files are not read yet"
        for file in outcome.files_to_forward(past):
            verify(file.id)
        session.expire_all()
        building.forward(past.id)
        assert past.state == "archived"
        assert is_public(past, now())
        counted = figures(past.id)
        assert (counted["received"], counted["eligible"]) == (22, 18)
        decided = select(func.count()).where(Result.edition_id == past.id, Result.state == "decided")
        assert session.scalar(decided) == 9
        assert session.scalars(select(Dossier.state)).all() == ["ready"]
        assert all(len(media_of(each)) == 5 for each in (past, judged, present))
        drafts = select(func.count()).where(Entry.edition_id == present.id, Entry.state == "draft")
        assert session.scalar(drafts) == 1
        assert set(session.scalars(select(ScoreSheet.state))) == {"draft", "finished"}
    assert Visitor(trial).get("/iii-2023/ket-qua").status_code == 200
    assert "Đã thu hồi theo Quyết định số 01-QĐ/BTCG" in Visitor(trial).get("/ii-2022/ket-qua").text
    assert set(BEGINS_WITH) == {account.email for account in cast.accounts()}, "nobody's desk is left out"
    for email, first in BEGINS_WITH.items():
        assert_queue_leads_on(trial, email, first)


def assert_queue_leads_on(trial: Flask, email: str, first: str) -> None:
    """The home of a role is the queue of its next acts, and every one of them leads to a page that it may open."""
    with trial.app_context():
        visitor = Visitor(trial, cast.account(email))
    desk = visitor.get("/ban-lam-viec").text
    acts = re.findall(r'<a class="act-name" href="([^"]+)">([^<]+)<', desk)
    assert next((sentence for _address, sentence in acts), "").startswith(first)
    assert bool(acts) == bool(first)
    assert {address: visitor.get(html.unescape(address)).status_code for address, _sentence in acts} == {
        address: 200 for address, _sentence in acts
    }


def assert_council_can_begin(met: Edition) -> None:
    """One sitting is prepared, with works to speak of, enough people, and two of them to count."""
    (sitting,) = sittings.sittings(met.id)
    assert sitting.state == "prepare"
    assert len(sittings.agenda(sitting.id)) > 3
    assert [each.present for each in sittings.roll(sitting.id)] == [True] * len(cast.READERS)
    assert len(sittings.tellers(sitting.id)) == 2
    assert any(sittings.recusals(sitting.id).values()), "somebody is seen to step back"
    chair = cast.seen_from(met, cast.played_by(cast.CHAIR))
    assert can_open(chair, sitting)


def assert_what_came_after(told: Edition) -> None:
    """Results are public; a name was corrected, a prize taken back by a paper that is kept; objections, money, news."""
    done = rulings.after_decision(told.id)[1]
    assert sorted("correction" if each.correction else "revocation" for each in done) == ["correction", "revocation"]
    assert session.scalars(select(IssuedPaper.number).where(IssuedPaper.kind == "revocation")).all() == [
        aftermath.REVOKED
    ]
    assert set(session.scalars(select(Case.state).where(Case.edition_id == told.id))) == {"decided", "examining"}
    examined = session.scalars(select(Case.due_day).where(Case.edition_id == told.id, Case.state == "examining")).one()
    assert examined is not None
    assert examined > local(now()).date(), "none waits for years"
    lines = payments.owed(told.id)
    assert {each.open for each in lines} == {True, False}
    assert any(each.told_at for each in lines)
    assert [count for _word, count in news.tally_of(told.id)][-1] == 1
    heard = session.scalars(select(NominationNews)).all()
    assert {each.known_on - local(each.created_at).date() for each in heard} == {timedelta()}, "nothing from the future"


def media_of(edition: Edition) -> set[str]:
    found = select(Category.medium).join(Entry, Entry.category_id == Category.id).where(Entry.edition_id == edition.id)
    return set(session.scalars(found))
