"""The demonstration is made once, by the same deeds the screens use: one edition behind it, one judged, one open."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from award import jobs
from award.clock import now
from award.db import session
from award.editions.models import Category, Edition
from award.entries.models import Entry
from award.files.tasks import verify
from award.nominations.models import Dossier
from award.people.models import User
from award.results.models import Result
from award.results.queries import figures, is_public
from demonstration import building, cast, outcome
from judging.scoring.models import ScoreSheet
from tests.visitor import Visitor


@pytest.mark.timeout(400)
def test_the_first_page_needs_little_and_the_worker_makes_the_rest(trial: Flask) -> None:
    made = trial.test_cli_runner().invoke(args=["seed"])
    assert made.exception is None, made.output
    with trial.app_context():
        (present,) = session.scalars(select(Edition))
        assert (present.slug, present.state) == ("vi-2026", "open")
        assert media_of(present) == {"print"}, "what the entrant with a button has"
        *editions, files = building.still_made()
        assert len(editions) == 3
        assert re.search(r"\d+ tệp", files)
        assert {account.email for account in cast.accounts()} <= set(session.scalars(select(User.email)))
    assert Visitor(trial).get("/vi-2026/").status_code == 200
    with trial.app_context():
        asked = [each["chapter"] for each in jobs.unfinished(building.BUILD)]
        for chapter in [*asked, *asked]:  # one that was cut off is done again, and adds nothing
            building.build(chapter)
    assert trial.test_cli_runner().invoke(args=["seed"]).exit_code == 0
    with trial.app_context():
        past, judged, present = session.scalars(select(Edition).order_by(Edition.ordinal))
        assert [each.state for each in (past, judged, present)] == ["decision", "judging", "open"]
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


def media_of(edition: Edition) -> set[str]:
    found = select(Category.medium).join(Entry, Entry.category_id == Category.id).where(Entry.edition_id == edition.id)
    return set(session.scalars(found))
