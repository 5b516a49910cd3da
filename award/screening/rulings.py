"""Each rule of a dossier by itself: what was found automatically, what a person says of it, what follows. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.rules.eligibility import Finding, worst
from award.rules.facts import Colour
from award.rules.names import name_of

BY_PEOPLE = {
    "theme": lazy_gettext("Đúng chủ đề của Giải"),
    "content": lazy_gettext("Nội dung, bản quyền"),
    "link_opened": lazy_gettext("Đường dẫn mở được, đúng bài đã đăng"),
}
"""Rules that only people judge; the last where a work has links, since the house opens no address itself."""

_ORDER: tuple[Colour, ...] = ("red", "amber", "green", "not_applicable")


@dataclass(frozen=True)
class Said:
    """What a person says of one rule, with the clause it stands on and a remark."""

    code: str
    verdict: Literal["green", "red"]
    clause: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Ruling:
    """One rule of one dossier. `found` is the gravest automatic verdict; None for a rule that only people judge."""

    code: str
    label: str
    found: Colour | None
    sentences: tuple[str, ...]
    clause: str
    said: Said | None = None

    @property
    def colour(self) -> Colour:
        """What holds: a person's word before the automatic one."""
        if self.said is not None:
            return self.said.verdict
        return self.found or "not_applicable"

    @property
    def ground(self) -> str:
        """Why the rule speaks against the work, as a reason is written."""
        if self.said is not None and self.said.remark:
            return self.said.remark
        if self.found in {"red", "amber"}:
            return self.sentences[0].split(_(" Căn cứ: "))[0].removeprefix(_lead()).rstrip(".")
        return str(_("%(rule)s: chưa đạt", rule=self.label))


def rulings(found: Sequence[Finding], said: Iterable[Said]) -> list[Ruling]:
    """Every rule that was looked at, those against the work first, then what only people judge."""
    spoken = {each.code: each for each in said}
    by_code: dict[str, list[Finding]] = {}
    for finding in found:
        by_code.setdefault(finding.code, []).append(finding)
    automatic = [_ruling(code, ours, spoken.get(code)) for code, ours in by_code.items()]
    automatic.sort(key=lambda each: _ORDER.index(each.found or "not_applicable"))
    people = [
        Ruling(code, str(label), None, (), "", spoken.get(code))
        for code, label in BY_PEOPLE.items()
        if code != "link_opened" or "link" in by_code
    ]
    return automatic + people


def against(listed: Iterable[Ruling]) -> list[Ruling]:
    """The rules that are not met, by a person's word or by what was found."""
    return [each for each in listed if each.colour == "red"]


def grounds(listed: Iterable[Ruling]) -> tuple[str, str]:
    """Reason and clause of a work that is not eligible, from the rules that are not met."""
    unmet = against(listed)
    clauses = (each.said.clause if each.said and each.said.clause else each.clause for each in unmet)
    return "; ".join(each.ground for each in unmet), "; ".join(dict.fromkeys(filter(None, clauses)))


def _ruling(code: str, ours: list[Finding], said: Said | None) -> Ruling:
    colour = worst(ours)
    shown = [each for each in ours if each.verdict == colour]
    clause = next((each.clause for each in ours if each.clause), "")
    return Ruling(code, name_of(code), colour, tuple(each.sentence for each in shown), clause, said)


def _lead() -> str:
    """What a finding begins with, which a reason leaves out."""
    return str(_("Theo kê khai, chưa đủ điều kiện dự Giải: "))
