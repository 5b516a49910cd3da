"""What people are told about a file: its state, why it cannot be used, what may come in."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.dates import length
from award.dates import size as size_words
from award.files.models import File
from uploads.kinds import BY_CODE
from uploads.scan import TOO_LARGE

REDRAWN = ("docx", "odt")
"""Kinds whose pages nobody here lays out as their author saw them."""

KIND_WORDS: dict[str, Any] = {code: kind.label for code, kind in BY_CODE.items()} | {
    "jpeg": lazy_gettext("Ảnh JPEG"),
    "png": lazy_gettext("Ảnh PNG"),
    "webp": lazy_gettext("Ảnh WebP"),
    "mp3": lazy_gettext("Âm thanh MP3"),
    "m4a": lazy_gettext("Âm thanh M4A"),
    "wav": lazy_gettext("Âm thanh WAV"),
    "ogg": lazy_gettext("Âm thanh OGG"),
}
"""Code of a kind of file → what people call it."""


class StateWord(NamedTuple):
    """`kind` is one of the marks of the design system."""

    kind: str
    word: str


def state_of(file: File) -> StateWord:
    """The state in words; of a file that cannot be used, or could not be checked, with its reason."""
    if file.state == "uploading":
        return StateWord("none", _("Chờ tải lên"))
    if file.state == "ready":
        return StateWord("done", _("Dùng được"))
    if file.state == "rejected":
        return StateWord("bad", _("Không dùng được: %(reason)s", reason=reason_of(file)))
    if file.state == "unchecked":
        return StateWord("warn", _("Hồ sơ vẫn nộp được, nhưng %(reason)s", reason=reason_of(file)))
    return StateWord("doing", _("Đã tải đủ, đang kiểm tra"))


def checking_of(file: File) -> str:
    """That the file has come whole and is being looked at; empty of any other."""
    return _("Tệp đang được kiểm tra, xem được sau ít phút.") if file.state in ("stored", "verifying") else ""


def reason_of(file: File) -> str:
    """Why the file cannot be used and what to do; empty when it can."""
    if file.reason is None:
        return ""
    recording = BY_CODE[file.kind].family in ("audio", "video")
    reasons: dict[str, str] = {
        "empty": _("tệp rỗng. Đề nghị chọn tệp khác."),
        "too_large": _("tệp lớn hơn mức cho phép. Đề nghị xuất lại bản nhẹ hơn."),
        "wrong_type": _("nội dung không đúng loại ghi ở tên tệp. Đề nghị xuất lại đúng loại."),
        "truncated": _("tệp bị thiếu hoặc hỏng, không đọc được đến hết. Đề nghị xuất lại tệp."),
        "disguised": _("trong tệp có nội dung của loại khác. Đề nghị xuất lại từ bản gốc."),
        "encrypted": _("tệp có khóa bản quyền, không phát được. Đề nghị xuất lại bản không khóa.")
        if recording
        else _("tệp có mật khẩu. Đề nghị bỏ mật khẩu rồi tải lên lại."),
        "active_content": _("một phần nằm ở tệp khác hoặc có tệp đính kèm. Đề nghị xuất lại thành một tệp trọn vẹn.")
        if recording
        else _("trong tệp có mã lệnh hoặc tệp đính kèm. Đề nghị in ra PDF rồi tải lên lại."),
        "zip_rules": _("cấu trúc bên trong tệp không đúng quy cách. Đề nghị lưu lại bằng phần mềm soạn thảo."),
        "image_too_large": _("khung hình lớn hơn chuẩn 8K. Đề nghị xuất bản nhỏ hơn.")
        if recording
        else _("ảnh lớn hơn 60 triệu điểm ảnh. Đề nghị xuất bản nhỏ hơn."),
        "no_sound": _("không có âm thanh. Đề nghị xuất lại bản có âm thanh."),
        "no_picture": _("thiếu hình. Đề nghị xuất lại theo chuẩn H.264, âm thanh AAC."),
        "could_not_check": _("chưa đọc được tệp này. Đề nghị xuất lại bản đơn giản hơn."),
        "infected": _("phần mềm diệt vi-rút báo có vi-rút. Đề nghị quét máy rồi gửi bản sạch."),
        "changed": _("nội dung nhận được khác tệp đã chọn. Đề nghị tải lên lại."),
        "lost": _("tệp không còn trong kho. Đề nghị tải lên lại."),
    }
    return reasons[file.reason]


def facts_of(file: File) -> str:
    """PDF, 4 trang, 12,5 MB; of a recording how long it is, and what is still being made of it."""
    pages, seconds, width = (file.facts.get(fact) for fact in ("pages", "duration", "width"))
    counted = [_("%(n)s trang", n=pages)] if pages else []
    if seconds:
        counted.append(length(seconds))
    if width and not pages:
        counted.append(f"{width} × {file.facts['height']}")
    told = ", ".join([str(KIND_WORDS[file.kind]), *counted, size_words(file.size)])
    return f"{told}. {making}" if (making := light_of(file)) else told


def scan_of(file: File) -> str:
    """What is known of viruses in a file that is ready, in words."""
    if file.scan == "clean":
        return str(_("đã quét vi-rút"))
    if file.facts.get("unscanned") == TOO_LARGE:
        return str(_("đã kiểm tra loại tệp; chưa quét vi-rút vì tệp lớn hơn mức phần mềm quét đọc được"))
    if file.scan == "failed":
        return str(_("đã kiểm tra loại tệp; phần mềm quét vi-rút chưa trả lời, sẽ tự quét lại"))
    return str(_("đã kiểm tra loại tệp, chưa quét vi-rút"))


def pages_of(file: File, shown: int) -> str:
    """That some pages of a document are not there to be looked at; empty when all are, or when none ever will be."""
    whole = int(file.facts.get("pages") or 0)
    if shown and BY_CODE[file.kind].code in REDRAWN:
        return str(_("Trang được dựng lại từ chữ và ảnh trong tệp; cách trình bày có thể khác bản gốc."))
    if not shown or shown >= whole:
        return ""
    told = _("Xem được %(shown)s trong %(whole)s trang; các trang khác có trong bản gốc.", shown=shown, whole=whole)
    return str(told)


def light_of(file: File) -> str:
    """What is being made of the file for reading, in words; empty when nothing is and nothing failed."""
    if file.light == "failed":
        return str(_("Chưa làm được bản xem nhẹ; tệp vẫn dùng được."))
    if file.light != "waiting":
        return ""
    if file.light_percent:
        return str(_("Đang làm bản xem nhẹ, %(n)s%%.", n=file.light_percent))
    return str(_("Đang làm bản xem nhẹ."))


def kind_labels(kinds: Iterable[str]) -> str:
    """PDF, Word (DOCX)."""
    return ", ".join(str(KIND_WORDS[code]) for code in kinds)


def limits(kinds: Iterable[str]) -> list[int]:
    """How many bytes a file of each kind may have at most, wherever it is to stand."""
    return [BY_CODE[code].max_bytes for code in kinds]


def endings(kinds: Iterable[str]) -> str:
    """.pdf,.docx: what a file input may offer."""
    return ",".join(f".{ending}" for code in kinds for ending in BY_CODE[code].endings)


def too_large(size: int, limit: int) -> str:
    """The sentence with both sizes; exact where rounding would make them look alike."""
    shown = [size_words(size), size_words(limit)]
    if shown[0] == shown[1]:
        shown = [_("%(n)s byte", n=f"{count:,}".replace(",", ".")) for count in (size, limit)]
    return str(_("Tệp %(size)s, lớn hơn mức %(limit)s. Đề nghị xuất lại bản nhẹ hơn.", size=shown[0], limit=shown[1]))
