"""Works of the agenda as members read, hear and watch them while the council sits."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.models import Edition, Round
from award.entries.models import EntryFile
from award.files.models import File
from award.people.models import Person
from judging.panels.aside import ties_of
from judging.scoring.named import Way, name_of, ways_to
from judging.sittings.models import AgendaItem, Attendance, Recusal, Sitting
from judging.sittings.queries import on_council


def shown_name(file_id: int, person_id: int) -> str | None:
    """The name under which a member may see the file, empty for its own; None for whoever may not.

    The roll call found the member present in a sitting that is held now, the person still is on the council, the work
    is on the agenda, and nothing keeps the member from it.
    """
    each = aliased(Round)
    last = select(func.max(each.ordinal)).where(each.edition_id == Edition.id).correlate(Edition).scalar_subquery()
    recused = exists().where(Recusal.item_id == AgendaItem.id, Recusal.person_id == person_id)
    found = session.execute(
        ways_to(file_id)
        .add_columns(Edition)
        .join(AgendaItem, AgendaItem.entry_id == EntryFile.entry_id)
        .join(Sitting, Sitting.id == AgendaItem.sitting_id)
        .join(Attendance, Attendance.sitting_id == Sitting.id)
        .join(Edition, Edition.id == Sitting.edition_id)
        .join(Round, (Round.edition_id == Edition.id) & (Round.ordinal == last))
        .join(Person, Person.id == Attendance.person_id)
        .where(
            Sitting.state == "open",
            Attendance.person_id == person_id,
            Attendance.present.is_(True),
            on_council(Edition.id, Round.id),
            ~recused,
        )
    ).all()
    ways = [(Way(blind, slot, code, part, entry), edition) for blind, slot, code, part, entry, edition in found]
    if any(ties_of(edition, [way.entry_id], [person_id]) for way, edition in ways):
        return None
    return name_of([way for way, _edition in ways])


def is_shown(sitting: Sitting, last: Round, person_id: int | None) -> bool:
    """Whether works are shown to the person: present and still on the council, while it sits."""
    if sitting.state != "open":
        return False
    here = exists().where(
        Attendance.sitting_id == sitting.id,
        Attendance.person_id == Person.id,
        Attendance.present.is_(True),
        Person.id == person_id,
        on_council(sitting.edition_id, last.id),
    )
    return bool(session.scalar(select(here)))


def on_agenda(sitting_key: str, file_key: str) -> bool:
    """Whether the file belongs to a work on the agenda of the sitting."""
    found = (
        select(AgendaItem.id)
        .join(Sitting, Sitting.id == AgendaItem.sitting_id)
        .join(EntryFile, EntryFile.entry_id == AgendaItem.entry_id)
        .join(File, File.id == EntryFile.file_id)
        .where(Sitting.public_id == sitting_key, File.public_id == file_key)
    )
    return session.scalar(found.limit(1)) is not None
