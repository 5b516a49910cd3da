"""What the national award's rules say of a candidate. Pure: facts in, findings out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class NationalFinding:
    """`bars` is true where the national rules do not accept the work; otherwise it is to be looked at again."""

    code: str
    bars: bool
    sentence: str


def findings(candidate: Candidate, rules: NationalRules, chosen: Sequence[Candidate] = ()) -> list[NationalFinding]:
    """Everything the national rules have against the candidate, beside the works already chosen."""
    return [*_window(candidate, rules), *_prizes(candidate, rules), *_authors(candidate, rules, chosen)]


def over_quota(rules: NationalRules, chosen: int) -> NationalFinding | None:
    """The list as a whole is longer than the national quota."""
    if rules.quota is None or chosen <= rules.quota:
        return None
    return NationalFinding("quota", True, f"Danh sách có {chosen} tác phẩm, số lượng được gửi là {rules.quota}.")


def _window(candidate: Candidate, rules: NationalRules) -> list[NationalFinding]:
    found = []
    for number, day in enumerate(candidate.published_on, start=1):
        part = f"kỳ {number}" if len(candidate.published_on) > 1 else "tác phẩm"
        if day is None:
            found.append(NationalFinding("no_date", False, f"Chưa có ngày đăng, phát của {part}."))
        elif rules.window_from and day < rules.window_from:
            sentence = f"{part.capitalize()} đăng, phát ngày {dates.day(day)}, trước thời gian quy định"
            found.append(NationalFinding("window", True, f"{sentence} (từ ngày {dates.day(rules.window_from)})."))
        elif rules.window_to and day > rules.window_to:
            sentence = f"{part.capitalize()} đăng, phát ngày {dates.day(day)}, sau thời gian quy định"
            found.append(NationalFinding("window", True, f"{sentence} (đến hết ngày {dates.day(rules.window_to)})."))
    return found


def _prizes(candidate: Candidate, rules: NationalRules) -> list[NationalFinding]:
    """Names are compared folded, so that hoà and hòa, capitals and marks do not decide."""
    found = []
    for name in candidate.prior_awards:
        barred = [prize for prize in rules.barred_prizes if folded(prize) in folded(name)]
        if barred:
            found.append(NationalFinding("barred_prize", True, f"Đã đoạt {barred[0]}."))
        else:
            found.append(NationalFinding("declared_prize", False, f"Đã đoạt giải của {name}: ghi rõ trong danh sách."))
    return found


def _authors(candidate: Candidate, rules: NationalRules, chosen: Sequence[Candidate]) -> list[NationalFinding]:
    if not rules.one_per_author:
        return []
    if any(candidate.authors & other.authors for other in chosen):
        return [NationalFinding("author", True, "Tác giả đã có một tác phẩm khác trong danh sách gửi dự.")]
    return []
