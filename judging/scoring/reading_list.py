"""A judge's list of works: states, counts, filters, neighbours, what comes next. Pure; made from one query's rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from award.paging import FIRST, ROWS, Page, Turn, cut

State = Literal["none", "doing", "done", "sent", "look", "recused"]

FILTERS: dict[str, tuple[State, ...]] = {
    "chua-cham": ("none",),
    "dang-cham": ("doing", "done"),
    "da-gui": ("sent", "look"),
}
"""What stands in the address, and the states it shows."""

TURNS: tuple[State, ...] = ("none", "doing", "done", "look", "sent", "recused")
"""States from what is still to be done to what is not the judge's to do."""


class Place(NamedTuple):
    """One work in the judge's own order, with how far its sheet is."""

    id: int
    public_id: str
    code: str
    title: str
    """Empty when the judge is recused."""
    category: str
    genre: str
    parts: int
    panel: str
    recused: bool
    later: bool
    criteria: int
    given: int
    """Criteria that have a mark."""
    steps: int
    sent_at: datetime | None
    extra: bool = False
    """Asked for while the round is frozen."""
    asked: bool = False
    """The sheet is to be looked at once more, which was not answered yet."""
    asks_level: bool = False
    """The round asks for a proposed level."""
    level: str | None = None
    """Its code, once one was said."""

    @property
    def state(self) -> State:
        if self.recused:
            return "recused"
        if self.sent_at is not None:
            return "look" if self.asked else "sent"
        if self.given == 0 and self.level is None:
            return "none"
        return "done" if self.given == self.criteria and (self.level is not None or not self.asks_level) else "doing"

    @property
    def marked(self) -> bool:
        """Every criterion has a mark, and the level is said where it is asked for; sent or not."""
        return self.state in {"done", "sent", "look"}

    @property
    def read_later(self) -> bool:
        """Still to be judged although the round is frozen."""
        return self.extra and not self.recused and self.sent_at is None


ORDERS: dict[str, Callable[[Place], Any]] = {
    "phieu": lambda place: TURNS.index(place.state),
    "diem": lambda place: (0, -place.steps) if place.given and not place.recused else (1, 0),
}
"""What stands in the address → by how far the sheet is; by the own sum, highest first, works without a mark last.
Equal ones, and any other address, keep the judge's own order."""


@dataclass(frozen=True)
class ReadingList:
    places: Sequence[Place]
    frozen: bool = False

    @property
    def to_judge(self) -> list[Place]:
        return [place for place in self.places if not place.recused]

    @property
    def marked(self) -> int:
        return sum(place.marked for place in self.to_judge)

    @property
    def given(self) -> bool:
        """Some criterion of some work has a mark."""
        return any(place.given for place in self.to_judge)

    @property
    def sent(self) -> int:
        return sum(place.state in {"sent", "look"} for place in self.places)

    @property
    def all_sent_at(self) -> datetime | None:
        """When the last sheet was sent, once all of them are."""
        times = [place.sent_at for place in self.to_judge]
        sent = [at for at in times if at is not None]
        return max(sent) if sent and len(sent) == len(times) else None

    @property
    def ready_to_send(self) -> list[Place]:
        """Marked on every criterion and not sent yet, as long as it may be."""
        return [place for place in self.places if place.state == "done" and (place.extra or not self.frozen)]

    @property
    def takeable(self) -> list[Place]:
        """Works whose sheet may still be written on: what is worth taking along."""
        return self.read_later if self.frozen else [place for place in self.to_judge if place.state != "sent"]

    @property
    def asked(self) -> list[Place]:
        """Sheets to look at once more."""
        return [place for place in self.places if place.state == "look"]

    @property
    def read_later(self) -> list[Place]:
        """Works still to be judged although the round is frozen."""
        return [place for place in self.places if place.read_later]

    def count(self, states: Sequence[State]) -> int:
        return sum(place.state in states for place in self.places)

    def only(self, filter_: str, order: str = "") -> list[Place]:
        """The works of a filter of the address, all of them for an unknown one, in an order of the address."""
        states = FILTERS.get(filter_)
        return [place for place in self.ordered(order) if states is None or place.state in states]

    def ordered(self, order: str) -> Sequence[Place]:
        by = ORDERS.get(order)
        return self.places if by is None else sorted(self.places, key=by)

    def index(self, public_id: str) -> int:
        return next(n for n, place in enumerate(self.places) if place.public_id == public_id)

    def next_to_judge(self, after: str | None = None) -> Place | None:
        """The next work without all its marks, going round once; what was put off comes when nothing else is left.

        In a frozen round: the next that waits for an answer or for a reader asked for later.
        """
        start = 0 if after is None else self.index(after) + 1
        around = [place for place in (*self.places[start:], *self.places[:start]) if place.public_id != after]
        if self.frozen:
            return next((place for place in around if place.state == "look" or place.read_later), None)
        waiting = [place for place in around if not place.recused and not place.marked]
        return next((place for place in waiting if not place.later), waiting[0] if waiting else None)

    def before(self, public_id: str) -> Place | None:
        """The nearest readable work above."""
        above = [place for place in self.places[: self.index(public_id)] if not place.recused]
        return above[-1] if above else None

    def around(self, public_id: str, *, above: int = 15, below: int = 34) -> list[Place]:
        """The part of the list that stands beside an open work."""
        at = self.index(public_id)
        return list(self.places[max(0, at - above) : at + below + 1])

    def page(self, filter_: str, turn: Turn = FIRST, *, order: str = "", size: int = ROWS) -> Page[Place]:
        """The works of a filter around the one that the turn names, whether that one still passes it or not."""
        states = FILTERS.get(filter_)

        def passes(place: Place) -> bool:
            return states is None or place.state in states

        return cut(self.ordered(order), turn, lambda place: place.public_id, passes=passes, size=size)
