"""A file over which whoever examines it dies, hangs, or stands still: it gets its verdict, and others get theirs."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from award import alone
from award.clock import now, stopped_at
from award.db import session
from award.files import operations, tasks
from award.files.resting import REST
from award.files.words import state_of
from award.log.models import Event
from tests.award.files.conftest import Sender, fresh, photo
from tests.award.local.watching import becomes_true, is_alive
from tests.faults.conftest import Doomed, MortalStore
from tests.faults.test_deaths import HALF_A_MINUTE, is_usable, let_pass
from uploads import failpoints, sandbox, sniff

__all__ = ["let_pass"]

pytestmark = pytest.mark.usefixtures("ctx", "on_mortal_store")

PATIENCE = 3.0
SPACE, OTHER_SPACE = 0x747279, 0x747280


@contextmanager
def every_examiner_hangs(folder: Path) -> Iterator[Callable[[], list[int]]]:
    """Children that open a file stand still as they begin; their numbers."""
    begun = folder / "begun"
    begun.touch()
    hanging = folder / "hanging"
    hanging.write_text(f'#!/bin/sh\necho $$ >> "{begun}"\nkill -STOP $$\nexec "{sys.executable}" "$@"\n')
    hanging.chmod(0o755)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "executable", str(hanging))
        yield lambda: [int(line) for line in begun.read_text().split()]


def test_one_that_hangs_is_ended_tried_again_and_then_left_unchecked(
    sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sniff.WALL_SECONDS, "image", PATIENCE)
    file = sender.stored(photo(), "anh.jpg", ["jpeg"])
    with every_examiner_hangs(tmp_path) as begun:
        for tried in range(1, operations.VERIFY_TRIES):
            tasks.verify(file_id=file.id)
            assert (fresh(file).state, fresh(file).verify_tries) == ("verifying", tried)
        tasks.verify(file_id=file.id)
    assert len(begun()) == operations.VERIFY_TRIES
    assert not [child for child in begun() if Path(f"/proc/{child}").exists()], "nothing of it is left"
    found = fresh(file)
    assert (found.state, found.reason) == ("unchecked", "could_not_check")
    assert state_of(found).kind == "warn"
    assert "vẫn nộp được, nhưng chưa đọc được tệp này. Đề nghị xuất lại bản đơn giản hơn." in state_of(found).word
    assert any(file.public_id in each.getMessage() for each in caplog.records if each.levelname == "ERROR")
    tasks.verify(file_id=file.id)
    assert fresh(file).state == "unchecked", "asked once more nothing changes"


def test_one_that_hangs_only_once_is_ready_all_the_same(
    sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sniff.WALL_SECONDS, "image", PATIENCE)
    file = sender.stored(photo(), "anh.jpg", ["jpeg"])
    with every_examiner_hangs(tmp_path):
        tasks.verify(file_id=file.id)
    assert fresh(file).state == "verifying"
    monkeypatch.setitem(sniff.WALL_SECONDS, "image", sandbox.WALL_SECONDS)
    with stopped_at(now() + HALF_A_MINUTE):
        tasks.repair()
    tasks.verify(file_id=file.id)
    assert fresh(file).state == "ready"
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
    assert (found.state, found.reason) == ("unchecked", "could_not_check")
    assert any(file.public_id in each.getMessage() for each in caplog.records if each.levelname == "ERROR")
    assert session.scalars(select(Event.kind).where(Event.kind == "file.unchecked")).all() == ["file.unchecked"]


def asked_again() -> None:
    """The dead worker's job is gone, and the sweep has asked for the verdict once more."""
    session.execute(text("DELETE FROM procrastinate_events"))
    session.execute(text("DELETE FROM procrastinate_jobs"))
    session.commit()
    with stopped_at(now() + HALF_A_MINUTE):
        tasks.repair()


@pytest.mark.parametrize("place", [*failpoints.WORKER[:-2], *failpoints.SWEEP])
def test_a_process_that_stands_still_keeps_nobody_from_the_work_and_spoils_nothing_when_it_goes_on(
    doomed: Doomed, sender: Sender, let_pass: Callable[[], None], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    file = sender.stored(photo(), "anh.jpg", ["jpeg"])
    deed = "sweep" if place in failpoints.SWEEP else "work"
    ending = doomed.does(deed, place, how=signal.SIGSTOP)
    assert ending.signal == signal.SIGSTOP
    try:
        monkeypatch.setattr(alone, "SILENT", timedelta(seconds=1))
        time.sleep(1.5)
        let_pass()
        let_pass()
        is_usable(file)
    finally:
        os.kill(ending.process, signal.SIGCONT)
        gone = becomes_true(lambda: not is_alive(ending.process))
    assert gone
    let_pass()
    is_usable(file)


def test_whoever_works_keeps_its_turn_however_long_it_takes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "SPEAKS_EVERY", timedelta(seconds=0.1))
    monkeypatch.setattr(alone, "SILENT", timedelta(seconds=2))
    with app.app_context(), alone.alone(SPACE, 7) as mine:
        assert mine
        time.sleep(3)
        assert alone.end_silent(SPACE) == 0
        with alone.alone(SPACE, 7) as another:
            assert not another


def test_whoever_says_nothing_loses_its_turn(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "SILENT", timedelta(seconds=1))
    with app.app_context(), alone.alone(SPACE, 7), alone.alone(OTHER_SPACE, 7) as others:
        time.sleep(1.5)
        assert alone.end_silent(SPACE) == 1
        with alone.alone(SPACE, 7) as mine:
            assert mine
        with alone.alone(OTHER_SPACE, 7) as again:
            assert others and not again, "another kind of work is nobody's business"


def test_a_store_that_is_away_is_not_held_against_the_file(sender: Sender, on_mortal_store: MortalStore) -> None:
    file = sender.stored(photo(), "anh.jpg", ["jpeg"])
    os.kill(on_mortal_store.process, signal.SIGKILL)
    for _ in range(operations.VERIFY_TRIES + 1):
        tasks.verify(file_id=file.id)
    on_mortal_store.come_back()
    assert fresh(file).verify_tries == 0
    REST.over()  # half a minute has passed
    tasks.verify(file_id=file.id)
    assert fresh(file).state == "ready"
