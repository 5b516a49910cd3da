"""What is proposed, or left out, otherwise than the council voted: only for a reason, and told with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from award.editions.models import Edition, PrizeLevel
from award.editions.prizes import one_of
from award.results.lines import within
from award.verdicts import Verdict
from judging.council import queries as council
from judging.council.models import Proposal
from judging.sittings.models import Vote
from judging.sittings.operations.filling import is_by_hand, last_vote, places_of, standing, votes_closed

Votes = Mapping[tuple[int, int], Sequence[Vote]]


def against_silence(edition: Edition, entry_id: int, level_id: int | None, kinds: Collection[str]) -> Verdict | None:
    """Why nobody proposes the work for the level, or takes it off what it holds of these kinds, without a reason.

    A work that was voted goes where it was voted to; nor does one go past works that passed and are left without.
    """
    votes = votes_closed(edition.id)
    if not votes:
        return None
    levels = {level.id: level for level in council.prizes(edition.id)[0]}
    mine = {levels[of]: last_vote(each).passed for (entry, of), each in votes.items() if entry == entry_id}
    mine = {level: passed for level, passed in mine.items() if level.kind in kinds}
    if level_id is None:
        words = _("Tác phẩm đã đạt khi bỏ phiếu. Đề nghị ghi lý do không đề nghị giải.")
        return Verdict("voted", words) if any(mine.values()) else None
    level = levels[level_id]
    if (entry_id, level_id) in votes and entry_id in places_of(edition, votes)[level_id].inside:
        return None
    if not mine.get(level) and any(passed or other.rank >= level.rank for other, passed in mine.items()):
        words = _("Tác phẩm đã bỏ phiếu, kết quả khác với mức giải này. Đề nghị ghi lý do.")
        return Verdict("voted", words)
    if _without(edition, list(levels.values()), votes, level) - {entry_id}:
        words = _("Có tác phẩm đạt khi bỏ phiếu ở mức giải này mà chưa có giải. Đề nghị ghi lý do.")
        return Verdict("voted", words)
    return None


def _without(edition: Edition, levels: Sequence[PrizeLevel], votes: Votes, level: PrizeLevel) -> set[int]:
    """Works that passed at the level and are proposed neither for it nor for a higher one."""
    kinds = one_of(edition, level.kind)
    ranks = {each.id: each.rank for each in levels}
    placed = {
        entry
        for (entry, kind), each in council.proposals(edition.id).items()
        if kind in kinds and ranks[each.prize_level_id] <= level.rank
    }
    return {entry for entry, of in standing(edition, levels, votes) if of == level.id} - placed


def left_out(edition: Edition) -> list[tuple[PrizeLevel, list[int]]]:
    """Level → works that by the votes have a place of it and are not proposed for it."""
    votes = votes_closed(edition.id)
    if not votes:
        return []
    places, proposed = places_of(edition, votes), council.proposals(edition.id)
    given = {(entry, each.prize_level_id) for (entry, _kind), each in proposed.items()}
    found = [
        (level, [entry for entry in places[level.id].inside if (entry, level.id) not in given])
        for level in council.prizes(edition.id)[0]
        if level.id in places
    ]
    return [(level, works) for level, works in found if works]


@dataclass(frozen=True)
class Overturned:
    """A work that is proposed for the level otherwise than by a vote, or, with `off`, was taken off it although one had
    passed it. `voted`: whether the council voted on it there."""

    entry_id: int
    level: PrizeLevel
    reason: str
    voted: bool
    off: bool = False


def overturned(edition: Edition) -> list[Overturned]:
    """From the highest level down: of levels that were voted on, and of works that passed elsewhere. Nothing where the
    council voted on nothing."""
    votes = votes_closed(edition.id)
    if not votes:
        return []
    levels = council.prizes(edition.id)[0]
    by_id = {level.id: level for level in levels}
    asked = {of for _entry, of in votes}
    found = [
        Overturned(entry, by_id[each.prize_level_id], each.reason, (entry, each.prize_level_id) in votes)
        for (entry, _kind), each in council.proposals(edition.id).items()
        if _is_otherwise(edition, levels, votes, each, asked)
    ]
    found += [
        Overturned(each.entry_id, by_id[each.prize_level_id], each.reason, voted=True, off=True)
        for each in council.passed_over(edition.id)
    ]
    return sorted(found, key=lambda each: (each.level.rank, each.level.id, each.off, each.entry_id))


def _is_otherwise(
    edition: Edition, levels: Sequence[PrizeLevel], votes: Votes, proposal: Proposal, asked: Collection[int]
) -> bool:
    """Not by a vote at its level, where there was any or the work passed at another; nor, for a reason, past others."""
    there = votes.get((proposal.entry_id, proposal.prize_level_id))
    if there is None:
        passed = any(last_vote(each).passed for (entry, _of), each in votes.items() if entry == proposal.entry_id)
        return passed or proposal.prize_level_id in asked
    if not last_vote(there).passed:
        return True
    level = next(each for each in levels if each.id == proposal.prize_level_id)
    return is_by_hand(proposal, votes) and bool(_without(edition, levels, votes, level))


def told(one: Overturned, work: str) -> str:
    """One of them for a page or the minutes, without a full stop at its end."""
    words = {"work": work, "level": within(one.level.name), "reason": one.reason.rstrip(" .")}
    if one.off:
        return str(_("%(work)s, %(level)s: đạt khi bỏ phiếu, không đề nghị. Lý do: %(reason)s", **words))
    if not one.reason and one.voted:
        return str(_("%(work)s, %(level)s: khác kết quả bỏ phiếu, không ghi lý do", **words))
    if not one.reason:
        return str(_("%(work)s, %(level)s: không qua bỏ phiếu", **words))
    if one.voted:
        return str(_("%(work)s, %(level)s: khác kết quả bỏ phiếu. Lý do: %(reason)s", **words))
    return str(_("%(work)s, %(level)s: không qua bỏ phiếu. Lý do: %(reason)s", **words))
