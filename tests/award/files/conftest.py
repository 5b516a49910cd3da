"""Files made by code, and a sender that does with them what a browser does."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pytest
import urllib3
from flask import Flask
from PIL import Image
from sqlalchemy import event

from award.db import session, unit_of_work
from award.files import operations, queries
from award.files.models import File, Rendition
from award.people.models import Person
from tests import factories
from uploads import protocol
from uploads.storage import SignedPart

MIB = 1024 * 1024
web = urllib3.PoolManager(retries=False)


def pdf_of(*pages: str, padding: int = 0) -> bytes:
    """A PDF with a line of text on each page; `padding` bytes that do not compress make it heavy."""
    document = pikepdf.Pdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for text in pages:
        page = document.add_blank_page(page_size=(420, 595))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(f"BT /F1 18 Tf 40 500 Td ({text}) Tj ET".encode())
    if padding:
        document.Root.PieceInfo = document.make_indirect(pikepdf.Stream(document, _noise(padding)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def photo(width: int = 640, height: int = 480) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def _noise(count: int) -> bytes:
    blocks = (hashlib.sha256(number.to_bytes(8, "big")).digest() for number in range(-(-count // 32)))
    return b"".join(blocks)[:count]


def hashes_of(data: bytes) -> list[str]:
    """SHA-256 of each part, as the browser computes them before it sends anything."""
    size = protocol.plan(max(1, len(data))).part_size
    return [hashlib.sha256(data[at : at + size]).hexdigest() for at in range(0, len(data), size)]


def put(part: SignedPart, body: bytes) -> int:
    return web.request("PUT", part.url, body=body, headers=dict(part.headers)).status


@dataclass
class Sender:
    """Sends files as one person. Each deed has an application context of its own, as a request would."""

    app: Flask
    person: Person

    def begin(self, data: bytes, name: str = "trang-bao.pdf", kinds: Sequence[str] = ("pdf",)) -> File:
        with self.app.app_context(), unit_of_work():
            return operations.begin(
                uploader=self.person,
                name=name,
                size=len(data),
                part_hashes=hashes_of(data),
                kinds=kinds,
                max_bytes=200 * MIB,
            )

    def send(self, file: File, data: bytes, numbers: Sequence[int] | None = None) -> None:
        plan = protocol.plan(len(data))
        wanted = list(numbers or range(1, plan.count + 1))
        with self.app.app_context():
            signed = operations.sign(file=file, numbers=wanted)
        for part in signed:
            start = (part.number - 1) * plan.part_size
            assert put(part, data[start : start + plan.length(part.number)]) == 200

    def finish(self, file: File) -> File:
        with self.app.app_context(), unit_of_work():
            return operations.finish(file=file)

    def stored(self, data: bytes, name: str = "trang-bao.pdf", kinds: Sequence[str] = ("pdf",)) -> File:
        file = self.begin(data, name, kinds)
        self.send(file, data)
        return self.finish(file)


@pytest.fixture
def sender(app: Flask) -> Sender:
    with app.app_context(), unit_of_work():
        return Sender(app, factories.person())


def fresh(file: File) -> File:
    """The row as it stands now."""
    session.rollback()
    session.expire_all()
    found = queries.by_public_id(file.public_id)
    assert found is not None
    return found


def made_of(file: File, kind: str = "page") -> list[Rendition]:
    """What was made of the file for reading, of this kind and in order."""
    return [each for each in queries.renditions([file.id]).get(file.id, []) if each.kind == kind]


@pytest.fixture
def damaged_pdfs() -> Iterator[dict[str, bytes]]:
    """A file for each way of not being a usable PDF, by the reason it is refused with."""
    whole = pdf_of("Trang 1")
    locked, scripted = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="mot", user="hai"))
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.save(scripted)
    yield {
        "truncated": whole[: len(whole) // 2],
        "wrong_type": photo(),
        "disguised": whole + b"<!doctype html><script>alert(1)</script>",
        "encrypted": locked.getvalue(),
        "active_content": scripted.getvalue(),
    }


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Fills up with the statements the application sends to the database."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
