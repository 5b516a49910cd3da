"""What a prize is given to: a work, on the ladder or for a theme; a body; a person a work depicts."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from award.editions.clauses import rule
from award.editions.matters import Words
from award.editions.models import PRIZE_KINDS, Edition, PrizeLevel

FOR_WORKS = ("main", "thematic")
"""Kinds that are prizes of works; the others are honours of a recipient named in words."""

PRIZE_KIND_WORDS: Mapping[str, Words] = {
    "main": _("tác phẩm (giải chính)"),
    "thematic": _("tác phẩm (giải Chuyên đề)"),
    "collective": _("tập thể"),
    "person": _("nhân vật tiêu biểu trong tác phẩm"),
}

assert tuple(PRIZE_KIND_WORDS) == PRIZE_KINDS


def is_for(level: PrizeLevel, category_code: str) -> bool:
    """Whether a work of the loại hình with these letters can have the prize; of those that name none, every work."""
    return not level.categories or category_code in level.categories


def only_for_words(level: PrizeLevel, edition: Edition) -> str:
    """Báo in, Báo điện tử: the loại hình it is for alone, in the edition's order; nothing where it is for all."""
    return ", ".join(each.name for each in edition.categories if each.code in level.categories)


def may_hold_both(edition: Edition) -> bool:
    """Whether one work may hold a prize of the ladder and a thematic one: only where the rules say so."""
    return rule(edition, "thematic_and_main").yes
