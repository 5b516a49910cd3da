"""What the forms of the room say: text in, typed values or nothing out."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from award.verdicts import Refused, Verdict
from judging.sittings import stacks
from judging.sittings.majorities import CHOICES, Choice, OnPaper

LINE: tuple[OnPaper, ...] = (*CHOICES, "invalid")

LONGEST_REASON = 500
LONGEST_CODES = 500


def choice_of(form: MultiDict[str, str]) -> Choice | None:
    """The one of the three a ballot says."""
    asked = form.get("choice", "")
    return next((each for each in CHOICES if each == asked), None)


def people_of(form: MultiDict[str, str], allowed: Iterable[int]) -> list[int]:
    """The persons ticked, of those that were offered."""
    ticked = set(form.getlist("person"))
    return [each for each in allowed if str(each) in ticked]


def hands_of(form: MultiDict[str, str], name: str) -> int | None:
    """A count of hands as typed, if it is one."""
    typed = form.get(name, "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else None


def says_of(form: MultiDict[str, str]) -> Literal["yes", "no"] | None:
    """What an opinion in writing says to a level, if it says anything to one."""
    asked = form.get("says", "")
    return "yes" if asked == "yes" else "no" if asked == "no" else None


def reason_of(form: MultiDict[str, str]) -> str:
    return form.get("reason", "")[:LONGEST_REASON]


def code_of(form: MultiDict[str, str], said: str, code: str) -> str | None:
    """The code of the paper on a page: as the machine read it, or as it was typed; None where there is no paper.

    Raises Refused for a paper of another stack.
    """
    if form.get("no_paper"):
        return None
    if said == "another":
        words = _("Phiếu trên trang này là của lần bỏ phiếu khác. Nếu vậy, chọn “Trang này không có phiếu”.")
        raise Refused(Verdict("other_stack", words))
    return code or stacks.code_of(form.get("code", ""))


def typed_code(form: MultiDict[str, str]) -> str:
    """The code of a paper as it is kept, of what was typed."""
    return stacks.code_of(form.get("code", ""))[: stacks.CODE]


def codes_shown(form: MultiDict[str, str], name: str) -> list[str]:
    """The codes of papers in this field, as they are kept: those somebody typed, or saw on the page."""
    return stacks.codes_of(form.get(name, "")[:LONGEST_CODES])


def lines_of(form: MultiDict[str, str], number: int) -> list[OnPaper]:
    """What was ticked for each of so many works. Raises Refused where nothing was."""
    found = [next((word for word in LINE if word == form.get(f"line{n}")), None) for n in range(number)]
    said = [word for word in found if word is not None]
    if len(said) < number:
        raise Refused(Verdict("lines", _("Mỗi tác phẩm trên phiếu chọn một ô.")))
    return said


def given(form: MultiDict[str, str]) -> dict[str, str]:
    """The page of a scan as it was sent, to be shown again."""
    return {name: value for name, value in form.items() if name in {"no_paper", "code"} or name.startswith("line")}


def kept(read: Mapping[str, Any], page: int) -> dict[str, str]:
    """The page of a scan as this person has read it before."""
    if str(page) not in read:
        return {}
    paper = read[str(page)]
    if paper is None:
        return {"no_paper": "y"}
    return {"code": stacks.in_halves(paper[0]) if paper[0] else ""} | {f"line{n}": x for n, x in enumerate(paper[1])}
