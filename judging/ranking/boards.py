"""How the ranking of a closed round is found for those who read it: from its places, and every sheet behind them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache, partial
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, func, select

from award.db import session
from award.editions.models import Category, Panel, Round
from award.editions.rulebook import figure_of, tie_steps
from award.entries.models import Entry
from award.results.models import Standing
from award.screening.models import Screening
from award.text import name_sort_key
from judging.panels.models import Conflict
from judging.ranking.advice import Side, figures
from judging.ranking.aggregate import Place, digits_needed, points, shown
from judging.ranking.aims import Aim
from judging.ranking.behind import behind
from judging.ranking.board import Line, PanelBoard, Tie
from judging.ranking.cuts import PanelCut, cuts
from judging.ranking.ladder import climbed, equals, partings
from judging.ranking.links import linked_in
from judging.ranking.lists import OneList, lists, pairs_of, prizes_told, sides_of
from judging.ranking.partings import Stand, told, told_below
from judging.ranking.queries import aims, seats_aside, standing_still
from judging.ranking.queries import judges as judges_of
from judging.ranking.standing import floor_of, is_untrimmed, known, place_of, rulings, score_of


class _At(NamedTuple):
    """The columns of a place that its page reads, in the order in which they are asked for."""

    entry_id: int
    rank: int | None
    score_numerator: int | None
    score_denominator: int | None
    sheets: int
    needed: int
    detail: dict[str, Any]
    advanced: bool | None
    advanced_reason: str


_COLUMNS = [getattr(Standing, name) for name in _At._fields]


class _Row(NamedTuple):
    standing: _At
    panel: Panel
    public_id: str
    title: str
    kind: int
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
    by_panel = dict[int, list[_Row]]()
    for panel, *rest in session.execute(_placed(), {"round_id": judged.id, "reader": reader}):
        place, others = _At._make(rest[: len(_COLUMNS)]), rest[len(_COLUMNS) :]
        recused = tuple(sorted((whose.get(seat, "") for seat in others[-1]), key=name_sort_key))
        by_panel.setdefault(panel.id, []).append(_Row(place, panel, *others)._replace(recused=recused))
    steps = tie_steps(judged)
    what = known(judged, [row.standing for rows in by_panel.values() for row in rows if row.still], rulings(judged))
    places = {panel: [place_of(row.standing) for row in rows if row.still] for panel, rows in by_panel.items()}
    counts = {panel: rows[0].panel.shortlist_size for panel, rows in by_panel.items()}
    readers = {
        panel: [[sheet["seat"] for sheet in row.standing.detail.get("sheets", ())] for row in rows]
        for panel, rows in by_panel.items()
    }
    linked, floor = linked_in(judged, counts, readers), floor_of(judged)
    cut_at = partial(cuts, order=lambda each: climbed(each, what, steps), linked=linked, floor=floor)
    decided = cut_at(places, counts, judged.shortlist_size)
    placed = {
        panel: {r.standing.entry_id: r.standing.detail for r in rows if r.placed} for panel, rows in by_panel.items()
    }
    kinds = {row.standing.entry_id: row.kind for rows in by_panel.values() for row in rows}
    at = [(aim, cut_at(_of(aim, places, kinds), {}, aim.size) if aim.prizes else decided) for aim in aims(judged)]
    beside = lists(placed, kinds, at)
    codes = {row.standing.entry_id: row.code for rows in by_panel.values() for row in rows if not row.kept}
    parted = {panel: partings(each, what, steps) for panel, each in places.items()}
    stand = {
        panel: Stand(
            climbed(each, what, steps), told(judged, parted[panel], codes), told_below(judged, parted[panel], codes)
        )
        for panel, each in places.items()
    }
    return [
        _board(judged, rows, judges, limit, decided.get(panel), codes, stand[panel], beside[panel])
        for panel, rows in by_panel.items()
    ]


@cache
def _placed() -> Select[*tuple[Any, ...]]:
    """Of every place of `round_id`: its panel, what `_At` has, what `_Row` has; `kept` of `reader`."""
    kept = exists().where(
        Conflict.entry_id == Standing.entry_id, Conflict.person_id == bindparam("reader"), Conflict.effect == "block"
    )
    return (
        select(
            Panel,
            *_COLUMNS,
            Entry.public_id,
            Entry.title,
            Entry.category_id,
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
        .where(Standing.round_id == bindparam("round_id"))
        .order_by(Panel.ordinal, Panel.id, Standing.rank.asc().nulls_last(), Screening.blind_code)
    )


def _of(aim: Aim, places: Mapping[int, list[Place]], kinds: Mapping[int, int]) -> dict[int, list[Place]]:
    """The places of works that the aim takes; panels that have none of them are left out."""
    taken = {panel: [each for each in ours if aim.takes(kinds[each.entry_id])] for panel, ours in places.items()}
    return {panel: ours for panel, ours in taken.items() if ours}


def _board(
    judged: Round,
    rows: Sequence[_Row],
    judges: Mapping[int, str],
    limit: Fraction | None,
    decided: PanelCut | None,
    codes: Mapping[int, str],
    stand: Stand,
    beside: Sequence[OneList],
) -> PanelBoard:
    digits = digits_needed([row.score for row in rows if row.score is not None])
    tied = set(decided.cut.tied) if decided else set()
    own = decided if decided and not decided.shared else None
    found = sides_of(beside)
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
            under=stand.under.get(row.standing.entry_id, ""),
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
        pairs_of(beside, codes),
        prizes_told(beside, {row.kind: row.category for row in rows}),
        any(one.aim.kinds is not None and one.at is not None for one in beside),
        any(one.usual for one in beside),
    )


def _totals(judged: Round, rows: Sequence[_Row]) -> dict[int, dict[int, Fraction]]:
    steps_per_point = judged.steps_per_point
    return {
        row.standing.entry_id: {
            sheet["seat"]: points(sheet["marks"], steps_per_point) for sheet in row.standing.detail.get("sheets", [])
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
    """Which work the line is of and what the round said of it, without any figure."""
    return Line(**_known_to_all(row), rank=None, score=None, tied=False, side=Side(), corrected=None, kept=True)


def _known_to_all(row: _Row) -> dict[str, Any]:
    """What a line says of its work whoever reads it."""
    return {
        "entry_id": row.standing.entry_id,
        "public_id": row.public_id,
        "code": row.code,
        "title": row.title,
        "category": row.category,
        "category_code": row.category_code,
        "advanced": row.standing.advanced,
        "reason": row.standing.advanced_reason,
        "gone": not row.still,
    }


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
    under: str,
) -> Line:
    score, kept = row.score, row.standing.detail.get("sheets", [])
    return Line(
        **_known_to_all(row),
        rank=row.standing.rank,
        score=None if score is None else shown(score, digits),
        tied=tied,
        side=side,
        corrected=None if side.corrected is None else shown(side.corrected, digits),
        kept=False,
        needed=row.standing.needed,
        untrimmed=is_untrimmed(row.standing),
        parted=parted,
        under=under,
        recused=row.recused,
        looked_at=partial(behind, judged, score, kept, judges, limit),
    )
