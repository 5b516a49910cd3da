"""Thuế khấu trừ: how much of a payment is withheld, in whole đồng. Pure; no rate is known but the one that is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from flask_babel import gettext as _

from award import dates


@dataclass(frozen=True)
class Tax:
    """So many percent of a payment: of the part above the threshold, or of all of it from the threshold upwards."""

    percent: int
    threshold: int
    """In đồng."""
    of_excess: bool
    ground: str
    """The paper that says so."""

    def on(self, amount: int) -> int:
        """What is withheld of one payment to one person, to the nearest đồng."""
        taxed = amount > self.threshold if self.of_excess else amount >= self.threshold
        base = amount - self.threshold if self.of_excess else amount
        return (base * self.percent + 50) // 100 if taxed else 0

    def over(self, amounts: Sequence[int]) -> list[int]:
        """The same of one payment that is written in several lines: what each bears; together neither more nor less."""
        whole = sum(amounts)
        tax = self.on(whole)
        borne = [tax * so_far // whole if whole else 0 for so_far in accumulate(amounts, initial=0)]
        return [after - before for before, after in pairwise(borne)]

    @property
    def words(self) -> str:
        """The rule as a sentence, with the paper that says so."""
        told = {"percent": self.percent, "sum": dates.number(self.threshold), "ground": self.ground.rstrip(" .")}
        if self.of_excess:
            return str(_("%(percent)s%% phần vượt trên %(sum)s đồng của mỗi khoản, theo %(ground)s.", **told))
        return str(_("%(percent)s%% của mỗi khoản từ %(sum)s đồng trở lên, theo %(ground)s.", **told))


@dataclass(frozen=True)
class Fees:
    """What those who judge a round are paid, as far as it is said."""

    per_sheet: int | None = None
    """In đồng."""
    tax: Tax | None = None

    def amount(self, sheets: int) -> int | None:
        return None if self.per_sheet is None else self.per_sheet * sheets

    def taxes(self, amounts: Sequence[int | None]) -> list[int | None]:
        """What is withheld of the lines of one person; nothing is known of it where the rule or a sum is not."""
        known = [each for each in amounts if each is not None]
        if self.tax is None or len(known) < len(amounts):
            return [None] * len(amounts)
        return list(self.tax.over(known))
