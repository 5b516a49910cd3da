"""Questions about a newsroom's desk: who speaks for it, its works and what it has said of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Label, Select, and_, bindparam, case, cast, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from award.clock import now
from award.dates import local
from award.db import session
from award.editions.models import Edition
from award.entries.dossiers import Dossier
from award.entries.models import Authorship, Entry
from award.entries.queries import plain_dossiers_of
from award.files.models import File
from award.glance import READER
from award.newsrooms.models import Attestation, ExpectedFile, NewsroomChoice, SignedList
from award.people.memberships import SPEAKERS
from award.people.models import Membership, Newsroom, Person, User

PAGE = 50
STATES = ("waiting", "confirmed", "refused", "draft", "withdrawn")
"""Where a work stands at the desk: nothing said yet, attested, not attested, not submitted, taken back."""


def today() -> date:
    return local(now()).date()


def name_in(newsroom: Newsroom, edition: Edition) -> str:
    """The name the organ bore when the edition's works appeared; its present one where nothing is said of that."""
    return newsroom.name_on(edition.window_to or today())


def valid_on(day: date) -> ColumnElement[bool]:
    """Memberships that stand on this day."""
    begun = or_(Membership.valid_from.is_(None), Membership.valid_from <= day)
    return and_(begun, or_(Membership.valid_to.is_(None), Membership.valid_to >= day))


_TODAY = cast(func.timezone("Asia/Ho_Chi_Minh", func.now()), Date)
"""The day in Vietnam, as the database counts it."""
GLANCES = {
    "speaks": (
        select(func.jsonb_agg(Newsroom.public_id))
        .join(Membership, Membership.newsroom_id == Newsroom.id)
        .where(
            Membership.person_id == READER,
            Membership.role.in_(SPEAKERS),
            or_(Membership.valid_from.is_(None), Membership.valid_from <= _TODAY),
            or_(Membership.valid_to.is_(None), Membership.valid_to >= _TODAY),
        )
        .scalar_subquery()
    )
}
"""The newsrooms the reader speaks for today."""


@dataclass(frozen=True)
class Organ:
    """A newsroom and all it came from: the works of each of them are its own."""

    newsroom: Newsroom
    family: tuple[int, ...]


def organ(public_id: str) -> Organ | None:
    """The newsroom at this address with its predecessors, in one statement."""
    found = at_desk(public_id, None)
    return None if found is None else found[0]


def at_desk(public_id: str, person_id: int | None) -> tuple[Organ, frozenset[str]] | None:
    """The same, with the roles the person holds in the newsroom itself today, in the same statement."""
    came = select(Newsroom.id, Newsroom.public_id.label("root")).where(Newsroom.public_id == public_id)
    tree = came.cte("came_from", recursive=True)
    before = select(Newsroom.id, tree.c.root).join(tree, Newsroom.successor_id == tree.c.id)
    tree = tree.union(before)
    held = _held(person_id, Newsroom.id).correlate(Newsroom)
    rows = (
        session.execute(
            select(Newsroom, select(func.string_agg(held.subquery().c.role, ",")).scalar_subquery())
            .join(tree, tree.c.id == Newsroom.id)
            .options(joinedload(Newsroom.names))
            .order_by(Newsroom.id)
        )
        .unique()
        .tuples()
        .all()
    )
    found = next(((each, roles) for each, roles in rows if each.public_id == public_id), None)
    if found is None:
        return None
    root, roles = found
    return Organ(root, tuple(each.id for each, _roles in rows)), frozenset(roles.split(",") if roles else ())


def _held(person_id: int | None, newsroom_id: int | InstrumentedAttribute[int]) -> Select[str]:
    return select(Membership.role).where(
        Membership.person_id == person_id, Membership.newsroom_id == newsroom_id, valid_on(today())
    )


def roles_at(person_id: int, newsroom_id: int) -> frozenset[str]:
    """The roles the person holds in the newsroom today."""
    return frozenset(session.scalars(_held(person_id, newsroom_id)))


def spoken_for(person_id: int) -> Sequence[Newsroom]:
    """The newsrooms the person speaks for today, with their names."""
    return session.scalars(
        select(Newsroom)
        .where(
            Newsroom.id.in_(
                select(Membership.newsroom_id).where(
                    Membership.person_id == person_id, Membership.role.in_(SPEAKERS), valid_on(today())
                )
            )
        )
        .options(selectinload(Newsroom.names))
        .order_by(Newsroom.id)
    ).all()


def state() -> ColumnElement[str]:
    """One of `STATES`, of an entry beside its standing attestation."""
    return case(
        (Entry.state == "draft", "draft"),
        (Entry.state == "withdrawn", "withdrawn"),
        else_=func.coalesce(Attestation.answer, "waiting"),
    )


def beside() -> ColumnElement[bool]:
    """What stands said of an entry, beside it."""
    return and_(Attestation.entry_id == Entry.id, Attestation.ended_at.is_(None))


def _of(edition_id: int, family: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return Entry.edition_id == edition_id, Entry.newsroom_id.in_(family), Entry.revises_id.is_(None)


def counts(edition_id: int, family: Collection[int]) -> dict[str, int]:
    """Works of the newsroom by where they stand."""
    return tally(edition_id, family, None).counts


class Tally(NamedTuple):
    """Works of a newsroom by where they stand; whether a list of the person's names files for some not submitted."""

    counts: dict[str, int]
    names_files: bool


def tally(edition_id: int, family: Collection[int], person_id: int | None) -> Tally:
    """The works of the newsroom counted for its desk, as this person sees it."""
    where = state().label("state")
    named = exists().where(ExpectedFile.entry_id == Entry.id).correlate(Entry)
    waiting = func.bool_or(and_(Entry.owner_id == person_id, Entry.state == "draft", named))
    found = select(where, func.count(), waiting).select_from(Entry).outerjoin(Attestation, beside())
    rows = session.execute(found.where(*_of(edition_id, family)).group_by(where)).tuples().all()
    return Tally({word: n for word, n, _named in rows}, any(named for _word, _n, named in rows))


def on_scans(edition_id: int, family: Collection[int]) -> frozenset[int]:
    """Ids of works on lists whose signed scan is here and which the secretariat has not recorded yet."""
    here = (SignedList.edition_id == edition_id, SignedList.newsroom_id.in_(family), SignedList.returned_at.is_(None))
    found = select(SignedList.works).join(File, File.id == SignedList.scan_id).where(*here, File.state == "ready")
    return frozenset(int(line["entry"]) for works in session.scalars(found) for line in works)


def left_to_say(edition_id: int, family: Collection[int], waiting: int, signed: Collection[int]) -> int:
    """Of so many works that nothing is said of, those that are not among the `signed`, on scans that are compared."""
    if not signed:
        return waiting
    said = select(func.count()).select_from(Entry).outerjoin(Attestation, beside())
    said = said.where(*_of(edition_id, family), Entry.id.in_(signed), state() == "waiting")
    return waiting - (session.scalar(said) or 0)


class Work(NamedTuple):
    """A work at the desk with what stands said of it, and by whom."""

    read: Dossier
    said: Attestation | None
    speaker: str
    state: str
    place: int | None = None
    """Which place its newsroom gave it before others."""
    left_behind: bool = False
    """Who entered it for its authors works here no longer."""


def works(
    edition_id: int, family: Collection[int], *, wanted: str = "", before: str = "", limit: int | None = PAGE + 1
) -> list[Work]:
    """Works of the newsroom, newest first, of one state or of any; one more than a page tells of a next one."""
    where, behind = state(), left_behind(family)
    found: Select[int, Attestation, str, str, int, bool] = (
        select(Entry.id, Attestation, Person.legal_name, where.label("state"), NewsroomChoice.place, behind)
        .outerjoin(Attestation, beside())
        .outerjoin(Person, Person.id == Attestation.said_by_id)
        .outerjoin(NewsroomChoice, NewsroomChoice.entry_id == Entry.id)
        .where(*_of(edition_id, family))
        .order_by(Entry.id.desc())
        .limit(limit)
    )
    if wanted in STATES:
        found = found.where(where == wanted)
    if before:
        found = found.where(Entry.id < select(Entry.id).where(Entry.public_id == before).scalar_subquery())
    rows = session.execute(found).all()
    read = plain_dossiers_of([row.id for row in rows])
    return [
        Work(read[row.id], row.Attestation, row.legal_name or "", row.state, row.place, row.left_behind) for row in rows
    ]


def left_behind(family: Collection[int]) -> Label[bool]:
    """Whether who entered the work, online and for other people, has left the newsroom."""
    theirs = (Membership.person_id == Entry.owner_id, Membership.newsroom_id.in_(family))
    own = exists().where(Authorship.entry_id == Entry.id, Authorship.person_id == Entry.owner_id).correlate(Entry)
    was, stands = exists().where(*theirs).correlate(Entry), exists().where(*theirs, valid_on(today())).correlate(Entry)
    return and_(was, ~stands, ~own, Entry.came_at.is_(None), Entry.state != "withdrawn").label("left_behind")


def locked_left_behind(edition_id: int, family: Collection[int], key: str) -> Entry | None:
    """Such a work at this address; nobody else changes it until the commit."""
    found = select(Entry).where(*_of(edition_id, family), Entry.public_id == key, left_behind(family).element)
    return session.scalar(found.with_for_update(of=Entry))


def choices(edition_id: int, family: Collection[int]) -> Sequence[NewsroomChoice]:
    """What the newsroom puts before its other works, in its order."""
    chosen = select(NewsroomChoice).join(Entry, Entry.id == NewsroomChoice.entry_id)
    return session.scalars(chosen.where(*_of(edition_id, family)).order_by(NewsroomChoice.place)).all()


def place_of(entry_id: int) -> tuple[int, int] | None:
    """The place its newsroom gave the work, and of how many; None where it was not chosen."""
    one, other, work = aliased(NewsroomChoice), aliased(NewsroomChoice), aliased(Entry)
    ours = select(Entry.edition_id).where(Entry.id == entry_id).scalar_subquery()
    every = (
        select(func.count())
        .select_from(other)
        .join(work, work.id == other.entry_id)
        .where(other.newsroom_id == one.newsroom_id, work.edition_id == ours)
    )
    found = session.execute(select(one.place, every.scalar_subquery()).where(one.entry_id == entry_id)).first()
    return None if found is None else (found[0], found[1])


def work(edition_id: int, family: Collection[int], key: str) -> Dossier | None:
    """The submitted work of the newsroom at this address."""
    found = select(Entry.id).where(*_of(edition_id, family), Entry.public_id == key, Entry.state == "submitted")
    entry_id = session.scalar(found)
    return None if entry_id is None else plain_dossiers_of([entry_id])[entry_id]


def entries_to_attest(edition_id: int, family: Collection[int], keys: Collection[str]) -> Sequence[Entry]:
    """The submitted works behind these addresses; nobody else changes them until the commit."""
    return session.scalars(
        select(Entry)
        .where(*_of(edition_id, family), Entry.public_id.in_(keys), Entry.state == "submitted")
        .order_by(Entry.id)
        .with_for_update(of=Entry)
        .execution_options(populate_existing=True)
    ).all()


def standing(entry_ids: Collection[int]) -> dict[int, Attestation]:
    """Entry id → what stands said of it."""
    return {each.entry_id: each for each in session.scalars(_STANDING, {"entry_ids": list(entry_ids)})}


_STANDING = select(Attestation).where(
    Attestation.entry_id.in_(bindparam("entry_ids", expanding=True)), Attestation.ended_at.is_(None)
)


class Said(NamedTuple):
    """What a newsroom said of a work, as the staff reads it."""

    answer: str
    reason: str
    by: str
    newsroom: Newsroom
    at: datetime


def said_of(entry_id: int) -> Said | None:
    """What stands said of the work."""
    found = session.execute(
        select(Attestation, Person.legal_name, Newsroom)
        .join(Person, Person.id == Attestation.said_by_id)
        .join(Newsroom, Newsroom.id == Attestation.newsroom_id)
        .where(Attestation.entry_id == entry_id, Attestation.ended_at.is_(None))
        .options(joinedload(Newsroom.names))
    )
    row = next(iter(found.unique()), None)
    if row is None:
        return None
    one = row.Attestation
    return Said(one.answer, one.reason, row.legal_name, row.Newsroom, one.said_at)


class Member(NamedTuple):
    membership: Membership
    person: Person
    email: str | None
    """Of the account, once its address is proven."""


def members(newsroom_id: int) -> list[Member]:
    """Who stands in the newsroom today, in the order of lists by tên."""
    found = (
        select(Membership, Person, User.email)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(User, and_(User.person_id == Person.id, User.confirmed_at.is_not(None)))
        .where(Membership.newsroom_id == newsroom_id, valid_on(today()))
        .order_by(Person.name_key, Person.id, Membership.role)
    )
    return [Member(*row) for row in session.execute(found).tuples()]


def membership_at(newsroom_id: int, person_key: str, role: str) -> Membership | None:
    """The role of a person in the newsroom as it stands today."""
    return session.scalar(
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.newsroom_id == newsroom_id,
            Person.public_id == person_key,
            Membership.role == role,
            valid_on(today()),
        )
    )


def addresses(newsroom_ids: Collection[int]) -> dict[int, list[str]]:
    """Newsroom id → the proven addresses of who speaks for it today."""
    found = (
        select(Membership.newsroom_id, User.email)
        .join(User, User.person_id == Membership.person_id)
        .where(
            Membership.newsroom_id.in_(newsroom_ids),
            Membership.role.in_(SPEAKERS),
            User.confirmed_at.is_not(None),
            valid_on(today()),
        )
        .distinct()
        .order_by(User.email)
    )
    told: dict[int, list[str]] = {}
    for newsroom_id, email in session.execute(found).tuples():
        told.setdefault(newsroom_id, []).append(email)
    return told
