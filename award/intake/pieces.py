"""What a parcel holds, typed in one line as a clerk says it: 1 bì, 2 usb, 3 bản in. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.text import one_line, words

KINDS = {
    "envelope": lazy_gettext("Bì thư"),
    "print": lazy_gettext("Bản in"),
    "usb": lazy_gettext("USB"),
    "disk": lazy_gettext("Ổ cứng"),
    "disc": lazy_gettext("Đĩa"),
    "other": lazy_gettext("Khác"),
}
USUAL = {"post": "1 bì", "hand": "1 bì", "email": "", "usb": "1 USB", "disk": "1 ổ cứng"}
"""What comes by each way unless something else is typed."""
_SAID = {
    "envelope": ("bi", "bi thu", "phong bi", "thu", "goi", "tui"),
    "print": ("ban in", "ban giay", "bao", "to", "trang", "ban chup", "ban goc", "ho so giay"),
    "usb": ("usb",),
    "disk": ("o cung", "hdd", "ssd", "o di dong"),
    "disc": ("dia", "cd", "dvd", "dia cd", "dia dvd"),
}
_KIND_OF = {name: kind for kind, names in _SAID.items() for name in names}
_BETWEEN = re.compile(r"[,;+\n]|\s+(?:và)\s+")
_COUNTED = re.compile(r"(\d{1,4})\s*(?:x\s+)?(.*)", re.IGNORECASE)
MOST = 20
_LONGEST = 200


@dataclass(frozen=True)
class Told:
    """Some things of one kind. `words` as typed where the kind does not say enough."""

    kind: str
    count: int
    words: str = ""

    def __str__(self) -> str:
        name = self.words or str(KINDS[self.kind])
        within = name if name[1:2].isupper() else name[:1].lower() + name[1:]
        return str(_("%(n)s %(thing)s", n=self.count, thing=within))


class Unread(Exception):
    """The line cannot be taken; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read(text: str) -> list[Told]:
    """The things of the line in their order. Raises Unread when one of them cannot be counted."""
    found = [_one(piece) for each in _BETWEEN.split(text) if (piece := one_line(each))]
    if len(found) > MOST:
        raise Unread(_("Nhiều nhất %(n)s loại hiện vật trong một gói.", n=MOST))
    return found


def said(told: Sequence[Told]) -> str:
    """The line that says these things."""
    return ", ".join(str(each) for each in told)


def _one(piece: str) -> Told:
    counted = _COUNTED.fullmatch(piece)
    count, name = (int(counted[1]), counted[2].strip()) if counted else (1, piece)
    if count == 0:
        raise Unread(_("Số lượng phải từ 1: “%(piece)s”.", piece=piece[:60]))
    if not name:
        raise Unread(_("Chưa rõ là hiện vật gì: “%(piece)s”. Ví dụ: 1 bì, 2 USB, 3 bản in.", piece=piece[:60]))
    if len(name) > _LONGEST:
        raise Unread(_("Dài %(n)s ký tự; tối đa %(limit)s ký tự.", n=len(name), limit=_LONGEST))
    typed = words(name)
    kind = _KIND_OF.get(typed) or _begins_with(typed)
    return Told(kind, count, "" if typed in _KIND_OF else name)


def _begins_with(typed: str) -> str:
    """The kind whose name the words begin with: "usb 32gb den" is a USB stick; other things keep their own words."""
    fitting = [name for name in _KIND_OF if typed.startswith(f"{name} ")]
    return _KIND_OF[max(fitting, key=len)] if fitting else "other"
