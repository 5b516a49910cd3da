"""What one page shows of the ranking of a round."""

from collections.abc import Sequence
from dataclasses import dataclass

from award.paging import Page
from judging.ranking.board import Line, PanelBoard


@dataclass(frozen=True)
class Part:
    """What a page shows of a panel's board."""

    board: PanelBoard
    lines: tuple[Line, ...]

    @property
    def placed(self) -> tuple[Line, ...]:
        """Those with a rank, and those kept from the reader."""
        return tuple(line for line in self.lines if not line.short)

    @property
    def short(self) -> tuple[Line, ...]:
        """Those with too few sheets for a rank: shown apart from the others."""
        return tuple(line for line in self.lines if line.short)

    @property
    def cut_after(self) -> int | None:
        """Behind which row the cut lies, when it does on this page."""
        last = self.board.last_inside
        return self.placed.index(last) + 1 if last in self.placed else None


def parts(shown: Sequence[PanelBoard], page: Page[Line]) -> list[Part]:
    """The boards, each with those of its works that are on the page; boards without any are left out."""
    keys = {line.entry_id for line in page.rows}
    found = [Part(board, tuple(line for line in board.lines if line.entry_id in keys)) for board in shown]
    return [part for part in found if part.lines]
