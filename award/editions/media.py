"""What a work of each medium is asked for, said once: forms, rules, check pages and judges' pages read it from here.

A medium decides the words and the fields; which of them an entry cannot be submitted without is said by the category.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Literal, Protocol

from flask_babel import lazy_gettext as _

from award.editions.matters import Words

Medium = Literal["print", "online", "radio", "television", "photo"]
MEDIA: tuple[Medium, ...] = ("print", "online", "radio", "television", "photo")


@dataclass(frozen=True)
class Asked:
    """One thing a part of a work is asked for. `name` is its column, and its field in the form."""

    name: Literal["issue", "page", "place", "channel", "aired_at", "link"]
    label: Words
    noun: Words
    """Within a sentence: Còn thiếu: số báo kỳ 2."""
    hint: Words = ""
    width: str = ""
    """Of its field: short, number, medium; empty for the whole line."""


@dataclass(frozen=True)
class MediumAsks:
    """The form of one medium."""

    name: Words
    parts: Words
    """Title of all parts together."""
    one: Words
    """Title of a part that is the only one."""
    title: Words
    published: Words
    published_noun: Words
    asked: tuple[Asked, ...]
    roles: tuple[Words, ...]
    """What its authors usually are; offered, never demanded."""
    byline_hint: Words
    always: frozenset[str] = frozenset()
    """What no category of the medium can do without."""

    def field(self, name: str) -> Asked:
        return next(asked for asked in self.asked if asked.name == name)

    def needs(self, chosen: Iterable[str]) -> frozenset[str]:
        """The fields of a part that must be filled in, when the category has chosen these."""
        return self.always | {asked.name for asked in self.asked if asked.name in set(chosen)}


class PartLike(Protocol):
    """Whatever says where one part appeared: a row, a reading of it, what a form holds."""

    @property
    def issue(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def aired_at(self) -> time | None: ...


def _issue() -> Asked:
    return Asked("issue", _("Số báo"), _("số báo"), _("Ví dụ: 7520; tạp chí ghi cả kỳ, năm."), "medium")


def _page() -> Asked:
    return Asked("page", _("Trang"), _("trang báo"), _("Ví dụ: 1 và 3"), "short")


def _section() -> Asked:
    return Asked("place", _("Chuyên trang, chuyên mục"), _("chuyên mục"))


def _link() -> Asked:
    return Asked("link", _("Đường dẫn"), _("đường dẫn"))


def _posted_at() -> Asked:
    return Asked("aired_at", _("Giờ đăng lần đầu"), _("giờ đăng"), _("Ví dụ: 08:15"), "number")


def _channel(example: Words) -> Asked:
    return Asked("channel", _("Kênh, sóng phát"), _("kênh phát"), example, "medium")


def _aired_at() -> Asked:
    return Asked("aired_at", _("Giờ phát sóng lần đầu"), _("giờ phát sóng"), _("Ví dụ: 19:45"), "number")


_PRINTED_BYLINE = _("Ghi đúng như in trên báo.")
_HEARD_BYLINE = _("Ghi đúng như đọc hoặc hiện trong chương trình.")

ASKS: Mapping[str, MediumAsks] = {
    "print": MediumAsks(
        name=_("Báo in"),
        parts=_("Các kỳ đã đăng"),
        one=_("Bài đã đăng"),
        title=_("Tên bài (kỳ)"),
        published=_("Ngày đăng lần đầu"),
        published_noun=_("ngày đăng"),
        asked=(_issue(), _page(), _section(), _link()),
        roles=(_("viết bài"), _("ảnh"), _("đồ họa")),
        byline_hint=_PRINTED_BYLINE,
    ),
    "online": MediumAsks(
        name=_("Báo điện tử"),
        parts=_("Các kỳ đã đăng"),
        one=_("Bài đã đăng"),
        title=_("Tên bài (kỳ)"),
        published=_("Ngày đăng lần đầu"),
        published_noun=_("ngày đăng"),
        asked=(_link(), _posted_at(), _section()),
        roles=(_("viết bài"), _("ảnh"), _("video"), _("đồ họa"), _("kỹ thuật trình bày")),
        byline_hint=_PRINTED_BYLINE,
        always=frozenset({"link"}),
    ),
    "radio": MediumAsks(
        name=_("Phát thanh"),
        parts=_("Các kỳ đã phát sóng"),
        one=_("Tác phẩm đã phát sóng"),
        title=_("Tên tác phẩm (kỳ)"),
        published=_("Ngày phát sóng lần đầu"),
        published_noun=_("ngày phát sóng"),
        asked=(
            Asked("place", _("Chương trình, chuyên mục"), _("chương trình phát sóng")),
            _channel(_("Ví dụ: FM 106,5 MHz")),
            _aired_at(),
            _link(),
        ),
        roles=(
            _("kịch bản"),
            _("biên tập"),
            _("đạo diễn"),
            _("phóng viên"),
            _("dẫn chương trình"),
            _("kỹ thuật âm thanh"),
        ),
        byline_hint=_HEARD_BYLINE,
    ),
    "television": MediumAsks(
        name=_("Truyền hình"),
        parts=_("Các kỳ đã phát sóng"),
        one=_("Tác phẩm đã phát sóng"),
        title=_("Tên tác phẩm (kỳ)"),
        published=_("Ngày phát sóng lần đầu"),
        published_noun=_("ngày phát sóng"),
        asked=(
            Asked("place", _("Chương trình, chuyên mục"), _("chương trình phát sóng")),
            _channel(_("Tên kênh như trên sóng.")),
            _aired_at(),
            _link(),
        ),
        roles=(
            _("kịch bản"),
            _("biên tập"),
            _("đạo diễn"),
            _("quay phim"),
            _("phóng viên"),
            _("dẫn chương trình"),
            _("dựng phim"),
        ),
        byline_hint=_HEARD_BYLINE,
    ),
    "photo": MediumAsks(
        name=_("Ảnh báo chí"),
        parts=_("Các kỳ đã đăng"),
        one=_("Ảnh đã đăng"),
        title=_("Tên ảnh, nhóm ảnh như đã đăng"),
        published=_("Ngày đăng lần đầu"),
        published_noun=_("ngày đăng"),
        asked=(_issue(), _page(), _section(), _link()),
        roles=(_("ảnh"), _("viết lời")),
        byline_hint=_PRINTED_BYLINE,
    ),
}

PART_FIELDS: tuple[str, ...] = ("issue", "page", "place", "channel", "aired_at", "link")
"""Every field of a part that some medium asks for."""

WORK_FIELDS: Mapping[str, Words] = {
    "topic": _("nội dung theo kế hoạch"),
    "summary": _("tóm tắt nội dung"),
}
"""What a category may demand of the work as a whole, as it stands in a sentence."""

AUTHOR_FIELDS: Mapping[str, Words] = {"share": _("tỷ lệ đóng góp của từng tác giả")}
"""What a category may demand of each author of several."""


def needable(medium: str) -> list[tuple[str, Words]]:
    """What a category of the medium may demand, with the label of each; what it always demands is left out."""
    asks = ASKS[medium]
    labels: dict[str, Words] = {
        "topic": _("Nội dung theo kế hoạch"),
        "summary": _("Tóm tắt nội dung"),
        "share": _("Tỷ lệ đóng góp của từng tác giả"),
    }
    return [(a.name, a.label) for a in asks.asked if a.name not in asks.always] + list(labels.items())


def needed_words(medium: str, chosen: Iterable[str]) -> str:
    """số báo, trang báo: what an entry of the category is not submitted without."""
    asks = ASKS[medium]
    nouns = [str(a.noun) for a in asks.asked if a.name in asks.needs(chosen)]
    return ", ".join(
        nouns + [str(noun) for name, noun in {**WORK_FIELDS, **AUTHOR_FIELDS}.items() if name in set(chosen)]
    )


def hour(at: time) -> str:
    """19 giờ 45."""
    return str(_("%(hour)s giờ %(minute)s", hour=f"{at.hour:02d}", minute=f"{at.minute:02d}"))


def called(ordinal: int, title: str) -> str:
    """Kỳ 2: Đi tiếp. A title that says by itself which part it is says it once."""
    words = str(_("Kỳ %(n)s", n=ordinal))
    if not title or title.casefold().startswith(words.casefold()):
        return title or words
    return f"{words}: {title}"


def where(part: PartLike) -> str:
    """Where the part appeared, in one line: Số 7520, trang 3, Xây dựng Đảng; or Thời sự tối, KTV, 19 giờ 45."""
    told = [
        str(_("số %(issue)s", issue=part.issue)) if part.issue else "",
        str(_("trang %(page)s", page=part.page)) if part.page else "",
        part.place,
        part.channel,
        hour(part.aired_at) if part.aired_at else "",
    ]
    line = ", ".join(words for words in told if words)
    return line[:1].upper() + line[1:] if part.issue or part.page else line
