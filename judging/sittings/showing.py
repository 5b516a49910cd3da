"""What the room shows to one reader: the work on the table, what was voted, what may be done next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from award.editions.clauses import rule
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.permissions import Capacity
from award.editions.prizes import FOR_WORKS, is_for
from award.editions.rulebook import tie_steps
from judging.council import queries as proposing
from judging.council.models import Proposal
from judging.council.papers import Session
from judging.council.queries import Level
from judging.council.rooms import by_entry, category_of, codes_of
from judging.ranking.board import Line
from judging.ranking.boards import boards
from judging.sittings import papers, permissions, queries
from judging.sittings.majorities import FEW, Count, least
from judging.sittings.models import AgendaItem, Sitting, Vote
from judging.sittings.operations.filling import is_balloted, last_vote, places_of, votes_closed
from judging.sittings.places import Filled
from judging.sittings.ruled import majority_of


@dataclass(frozen=True)
class Told:
    """A vote as the room reads of it."""

    vote: Vote
    level: PrizeLevel
    needed: int

    @property
    def least(self) -> "Least":
        return Least(self.needed, self.vote.base)

    @property
    def count(self) -> Count | None:
        """None until it is closed."""
        return self._figures if self.vote.state == "closed" else None

    @property
    def hands(self) -> Count | None:
        """What somebody counted of a show of hands that nobody has confirmed yet."""
        return self._figures if self.vote.state == "open" else None

    @property
    def _figures(self) -> Count | None:
        at = self.vote
        if at.yes is None or at.no is None or at.blank is None:
            return None
        return Count(at.eligible, at.yes, at.no, at.blank, at.invalid)

    @property
    def few(self) -> bool:
        return self.vote.method != "hands" and self.vote.eligible < FEW


@dataclass(frozen=True)
class LevelTie:
    """Works of one share, more than the places that are left at the level; `ballot`: a ballot among them is next."""

    level: PrizeLevel
    codes: tuple[str, ...]
    left: int
    ballot: bool = False


@dataclass(frozen=True)
class Row:
    """A work of the agenda. `away`: the reader has to do with it, and sees no figure of it and none of its votes."""

    item: AgendaItem
    line: Line
    away: bool
    recused: tuple[str, ...]
    equal: tuple[str, ...]
    proposed: tuple[PrizeLevel, ...]
    votes: tuple[Told, ...]
    level_ties: tuple[LevelTie, ...] = ()
    outside: tuple[PrizeLevel, ...] = ()
    """Levels at which it passed and has no place: others stand above it, or it was taken off for a reason."""
    story: tuple[str, ...] = ()
    """Codes of works that tell the same story."""
    remarks: Sequence[queries.Written] = ()
    in_hall: bool = False
    """Somebody who is there has to do with it: the screen of the hall shows no figure of it and none of its votes."""
    rivals: str = ""
    """Works across the cut that the sheets do not tell from it, in words."""

    @property
    def open(self) -> Told | None:
        return next((each for each in self.votes if each.vote.state == "open"), None)

    @property
    def levels_again(self) -> frozenset[int]:
        """Levels at which a vote would be the second."""
        return frozenset(each.level.id for each in self.votes if each.vote.state != "open")


@dataclass(frozen=True)
class Least:
    """How many have to agree; of how many members, where the rules name others than who may vote."""

    needed: int
    base: int | None


@dataclass(frozen=True)
class Out:
    """Papers that are voted on: for which level, on which works, how many, and what each of them needs to pass."""

    level: PrizeLevel
    codes: tuple[str, ...]
    papers: int
    least: tuple[Least, ...] = ()


@dataclass(frozen=True)
class Hands:
    """What the rules say of hands and of opinions in writing, and the show of hands that waits to be confirmed."""

    refused: str = ""
    """Why no hands are shown; empty where they may be."""
    takes_opinions: bool = False
    counts_opinions: bool = False
    counter: str = ""
    """Who counted what waits."""
    may_confirm: bool = False


@dataclass(frozen=True)
class Room:
    """Everything a page of the room is drawn from."""

    sitting: Sitting
    rows: tuple[Row, ...]
    structure: Sequence[Level]
    may_open: bool
    may_keep: bool
    may_lead: bool
    may_decide: bool
    may_vote: bool
    voted: bool
    ballots: int
    out: tuple[Out, ...] = ()
    counts: bool = False
    """Whether the reader is on the counting committee."""
    lost: bool = False
    """Whether the ballots given so far cannot be opened any more, and the vote on the table is held anew."""
    roll: tuple[queries.Somebody, ...] = ()
    """Every member, with whether they are there."""
    hands: Hands = Hands()
    held: Session | None = None
    """What its minutes are written from."""
    least: Least | None = None
    """What the work on the table needs to pass, as who is there stands now."""

    @property
    def voting(self) -> bool:
        """Whether a vote is open, on devices or on paper."""
        return bool(self.out) or any(row.open for row in self.rows)

    @property
    def absent(self) -> list[queries.Somebody]:
        """Members who are not there: their opinions in writing may be written down."""
        return [each for each in self.roll if not each.present]

    @property
    def on_table(self) -> Row | None:
        return next((row for row in self.rows if row.item.on_table), None)

    @property
    def next(self) -> Row | None:
        """The work after the one on the table; the first one before any was."""
        if self.on_table is None:
            return self.rows[0] if self.rows else None
        at = self.rows.index(self.on_table) + 1
        return self.rows[at] if at < len(self.rows) else None

    @property
    def votable(self) -> list[Level]:
        """Levels a work may be voted for: the highest with a place left, and not yet voted on, first in the field."""
        return [each for each in self.structure if each.level.kind in FOR_WORKS and not each.level.themes]

    @property
    def fitting(self) -> list[Level]:
        """Those among them that the work on the table can have."""
        row = self.on_table
        return [each for each in self.votable if row is not None and is_for(each.level, row.line.category_code)]

    @property
    def suggested(self) -> int | None:
        row = self.on_table
        if row is None:
            return None
        if row.level_ties and row.level_ties[0].ballot:
            return row.level_ties[0].level.id
        free = [each.level.id for each in self.fitting if each.left > 0 and each.level.id not in row.levels_again]
        return free[0] if free else None


def room(edition: Edition, last: Round, by: Capacity, pulse: queries.Pulse) -> Room:
    """The sitting under way as `by` may see it. The same number of statements for any number of works."""
    sitting = pulse.sitting
    shown = boards(last, names=False, reader=by.person_id)
    lines = {line.entry_id: line for board in shown for line in board.lines}
    pairs = {line.entry_id: board.pairs for board in shown for line in board.lines}
    levels, ended = proposing.prizes(edition.id)
    roll = queries.roll(sitting.id)
    proposed, names = proposing.proposals(edition.id), {each.id: each.name for each in roll}
    away, voted = queries.recusals(sitting.id), queries.votes([sitting.id])
    given = by_entry(proposed)
    by_id = {level.id: level for level in levels}
    told = _told(edition, voted, by_id)
    closed = votes_closed(edition.id) if any(vote.state == "closed" for vote in voted) else {}
    places = places_of(edition, closed) if closed else {}
    items = queries.agenda(sitting.id)
    hidden = {one.entry_id for one in items if by.person_id in away.get(one.id, {})}
    hidden |= {line.entry_id for line in lines.values() if line.kept}
    waits = {
        level for level, at in places.items() if "ballot" in tie_steps(last) and not is_balloted(at.tied, level, closed)
    }
    stories = codes_of(proposing.one_story(edition.id), shown)
    remarks = queries.remarks([sitting.id])
    rows = []
    for item in items:
        line = lines[item.entry_id]
        kept = by.person_id in away.get(item.id, {}) or line.kept
        recused = tuple(names[who] for who in names if who in away.get(item.id, {}))
        equal = () if kept else tuple(o.code for o in lines.values() if _equal(o, line))
        votes = () if kept else tuple(each for each in told if each.vote.item_id == item.id)
        proposed_for = _levels_of(given.get(item.entry_id, {}), by_id)
        ties = _level_ties(item.entry_id, places, by_id, lines, hidden, waits)
        out = () if kept else _outside(item.entry_id, places, closed, by_id, proposed_for)
        told_too = () if kept else stories.get(item.entry_id, ())
        said = () if kept else remarks.get(item.id, ())
        in_hall = any(one.present and one.id in away.get(item.id, {}) for one in roll)
        rivals = "" if kept else pairs[item.entry_id].told(item.entry_id, hidden)
        figures = (equal, proposed_for, votes, ties, out, told_too, said, in_hall, rivals)
        rows.append(Row(item, line, kept, recused, *figures))
    table = next((row for row in rows if row.item.on_table), None)
    open_vote = next((vote for vote in voted if vote.state == "open"), None)
    mine = queries.voter(open_vote.id, by.person_id) if open_vote else None
    structure = proposing.structure(levels, proposed.values(), proposing.honours(edition.id), category_of(shown))
    return Room(
        sitting,
        tuple(rows),
        structure,
        may_open=bool(permissions.can_open(by, sitting)),
        may_keep=bool(permissions.can_keep(by, sitting)),
        may_lead=bool(permissions.can_lead(by, sitting)),
        may_decide=bool(permissions.can_decide(by, sitting, recused=table is not None and table.away)),
        may_vote=mine is not None,
        voted=pulse.voted,
        ballots=pulse.ballots,
        out=_out(edition, rows, items, voted, by_id),
        counts=pulse.counts,
        lost=pulse.lost,
        roll=tuple(roll),
        hands=_hands(edition, by, sitting, table, open_vote),
        held=Session(edition, last, shown, levels, proposed, (), ended),
        least=_least(edition, roll, away.get(table.item.id, {})) if table else None,
    )


def minutes(shown: Room, by: Capacity) -> Sequence[tuple[str, Sequence[str]]]:
    """The minutes as far as they have come, for who takes them along; nothing of works the reader has to do with."""
    if shown.held is None or shown.sitting.opened_at is None or not permissions.can_read_papers(by):
        return ()
    return papers.growing(shown.held, shown.sitting, {row.item.id for row in shown.rows if row.away})


def _hands(edition: Edition, by: Capacity, sitting: Sitting, table: Row | None, vote: Vote | None) -> Hands:
    waits = vote is not None and vote.method == "hands"
    recused = table is not None and table.away
    return Hands(
        permissions.shows_hands(edition).sentence,
        takes_opinions=bool(permissions.takes_opinions(edition)),
        counts_opinions=bool(permissions.counts_opinions(edition)),
        counter=queries.names([vote.opened_by_id])[vote.opened_by_id] if vote and waits else "",
        may_confirm=bool(vote and waits and permissions.can_confirm_hands(by, sitting, vote, recused=recused)),
    )


def _least(edition: Edition, roll: Sequence[queries.Somebody], away: Collection[int]) -> Least:
    """As a vote opened now among these members would need it, without opinions in writing."""
    free = [each for each in roll if each.id not in away]
    base = len(free) if rule(edition, "vote_base").choice == "members" else None
    here = sum(each.present for each in free)
    return Least(least(majority_of(edition), here if base is None else base), base)


def _out(
    edition: Edition,
    rows: Sequence[Row],
    items: Sequence[AgendaItem],
    votes: Sequence[Vote],
    levels: Mapping[int, PrizeLevel],
) -> tuple[Out, ...]:
    """What is voted on with paper, stack by stack; that a work is voted on is no secret to who has to do with it."""
    codes = {item.id: row.line.code for item, row in zip(items, rows, strict=True)}
    found: dict[int, list[Vote]] = {}
    for vote in votes:
        if vote.state == "open" and vote.stack_id is not None:
            found.setdefault(vote.stack_id, []).append(vote)
    share = majority_of(edition)
    return tuple(
        Out(
            levels[each[0].prize_level_id],
            tuple(codes[one.item_id] for one in each),
            each[0].eligible,
            tuple(dict.fromkeys(Least(least(share, one.counted_of), one.base) for one in each)),
        )
        for each in found.values()
    )


def _level_ties(
    entry: int,
    places: Mapping[int, Filled],
    levels: Mapping[int, PrizeLevel],
    lines: Mapping[int, Line],
    hidden: set[int],
    waits: set[int],
) -> tuple[LevelTie, ...]:
    """Ties that the work is in. One with a work that the reader has to do with is not told."""
    return tuple(
        LevelTie(levels[level], tuple(lines[each].code for each in at.tied), at.left, level in waits)
        for level, at in places.items()
        if entry in at.tied and not hidden & set(at.tied)
    )


def _outside(
    entry: int,
    places: Mapping[int, Filled],
    closed: Mapping[tuple[int, int], Sequence[Vote]],
    levels: Mapping[int, PrizeLevel],
    proposed: Sequence[PrizeLevel],
) -> tuple[PrizeLevel, ...]:
    best = min((level.rank for level in proposed), default=None)
    return tuple(
        levels[level]
        for level, at in places.items()
        if entry not in (*at.inside, *at.tied)
        and (best is None or levels[level].rank < best)
        and (entry, level) in closed
        and last_vote(closed[entry, level]).passed
    )


def _levels_of(given: Mapping[str, Proposal], levels: Mapping[int, PrizeLevel]) -> tuple[PrizeLevel, ...]:
    return tuple(levels[each.prize_level_id] for each in given.values())


def _told(edition: Edition, votes: Sequence[Vote], levels: Mapping[int, PrizeLevel]) -> list[Told]:
    share = majority_of(edition)
    return [Told(vote, levels[vote.prize_level_id], least(share, vote.counted_of)) for vote in votes]


def _equal(other: Line, line: Line) -> bool:
    return other is not line and not other.gone and None not in (other.rank, line.rank) and other.score == line.score
