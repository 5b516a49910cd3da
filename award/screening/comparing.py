"""What the secretariat concludes of two works that are alike, and what is known of the pair. Nothing follows by itself:
of two that tell one story the council sees it, and writes a reason where both are to have a prize."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, select
from sqlalchemy.orm import aliased

from award.clock import now
from award.db import session
from award.editions.models import Appointment, Edition
from award.editions.permissions import Capacity
from award.entries.models import Entry, EntryFile
from award.files.models import File, Resemblance
from award.log.operations import record
from award.people.models import Person
from award.screening import permissions
from award.screening.models import Comparison
from award.verdicts import Refused, Verdict, require


@dataclass(frozen=True)
class Concluded:
    """The latest word on a pair."""

    verdict: str
    reason: str
    by: str
    at: datetime
    version: int


def other_work(edition: Edition, entry: Entry, public_id: str) -> Entry | None:
    """The other work of a pair: of the same award, in this edition or an earlier one, once it has been submitted."""
    return session.scalar(
        select(Entry)
        .join(Edition, Edition.id == Entry.edition_id)
        .where(
            Entry.public_id == public_id,
            Entry.id != entry.id,
            Entry.state != "draft",
            Edition.award_id == edition.award_id,
            Edition.ordinal <= edition.ordinal,
        )
    )


def concluded(entry: Entry, other: Entry) -> Concluded | None:
    """What was last concluded of the two."""
    first, second = sorted((entry.id, other.id))
    row = session.execute(
        select(Comparison, Person.legal_name)
        .join(Person, Person.id == Comparison.by_id)
        .where(Comparison.first_id == first, Comparison.second_id == second)
    ).one_or_none()
    if row is None:
        return None
    kept, name = row
    return Concluded(kept.verdict, kept.reason, name, kept.at, kept.version)


def seen_of(known: Concluded | None) -> str:
    """What a page carries, so that nobody concludes over what somebody else just concluded."""
    return str(known.version if known else 0)


def conclude(
    *, by: Capacity, edition: Edition, entry: Entry, other: Entry, verdict: str, reason: str, seen: str
) -> Comparison:
    """The two works are the same, tell one story, or have nothing in common, for `reason`. It is remembered and decides
    on neither of them."""
    require(permissions.can_conclude(by, edition))
    first, second = sorted((entry.id, other.id))
    session.scalars(select(Entry.id).where(Entry.id == first).with_for_update()).one()
    pair = (Comparison.first_id == first, Comparison.second_id == second)
    kept = session.scalar(select(Comparison).where(*pair).execution_options(populate_existing=True))
    if seen != str(kept.version if kept else 0):
        raise Refused(Verdict("changed", _("Có người vừa kết luận về hai tác phẩm này. Đề nghị xem lại.")))
    if not reason.strip():
        raise Refused(Verdict("reason", _("Chưa ghi lý do.")))
    before = {"verdict": kept.verdict, "reason": kept.reason} if kept else {}
    if kept is None:
        kept = Comparison(first_id=first, second_id=second)
        session.add(kept)
    kept.verdict, kept.reason, kept.at = verdict, reason.strip(), now()
    assert by.person_id is not None
    kept.by_id = by.person_id
    session.flush()
    record(
        "works.compared",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=kept,
        facts={"verdict": verdict, "first_id": first, "second_id": second},
        detail={"before": before, "after": {"verdict": verdict, "reason": kept.reason}},
    )
    return kept


def name_for_comparing(file_id: int, person_id: int) -> str | None:
    """The name of a file of an earlier edition, for who screens a later one that holds a file which is like it."""
    earlier, later, held = aliased(Edition), aliased(Edition), aliased(Entry)
    return session.scalar(
        select(File.name)
        .join(EntryFile, EntryFile.file_id == File.id)
        .join(held, held.id == EntryFile.entry_id)
        .join(earlier, earlier.id == held.edition_id)
        .join(later, and_(later.award_id == earlier.award_id, later.ordinal > earlier.ordinal))
        .join(Appointment, Appointment.edition_id == later.id)
        .where(
            File.id == file_id,
            held.state != "draft",
            Appointment.person_id == person_id,
            Appointment.role.in_(permissions.READERS),
            Appointment.ended_at.is_(None),
            _alike_in(later.id, file_id),
        )
        .limit(1)
    )


def _alike_in(edition_id: SQLColumnExpression[int], file_id: int) -> ColumnElement[bool]:
    """Whether a work submitted in the edition holds a file that is like this one."""
    ours, holding = aliased(EntryFile), aliased(Entry)
    pair = or_(
        and_(Resemblance.first_id == file_id, Resemblance.second_id == ours.file_id),
        and_(Resemblance.second_id == file_id, Resemblance.first_id == ours.file_id),
    )
    asked = select(ours.id).join(Resemblance, pair).join(holding, holding.id == ours.entry_id)
    return asked.where(holding.edition_id == edition_id, holding.state != "draft").exists()
