"""Letters to those whose works may go to the national award and who have not agreed to it.

Who is asked must not tell what is not public yet: until the results are, every eligible work is offered, whatever place
or prize it has. Of a work that came on paper nobody is asked by letter: its authors have no account to answer with,
they sign.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select

from award import dates
from award.clock import now
from award.db import session
from award.editions.models import Edition, NationalEdition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.entries.declarations import mark
from award.entries.declarations import standing as agreed_in
from award.entries.models import Authorship, Entry
from award.letters.operations import write
from award.letters.queries import Written
from award.log.models import Event, EventDetail
from award.log.operations import record
from award.messages.models import Message
from award.nominations import permissions, queries
from award.people.letters import address, rendered
from award.people.models import Person, User
from award.results.queries import corrections, is_public
from award.results.works import said_of
from award.screening.models import Screening
from award.verdicts import require

ASKED, CONSENT = "entry.forwarding_asked", "forwarding_consent"
AGAIN_AFTER = timedelta(days=7)
"""So long an answer is waited for before the same person can be asked again."""


@dataclass(frozen=True)
class Asked:
    """Somebody who can agree: whose work it is, or an author who joined it.

    `email` is empty without an account whose address was confirmed. `asked_at`: when they were last written to about
    the work; `lost`: that letter could not be delivered.
    """

    person_id: int
    key: str
    name: str
    called: str
    email: str
    asked_at: datetime | None = None
    lost: bool = False

    @property
    def to_ask(self) -> bool:
        """There is an address, and no letter to it waits for its answer."""
        waits = self.asked_at is not None and not self.lost and now() < self.asked_at + AGAIN_AFTER
        return bool(self.email) and not waits


@dataclass(frozen=True)
class Lacking:
    """A work that may go and has nobody's consent yet."""

    entry_id: int
    key: str
    code: str
    title: str
    people: tuple[Asked, ...]

    @property
    def to_ask(self) -> bool:
        return any(one.to_ask for one in self.people)


@dataclass(frozen=True)
class Letter:
    """What one person gets. `before`: when they were last asked about any of the works."""

    to: Asked
    works: tuple[Lacking, ...]
    before: datetime | None


def lacking(edition: Edition, *, public: bool) -> list[Lacking]:
    """The works that can be asked about and were not agreed about, with the titles as they read now.

    In the order in which they are chosen once the results are `public`, until then in that of their codes.
    """
    wanted = queries.forwarding_asked(edition.id)
    if wanted is None:
        return []
    columns = (Entry.id, Entry.public_id, Screening.blind_code, Entry.title, Entry.declared, corrections())
    rows = queries.may_go(edition.id, *columns, judged=public)
    rows = [row for row in rows if not agreed_in(row[4], {wanted.code: wanted})]
    people = _people([row[0] for row in rows])
    return [
        Lacking(number, key, code or "", said_of(corrected).get(("title", None), title), people.get(number, ()))
        for number, key, code, title, _declared, corrected in rows
    ]


def letters(works: Sequence[Lacking], chosen: Collection[str]) -> list[Letter]:
    """One for each person who can agree about any of the chosen works and does not owe an answer about it."""
    found: dict[int, list[tuple[Asked, Lacking]]] = {}
    for work in works:
        for one in work.people if work.key in chosen else ():
            if one.to_ask:
                found.setdefault(one.person_id, []).append((one, work))
    return [
        Letter(
            pairs[0][0],
            tuple(work for _one, work in pairs),
            max((one.asked_at for one, _work in pairs if one.asked_at), default=None),
        )
        for pairs in found.values()
    ]


def words(
    edition: Edition, national: NationalEdition, letter: Letter, *, public: bool
) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    wanted = queries.forwarding_asked(edition.id)
    links = {work.key: address("nominations.agree", slug=edition.slug, entry_id=work.key) for work in letter.works}
    values = {
        "xung_ho": letter.to.called,
        "ho_ten": letter.to.name,
        "giai_tren": national.name,
        "tac_pham": "\n\n".join(f"“{work.title}”\n{links[work.key]}" for work in letter.works),
        "noi_dung_dong_y": wanted.words if wanted else "",
        "han": dates.day(national.deadline_day) if national.deadline_day else "",
        "chua_cong_bo": "" if public else _("Kết quả của Giải chưa công bố; thư này không cho biết kết quả."),
    }

    def house() -> Written:
        told = {"national": national, "letter": letter, "links": links, "public": public}
        body = rendered("nominations/mail/consent.txt", edition=edition, words=values["noi_dung_dong_y"], **told)
        return _("Đề nghị cho biết ý kiến gửi dự %(name)s", name=national.name), body

    return values, house


def ask(*, by: Capacity, edition: Edition, national: NationalEdition, chosen: Collection[str]) -> int:
    """Everybody who can agree about the chosen works has the letter, gives how many were written.

    Only who was written to counts as asked. Asking again adds nothing until a letter was lost or enough days passed.
    """
    lock(edition)
    wanted = queries.forwarding_asked(edition.id)
    require(permissions.can_ask_consent(by, edition, wanted, national))
    assert wanted is not None
    public = is_public(edition, now())
    written, about = 0, dict[int, dict[str, int]]()
    for letter in letters(lacking(edition, public=public), chosen):
        named = hashlib.sha256(f"{[work.key for work in letter.works]} {letter.before}".encode()).hexdigest()[:16]
        values, house = words(edition, national, letter, public=public)
        number = write(
            edition,
            CONSENT,
            to_address=letter.to.email,
            values=values,
            house=house,
            dedupe_key=f"forwarding:{edition.public_id}:{letter.to.key}:{mark(wanted.kept)}:{named}",
        )
        if number is None:
            continue
        written += 1
        for work in letter.works:
            about.setdefault(work.entry_id, {})[letter.to.key] = number
    for entry_id, sent in sorted(about.items()):
        entry = session.get_one(Entry, entry_id)
        record(ASKED, actor_id=by.person_id, award_id=edition.award_id, subject=entry, detail={"letters": sent})
    return written


def _people(numbers: Collection[int]) -> Mapping[int, tuple[Asked, ...]]:
    """Entry id → who can agree about it, its owner first, each with when they were last asked."""
    joined = and_(Authorship.entry_id == Entry.id, Authorship.person_id == Person.id, Authorship.joined_at.is_not(None))
    account = and_(User.person_id == Person.id, User.active, User.confirmed_at.is_not(None))
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
        .outerjoin(User, account)
        .where(Entry.id.in_(numbers), Entry.channel == "online")
        .order_by(Entry.id, Person.id)
    )
    told = _told(numbers)
    people: dict[int, tuple[Asked, ...]] = {}
    for number, person_id, key, name, called, email in session.execute(found).tuples() if numbers else ():
        one = Asked(person_id, key, name, called, email)
        at, lost = told.get((number, one.key)) or told.get((number, "")) or (None, False)
        people[number] = (*people.get(number, ()), replace(one, asked_at=at, lost=lost))
    return people


def _told(numbers: Collection[int]) -> Mapping[tuple[int, str], tuple[datetime, bool]]:
    """(entry, person) → when they were last asked, and whether that letter was lost.

    An event that names nobody is from when it was not kept who was written to: it stands for all, under no name.
    """
    found = (
        select(Event.subject_id, Event.at, EventDetail.detail)
        .outerjoin(EventDetail, EventDetail.event_id == Event.id)
        .where(Event.subject_kind == Entry.__tablename__, Event.subject_id.in_(numbers), Event.kind == ASKED)
    )
    rows = session.execute(found.order_by(Event.id)).all() if numbers else []
    told = [(number, at, (detail or {}).get("letters") or {"": 0}) for number, at, detail in rows]
    sent = {letter for _entry, _at, by_person in told for letter in by_person.values()}
    failed = select(Message.id).where(Message.id.in_(sent), Message.state == "failed")
    lost = set(session.scalars(failed)) if sent else set()
    return {(number, key): (at, letter in lost) for number, at, by_person in told for key, letter in by_person.items()}
