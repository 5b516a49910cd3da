"""What the pages show: editions under their names, and a list under review, one page of its rows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from award.history.checking import Checked
from award.history.naming import same_award
from award.history.queries import Held

PAGE = 50
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
    """A draft with the page of it that is shown. `behind` the last row of the page there are more."""

    rows: Sequence[Checked]
    bad: int
    new: int
    known: int
    noted: int
    behind: int | None

    @property
    def total(self) -> int:
        return self.bad + self.new + self.known


def review(rows: Sequence[Checked], *, sort: str = "", behind: int = 0) -> Review:
    """The rows of one sort, or all of them, that come behind the row of this number."""
    wanted = [row for row in rows if sort not in SORTS or row.state == SORTS[sort]]
    shown = [row for row in wanted if row.told.number > behind][: PAGE + 1]
    return Review(
        shown[:PAGE],
        bad=sum(row.state == "bad" for row in rows),
        new=sum(row.state == "new" for row in rows),
        known=sum(row.state == "known" for row in rows),
        noted=sum(bool(row.notes) for row in rows),
        behind=shown[PAGE - 1].told.number if len(shown) > PAGE else None,
    )
