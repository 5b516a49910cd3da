"""From the first part to the verdict, against the real store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.files import operations, queries, words
from award.files.models import File, Rendition
from award.files.store import storage
from award.log.models import Event
from award.verdicts import Refused
from tests import factories
from tests.award.files.conftest import MIB, Sender, fresh, hashes_of, made_of, pdf_of, put
from tests.conftest import owner_of
from uploads import protocol
from uploads.storage import NoSuchObject, NoSuchUpload

pytestmark = pytest.mark.usefixtures("ctx")


def waiting_jobs(name: str) -> int:
    count = session.scalar(
        text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :n AND status = 'todo'"), {"n": name}
    )
    return int(count or 0)


def test_a_file_goes_from_begin_to_ready(sender: Sender, run_jobs: Callable[[], None]) -> None:
    data = pdf_of("Khi bi thu chi bo xuong ruong", "Trang hai", padding=17 * MIB)
    file = sender.begin(data)
    assert (file.state, file.kind, file.part_size) == ("uploading", "pdf", 8 * MIB)
    assert file.fingerprint == protocol.fingerprint(hashes_of(data))

    sender.send(file, data)
    stored = sender.finish(file)
    assert (stored.state, stored.upload_id) == ("stored", None)

    run_jobs()
    ready = fresh(file)
    assert ready.state == "ready"
    assert ready.facts["pages"] == 2
    assert b"".join(storage().stream(ready.key)) == data
    pages = made_of(ready)
    assert [page.ordinal for page in pages] == [1, 2]
    assert pages[0].facts["height"] >= 1600
    assert storage().stat(pages[0].key or "").content_type == "image/webp"
    assert queries.clean_text(ready.id) == ["Khi bi thu chi bo xuong ruong", "Trang hai"]
    kinds = ["file.begun", "file.stored", "file.ready", "file.fingerprinted"]
    assert list(session.scalars(select(Event.kind).order_by(Event.id))) == kinds


@pytest.mark.parametrize(
    ("name", "size", "code", "sentence"),
    [
        ("trang.exe", 10, "file_wrong_type", "Loại tệp này không dùng được ở đây. Nhận: PDF, Word (DOCX)."),
        ("trang", 10, "file_wrong_type", "Loại tệp này không dùng được ở đây. Nhận: PDF, Word (DOCX)."),
        ("anh.jpg", 10, "file_wrong_type", "Loại tệp này không dùng được ở đây. Nhận: PDF, Word (DOCX)."),
        ("trang.pdf", 0, "file_empty", "Tệp rỗng, không có nội dung. Đề nghị chọn tệp khác."),
        ("trang.pdf", 5_200_000, "file_too_large", "Tệp 5,2 MB, lớn hơn mức 4 MB. Đề nghị xuất lại bản nhẹ hơn."),
        (
            "trang.pdf",
            4_000_001,
            "file_too_large",
            "Tệp 4.000.001 byte, lớn hơn mức 4.000.000 byte. Đề nghị xuất lại bản nhẹ hơn.",
        ),
        ("trang.pdf", 4_000_000, "file_hashes_missing", "Mã kiểm chứng của tệp chưa đủ. Đề nghị chọn lại tệp."),
    ],
)
def test_what_may_not_come_in_is_refused_with_its_sentence(
    sender: Sender, name: str, size: int, code: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refusal, unit_of_work():
        operations.begin(
            uploader=sender.person, name=name, size=size, part_hashes=[], kinds=["pdf", "docx"], max_bytes=4_000_000
        )
    assert (refusal.value.verdict.code, refusal.value.verdict.sentence) == (code, sentence)
    assert session.scalars(select(File)).all() == []


def test_no_kind_is_larger_than_its_own_limit(sender: Sender) -> None:
    with pytest.raises(Refused) as refusal, unit_of_work():
        operations.begin(
            uploader=sender.person, name="a.pdf", size=300 * MIB, part_hashes=[], kinds=["pdf"], max_bytes=2**40
        )
    assert refusal.value.verdict.code == "file_too_large"


def test_the_name_is_kept_clean_and_the_key_tells_nothing(sender: Sender) -> None:
    file = sender.begin(pdf_of("a"), "../../bài\u202efdp.dự thi\n.pdf")
    assert file.name == "_.._bàifdp.dự thi.pdf"
    assert file.key.startswith("originals/")
    assert "thi" not in file.key


def test_the_store_takes_only_the_bytes_that_were_declared(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    (part,) = operations.sign(file=file, numbers=[1])
    other = bytes([data[0] ^ 1]) + data[1:]
    assert put(part, other) == 400
    assert put(part, data + b"x") == 403
    assert put(part, data[:-1]) == 403
    with pytest.raises(Refused) as refusal:
        sender.finish(file)
    assert refusal.value.verdict.code == "file_incomplete"
    assert fresh(file).state == "uploading"


def test_an_address_of_a_part_is_dead_once_the_file_is_finished(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    (part,) = operations.sign(file=file, numbers=[1])
    assert put(part, data) == 200
    sender.finish(file)
    assert put(part, data) == 412, "it is there, and is not written again"
    with pytest.raises(Refused) as refusal:
        operations.sign(file=fresh(file), numbers=[1])
    assert refusal.value.verdict.code == "file_not_uploading"


@pytest.mark.parametrize("numbers", [[0], [2], [-1], [1, 2]])
def test_only_parts_of_the_file_are_signed(sender: Sender, numbers: list[int]) -> None:
    file = sender.begin(pdf_of("Trang 1"))
    with pytest.raises(Refused) as refusal:
        operations.sign(file=file, numbers=numbers)
    assert refusal.value.verdict.code == "file_no_such_part"


def test_finishing_twice_changes_nothing(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.stored(data)
    first = fresh(file).stored_at
    assert sender.finish(file).stored_at == first
    assert waiting_jobs("files.verify") == 1
    assert session.scalars(select(Event.kind).order_by(Event.id)).all() == ["file.begun", "file.stored"]


def test_finishing_after_the_store_joined_the_parts_but_the_row_was_not_committed(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    sender.send(file, data)
    with pytest.raises(RuntimeError), unit_of_work():
        operations.finish(file=file)
        raise RuntimeError("the process died here")
    assert fresh(file).state == "uploading"
    assert waiting_jobs("files.verify") == 0
    assert sender.finish(fresh(file)).state == "stored"
    assert waiting_jobs("files.verify") == 1


def test_a_finish_that_is_rolled_back_leaves_no_job(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    with pytest.raises(Refused):
        sender.finish(file)
    assert waiting_jobs("files.verify") == 0


def again(sender: Sender, data: bytes, place: list[int], resuming: str | None = None, name: str = "a.pdf") -> File:
    with unit_of_work():
        return operations.begin_or_resume(
            uploader=sender.person,
            name=name,
            size=len(data),
            part_hashes=hashes_of(data),
            kinds=["pdf"],
            max_bytes=200 * MIB,
            place=place,
            resuming=resuming,
        )


def test_the_same_file_in_the_same_place_goes_on_where_it_stopped(sender: Sender) -> None:
    data = pdf_of("Trang 1", padding=17 * MIB)
    file = sender.begin(data)
    sender.send(file, data, [1, 3])
    resumed = again(sender, data, [file.id], file.public_id)
    assert resumed.id == file.id
    sender.send(resumed, data, [2])
    assert sender.finish(resumed).state == "stored"


def test_the_same_bytes_elsewhere_are_a_new_file(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    assert again(sender, data, []).id != file.id


def test_nobody_goes_on_with_the_upload_of_another(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    with unit_of_work():
        other = Sender(sender.app, factories.person("Trần Văn Minh"))
    assert again(other, data, [file.id], file.public_id).id != file.id


def test_another_file_does_not_take_the_place_of_the_one_that_was_broken_off(sender: Sender) -> None:
    file = sender.begin(pdf_of("Trang 1"), "bản quét.pdf")
    with pytest.raises(Refused) as refusal:
        again(sender, pdf_of("Trang 2"), [file.id], file.public_id)
    assert refusal.value.verdict.code == "file_wrong_on_resume"
    assert refusal.value.verdict.sentence.startswith("Đây không phải tệp đang tải dở. Chọn đúng tệp “bản quét.pdf”, ")


def test_choosing_a_file_that_already_arrived_gives_it_back(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.stored(data)
    assert again(sender, data, [file.id]).id == file.id


def test_a_file_that_was_rejected_may_be_sent_again(sender: Sender, run_jobs: Callable[[], None]) -> None:
    data = b"%PDF-1.7 nothing else"
    file = sender.stored(data)
    run_jobs()
    assert fresh(file).state == "rejected"
    assert again(sender, data, [file.id]).id != file.id


def test_an_upload_the_store_gave_up_begins_anew_under_another_key(sender: Sender) -> None:
    data = pdf_of("Trang 1", padding=9 * MIB)
    file = sender.begin(data)
    key = file.key
    storage().abort(file.key, file.upload_id or "")
    resumed = again(sender, data, [file.id])
    assert resumed.id == file.id
    assert resumed.key != key
    sender.send(resumed, data)
    assert sender.finish(resumed).state == "stored"


def test_resuming_what_stands_complete_in_the_store_stores_it(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    sender.send(file, data)
    upload = protocol.Upload(file.key, file.upload_id or "", file.size)
    assert isinstance(protocol.finish(storage(), upload, file.part_hashes), protocol.Stored)
    assert again(sender, data, [file.id]).state == "stored"
    assert waiting_jobs("files.verify") == 1


def test_what_is_not_as_it_claims_is_rejected_with_its_reason(
    sender: Sender, damaged_pdfs: dict[str, bytes], run_jobs: Callable[[], None]
) -> None:
    files = {reason: sender.stored(data) for reason, data in damaged_pdfs.items()}
    run_jobs()
    found = {reason: fresh(file) for reason, file in files.items()}
    assert {reason: file.reason for reason, file in found.items()} == {reason: reason for reason in files}
    assert {file.state for file in found.values()} == {"rejected"}
    assert words.state_of(found["encrypted"]) == (
        "bad",
        "Không dùng được: tệp có mật khẩu. Đề nghị bỏ mật khẩu rồi tải lên lại.",
    )
    assert session.scalars(select(Rendition)).all() == []


def test_bytes_that_are_not_those_promised_are_rejected(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    storage().put_small(file.key, pdf_of("Trang 2"), "application/pdf")
    run_jobs()
    assert fresh(file).reason == "changed"


def test_a_file_whose_bytes_are_lost_is_rejected(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    storage().delete(file.key)
    run_jobs()
    assert fresh(file).reason == "lost"


def test_every_reason_has_words(ctx: Flask) -> None:
    from typing import get_args

    from uploads.verdict import Reason

    for kind in ("pdf", "mp3", "mp4"):
        for reason in {*get_args(Reason), "changed", "lost"} - {""}:
            assert words.reason_of(File(kind=kind, reason=reason)).endswith(".")


def test_the_verdict_is_given_once(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    run_jobs()
    with unit_of_work():
        assert operations.start_verifying(file_id=file.id) is None
        operations.mark_rejected(file_id=file.id, sha256=None, facts={}, reason="truncated")
    assert fresh(file).state == "ready"


def test_discarding_removes_the_row_first_and_then_every_byte(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    run_jobs()
    pages = [page.key or "" for page in made_of(file)]
    with unit_of_work():
        operations.discard(file=fresh(file))
    assert queries.by_public_id(file.public_id) is None
    assert storage().stat(file.key).size == file.size
    run_jobs()
    for key in [file.key, *pages]:
        with pytest.raises(NoSuchObject):
            storage().stat(key)


def test_discarding_gives_up_an_unfinished_upload(sender: Sender, run_jobs: Callable[[], None]) -> None:
    data = pdf_of("Trang 1", padding=9 * MIB)
    file = sender.begin(data)
    sender.send(file, data)
    with unit_of_work():
        operations.discard(file=fresh(file))
    run_jobs()
    with pytest.raises(NoSuchUpload):
        storage().list_parts(file.key, file.upload_id or "")


def test_an_address_that_is_used_after_the_file_was_discarded_leaves_nothing(
    app: Flask, sender: Sender, run_jobs: Callable[[], None]
) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    (part,) = operations.sign(file=file, numbers=[1])
    assert put(part, data) == 200
    with unit_of_work():
        operations.discard(file=fresh(file))
    run_jobs()
    assert put(part, data) == 200, "it is good for one more use, since nothing stands there"
    with owner_of(app).begin() as database:
        database.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"))
    run_jobs()
    with pytest.raises(NoSuchObject):
        storage().stat(file.key)


def test_a_discard_that_is_rolled_back_loses_nothing(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    with pytest.raises(RuntimeError), unit_of_work():
        operations.discard(file=fresh(file))
        raise RuntimeError
    run_jobs()
    assert fresh(file).state == "ready"


def test_the_worker_leaves_nothing_behind_when_the_file_was_discarded_meanwhile(sender: Sender) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    with unit_of_work():
        operations.start_verifying(file_id=file.id)
    with unit_of_work():
        operations.discard(file=fresh(file))
    page = Rendition(kind="page", ordinal=1, key="pages/x", size=1, content_type="image/webp")
    with unit_of_work():
        assert operations.mark_verified(file_id=file.id, sha256="", facts={}, renditions=[page]) == [page]
    assert session.scalars(select(Rendition)).all() == []


def test_stored_at_is_the_instant_of_the_finish(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    sender.send(file, data)
    later = now() + timedelta(minutes=10)
    with stopped_at(later):
        assert sender.finish(file).stored_at == later


def test_finishing_from_many_sides_at_once_stores_once(sender: Sender) -> None:
    data = pdf_of("Trang 1", padding=9 * MIB)
    file = sender.begin(data)
    sender.send(file, data)
    with ThreadPoolExecutor(8) as threads:
        finished = list(threads.map(lambda _: sender.finish(file), range(8)))
    assert {each.state for each in finished} == {"stored"}
    assert len({each.stored_at for each in finished}) == 1
    assert waiting_jobs("files.verify") == 1
    assert session.scalars(select(Event.kind).order_by(Event.id)).all() == ["file.begun", "file.stored"]
