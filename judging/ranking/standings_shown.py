"""The ranking of a closed round as one reader may see it: the panels with their lines, and its page."""

from typing import Any

from award.editions.calendar import called
from award.editions.clauses import rule
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.placing import AGGREGATION
from award.editions.rulebook import figure_of, tie_steps
from award.paging import Page, Turn, cut
from award.payments.permissions import can_set_terms
from judging.ranking import permissions
from judging.ranking.board import PanelBoard
from judging.ranking.boards import boards
from judging.ranking.leaves import parts
from judging.ranking.queries import Around
from judging.ranking.ruled import left_equal, rulings_told
from judging.ranking.ruling import what_comes_first


def boards_for(edition: Edition, judged: Round, by: Capacity, *, seated: bool = True) -> list[PanelBoard]:
    """As this reader may see them: names for heads and staff, nothing of a work the reader has to do with."""
    names, limit = bool(permissions.can_follow(by)), rule(edition, "spread_limit").points
    relations = permissions.may_read_relations(by, judged, seated=seated)
    return boards(judged, names=names, relations=relations, reader=by.person_id, limit=limit)


def standings_shown(edition: Edition, judged: Round, by: Capacity, around: Around, turn: Turn) -> dict[str, Any]:
    """A page of the ranking, by the names of its template.

    The whole of it for who may draw the shortlist, which is one form over all of it.
    """
    use, shown = around.use, boards_for(edition, judged, by, seated=around.seated)
    may_draw = use.goes_on and bool(permissions.can_draw_shortlist(by, judged, followed=use.followed))
    lines = [line for board in shown for line in board.lines]
    page = Page(lines) if may_draw else cut(lines, turn, lambda line: line.code)
    return {
        "round": judged,
        "called": called(judged),
        "boards": shown,
        "page": page,
        "parts": parts(shown, page),
        "goes_on": use.goes_on,
        "drawn": any(line.advanced is not None for line in lines),
        "may_draw": may_draw,
        "may_export": bool(permissions.can_follow(by)),
        "may_set_fees": bool(can_set_terms(by)),
        "may_examine": bool(permissions.can_examine(by, judged)),
        "closed_by": around.closed_by,
        "terms": around.closed_by[2] if around.closed_by else {},
        "version": around.version,
        **_rules(edition, judged),
        **_equal(judged, by, around, shown),
    }


def _rules(edition: Edition, judged: Round) -> dict[str, Any]:
    """By which rules the figures were made and equal works are parted."""
    return {
        "columns": [(each.id, each.name) for each in judged.criteria],
        "limit": rule(edition, "spread_limit").points,
        "ties": rule(edition, "tie_rule"),
        "tie_steps": tie_steps(judged),
        "figure": AGGREGATION[figure_of(judged)],
    }


def _equal(judged: Round, by: Capacity, around: Around, shown: list[PanelBoard]) -> dict[str, Any]:
    """The works still equal with what comes before a decision on them, those that were decided, and who may."""
    equal = [group for board in shown for group in left_equal(board, at_the_cut=around.use.goes_on)]
    return {
        "equal": [(group, what_comes_first(judged, [line.entry_id for line in group])) for group in equal],
        "rulings": rulings_told(judged, shown),
        "may_rule": bool(permissions.can_rule(by, judged, used=around.use.followed)),
    }
