"""The places of a closed round as the rules order them, with what people ruled about equal works."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, Protocol

from flask_babel import lazy_gettext as _
from sqlalchemy import bindparam, select

from award.db import once_a_request, session
from award.editions import rulebook
from award.editions.models import Round
from award.editions.rulebook import tie_steps
from award.entries.models import Entry
from award.results.models import Standing
from award.screening.models import Screening
from judging.ranking.aggregate import Place, reduced
from judging.ranking.cuts import above
from judging.ranking.ladder import Parting, Rulings, climbed, known_of, partings
from judging.ranking.models import TieRuling
from judging.ranking.queries import rounds, standing_still
from judging.ranking.ties import Known


def rulings(judged: Round) -> Rulings:
    """What was decided or drawn, oldest first; nothing is asked where the rules name neither."""
    if not {"decision", "lot"} & set(tie_steps(judged)):
        return {}
    found: dict[str, list[list[int]]] = {"decision": [], "lot": []}
    for each in ruled(judged.id):
        if each.kind == "decision" or each.drawn_at is not None:
            found[each.kind].append(each.works)
    return found


def ruled(round_id: int) -> Sequence[TieRuling]:
    """Every ruling of the round, lots that are only announced among them, oldest first."""
    return once_a_request(("ruled", round_id), lambda: session.scalars(_RULED, {"round_id": round_id}).all())


_RULED = select(TieRuling).where(TieRuling.round_id == bindparam("round_id")).order_by(TieRuling.id)


def floor_of(judged: Round) -> Fraction | None:
    """The fewest points with which a work goes on from this round; none is asked of the last one."""
    points = rulebook.floor_of(judged)
    return None if points is None or judged.id == rounds(judged.edition_id)[-1].id else points


class Counted(Protocol):
    """What was found for a work when its round ended: a row of `Standing`, or those of its columns that pages read."""

    @property
    def entry_id(self) -> int: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def score_numerator(self) -> int | None: ...
    @property
    def score_denominator(self) -> int | None: ...
    @property
    def sheets(self) -> int: ...
    @property
    def needed(self) -> int: ...
    @property
    def detail(self) -> dict[str, Any]: ...


def score_of(at: Counted) -> Fraction | None:
    if at.score_numerator is None or at.score_denominator is None:
        return None
    return reduced(at.score_numerator, at.score_denominator)


UNTRIMMED = _("Sau đính chính còn dưới năm phiếu: điểm là trung bình cộng các phiếu còn lại.")


def is_untrimmed(at: Counted) -> bool:
    """The list of the work is trimmed; since a correction it has too few sheets for that."""
    return bool(at.detail.get("untrimmed"))


def place_of(at: Counted) -> Place:
    return Place(at.entry_id, at.rank, score_of(at), None, at.sheets, at.needed)


def known(judged: Round, standings: Sequence[Counted], found: Rulings) -> Known:
    """What may part these works. The criteria are asked for only where the rules part by them."""
    criteria = judged.criteria if "criteria" in tie_steps(judged) else []
    heaviest = sorted(criteria, key=lambda each: (-each.weight, each.ordinal))
    return known_of(
        {at.entry_id: score_of(at) for at in standings},
        {at.entry_id: at.detail for at in standings},
        [each.id for each in heaviest],
        found,
    )


@dataclass(frozen=True)
class Stood:
    """A work with its rank among those of its panel once the steps of the rules have parted equal ones."""

    panel_id: int
    entry_id: int
    rank: int | None
    code: str
    short: bool
    """It has fewer sheets than it needs for a rank."""


def stood(judged: Round) -> list[Stood]:
    """Of the works that still stand, panel by panel, best first. Below the floor of the rules there is no rank."""
    rows = (
        session.execute(
            select(Standing, Screening.blind_code)
            .join(Entry, Entry.id == Standing.entry_id)
            .join(Screening, Screening.entry_id == Standing.entry_id)
            .where(Standing.round_id == judged.id, standing_still())
            .order_by(Standing.panel_id, Standing.rank.asc().nulls_last(), Standing.entry_id)
        )
        .tuples()
        .all()
    )
    codes = {at.entry_id: code or "" for at, code in rows}
    short = {at.entry_id for at, _code in rows if at.rank is None}
    steps, what, floor = tie_steps(judged), rulings(judged), floor_of(judged)
    found = []
    for panel_id in dict.fromkeys(at.panel_id for at, _code in rows):
        ours = [at for at, _code in rows if at.panel_id == panel_id]
        for place in climbed(above([place_of(at) for at in ours], floor), known(judged, ours, what), steps):
            entry = place.entry_id
            found.append(Stood(panel_id, entry, place.rank, codes[entry], entry in short))
    return found


def parted_in(judged: Round) -> dict[int, dict[int, Parting]]:
    """Panel → work → by which step it stands above others of its score, of the works that still stand."""
    found = (
        select(Standing)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Screening, Screening.entry_id == Standing.entry_id)
        .where(Standing.round_id == judged.id, standing_still())
    )
    by_panel: dict[int, list[Standing]] = {}
    for at in session.scalars(found.order_by(Standing.panel_id, Standing.entry_id)):
        by_panel.setdefault(at.panel_id, []).append(at)
    steps, what = tie_steps(judged), rulings(judged)
    return {
        panel: partings([place_of(at) for at in ours], known(judged, ours, what), steps)
        for panel, ours in by_panel.items()
    }


def against_the_order(judged: Round, chosen: Collection[int], *, full: Collection[int] = ()) -> dict[int, str]:
    """Chosen works below, or level with, one of the same panel that was not chosen, and those without a rank.

    Level are works that no step of the rules parts. Entry id → blind code. `full`: works that may not go on, since
    their author has as many already, and stand in nobody's way.
    """
    rows = stood(judged)
    best_left: dict[int, int] = {}
    for row in rows:
        if row.rank is not None and row.entry_id not in chosen and row.entry_id not in full:
            best_left[row.panel_id] = min(best_left.get(row.panel_id, row.rank), row.rank)
    return {
        row.entry_id: row.code
        for row in rows
        if row.entry_id in chosen
        and (row.rank is None or (row.panel_id in best_left and row.rank >= best_left[row.panel_id]))
    }


def unranked(judged: Round) -> dict[int, Literal["short", "floor"]]:
    """Work → why it has no rank to go on with: too few sheets, or a score below the floor of the rules."""
    return {row.entry_id: "short" if row.short else "floor" for row in stood(judged) if row.rank is None}
