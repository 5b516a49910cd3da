"""A mark as it is typed, kept and shown: whole steps inside, points in Vietnamese form outside. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from award.dates import in_english, number

_TYPED = re.compile(r"[+-]?[0-9]{1,6}(?:[.,][0-9]{1,6})?")


@dataclass(frozen=True)
class Scale:
    """What a criterion may be given: from nothing to `most` whole steps."""

    most: int
    steps_per_point: int

    @classmethod
    def of(cls, *, scale_max: int, steps_per_point: int, weight: int) -> "Scale":
        """The criterion's share of the sheet's points; the set-up made sure that it is whole steps."""
        most = Fraction(scale_max * steps_per_point * weight, 100)
        assert most.denominator == 1, "a criterion's most is whole steps"
        return cls(most.numerator, steps_per_point)

    def points(self, steps: int) -> Fraction:
        return Fraction(steps, self.steps_per_point)

    def words(self, steps: int) -> str:
        """3,25 as a judge would type it: as many places as the step has."""
        return number(self.points(steps), self.places)

    @property
    def places(self) -> int:
        """Decimal places that every whole step can be written with."""
        return next(n for n in range(7) if 10**n % self.steps_per_point == 0 or n == 6)

    @property
    def maximum(self) -> str:
        """4 or 3,5: trailing zeros left out."""
        return short(self.points(self.most))

    @property
    def step(self) -> str:
        return short(Fraction(1, self.steps_per_point))


class MarkFault(ValueError):
    """What was typed is no mark; the text says why."""


def read(typed: str, scale: Scale) -> int | None:
    """The steps that `8,5` or `8.5` stand for; None when nothing was typed. Raises MarkFault, saying why."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    if _TYPED.fullmatch(text) is None:
        raise MarkFault(
            _("Điểm là một số, ví dụ %(example)s. Nội dung vừa nhập: %(typed)s.", example="3,5", typed=text)
        )
    steps = Fraction(text.replace(",", ".")) * scale.steps_per_point
    if steps.denominator != 1 or not 0 <= steps <= scale.most:
        raise MarkFault(
            _(
                "Tiêu chí này tối đa %(max)s điểm, bước %(step)s. Điểm vừa nhập: %(typed)s.",
                max=scale.maximum,
                step=scale.step,
                typed=text.replace(",", ".") if in_english() else text.replace(".", ","),
            )
        )
    return steps.numerator


def total(steps: Iterable[int], steps_per_point: int) -> str:
    """The sum of a sheet as shown: 8,38."""
    return number(Fraction(sum(steps), steps_per_point), 2)


def short(points: Fraction) -> str:
    """8 or 8,5: as many places as it takes."""
    return number(points, 6).rstrip("0").rstrip(",.")
