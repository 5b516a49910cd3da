"""How many must be there, how many must agree: whole numbers, never percentages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Choice = Literal["yes", "no", "blank"]
CHOICES: tuple[Choice, ...] = ("yes", "no", "blank")
OnPaper = Literal["yes", "no", "blank", "invalid"]
"""What a line of a ballot on paper may say."""

SHARES = {"more_than_half": (1, 2), "two_thirds": (2, 3), "three_quarters": (3, 4)}
USUAL = "two_thirds"
"""What has to be there, and has to agree, where the rules say nothing."""
FEWEST = 2
"""Where fewer may vote there is no ballot."""
FEW = 5
"""Where fewer vote, what each of them said can often be told from the count."""


def least(share: str, of: int) -> int:
    """The smallest number of `of` that is the share: of nine, two thirds are six; more than half are five."""
    part, whole = SHARES[share]
    if share == "more_than_half":
        return of // 2 + 1
    return -(-part * of // whole)


def is_quorum(share: str | None, *, present: int, members: int) -> bool:
    """Enough members are there; nobody has to be where no share is asked for."""
    return share is None or present >= least(share, members)


@dataclass(frozen=True)
class Count:
    """What a vote came to. Whoever may vote and gave no ballot, or a blank one, did not agree."""

    eligible: int
    yes: int
    no: int
    blank: int
    invalid: int = 0

    @property
    def valid(self) -> int:
        return self.yes + self.no + self.blank

    @property
    def returned(self) -> int:
        return self.valid + self.invalid

    @property
    def unanimous(self) -> bool:
        """Every valid ballot says the same, so the count tells what each of them said."""
        return self.valid > 0 and self.valid in (self.yes, self.no, self.blank)

    def passes(self, share: str, of: int | None = None) -> bool:
        """For two thirds: 3·yes ≥ 2·of; of those who may vote where nothing else is said."""
        of = self.eligible if of is None else of
        return of > 0 and self.yes >= least(share, of)


def counted(choices: Sequence[OnPaper], eligible: int) -> Count:
    return Count(eligible, *(choices.count(word) for word in (*CHOICES, "invalid")))
