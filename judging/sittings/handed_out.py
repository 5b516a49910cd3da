"""Questions about ballots on paper: the stacks of a sitting, their works, the scan that waits, whose scan a file is."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import and_, exists, or_, select, union_all
from sqlalchemy.orm import selectinload

from award.db import session
from award.editions.models import Appointment, Edition
from award.files.models import File
from award.people.models import Person
from judging.panels.queries import ties_between
from judging.sittings import queries
from judging.sittings.models import (
    AgendaItem,
    ScanFile,
    Sitting,
    Stack,
    StackReading,
    StackScan,
    Teller,
    Vote,
    Voter,
)
from judging.sittings.permissions import HEADS


class Lined(NamedTuple):
    """A line of the papers of a stack: the vote and the work it is on."""

    vote: Vote
    item: AgendaItem


def stacks(sitting_id: int) -> Sequence[Stack]:
    """Every stack of the sitting, those called off too, in their order."""
    return session.scalars(select(Stack).where(Stack.sitting_id == sitting_id).order_by(Stack.ordinal)).all()


def stack(sitting_id: int, public_id: str) -> Stack | None:
    return session.scalar(select(Stack).where(Stack.sitting_id == sitting_id, Stack.public_id == public_id))


def lines(stack_ids: Collection[int]) -> dict[int, list[Lined]]:
    """Stack → the lines of its papers, in the order in which they are printed."""
    found = (
        select(Vote, AgendaItem)
        .join(AgendaItem, AgendaItem.id == Vote.item_id)
        .where(Vote.stack_id.in_(stack_ids))
        .order_by(Vote.id)
    )
    listed: dict[int, list[Lined]] = {number: [] for number in stack_ids}
    for vote, item in session.execute(found).tuples():
        assert vote.stack_id is not None
        listed[vote.stack_id].append(Lined(vote, item))
    return listed


def scans(stack_ids: Collection[int]) -> dict[int, StackScan]:
    """Stack → its scan, the one that is being read or was counted, with who reads it."""
    found = select(StackScan).where(StackScan.stack_id.in_(stack_ids), StackScan.dropped_at.is_(None))
    rows = session.scalars(found.options(selectinload(StackScan.readings)).execution_options(populate_existing=True))
    return {each.stack_id: each for each in rows}


def scan_of(stack_id: int) -> StackScan | None:
    return scans([stack_id]).get(stack_id)


def files_of(scan: StackScan) -> list[File]:
    """The files of the scan, in their order."""
    found = {each.id: each for each in session.scalars(select(File).where(File.id.in_(scan.files)))}
    return [found[each] for each in scan.files]


def pages_of(file: File) -> int:
    """How many pages a file of a scan has; a photograph is one."""
    return int(file.facts.get("pages") or 1)


def exchanged(vote: Vote) -> int:
    """How many spoiled papers of the vote were exchanged."""
    void = session.scalar(select(Stack.void).where(Stack.id == vote.stack_id))
    return len(void or ())


def spare(stack: Stack) -> int:
    """How many papers are left to exchange spoiled ones for."""
    out = session.scalar(select(Vote.eligible).where(Vote.stack_id == stack.id).limit(1)) or 0
    return len(stack.codes) - out - len(stack.void)


def was_scanned(stack_id: int) -> bool:
    """Whether a scan ever came in, even one that was set aside."""
    return session.scalar(select(StackScan.id).where(StackScan.stack_id == stack_id).limit(1)) is not None


def reason_of(vote: Vote) -> str:
    """Why the papers of the vote were called off, or are to be."""
    return session.scalar(select(Stack.called_off_reason).where(Stack.id == vote.stack_id)) or ""


def is_out(stack_id: int) -> bool:
    """Whether the papers are being voted on: nothing of them has come back, and no vote of theirs is over."""
    open_ = exists().where(Vote.stack_id == stack_id, Vote.state == "open")
    back = exists().where(StackScan.stack_id == stack_id)
    return bool(session.scalar(select(and_(open_, ~back))))


def holders(vote_id: int) -> list[str]:
    """Who gets a paper: everybody who may vote, by name."""
    found = select(Person.legal_name).join(Voter, Voter.person_id == Person.id).where(Voter.vote_id == vote_id)
    return list(session.scalars(found.order_by(Person.name_key, Person.id)))


def is_teller(sitting_id: int, person_id: int | None) -> bool:
    found = select(Teller.person_id).where(Teller.sitting_id == sitting_id, Teller.person_id == person_id)
    return session.scalar(found) is not None


def may_tell(edition_id: int, sitting_id: int) -> set[int]:
    """Those of the committee who may read ballots on paper: who may still count, and does not lead the council."""
    leads = select(Appointment.person_id).where(
        Appointment.edition_id == edition_id, Appointment.role.in_(HEADS), Appointment.ended_at.is_(None)
    )
    able = {each.id for each in queries.may_count(edition_id, sitting_id)} - set(session.scalars(leads))
    return able & {each.id for each in queries.tellers(sitting_id)}


def is_left(edition: Edition, sitting: Sitting, scan: StackScan, lined: Sequence[Lined]) -> bool:
    """Whether nobody who is bound by the scan may go on reading it."""
    able = may_tell(edition.id, sitting.id)
    bound = [one.person_id for one in scan.readings if one.person_id in able]
    return all(is_tied(edition, each, lined) for each in bound)


def read_by(sitting_id: int) -> list[queries.Somebody]:
    """Who read the papers that were counted in the sitting, by name."""
    found = (
        select(Person.id, Person.legal_name, Person.name_key)
        .distinct()
        .join(StackReading, StackReading.person_id == Person.id)
        .join(StackScan, StackScan.id == StackReading.paper_id)
        .join(Stack, Stack.id == StackScan.stack_id)
        .where(Stack.sitting_id == sitting_id, StackScan.taken_at.is_not(None))
        .order_by(Person.name_key, Person.id)
    )
    return [queries.Somebody(number, name) for number, name, _key in session.execute(found).tuples()]


def is_tied(edition: Edition, person_id: int | None, lined: Sequence[Lined]) -> bool:
    """Whether the person has to do with a work of these lines."""
    return person_id is not None and bool(ties_between(edition, [person_id], [one.item.entry_id for one in lined]))


def has_read(edition_id: int, person_id: int) -> bool:
    """Whether the person was bound by papers of the edition, of a scan that was set aside too."""
    found = (
        select(StackReading.id)
        .join(StackScan, StackScan.id == StackReading.paper_id)
        .join(Stack, Stack.id == StackScan.stack_id)
        .join(Sitting, Sitting.id == Stack.sitting_id)
        .where(StackReading.person_id == person_id, Sitting.edition_id == edition_id)
    )
    return session.scalar(found.limit(1)) is not None


def readers(stack_id: int) -> set[int]:
    """Everybody who was ever bound by papers of the stack."""
    found = select(StackReading.person_id).join(StackScan, StackScan.id == StackReading.paper_id)
    return set(session.scalars(found.where(StackScan.stack_id == stack_id)))


def scans_among(file_ids: Collection[int]) -> list[int]:
    """Those of the files that are scans of ballots."""
    first = select(StackScan.scan_id).where(StackScan.scan_id.in_(file_ids))
    return list(session.scalars(union_all(first, select(ScanFile.file_id).where(ScanFile.file_id.in_(file_ids)))))


def scanned_as(file_id: int) -> tuple[StackScan, Sitting, Edition] | None:
    """The papers whose scan the file is."""
    found = (
        select(StackScan, Sitting, Edition)
        .join(Stack, Stack.id == StackScan.stack_id)
        .join(Sitting, Sitting.id == Stack.sitting_id)
        .join(Edition, Edition.id == Sitting.edition_id)
        .where(or_(StackScan.scan_id == file_id, StackScan.more.any(ScanFile.file_id == file_id)))
        .options(selectinload(StackScan.readings))
    )
    row = session.execute(found).one_or_none()
    return row._tuple() if row is not None else None
