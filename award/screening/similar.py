"""Whether another work may be the same again, and why it is shown. Pure; it suggests, people conclude."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from award.files.reading import clock
from award.history.citing import title as cited
from award.text import folded, words

NEAR = 0.6
"""Of two titles' groups of three letters, the share that both have: one word added, left out or put elsewhere.

No rule of an edition: it decides what is shown to people, never what is found against a work."""
_WORDS_THAT_TELL = 4
"""A shorter title that stands whole in a longer one says nothing: “Đảng”."""

Names = frozenset[str]


@dataclass(frozen=True)
class Sought:
    """The work that others are compared with. An author is the folded names he or she goes by."""

    title: str
    links: frozenset[str]
    authors: tuple[Names, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*self.authors)

    @property
    def title_words(self) -> str:
        """The title without quotes and the unit before them: what lists of winners call it."""
        return words(cited(self.title).title)


@dataclass(frozen=True)
class Alike:
    """In what two files are alike; kinds and facts as award.files.models.Resemblance has them."""

    kind: str
    same: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Other:
    """A work of this or an earlier edition. `key` is the public id of its entry, empty for one that only lists know."""

    key: str
    title: str
    authors: tuple[Names, ...]
    authors_words: str
    newsroom: str
    where: str
    """KH3-0002, Báo in; empty for a prize on record."""
    near: float
    linked: bool
    here: bool = False
    """In the edition that is looked at, so that its dossier can be opened."""
    prize: str = ""
    content: tuple[Alike, ...] = ()
    """In what its files are like those of the work sought."""
    verdict: str = ""
    """What a person concluded of the two: same, story, different, or nothing yet."""


ANOTHER = frozenset({"story", "different"})
"""Conclusions by which it is another work: one of the same story, or of its own."""


@dataclass(frozen=True)
class Similar:
    """A work with every reason it is shown for. Without `strong` it only has the same authors, or somebody concluded
    that it is another work."""

    other: Other
    reasons: tuple[str, ...]
    strong: bool
    prizes: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        return self.other.verdict in ANOTHER


def author(legal_name: str, pen_names: Iterable[str]) -> Names:
    return frozenset(folded(name) for name in (legal_name, *pen_names) if name.strip())


def similar(sought: Sought, others: Iterable[Other]) -> list[Similar]:
    """The works that are like the one sought, those by title and address first; a work and its prize are one line."""
    found: dict[str, Similar] = {}
    listed: list[Similar] = []
    for other in others:
        told = _told(sought, other)
        if told is None:
            continue
        standing = found.get(other.key)
        if other.key and standing is not None:
            found[other.key] = _together(standing, told)
        elif other.key:
            found[other.key] = told
        else:
            listed.append(told)
    return sorted([*found.values(), *listed], key=_rank)


def _told(sought: Sought, other: Other) -> Similar | None:
    by_title, by_authors = _title(sought, other), _authors(sought, other)
    by_link = _("Trùng đường dẫn") if other.linked else ""
    by_content = content_words(other.content)
    reasons = tuple(reason for reason in (*by_content, by_title, by_link, by_authors) if reason)
    if not reasons:
        return None
    strong = bool(by_content or by_title or by_link) and other.verdict not in ANOTHER
    return Similar(other, reasons, strong, (other.prize,) if other.prize else ())


def content_words(found: Sequence[Alike]) -> list[str]:
    """In what files are alike, the surest of each kind in words."""
    best: dict[str, Alike] = {}
    for each in sorted(found, key=_surest):
        best.setdefault(each.kind, each)
    return [_SAID[kind](best[kind]) for kind in _SAID if kind in best]


def _surest(each: Alike) -> tuple[bool, int, int, int]:
    facts = each.facts
    return (not each.same, -facts.get("percent", 0), -facts.get("longest", 0), -facts.get("seconds", 0))


def _of_text(each: Alike) -> str:
    if each.same:
        return str(_("Văn bản trùng khoảng %(n)s%%", n=each.facts["percent"]))
    return str(_("Có đoạn văn chung, dài nhất %(n)s chữ", n=each.facts["longest"]))


def _of_sound(each: Alike) -> str:
    lasting = clock(each.facts["seconds"])
    return str(_("Âm thanh trùng %(time)s", time=lasting) if each.same else _("Âm thanh có thể trùng, nên nghe lại"))


def _of_photo(each: Alike) -> str:
    if "pages" in each.facts:
        return str(_("Có %(n)s trang quét giống nhau", n=each.facts["pages"]))
    return str(_("Ảnh giống nhau, lật ngang") if each.facts["mirrored"] else _("Ảnh giống nhau"))


_SAID: Mapping[str, Callable[[Alike], str]] = {
    "bytes": lambda _each: str(_("Cùng một tệp")),
    "text": _of_text,
    "photo": _of_photo,
    "film": lambda each: str(_("Hình ảnh trùng %(time)s", time=clock(each.facts["seconds"]))),
    "sound": _of_sound,
}


def _title(sought: Sought, other: Other) -> str:
    ours, theirs = sought.title_words, words(cited(other.title).title)
    if not ours or not theirs:
        return ""
    if ours == theirs:
        return str(_("Trùng tên tác phẩm"))
    shorter, longer = sorted((ours, theirs), key=len)
    whole = len(shorter.split()) >= _WORDS_THAT_TELL and f" {shorter} " in f" {longer} "
    return str(_("Tên gần giống")) if whole or other.near >= NEAR else ""


def _authors(sought: Sought, other: Other) -> str:
    """The same people, by any of their names, and nobody else."""
    if not sought.authors or len(sought.authors) != len(other.authors):
        return ""
    if not _each_in(sought.authors, other.authors) or not _each_in(other.authors, sought.authors):
        return ""
    return str(_("Cùng tác giả") if len(sought.authors) == 1 else _("Cùng nhóm tác giả"))


def _each_in(some: Sequence[Names], others: Sequence[Names]) -> bool:
    return all(any(one & other for other in others) for one in some)


def _together(one: Similar, other: Similar) -> Similar:
    """The entry's own line, with what the record of prizes adds."""
    entry = one.other if one.other.where else other.other
    reasons = tuple(dict.fromkeys((*one.reasons, *other.reasons)))
    return Similar(entry, reasons, one.strong or other.strong, (*one.prizes, *other.prizes))


def _rank(similar: Similar) -> tuple[bool, int, float, str]:
    return not similar.strong, -len(similar.reasons), -similar.other.near, similar.other.where
