"""Our side: three editions in one house, for the stages that the pages belong to.

One whose judges have marked every work and may still change their marks, one that is ranked, one that is published.
"""

import itertools
import json
import os
import random
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

import config
import migrations
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Authorship, Entry, Part
from award.local import Postgres
from award.local.children import end, spawn
from award.people.models import Person
from award.results.operations import StandingRow, record_standing
from award.screening.models import Screening
from benchmarks.peers.served import THREADS, WORKERS, Answer, Form, Served, answers
from judging.panels.models import Assignment
from judging.scoring.models import Mark, ScoreSheet
from tests import factories
from tests.award.results.rows import outcome, work
from tests.budget.test_ranking import award
from tests.judging.rows import Bench, bench
from tests.visitor import Visitor
from uploads.local import EmbeddedStore
from wsgi import create_app

TEXT = "Nhận xét của giám khảo."
STEPS = 10
"""Of a quarter of a point: so many every criterion takes, the lightest of 2,5 points too."""


@contextmanager
def ours(folder: Path, postgres: Postgres, port: int, works: int, prizes: int) -> Iterator[Served]:
    """Our house answers until the end of the block, with these works."""
    key, secret = secrets.token_hex(10), secrets.token_urlsafe(32)
    store = EmbeddedStore(folder / "store", "giai", key, secret)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PG", "S3_", "DATABASE_"))},
        "DATABASE_URL": postgres.app_url,
        "DATABASE_OWNER_URL": postgres.owner_url,
        "S3_ENDPOINT": store.endpoint,
        "S3_PUBLIC_ENDPOINT": store.endpoint.replace("127.0.0.1", "localhost"),
        "S3_READ_ENDPOINT": store.endpoint.replace("127.0.0.1", "localhost"),
        "S3_ACCESS_KEY": key,
        "S3_SECRET_KEY": secret,
        "S3_SECURE": "0",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATA_DIR": str(folder),
    }
    try:
        migrations.upgrade(postgres.owner_url)
        app = create_app(config.read(environment))
        made = _seeded(app, works, prizes)
        command = [sys.executable, "-m", "gunicorn", "wsgi:create_app()", "--bind", f"127.0.0.1:{port}"]
        command += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
        command += ["--no-control-socket"]
        web = spawn(command, log=folder / "ours.log", environment=environment, folder=config.ROOT)
        try:
            answers(port, "/healthz", folder / "ours.log")
            yield Served("ours", "", port, web.pid, "giai", made.pages, made.readers, made.save, made.note)
        finally:
            end(web)
            app.extensions["engine"].dispose()
    finally:
        store.stop()


class Made:
    """What is asked for, and what the next save needs to know."""

    def __init__(self, pages: dict[str, list[str]], readers: dict[str, str], criteria: list[int], csrf: str) -> None:
        self.pages, self.readers = pages, readers
        self._names, self._csrf = [f"c{each}" for each in criteria], csrf
        self._version, self._turn = 1, itertools.count()

    def save(self, _of: Served) -> Form:
        turn = next(self._turn)
        marks = {name: f"{(turn + n) % (STEPS + 1) / 4:g}".replace(".", ",") for n, name in enumerate(self._names)}
        fields = {"csrf_token": self._csrf, "version": str(self._version), "note": TEXT, **marks}
        return self.pages["work"][0], fields, {"Accept": "application/json"}

    def note(self, _of: Served, answer: Answer) -> None:
        self._version = json.loads(answer.body)["version"]


def _seeded(app: Flask, works: int, prizes: int) -> Made:
    with app.app_context(), unit_of_work():
        chance = random.Random(2023)
        seen = _judged(works, chance)
    with app.app_context(), unit_of_work():
        ranked = award(works, state="closed", judges=3)
        factories.judging_round(session.scalars(select(Edition).where(Edition.slug == "iii-2023")).one(), ordinal=2)
        _renamed("ii-2022")
    with app.app_context(), unit_of_work():
        _published(prizes)
        _renamed("i-2021")
    judge, chair = Visitor(app, seen.judge), Visitor(app, ranked.chair)
    csrf, _same = judge.csrf_token(), chair.csrf_token()
    lists = list(_pages(judge, f"/{seen.slug}/vong/1/cham"))
    pages = {
        "list": lists,
        "work": [f"/{seen.slug}/vong/1/cham/{seen.assignment}"],
        "ranking": list(_pages(chair, "/ii-2022/vong/1/xep-hang")),
        "public": ["/i-2021/ket-qua"],
    }
    placed = sum(chair.get(each).text.count('class="ranking__sheets"') for each in pages["ranking"])
    assert placed == works, f"as many as the others rank, not {placed}"
    readers = {name: _cookie(app, judge) for name in ("list", "work", "save")} | {"ranking": _cookie(app, chair)}
    return Made(pages, readers, seen.criteria, csrf)


@dataclass
class Judged:
    slug: str
    judge: Person
    assignment: str
    criteria: list[int]


def _renamed(slug: str) -> None:
    """The edition made last gives its name free."""
    session.scalars(select(Edition).where(Edition.slug == "iii-2023")).one().slug = slug


def _pages(reader: Visitor, first: str) -> Iterator[str]:
    """The page and those that follow it."""
    there: str | None = first
    while there is not None:
        yield there
        answer = reader.get(there)
        assert answer.status_code == 200, (there, answer.status_code)
        onwards = re.search(r'rel="next" href="([^"]+)"', answer.text)
        there = onwards[1].replace("&amp;", "&") if onwards else None


def _cookie(app: Flask, who: Visitor) -> str:
    name = app.config["SESSION_COOKIE_NAME"]
    kept = who.client.get_cookie(name, domain="127.0.0.1")
    assert kept is not None
    return f"{name}={kept.value}"


def _judged(works: int, chance: random.Random) -> Judged:
    """Three judges have marked every work; the round is open still."""
    of: Bench = bench(works=0, judges=3)
    entries = [
        Entry(
            edition_id=of.edition.id,
            category_id=of.category.id,
            genre_id=of.category.genres[0].id,
            owner_id=of.organiser.id,
            title=f"Tác phẩm dự giải số {number}",
            summary="Giữ lời hứa với dân, đường về bản xa. " * 40,
            state="submitted",
            submitted_at=now(),
            code=f"KH3-{number:04d}",
            changed_at=now(),
            parts=[Part(ordinal=1, title="Kỳ 1")],
            authors=[Authorship(ordinal=1, legal_name=f"Tác giả {number}", contact=True)],
        )
        for number in range(works)
    ]
    session.add_all(entries)
    session.flush()
    for number, entry in enumerate(entries):
        code = f"III-IN-{number:03d}"
        session.add(Screening(entry_id=entry.id, edition_id=of.edition.id, decision="eligible", blind_code=code))
    of.open()
    criteria = [each.id for each in of.round.criteria]
    given = session.scalars(select(Assignment.id)).all()
    rows = [
        {
            "assignment_id": one,
            "public_id": f"s{one}",
            "state": "draft",
            "version": 1,
            "note": TEXT,
            "changed_at": now(),
        }
        for one in given
    ]
    session.execute(insert(ScoreSheet), rows)
    sheets = session.scalars(select(ScoreSheet.id)).all()
    marks = [
        {"sheet_id": one, "criterion_id": each, "steps": chance.randint(0, STEPS)}
        for one in sheets
        for each in criteria
    ]
    session.execute(insert(Mark), marks)
    own = of.assignments(of.judges[0])
    assert len(given) == 3 * works, "every work has three readers"
    session.flush()
    _renamed("iii-2024")
    return Judged("iii-2024", of.judges[0], own[-1].public_id, criteria)


def _published(prizes: int) -> None:
    made = outcome(proposed=False, works=0)
    made.levels["A"].quota = prizes
    given = [work(made.edition, made.category, f"Tác phẩm dự giải số {n}") for n in range(prizes)]
    session.refresh(made.edition, ["panels"])
    panel = next(each for each in made.edition.panels if each.round_id == made.rounds[1].id)
    rows = [StandingRow(each.id, panel.id, n, None, 3) for n, each in enumerate(given, start=1)]
    record_standing(by=made.by(made.organiser), edition=made.edition, judged=made.rounds[1], rows=rows)
    made.propose(*[(each, "A") for each in given])
    made.decide()
    made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
