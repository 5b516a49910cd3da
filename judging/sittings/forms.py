"""What the forms of the room say: text in, typed values or nothing out."""

from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

from judging.sittings.majorities import CHOICES, Choice

LONGEST_REASON = 500


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


def reason_of(form: MultiDict[str, str]) -> str:
    return form.get("reason", "")[:LONGEST_REASON]
