"""How long one file of a place may be: minutes of a recording, pages of a paper, words of a text, as rules set it."""

from collections.abc import Mapping
from math import ceil

from flask_babel import lazy_gettext as _

from award import dates
from award.editions.matters import Words

LENGTHS: tuple[tuple[str, Words], ...] = (
    ("minutes", _("Mỗi tệp dài không quá (phút)")),
    ("pages", _("Mỗi tệp không quá (trang)")),
    ("words", _("Mỗi tệp không quá (chữ)")),
)
"""Measure, and its label on the page of the category."""

_SAID = {"minutes": _("%(n)s phút"), "pages": _("%(n)s trang"), "words": _("%(n)s chữ")}


def measured(measure: str, n: int) -> str:
    """30 phút; 5 trang; 1.500 chữ."""
    return str(_SAID[measure]) % {"n": dates.number(n)}


def length_words(lengths: Mapping[str, int]) -> str:
    """30 phút; 5 trang: what one file may be at most, for within a sentence. Empty where nothing is set."""
    return "; ".join(measured(code, lengths[code]) for code, _label in LENGTHS if code in lengths)


def begun(seconds: float) -> int:
    """Minutes begun: what lasts thirty minutes and a breath of less than a second lasts thirty."""
    return ceil(int(seconds) / 60)
