"""Two web processes and two workers: one of each is killed in the midst of its work, and then the database is stopped
under all of them. Nothing is lost."""

import http.client
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import procrastinate
import psycopg
import pytest
import urllib3

from award import jobs
from demonstration.season.browser import Unexpected
from demonstration.season.outbox import Outbox
from demonstration.season.person import Person
from tests.award.local.machine import database, running
from tests.award.local.watching import becomes_true, below, is_alive
from tests.award.messages.mailserver import MailServer

PEOPLE = 24
LATER = 4
"""People who are in the midst of it when the database goes, and come again while it is away."""
JOBS_AT_ONCE = 4
"""Two in each worker."""


def registers(origin: str, number: int) -> str:
    """Somebody who presses the button again when the line breaks; the address whose account is there afterwards."""
    person = Person(origin, Outbox(origin), "Nguyễn Thị Vân", f"nguoi-{number}@giai.vn")
    for _try in range(20):
        try:
            person.registers({"phone": "0912345678", "newsroom": "", "newsroom_words": "Báo Biển Xanh"})
            return person.email
        except (OSError, http.client.HTTPException):
            continue
    raise AssertionError(f"{person.email} never got an answer")


def registers_at_last(origin: str, number: int) -> None:
    """Somebody who comes again for as long as the house says that it is closed for a while."""

    def is_there() -> bool:
        try:
            registers(origin, number)
        except Unexpected as told:
            assert "503" in str(told)
            return False
        return True

    assert becomes_true(is_there)


@contextmanager
def standing_still(process: "subprocess.Popen[str]") -> Iterator[None]:
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def told_at(address: str) -> tuple[int, str, str]:
    """The status, when to come again, and the number of the fault."""
    answer = urllib3.request("GET", address, retries=False)
    number = re.search(r"[^0-9A-F]([0-9A-F]{6})[^0-9A-F]", answer.data.decode().partition("<main")[2])
    return answer.status, answer.headers["Retry-After"], number[1] if number else ""


def processes(supervisor: int, word: str) -> list[int]:
    """The youngest last: the one that takes connections for the web processes is the first of them."""
    return sorted(number for number, line in below(supervisor).items() if word in line)


def in_hand(connection: "psycopg.Connection[tuple[object, ...]]") -> dict[int, set[int]]:
    """Worker → the letters it is delivering."""
    asked = (
        "SELECT worker_id, array_agg(id) FROM procrastinate_jobs WHERE status = 'doing' AND task_name = %s GROUP BY 1"
    )
    return {worker: set(held) for worker, held in connection.execute(asked, ["messages.deliver"])}  # type: ignore


def count(connection: "psycopg.Connection[tuple[object, ...]]", asked: str) -> int:
    (found,) = connection.execute(f"SELECT count(*) FROM {asked}").fetchone() or (0,)  # type: ignore[arg-type]
    assert isinstance(found, int)
    return found


def looks_for_the_stalled(connection: "psycopg.Connection[tuple[object, ...]]", worker: int) -> None:
    """The half minute after which a silent worker counts as dead is over, and the next of them looks."""
    connection.execute(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h' WHERE id = %s", [worker]
    )
    line = procrastinate.SyncPsycopgConnector(conninfo=connection.info.dsn)
    with jobs.app.replace_connector(line) as app, app.open():
        app.configure_task("jobs.retry_stalled").defer(timestamp=0)


@pytest.mark.db
@pytest.mark.timeout(600)
def test_a_web_process_a_worker_and_then_the_database_die_and_nothing_is_lost(open_folder: Path, port: int) -> None:
    data_dir, origin = open_folder / "var", f"http://127.0.0.1:{port}"
    many = ("--web", "2", "--workers", "2")
    with MailServer() as mail, ThreadPoolExecutor(4) as crowd:
        mail.speaks.clear()
        with (
            running(data_dir, port, *many, MAIL_URL=f"smtp://127.0.0.1:{mail.port}") as (supervisor, said),
            closing(database(data_dir)) as connection,
        ):
            assert becomes_true(lambda: len(processes(supervisor.pid, "gunicorn")) == 3)
            told = [crowd.submit(registers, origin, number) for number in range(PEOPLE)]
            assert becomes_true(lambda: sum(map(len, in_hand(connection).values())) == JOBS_AT_ONCE)
            web, worker = processes(supervisor.pid, "gunicorn")[-1], processes(supervisor.pid, "wsgi worker")[-1]
            for number in (web, worker):
                os.kill(number, signal.SIGKILL)
            mail.speaks.set()
            assert said.readline().startswith("Tiến trình nền (worker) ")
            assert {each.result() for each in told} == {f"nguoi-{number}@giai.vn" for number in range(PEOPLE)}
            assert count(connection, "user_account") == PEOPLE
            assert becomes_true(lambda: len(processes(supervisor.pid, "gunicorn")) == 3)
            assert becomes_true(lambda: len(processes(supervisor.pid, "wsgi worker")) == 2)
            assert not is_alive(web)

            held = JOBS_AT_ONCE // 2
            assert becomes_true(lambda: count(connection, "message WHERE state <> 'sent'") == held)
            assert becomes_true(lambda: len(in_hand(connection)) == 1), "what was sent is put down a moment later"
            (dead,) = in_hand(connection)
            looks_for_the_stalled(connection, dead)
            assert becomes_true(lambda: count(connection, "message WHERE state <> 'sent'") == 0)
            assert {letter["To"] for letter in mail.taken} == {f"nguoi-{number}@giai.vn" for number in range(PEOPLE)}
            assert len(mail.taken) == count(connection, "message"), "each letter went out once"

            (server, *_) = processes(supervisor.pid, "bin/postgres")
            with standing_still(supervisor):  # it would be started again at once
                later = [crowd.submit(registers_at_last, origin, PEOPLE + number) for number in range(LATER)]
                os.kill(server, signal.SIGINT)
                assert becomes_true(lambda: not is_alive(server))
                status, again, number = told_at(f"{origin}/dang-nhap")
            assert (status, again) == (503, "120")
            assert f"reference={number}" in (data_dir / "log" / "web.log").read_text()
            for each in later:
                each.result()
            with closing(database(data_dir)) as again_there:
                assert count(again_there, "user_account") == PEOPLE + LATER
                assert becomes_true(lambda: count(again_there, "message WHERE state <> 'sent'") == 0)
                assert len(mail.taken) == count(again_there, "message")
            assert len({letter["To"] for letter in mail.taken}) == PEOPLE + LATER
