"""What a prize is given to: a work, on the ladder or for a theme; a body; a person a work depicts."""

from collections.abc import Collection, Mapping

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
    """Báo in, Báo điện tử: the loại hình it is for alone, in the edition's order; nothing where it is for all.

    Letters that no loại hình of a draft has stand as they are.
    """
    names = {each.code: each.name for each in edition.categories}
    return ", ".join([names[code] for code in names if code in level.categories] + _unknown(level, names))


def orphaned(edition: Edition) -> list[tuple[PrizeLevel, str]]:
    """Prizes with each of their letters that no loại hình of the edition has."""
    known = {each.code for each in edition.categories}
    return [(level, code) for level in edition.prize_levels for code in _unknown(level, known)]


def _unknown(level: PrizeLevel, known: Collection[str]) -> list[str]:
    return [code for code in level.categories or () if code not in known]


def may_hold_both(edition: Edition) -> bool:
    """Whether one work may hold a prize of the ladder and a thematic one: only where the rules say so."""
    return rule(edition, "thematic_and_main").yes


def one_of(edition: Edition, kind: str) -> frozenset[str]:
    """The kinds of which a work holds one prize at most, where it holds one of this kind."""
    return frozenset((kind,) if may_hold_both(edition) else FOR_WORKS)
