"""What may come in, and what may still be sent."""

from collections.abc import Collection

from flask_babel import gettext as _

from award.dates import size as size_words
from award.files import words
from award.files.models import File
from award.verdicts import YES, Verdict
from uploads import protocol
from uploads.kinds import kind_among


def can_begin(name: str, size: int, part_hashes: Collection[str], kinds: Collection[str], max_bytes: int) -> Verdict:
    """A file of this name and size may come into a place that takes `kinds` up to `max_bytes`."""
    kind = kind_among(name, kinds)
    if kind is None:
        accepted = words.kind_labels(kinds)
        return Verdict("file_wrong_type", _("Loại tệp này không dùng được ở đây. Nhận: %(kinds)s.", kinds=accepted))
    if size < 1:
        return Verdict("file_empty", _("Tệp rỗng, không có nội dung. Đề nghị chọn tệp khác."))
    limit = min(kind.max_bytes, max_bytes)
    if size > limit:
        return Verdict("file_too_large", words.too_large(size, limit))
    if len(part_hashes) != protocol.plan(size).count:
        return Verdict("file_hashes_missing", _("Mã kiểm chứng của tệp chưa đủ. Đề nghị chọn lại tệp."))
    return YES


def can_keep(size: int, held: int, quota: int) -> Verdict:
    """Somebody whose files are `held` bytes so far may send as many as this."""
    if held + size <= quota:
        return YES
    sentence = _(
        "Đã dùng %(held)s trong %(quota)s dành cho mỗi người gửi, không còn chỗ cho tệp %(size)s. "
        "Đề nghị bỏ bớt tệp không dùng hoặc báo Thư ký Giải.",
        held=size_words(held),
        quota=size_words(quota),
        size=size_words(size),
    )
    return Verdict("file_over_quota", sentence)


def can_send(file: File) -> Verdict:
    """Parts of the file may still be sent."""
    if file.state != "uploading":
        return Verdict("file_not_uploading", _("Tệp này đã tải đủ."))
    if file.upload_id is None:
        return Verdict(
            "file_upload_gone", _("Lần tải lên trước đã dừng quá 48 giờ. Đề nghị chọn lại tệp để tải lên từ đầu.")
        )
    return YES


def can_check_again(file: File) -> Verdict:
    """Somebody may have a file examined once more that nobody could examine before."""
    if file.state == "unchecked":
        return YES
    return Verdict("file_not_unchecked", _("Tệp này đã có kết quả kiểm tra hoặc đang được kiểm tra."))


def can_resume(file: File, size: int, fingerprint: str) -> Verdict:
    """The chosen file is the one whose upload was broken off."""
    if (file.size, file.fingerprint) == (size, fingerprint):
        return YES
    sentence = _(
        "Đây không phải tệp đang tải dở. Chọn đúng tệp “%(file)s”, %(size)s.",
        file=file.name,
        size=size_words(file.size),
    )
    return Verdict("file_wrong_on_resume", sentence)
