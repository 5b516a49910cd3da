"""The front page of the results: what leads, what stands below, and what a reader narrows it to. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from award.editions.models import PrizeLevel
from award.results.works import Honoured, PrizeWork
from award.text import folded

Prize = TypeVar("Prize", PrizeWork, Honoured)
MOST_LEADS = 3
"""So many works of the highest level given lead the page; more of them stand in columns as equals."""


@dataclass(frozen=True)
class Narrowed:
    """What the address asks for: a category, a level, words, a press organ. Nothing asked is everything."""

    category: str = ""
    level: str = ""
    words: str = ""
    newsroom: str = ""

    def __bool__(self) -> bool:
        return bool(self.category or self.level or self.words or self.newsroom)

    def takes(self, work: PrizeWork) -> bool:
        """Whether the work is meant. Words are looked for without marks and case, each anywhere."""
        if self.category and work.category.code != self.category:
            return False
        if self.level and work.level.code != self.level:
            return False
        if self.newsroom and work.organ != self.newsroom:
            return False
        return all(word in work.searched for word in folded(self.words).split())

    def honours(self, honoured: Honoured) -> bool:
        """The same of a body or a person, who belongs to no category and no press organ."""
        if self.category or self.newsroom or (self.level and honoured.level.code != self.level):
            return False
        searched = folded(f"{honoured.recipient} {honoured.work}")
        return all(word in searched for word in folded(self.words).split())

    def address(self, **changed: str) -> dict[str, str]:
        """The query of the same page with something changed; empty values are left out."""
        values = {"loai": self.category, "muc": self.level, "tim": self.words, "co-quan": self.newsroom, **changed}
        return {name: value for name, value in values.items() if value}


def narrowed(asked: Mapping[str, str]) -> Narrowed:
    return Narrowed(*(asked.get(name, "").strip()[:100] for name in ("loai", "muc", "tim", "co-quan")))


@dataclass(frozen=True)
class LevelShown:
    """One level with its works, or with the bodies and persons who have it; none when it stayed vacant."""

    level: PrizeLevel
    works: tuple[PrizeWork, ...]
    honours: tuple[Honoured, ...] = ()
    revoked: tuple[PrizeWork | Honoured, ...] = ()
    """Those whose prize was taken back; their places are vacant until a paper says otherwise."""
    lowered: tuple[PrizeWork, ...] = ()
    """Those that had the level until a paper lowered them."""

    @property
    def given(self) -> int:
        return len(self.works) + len(self.honours)

    @property
    def vacant(self) -> int:
        beside = sum(work.beyond for work in self.works)
        return max(self.level.quota - self.given + beside, 0)


@dataclass(frozen=True)
class Front:
    """`leads` are not repeated in `levels`."""

    leads: tuple[PrizeWork, ...]
    levels: tuple[LevelShown, ...]
    count: int
    """Works, each once; and with them, on a narrowed page, the bodies and persons found."""


def by_level(
    works: Sequence[PrizeWork], levels: Iterable[PrizeLevel], honours: Sequence[Honoured] = ()
) -> list[LevelShown]:
    """Every level in its order, those nobody has too."""
    everybody: list[PrizeWork | Honoured] = [*works, *honours]
    return [
        LevelShown(
            level,
            tuple(work for work in works if work.level.id == level.id and work.state != "revoked"),
            tuple(each for each in honours if each.level.id == level.id and each.state != "revoked"),
            tuple(each for each in everybody if each.level.id == level.id and each.revoked),
            tuple(work for work in works if _had(work, level)),
        )
        for level in levels
    ]


def _had(work: PrizeWork, level: PrizeLevel) -> bool:
    paper = work.awarded if work.lowered_from else None
    return paper is not None and paper.former_level_id == level.id


def front(
    works: Sequence[PrizeWork], levels: Iterable[PrizeLevel], asked: Narrowed, honours: Sequence[Honoured] = ()
) -> Front:
    """Everything in the order of levels, the highest one given leading; a narrowed page has no lead and no vacancy.

    Only a level of the ladder leads: a thematic prize is beside it, not at its top. A level of which a prize was taken
    back or lowered stands below with the word that says so.
    """
    taken = [work for work in works if asked.takes(work)]
    honoured = [each for each in honours if asked.honours(each)]
    shown = by_level(taken, levels, honoured)
    count = distinct(taken) + (sum(each.state != "revoked" for each in honoured) if asked else 0)
    if asked:
        return Front((), tuple(each for each in shown if each.given or each.revoked or each.lowered), count)
    top = next((each for each in shown if each.works and each.level.kind == "main"), None)
    leads = top.works if top is not None and not top.revoked and not top.lowered else ()
    if len(leads) > MOST_LEADS:
        leads = ()
    return Front(leads, tuple(each for each in shown if not leads or each.works != leads), count)


def known(prizes: Iterable[Prize], since: datetime) -> list[Prize]:
    """Those the public has known of since the publication: one taken back before it never was anybody's to read, nor
    was the level of one that was lowered before."""
    return [each.as_known(since) for each in prizes if not lost_before(each, since)]


def lost_before(prize: PrizeWork | Honoured, since: datetime) -> bool:
    """Whether the prize was taken back before the results were public."""
    return prize.state == "revoked" and (
        prize.revoked is None or prize.revoked.done_at is None or prize.revoked.done_at < since
    )


def standing(works: Sequence[PrizeWork], honours: Sequence[Honoured]) -> tuple[list[PrizeWork], list[Honoured]]:
    """Without those whose prize was taken back."""
    return (
        [each for each in works if each.state != "revoked"],
        [each for each in honours if each.state != "revoked"],
    )


def distinct(works: Iterable[PrizeWork]) -> int:
    """How many works these are: one with two prizes is one; one whose prize was taken back is none."""
    return len({work.key for work in works if work.state != "revoked"})


def categories(works: Iterable[PrizeWork]) -> list[tuple[str, str, int]]:
    """Code, name and number of works of every category that has a prize, in the edition's order."""
    listed = list({work.key: work for work in works if work.state != "revoked"}.values())
    counted = Counter(work.category.code for work in listed)
    named = {work.category.code: work.category for work in listed}
    ordered = sorted(named.values(), key=lambda category: (category.ordinal, category.id))
    return [(category.code, category.name, counted[category.code]) for category in ordered]
