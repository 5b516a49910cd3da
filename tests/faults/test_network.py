"""A line that breaks, falls silent or crawls between a newsroom and the store."""

import pytest
from flask import Flask

from award.db import session
from award.files import tasks
from award.files.models import File
from tests.award.files.conftest import Sender, fresh
from tests.faults import invariants
from tests.faults.browser import AT_ONCE, Browser, Recording
from tests.faults.line import Line
from uploads.protocol import PART_BYTES
from uploads.storage import MIB

pytestmark = pytest.mark.usefixtures("ctx")


@pytest.fixture
def size(request: pytest.FixtureRequest) -> int:
    return (2048 if request.config.getoption("--long") else 64) * MIB


@pytest.fixture
def browser(app: Flask, sender: Sender, size: int) -> Browser:
    return Browser(app, sender.person, Recording(size))


def the_file(file_id: int) -> File:
    return fresh(session.get_one(File, file_id))


@pytest.mark.timeout(900)  # of 2 GiB every byte is read three times
def test_a_line_cut_at_73_per_cent_costs_no_more_than_the_parts_that_were_under_way(
    browser: Browser, line: Line, size: int
) -> None:
    file_id, told = browser.begin()
    line.cut_at(size * 73 // 100)
    arrived, failed = browser.send(told)
    assert line.is_down
    assert failed
    before = line.sent
    assert 0.7 * size < before <= 0.73 * size
    line.mend()

    same_id, told = browser.begin(place=(file_id,))
    assert same_id == file_id
    held = len(told["stored_parts"])
    assert held >= arrived, "whose answer was lost has arrived all the same"
    assert browser.send(told) == (browser.recording.plan.count - held, 0)
    again = line.sent - size
    assert again <= 1.1 * AT_ONCE * PART_BYTES
    assert browser.finish(told).json["state"] == "stored"

    tasks.verify(file_id=file_id)
    file = the_file(file_id)
    assert (file.state, file.sha256) == ("ready", browser.recording.sha256)
    invariants.hold()


def test_a_store_that_has_fallen_silent_is_said_to_be_away_and_nothing_is_lost(
    app: Flask, sender: Sender, line: Line
) -> None:
    browser = Browser(app, sender.person, Recording(9 * MIB))
    file_id, told = browser.begin()
    assert browser.send(told) == (2, 0)
    line.fall_silent()
    answer = browser.finish(told)
    assert (answer.status_code, answer.json["code"]) == (503, "store_unavailable")
    assert the_file(file_id).state == "uploading"
    line.mend()
    assert browser.finish(told).json["state"] == "stored"
    invariants.hold()


def test_a_line_that_crawls_brings_every_byte(app: Flask, sender: Sender, line: Line) -> None:
    browser = Browser(app, sender.person, Recording(9 * MIB))
    file_id, told = browser.begin()
    line.slow_down(0.005)
    assert browser.send(told) == (2, 0)
    assert browser.finish(told).json["state"] == "stored"
    tasks.verify(file_id=file_id)
    assert the_file(file_id).sha256 == browser.recording.sha256
