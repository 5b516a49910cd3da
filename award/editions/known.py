"""Loại hình that every counted edition of the award had, with genres and slots to begin from; all of it editable."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from award import dates
from award.editions.lengths import length_words
from award.editions.models import FileSlot
from award.files.words import KIND_WORDS

_WRITTEN = (
    "Xã luận",
    "Bình luận",
    "Chuyên luận",
    "Phản ánh",
    "Ghi chép",
    "Phỏng vấn",
    "Phóng sự",
    "Ký sự",
    "Điều tra",
)
_OF_THE_NET = (
    "E-magazine",
    "Mega Story",
    "Longform",
    "Podcast",
    "Video clip",
    "Infographic",
    "Sản phẩm báo chí đa phương tiện",
)
"""Kinds of today that count as works of an online paper: by their link, a full capture, a recording."""
_SPOKEN = ("Phản ánh", "Phỏng vấn", "Ghi chép", "Phóng sự", "Ký sự", "Điều tra", "Bình luận")


@dataclass(frozen=True)
class KnownSlot:
    label: str
    kinds: tuple[str, ...]
    megabytes: int
    at_most: int = 1
    at_least: int = 1
    blind: bool = False
    captions: bool = False
    proof: bool = False
    for_judges: bool = True
    for_minors: bool = False


@dataclass(frozen=True)
class KnownCategory:
    code: str
    name: str
    medium: str
    genres: tuple[str, ...]
    slots: tuple[KnownSlot, ...]
    needed: tuple[str, ...] = ()


_ON_AIR = KnownSlot(
    "Lịch phát sóng hoặc xác nhận phát sóng",
    ("pdf", "jpeg", "png"),
    50,
    at_most=3,
    at_least=0,
    proof=True,
    for_judges=False,
)
_CLEAN_TEXT = KnownSlot("Bản chấm không ghi tên tác giả", ("pdf", "docx", "odt"), 50, at_least=0, blind=True)

_OF_GUARDIANS = KnownSlot(
    "Giấy đồng ý của cha, mẹ hoặc người giám hộ",
    ("pdf", "jpeg", "png"),
    50,
    at_most=10,
    at_least=0,
    for_judges=False,
    for_minors=True,
)

KNOWN: tuple[KnownCategory, ...] = (
    KnownCategory(
        "IN",
        "Báo in",
        "print",
        _WRITTEN,
        (
            KnownSlot("Bản quét trang báo", ("pdf", "jpeg", "png"), 50, at_most=10, proof=True),
            _CLEAN_TEXT,
            _OF_GUARDIANS,
        ),
        needed=("issue", "page"),
    ),
    KnownCategory(
        "ĐT",
        "Báo điện tử",
        "online",
        (*_WRITTEN, *_OF_THE_NET),
        (
            KnownSlot("Bản lưu trang đã đăng", ("pdf", "jpeg", "png"), 100, at_most=5, proof=True),
            KnownSlot("Bản ghi hình, ghi âm của sản phẩm", ("mp4", "mov", "mp3", "m4a"), 1000, at_most=3, at_least=0),
            _CLEAN_TEXT,
            _OF_GUARDIANS,
        ),
    ),
    KnownCategory(
        "PT",
        "Phát thanh",
        "radio",
        (*_SPOKEN, "Chương trình phát thanh"),
        (
            KnownSlot("Tệp âm thanh", ("mp3", "m4a", "wav"), 500),
            KnownSlot("Lời bình, kịch bản", ("pdf", "docx"), 50),
            _ON_AIR,
            _OF_GUARDIANS,
        ),
        needed=("place", "aired_at"),
    ),
    KnownCategory(
        "TH",
        "Truyền hình",
        "television",
        (*_SPOKEN, "Chương trình truyền hình", "Phim tài liệu"),
        (
            KnownSlot("Tệp hình", ("mp4", "mov"), 4000),
            KnownSlot("Lời bình, kịch bản", ("pdf", "docx"), 50),
            _ON_AIR,
            _OF_GUARDIANS,
        ),
        needed=("place", "aired_at"),
    ),
    KnownCategory(
        "ẢNH",
        "Ảnh báo chí",
        "photo",
        ("Ảnh đơn", "Chùm ảnh", "Phóng sự ảnh"),
        (
            KnownSlot("Tệp ảnh gốc", ("jpeg",), 50, at_most=20, captions=True),
            KnownSlot("Bản quét trang đã đăng", ("pdf", "jpeg", "png"), 50, at_most=5, proof=True),
            _OF_GUARDIANS,
        ),
    ),
)
BY_CODE = {category.code: category for category in KNOWN}


def slot_words(slot: FileSlot) -> str:
    """Bản quét trang báo (PDF, Ảnh JPEG): 1 đến 10 tệp cho mỗi kỳ, mỗi tệp không quá 50 MB."""
    words = {
        "label": slot.label,
        "kinds": ", ".join(str(KIND_WORDS[kind]) for kind in slot.kinds),
        "least": slot.at_least,
        "most": slot.at_most,
        "size": dates.size(slot.max_bytes),
    }
    if slot.for_minors:
        count = _("khi có tác giả dưới 18 tuổi, nhiều nhất %(most)s tệp", **words)
    elif slot.at_least == 0:
        count = _("không bắt buộc, nhiều nhất %(most)s tệp", **words)
    elif slot.at_least == slot.at_most:
        count = _("%(most)s tệp", **words)
    else:
        count = _("%(least)s đến %(most)s tệp", **words)
    words["count"] = str(_("%(count)s cho mỗi kỳ", count=count)) if slot.per_part else str(count)
    if slot.lengths:
        words["size"] = f"{words['size']}; {length_words(slot.lengths)}"
    return str(_("%(label)s (%(kinds)s): %(count)s, mỗi tệp không quá %(size)s.", **words))
