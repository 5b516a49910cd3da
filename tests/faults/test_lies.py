"""A store that says yes and has not done it, bits that flip on the way, and the same news told again and again."""

import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.db import session
from award.files import tasks
from award.files.models import File
from award.files.store import storage
from award.log.models import Event
from config import Settings
from tests.award.files.conftest import Sender, fresh, photo
from tests.faults import invariants
from tests.faults.browser import Browser, Recording
from tests.faults.conftest import MortalStore
from tests.faults.liar import Liar, liar_before
from tests.visitor import Visitor
from uploads.storage import MIB, Storage

pytestmark = pytest.mark.usefixtures("ctx")


@pytest.fixture
def liar(app: Flask, settings: Settings, mortal_store: MortalStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Liar]:
    """Browsers and the application both take it for the store."""
    mortal_store.come_back()
    with liar_before(mortal_store.endpoint) as liar:
        there = liar.address
        changed = replace(settings, s3_endpoint=there, s3_public_endpoint=there, s3_read_endpoint="")
        monkeypatch.setitem(app.extensions, "settings", changed)
        yield liar


@pytest.fixture
def browser(app: Flask, sender: Sender) -> Browser:
    return Browser(app, sender.person, Recording(9 * MIB))


def the_file(file_id: int) -> File:
    return fresh(session.get_one(File, file_id))


def sent_again(browser: Browser, file_id: int, parts: int) -> None:
    """The same file chosen once more goes up, so many parts of it, and is what it should be."""
    same_id, told = browser.begin(place=(file_id,))
    assert same_id == file_id
    assert browser.send(told) == (parts, 0)
    assert browser.finish(told).json["state"] == "stored"
    tasks.verify(file_id=file_id)
    assert the_file(file_id).sha256 == browser.recording.sha256
    invariants.hold()


def test_a_store_that_only_says_that_it_joined_the_parts_is_not_believed(
    browser: Browser, liar: Liar, caplog: pytest.LogCaptureFixture
) -> None:
    file_id, told = browser.begin()
    assert browser.send(told) == (2, 0)
    liar.joins = False
    answer = browser.finish(told)
    assert (answer.status_code, answer.json["code"]) == (403, "file_not_kept")
    assert "Kho tệp chưa giữ được tệp này." in answer.json["sentence"]
    assert the_file(file_id).state == "uploading"
    alarms = [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]
    assert [told["file_id"] in alarm for alarm in alarms] == [True]
    invariants.hold()
    liar.joins = True
    sent_again(browser, file_id, 0)


def test_a_store_that_kept_less_than_it_was_given_is_not_believed(
    browser: Browser, liar: Liar, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    file_id, told = browser.begin()
    assert browser.send(told) == (2, 0)
    file = the_file(file_id)
    behind = Storage(liar.target, settings.s3_bucket, settings.s3_access_key, settings.s3_secret_key, secure=False)
    assert file.upload_id
    behind.abort(file.key, file.upload_id)
    behind.put_small(file.key, b"RIFF", "audio/wav")
    liar.joins = False
    answer = browser.finish(told)
    assert answer.status_code == 403
    assert the_file(file_id).state == "uploading"
    liar.joins = True
    before = file.key
    sent_again(browser, file_id, 2)
    assert the_file(file_id).key != before, "a key is never used twice"


def test_bits_that_flip_on_the_way_cost_that_part_alone(browser: Browser, liar: Liar) -> None:
    def flipped(number: int, body: bytes) -> bytes:
        return body[:1000] + bytes([body[1000] ^ 1]) + body[1001:] if number == 2 else body

    liar.spoils = flipped
    file_id, told = browser.begin()
    assert browser.send(told) == (1, 1)
    answer = browser.finish(told)
    assert answer.json["code"] == "file_incomplete"
    liar.spoils = lambda _number, body: body
    sent_again(browser, file_id, 1)


def test_the_same_news_ten_times_in_any_order_changes_nothing(
    app: Flask, sender: Sender, run_jobs: Callable[[], None]
) -> None:
    file = sender.stored(photo(), "anh.jpg", ["jpeg"])
    run_jobs()
    visitor = Visitor(app, sender.person)
    before = fresh(file)
    seen = (before.state, before.light, before.sha256, before.stored_at, before.verified_at)
    made = {each.key for each in before.renditions}
    news: list[Callable[[], object]] = [
        lambda: visitor.post_json(f"/tep/{file.public_id}/xong", {}),
        lambda: tasks.verify(file_id=file.id),
        lambda: tasks.lighten(file_id=file.id),
        lambda: tasks.fingerprint(file_id=file.id),
        tasks.repair,
    ]
    again = news * 10
    random.Random(28).shuffle(again)  # noqa: S311
    for each in again:
        each()
    run_jobs()
    after = fresh(file)
    assert (after.state, after.light, after.sha256, after.stored_at, after.verified_at) == seen
    assert {each.key for each in after.renditions} == made
    told = select(Event.kind, func.count()).where(Event.kind.like("file.%")).group_by(Event.kind)
    assert set(dict(session.execute(told).tuples().all()).values()) == {1}
    assert storage().stat(after.key).size == after.size
