"""Finding a text again that was shortened, retitled, mended or put into a longer one. Pure: words in, numbers out.

Vietnamese writes a blank between syllables, so no dictionary is needed: five syllables in a row are a shingle, and two
texts have in common what shingles they share. Marks and case count for nothing: hoà equals hòa, and a text that was
typed without marks is found too.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

WIDTH = 5
FEWEST = 30
"""Of so few shingles nothing follows: a caption, a line of publication data."""
SAME, SHARED = 0.5, 0.15
"""From this containment on two texts are nearly the same, or have passages in common."""
ALWAYS_SHOWN = 40
"""Syllables in a row that no two people write by chance."""
COMMON_SHARE, COMMON_AT_LEAST = 0.02, 6
"""A shingle that this share of all texts have, and at least so many, is a title or a slogan, not a passage."""
_MOST_PLACES = 32
_SYLLABLE = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")  # letters, whether their marks are part of them or follow


@dataclass(frozen=True)
class Syllable:
    """One syllable, folded, and where it stands in which paragraph."""

    folded: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """So many syllables in a row that both texts have, from these syllables on."""

    ours: int
    theirs: int
    length: int


def syllables(paragraphs: Iterable[str]) -> list[Syllable]:
    """The syllables and numbers of a text, in order; signs and blanks only part them."""
    found = []
    for number, paragraph in enumerate(paragraphs):
        for match in _SYLLABLE.finditer(paragraph):
            found.append(Syllable(_folded(match[0]), number, match.start(), match.end()))
    return found


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("đ", "d")


def shingles(text: Sequence[Syllable]) -> list[int]:
    """A signed 64-bit number for each five syllables in a row, by the place of the first; none of a shorter text."""
    words = [syllable.folded.encode() for syllable in text]
    return [_number(words[at : at + WIDTH]) for at in range(len(words) - WIDTH + 1)]


def _number(words: Sequence[bytes]) -> int:
    digest = hashlib.blake2b(b" ".join(words), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def common_from(texts: int) -> int:
    """In how many of so many texts a shingle must stand to be left out."""
    return max(COMMON_AT_LEAST, int(COMMON_SHARE * texts) + 1)


def containment(ours: Collection[int], theirs: Collection[int]) -> float:
    """The share of the shorter text's shingles that the other has too; 0 where the shorter one is too short."""
    return contained(len(set(ours) & set(theirs)), len(set(ours)), len(set(theirs)))


def contained(shared: int, ours: int, theirs: int) -> float:
    """The same of counts."""
    fewest = min(ours, theirs)
    return shared / fewest if fewest >= FEWEST else 0.0


def passages(ours: Sequence[Syllable], theirs: Sequence[Syllable], *, common: Collection[int] = ()) -> list[Passage]:
    """What both texts have word for word, in our order, each place of ours once and as long as can be.

    A run of nothing but `common` shingles is left out.
    """
    our_shingles, their_shingles = shingles(ours), shingles(theirs)
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, shingle in enumerate(their_shingles):
        if len(places[shingle]) < _MOST_PLACES:
            places[shingle].append(at)
    left_out = set(common)
    found, at = [], 0
    while at < len(our_shingles):
        longest = max(
            (Passage(at, there, _run(our_shingles, their_shingles, at, there)) for there in places[our_shingles[at]]),
            key=lambda each: each.length,
            default=None,
        )
        if longest is None:
            at += 1
            continue
        run = longest.length - WIDTH + 1
        if not left_out.issuperset(our_shingles[at : at + run]):
            found.append(longest)
        at += run
    return found


def _run(ours: Sequence[int], theirs: Sequence[int], at: int, there: int) -> int:
    """How many syllables go on alike from these places."""
    most = min(len(ours) - at, len(theirs) - there)
    length = next((n for n in range(most) if ours[at + n] != theirs[there + n]), most)
    return length + WIDTH - 1
