"""Kinds of press organ, as rules and registers name them. An organ may be of several, as merged ones are."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _

OUTLETS = {
    "newspaper": _("báo"),
    "magazine": _("tạp chí"),
    "station": _("đài phát thanh, truyền hình"),
    "bulletin": _("bản tin"),
    "portal": _("cổng, trang thông tin điện tử"),
    "grassroots": _("truyền thanh cơ sở"),
    "channel": _("kênh nội dung của cơ quan báo chí"),
}


def outlet_words(kinds: Collection[str]) -> str:
    """báo; tạp chí: the kinds in their order, for within a sentence."""
    return "; ".join(str(words) for kind, words in OUTLETS.items() if kind in kinds)
