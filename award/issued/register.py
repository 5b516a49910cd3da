"""The clerk's register as far as papers here tell it: which number comes next, which is missing, which stands twice.

A number is the issuing office's to give: what is said here is a suggestion, and refuses nothing. Papers of the Party
are counted for each term of their body, papers of the State for each year.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import Select, and_, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import joinedload

from award import dates
from award.clock import now
from award.db import session
from award.documents.composing import number_of
from award.documents.paper import FormCode, Head
from award.editions.issuing import KINDS
from award.editions.models import Edition, PaperBody, PaperKind
from award.editions.papers import settled_head
from award.issued.models import IssuedPaper
from award.issued.queries import standing
from award.text import canonical

_NUMBER = re.compile(r"0*(\d{1,6})\D")
MOST_GAPS = 5
"""So many missing numbers are told one by one; with more of them the first ones and how many."""


@dataclass(frozen=True)
class Known:
    """A number that a paper bears, with its symbol and its day."""

    number: str
    day: date


@dataclass(frozen=True)
class Series:
    """What is counted together: one symbol, from a day on and before another."""

    form: FormCode
    symbol: str
    since: date | None
    until: date | None = None

    def holds(self, known: Known) -> bool:
        if split(known.number)[1] != self.symbol:
            return False
        return (self.since is None or known.day >= self.since) and (self.until is None or known.day < self.until)


def split(number: str) -> tuple[int | None, str]:
    """12-QĐ/BTCG is 12 and -qđ/btcg, however it was typed; what begins with no number is none, and itself."""
    told = "".join(canonical(number).split()).casefold()
    found = _NUMBER.match(f"{told} ")
    return (None, told) if found is None else (int(found[1]), told[found.end(1) :])


def next_number(series: Series, known: Iterable[Known]) -> int:
    """After the highest that is known; the first is 1."""
    return max(_numbers(series, known), default=0) + 1


def missing(series: Series, known: Iterable[Known]) -> list[int]:
    """Numbers below the highest known that no paper here bears: other papers of the office may bear them."""
    numbers = set(_numbers(series, known))
    return [each for each in range(min(numbers, default=1), max(numbers, default=0)) if each not in numbers]


def twice(series: Series, known: Iterable[Known]) -> list[int]:
    """Numbers that more than one paper bears."""
    numbers = _numbers(series, known)
    return sorted({each for each in numbers if numbers.count(each) > 1})


def _numbers(series: Series, known: Iterable[Known]) -> list[int]:
    return [found for each in known if series.holds(each) and (found := split(each.number)[0]) is not None]


@dataclass(frozen=True)
class Kept:
    """What an edition settles for a kind of paper, and every number its award gave, of whatever kind."""

    settled: PaperKind | None
    known: list[Known]

    @property
    def body(self) -> PaperBody | None:
        return self.settled.body if self.settled else None


def _kept(edition: Edition, kind: str, more: Select[str, date | None] | None) -> Kept:
    """Both in one statement. `more`: numbers and days that stand elsewhere than on papers that are kept."""
    issued = (
        select(IssuedPaper.number, IssuedPaper.day)
        .join(Edition, Edition.id == IssuedPaper.edition_id)
        .where(Edition.award_id == edition.award_id, IssuedPaper.taken_back_at.is_(None))
    )
    every = (issued if more is None else issued.union_all(more)).subquery()
    numbers = select(func.jsonb_agg(func.jsonb_build_array(every.c.number, every.c.day), type_=JSONB)).scalar_subquery()
    found = (
        select(PaperKind, numbers)
        .select_from(Edition)
        .outerjoin(PaperKind, and_(PaperKind.edition_id == Edition.id, PaperKind.kind == kind))
        .where(Edition.id == edition.id)
        .options(joinedload(PaperKind.body))
    )
    settled, listed = session.execute(found).tuples().one()
    return Kept(settled, [Known(number, date.fromisoformat(day)) for number, day in listed or () if number and day])


def series_of(edition: Edition, kind: str, settled: PaperKind | None, day: date) -> Series:
    """Among which papers one of the kind is counted on this day, by what is settled for it."""
    head = settled_head(edition, kind, settled)
    state_letter = head.form == "nd30" and kind == "letter"
    symbol = "" if state_letter else head.symbol or KINDS[kind].symbol
    bare = Head("", "", kind_symbol=symbol, body_symbol=head.body_symbol, number="1")
    form, told = head.form, split(number_of(head.form, bare))[1]
    if form == "nd30":
        return Series(form, told, date(day.year, 1, 1), date(day.year + 1, 1, 1))
    body = settled.body if settled else None
    return Series(form, told, body.term_from if body and body.term_from and body.term_from <= day else None)


def suggestion(edition_id: int, kind: str, more: Select[str, date | None] | None = None) -> str:
    """The next number with its symbol in a sentence; empty where nobody has settled which body issues the kind."""
    edition, today = session.get_one(Edition, edition_id), dates.local(now()).date()
    kept = _kept(edition, kind, more)
    if kept.body is None or not kept.body.symbol:
        return ""
    series = series_of(edition, kind, kept.settled, today)
    number = f"{next_number(series, kept.known):02d}{_written(edition, kind, kept.settled)}"
    if not _numbers(series, kept.known):
        return _first_number(series, number)
    return str(_("Theo các văn bản đã ghi: số tiếp theo là %(number)s.", number=number))


def _first_number(series: Series, number: str) -> str:
    """That nothing is known of the year or the term whose papers are counted together."""
    if series.since is None:
        return str(_("Theo các văn bản đã ghi: số tiếp theo là %(number)s (chưa có văn bản nào).", number=number))
    if series.until is not None:
        year = _("Theo các văn bản đã ghi: số tiếp theo là %(number)s (chưa có văn bản nào của năm %(year)s).")
        return str(year % {"number": number, "year": series.since.year})
    term = _("Theo các văn bản đã ghi: số tiếp theo là %(number)s (chưa có văn bản nào của nhiệm kỳ từ %(day)s).")
    return str(term % {"number": number, "day": dates.day(series.since)})


def _written(edition: Edition, kind: str, settled: PaperKind | None) -> str:
    """The symbol as it is written: -QĐ/BTCG."""
    head = settled_head(edition, kind, settled)
    symbol = "" if head.form == "nd30" and kind == "letter" else head.symbol or KINDS[kind].symbol
    return number_of(head.form, Head("", "", kind_symbol=symbol, body_symbol=head.body_symbol, number="1"))[1:]


def remark(edition_id: int, kind: str, more: Select[str, date | None] | None = None) -> str:
    """What is odd among the numbers of the kind as they stand now: one that stands twice, or one that is missing.

    They are those counted together with the paper of the kind that has its number, whatever came in later years.
    """
    edition, today = session.get_one(Edition, edition_id), dates.local(now()).date()
    kept, saved = _kept(edition, kind, more), standing(edition_id, kind)
    known = kept.known
    if saved is None:
        of_today = series_of(edition, kind, kept.settled, today)
        day = max((each.day for each in known if split(each.number)[1] == of_today.symbol), default=today)
    else:
        day = saved.day
    series = series_of(edition, kind, kept.settled, day)
    symbol = _written(edition, kind, kept.settled)
    told = []
    if double := twice(series, known):
        told.append(_("Số %(numbers)s đã có ở văn bản khác.", numbers=_list(double, symbol)))
    if gaps := missing(series, known):
        told.append(_("Chưa ghi văn bản số %(numbers)s.", numbers=_list(gaps, symbol)))
    return " ".join(str(each) for each in told)


def _list(numbers: Sequence[int], symbol: str) -> str:
    words = ", ".join(f"{each:02d}{symbol}" for each in numbers[:MOST_GAPS])
    return (
        words
        if len(numbers) <= MOST_GAPS
        else str(_("%(some)s và %(n)s số khác", some=words, n=len(numbers) - MOST_GAPS))
    )
