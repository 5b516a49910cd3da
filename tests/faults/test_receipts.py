"""The store is newer than the database: who has the receipt of a work that no row knows has the work received again."""

import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from award import house_key
from award.clock import now, stopped_at
from award.db import Base, session, unit_of_work
from award.entries import attesting, operations, queries
from award.entries.models import Entry, Receipt
from award.entries.tasks import find_files
from award.files.models import File
from award.files.store import storage
from award.log.models import Event
from award.messages.models import Message
from tests import factories
from tests.award.entries.conftest import Browser, Scene, made_scene
from tests.award.files.conftest import Sender, pdf_of
from tests.faults import invariants
from tests.faults.restoring import Copy
from uploads.attachments import carried
from uploads.ranges import HeldRanges

pytestmark = pytest.mark.usefixtures("ctx")
DESK = "/iii-2023/nhan-lai"


@dataclass
class Lost:
    """A work that was received, whose rows are gone with everything that came after the copy."""

    app: Flask
    scene: Scene
    key: str
    code: str
    at: datetime
    content_hash: str
    file: tuple[str, str, str]
    """Its public id, its name, and where its bytes stand."""
    data: bytes
    paper: bytes

    @property
    def address(self) -> str:
        return f"/{self.scene.slug}/tac-pham/{self.key}/bien-nhan"

    def desk(self) -> Browser:
        with unit_of_work():
            secretary = factories.person("Lê Thị Thư")
            factories.appointment(self.scene.edition, secretary, "secretary")
        return Browser(self.app, secretary)


@pytest.fixture
def lost(app: Flask) -> Lost:
    with unit_of_work():
        scene = made_scene()
    before, data = Copy(app), pdf_of("Trang 1", "Trang 2")
    file = Sender(app, scene.entrant).stored(data)
    with unit_of_work():
        entry = scene.draft()
        session.delete(session.get_one(File, entry.files[0].file_id))  # it stood for one, and has no bytes
        entry.files[0].file_id = file.id
        session.flush()
        receipt = operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    named = (file.public_id, file.name, file.key)
    made = Lost(app, scene, entry.public_id, receipt.code, receipt.received_at, receipt.content_hash, named, data, b"")
    made.paper = Browser(app, scene.entrant).get(f"{made.address}.pdf").data
    before.come_back()
    assert [count(each) for each in (Entry, Receipt, File)] == [0, 0, 0]
    return made


def count(table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def put_in(desk: Browser, paper: bytes) -> TestResponse:
    return desk.post(DESK, {"file": (io.BytesIO(paper), "bien-nhan.pdf")})


def said_on(page: str) -> dict[str, str]:
    """What the page that shows a receipt gives back with the press that receives its work again."""
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
        if name in attesting.NAMES
    }


def test_a_work_no_row_knows_is_received_again_with_its_code_its_instant_and_its_bytes(
    lost: Lost, run_jobs: Callable[[], None]
) -> None:
    desk = lost.desk()
    page = put_in(desk, lost.paper)
    assert page.status_code == 200
    assert "Hệ thống không có hồ sơ này." in page.text
    assert lost.code in page.text
    assert count(Entry) == 0, "to look changes nothing"
    for _twice in range(2):
        assert desk.post(f"{DESK}/ho-so", said_on(page.text)).status_code == 303
    with stopped_at(now() + timedelta(hours=2)):  # what the store has just been given may still get its row
        run_jobs()
    session.rollback()
    entry, receipt = session.scalars(select(Entry)).one(), session.scalars(select(Receipt)).one()
    assert (entry.code, entry.submitted_at) == (lost.code, lost.at)
    assert (receipt.content_hash, receipt.received_at) == (lost.content_hash, lost.at)
    assert [each.legal_name for each in entry.authors] == [lost.scene.entrant.legal_name]
    (held,) = entry.files
    file = session.get_one(File, held.file_id)
    assert (file.public_id, file.name, file.state) == (*lost.file[:2], "ready")
    assert b"".join(storage().stream(file.key)) == lost.data
    invariants.hold()
    events = [each for each in session.scalars(select(Event.kind).order_by(Event.seq)) if each.startswith("entry.")]
    assert events == ["entry.received_again", "entry.files_found"]
    letter = session.scalars(select(Message).where(Message.kind == "received_again")).one()
    assert "Mọi tệp trên biên nhận đều còn." in letter.body
    assert "đúng như biên nhận" in put_in(desk, lost.paper).text
    again = Browser(lost.app, session.get_one(type(lost.scene.entrant), entry.owner_id)).get(f"{lost.address}.pdf")
    assert carried(HeldRanges(again.data), *attesting.NAMES) == carried(HeldRanges(lost.paper), *attesting.NAMES)


def test_what_the_store_has_not_either_is_named_after_a_second_look_and_found_once_it_is_there(
    lost: Lost, run_jobs: Callable[[], None]
) -> None:
    storage().delete(lost.file[2])
    desk = lost.desk()
    desk.post(f"{DESK}/ho-so", said_on(put_in(desk, lost.paper).text))
    run_jobs()
    told = select(Message.body).where(Message.kind == "received_again")
    assert session.scalar(told) is None
    find_files(entry_id=session.scalars(select(Entry.id)).one(), at_last=True)
    assert f"- {lost.file[1]}" in session.scalars(told).one()
    page = put_in(desk, lost.paper).text
    assert f"Chưa tìm lại được 1 tệp: {lost.file[1]}." in page
    storage().put_small(lost.file[2], lost.data, "application/pdf")
    desk.post(f"{DESK}/ho-so", said_on(page))
    with stopped_at(now() + timedelta(hours=2)):
        run_jobs()
    session.rollback()
    assert session.scalars(select(File)).one().state == "ready"
    assert "Chưa tìm lại được" not in put_in(desk, lost.paper).text
    assert (count(Entry), count(Receipt)) == (1, 1)


def forged(paper: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    """The same paper with other files in it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as document:
        held = {name: document.attachments[name].get_file().read_bytes() for name in attesting.NAMES}
        for name, content in change(held).items():
            document.attachments[name] = content
        document.save(out)
    return out.getvalue()


def another_instant(held: dict[str, bytes]) -> dict[str, bytes]:
    said = json.loads(held[attesting.STATEMENT])
    return {attesting.STATEMENT: json.dumps(said | {"received_at": "2023-09-30T00:00:00+00:00"}).encode()}


def another_key(held: dict[str, bytes]) -> dict[str, bytes]:
    key = house_key.derived("somebody else's secret, also long enough")
    return another_instant(held) | {
        attesting.SIGNATURE: key.sign(another_instant(held)[attesting.STATEMENT]),
        house_key.KEY: house_key.public(key).pem,
    }


def test_a_forged_receipt_is_refused_by_name(lost: Lost) -> None:
    desk = lost.desk()
    for paper, why in (
        (forged(lost.paper, another_instant), "Nội dung biên nhận đã bị sửa"),
        (forged(lost.paper, another_key), "ký bằng khóa khác"),
        (pdf_of("Trang 1"), "không phải biên nhận"),
        (b"GIF89a", "không phải biên nhận"),
    ):
        answer = put_in(desk, paper)
        assert answer.status_code == 422
        assert why in answer.text
    fields = said_on(put_in(desk, lost.paper).text)
    fields[attesting.SIGNATURE] = fields[attesting.SIGNATURE].swapcase()
    assert desk.post(f"{DESK}/ho-so", fields).status_code == 422
    assert count(Entry) == 0
    assert queries.entry_for_staff(lost.scene.edition_id, lost.key) is None
