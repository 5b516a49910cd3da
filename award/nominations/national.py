"""What the national award's rules say of a candidate. Pure: facts in, findings out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from award import dates
from award.text import folded


@dataclass(frozen=True)
class NationalRules:
    """The national edition's rules, as the organisers entered them. None means the rule is not known."""

    name: str
    window_from: date | None
    window_to: date | None
    quota: int | None
    one_per_author: bool
    barred_prizes: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """What the rules look at: days of publication by part, earlier prizes by award name, folded author names."""

    published_on: tuple[date | None, ...]
    prior_awards: tuple[str, ...]
    authors: frozenset[str]
    lacking: tuple[str, ...] = ()
    """Names for whom nobody has agreed that the work goes on, in an edition that asks for it."""
    taken_back: tuple[str, ...] = ()
    """Names of authors who took back the consent to the use of their data."""


@dataclass(frozen=True)
class NationalFinding:
    """`bars`: the national rules do not accept the work. `declare`: nothing is wrong, but the list must say it."""

    code: str
    bars: bool
    sentence: str
    declare: bool = False


def findings(candidate: Candidate, rules: NationalRules, chosen: Sequence[Candidate] = ()) -> list[NationalFinding]:
    """Everything the national rules have against the candidate, beside the works already chosen."""
    said = [*_window(candidate, rules), *_prizes(candidate, rules), *_authors(candidate, rules, chosen)]
    return [*said, *_consents(candidate)]


def over_quota(rules: NationalRules, chosen: int) -> NationalFinding | None:
    """The list as a whole is longer than the national quota."""
    if rules.quota is None or chosen <= rules.quota:
        return None
    sentence = _("Danh sách có %(n)s tác phẩm, số lượng được gửi là %(quota)s.", n=chosen, quota=rules.quota)
    return NationalFinding("quota", True, sentence)


def too_late(deadline: date | None, today: date) -> NationalFinding | None:
    """The last day for sending is over."""
    if deadline is None or today <= deadline:
        return None
    return NationalFinding("deadline", False, _("Đã quá hạn gửi (ngày %(day)s).", day=dates.day(deadline)))


def _window(candidate: Candidate, rules: NationalRules) -> list[NationalFinding]:
    found = []
    for number, day in enumerate(candidate.published_on, start=1):
        part = _("kỳ %(n)s", n=number) if len(candidate.published_on) > 1 else _("tác phẩm")
        if day is None:
            found.append(NationalFinding("no_date", False, _("Chưa có ngày đăng, phát của %(part)s.", part=part)))
            continue
        words = {"part": part[:1].upper() + part[1:], "day": dates.day(day)}
        if rules.window_from and day < rules.window_from:
            bound = dates.day(rules.window_from)
            early = _("%(part)s đăng, phát ngày %(day)s, trước thời gian quy định (từ ngày %(bound)s).")
            found.append(NationalFinding("window", True, early % {**words, "bound": bound}))
        elif rules.window_to and day > rules.window_to:
            bound = dates.day(rules.window_to)
            late = _("%(part)s đăng, phát ngày %(day)s, sau thời gian quy định (đến hết ngày %(bound)s).")
            found.append(NationalFinding("window", True, late % {**words, "bound": bound}))
    return found


def _prizes(candidate: Candidate, rules: NationalRules) -> list[NationalFinding]:
    """Names are compared folded, so that hoà and hòa, capitals and marks do not decide."""
    found = []
    for name in candidate.prior_awards:
        barred = [prize for prize in rules.barred_prizes if prize.strip() and folded(prize) in folded(name)]
        if barred:
            found.append(NationalFinding("barred_prize", True, _("Đã đoạt %(prize)s.", prize=barred[0])))
        else:
            declared = _("Đã đoạt giải của %(name)s: ghi rõ trong danh sách.", name=name)
            found.append(NationalFinding("declared_prize", False, declared, declare=True))
    return found


def _authors(candidate: Candidate, rules: NationalRules, chosen: Sequence[Candidate]) -> list[NationalFinding]:
    if not rules.one_per_author:
        return []
    if any(candidate.authors & other.authors for other in chosen):
        return [NationalFinding("author", True, _("Tác giả đã có một tác phẩm khác trong danh sách gửi dự."))]
    return []


CONSENTS = frozenset({"not_agreed", "taken_back"})
"""What the authors have to say, and not the rules of the national award."""


def _consents(candidate: Candidate) -> list[NationalFinding]:
    """Nothing goes on whose authors did not agree, or do no longer."""
    found = []
    if candidate.lacking:
        names = ", ".join(candidate.lacking)
        found.append(NationalFinding("not_agreed", True, _("Chưa đồng ý gửi dự: %(names)s.", names=names)))
    if candidate.taken_back:
        names = ", ".join(candidate.taken_back)
        sentence = _("Đã rút lại đồng ý sử dụng thông tin: %(names)s.", names=names)
        found.append(NationalFinding("taken_back", True, sentence))
    return found
