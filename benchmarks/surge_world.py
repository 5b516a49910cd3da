"""The product as `dev.py run` starts it, people with drafts in it, and what became of them."""

import hashlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from flask import Flask
from flask_security import hash_password
from sqlalchemy import func, select, text, update

import config
from award.clock import now
from award.db import new_public_id, session, unit_of_work
from award.editions.models import Clause, Edition
from award.entries.models import Authorship, Entry, Part, Receipt
from award.people.models import Person, User, WebSession
from benchmarks.machine import wait_for
from tests import factories
from wsgi import create_app

AT_ONCE = 100
"""People that are written down together."""
STOP_SECONDS = 60


class Product:
    """`dev.py run` on a folder of its own, which can be stopped and started again."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        folder.mkdir(mode=0o711, exist_ok=True)  # the database runs as somebody else, who must pass through
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """It answers."""
        words = ("PG", "S3_", "DATABASE_", "MAIL_", "CLAMAV")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(words)}
        environment |= {"DATA_DIR": str(self.folder), "DEMONSTRATION": "0", "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "award.local", "--port", str(self.port)]
        with (self.folder / "run.log").open("ab") as log:
            self._running = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=config.ROOT)
        self._until_it_answers()

    def _until_it_answers(self) -> None:
        """A first start makes the database, however busy the machine is."""
        for last in (False, False, True):
            try:
                wait_for(self.port)
            except OSError:
                assert self._running is not None
                if last or self._running.poll() is not None:
                    raise RuntimeError((self.folder / "run.log").read_text()[-2000:]) from None
            else:
                return

    def stop(self) -> None:
        """Nothing of it runs any more."""
        if self._running is not None:
            self._running.send_signal(signal.SIGTERM)  # the other is not heard by what runs in the background
            self._running.wait(STOP_SECONDS)
            self._running = None

    def settings(self) -> config.Settings:
        """What its web processes were told."""
        assert self._running is not None
        for child in psutil.Process(self._running.pid).children(recursive=True):
            if "gunicorn" in " ".join(child.cmdline()):
                return config.read(child.environ())
        raise RuntimeError("no web process runs")

    def memory(self) -> int:
        """Bytes of its own that all its processes hold, the database and the store included."""
        assert self._running is not None
        return sum(each.memory_info().rss for each in psutil.Process(self._running.pid).children(recursive=True))


@contextmanager
def product(folder: Path, port: int) -> Iterator[Product]:
    made = Product(folder, port)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@dataclass(frozen=True)
class Ready:
    """Somebody with a session and a draft that lacks its file: what a client is told."""

    cookie: str
    entry: str
    genre: str


class World:
    """The edition whose deadline comes, and its people. `app` is another application on the product's database."""

    def __init__(self, settings: config.Settings) -> None:
        self.app: Flask = create_app(settings)
        with self.app.app_context(), unit_of_work():
            edition = factories.edition(state="open")
            category = factories.category(edition)
            category.slots[0].max_bytes = 200_000_000
            organ = factories.newsroom("Báo Biển Xanh")
            session.add(Clause(edition_id=edition.id, code="window", value={}, source="khoản 2 Điều 4"))
            session.flush()
            self.edition_id, self.category_id, self.organ_id = edition.id, category.id, organ.id
            self.slug, self.genre_id = edition.slug, category.genres[0].id

    def closes(self, at: datetime) -> None:
        """The deadline is this instant."""
        with self.app.app_context(), unit_of_work():
            values = {"deadline_at": at, "deadline_day": None, "deadline_words": "chậm nhất"}
            session.execute(update(Edition).where(Edition.id == self.edition_id).values(values))

    def people(self, count: int) -> list[Ready]:
        """So many more entrants, each signed in, with a draft."""
        made: list[Ready] = []
        for first in range(0, count, AT_ONCE):
            with self.app.app_context(), unit_of_work():
                made += [self._one(n) for n in range(first, min(count, first + AT_ONCE))]
        return made

    def hashed(self, password: str) -> str:
        """As the house keeps it."""
        with self.app.app_context():
            return str(hash_password(password))

    def account(self, hashed: str) -> str:
        """The address of one more account whose password this is."""
        with self.app.app_context(), unit_of_work():
            person = factories.person("Trần Văn Minh")
            assert person.user is not None
            person.user.password = hashed
            return person.user.email

    def _one(self, number: int) -> Ready:
        token = secrets.token_urlsafe(32)
        person = factories.person(f"Nguyễn Thị Vân {number}", phone="0905 123 456", newsroom_id=self.organ_id)
        assert person.user is not None
        entry = self._draft(person)
        session.add(self._session(person.user, token))
        return Ready(token, entry.public_id, str(self.genre_id))

    def _draft(self, owner: Person) -> Entry:
        entry = Entry(
            edition_id=self.edition_id,
            category_id=self.category_id,
            genre_id=self.genre_id,
            owner_id=owner.id,
            title="Giữ lời hứa với dân",
            newsroom_id=self.organ_id,
            byline=owner.legal_name,
            changed_at=now(),
            no_prior_prize=True,
            declared={code: {"version": 1, "at": now().isoformat()} for code in ("commitment", "consent")},
        )
        entry.parts = [Part(ordinal=1, title="Kỳ 1", published_on=date(2023, 3, 2), place="Số 7520, trang 3")]
        author = {"person_id": owner.id, "employer_id": self.organ_id, "phone": "0905 123 456", "contact": True}
        entry.authors = [Authorship(ordinal=1, legal_name=owner.legal_name, **author)]
        session.add(entry)
        session.flush()
        return entry

    def _session(self, user: User, token: str) -> WebSession:
        instant = now()
        return WebSession(
            token_hash=hashlib.sha256(token.encode()).digest(),
            public_id=new_public_id(),
            user_id=user.id,
            data={"_user_id": user.fs_uniquifier, "_fresh": True, "csrf_token": secrets.token_hex(20)},
            created_at=instant,
            seen_at=instant,
            idle_until=instant + timedelta(hours=2),
            expires_at=instant + timedelta(days=1),
            browser="",
        )

    def waiting(self) -> int:
        """Jobs that are due or under way."""
        asked = text(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo' AND"
            " (scheduled_at IS NULL OR scheduled_at < now()))"
        )
        with self.app.app_context():
            return int(session.scalar(asked) or 0)

    def kept(self, entries: Sequence[str], acknowledged: Mapping[str, str]) -> dict[str, int]:
        """What the database holds of these works, beside what clients saw: their receipts' codes by work."""
        with self.app.app_context():
            rows = session.execute(
                select(Entry.public_id, Entry.code, Entry.state, func.count(Receipt.id))
                .outerjoin(Receipt, Receipt.entry_id == Entry.id)
                .where(Entry.edition_id == self.edition_id, Entry.public_id.in_(entries))
                .group_by(Entry.id)
            ).all()
            codes = session.scalars(select(Entry.code).where(Entry.code.is_not(None))).all()
        found = {row.public_id: row for row in rows}
        lost = [e for e, code in acknowledged.items() if found[e].state != "submitted" or found[e].code != code]
        return {
            "submitted": sum(row.state == "submitted" for row in rows),
            "receipts": sum(row[3] for row in rows),
            "lost": len(lost) + sum(row.state == "submitted" and row[3] == 0 for row in rows),
            "doubled": sum(row[3] > 1 for row in rows) + sum(n - 1 for n in Counter(codes).values() if n > 1),
        }


def clients(plan: Mapping[str, Any], folder: Path) -> "subprocess.Popen[bytes]":
    """The clients are on their way, in a process of their own; what they saw will stand in `seen.json`."""
    (folder / "plan.json").write_text(json.dumps(plan))
    command = [sys.executable, "-m", "benchmarks.surge_clients", str(folder)]
    with (folder / "clients.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=config.ROOT)


def seen(process: "subprocess.Popen[bytes]", folder: Path, seconds: float) -> dict[str, Any]:
    """What the clients saw, once all of them are done."""
    end = time.monotonic() + seconds
    try:
        code = process.wait(max(1.0, end - time.monotonic()))
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if code:
        raise RuntimeError((folder / "clients.log").read_text()[-3000:])
    answer: dict[str, Any] = json.loads((folder / "seen.json").read_text())
    return answer
