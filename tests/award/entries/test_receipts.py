"""What a receipt says, and that its hash holds all of it."""

from datetime import UTC, date, datetime, timedelta

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries import following, operations, queries, receipts, summaries
from award.entries.models import Part, Receipt
from award.entries.permissions import files_due_at
from award.files.models import File
from tests.award.entries.conftest import Scene

AT = datetime(2023, 9, 30, 16, 52, 7, tzinfo=UTC)


def test_the_sentence_is_the_adopted_one_and_promises_only_what_the_edition_has() -> None:
    received = {"title": "Giữ lời hứa với dân", "code": "KH3-0217", "kind": "first"}
    said = receipts.sentence(received, AT, Edition(screening_promise=date(2023, 10, 15)))
    assert said == (
        "Đã tiếp nhận hồ sơ dự Giải của tác phẩm “Giữ lời hứa với dân” lúc 23 giờ 52 phút 07 giây, ngày 30/9/2023. "
        "Mã hồ sơ: KH3-0217. Kết quả kiểm tra điều kiện dự Giải được thông báo chậm nhất ngày 15/10/2023."
    )
    assert receipts.sentence(received, AT, Edition()).endswith("Mã hồ sơ: KH3-0217.")
    mended = receipts.sentence({**received, "kind": "mended"}, AT, Edition())
    assert mended.startswith("Đã tiếp nhận bản bổ sung hồ sơ dự Giải của tác phẩm “Giữ lời hứa với dân” lúc ")


def test_what_is_due_is_told_with_its_instant() -> None:
    assert following.sentence(1, 0, datetime(2023, 10, 2, 10, tzinfo=UTC)) == (
        "Hồ sơ đã nộp đúng hạn. Còn 1 tệp đang gửi, chậm nhất 17 giờ 00, ngày 02/10/2023. "
        "Có thể đóng trang và gửi tiếp từ máy khác."
    )


def test_files_follow_after_the_deadline_as_long_as_the_edition_says() -> None:
    assert files_due_at(Edition(deadline_at=AT, files_follow_minutes=90)) == AT + timedelta(minutes=90)
    assert files_due_at(Edition(files_follow_minutes=90)) is None


def test_the_hash_holds_every_word_and_every_fingerprint(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.submitted()
    receipt = queries.last_receipt(entry.id)
    assert receipt is not None
    assert receipt.content_hash == receipts.content_hash(receipt.content)
    file = session.get_one(File, entry.files[0].file_id)
    assert receipt.content["files"][0]["fingerprint"] == file.fingerprint
    for changed in (
        {"title": "Tên khác"},
        {"received_at": "2023-09-30"},
        {"files": [{**receipt.content["files"][0], "fingerprint": "0" * 64}]},
        {"authors": []},
    ):
        assert receipts.content_hash({**receipt.content, **changed}) != receipt.content_hash


def test_all_parts_of_a_series_stand_under_one_hash(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.draft()
        entry.parts.append(Part(ordinal=2, title="Kỳ 2", published_on=date(2023, 3, 9), place="Số 7527, trang 3"))
        session.flush()
        second = scene.attach(entry, scene.entrant, part=entry.parts[1])
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    (receipt,) = session.query(Receipt).all()
    assert [part["ordinal"] for part in receipt.content["parts"]] == [1, 2]
    assert [file["part"] for file in receipt.content["files"]] == [1, 2]
    other = [receipt.content["files"][0], {**receipt.content["files"][1], "fingerprint": "0" * 64}]
    assert receipt.content["files"][1]["fingerprint"] == second.fingerprint
    assert receipts.content_hash({**receipt.content, "files": other}) != receipt.content_hash
    fewer = receipt.content["parts"][:1]
    assert receipts.content_hash({**receipt.content, "parts": fewer}) != receipt.content_hash


def test_the_letter_names_what_is_due_and_whom_to_ask(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.draft()
        session.get_one(File, entry.files[0].file_id).state = "uploading"
    due = files_due_at(scene.edition)
    content = receipts.content(queries.dossier(entry.id), scene.edition, "KH3-0217", AT, due)
    receipt = Receipt(content=content, received_at=AT, code="KH3-0217", content_hash=receipts.content_hash(content))
    there = "https://giai.example.vn/bien-nhan"
    steps = receipts.steps(scene.edition, "van@example.vn", "")
    letter = receipts.letter(receipt, scene.edition, steps=steps, address=there, paper=f"{there}.pdf")
    assert letter.subject == "Đã tiếp nhận hồ sơ KH3-0217"
    assert "Còn 1 tệp đang gửi" in letter.body
    assert f"Xem hồ sơ: {there}\n" in letter.body
    assert f"Biên nhận có dấu kiểm chứng, nên tải về giữ: {there}.pdf\n" in letter.body
    assert "- Liên hệ: Tổ Thư ký, 0258 000 000.\n" in letter.body
    for name, _size, mark in summaries.prints(receipt):
        assert name in letter.body
        assert mark in letter.body
    assert receipt.content_hash in letter.body


def test_what_happens_now_says_only_what_the_edition_settled() -> None:
    edition = Edition(secretariat_name="Tổ Thư ký", screening_promise=date(2023, 10, 15), help_phone="0258 000 000")
    assert receipts.steps(edition, "van@example.vn", "đến hết ngày 30/9/2023") == [
        "Hồ sơ đã nộp còn sửa được đến hết ngày 30/9/2023.",
        "Tổ Thư ký kiểm tra điều kiện dự Giải, chậm nhất ngày 15/10/2023 có kết quả.",
        "Nếu cần bổ sung hồ sơ, Tổ Thư ký ghi rõ nội dung và hạn bổ sung.",
        "Mọi thông báo được gửi đến van@example.vn và hiện ở trang hồ sơ.",
        "Liên hệ: Tổ Thư ký, 0258 000 000.",
    ]
    assert receipts.steps(Edition(secretariat_name="Tổ Thư ký"), "", "") == [
        "Tổ Thư ký kiểm tra điều kiện dự Giải trong và sau thời gian nhận tác phẩm.",
        "Nếu cần bổ sung hồ sơ, Tổ Thư ký ghi rõ nội dung và hạn bổ sung.",
    ]


def test_a_receipt_lists_what_came_and_what_follows(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.draft()
        scene.attach(entry, scene.entrant, "uploading", name="trang-2.pdf", size=412_000_000)
        scene.attach(entry, scene.entrant, "rejected", name="hong.pdf")
    content = receipts.content(queries.dossier(entry.id), scene.edition, "KH3-0217", AT, files_due_at(scene.edition))
    receipt = Receipt(content=content, received_at=now(), code="KH3-0217", content_hash="")
    lines = dict(summaries.received(receipt))
    assert lines["Tệp đã nhận"] == ["trang-1.pdf (1 KB)"]
    assert next(text for name, text in lines.items() if name.startswith("Tệp gửi sau")) == ["trang-2.pdf (412 MB)"]
    assert [name for name, _size, _print in summaries.prints(receipt)] == ["trang-1.pdf", "trang-2.pdf"]


def test_the_code_to_scan_is_a_picture_without_any_request() -> None:
    assert summaries.qr("https://giai.example.vn/bien-nhan").startswith("data:image/svg+xml;base64,")
