"""What differs between two contents of one dossier, field by field, in the words of the form. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.editions.declaring import PURPOSES
from award.editions.media import ASKS, Medium

Content = Mapping[str, Any]

_ORDER = (
    *("title", "published_on", "outlet", "aired_at", "channel", "place", "issue", "page", "link"),
    *("legal_name", "pen_name", "role", "share", "employer", "phone", "guardian", "contact"),
    *("award", "level", "organiser", "year"),
)
"""The fields of a row in the order in which a line says them: the database keeps none."""


@dataclass(frozen=True)
class Change:
    """One thing that says something else; empty text where nothing stood or stands."""

    label: str
    before: str
    after: str


def changes(before: Content, after: Content, medium: Medium) -> list[Change]:
    """Everything that differs, in the order of the form. Both are contents as `receipts.said` makes them."""
    found = [*_work(before, after), *_parts(before, after, medium), *_authors(before, after)]
    return [*found, *_files(before, after), *_declared(before, after)]


def _work(before: Content, after: Content) -> Iterable[Change]:
    labels = {
        "title": _("Tên tác phẩm"),
        "genre": _("Thể loại"),
        "topic": _("Nội dung"),
        "publisher": _("Cơ quan đăng, phát"),
        "byline": _("Tên tác giả như đã đăng, phát"),
        "summary": _("Tóm tắt nội dung"),
        "elsewhere": _("Nền tảng khác đã đăng, phát"),
    }
    return _differing(labels, before, after)


def _parts(before: Content, after: Content, medium: Medium) -> Iterable[Change]:
    """Parts are the same by their number; their fields have the words of the medium."""
    asks = ASKS[medium]
    words: dict[str, object] = {
        "title": asks.title,
        "published_on": asks.published,
        "outlet": _("Cơ quan đăng, phát"),
        **{each.name: each.label for each in asks.asked},
    }
    old, new = before.get("parts", []), after.get("parts", [])
    for n in range(max(len(old), len(new))):
        name = _("Kỳ %(n)s", n=n + 1)
        if n >= len(old) or n >= len(new):
            yield Change(name, _line(old[n]) if n < len(old) else "", _line(new[n]) if n < len(new) else "")
            continue
        labels = {key: _of_part(name, str(label)) for key, label in words.items()}
        labels |= {key: name for key in new[n] if key not in words and key != "ordinal"}
        yield from _differing(labels, old[n], new[n])


def _of_part(part: str, label: str) -> str:
    return f"{part}, {label[:1].lower()}{label[1:]}" if label else part


def _authors(before: Content, after: Content) -> Iterable[Change]:
    """Authors are the same by their names; who comes, goes, or changes place is told."""
    old = {author["legal_name"]: author for author in before.get("authors", [])}
    new = {author["legal_name"]: author for author in after.get("authors", [])}
    for name in list(dict.fromkeys([*old, *new])):
        one, other = _line(old.get(name, {})), _line(new.get(name, {}))
        if one != other:
            yield Change(_("Tác giả %(name)s", name=name), one, other)
    kept = [[name for name in side if name in old and name in new] for side in (old, new)]
    if kept[0] != kept[1]:
        yield Change(_("Thứ tự tác giả"), ", ".join(old), ", ".join(new))


def _files(before: Content, after: Content) -> Iterable[Change]:
    """Files are the same by their bytes; each place tells what stood in it and what stands, in order."""
    old, new = _places(before), _places(after)
    for slot, part in list(dict.fromkeys([*old, *new])):
        one, other = old.get((slot, part), {}), new.get((slot, part), {})
        if list(one) != list(other):
            label = slot if part is None else _("%(label)s, kỳ %(n)s", label=slot, n=part)
            yield Change(label, "; ".join(one.values()), "; ".join(other.values()))


def _places(content: Content) -> dict[tuple[str, int | None], dict[str, str]]:
    """Place -> files in it: fingerprint and words under it -> name, size and these words."""
    found: dict[tuple[str, int | None], dict[str, str]] = {}
    for file in content.get("files", []):
        words = f"{file['name']} ({dates.size(file['size'])})"
        under = file.get("caption", "")
        standing = found.setdefault((file["slot"], file["part"]), {})
        standing[f"{file['fingerprint']} {under}"] = f"{words}: {under}" if under else words
    return found


def _declared(before: Content, after: Content) -> Iterable[Change]:
    one, other = _prizes(before), _prizes(after)
    if one != other:
        yield Change(_("Giải thưởng đã đạt"), one, other)
    for code, label in PURPOSES.items():
        agreed = [str(_("Đã đồng ý")) if code in side.get("declared", {}) else "" for side in (before, after)]
        if agreed[0] != agreed[1]:
            yield Change(str(label), *agreed)


def _prizes(content: Content) -> str:
    if content.get("no_prior_prize"):
        return str(_("Chưa đạt giải nào"))
    return "; ".join(_line(prize) for prize in content.get("prior_prizes", []))


def _differing(labels: Mapping[str, str], before: Content, after: Content) -> Iterable[Change]:
    for key, label in labels.items():
        one, other = _word(key, before.get(key)), _word(key, after.get(key))
        if one != other:
            yield Change(label, one, other)


def _line(row: Content) -> str:
    """What one row says, in one line."""
    keys = sorted((key for key in row if key != "ordinal"), key=_place)
    return ", ".join(text for key in keys if (text := _word(key, row[key])))


def _place(key: str) -> tuple[int, str]:
    return (_ORDER.index(key) if key in _ORDER else len(_ORDER), key)


def _word(key: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return str(_("người liên hệ")) if key == "contact" else str(_("có"))
    if key == "published_on":
        return dates.day(date.fromisoformat(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(each) for each in value)
    return str(value)
