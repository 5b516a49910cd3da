"""What dealing a round gives each member, before it is done: works, minutes, what is missing and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from award.editions.models import Edition, Panel, Round
from award.editions.permissions import Capacity
from award.screening.queries import blind_codes
from judging.panels import linking, queries
from judging.panels.dealing import Pair, Share, deal
from judging.panels.models import Seat
from judging.panels.permissions import may_see_whose
from judging.panels.plans import Plan
from judging.panels.table import Dealings, Table, dealings, seed_of, table_of


@dataclass(frozen=True)
class MemberLoad:
    """What one member reads, works dealt before included."""

    seat: Seat
    works: int
    minutes: int
    kept: int
    """Works of the panel that the member has to do with."""
    gone: bool
    outside: int | None = None
    """Works of other fields than the member's; None where nobody said what the member knows."""

    @property
    def overfull(self) -> bool:
        """More than the member takes."""
        return self.seat.most_works is not None and self.works > self.seat.most_works


@dataclass(frozen=True)
class Lacking:
    """A work with fewer readers than it should have; its code is empty for whom it would tell what is hidden."""

    code: str
    readers: int
    wanted: int
    kept: int


@dataclass(frozen=True)
class PanelRehearsal:
    panel: Panel
    works: int
    readings: int
    members: tuple[MemberLoad, ...]
    lacking: tuple[Lacking, ...]
    common: int
    linked: bool
    """Every member shares works with the others, directly or over a third."""
    comparable: bool
    """They share enough of them to compare how high each marks."""
    unknown: int = 0
    """Works that nobody reads who knows their field, where members said what they know."""

    @property
    def by_field(self) -> bool:
        """Some member said what they know."""
        return any(member.outside is not None for member in self.members)

    @property
    def limited(self) -> bool:
        """Some member takes only so many works."""
        return any(member.seat.most_works is not None for member in self.members)

    @property
    def common_would_help(self) -> bool:
        """They share too few works, and the panel has enough of them that reading some together would do."""
        return not self.comparable and linking.enough_for_two(self.works)

    @property
    def _taking(self) -> list[MemberLoad]:
        return [member for member in self.members if not member.gone]

    @property
    def works_apart(self) -> int:
        """How many works the member with most has more than the one with fewest, of those who named no number."""
        counts = [member.works for member in self._taking if member.seat.most_works is None]
        return max(counts, default=0) - min(counts, default=0)

    @property
    def minutes_apart(self) -> int:
        minutes = [member.minutes for member in self._taking if member.seat.most_works is None]
        return max(minutes, default=0) - min(minutes, default=0)


@dataclass(frozen=True)
class Rehearsal:
    panels: tuple[PanelRehearsal, ...]
    plan: Plan
    kept: Plan
    """What stands now: another one may be looked at before it is saved."""
    least: int
    seed: str
    new: int
    """How many readings dealing would add now."""
    waiting: int
    """Works that a member was given and has not begun, which dealing anew may move."""
    untold: tuple[str, ...] = ()
    """Members who were dealt nothing yet and have not said whom they have to do with, by name."""

    @property
    def differs(self) -> bool:
        """What is looked at is not what stands."""
        return (self.plan.readings, self.plan.common) != (self.kept.readings, self.kept.common)


def rehearse(edition: Edition, round_: Round, by: Capacity, plan: Plan | None = None) -> Rehearsal:
    """What dealing now would come to, as `by` may see it; under another plan when one is given. Changes nothing."""
    table = table_of(edition, round_)
    kept, table = table.plan, table if plan is None else replace(table, plan=plan)
    dealt, seed, minutes = dealings(round_.id, table.gone), seed_of(round_), queries.minutes(table.works)
    shares, standing = table.shares(minutes, seed), dealt.standing()
    may_deal = round_.state in {"prepare", "open"}
    new = [
        (one.seat_id, one.entry_id)
        for one in deal(shares, blocked=table.blocked().keys(), standing=standing, last=dealt.last(), seed=seed)
        if may_deal and not one.blocked
    ]
    own = any(seat.person_id == by.person_id for seat in table.seats)
    codes = blind_codes(list(table.works)) if may_see_whose(by, round_, seated=own) else {}
    reading = {pair for pair, reads in standing.items() if reads} | set(new)
    return Rehearsal(
        tuple(
            _panel(panel, share, table, reading, minutes, codes)
            for panel, share in zip(table.panels, shares, strict=True)
        ),
        table.plan,
        kept,
        table.least,
        seed,
        len(new),
        _waiting(dealt) if round_.state == "open" and table.plan.readings is not None else 0,
        _untold(table, dealt) if may_deal else (),
    )


def _untold(table: Table, dealt: Dealings) -> tuple[str, ...]:
    given = {seat for seat, _work in dealt.rows}
    dealt_to = {seat.person_id for seat in table.seats if seat.id in given}
    silent = {
        seat.person_id: seat.person
        for seat in table.seats
        if seat.ties_told_at is None and seat.id not in table.gone and seat.person_id not in dealt_to
    }
    return tuple(each.legal_name for each in sorted(silent.values(), key=lambda person: (person.name_key, person.id)))


def _waiting(dealt: Dealings) -> int:
    return len(dealt.not_begun())


def _panel(
    panel: Panel,
    share: Share,
    table: Table,
    reading: set[Pair],
    minutes: Mapping[int, int],
    codes: Mapping[int, str],
) -> PanelRehearsal:
    seats = [seat for seat in table.seats if seat.panel_id == panel.id]
    ids, blocked = {seat.id for seat in seats}, table.blocked()
    readers: dict[int, set[int]] = {work: set() for work in share.works}
    for reader, work in reading:
        if reader in ids and work in readers:
            readers[work].add(reader)
    kept_from = Counter(work for reader, work in blocked if reader in ids and work in share.works)
    members = []
    for seat in seats:
        works = [work for work, of in readers.items() if seat.id in of]
        kept = sum((seat.id, work) in blocked for work in share.works)
        known = table.known.get(seat.person_id)
        outside = None if known is None else sum(table.works[work][0] not in known for work in works)
        lasting = sum(minutes[work] for work in works)
        members.append(MemberLoad(seat, len(works), lasting, kept, seat.id in table.gone, outside))
    wanted = {work: table.least if share.everybody(work) else share.wanted(work) for work in share.works}
    short = [
        Lacking(codes.get(work, ""), len(readers[work]), wanted[work], kept_from[work])
        for work in share.works
        if len(readers[work]) < wanted[work]
    ]
    linked = len(linking.groups(readers.values(), share.seats)) <= 1
    return PanelRehearsal(
        panel,
        len(share.works),
        sum(len(of) for of in readers.values()),
        tuple(members),
        tuple(sorted(short, key=lambda one: (one.readers, one.code))),
        len(share.common),
        linked,
        share.readings is None or (linked and linking.uncertainty(readers) <= linking.CLOSE_ENOUGH),
        _unknown(share, readers),
    )


def _unknown(share: Share, readers: Mapping[int, set[int]]) -> int:
    """How many works are read, and only by members who said that they know other fields."""
    knows = share.knows()
    said = {work for work, of in readers.items() if of and of <= share.fields.keys()}
    return sum(not any((seat, work) in knows for seat in readers[work]) for work in said)
