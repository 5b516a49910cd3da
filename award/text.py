"""Vietnamese text: one canonical form, folded for search, keyed for sorting."""

import re
import unicodedata
from collections.abc import Iterable

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""The same but for the soft hyphen, which is a letter of an old font."""
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")

# CLDR vi: a < ă < â, d < đ, e < ê, o < ô < ơ, u < ư; tones none < huyền < hỏi < ngã < sắc < nặng.
_LETTERS = {letter: rank for rank, letter in enumerate("0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=2)}
_TONES = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
_ORDINARY = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "\t\v\f"), " ")
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: they make another letter, a tone does not
_TWO_WAYS = [
    [unicodedata.normalize("NFC", way) for way in (first + tone + last, first + last + tone)]
    for first, last in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in _TONES
]
"""Spellings whose tone two schools put on different letters: hòa, hoà."""
_MOVING = {way: both for both in _TWO_WAYS for way in both}
_ONE_OF_THEM = re.compile(f"({'|'.join(_MOVING)})")


def composed(text: str) -> str:
    """NFC with one kind of line break and without zero-width and direction signs; blanks stay as they were typed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNSEEN.sub("", text)


def canonical(text: str) -> str:
    """NFC, without invisible and control characters; runs of blanks are one blank, ends trimmed. Line breaks stay.

    Latin letters and figures of full width, as keyboards for Chinese type them, are ordinary ones; a tab is a blank.
    """
    text = text.translate(_ORDINARY).replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", text)
    if not text.isprintable():  # a text all of whose signs are seen has no control among them
        text = "".join(c for c in text if c == "\n" or not unicodedata.category(c).startswith("C"))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def one_line(text: str) -> str:
    """`canonical` with line breaks read as blanks: names, titles, numbers of papers."""
    return canonical(canonical(text).replace("\n", " "))


def folded(text: str) -> str:
    """Letters without marks and case, so that "duong" finds "Đường" and "hoà" equals "hòa"."""
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def as_spelt(text: str) -> str:
    """A regular expression that finds the text with all its marks and tones, in either case; hoà finds hòa."""
    pieces = _ONE_OF_THEM.split(unicodedata.normalize("NFC", text).lower())
    ways = [_MOVING.get(piece, [piece]) for piece in pieces]
    return "".join(
        _in_either_case(spelt[0]) if len(spelt) == 1 else f"(?:{'|'.join(map(_in_either_case, spelt))})"
        for spelt in ways
    )


def _in_either_case(text: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c != c.upper() else c if c.isalnum() else f"\\{c}" for c in text)


def length(text: str) -> int:
    """How many letters people see: a mark no composed letter has a place for counts with the letter it stands on."""
    return sum(not unicodedata.combining(c) for c in unicodedata.normalize("NFC", text))


def words(text: str) -> str:
    """Folded words with one blank between: marks, case, quotes, dashes and brackets say nothing."""
    return _NOT_WORDS.sub(" ", folded(text)).strip()


def sort_key(text: str) -> bytes:
    """Bytes whose order is the Vietnamese alphabetical order of `text` (the order ICU gives for `vi`).

    Letters weigh first, tones second, case last; other characters sort before letters.
    """
    letters, tones, cases = bytearray(), bytearray(), bytearray()
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            letters.append(1)
            continue
        parts = unicodedata.normalize("NFD", char)
        shape = unicodedata.normalize("NFC", parts[0].lower() + "".join(c for c in parts[1:] if c in _SHAPES))
        rank = _LETTERS.get(shape)
        if rank is None:
            continue
        letters.append(rank)
        tones.append(next((_TONES[c] for c in parts[1:] if c in _TONES), 1))
        cases.append(2 if char.isupper() else 1)
    return bytes(letters) + b"\x00" + bytes(tones) + b"\x00" + bytes(cases)


def name_sort_key(full_name: str) -> bytes:
    """Sort key of a person's name by tên, then họ, then đệm, as Vietnamese lists are ordered."""
    words = one_line(full_name).split(" ")
    if len(words) < 2:
        return sort_key(full_name)
    return b"\x00\x00".join(sort_key(part) for part in (words[-1], words[0], " ".join(words[1:-1])))


def each_once(lines: Iterable[str]) -> list[str]:
    """What each line says, once, in order; empty ones say nothing."""
    return list(dict.fromkeys(words for line in lines if (words := one_line(canonical(line)))))
