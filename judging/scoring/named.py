"""Under which name a file of a work is read by who judges it, on own sheets or in a room where it is shown."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, select

from award.db import session
from award.editions.models import FileSlot, Round
from award.editions.sight import visible_slots
from award.entries.models import EntryFile, Part
from award.screening.models import Screening


class Way(NamedTuple):
    """One way in which a file may be read: in a round that is blind or not, from its slot, of this work and part."""

    blind: bool
    slot: FileSlot
    code: str | None
    part: int | None
    entry_id: int


def ways_to(file_id: int) -> Select[bool, FileSlot, str | None, int | None, int]:
    """The columns of a `Way` to the file, from its place in a work on; who asks joins the round that it is read in."""
    return (
        select(Round.blind, FileSlot, Screening.blind_code, Part.ordinal, EntryFile.entry_id)
        .select_from(EntryFile)
        .join(FileSlot, FileSlot.id == EntryFile.slot_id)
        .join(Screening, Screening.entry_id == EntryFile.entry_id)
        .outerjoin(Part, Part.id == EntryFile.part_id)
        .where(EntryFile.file_id == file_id)
    )


def name_of(ways: Sequence[Way]) -> str | None:
    """Empty for the file's own name, a neutral one where a round is blind; None where it is not shown."""
    if not ways:
        return None
    first = ways[0]
    siblings = session.scalars(select(FileSlot).where(FileSlot.category_id == first.slot.category_id)).all()
    held = set(session.scalars(select(EntryFile.slot_id).where(EntryFile.entry_id == first.entry_id)))
    shown = next((one for one in ways if one.slot in visible_slots(siblings, blind=one.blind, held=held)), None)
    if shown is None:
        return None
    blind = any(one.blind for one in ways)
    return neutral_name(shown.code or "", shown.part, shown.slot.ordinal) if blind else ""


def neutral_name(code: str, part: int | None, slot: int) -> str:
    """The name of a file of a blind round: III-IN-042-ky-2-1. Its ending is added by who sends it."""
    return "-".join([code, *([] if part is None else [f"ky-{part}"]), str(slot)])
