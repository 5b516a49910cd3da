"""A work submitted while its file is still on its way: whoever dies meanwhile, the receipt and the store agree."""

import signal
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.entries import operations as entries
from award.entries.models import Receipt
from award.files import operations as files
from award.files.models import File, Fingerprint
from award.files.store import storage
from tests.award.entries.conftest import Scene, made_scene
from tests.award.files.conftest import Sender, fresh, pdf_of
from tests.faults import invariants
from tests.faults.conftest import Doomed, MortalStore
from tests.faults.test_deaths import let_pass
from uploads import failpoints

__all__ = ["let_pass"]

pytestmark = pytest.mark.usefixtures("ctx", "on_mortal_store")


@pytest.fixture
def scene() -> Scene:
    with unit_of_work():
        return made_scene()


@pytest.fixture
def promised(app: Flask, scene: Scene) -> tuple[Sender, File]:
    """Every byte of the file has arrived, nobody has said so, and the work it belongs to is submitted."""
    sender, data = Sender(app, scene.entrant), pdf_of("Khi bi thu chi bo xuong ruong")
    file = sender.begin(data)
    sender.send(file, data)
    with unit_of_work():
        entry = scene.draft()
        (held,) = entry.files
        session.delete(session.get_one(File, held.file_id))  # it stood for one, and has no bytes
        held.file_id = file.id
        session.flush()
        entries.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    return sender, file


def has_come(file: File) -> None:
    """It can be read and is known again, and what must hold does."""
    found = fresh(file)
    assert (found.state, session.get_one(Fingerprint, found.id).state) == ("ready", "done")
    invariants.hold()


@pytest.mark.parametrize("place", failpoints.WEB[2:])
@pytest.mark.parametrize("dies", ["the web", "the store"])
def test_what_was_promised_comes_whoever_dies(
    doomed: Doomed,
    promised: tuple[Sender, File],
    let_pass: Callable[[], None],
    on_mortal_store: MortalStore,
    place: str,
    dies: str,
) -> None:
    sender, file = promised
    invariants.hold()
    victim = on_mortal_store.process if dies == "the store" else None
    address = f"/tep/{file.public_id}/xong"
    ending = doomed.does("ask", place, victim=victim, person_id=sender.person.id, address=address, json={})
    assert ending.signal == (0 if victim else signal.SIGKILL)
    on_mortal_store.come_back()
    invariants.hold()
    let_pass()
    has_come(file)


def test_a_work_is_submitted_with_a_file_that_nobody_could_check(app: Flask, scene: Scene) -> None:
    file = Sender(app, scene.entrant).stored(pdf_of("Khi bi thu chi bo xuong ruong"))
    with unit_of_work():
        files.start_verifying(file_id=file.id)
        files.mark_unchecked(file_id=file.id, sha256=None, facts={})
        entry = scene.draft()
        (held,) = entry.files
        session.delete(session.get_one(File, held.file_id))  # it stood for one, and has no bytes
        held.file_id = file.id
        session.flush()
        entries.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    assert entry.state == "submitted"
    told = session.scalars(select(Receipt)).one().content["files"]
    assert [(each["fingerprint"], each["state"]) for each in told] == [(file.fingerprint, "stored")]
    invariants.hold()


def test_the_invariants_see_what_is_wrong(promised: tuple[Sender, File], let_pass: Callable[[], None]) -> None:
    """A file that was received and counts as still to come; bytes that are others than those that were verified."""
    sender, file = promised
    sender.finish(file)
    let_pass()
    has_come(file)
    with unit_of_work():
        receipt = session.scalars(select(Receipt)).one()
        receipt.content = {**receipt.content, "files_due_at": None}
        session.get_one(File, file.id).state = "uploading"
    with pytest.raises(AssertionError, match="is lacking"):
        invariants.hold()
    with unit_of_work():
        session.get_one(File, file.id).state = "ready"
    storage().put_small(file.key, bytes(file.size), "application/pdf")
    with pytest.raises(AssertionError, match="has other bytes"):
        invariants.hold()
