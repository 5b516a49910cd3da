"""Files that follow a form received before them: page, paper and letter name them, the page that they came."""

from datetime import datetime, timedelta

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Clause
from award.entries import following, queries
from award.entries.models import Entry, Receipt
from award.files.models import File
from award.messages.models import Message
from tests.award.entries.conftest import Browser, Scene


@pytest.fixture
def entrant(app: Flask, scene: Scene) -> Browser:
    return Browser(app, scene.entrant)


@pytest.fixture
def entry(scene: Scene) -> Entry:
    """A form with its publication data and no file, where such a form counts."""
    with unit_of_work():
        session.add(Clause(edition_id=scene.edition_id, code="counted_in_time", value={"choice": "publication"}))
        made = scene.draft()
        made.files = []
    return made


def address(scene: Scene, entry: Entry) -> str:
    return f"/{scene.slug}/tac-pham/{entry.public_id}"


def receipt(entry: Entry) -> Receipt:
    found = queries.last_receipt(entry.id)
    assert found is not None
    return found


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as paper:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in paper)


def test_page_paper_and_letter_list_what_is_lacking_and_until_when(
    scene: Scene, entrant: Browser, entry: Entry
) -> None:
    at = address(scene, entry)
    assert entrant.post(f"{at}/nop").status_code == 303
    until = following.sentence(0, 1, datetime.fromisoformat(receipt(entry).content["files_due_at"]))
    page = entrant.get(f"{at}/bien-nhan").text
    assert until in page
    assert "<li>Bản quét trang báo (1 tệp)</li>" in page
    assert "Gửi tiếp" in page
    paper = text_of(entrant.get(f"{at}/bien-nhan.pdf").data)
    moment = until.partition("chậm nhất ")[2].partition(". ")[0]
    assert f"chậm nhất {moment}" in paper
    assert "Bản quét trang báo (1 tệp)" in paper
    letter = session.scalars(select(Message.body).where(Message.kind == "receipt")).one()
    assert until in letter
    assert "- Bản quét trang báo (1 tệp)\n" in letter


def test_when_the_files_have_come_the_page_says_so(scene: Scene, entrant: Browser, entry: Entry) -> None:
    at = address(scene, entry)
    entrant.post(f"{at}/nop")
    kept = receipt(entry).content
    with unit_of_work():
        again = session.get_one(Entry, entry.id)
        file = scene.attach(again, scene.entrant, "uploading", name="trang-4.pdf", size=412_000_000)
    page = entrant.get(f"{at}/bien-nhan").text
    assert "Còn 1 tệp đang gửi, chậm nhất" in page
    assert "<li>trang-4.pdf (412 MB)</li>" in page
    assert "Bản quét trang báo (1 tệp)</li>" not in page
    with unit_of_work():
        session.get_one(File, file.id).state = "stored"
        session.get_one(File, file.id).stored_at = datetime.fromisoformat("2023-10-01T03:04:05+00:00")
    page = entrant.get(f"{at}/bien-nhan").text
    assert "Đã nhận đủ tệp lúc 10 giờ 04 phút 05 giây, ngày 01/10/2023." in page
    assert "trang-4.pdf (412 MB), 10 giờ 04 phút 05 giây" in page
    assert "Gửi tiếp" not in page
    assert receipt(entry).content == kept


def test_a_file_that_is_refused_is_lacking_again_and_after_its_time_nothing_is_offered(
    scene: Scene, entrant: Browser, entry: Entry
) -> None:
    at = address(scene, entry)
    entrant.post(f"{at}/nop")
    due = datetime.fromisoformat(receipt(entry).content["files_due_at"])
    with unit_of_work():
        scene.attach(session.get_one(Entry, entry.id), scene.entrant, "rejected", name="hong.pdf")
    read = queries.dossier(entry.id)
    last = following.following(receipt(entry).content, read, due - timedelta(seconds=1))
    late = following.following(receipt(entry).content, read, due)
    assert last is not None and late is not None
    assert (last.open, last.lacks) == (True, ("Bản quét trang báo (1 tệp)",))
    assert (late.open, late.whole) == (False, False)
    assert late.sentence.endswith("Còn thiếu 1 tệp.")
    with unit_of_work():
        kept = receipt(entry)
        kept.content = {**kept.content, "files_due_at": (now() - timedelta(minutes=1)).isoformat()}
    page = entrant.get(f"{at}/bien-nhan").text
    assert "Đã hết thời hạn gửi tệp" in page
    assert "Gửi tiếp</a>" not in page


def test_where_files_came_with_the_form_nothing_follows(scene: Scene, entrant: Browser) -> None:
    with unit_of_work():
        whole = scene.draft()
    entrant.post(f"{address(scene, whole)}/nop")
    assert following.following(receipt(whole).content, queries.dossier(whole.id), now()) is None
    assert "lacking" not in receipt(whole).content
