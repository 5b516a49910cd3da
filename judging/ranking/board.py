"""The ranking of a closed round as people read it: places, figures, and what lies behind them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from flask_babel import gettext as _

from award.editions.models import Panel
from judging.ranking.advice import PanelFigures, Side
from judging.ranking.behind import NOTHING, Behind, SheetLine
from judging.ranking.cuts import PanelCut
from judging.ranking.pairs import NONE, Pairs
from judging.ranking.standing import UNTRIMMED


@dataclass(frozen=True)
class Line:
    """One work of the ranking, with what lies behind its score as soon as somebody looks."""

    entry_id: int
    public_id: str
    code: str
    title: str
    category: str
    category_code: str
    rank: int | None
    score: Decimal | None
    advanced: bool | None
    reason: str
    tied: bool
    side: Side
    corrected: Decimal | None
    """The score with severity set right, to look at; None where nothing was set right."""
    gone: bool
    """Withdrawn or found ineligible since: it has its place in the record and no say in what follows."""
    kept: bool
    """The reader has to do with the work: rank, figures and sheets are left out."""
    needed: int = 1
    untrimmed: bool = False
    """Its list is trimmed; since a correction it has too few sheets for that."""
    parted: str = ""
    """By which step it stands above others of the same score."""
    under: str = ""
    """Below which others of the same score it stands."""
    recused: tuple[str, ...] = ()
    """Who did not judge it because they have to do with it; empty names for readers who may not know."""
    looked_at: Callable[[], Behind] = field(default=lambda: NOTHING, repr=False, compare=False)
    """Reckons what lies behind the score: for the works of the page that is shown, not for all of the round."""

    @cached_property
    def behind(self) -> Behind:
        return self.looked_at()

    @property
    def spread(self) -> Decimal | None:
        return self.behind.spread

    @property
    def low(self) -> float:
        return self.behind.low

    @property
    def middle(self) -> float:
        return self.behind.middle

    @property
    def high(self) -> float:
        return self.behind.high

    @property
    def median(self) -> Decimal | None:
        return self.behind.median

    @property
    def sheets(self) -> tuple[SheetLine, ...]:
        return self.behind.sheets

    @property
    def proposals(self) -> tuple[tuple[str, int], ...]:
        return self.behind.proposals

    @property
    def short(self) -> bool:
        """It has no rank because it has fewer sheets than it needed."""
        return self.rank is None and not self.kept

    @property
    def lacks(self) -> str:
        """Why it has no rank, in words: mới có 2/3 phiếu; nothing for a work that has one."""
        if not self.short:
            return ""
        return str(_("Không xếp hạng: mới có %(n)s/%(needed)s phiếu.", n=len(self.sheets), needed=self.needed))

    @property
    def figured(self) -> str:
        """How its score was found, in words, where that is not as for the others of its list."""
        return str(UNTRIMMED) if self.untrimmed else ""


@dataclass(frozen=True)
class Tie:
    """Works of one score at the cut of which not all go on: how far the tie reaches and how many places are left.

    Ranks are those of the panel. They are left out where panels are cut together, and where a work of the tie is kept
    from the reader, whose rank they would tell.
    """

    codes: tuple[str, ...]
    score: Decimal
    first: int | None
    last: int | None
    left: int


@dataclass(frozen=True)
class PanelBoard:
    """A panel's works, best first, those kept from the reader last, and where the cut lies among them."""

    panel: Panel
    lines: tuple[Line, ...]
    decided: PanelCut | None
    tie: Tie | None
    figures: PanelFigures
    """Of the works with a rank that still stand and that the reader may read."""
    equal: tuple[tuple[int, ...], ...] = ()
    """Works that no step of the rules parts, none of them kept from the reader."""
    pairs: Pairs = NONE
    """Works across the cut that the sheets do not tell apart, none of them kept from the reader."""
    prizes: str = ""
    """Of a last round, which sends nobody on: the numbers of prizes, where side figures and pairs have their cut."""
    parted: bool = False
    """Its works are on lists of their loại hình."""
    usual: bool = False
    """Chances rest on the usual proportions of works, judges and noise: the sheets are too few to tell."""

    @property
    def corrected(self) -> bool:
        """Setting severity right changes figures that are shown."""
        return any(line.corrected not in (None, line.score) for line in self.lines)

    @property
    def near(self) -> bool:
        """Some of its works are neither surely in nor surely out."""
        return any(line.side.doubt is not None for line in self.lines)

    @property
    def inside(self) -> frozenset[int]:
        """Entries that go on without a word."""
        return frozenset(self.decided.cut.inside) if self.decided else frozenset()

    @property
    def mixed(self) -> bool:
        """Its works are of several loại hình."""
        return len({line.category for line in self.lines}) > 1

    @property
    def chosen(self) -> int:
        """How many go on, once the shortlist is drawn."""
        return sum(bool(line.advanced) and not line.gone for line in self.lines)

    @property
    def last_inside(self) -> Line | None:
        """The last work of the ranking that is inside, places that a tie fills among them."""
        if self.decided is None:
            return None
        cut = self.decided.cut
        inside = set(cut.inside) | set(cut.tied[: cut.left])
        return next((line for line in reversed(self.lines) if line.entry_id in inside), None)

    @property
    def edge(self) -> Line | None:
        """The same where its figures may be shown: the score that the others are held against."""
        last = self.last_inside
        return None if last is None or last.kept or last.score is None else last


@dataclass(frozen=True)
class ListGaps:
    """What the chosen works leave of the round's numbers."""

    fewer: int
    """By how many works the list falls short of those that are due and can be sent."""
    due: int
    none_of: tuple[str, ...]
    """Panels of several that have works and send none."""


def list_gaps(boards: Sequence[PanelBoard], chosen: Collection[int]) -> ListGaps:
    """Of panels that nobody gave a number nothing is due."""
    cuts = {board.decided.panels: board.decided.cut for board in boards if board.decided}
    due = sum(len(cut.inside) + cut.left for cut in cuts.values())
    sent = [(board, any(line.entry_id in chosen for line in board.lines)) for board in boards]
    counted = sum(line.entry_id in chosen for board in boards if board.decided for line in board.lines)
    bare = [board for board, sends in sent if not sends and not all(line.gone for line in board.lines)]
    return ListGaps(max(due - counted, 0), due, tuple(board.panel.name for board in bare) if len(boards) > 1 else ())
