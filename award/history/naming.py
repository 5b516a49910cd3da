"""What awards, their editions and their prizes are called, and which names mean the same. Pure.

A province's award for the press on building the Party bears two names: "Giải báo chí về xây dựng Đảng tỉnh …" and "Giải
Búa liềm vàng tỉnh …"; without a place either is the national award. Lists, declarations and people use both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from award.editions.roman import roman
from award.text import one_line, words

_EDITION = re.compile(r"\b(lan (thu )?[a-z0-9]+|nam \d{4}|nam hoc \d{4}.*)\b.*$")
_LEVEL_BEFORE = re.compile(r"^giai (dac biet|khuyen khich|chuyen de|nhat|nhi|ba|a|b|c) (cua )?(?=giai )")
_TWO_NAMES = re.compile(
    r"\b(giai thuong|giai|bao chi|toan quoc|trung uong|viet ve|ve|cong tac|xay dung dang|bua liem vang"
    r"|va( xay dung)? he thong chinh tri)\b"
)
_PLACE = re.compile(r"^(cap )?(tinh|thanh pho|tp) (?=\S)")
_ORDINALS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ORDINAL = re.compile(rf"(?:lan )?(?:thu )?([ivxlc]+|\d{{1,3}}|{'|'.join(_ORDINALS)})(?: nam \d{{4}})?")
_ROMAN = {roman(number).lower(): number for number in range(1, 100)}
_PARTY = "xay dung dang"


def award_key(name: str) -> str:
    """The same for every name of one award; number and year of an edition do not count."""
    bare = _LEVEL_BEFORE.sub("", _EDITION.sub("", words(name)).strip())
    if "bua liem vang" not in bare and not ("bao chi" in bare and _PARTY in bare):
        return re.sub(r"^giai (thuong )?", "", bare)
    place = " ".join(_TWO_NAMES.sub(" ", bare).split())
    return f"{_PARTY}/{_PLACE.sub('', place)}"


def same_award(one: str, other: str) -> bool:
    """Whether two names mean one award."""
    return award_key(one) == award_key(other) != ""


def names(award: str, text: str) -> bool:
    """Whether a text names the award; one that bears two names is named only with its place."""
    key = award_key(award)
    return award_key(text) == key if "/" in key else key != "" and key in words(text)


def award_words(name: str) -> str:
    """What a search for the award looks at: its name as written and, where it has two, both."""
    kind, slash, place = award_key(name).partition("/")
    if not slash:
        return words(name)
    where = f" tinh {place}" if place else " toan quoc"
    return f"{words(name)} giai bao chi ve {kind}{where} giai bua liem vang{where}"


def ordinal(text: str) -> str | None:
    """III for III, 3, "lần thứ III - năm 2023" and "lần thứ ba"; empty for nothing; None for what is no number."""
    said = words(text)
    if not said:
        return ""
    found = _ORDINAL.fullmatch(said)
    if found is None:
        return None
    number = found[1]
    if number in _ORDINALS:
        return roman(_ORDINALS.index(number) + 1)
    counted = int(number) if number.isdigit() else _ROMAN.get(number, 0)
    return roman(counted) if 0 < counted < 100 else None


def edition_words(ordinal_words: str, year: int) -> str:
    """lần thứ III - năm 2023, or năm 2023 where the number is not known."""
    return f"lần thứ {ordinal_words} - năm {year}" if ordinal_words else f"năm {year}"


@dataclass(frozen=True)
class Level:
    """A prize as it stands in a list. `rank` 1 is the highest; `key` is the same for every way to write it."""

    words: str
    key: str
    rank: int


LEVELS = {
    "dac biet": 1,
    "a": 2,
    "nhat": 2,
    "b": 3,
    "nhi": 3,
    "c": 4,
    "ba": 4,
    "khuyen khich": 5,
    "chuyen de": 6,
}
_OTHERWISE = {"kk": "khuyen khich", "xuat sac": "dac biet"}
_LAST = 7


def level(text: str, own: Mapping[str, int]) -> Level | None:
    """The prize a cell names: a usual one, one of the award's `own` (words of its name -> rank), or "Khác: …".

    A thematic prize may bear its theme: "Chuyên đề: …". None is what is no known prize.
    """
    written = one_line(text)
    said = re.sub(r"^giai (thuong )?", "", words(text))
    said = _OTHERWISE.get(said, said)
    if said in LEVELS:
        return Level(written, said, LEVELS[said])
    if said in own:
        return Level(written, said, own[said])
    if said.startswith("chuyen de "):
        return Level(written, said, LEVELS["chuyen de"])
    after = re.match(r"(?i)(?:giải\s+)?khác\s*[:-]\s*(\S.*)", written)
    return Level(after[1], words(after[1]), _LAST) if after and words(after[1]) else None


def prize_words(level_words: str) -> str:
    """Giải A, however short a list writes it."""
    return level_words if words(level_words).startswith("giai ") else f"Giải {level_words}"


def own_level(name: str) -> str:
    """The words by which `level` knows a prize of the award's own structure."""
    return re.sub(r"^giai (thuong )?", "", words(name))
