"""Setting up the prizes of a draft, and what becomes of a prize for one loại hình when that changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_set_up
from award.log.operations import record
from award.text import each_once, one_line
from award.verdicts import require


@dataclass(frozen=True)
class PrizeSpec:
    code: str
    name: str
    quota: int
    money: int | None = None
    kind: str = "main"
    themes: Sequence[str] = ()
    categories: Sequence[str] = ()
    illustrative: bool = False


def set_prizes(*, by: Capacity, edition: Edition, levels: Sequence[PrizeSpec]) -> None:
    """The prizes are these, from the highest down. Levels are known by their code."""
    lock(edition)
    require(can_set_up(by, edition))
    say_prizes(by=by, edition=edition, levels=levels)


def say_prizes(*, by: Capacity, edition: Edition, levels: Sequence[PrizeSpec]) -> None:
    """The same for a caller that holds the edition and has asked whether its rules may change."""
    before = _as_detail(edition)
    kept = {level.code: level for level in edition.prize_levels}
    for code in set(kept) - {spec.code for spec in levels}:
        session.delete(kept[code])
    for rank, spec in enumerate(levels, start=1):
        level = kept.get(spec.code) or PrizeLevel(edition_id=edition.id, code=spec.code)
        level.rank, level.name, level.quota, level.money = rank, one_line(spec.name), spec.quota, spec.money
        level.kind, level.illustrative, level.categories = spec.kind, spec.illustrative, list(spec.categories)
        level.themes = each_once(spec.themes) if spec.kind == "thematic" else []
        session.add(level)
    session.flush()
    session.expire(edition, ["prize_levels"])
    facts: dict[str, int | str | None] = {"what": str(len(levels))}
    detail = {"before": before, "after": _as_detail(edition)}
    record("prizes.set", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts=facts, detail=detail)


def _as_detail(edition: Edition) -> list[dict[str, Any]]:
    names = ("name", "quota", "money", "themes", "categories")
    return [{name: getattr(level, name) for name in names} for level in edition.prize_levels]


def follow_letters(edition: Edition, before: str, after: str) -> None:
    """Prizes that named a loại hình by its letters before name it by those it has now."""
    for level in edition.prize_levels:
        if before in level.categories:
            level.categories = list(dict.fromkeys(after if code == before else code for code in level.categories))


def forget_letters(edition: Edition, code: str) -> None:
    """Prizes name the letters no more, but for those that named nothing else: naming none would be for all."""
    for level in edition.prize_levels:
        if kept := [each for each in level.categories if each != code]:
            level.categories = kept
