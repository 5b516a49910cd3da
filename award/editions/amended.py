"""Which version of the rules was in force when, and what an amendment changes, in the words people read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from award import dates
from award.editions.clauses import Rule, rules
from award.editions.matters import Stage
from award.editions.models import Amendment, Edition


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


def words_as(found: Rule) -> tuple[str, str]:
    """The name of the matter, and what is said of it with the clause that is cited."""
    words = f"{found.words} ({found.source})" if found.words and found.source else found.words
    return str(found.definition.label), words


def changes_between(before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]) -> list[Change]:
    """The matters whose words are not the same, in the order of the rules."""
    return [
        Change(code, label, before.get(code, ("", ""))[1], words)
        for code, (label, words) in after.items()
        if before.get(code, ("", ""))[1] != words
    ]


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
