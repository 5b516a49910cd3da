"""Whoever dies at whatever place of a file's way, web process, worker or store: nothing is lost and nothing is stuck.

What takes a minute at most in life (`award.files.tasks.repair` and `award.jobs.retry_stalled`, both every thirty
seconds, and thirty seconds of grace) is called here with the clock put forward by as much.
"""

import signal
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.files import tasks
from award.files.models import File, Fingerprint
from award.files.store import storage
from award.jobs import defer
from tests.award.files.conftest import MIB, Sender, fresh, hashes_of, made_of, pdf_of, photo
from tests.conftest import owner_of
from tests.faults import invariants
from tests.faults.conftest import Doomed, MortalStore
from tests.visitor import Visitor
from uploads import failpoints

pytestmark = pytest.mark.usefixtures("ctx", "on_mortal_store")

HALF_A_MINUTE = timedelta(seconds=31)


def in_turn(places: Sequence[str]) -> list[object]:
    """Every third of the places, from the first to the last; with --long all of them."""
    return [place if not n % 3 else pytest.param(place, marks=pytest.mark.long) for n, place in enumerate(places)]


@pytest.fixture
def let_pass(app: Flask, run_jobs: Callable[[], None]) -> Callable[[], None]:
    """Call it to let a minute pass, in which sweeps come round and workers work."""

    def a_minute() -> None:
        with owner_of(app).begin() as database:
            silent = "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '31 seconds'"
            database.execute(text(silent))
            # a job that failed with the store comes again after some seconds
            again = "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - interval '31 seconds'"
            database.execute(text(f"{again} WHERE status = 'todo'"))
        with unit_of_work():
            defer("jobs.retry_stalled", timestamp=0)
        with stopped_at(now() + HALF_A_MINUTE):
            tasks.repair()
        run_jobs()
        with stopped_at(now() + HALF_A_MINUTE):
            tasks.repair()
        run_jobs()

    return a_minute


def is_usable(file: File) -> None:
    """It is ready with its light versions and its fingerprint, all of its bytes stand, and nothing waits any more."""
    found = fresh(file)
    prints = session.scalar(select(Fingerprint.state).where(Fingerprint.file_id == found.id))
    assert (found.state, found.light, prints) == ("ready", "done", "done")
    invariants.hold()
    waiting = text("SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded' AND task_name LIKE 'files.%'")
    assert session.scalar(waiting) == 0


def declared(data: bytes) -> dict[str, object]:
    return {
        "name": "anh.jpg",
        "size": len(data),
        "part_hashes": hashes_of(data),
        "kinds": ["jpeg"],
        "max_bytes": len(data),
    }


@pytest.fixture
def data() -> bytes:
    return photo()


@pytest.fixture
def file(sender: Sender, data: bytes) -> File:
    """Its bytes have arrived, and nobody has said so yet."""
    begun = sender.begin(data, "anh.jpg", ["jpeg"])
    sender.send(begun, data)
    return begun


def test_a_web_process_that_dies_when_an_upload_has_begun_leaves_only_what_the_sweep_finds(
    doomed: Doomed, sender: Sender, data: bytes, let_pass: Callable[[], None]
) -> None:
    heavy = declared(data + bytes(9 * MIB))  # what goes as one request leaves nothing at all
    ending = doomed.does("begin", "begun", person_id=sender.person.id, **heavy)
    assert ending.signal == signal.SIGKILL
    assert len(list(storage().unfinished())) == 1
    again = sender.stored(data, "anh.jpg", ["jpeg"])
    let_pass()
    is_usable(again)
    with stopped_at(now() + timedelta(hours=49)):
        tasks.tidy()
    assert list(storage().unfinished()) == []
    is_usable(again)


@pytest.mark.parametrize(
    ("comes_back", "place"),
    [
        *(("the sender", place) for place in failpoints.WEB[1:]),
        *(pytest.param("the sweep", place, marks=pytest.mark.long) for place in failpoints.WEB[1:4]),
        *(("the sweep", place) for place in failpoints.WEB[4:]),
    ],
)
def test_a_web_process_that_dies(
    doomed: Doomed,
    app: Flask,
    sender: Sender,
    file: File,
    let_pass: Callable[[], None],
    place: str,
    comes_back: str,
) -> None:
    door, body = ("ky", {"numbers": [1]}) if place == "signed" else ("xong", {})
    address = f"/tep/{file.public_id}/{door}"
    assert doomed.does("ask", place, person_id=sender.person.id, address=address, json=body).signal == signal.SIGKILL
    assert fresh(file).state == ("stored" if place == "stored_for_good" else "uploading")
    invariants.hold()
    if comes_back == "the sender":
        answer = Visitor(app, sender.person).post_json(f"/tep/{file.public_id}/xong", {})
        assert (answer.status_code, answer.json["state"]) == (200, "stored")
    let_pass()
    is_usable(file)


@pytest.mark.parametrize("place", failpoints.WORKER)
def test_a_worker_that_dies(
    doomed: Doomed, sender: Sender, file: File, let_pass: Callable[[], None], place: str
) -> None:
    sender.finish(file)
    assert doomed.does("work", place).signal == signal.SIGKILL
    invariants.hold()
    let_pass()
    is_usable(file)


def test_pages_of_a_worker_that_died_are_swept_away(
    doomed: Doomed, sender: Sender, let_pass: Callable[[], None]
) -> None:
    others = len(list(storage().objects("pages/")))
    file = sender.stored(pdf_of("Trang 1", "Trang 2"))
    assert doomed.does("work", "pages_made").signal == signal.SIGKILL
    assert len(list(storage().objects("pages/"))) == others + 2
    let_pass()
    assert fresh(file).state == "ready"
    assert len(list(storage().objects("pages/"))) == others + 4
    with stopped_at(now() + timedelta(hours=49)):
        tasks.tidy()
    left = {page.key for page in made_of(fresh(file))}
    assert {found.key for found in storage().objects("pages/")} == left
    invariants.hold()


@pytest.mark.parametrize("place", [*in_turn(failpoints.WEB[1:]), *in_turn(failpoints.WORKER)])
def test_a_store_that_dies(
    doomed: Doomed,
    sender: Sender,
    file: File,
    let_pass: Callable[[], None],
    on_mortal_store: MortalStore,
    place: str,
) -> None:
    victim = on_mortal_store.process
    if place in failpoints.WORKER:
        sender.finish(file)
        assert doomed.does("work", place, victim=victim).signal == 0
    else:
        door, body = ("ky", {"numbers": [1]}) if place == "signed" else ("xong", {})
        address = f"/tep/{file.public_id}/{door}"
        ending = doomed.does("ask", place, victim=victim, person_id=sender.person.id, address=address, json=body)
        # what was joined is not said to be, as long as the store cannot be asked
        assert ending.status == (503 if place in {"before_joining", "joined"} else 200)
    on_mortal_store.come_back()
    invariants.hold()
    let_pass()
    is_usable(file)
