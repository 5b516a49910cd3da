"""What of the queue is looked at, and in which order: one value, read from the address, which page and export share."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _

from award.editions.posting import CHANNELS

STATES = {
    "pending": ("none", _("Chờ kiểm tra")),
    "answered": ("doing", _("Đã bổ sung")),
    "correction": ("warn", _("Đề nghị bổ sung")),
    "overdue": ("bad", _("Quá hạn bổ sung")),
    "eligible": ("done", _("Đủ điều kiện")),
    "ineligible": ("bad", _("Không đủ điều kiện")),
    "withdrawn": ("none", _("Đã rút")),
}
"""Where a dossier stands with the secretariat → mark and word."""

FINDINGS = {"red": _("Có quy định chưa đạt"), "amber": _("Có nội dung cần xem lại"), "green": _("Mọi quy định đạt")}
ORDERS = {
    "": _("Mã hồ sơ"),
    "title": _("Tên tác phẩm"),
    "name": _("Tác giả, theo tên"),
    "family": _("Tác giả, theo họ"),
    "submitted": _("Thời gian nộp"),
}
WAYS = {"online": _("Trực tuyến"), **CHANNELS}
"""By which way a dossier came."""
UNLISTED = "khac"
"""The organs that are not in the list."""

_NAMES = {
    "decision": "ket-luan",
    "category": "loai-hinh",
    "newsroom": "co-quan",
    "channel": "den-bang",
    "findings": "kiem-tra",
    "words": "tim",
    "order": "xep",
}
_CLOSED: dict[str, Collection[str]] = {"decision": STATES, "channel": WAYS, "findings": FINDINGS, "order": ORDERS}


@dataclass(frozen=True)
class QueueFilter:
    """Empty text asks for nothing. `category` and `newsroom` are public ids; `newsroom` may be `UNLISTED`."""

    decision: str = ""
    category: str = ""
    newsroom: str = ""
    channel: str = ""
    findings: str = ""
    words: str = ""
    order: str = ""

    @classmethod
    def read(cls, address: Mapping[str, str], categories: Collection[str]) -> "QueueFilter":
        """The filter of an address in an edition with these categories; a value nobody knows is no filter."""
        said = {name: address.get(key, "").strip()[:200] for name, key in _NAMES.items()}
        known = _CLOSED | {"category": categories}
        return cls(**{name: text for name, text in said.items() if name not in known or text in known[name]})

    @classmethod
    def saved(cls, asked: Mapping[str, str]) -> "QueueFilter":
        """The filter that `asked` tells of, as far as the queue still knows what it says."""
        return cls(**{name: text for name, text in asked.items() if name in _NAMES})

    @property
    def asked(self) -> dict[str, str]:
        """What it asks for, by the names of its parts."""
        return {name: text for name, text in asdict(self).items() if text}

    @property
    def narrows(self) -> bool:
        return replace(self, order="") != QueueFilter()

    def address(self, turn: Mapping[str, str] | None = None, **changed: str) -> str:
        """The filter as the end of an address, with some of it changed; nothing when it asks for nothing.

        `turn` is what leads to a page of it other than the first.
        """
        said = asdict(replace(self, **changed))
        kept = {_NAMES[name]: text for name, text in said.items() if text} | dict(turn or {})
        return f"?{urlencode(kept)}" if kept else ""
