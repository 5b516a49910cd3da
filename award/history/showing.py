"""What the pages show: editions under their names, and a list under review, one page of its rows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from award.history.checking import Checked
from award.history.naming import same_award
from award.history.queries import Held
from award.paging import FIRST, Page, Turn, cut

SORTS = {"sua": "bad", "moi": "new", "da-co": "known"}
"""As addresses name them -> states of rows."""
WORDS = {
    "bad": ("bad", _("Cần sửa")),
    "new": ("done", _("Sẽ nạp")),
    "known": ("none", _("Đã có")),
}
"""State of a row -> mark and word."""


def called(held: Held, award_name: str) -> str:
    """An edition as it is chosen from the row: Lần thứ II - năm 2022; of another award with its name."""
    words = held.words[:1].upper() + held.words[1:]
    return words if same_award(held.award_name, award_name) else f"{held.award_name}, {held.words}"


@dataclass(frozen=True)
class Review:
    """A draft with the page of it that is shown."""

    page: Page[Checked]
    bad: int
    new: int
    known: int
    noted: int

    @property
    def total(self) -> int:
        return self.bad + self.new + self.known


def review(rows: Sequence[Checked], sort: str = "", turn: Turn = FIRST) -> Review:
    """The page of rows of one sort, or of all of them, that the turn means; the number of a row stands for it."""

    def wanted(row: Checked) -> bool:
        return sort not in SORTS or row.state == SORTS[sort]

    return Review(
        cut(rows, turn, lambda row: str(row.told.number), passes=wanted),
        bad=sum(row.state == "bad" for row in rows),
        new=sum(row.state == "new" for row in rows),
        known=sum(row.state == "known" for row in rows),
        noted=sum(bool(row.notes) for row in rows),
    )
