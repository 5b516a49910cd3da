"""What somebody asks before entering a work: a few answers, read into the facts that the rules of entry look at. Pure.

The rules are those of the form and of screening. Only the ones that the answers speak of are heard; what cannot be
known from a few answers is named, so that silence is not taken for a yes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from award.dates import example_day, read_day
from award.editions.media import Medium
from award.links import begun
from award.rules.eligibility import (
    AuthorFacts,
    CategoryLimits,
    EntryFacts,
    Finding,
    PartFacts,
    PriorPrizeFacts,
    RuleBook,
    findings,
    worst,
)
from award.rules.facts import Colour
from award.rules.names import OF_THE_FORM
from award.text import one_line

MOST_LINES = 60
"""Lines read of one answer, as many as a form has rows: against flooding, no limit of the rules."""
ANSWERED_BY: Mapping[str, str] = {
    "genre": "genre",
    "window": "days",
    "max_parts": "days",
    "link": "links",
    "first_publication": "elsewhere",
    "max_group_size": "people",
    "max_works_per_author": "works",
    "max_works_per_group": "group_works",
    "licensed_outlet": "outlet",
    "prior_prizes": "prizes",
    "organisers_enter": "organiser",
    "judges_enter": "judge",
    "conflict_policy": "judge",
}
"""Rule → the answer it is heard on."""
NOT_KNOWN = (
    "several_categories",
    "max_works_per_newsroom",
    "newsroom_confirmation",
    "title",
    "topic",
    "summary",
    "publisher",
    "parts",
    "published_on",
    "part_title",
    "issue",
    "page",
    "place",
    "channel",
    "aired_at",
    "authors",
    "author_name",
    "contact",
    "share",
    "guardian",
    "guardian_paper",
    "consent",
    "byline",
    "files",
    "file_length",
    "caption",
    "declarations",
)
"""Rules that need what only a dossier tells, or what is not everybody's to know: how many works an organ has."""


_COUNTED_HERE = {"max_works_per_author": "works_here", "max_works_per_group": "group_works_here"}
"""Limit of a category → the answer that counts for it."""
_COUNTS = ("works", "works_here", "group_works", "group_works_here")


@dataclass(frozen=True)
class Answers:
    """The answers as they were typed; they come back into the form as they are."""

    category: str = ""
    genre: str = ""
    days: str = ""
    links: str = ""
    elsewhere: str = ""
    people: str = ""
    works: str = ""
    works_here: str = ""
    group_works: str = ""
    group_works_here: str = ""
    outlet: str = ""
    prizes: str = ""
    prize_names: str = ""
    organiser: str = ""
    judge: str = ""

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> "Answers":
        """What stands in the address; nothing is longer than anybody would type."""
        return cls(**{name: args.get(name, "").replace("\0", "")[:2000] for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Kind:
    """The category that was chosen, as far as the rules need it."""

    name: str
    medium: Medium
    limits: CategoryLimits = field(default_factory=CategoryLimits)
    genres: frozenset[str] = frozenset()
    """What an answer may name."""
    needed: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outlet:
    """What the register says of the organ that was named."""

    licensed: bool
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Heard:
    """What the rules say of the answers; `faults` are answers that could not be read, by field."""

    found: Sequence[Finding] = ()
    faults: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def colour(self) -> Colour:
        return worst(self.found)

    @property
    def items(self) -> list[tuple[str, str]]:
        """Every answer that could not be read, with the field it stands in."""
        return [(sentence, name) for name, said in self.faults.items() for sentence in said]

    def at(self, name: str) -> list[str]:
        """What is said beside a field: what cannot be read, then what the rules have against it."""
        red = (each for each in self.found if each.verdict == "red")
        against = [each.sentence for each in red if ANSWERED_BY[each.code] == name]
        return [*self.faults.get(name, []), *against]


def hear(answers: Answers, kind: Kind | None, outlet: Outlet | None, book: RuleBook) -> Heard:
    """What the rules of the edition say of these answers. `outlet`: the organ named, None when it is not listed."""
    faults: dict[str, list[str]] = {}
    days = _days(answers.days, faults)
    links = _links(answers.links, max(len(days), 1), faults)
    people = _number(answers.people or "1", "people", faults)
    counted = {name: _number(getattr(answers, name) or "0", name, faults) for name in _COUNTS}
    if answers.prizes == "some" and not _prizes(answers):
        faults["prize_names"] = [_("Ghi tên giải thưởng đã đạt.")]
    if kind is None:
        faults["category"] = [_("Chọn một loại hình.")]
    elif answers.genre and answers.genre not in kind.genres:
        faults["genre"] = [_("Chọn một thể loại của loại hình này.")]
    if faults or kind is None:
        return Heard(faults=faults)
    facts = EntryFacts(
        medium=kind.medium,
        needed=kind.needed,
        genre_missing=bool(kind.genres) and not answers.genre,
        publisher=one_line(answers.outlet),
        publisher_licensed=outlet.licensed if outlet else None,
        publisher_kinds=outlet.kinds if outlet else frozenset(),
        outlets=kind.outlets,
        group_works=max(counted["group_works"], counted["group_works_here"]),
        group_works_here=counted["group_works_here"],
        parts=_parts(days, links),
        elsewhere=answers.elsewhere,
        authors=_authors(answers, people, counted),
        no_prior_prize=answers.prizes != "some",
        prior_prizes=_prizes(answers),
        category=kind.name,
        limits=_answered(kind.limits, answers),
    )
    return Heard([each for each in findings(facts, book) if _is_heard(each, answers)])


def unheard(found: Iterable[Finding], regulated: Iterable[str]) -> list[str]:
    """The rules nothing was said of, those an edition has first; a dossier is looked at by all of them."""
    said = {each.code for each in found}
    left = [code for code in regulated if code in {*ANSWERED_BY, *NOT_KNOWN} and code not in said]
    return [*left, *(code for code in NOT_KNOWN if code in OF_THE_FORM)]


def _parts(days: Sequence[date], links: Sequence[str]) -> tuple[PartFacts, ...]:
    """One part for each day, with the address of the same line; of a single one the day may still be open."""
    told = zip_longest(days, links)
    return tuple(PartFacts(str(n), n, published_on=day, link=link or "") for n, (day, link) in enumerate(told, start=1))


def _authors(answers: Answers, people: int, counted: Mapping[str, int]) -> tuple[AuthorFacts, ...]:
    """So many authors, of whom the first stands for whoever an answer speaks of."""
    first = AuthorFacts(
        "1",
        _("thứ nhất"),
        works=max(counted["works"], counted["works_here"]),
        works_here=counted["works_here"],
        organiser=answers.organiser == "y",
        judge=answers.judge == "y",
    )
    return (first, *(AuthorFacts(str(n)) for n in range(2, people + 1)))


def _is_heard(finding: Finding, answers: Answers) -> bool:
    """Whether the rule was answered, and is no mere lack of what a form would still ask for."""
    answer = ANSWERED_BY.get(finding.code)
    if answer is None or (finding.missing and finding.code != "link"):
        return False
    if finding.code == "max_works_per_author":
        return finding.field in {"authors.1.legal_name", "authors.add"} and bool(answers.works or answers.works_here)
    if finding.code == "max_works_per_group":
        return bool(answers.group_works or answers.group_works_here)
    return bool(getattr(answers, answer).strip()) or answer == "people"


def _answered(limits: CategoryLimits, answers: Answers) -> CategoryLimits:
    """Who did not say how many works there are in the category hears nothing of its limit."""
    unanswered = {code for code, name in _COUNTED_HERE.items() if not getattr(answers, name)}
    return replace(limits, numbers={code: n for code, n in limits.numbers.items() if code not in unanswered})


def _days(text: str, faults: dict[str, list[str]]) -> list[date]:
    lines = [line for line in (one_line(each) for each in text.splitlines()) if line]
    days = [day for day in map(read_day, lines) if day is not None]
    if len(days) < len(lines):
        bad = next(line for line in lines if read_day(line) is None)
        said = _("Chưa đọc được ngày “%(text)s”. Ghi ngày/tháng/năm, ví dụ: %(day)s.", text=bad, day=example_day())
        faults["days"] = [said]
    elif len(lines) > MOST_LINES:
        faults["days"] = [_("Một tác phẩm có nhiều nhất %(n)s kỳ.", n=MOST_LINES)]
    return days


def _links(text: str, parts: int, faults: dict[str, list[str]]) -> list[str]:
    """An address a line, the first for the first part; a line may stay empty."""
    links = [begun(one_line(each)) for each in text.rstrip().splitlines()] if text.strip() else []
    if len(links) > parts:
        faults["links"] = [_("Có nhiều đường dẫn hơn số kỳ đã ghi ngày.")]
    return links


def _number(text: str, name: str, faults: dict[str, list[str]]) -> int:
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 4:
        return max(int(text), 1 if name == "people" else 0)
    faults[name] = [_("Nhập một số nguyên.")]
    return 0


def _prizes(answers: Answers) -> tuple[PriorPrizeFacts, ...]:
    if answers.prizes != "some":
        return ()
    names = [name for name in map(one_line, answers.prize_names.splitlines()) if name][:MOST_LINES]
    return tuple(PriorPrizeFacts(str(n), name) for n, name in enumerate(names, start=1))
