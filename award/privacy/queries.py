"""Requests, consents and terms of keeping, as pages ask for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, case, func, select

from award.clock import now
from award.db import session
from award.editions.models import Appointment, Edition
from award.editions.queries import current_edition
from award.entries.declarations import words_of
from award.entries.models import Entry
from award.features import StoredObject, installed
from award.paging import Order, Page, Turn, page
from award.people.models import Consent, ConsentText, Person
from award.personal import Lapse, Waiting
from award.privacy.models import PrivacyRequest, RetentionRule

_OPEN_FIRST = Order(
    (
        case((PrivacyRequest.state == "open", 0), else_=1),
        case((PrivacyRequest.state == "open", PrivacyRequest.due_day), else_=date(9999, 12, 31)),
        PrivacyRequest.id.expression,
    ),
    lambda public_id: PrivacyRequest.public_id == public_id,
)


@dataclass(frozen=True)
class Asked:
    """A request with the name of who asks."""

    request: PrivacyRequest
    name: str


@dataclass(frozen=True)
class Term:
    """A class of data, after how many days it goes, how much is due, and when something goes next."""

    lapse: Lapse
    days: int | None
    reason: str
    waiting: Waiting | None
    next_at: datetime | None


MOST_WORKS = 100
"""Works whose declarations one page tells; nobody has entered more."""


@dataclass(frozen=True)
class Declared:
    """What somebody declared for a work: in which words, of which version, when."""

    title: str
    words: str
    version: int
    at: datetime


def requests(award_id: int, turn: Turn) -> Page[Asked]:
    """A page of an award's requests: the open ones by their last day, then the others."""
    found = page(_requests(award_id), _OPEN_FIRST, turn, lambda row: row.PrivacyRequest.public_id)
    return found.of([Asked(row.PrivacyRequest, row.name or "") for row in found.rows])


def every_request(award_id: int) -> list[Asked]:
    """All of them in the same order."""
    found = session.execute(_requests(award_id).order_by(*_OPEN_FIRST.columns))
    return [Asked(row.PrivacyRequest, row.name or "") for row in found]


def _requests(award_id: int) -> Select[PrivacyRequest, str]:
    named = func.coalesce(Person.legal_name, PrivacyRequest.name).label("name")
    asked = select(PrivacyRequest, named).outerjoin(Person, Person.id == PrivacyRequest.person_id)
    return asked.where(PrivacyRequest.award_id == award_id)


def request_of(award_id: int, public_id: str) -> PrivacyRequest | None:
    """One of the award's; another's is not found."""
    theirs = and_(PrivacyRequest.public_id == public_id, PrivacyRequest.award_id == award_id)
    return session.scalar(select(PrivacyRequest).where(theirs))


def award_of(person_id: int) -> int | None:
    """The award the person last had to do with: of their newest work or office, else the one that is held now."""
    worked = select(func.max(Entry.edition_id)).where(Entry.owner_id == person_id)
    served = select(func.max(Appointment.edition_id)).where(Appointment.person_id == person_id)
    newest = func.greatest(worked.scalar_subquery(), served.scalar_subquery())
    known = session.scalar(select(Edition.award_id).where(Edition.id == newest))
    current = current_edition() if known is None else None
    return current.award_id if current is not None else known


def own_request(person_id: int, public_id: str) -> PrivacyRequest | None:
    """One of the person's own; another's is not found."""
    own = and_(PrivacyRequest.public_id == public_id, PrivacyRequest.person_id == person_id)
    return session.scalar(select(PrivacyRequest).where(own))


def own_requests(person_id: int) -> Sequence[PrivacyRequest]:
    """The person's requests, newest first."""
    own = select(PrivacyRequest).where(PrivacyRequest.person_id == person_id)
    return session.scalars(own.order_by(PrivacyRequest.id.desc()).limit(50)).all()


def standing(person_id: int, kind: str) -> PrivacyRequest | None:
    """The open request of a kind that the person has made."""
    own = and_(PrivacyRequest.person_id == person_id, PrivacyRequest.kind == kind, PrivacyRequest.state == "open")
    return session.scalar(select(PrivacyRequest).where(own).order_by(PrivacyRequest.id).limit(1))


def copies_of(person_id: int) -> Sequence[str]:
    """Keys of the copies that were made for the person."""
    keys = select(PrivacyRequest.export_key).where(PrivacyRequest.person_id == person_id)
    return [key for key in session.scalars(keys) if key is not None]


def open_requests(award_id: int) -> tuple[int, date | None]:
    """How many of the award's wait for an answer, and the earliest last day."""
    counted = select(func.count(), func.min(PrivacyRequest.due_day)).where(PrivacyRequest.state == "open")
    return session.execute(counted.where(PrivacyRequest.award_id == award_id)).tuples().one()


def newest_office(person_id: int, award_id: int) -> int | None:
    """The award's newest edition in which the person answers requests: they wait on one desk, not on each."""
    held = and_(Appointment.person_id == person_id, Appointment.ended_at.is_(None))
    roles = Appointment.role.in_(("organiser", "secretary"))
    ours = select(func.max(Appointment.edition_id)).join(Edition, Edition.id == Appointment.edition_id)
    return session.scalar(ours.where(held, roles, Edition.award_id == award_id))


def consents(person_id: int) -> Sequence[tuple[Consent, ConsentText]]:
    """What the person agreed to, with the words as they were, newest first."""
    given = select(Consent, ConsentText).join(ConsentText, ConsentText.id == Consent.text_id)
    return session.execute(given.where(Consent.person_id == person_id).order_by(Consent.id.desc())).tuples().all()


def declared(person_id: int) -> list[Declared]:
    """What the person declared for works of their own, newest work first, each in the words it was declared in."""
    own = select(Entry).where(Entry.owner_id == person_id, Entry.revises_id.is_(None)).order_by(Entry.id.desc())
    found = []
    for entry in session.scalars(own.limit(MOST_WORKS)):
        for code, said in entry.declared.items():
            words = words_of(entry.edition_id, code, said["version"])
            found.append(Declared(entry.title, words, said["version"], datetime.fromisoformat(said["at"])))
    return found


def consent_of(person_id: int, number: int) -> Consent | None:
    """A consent of the person that stands."""
    own = and_(Consent.id == number, Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
    return session.scalar(select(Consent).where(own))


def purpose_of(consent: Consent) -> str:
    return session.get_one(ConsentText, consent.text_id).purpose


def lapses() -> list[Lapse]:
    """Every class of data that may be let go, lowest room first."""
    return [lapse for room in installed() if room.personal is not None for lapse in room.personal.lapses]


def terms(*, counted: bool = True) -> list[Term]:
    """Each class with its term as it holds now; with `counted`, how much waits in it."""
    set_ = {rule.code: rule for rule in session.scalars(select(RetentionRule))}
    found = []
    for lapse in lapses():
        rule = set_.get(lapse.code)
        days = rule.days if rule is not None else lapse.days
        waiting = lapse.waiting(limit_of(days)) if counted else None
        oldest = waiting.oldest if waiting is not None else None
        goes = oldest + timedelta(days=days) if oldest is not None and days is not None else None
        found.append(Term(lapse, days, rule.reason if rule is not None else "", waiting, goes))
    return found


def days_kept(code: str) -> int | None:
    """After how many days a class of data goes, as it holds now; None: it is kept."""
    return next(term.days for term in terms(counted=False) if term.lapse.code == code)


def limit_of(days: int | None) -> datetime:
    """What is older than this is due. Where nothing lapses, nothing is."""
    return now() - timedelta(days=days) if days is not None else datetime.min.replace(tzinfo=now().tzinfo)


def without_copy() -> Sequence[PrivacyRequest]:
    """Requests whose copy is being made: their job may have died."""
    making = and_(PrivacyRequest.export_key.is_not(None), PrivacyRequest.export_size.is_(None))
    return session.scalars(select(PrivacyRequest).where(making)).all()


def stored_objects() -> Iterator[StoredObject]:
    """The copies that stand."""
    made = select(PrivacyRequest).where(PrivacyRequest.export_key.is_not(None), PrivacyRequest.export_size.is_not(None))
    for each in session.scalars(made.order_by(PrivacyRequest.id)):
        what = f"copy of request {each.public_id}"
        yield StoredObject(each.export_key or "", each.export_size or 0, what, each.public_id, each.export_sha256)
