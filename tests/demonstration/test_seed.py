"""The demonstration is made once, by the same deeds the screens use, and leaves a season with results."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.entries.models import Entry
from award.people.models import User
from award.results.models import Result
from award.results.queries import figures, is_public
from demonstration import cast
from tests.visitor import Visitor


@pytest.mark.timeout(400)
def test_the_demonstration_has_a_season_behind_it_and_one_open(app: Flask) -> None:
    made = app.test_cli_runner().invoke(args=["seed"])
    assert made.exception is None, made.output
    again = app.test_cli_runner().invoke(args=["seed"])
    assert again.exit_code == 0
    with app.app_context():
        past, present = session.scalars(select(Edition).order_by(Edition.ordinal))
        assert (past.slug, present.slug, present.state) == ("iii-2023", "vi-2026", "open")
        assert is_public(past, now())
        counted = figures(past.id)
        assert (counted["received"], counted["eligible"]) == (12, 11)
        assert sum(number for _name, number in counted["by_category"]) == 11
        prizes = session.scalar(select(func.count()).where(Result.edition_id == past.id, Result.state == "decided"))
        assert prizes == 6
        drafts = select(func.count()).where(Entry.edition_id == present.id, Entry.state == "draft")
        assert session.scalar(drafts) == 1
        listed = {email for _label, email in cast.accounts()}
        assert listed <= set(session.scalars(select(User.email)))
    assert Visitor(app).get("/vi-2026/").status_code == 200
    assert Visitor(app).get("/iii-2023/").status_code == 200
