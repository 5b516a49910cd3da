"""The peers as they run here: their own commands make their tables, their own models the works, one server each."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

from award.local import Postgres
from award.local.children import end, spawn
from benchmarks.peers.environments import FOLDER, Missing, installed
from benchmarks.peers.served import THREADS, WORKERS, Form, Served, answers

HERE = Path(__file__).parent
NOTE, TOKEN = "Nhận xét của giám khảo.", "2023" * 8
READERS = {"list": "judge", "work": "judge", "save": "judge", "ranking": "organiser"}
INDICO = """\
SQLALCHEMY_DATABASE_URI = {database!r}
SECRET_KEY = {secret!r}
BASE_URL = {origin!r}
CELERY_BROKER = 'redis+socket://{redis}'
REDIS_CACHE_URL = 'unix://{redis}?db=1'
CACHE_DIR, TEMP_DIR, LOG_DIR = {cache!r}, {temp!r}, {log!r}
STORAGE_BACKENDS = {{'default': 'fs:{archive}'}}
SUPPORT_EMAIL = NO_REPLY_EMAIL = 'award@example.test'
SYSTEM_NOTICES_URL = None
"""


@contextmanager
def pretalx(folder: Path, postgres: Postgres, redis: Path, port: int, works: int, prizes: int) -> Iterator[Served]:
    """pretalx answers until the end of the block. Its public list is the page it has for browsers without scripts,
    since the other one is empty until a script has asked for the works."""
    programs = installed("pretalx")
    static = FOLDER / "pretalx" / "static"  # of the release, not of the event: gathered once
    sockets = _database(postgres, "pretalx")
    own = {
        **_clean(),
        "PRETALX_DB_TYPE": "postgresql",
        "PRETALX_DB_NAME": "pretalx",
        "PRETALX_DB_USER": "giai_owner",
        "PRETALX_DB_HOST": sockets,
        "PRETALX_DB_PORT": "5432",
        "PRETALX_DATA_DIR": str(folder / "pretalx"),
        "PRETALX_FILESYSTEM_STATIC": str(static),
        "PRETALX_SITE_URL": f"http://127.0.0.1:{port}",
        "PRETALX_REDIS": f"unix://{redis}",
        "PRETALX_CONFIG_FILE": os.devnull,
    }
    (folder / "pretalx").mkdir()
    _run([programs / "python", "-m", "pretalx", "migrate"], own)
    if not (static / "staticfiles.json").exists():
        _run([programs / "python", "-m", "pretalx", "collectstatic", "--noinput"], own)
    told = _seed(programs, "pretalx_seed.py", own, works, prizes)
    told["cookies"]["judge"] += f"; pretalx_csrftoken={TOKEN}"
    fixed = {"csrfmiddlewaretoken": TOKEN, "text": NOTE, "review_submit": "save"}
    with _web(programs, "pretalx.wsgi:application", folder / "pretalx", own, port, "/healthcheck/") as process:
        yield _served("pretalx", "2025.2.2", port, process, told, fixed, {"Referer": f"http://127.0.0.1:{port}/"})


@contextmanager
def indico(folder: Path, postgres: Postgres, redis: Path, port: int, works: int, prizes: int) -> Iterator[Served]:
    """Indico answers until the end of the block."""
    programs, home = installed("indico"), folder / "indico"
    sockets = _database(postgres, "indico", "unaccent", "pg_trgm")
    home.mkdir()
    places = {name: str(home / name) for name in ("cache", "temp", "log", "archive")}
    for each in places.values():
        Path(each).mkdir()
    settings = home / "indico.conf"
    database = f"postgresql://giai_owner@/indico?host={sockets}&port=5432"
    origin = f"http://127.0.0.1:{port}"
    settings.write_text(INDICO.format(database=database, secret=os.urandom(32), origin=origin, redis=redis, **places))
    sample = next(programs.parent.glob("lib/python*/site-packages/indico/logging.yaml.sample"))
    (home / "logging.yaml").write_bytes(sample.read_bytes())
    own = {**_clean(), "INDICO_CONFIG": str(settings)}
    _run([programs / "indico", "db", "prepare"], own)
    told = _seed(programs, "indico_seed.py", own, works, prizes)
    told["marks"] = {name: [str(each) for each in range(11)] for name in told["marks"]}
    with _web(programs, "indico.web.flask.app:make_app()", home, own, port, told["pages"]["public"]) as process:
        yield _served("indico", "3.2.9", port, process, told, told["fields"], {"X-CSRF-Token": told["token"]})


def _served(
    name: str,
    version: str,
    port: int,
    process: int,
    told: dict[str, Any],
    fixed: Mapping[str, str],
    headers: Mapping[str, str],
) -> Served:
    """The peer as its seed told of it; each save gives other marks than the one before."""
    turns = count()

    def save(_of: Served) -> Form:
        step = next(turns)
        marks = {each: options[(step + n) % len(options)] for n, (each, options) in enumerate(told["marks"].items())}
        return told["pages"]["save"], {**fixed, **marks}, headers

    pages = {page: [where] for page, where in told["pages"].items()}
    readers = {page: told["cookies"][who] for page, who in READERS.items()}
    return Served(name, version, port, process, name, pages, readers, save)


def _clean() -> dict[str, str]:
    """The environment without anything of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "PYTHON", "DATABASE_"))}


def _database(postgres: Postgres, name: str, *extensions: str) -> str:
    """An empty database of that name; the folder of the server's socket."""
    owner = postgres.owner_url.replace("+psycopg", "")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    with psycopg.connect(postgres.owner_url_for(name).replace("+psycopg", ""), autocommit=True) as connection:
        for each in extensions:
            try:
                connection.execute(f"CREATE EXTENSION {each}")  # type: ignore[call-overload]
            except psycopg.Error as fault:
                raise Missing(f"{name} needs the PostgreSQL extension {each}: {fault}") from fault
    return parse_qs(urlsplit(owner).query)["host"][0]


def _run(command: list[Any], environment: Mapping[str, str]) -> str:
    done = subprocess.run([str(each) for each in command], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"{' '.join(str(each) for each in command[-3:])} failed: {done.stderr.strip()[-600:]}")
    return done.stdout


def _seed(programs: Path, script: str, environment: Mapping[str, str], works: int, prizes: int) -> dict[str, Any]:
    said = _run([programs / "python", HERE / script, works, prizes], environment)
    told: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    assert told["reviews"] == 3 * works, "every work has three readers"
    return told


@contextmanager
def _web(
    programs: Path, application: str, home: Path, environment: Mapping[str, str], port: int, alive: str
) -> Iterator[int]:
    command = [programs / "python", "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
    command += ["--no-control-socket"]
    web = spawn(command, log=home / "web.log", environment=environment, folder=home)
    try:
        answers(port, alive, home / "web.log")
        yield web.pid
    finally:
        end(web)
