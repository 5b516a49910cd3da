"""What of a work a judge may see. Pure: one rule for the page, its files, and the names they are sent under."""

from collections.abc import Collection, Iterable

from award.editions.models import FileSlot


def visible_slots(slots: Iterable[FileSlot], *, blind: bool, held: Collection[int]) -> list[FileSlot]:
    """The slots whose files judges read. `held`: ids of the slots in which this work has files.

    In a blind round those prepared without byline; a work that brings none is read as it was published, since a work
    that nobody can read cannot be judged.
    """
    for_judges = [slot for slot in slots if slot.for_judges]
    prepared = [slot for slot in for_judges if slot.blind and slot.id in held]
    return prepared if blind and prepared else for_judges


def partly_blind(slots: Iterable[FileSlot], *, blind: bool, held: Collection[int]) -> bool:
    """A blind round in which names may still stand in the files, because this work brings none without byline."""
    return blind and not any(slot.blind and slot.for_judges and slot.id in held for slot in slots)


def neutral_name(code: str, part: int | None, slot: int) -> str:
    """The name of a file of a blind round: III-IN-042-ky-2-1. Its ending is added by who sends it."""
    return "-".join([code, *([] if part is None else [f"ky-{part}"]), str(slot)])
