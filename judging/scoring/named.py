"""Under which name a file of a work is read by who judges it, on own sheets or in a room where it is shown."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from award.db import session
from award.editions.models import FileSlot
from award.entries.models import EntryFile
from judging.scoring.sight import neutral_name, visible_slots


def name_of(found: Sequence[Row[Any]]) -> str | None:
    """Empty for the file's own name, a neutral one where a round is blind; None where it is not shown.

    A row for each way in which the file may be read: whether its round is blind, the slot, the work's code, the number
    of the part, the work.
    """
    if not found:
        return None
    siblings = session.scalars(select(FileSlot).where(FileSlot.category_id == found[0][1].category_id)).all()
    held = set(session.scalars(select(EntryFile.slot_id).where(EntryFile.entry_id == found[0][4])))
    allowed = [row for row in found if row[1] in visible_slots(siblings, blind=row[0], held=held)]
    if not allowed:
        return None
    _blind, slot, code, part, _entry = allowed[0]
    return neutral_name(code or "", part, slot.ordinal) if any(row[0] for row in found) else ""
