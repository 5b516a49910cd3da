"""What the room of a viewing shows to one reader: what is on, the reader's sheet of it, what was on before."""

from dataclasses import dataclass
from datetime import datetime

from award.editions.models import Edition, Panel, Round
from award.editions.permissions import Capacity
from judging.panels.aside import ties_of
from judging.panels.permissions import may_see_whose
from judging.viewings import permissions, queries
from judging.viewings.models import Viewing
from judging.viewings.queries import Member, Work


@dataclass(frozen=True)
class Shown:
    """A time a work was on, as the record tells it. A reader who has to do with the work learns nothing of it."""

    work: Work | None
    begun_at: datetime
    ended_at: datetime | None
    present: tuple[str, ...]
    recused: tuple[str, ...]
    """Names only for who may know whose work is whose; everybody reads how many."""
    left: int


@dataclass(frozen=True)
class Room:
    """Everything a page of the room is drawn from."""

    viewing: Viewing
    panel: Panel
    round: Round
    members: tuple[Member, ...]
    works: tuple[Work, ...]
    """Those the reader may put on."""
    on: Work | None
    away: bool
    """Something is on that the reader has to do with; then `on` is None."""
    sheet: str | None
    """Name of the reader's own sheet of what is on."""
    shown: tuple[Shown, ...]
    seen: frozenset[int]
    present: bool
    """The roll call found the reader present."""
    may_lead: bool
    may_close: bool

    @property
    def over(self) -> bool:
        return self.viewing.closed_at is not None

    @property
    def here(self) -> int:
        return sum(member.present for member in self.members)


def room(edition: Edition, round_: Round, viewing: Viewing, by: Capacity) -> Room:
    """The viewing as `by` may see it. The same number of statements for any number of works."""
    seat = queries.seat_on(viewing.panel, by.person_id)
    members, seen_by = tuple(queries.roll(viewing.id)), queries.seen_by(viewing.id)
    every = {work.entry_id: work for work in queries.works_of(viewing.panel_id)}
    put_on = queries.shown_in(viewing.id)
    asked = {*every, *(each.entry_id for each in put_on)}
    own = {} if by.person_id is None else ties_of(edition, asked, [by.person_id])
    open_to = {entry: work for entry, work in every.items() if (by.person_id, entry) not in own}
    whose = may_see_whose(by, round_, seated=seat is not None)
    names = {member.id: member.name for member in members}
    shown = tuple(
        Shown(
            open_to.get(each.entry_id),
            each.begun_at,
            each.ended_at,
            tuple(names[who] for who in names if seen_by.get(each.id, {}).get(who) is False),
            tuple(names[who] for who in names if whose and seen_by.get(each.id, {}).get(who)),
            sum(seen_by.get(each.id, {}).values()),
        )
        for each in put_on
    )
    running = next((each for each in put_on if each.ended_at is None), None)
    on = None if running is None else open_to.get(running.entry_id)
    return Room(
        viewing,
        viewing.panel,
        round_,
        members,
        tuple(open_to.values()),
        on,
        running is not None and on is None,
        queries.own_assignment_on(viewing.panel_id, by.person_id, on.entry_id) if on is not None and seat else None,
        shown,
        frozenset(each.entry_id for each in put_on),
        any(member.id == by.person_id and member.present for member in members),
        bool(permissions.can_lead(by, seat, round_, viewing)),
        bool(permissions.can_close(by, seat, viewing)),
    )
