"""How a rule speaks: met, not met (red with the clause to cite, amber without one), lacking, not applicable."""

import re

from flask_babel import gettext as _

from award.rules.facts import EntryFacts, Finding, PartFacts, RuleBook
from award.text import folded

_WORD = re.compile(r"[^\W_]+")


def met(code: str, book: RuleBook, sentence: str, field: str, clause: str = "") -> Finding:
    return Finding(code, clause or book.source(code), "green", sentence, field)


def unmet(code: str, book: RuleBook, what: str, field: str, clause: str = "") -> Finding:
    """Red with the clause, or amber where there is none to cite. `clause`: not the edition's own of this code."""
    clause = clause or book.source(code)
    if not clause:
        return Finding(code, "", "amber", _("Cần xem lại: %(what)s.", what=what), field)
    sentence = _(
        "Theo kê khai, chưa đủ điều kiện dự Giải: %(what)s. Căn cứ: %(clause)s Thể lệ.", what=what, clause=clause
    )
    return Finding(code, clause, "red", sentence, field)


def not_applicable(code: str, field: str) -> Finding:
    return Finding(code, "", "not_applicable", _("Không quy định."), field)


def look_again(code: str, book: RuleBook, what: str, field: str) -> Finding:
    """Amber, whatever the clause: a person has to look."""
    return Finding(code, book.source(code), "amber", _("Cần xem lại: %(what)s.", what=what), field)


def lacking(code: str, what: str, field: str) -> Finding:
    return Finding(code, "", "amber", _("Còn thiếu: %(what)s.", what=what), field, missing=what)


def present(code: str, value: object, what: str, field: str) -> Finding:
    if not value:
        return lacking(code, what, field)
    return Finding(code, "", "green", _("Đã khai: %(what)s.", what=what), field)


def of_part(what: str, part: PartFacts, facts: EntryFacts) -> str:
    return what if len(facts.parts) == 1 else str(_("%(what)s kỳ %(n)s", what=what, n=part.ordinal))


def words_of(text: str) -> str:
    """Folded words between blanks, so that a name is found whole and never inside another word."""
    return " " + " ".join(_WORD.findall(folded(text))) + " "
