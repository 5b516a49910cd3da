"""Letters to those whose works may go to the national award and who have not agreed to it: each person once.

Of a work that came on paper nobody is asked by letter: its authors have no account to answer with, they sign.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select

from award.db import session
from award.editions.models import Edition, NationalEdition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.entries.declarations import mark
from award.entries.declarations import standing as agreed_in
from award.entries.models import Authorship, Entry
from award.log.models import Event
from award.log.operations import record
from award.messages.operations import post
from award.nominations import permissions, queries
from award.people.letters import address, rendered
from award.people.models import Person, User
from award.screening.models import Screening
from award.verdicts import require

ASKED = "entry.forwarding_asked"


@dataclass(frozen=True)
class Asked:
    """Somebody who can agree: whose work it is, or an author who joined it. `email` is empty without an account."""

    person_id: int
    key: str
    name: str
    called: str
    email: str


@dataclass(frozen=True)
class Lacking:
    """A work that may go and has nobody's consent yet."""

    entry_id: int
    key: str
    code: str
    title: str
    people: tuple[Asked, ...]
    asked_at: datetime | None

    @property
    def to_ask(self) -> bool:
        """Somebody has an address, and nobody was asked about this work yet."""
        return self.asked_at is None and any(one.email for one in self.people)


@dataclass(frozen=True)
class Letter:
    """What one person gets."""

    to: Asked
    works: tuple[Lacking, ...]


def lacking(edition: Edition) -> list[Lacking]:
    """The works that may go, or are on the list, and were not agreed about: in the order in which they are chosen."""
    wanted = queries.forwarding_asked(edition.id)
    if wanted is None:
        return []
    rows = queries.may_go(edition.id, Entry.id, Entry.public_id, Screening.blind_code, Entry.title, Entry.declared)
    rows = [row for row in rows if not agreed_in(row[4], {wanted.code: wanted})]
    numbers = [row[0] for row in rows]
    people, told = _people(numbers), _told(numbers)
    return [
        Lacking(number, key, code or "", title, tuple(people.get(number, ())), told.get(number))
        for number, key, code, title, _declared in rows
    ]


def letters(works: Sequence[Lacking], chosen: Collection[str]) -> list[Letter]:
    """One for each person who can agree about any of the chosen works that nobody was asked about."""
    found: dict[int, tuple[Asked, list[Lacking]]] = {}
    for work in works:
        for one in work.people if work.key in chosen and work.to_ask else ():
            if one.email:
                found.setdefault(one.person_id, (one, []))[1].append(work)
    return [Letter(one, tuple(named)) for one, named in found.values()]


def body(edition: Edition, national: NationalEdition, letter: Letter) -> str:
    """The letter as it goes out."""
    wanted = queries.forwarding_asked(edition.id)
    links = {work.key: address("nominations.agree", slug=edition.slug, entry_id=work.key) for work in letter.works}
    return rendered(
        "nominations/mail/consent.txt",
        edition=edition,
        national=national,
        letter=letter,
        links=links,
        words=wanted.words if wanted else "",
    )


def ask(*, by: Capacity, edition: Edition, national: NationalEdition, chosen: Collection[str]) -> int:
    """Everybody who can agree about the chosen works has the letter, gives how many. Asking again adds nothing."""
    lock(edition)
    wanted = queries.forwarding_asked(edition.id)
    require(permissions.can_ask_consent(by, edition, wanted, national))
    assert wanted is not None
    written = letters(lacking(edition), chosen)
    for letter in written:
        named = hashlib.sha256(" ".join(work.key for work in letter.works).encode()).hexdigest()[:16]
        post(
            kind="forwarding_consent",
            to_address=letter.to.email,
            subject=_("Đề nghị cho biết ý kiến gửi dự %(name)s", name=national.name),
            body=body(edition, national, letter),
            dedupe_key=f"forwarding:{edition.public_id}:{letter.to.key}:{mark(wanted.kept)}:{named}",
        )
    for number in sorted({work.entry_id for letter in written for work in letter.works}):
        entry = session.get_one(Entry, number)
        record(ASKED, actor_id=by.person_id, award_id=edition.award_id, subject=entry)
    return len(written)


def _people(numbers: Collection[int]) -> Mapping[int, list[Asked]]:
    """Entry id → who can agree about it, its owner first."""
    joined = and_(Authorship.entry_id == Entry.id, Authorship.person_id == Person.id, Authorship.joined_at.is_not(None))
    found = (
        select(
            Entry.id,
            Person.id,
            Person.public_id,
            Person.legal_name,
            Person.form_of_address,
            func.coalesce(User.email, ""),
        )
        .distinct()
        .select_from(Entry)
        .join(
            Person,
            or_(Person.id == Entry.owner_id, select(Authorship.id).where(joined).correlate(Entry, Person).exists()),
        )
        .outerjoin(User, and_(User.person_id == Person.id, User.active))
        .where(Entry.id.in_(numbers), Entry.channel == "online")
        .order_by(Entry.id, Person.id)
    )
    people: dict[int, list[Asked]] = {}
    for number, person_id, key, name, called, email in session.execute(found).tuples() if numbers else ():
        people.setdefault(number, []).append(Asked(person_id, key, name, called, email))
    return people


def _told(numbers: Collection[int]) -> Mapping[int, datetime]:
    """Entry id → when its people were last asked."""
    found = select(Event.subject_id, func.max(Event.at)).where(
        Event.subject_kind == Entry.__tablename__, Event.subject_id.in_(numbers), Event.kind == ASKED
    )
    rows = session.execute(found.group_by(Event.subject_id)).tuples().all() if numbers else []
    return {number: at for number, at in rows if number is not None}
