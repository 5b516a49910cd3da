"""What of a work a judge may see. Pure: one rule for the judge's page, its files, and what an entrant foresees."""

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar


class SlotLike(Protocol):
    """Whatever says who reads the files of one place: a row, or a reading of it."""

    @property
    def id(self) -> int: ...
    @property
    def for_judges(self) -> bool: ...
    @property
    def blind(self) -> bool: ...


S = TypeVar("S", bound=SlotLike)


def visible_slots(slots: Iterable[S], *, blind: bool, held: Collection[int]) -> list[S]:
    """The slots whose files judges read. `held`: ids of the slots in which this work has files.

    In a blind round those prepared without byline; a work that brings none is read as it was published, since a work
    that nobody can read cannot be judged.
    """
    for_judges = [slot for slot in slots if slot.for_judges]
    prepared = [slot for slot in for_judges if slot.blind and slot.id in held]
    return prepared if blind and prepared else for_judges


def partly_blind(slots: Iterable[SlotLike], *, blind: bool, held: Collection[int]) -> bool:
    """A blind round in which names may still stand in the files, because this work brings none without byline."""
    return blind and not any(slot.blind and slot.for_judges and slot.id in held for slot in slots)
