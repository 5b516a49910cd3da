"""What a dead process left is found and put right, state by state."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import docx
import pikepdf
import pytest
from flask import Flask
from sqlalchemy import text

from award.alone import alone
from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.files import operations, queries, tasks
from award.files.models import Rendition
from award.files.reading import readings
from award.files.store import storage
from award.files.tasks import repair, tidy, verify
from tests.award.files.conftest import MIB, Sender, fresh, made_of, pdf_of
from uploads import protocol
from uploads.storage import NoSuchObject, NoSuchUpload, new_key

pytestmark = pytest.mark.usefixtures("ctx")

MINUTE = timedelta(minutes=1, seconds=1)


def forget_jobs() -> None:
    """The queue lost what it held: a worker took the jobs and died with them."""
    with unit_of_work():
        session.execute(text("DELETE FROM procrastinate_events"))
        session.execute(text("DELETE FROM procrastinate_jobs"))


def test_an_upload_with_all_its_parts_is_finished(sender: Sender, run_jobs: Callable[[], None]) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    sender.send(file, data)
    with stopped_at(now() + MINUTE):
        repair()
    assert fresh(file).state == "stored"
    run_jobs()
    assert fresh(file).state == "ready"


def test_an_upload_that_the_store_joined_before_the_process_died_is_finished(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    sender.send(file, data)
    protocol.finish(storage(), protocol.Upload(file.key, file.upload_id or "", file.size), file.part_hashes)
    with stopped_at(now() + MINUTE):
        repair()
    assert fresh(file).state == "stored"


def test_an_upload_that_lacks_parts_is_left_to_its_sender(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    missing, complete = sender.begin(data), sender.begin(data)
    sender.send(complete, data)
    with stopped_at(now() + MINUTE):
        repair()
    assert fresh(missing).state == "uploading"
    assert fresh(complete).state == "stored"


def test_a_file_that_has_just_begun_is_left_alone(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    sender.send(file, data)
    repair()
    assert fresh(file).state == "uploading"


@pytest.mark.parametrize("state", ["stored", "verifying"])
def test_a_file_whose_verification_was_lost_is_verified_again(
    sender: Sender, run_jobs: Callable[[], None], state: str
) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    if state == "verifying":
        with unit_of_work():
            operations.start_verifying(file_id=file.id)
    forget_jobs()
    repair()
    run_jobs()
    assert fresh(file).state == state, "for a minute it may be in somebody's hands"
    with stopped_at(now() + MINUTE):
        repair()
    run_jobs()
    assert fresh(file).state == "ready"


def test_asking_again_and_again_adds_one_job(sender: Sender) -> None:
    sender.stored(pdf_of("Trang 1"))
    with stopped_at(now() + MINUTE):
        repair()
        repair()
    assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'files.verify'")) == 1


def test_a_file_in_the_hands_of_another_worker_is_left_to_it(sender: Sender) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    with alone(tasks._LOCK_SPACE, file.id) as mine:
        assert mine
        verify(file_id=file.id)
    assert fresh(file).state == "stored"
    verify(file_id=file.id)
    assert fresh(file).state == "ready"


def test_verifying_twice_makes_its_pages_once(sender: Sender) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    verify(file_id=file.id)
    pages = [page.key for page in made_of(file)]
    verify(file_id=file.id)
    assert [page.key for page in made_of(file)] == pages


def test_a_document_of_a_writing_program_gives_its_text_and_a_page_drawn_from_it(sender: Sender) -> None:
    document = docx.Document()
    document.add_paragraph("Khi bí thư chi bộ xuống ruộng")
    document.add_paragraph("Năm giờ sáng, sương còn dày.")
    out = io.BytesIO()
    document.save(out)
    file = sender.stored(out.getvalue(), "bài dự Giải.docx", ["docx"])
    verify(file_id=file.id)
    assert fresh(file).state == "ready"
    assert queries.clean_text(file.id) == ["Khi bí thư chi bộ xuống ruộng", "Năm giờ sáng, sương còn dày."]
    assert [page.ordinal for page in made_of(file)] == [1], "drawn again from its words"


def test_a_page_that_cannot_be_drawn_takes_only_its_neighbours_along(sender: Sender) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(*(f"Trang {number}" for number in range(1, 13))))) as document:
        document.pages[1].obj.Type = pikepdf.Name("/NoPage")
        out = io.BytesIO()
        document.save(out)
    file = sender.stored(out.getvalue())
    verify(file_id=file.id)
    assert (fresh(file).state, fresh(file).facts["pages"]) == ("ready", 12)
    assert [page.ordinal for page in made_of(file)] == [11, 12]
    said = readings({file.id: file.name})[file.id].making
    assert said == "Xem được 2 trong 12 trang; các trang khác có trong bản gốc."
    assert queries.clean_text(file.id) == []


def test_uploads_of_two_days_are_given_up_and_their_files_wait(sender: Sender) -> None:
    data = pdf_of("Trang 1", padding=9 * MIB)
    old, small = sender.begin(data), sender.begin(pdf_of("Trang 1"))
    sender.send(old, data)
    upload_id = old.upload_id or ""
    with stopped_at(now() + timedelta(hours=47)):
        tidy()
    assert fresh(old).upload_id == upload_id
    with stopped_at(now() + timedelta(hours=49)):
        tidy()
    for each in (old, small):
        assert (fresh(each).state, fresh(each).upload_id) == ("uploading", None)
    with pytest.raises(NoSuchUpload):
        storage().list_parts(old.key, upload_id)


def test_pictures_without_a_row_go_after_two_days_and_originals_after_a_month(sender: Sender) -> None:
    kept = sender.stored(pdf_of("Trang 1"))
    verify(file_id=kept.id)
    original, picture, foreign = new_key(operations.ORIGINALS), new_key(operations.PAGES), new_key("elsewhere")
    erased, made = new_key("personal"), new_key("dossiers")
    for key in (erased, made):  # brought back with a copy of the house: no row names them
        storage().put_small(key, b"x", "text/plain")
    for key in (original, picture, foreign):
        storage().put_small(key, b"x", "text/plain")

    def standing(after: timedelta) -> set[str]:
        with stopped_at(datetime.now(UTC) + after):
            tidy()
        return {found.key for found in storage().objects()} & {original, picture, foreign, erased, made}

    assert standing(timedelta(hours=47)) == {original, picture, foreign, erased, made}
    assert standing(timedelta(hours=49)) == {original, foreign, made}
    assert standing(timedelta(days=31)) == {foreign}
    pages = [page.key or "" for page in made_of(kept)]
    assert {storage().stat(key).key for key in [kept.key, *pages]} == {kept.key, *pages}


def test_a_worker_that_dies_after_making_pages_leaves_only_what_the_sweep_finds(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sender.stored(pdf_of("Trang 1"))

    def dies(**_: object) -> list[Rendition]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(operations, "mark_verified", dies)
        with pytest.raises(KeyboardInterrupt):
            verify(file_id=file.id)
    assert fresh(file).state == "verifying"
    verify(file_id=file.id)
    assert fresh(file).state == "ready"
    (page,) = made_of(file)
    with stopped_at(now() + timedelta(hours=49)):
        tidy()
    left = {found.key for found in storage().objects(f"{operations.PAGES}/")}
    assert page.key in left
    assert not left & set(_unnamed(left))


def _unnamed(keys: set[str]) -> set[str]:
    return keys - queries.named(keys)


def test_erasing_twice_is_harmless(sender: Sender) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    tasks.erase(keys=[file.key], unfinished=[])
    tasks.erase(keys=[file.key], unfinished=[file.key, "gone"])
    with pytest.raises(NoSuchObject):
        storage().stat(file.key)


def test_the_sweep_survives_a_store_that_is_away(ctx: Flask, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf_of("Trang 1")
    waiting, stored = sender.begin(data), sender.stored(data)
    forget_jobs()
    with monkeypatch.context() as patch:
        patch.setitem(ctx.extensions, "settings", away(ctx))
        with stopped_at(now() + MINUTE):
            repair()
    assert fresh(waiting).state == "uploading"
    assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'files.verify'")) == 1
    assert fresh(stored).state == "stored"


def away(app: Flask) -> object:
    """The settings with a store where nobody listens."""
    from dataclasses import replace

    return replace(app.extensions["settings"], s3_endpoint="127.0.0.1:9", s3_public_endpoint="127.0.0.1:9")
