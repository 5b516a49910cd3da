"""What is missing before a round can close, and how its places read afterwards."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition, Round
from award.entries.models import Entry
from award.results.models import Result, Standing
from award.screening.models import Screening
from judging.panels.models import Assignment, Seat
from judging.scoring.models import ScoreSheet
from judging.scoring.queries import progress


def works(round_id: int) -> list[tuple[int, int]]:
    """(panel, entry) of every work dealt in the round, also of one whose judges are all recused."""
    found = (
        select(Seat.panel_id, Assignment.entry_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(Assignment.round_id == round_id)
        .distinct()
        .order_by(Seat.panel_id, Assignment.entry_id)
    )
    return [(panel_id, entry_id) for panel_id, entry_id in session.execute(found)]


def shortfall(edition: Edition, judged: Round) -> str:
    """In words what keeps the round from closing; empty when every sheet is in and every work has enough."""
    found = progress(judged.id)
    needed = rule(edition, "readings").number or 1
    missing = found.assigned - found.finished
    people = len({seat.person_id for seat in found.seats if seat.finished < seat.assigned})
    thin = sum(work.finished < needed for work in found.works)
    parts = []
    if missing:
        parts.append(_("còn %(sheets)d phiếu chưa gửi (%(people)d thành viên)", sheets=missing, people=people))
    if thin:
        parts.append(_("%(works)d tác phẩm chưa đủ %(needed)d phiếu", works=thin, needed=needed))
    return "; ".join(parts)


def commitments(round_id: int) -> list[str]:
    """The commitments of all sent sheets, sorted."""
    found = (
        select(ScoreSheet.commitment)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Assignment.round_id == round_id, Assignment.state == "open", ScoreSheet.state == "finished")
    )
    return sorted(commitment for commitment in session.scalars(found) if commitment)


def against_the_order(round_id: int, chosen: Collection[int]) -> dict[int, str]:
    """Chosen works below, or level with, one of the same panel that was not chosen: entry id → blind code."""
    rows = session.execute(
        select(Standing.panel_id, Standing.entry_id, Standing.rank, Screening.blind_code)
        .join(Screening, Screening.entry_id == Standing.entry_id)
        .where(Standing.round_id == round_id)
    ).all()
    best_left: dict[int, int] = {}
    for panel_id, entry_id, rank, _code in rows:
        if rank is not None and entry_id not in chosen:
            best_left[panel_id] = min(best_left.get(panel_id, rank), rank)
    return {
        entry_id: code or ""
        for panel_id, entry_id, rank, code in rows
        if entry_id in chosen and panel_id in best_left and (rank is None or rank >= best_left[panel_id])
    }


def is_drawn(round_id: int) -> bool:
    """Whether the shortlist of the round has been drawn."""
    drawn = select(Standing.id).where(Standing.round_id == round_id, Standing.advanced.is_not(None)).limit(1)
    return session.scalar(drawn) is not None


def entries_named(round_id: int, public_ids: Collection[str]) -> dict[str, int]:
    """Public id → id, of those that stand in the round."""
    found = select(Entry.public_id, Entry.id).join(Standing, Standing.entry_id == Entry.id)
    rows = session.execute(found.where(Standing.round_id == round_id, Entry.public_id.in_(public_ids)))
    return dict(rows.tuples().all())


def closed_rounds(edition_id: int) -> list[Round]:
    """Rounds whose ranking exists, in order."""
    found = select(Round).where(Round.edition_id == edition_id, Round.state == "closed").order_by(Round.ordinal)
    return list(session.scalars(found))


def rounds_under_way(edition_id: int) -> list[Round]:
    """Rounds that are open or frozen, in order."""
    states = ("open", "frozen")
    found = select(Round).where(Round.edition_id == edition_id, Round.state.in_(states)).order_by(Round.ordinal)
    return list(session.scalars(found))


def is_followed(judged: Round) -> bool:
    """Whether the round's shortlist has been used: a later round was opened, or the prizes were handed down."""
    later = select(Round.id).where(
        Round.edition_id == judged.edition_id, Round.ordinal > judged.ordinal, Round.state != "prepare"
    )
    outcome = select(Result.id).where(Result.edition_id == judged.edition_id)
    return session.scalar(later.limit(1)) is not None or session.scalar(outcome.limit(1)) is not None
