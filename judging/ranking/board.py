"""The ranking of a closed round as people read it: places, figures, and every sheet behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import exists, func, select

from award.db import session
from award.editions.models import Category, Panel, Round
from award.editions.rulebook import figure_of, tie_steps
from award.entries.models import Entry
from award.results.models import Standing
from award.screening.models import Screening
from award.text import name_sort_key
from judging.panels.models import Conflict
from judging.ranking.advice import PanelFigures, Side, figures
from judging.ranking.aggregate import digits_needed, shown
from judging.ranking.behind import NOTHING, Behind, SheetLine, behind
from judging.ranking.cuts import PanelCut, cuts
from judging.ranking.ladder import climbed, equals, partings
from judging.ranking.links import linked_in
from judging.ranking.lists import OneList, lists
from judging.ranking.pairs import NONE, Pairs
from judging.ranking.partings import Stand, told
from judging.ranking.queries import judges as judges_of
from judging.ranking.queries import list_size, seats_aside, standing_still
from judging.ranking.standing import UNTRIMMED, floor_of, is_untrimmed, known, place_of, rulings, score_of


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
    prizes: int | None = None
    """Of a last round, which sends nobody on: the number of prizes, where the side figures and pairs have their cut."""
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


class _Row(NamedTuple):
    standing: Standing
    panel: Panel
    public_id: str
    title: str
    category: str
    category_code: str
    code: str
    still: bool
    kept: bool
    aside: list[int]
    recused: tuple[str, ...] = ()

    @property
    def score(self) -> Fraction | None:
        return score_of(self.standing)

    @property
    def placed(self) -> bool:
        return self.still and self.standing.rank is not None


def boards(
    judged: Round, *, names: bool, relations: bool = False, reader: int | None = None, limit: Fraction | None = None
) -> list[PanelBoard]:
    """The round's panels with their places. Two statements at most, however many works.

    `names` tells who wrote each sheet, `relations` with it who was recused. `reader` is the person who will read it;
    `limit` is how far a sheet may lie from the mean of the others.
    """
    judges = judges_of(judged.id) if names else {}
    whose = judges if relations else {}
    kept = exists().where(
        Conflict.entry_id == Standing.entry_id, Conflict.person_id == reader, Conflict.effect == "block"
    )
    found = session.execute(
        select(
            Standing,
            Panel,
            Entry.public_id,
            Entry.title,
            Category.name,
            Category.code,
            func.coalesce(Screening.blind_code, ""),
            standing_still(),
            kept,
            seats_aside(),
        )
        .join(Panel, Panel.id == Standing.panel_id)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Category, Category.id == Entry.category_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Standing.round_id == judged.id)
        .order_by(Panel.ordinal, Panel.id, Standing.rank.asc().nulls_last(), Screening.blind_code)
    )
    by_panel: dict[int, list[_Row]] = {}
    for each in found.tuples():
        row = _Row(*each)
        recused = tuple(sorted((whose.get(seat, "") for seat in row.aside), key=name_sort_key))
        by_panel.setdefault(row.panel.id, []).append(row._replace(recused=recused))
    steps = tie_steps(judged)
    what = known(judged, [row.standing for rows in by_panel.values() for row in rows if row.still], rulings(judged))
    places = {panel: [place_of(row.standing) for row in rows if row.still] for panel, rows in by_panel.items()}
    counts = {panel: rows[0].panel.shortlist_size for panel, rows in by_panel.items()}
    readers = {
        panel: [[sheet["seat"] for sheet in row.standing.detail.get("sheets", ())] for row in rows]
        for panel, rows in by_panel.items()
    }
    linked, floor = linked_in(judged, counts, readers), floor_of(judged)
    cut_at = partial(cuts, places, counts, order=lambda each: climbed(each, what, steps), linked=linked, floor=floor)
    decided = cut_at(judged.shortlist_size)
    size = list_size(judged)
    prizes = size if judged.shortlist_size is None else None
    placed = {
        panel: {r.standing.entry_id: r.standing.detail for r in rows if r.placed} for panel, rows in by_panel.items()
    }
    beside = lists(placed, decided if prizes is None else cut_at(prizes), prizes)
    codes = {row.standing.entry_id: row.code for rows in by_panel.values() for row in rows if not row.kept}
    stand = {
        panel: Stand(climbed(each, what, steps), told(judged, partings(each, what, steps), codes))
        for panel, each in places.items()
    }
    return [
        _board(judged, rows, judges, limit, decided.get(panel), codes, stand[panel], beside[panel])
        for panel, rows in by_panel.items()
    ]


def _board(
    judged: Round,
    rows: Sequence[_Row],
    judges: Mapping[int, str],
    limit: Fraction | None,
    decided: PanelCut | None,
    codes: Mapping[int, str],
    stand: Stand,
    beside: OneList,
) -> PanelBoard:
    digits = digits_needed([row.score for row in rows if row.score is not None])
    tied = set(decided.cut.tied) if decided else set()
    own = decided if decided and not decided.shared else None
    found = beside.sides()
    lines = [
        _kept(row)
        if row.kept
        else _line(
            judged,
            row,
            judges,
            digits,
            tied=row.standing.entry_id in tied,
            limit=limit,
            side=found.get(row.standing.entry_id, Side()),
            parted=stand.words.get(row.standing.entry_id, ""),
        )
        for row in rows
    ]
    order = {place.entry_id: number for number, place in enumerate(stand.places)}
    lines.sort(key=lambda line: (line.kept, line.rank is None, line.rank or 0, order.get(line.entry_id, 0)))
    tie = _tie(rows, decided, codes, digits, stand) if decided else None
    return PanelBoard(
        rows[0].panel,
        tuple(lines),
        decided,
        tie,
        figures(_totals(judged, rows), own.size if own else None, figure_of(judged), judged.scale_max),
        tuple(group for group in equals(stand.places) if all(entry in codes for entry in group)),
        beside.pairs(codes),
        beside.prizes,
        beside.usual,
    )


def _totals(judged: Round, rows: Sequence[_Row]) -> dict[int, dict[int, Fraction]]:
    return {
        row.standing.entry_id: {
            sheet["seat"]: Fraction(sum(sheet["marks"].values()), judged.steps_per_point)
            for sheet in row.standing.detail.get("sheets", [])
        }
        for row in rows
        if row.placed and not row.kept
    }


def _tie(rows: Sequence[_Row], decided: PanelCut, codes: Mapping[int, str], digits: int, stand: Stand) -> Tie | None:
    """The tie at the cut, when works of this panel are in it; `codes` are those of works the reader may know of."""
    group = decided.cut.tied
    ours = next((row for row in rows if row.standing.entry_id in group and row.standing.entry_id in codes), None)
    if ours is None or ours.score is None:
        return None
    listed = tuple(sorted(codes[entry] for entry in group if entry in codes))
    ranks = {place.entry_id: place.rank for place in stand.places}
    first = None if decided.shared or len(listed) < len(group) else ranks[ours.standing.entry_id]
    last = None if first is None else first + len(group) - 1
    return Tie(listed, shown(ours.score, digits), first, last, decided.cut.left)


def _kept(row: _Row) -> Line:
    return Line(
        entry_id=row.standing.entry_id,
        public_id=row.public_id,
        code=row.code,
        title=row.title,
        category=row.category,
        category_code=row.category_code,
        rank=None,
        score=None,
        advanced=row.standing.advanced,
        reason=row.standing.advanced_reason,
        tied=False,
        side=Side(),
        corrected=None,
        gone=not row.still,
        kept=True,
    )


def _line(
    judged: Round,
    row: _Row,
    judges: Mapping[int, str],
    digits: int,
    *,
    tied: bool,
    limit: Fraction | None,
    side: Side,
    parted: str,
) -> Line:
    score, kept = row.score, row.standing.detail.get("sheets", [])
    return Line(
        entry_id=row.standing.entry_id,
        public_id=row.public_id,
        code=row.code,
        title=row.title,
        category=row.category,
        category_code=row.category_code,
        rank=row.standing.rank,
        score=None if score is None else shown(score, digits),
        advanced=row.standing.advanced,
        reason=row.standing.advanced_reason,
        tied=tied,
        side=side,
        corrected=None if side.corrected is None else shown(side.corrected, digits),
        gone=not row.still,
        kept=False,
        needed=row.standing.needed,
        untrimmed=is_untrimmed(row.standing),
        parted=parted,
        recused=row.recused,
        looked_at=partial(behind, judged, score, kept, judges, limit),
    )
