"""What of the ledger is looked at: one value, read from the address, which page and export share."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _

from award.editions.posting import NAMES
from award.intake.pieces import KINDS

STATES = {
    "alone": ("doing", _("Chưa gắn tác phẩm")),
    "begun": ("doing", _("Đã gắn, chưa nộp")),
    "works": ("done", _("Đã gắn tác phẩm")),
    "late": ("bad", _("Quá hạn")),
    "void": ("none", _("Ghi nhầm")),
}
"""Where a parcel stands → mark and word."""

_NAMES = {"state": "tinh-trang", "channel": "cach-nhan", "words": "tim"}
_CLOSED: dict[str, Collection[str]] = {"state": STATES, "channel": NAMES}

HELD = {"kept": _("Đang giữ"), "given": _("Đã trả lại")}
_ITEM_NAMES = {"held": "con", "kind": "loai", "words": "tim"}
_ITEM_CLOSED: dict[str, Collection[str]] = {"held": HELD, "kind": KINDS}


def _read(
    address: Mapping[str, str], names: Mapping[str, str], closed: Mapping[str, Collection[str]]
) -> dict[str, str]:
    said = {name: address.get(key, "").strip()[:200] for name, key in names.items()}
    return {name: text for name, text in said.items() if name not in closed or text in closed[name]}


def _written(said: Mapping[str, str], names: Mapping[str, str], turn: Mapping[str, str] | None) -> str:
    kept = {names[name]: text for name, text in said.items() if text} | dict(turn or {})
    return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True)
class LedgerFilter:
    """Empty text asks for nothing; a value nobody knows is no filter."""

    state: str = ""
    channel: str = ""
    words: str = ""

    @classmethod
    def read(cls, address: Mapping[str, str]) -> "LedgerFilter":
        return cls(**_read(address, _NAMES, _CLOSED))

    @property
    def narrows(self) -> bool:
        return self != LedgerFilter()

    def address(self, turn: Mapping[str, str] | None = None, **changed: str) -> str:
        """The filter as the end of an address, with some of it changed and the turn to another page."""
        return _written(asdict(replace(self, **changed)), _NAMES, turn)


@dataclass(frozen=True)
class ItemFilter:
    """The same of the things in parcels."""

    held: str = ""
    kind: str = ""
    words: str = ""

    @classmethod
    def read(cls, address: Mapping[str, str]) -> "ItemFilter":
        return cls(**_read(address, _ITEM_NAMES, _ITEM_CLOSED))

    @property
    def narrows(self) -> bool:
        return self != ItemFilter()

    def address(self, turn: Mapping[str, str] | None = None, **changed: str) -> str:
        return _written(asdict(replace(self, **changed)), _ITEM_NAMES, turn)
