"""Which version of the rules was in force when, and what an amendment changes, in the words people read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from award import dates
from award.editions.clauses import Rule, missing, rules
from award.editions.known import slot_words
from award.editions.limits import limit_words
from award.editions.matters import Stage
from award.editions.models import Amendment, Edition, PrizeLevel
from award.editions.prizes import only_for_words
from award.editions.relations import RELATIONS


@dataclass(frozen=True)
class Change:
    """One line of an amendment: what it is about, the words before and after."""

    code: str
    label: str
    before: str
    after: str


def words_of(edition: Edition, stage: Stage) -> dict[str, tuple[str, str]]:
    """Matter → its name, and what the rules say of it with the clause they cite."""
    return {found.definition.code: words_as(found) for found in rules(edition, stage) if found.concerns}


def folded_words(edition: Edition, stage: Stage) -> dict[str, str]:
    """Matter → what the rules say of it with the clause, or that they need not. What has to be said is not among them,
    nor what a draft is offered words for."""
    lacking = {each.code for each in missing(edition, stage)} | {RELATIONS.code} if edition.state == "draft" else set()
    unsaid = str(_("chưa có quy định"))
    return {
        found.definition.code: words_as(found)[1] if found.settled else unsaid
        for found in rules(edition, stage)
        if found.settled or found.definition.code not in lacking
    }


def words_as(found: Rule) -> tuple[str, str]:
    """The name of the matter, and what is said of it with the clause that is cited."""
    words = f"{found.words} ({found.source})" if found.words and found.source else found.words
    return str(found.definition.label), words


def structure_words(edition: Edition) -> dict[str, tuple[str, str]]:
    """The same of what is no clause: each prize, and of each loại hình numbers, genres, places for files."""
    said: dict[str, tuple[str, str]] = {}
    for category in edition.categories:
        key, name = category.public_id, {"name": category.name}
        limits = limit_words(category.limits, edition.outlet_words(category.outlets))
        cited_ = f"{limits} ({category.limits_source})" if limits and category.limits_source else limits
        said[f"limits:{key}"] = (str(_("%(name)s: giới hạn riêng", **name)), cited_)
        genres = ", ".join(genre.name for genre in category.genres)
        said[f"genres:{key}"] = (str(_("%(name)s: thể loại", **name)), genres)
        for slot in category.slots:
            said[f"slot:{slot.id}"] = (str(_("%(name)s: tệp phải nộp", **name)), slot_words(slot))
    for level in edition.prize_levels:
        said[f"prize:{level.code}"] = (str(_("Cơ cấu giải: %(name)s", name=level.name)), prize_words(level))
    return said


def prize_words(level: PrizeLevel) -> str:
    """Giải A: 2 giải, mỗi giải 15.000.000 đồng; chuyên đề: …"""
    words = {"name": level.name, "n": dates.number(level.quota)}
    line = str(_("%(name)s: %(n)s giải", **words))
    if level.money:
        line += str(_(", mỗi giải %(money)s đồng", money=dates.number(level.money)))
    if level.categories:
        line += str(_("; chỉ trao cho: %(names)s", names=only_for_words(level, level.edition)))
    return line + (str(_("; chuyên đề: %(themes)s", themes="; ".join(level.themes))) if level.themes else "")


def changes_between(before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]) -> list[Change]:
    """The matters whose words are not the same, in the order of the rules; what is gone comes last."""
    changed = [
        Change(code, label, before.get(code, ("", ""))[1], words)
        for code, (label, words) in after.items()
        if before.get(code, ("", ""))[1] != words
    ]
    return changed + [Change(code, label, words, "") for code, (label, words) in before.items() if code not in after]


def lines_of(amendment: Amendment) -> list[Change]:
    """The changes as they were recorded."""
    return [Change(**line) for line in amendment.changes["lines"]]


def version_at(amendments: Iterable[Amendment], instant: datetime | None) -> int | None:
    """How many amendments were in force then: 0 is the text that entries were opened with."""
    return None if instant is None else sum(amendment.at <= instant for amendment in amendments)


def version_words(amendments: Sequence[Amendment], instant: datetime | None) -> str:
    """Thể lệ sửa đổi lần 1 (15-QĐ/BTCG); nothing where the rules never changed or nothing happened yet."""
    version = version_at(amendments, instant)
    if not amendments or version is None:
        return ""
    if version == 0:
        return str(_("Thể lệ ban đầu, chưa sửa đổi"))
    number = next(amendment.number for amendment in amendments if amendment.ordinal == version)
    return str(_("Thể lệ sửa đổi lần %(n)s (%(number)s)", n=version, number=number))


def cited(amendment: Amendment) -> str:
    """15-QĐ/BTCG, ngày 20/9/2023."""
    return str(_("%(number)s, ngày %(day)s", number=amendment.number, day=dates.day(amendment.day)))
