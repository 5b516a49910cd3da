"""What of a work a judge may see. Pure: one rule for the page, its files, and the names they are sent under."""

from collections.abc import Iterable

from award.editions.models import FileSlot


def visible_slots(slots: Iterable[FileSlot], *, blind: bool) -> list[FileSlot]:
    """The slots whose files judges read. In a blind round those prepared without byline, where the category has any."""
    for_judges = [slot for slot in slots if slot.for_judges]
    prepared = [slot for slot in for_judges if slot.blind]
    return prepared if blind and prepared else for_judges


def partly_blind(slots: Iterable[FileSlot], *, blind: bool) -> bool:
    """A blind round in which names may still stand in the files, because the category has no slot without byline."""
    return blind and not any(slot.blind and slot.for_judges for slot in slots)


def neutral_name(code: str, part: int | None, slot: int) -> str:
    """The name of a file of a blind round: III-IN-042-ky-2-1. Its ending is added by who sends it."""
    return "-".join([code, *([] if part is None else [f"ky-{part}"]), str(slot)])
