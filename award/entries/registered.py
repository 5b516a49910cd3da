"""Everything a work was sent with, as its receipt holds it, in the lines of the entry form. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.editions.media import called, where

Row = tuple[str, str]


@dataclass(frozen=True)
class _Appeared:
    issue: str
    page: str
    place: str
    channel: str
    aired_at: time | None


def registered(content: Mapping[str, Any]) -> list[Row]:
    """Name and words of each answer, work, parts, authors, prizes, files; what was left empty is left out."""
    rows = [
        (_("Mã hồ sơ"), content["code"]),
        (_("Tên tác phẩm"), content["title"]),
        (_("Loại hình"), content["category"]),
        (_("Thể loại"), content.get("genre") or ""),
        (_("Nội dung"), content.get("topic") or ""),
        (_("Cơ quan đăng, phát"), content["publisher"]),
        (_("Nền tảng khác đã đăng, phát"), content.get("elsewhere", "")),
        (_("Tên tác giả như đã đăng, phát"), content.get("byline", "")),
        (_("Tóm tắt nội dung"), content.get("summary", "")),
        *_parts(content["parts"]),
        *_authors(content["authors"]),
        (_("Giải thưởng đã đạt"), _prizes(content)),
        (_("Tệp"), "\n".join(_file(each) for each in content["files"])),
    ]
    return [(name, words) for name, words in rows if words]


def _parts(parts: list[Mapping[str, Any]]) -> Iterator[Row]:
    for part in parts:
        day = dates.day(date.fromisoformat(part["published_on"])) if part["published_on"] else ""
        aired = time.fromisoformat(part["aired_at"]) if part["aired_at"] else None
        at = _Appeared(part["issue"], part["page"], part["place"], part["channel"], aired)
        told = (part["title"], day, part.get("outlet", ""), where(at), part["link"])
        name = called(part["ordinal"], "") if len(parts) > 1 else _("Đăng, phát")
        yield name, "\n".join(words for words in told if words)


def _authors(authors: list[Mapping[str, Any]]) -> Iterator[Row]:
    for n, author in enumerate(authors, start=1):
        pen = f" ({author['pen_name']})" if author["pen_name"] else ""
        told = (
            author["legal_name"] + pen,
            author["employer"],
            _("Vai trò: %(role)s", role=author["role"]) if author["role"] else "",
            _("Tỷ lệ đóng góp: %(share)s", share=author["share"]) if author.get("share") else "",
            _("Điện thoại: %(phone)s", phone=author["phone"]) if author["phone"] else "",
            _("Người liên hệ") if author["contact"] else "",
            _("Dưới 18 tuổi. Cha, mẹ hoặc người giám hộ đồng ý: %(name)s", name=author["guardian"])
            if author.get("guardian")
            else "",
        )
        yield _("Tác giả thứ %(n)s", n=n), "\n".join(words for words in told if words)


def _prizes(content: Mapping[str, Any]) -> str:
    if content["no_prior_prize"]:
        return str(_("Chưa đạt giải nào"))
    prizes = content["prior_prizes"]
    told = ((each["award"], each["level"], each["organiser"], str(each["year"] or "")) for each in prizes)
    return "\n".join(", ".join(word for word in words if word) for words in told)


def _file(file: Mapping[str, Any]) -> str:
    late = f", {_('gửi sau')}" if file["state"] == "due" else ""
    return f"{file['name']} ({dates.size(file['size'])}){late}"
