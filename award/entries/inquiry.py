"""What somebody asks before entering a work: a few answers, read into the facts that the rules of entry look at. Pure.

The rules are those of the form and of screening. Only the ones that the answers speak of are heard; what cannot be
known from a few answers is named, so that silence is not taken for a yes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from award.dates import example_day, read_day
from award.editions.media import Medium
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
from award.text import one_line

MOST_LINES = 60
ANSWERED_BY: Mapping[str, str] = {
    "window": "days",
    "max_parts": "days",
    "max_group_size": "people",
    "max_works_per_author": "works",
    "licensed_outlet": "outlet",
    "prior_prizes": "prizes",
    "conflict_policy": "member",
}
"""Rule → the answer it is heard on."""
NOT_ASKED = ("max_works_per_group", "max_works_per_newsroom", "newsroom_confirmation")
"""Rules that need what only a dossier tells, or what is not everybody's to know."""


@dataclass(frozen=True)
class Answers:
    """The answers as they were typed; they come back into the form as they are."""

    category: str = ""
    genre: str = ""
    days: str = ""
    people: str = ""
    works: str = ""
    works_here: str = ""
    outlet: str = ""
    prizes: str = ""
    prize_names: str = ""
    member: str = ""

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> "Answers":
        """What stands in the address; nothing is longer than anybody would type."""
        return cls(**{name: args.get(name, "").replace("\0", "")[:2000] for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Kind:
    """The category that was chosen, as far as the rules need it."""

    name: str
    medium: Medium
    limits: CategoryLimits


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
        against = [each.sentence for each in self.found if each.verdict == "red" and ANSWERED_BY[each.code] == name]
        return [*self.faults.get(name, []), *against]


def hear(answers: Answers, kind: Kind | None, licensed: bool | None, book: RuleBook) -> Heard:
    """What the rules of the edition say of these answers. `licensed`: of the outlet, None when it is not listed."""
    faults: dict[str, list[str]] = {}
    days = _days(answers.days, faults)
    people = _number(answers.people or "1", "people", faults)
    works = _number(answers.works or "0", "works", faults)
    here = _number(answers.works_here or "0", "works_here", faults)
    if answers.prizes == "some" and not _prizes(answers):
        faults["prize_names"] = [_("Ghi tên giải thưởng đã đạt.")]
    if kind is None:
        faults["category"] = [_("Chọn một loại hình.")]
    if faults or kind is None:
        return Heard(faults=faults)
    first = AuthorFacts("1", _("thứ nhất"), works=works, works_here=here, member=answers.member == "y")
    facts = EntryFacts(
        medium=kind.medium,
        publisher=one_line(answers.outlet),
        publisher_licensed=licensed,
        parts=tuple(PartFacts(str(n), n, published_on=day) for n, day in enumerate(days, start=1)),
        authors=(first, *(AuthorFacts(str(n)) for n in range(2, people + 1))),
        no_prior_prize=answers.prizes != "some",
        prior_prizes=_prizes(answers),
        category=kind.name,
        limits=kind.limits if answers.works_here else _without_works(kind.limits),
    )
    return Heard([each for each in findings(facts, book) if _is_heard(each, answers)])


def unheard(found: Iterable[Finding], codes: Iterable[str]) -> list[str]:
    """Of the rules an edition has, those that nothing was said of: a dossier is looked at by all of them."""
    said = {each.code for each in found}
    return [code for code in codes if code in {*ANSWERED_BY, *NOT_ASKED} and code not in said]


def _is_heard(finding: Finding, answers: Answers) -> bool:
    """Whether the rule was answered, and is no mere lack of what a form would still ask for."""
    answer = ANSWERED_BY.get(finding.code)
    if answer is None or finding.missing:
        return False
    if finding.code == "max_works_per_author":
        return finding.field == "authors.1.legal_name" and bool(answers.works or answers.works_here)
    return bool(getattr(answers, answer)) or answer == "people"


def _without_works(limits: CategoryLimits) -> CategoryLimits:
    """Who did not say how many works there are in the category hears nothing of its limit."""
    return replace(limits, numbers={code: n for code, n in limits.numbers.items() if code != "max_works_per_author"})


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
