"""What a matter of the rules is: the answers it asks for, and whether a value answers it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, Protocol

from flask_babel import lazy_gettext as _

from award.editions.models import Edition

Stage = Literal["entry", "judging"]
Value = dict[str, Any]


class Words(Protocol):
    """Text that becomes Vietnamese or English when it is shown."""

    def __str__(self) -> str: ...


@dataclass(frozen=True)
class ValueField:
    """One answer within a value, under its name: number, points, choice, several, names, text or yes."""

    kind: Literal["number", "points", "choice", "several", "names", "text", "yes"]
    label: Words
    unit: Words = ""
    options: tuple[tuple[str, Words], ...] = ()
    only_with: str = ""
    """The choice with which this answer is asked for; empty when always."""
    key: str = ""
    optional: bool = False
    """One of several answers of which any may be left out, though not all."""

    @property
    def name(self) -> str:
        """What it stands under in the value: its kind, unless the matter asks several of that kind."""
        return self.key or self.kind


@dataclass(frozen=True)
class ClauseDefinition:
    """One matter the rules speak of."""

    code: str
    stage: Stage
    label: Words
    sentence: Callable[[Edition, Value], str]
    """A value of the edition in the words of the rules page."""
    fields: tuple[ValueField, ...] = ()
    hint: Words = ""
    may_be_unregulated: bool = True
    must_be_said: bool = True
    """Whether the stage waits for it; a matter that may stay unsaid has its meaning in the hint."""
    dated: Callable[[Edition], bool] | None = None
    """Its value stands in the edition's own dates: true once they are filled in."""
    concerns: Callable[[Edition], bool] | None = None
    """True of the editions that have what the matter speaks of; None: it concerns every edition."""

    def faults(self, value: Value) -> dict[str, str]:
        """What keeps `value` from being an answer: name of the field -> sentence."""
        choice = value.get("choice")
        asked = [f for f in self.fields if not f.only_with or f.only_with == choice]
        given = [f for f in asked if not f.optional or f.name in value] or asked[:1]
        faults = {f.name: fault for f in given if (fault := _fault(f, value.get(f.name)))}
        extra = set(value) - {f.name for f in asked}
        return faults | {name: str(_("Không thuộc quy định này.")) for name in extra}


def _fault(asked: ValueField, answer: object) -> str:
    if answer in (None, "", []):
        return str(_("Còn thiếu: %(what)s.", what=asked.label))
    codes = [code for code, _words in asked.options]
    fits = {
        "number": lambda: type(answer) is int and 1 <= answer <= 100_000,
        "points": lambda: isinstance(answer, str) and 0 < points_of(answer) <= 100_000,
        "choice": lambda: answer in codes,
        "several": lambda: isinstance(answer, list) and all(each in codes for each in answer),
        "names": lambda: isinstance(answer, list) and all(isinstance(name, str) and name for name in answer),
        "text": lambda: isinstance(answer, str) and len(answer) <= 2000,
        "yes": lambda: isinstance(answer, bool),
    }
    return "" if fits[asked.kind]() else str(_("Giá trị chưa dùng được: %(what)s.", what=asked.label))


def points_of(text: str) -> Fraction:
    """As many as are written, 8,5 or 8.5; none where it is no such number, which a power of ten is not either."""
    return Fraction(text.replace(",", ".")) if _POINTS.fullmatch(text) else Fraction(0)


_POINTS = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,6})?")
