"""A file over which whoever examines it dies, or hangs: it gets its verdict all the same, and others get theirs."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from award.clock import now, stopped_at
from award.db import session
from award.files import operations, tasks
from award.files.words import state_of
from award.log.models import Event
from tests.award.files.conftest import Sender, fresh, photo
from tests.faults.conftest import Doomed, MortalStore
from tests.faults.test_deaths import HALF_A_MINUTE, let_pass
from uploads import sniff

__all__ = ["let_pass"]

pytestmark = pytest.mark.usefixtures("ctx", "on_mortal_store")

PATIENCE = 3.0


def children(module: str) -> Iterator[int]:
    """Children of this process that run the module."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if int(parent) == os.getpid() and module.encode() in words:
            yield int(folder.name)


def test_one_that_hangs_is_ended_and_the_file_gets_its_verdict(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sniff.WALL_SECONDS, "image", PATIENCE)
    file = sender.stored(photo(), "anh.jpg", ["jpeg"])
    stopped: list[int] = []
    over = threading.Event()

    def stop_the_first() -> None:
        while not stopped and not over.is_set():
            for child in children("uploads.sniff"):
                os.kill(child, signal.SIGSTOP)
                stopped.append(child)
            time.sleep(0.001)

    watching = threading.Thread(target=stop_the_first)
    watching.start()
    tasks.verify(file_id=file.id)
    over.set()
    watching.join()
    assert stopped
    assert not [child for child in stopped if Path(f"/proc/{child}").exists()], "nothing of it is left"
    found = fresh(file)
    assert (found.state, found.reason) == ("rejected", "could_not_check")
    assert "chưa đọc được tệp này. Đề nghị xuất lại bản đơn giản hơn." in state_of(found).word
    other = sender.stored(photo(320, 240), "anh khac.jpg", ["jpeg"])
    tasks.verify(file_id=other.id)
    assert fresh(other).state == "ready"


def test_one_that_takes_its_worker_along_again_and_again_is_given_up(
    doomed: Doomed, sender: Sender, let_pass: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    file = sender.stored(photo(), "anh.jpg", ["jpeg"])
    for tried in range(1, operations.VERIFY_TRIES + 1):
        assert doomed.does("work", "verifying").signal == signal.SIGKILL
        assert (fresh(file).state, fresh(file).verify_tries) == ("verifying", tried)
        asked_again()
    let_pass()
    found = fresh(file)
    assert (found.state, found.reason) == ("rejected", "could_not_check")
    assert any(file.public_id in each.getMessage() for each in caplog.records if each.levelname == "ERROR")
    assert session.scalars(select(Event.kind).where(Event.kind == "file.rejected")).all() == ["file.rejected"]


def asked_again() -> None:
    """The dead worker's job is gone, and the sweep has asked for the verdict once more."""
    session.execute(text("DELETE FROM procrastinate_events"))
    session.execute(text("DELETE FROM procrastinate_jobs"))
    session.commit()
    with stopped_at(now() + HALF_A_MINUTE):
        tasks.repair()


def test_a_store_that_is_away_is_not_held_against_the_file(sender: Sender, on_mortal_store: MortalStore) -> None:
    file = sender.stored(photo(), "anh.jpg", ["jpeg"])
    os.kill(on_mortal_store.process, signal.SIGKILL)
    for _ in range(operations.VERIFY_TRIES + 1):
        tasks.verify(file_id=file.id)
    on_mortal_store.come_back()
    assert fresh(file).verify_tries == 0
    tasks.verify(file_id=file.id)
    assert fresh(file).state == "ready"
