"""The places of every level as the votes fill them, and the proposals that follow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.editions.prizes import FOR_WORKS, may_hold_both
from award.editions.rulebook import tie_steps
from award.entries.models import Entry
from award.results.models import Standing
from award.verdicts import Refused
from judging.council import operations as proposing
from judging.council import queries as council
from judging.council.models import Proposal
from judging.ranking.standing import known, rulings
from judging.ranking.ties import parted
from judging.sittings.models import AgendaItem, Sitting, Vote
from judging.sittings.places import Filled, Parts, Passed, filled, together

AMONG_EQUALS = 3
"""The number of a vote that is a ballot among works of one share."""


def votes_closed(edition_id: int) -> dict[tuple[int, int], list[Vote]]:
    """(work, level) → its closed votes, oldest first, of every sitting."""
    found: dict[tuple[int, int], list[Vote]] = {}
    rows = session.execute(
        select(AgendaItem.entry_id, Vote)
        .join(AgendaItem, AgendaItem.id == Vote.item_id)
        .join(Sitting, Sitting.id == Vote.sitting_id)
        .where(Sitting.edition_id == edition_id, Vote.state == "closed")
        .order_by(Vote.id)
    )
    for entry, vote in rows.tuples():
        found.setdefault((entry, vote.prize_level_id), []).append(vote)
    return found


def passed(votes: Mapping[tuple[int, int], Sequence[Vote]]) -> set[tuple[int, int]]:
    """Of (work, level) those whose last vote enough agreed in."""
    return {pair for pair, each in votes.items() if last_vote(each).passed}


def places_of(edition: Edition, votes: Mapping[tuple[int, int], Sequence[Vote]]) -> dict[int, Filled]:
    """Level → how its places are filled, from the highest down: a work that has a place is no candidate below it.

    Proposals for which a reason was written since the work was voted on there keep their places; without one they have
    what the votes leave, the first of them first. A work that was proposed elsewhere, or taken off, for a reason since
    its vote stays where it was put. A vote for a work whose loại hình the level is not for any more gives it none.
    """
    levels, _ended = council.prizes(edition.id)
    proposed, both = council.proposals(edition.id), may_hold_both(edition)
    parts, placed, found = _parts(edition), dict[str, set[int]](), dict[int, Filled]()
    agreed, moved = standing(edition, levels, votes), _moved(edition, proposed, both)
    for level in levels:
        if level.kind not in FOR_WORKS:
            continue
        group = level.kind if both else ""
        taken = placed.setdefault(group, set())
        here = {entry: each for (entry, _kind), each in proposed.items() if each.prize_level_id == level.id}
        by_hand = {entry for entry, each in here.items() if is_by_hand(each, votes)} - taken
        works = [
            _passed(entry, each)
            for (entry, of), each in votes.items()
            if of == level.id
            and (entry, of) in agreed
            and entry not in by_hand | taken
            and not any(_is_since(at, each) for to, at in moved.get((entry, group), ()) if to != level.id)
        ]
        at = filled(works, max(level.quota - len(by_hand), 0), parts)
        others = [entry for entry in here if (entry, level.id) not in votes and entry not in by_hand | taken]
        room = level.quota - len(by_hand) - len(at.inside) - at.left if at.inside or at.tied else len(others)
        first = sorted(others, key=lambda entry: here[entry].id)[: max(room, 0)]
        found[level.id] = replace(at, kept=tuple(first))
        taken |= by_hand | set(at.inside) | set(first)
    return found


def standing(
    edition: Edition, levels: Sequence[PrizeLevel], votes: Mapping[tuple[int, int], Sequence[Vote]]
) -> set[tuple[int, int]]:
    """Of (work, level) those that passed, of works that are still there and of whose loại hình the level is."""
    candidates = council.candidates(edition.id)
    agreed = {(entry, of) for entry, of in passed(votes) if entry in candidates}
    if any(level.categories for level in levels):
        agreed -= {(entry.id, level.id) for level, entry in council.misfits(agreed)}
    return agreed


def _moved(
    edition: Edition, proposed: Mapping[tuple[int, str], Proposal], both: bool
) -> dict[tuple[int, str], list[tuple[int | None, datetime]]]:
    """(work, kind, or nothing where it holds one prize of whatever kind) → where somebody put it for a reason, and
    when; nowhere for one that was taken off."""
    found: dict[tuple[int, str], list[tuple[int | None, datetime]]] = {}
    for (entry, kind), each in proposed.items():
        if each.reason:
            found.setdefault((entry, kind if both else ""), []).append((each.prize_level_id, each.proposed_at))
    for off in council.passed_over(edition.id):
        found.setdefault((off.entry_id, off.kind if both else ""), []).append((None, off.decided_at))
    return found


def _is_since(at: datetime, votes: Sequence[Vote]) -> bool:
    """Whether something was done after all of these votes."""
    return all(each.closed_at is None or each.closed_at <= at for each in votes)


def undecided(edition: Edition) -> list[tuple[PrizeLevel, int]]:
    """Levels with places that works of one share wait for, and how many."""
    votes = votes_closed(edition.id)
    places = places_of(edition, votes) if votes else {}
    levels = council.prizes(edition.id)[0] if votes else []
    return [(each, places[each.id].left) for each in levels if each.id in places and places[each.id].tied]


def fill(*, by: Capacity, edition: Edition) -> None:
    """What the votes give a place is proposed for it; what they do not, and was voted on, is proposed there no more.

    What the rules do not let be proposed any more is left as it is: the vote stands all the same.
    """
    votes = votes_closed(edition.id)
    places = places_of(edition, votes)
    levels = {level.id: level for level in council.prizes(edition.id)[0]}
    proposed = council.proposals(edition.id)
    for (entry, kind), each in proposed.items():
        at = places.get(each.prize_level_id)
        if at is not None and not is_by_hand(each, votes) and entry not in {*at.inside, *at.kept}:
            _try(by, edition, entry, levels[each.prize_level_id], kind, away=True)
    for level_id, at in places.items():
        for entry in at.inside:
            if _stands(proposed, entry, levels[level_id]) is None:
                _try(by, edition, entry, levels[level_id], levels[level_id].kind, away=False)


def is_by_hand(proposal: Proposal, votes: Mapping[tuple[int, int], Sequence[Vote]]) -> bool:
    """Whether it stands for a reason that was written since the work was last voted on at the level."""
    there = votes.get((proposal.entry_id, proposal.prize_level_id), ())
    return proposal.reason != "" and _is_since(proposal.proposed_at, there)


def _stands(proposed: Mapping[tuple[int, str], Proposal], entry: int, level: PrizeLevel) -> Proposal | None:
    found = proposed.get((entry, level.kind))
    return found if found is not None and found.prize_level_id == level.id else None


def _try(by: Capacity, edition: Edition, entry_id: int, level: PrizeLevel, kind: str, *, away: bool) -> None:
    entry = session.get_one(Entry, entry_id)
    try:
        with session.begin_nested():
            if away:
                proposing.withdraw(by=by, edition=edition, entry=entry, kind=kind, voted=True)
            else:
                proposing.propose(by=by, edition=edition, entry=entry, level=level, voted=True)
    except Refused:  # the savepoint has put everything back
        return


def is_balloted(works: Sequence[int], level_id: int, votes: Mapping[tuple[int, int], Sequence[Vote]]) -> bool:
    """Whether a ballot among equals was taken on each of the works since it passed at the level."""
    return all(_passed(entry, votes[entry, level_id]).among_equals is not None for entry in works)


def ballots_follow(edition: Edition) -> bool:
    """Whether the rules name a ballot among works of one share: none is taken that is not named."""
    last = council.last_round(edition.id)
    return last is not None and "ballot" in tie_steps(last)


def last_vote(votes: Sequence[Vote]) -> Vote:
    """The vote that says whether the work passed: the last one that was no ballot among equals."""
    return next(each for each in reversed(votes) if each.number != AMONG_EQUALS)


def _passed(entry: int, votes: Sequence[Vote]) -> Passed:
    last = last_vote(votes)
    equals = [each for each in votes if each.number == AMONG_EQUALS and each.id > last.id]
    return Passed(entry, _share(last), _share(equals[-1]) if equals else None)


def _share(vote: Vote) -> Fraction:
    return Fraction(vote.yes or 0, vote.counted_of)


def _parts(edition: Edition) -> Parts:
    """Score, then the steps the rules name; nothing where they name none."""
    last = council.last_round(edition.id)
    steps = tie_steps(last) if last is not None else ()
    if last is None or not steps:
        return together
    rows = session.scalars(select(Standing).where(Standing.round_id == last.id)).all()
    what = known(last, rows, rulings(last))
    return lambda works, ballots: parted(list(works), replace(what, ballot=ballots), steps).order
