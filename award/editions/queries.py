"""Questions about editions and the people appointed to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, case, func, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import joinedload, selectinload

from award.db import once_a_request, session
from award.editions.amended import version_words
from award.editions.extensions import ACT, Extension
from award.editions.models import (
    Amendment,
    Appointment,
    Award,
    Category,
    Countersign,
    Edition,
    Invitee,
    NationalEdition,
    Panel,
    PaperBody,
    PaperKind,
    Round,
    Topic,
)
from award.editions.permissions import Capacity, RoundSeen
from award.glance import EDITION, READER, glance
from award.paging import Order, Page, Turn, page
from award.people.models import Person, User


def edition_by_slug(slug: str) -> Edition | None:
    """The edition whose address begins with `slug`, its award with it."""
    return once_a_request(("edition", slug), lambda: session.scalar(_AT, {"slug": slug}))


_AT = select(Edition).where(Edition.slug == bindparam("slug"))


def current_edition() -> Edition | None:
    """The edition a visitor most likely means: of those that take entries the one that ends first, else the newest."""
    open_first = case((Edition.state == "open", 0), else_=1)
    ends = case((Edition.state == "open", Edition.deadline_at))
    return session.scalar(
        select(Edition)
        .where(Edition.state != "draft", Edition.trial_of_id.is_(None))
        .order_by(open_first, ends.nulls_last(), Edition.year.desc(), Edition.id.desc())
        .limit(1)
    )


def open_to_all() -> Sequence[Edition]:
    """Editions that are no drafts and no trials, in the order they were made."""
    seen = select(Edition).where(Edition.state != "draft", Edition.trial_of_id.is_(None))
    return session.scalars(seen.order_by(Edition.id)).all()


def editions_newest_first() -> Select[Edition]:
    return select(Edition).order_by(Edition.year.desc(), Edition.id.desc())


_ENTRY_RULES = (
    selectinload(Edition.categories).selectinload(Category.genres),
    selectinload(Edition.categories).selectinload(Category.slots),
    selectinload(Edition.prize_levels),
    selectinload(Edition.clauses),
)
_JUDGING_RULES = (
    selectinload(Edition.rounds).selectinload(Round.criteria),
    selectinload(Edition.panels).selectinload(Panel.scopes),
)


def with_rules(edition_id: int, *, for_update: bool = False) -> Edition:
    """The edition with categories, slots, genres, rounds, criteria, panels, prizes and clauses loaded.

    With `for_update` nobody else changes it until the unit of work ends.
    """
    found = select(Edition).where(Edition.id == edition_id).options(*_ENTRY_RULES, *_JUDGING_RULES)
    if for_update:
        found = found.with_for_update(of=Edition)
    return session.scalars(found.execution_options(populate_existing=True)).one()


def with_entry_rules(edition_id: int) -> Edition:
    """The edition with what entrants read loaded: categories, slots, genres, prizes and clauses."""
    found = select(Edition).where(Edition.id == edition_id).options(*_ENTRY_RULES)
    return session.scalars(found.execution_options(populate_existing=True)).one()


def capacity(person: Person | None, edition: Edition) -> Capacity:
    """The person's standing roles in the edition, as they were when the request first asked.

    An appointment sleeps until the address of its account is proven: before that, anybody may have registered it.
    """
    if person is None:
        return Capacity(None, edition.id, frozenset())
    return once_a_request(("capacity", person.id, edition.id), lambda: _capacity(person.id, edition.id))


def _capacity(person_id: int, edition_id: int) -> Capacity:
    seen = glance(person_id, edition_id)
    return Capacity(person_id, edition_id, frozenset(seen["roles"] or ()), administrator=bool(seen["administrator"]))


def rounds_seen(person_id: int | None, edition_id: int) -> list[RoundSeen]:
    """The rounds of the edition in order, as they stood when the request first looked."""
    return [RoundSeen(*each) for each in glance(person_id, edition_id)["rounds"] or ()]


GLANCES: Mapping[str, ScalarSelect[Any]] = {
    "administrator": select(User.administrator).where(User.person_id == READER).scalar_subquery(),
    "roles": (
        select(func.jsonb_agg(Appointment.role, type_=JSONB))
        .join(User, User.person_id == Appointment.person_id)
        .where(
            Appointment.person_id == READER,
            Appointment.edition_id == EDITION,
            Appointment.ended_at.is_(None),
            User.confirmed_at.is_not(None),
        )
        .scalar_subquery()
    ),
    "rounds": (
        select(
            func.jsonb_agg(
                aggregate_order_by(func.jsonb_build_array(Round.ordinal, Round.state), Round.ordinal), type_=JSONB
            )
        )
        .where(Round.edition_id == EDITION)
        .scalar_subquery()
    ),
}


def appointments(edition_id: int, *roles: str) -> Select[Appointment]:
    """Standing appointments of an edition, of the given roles when any are named."""
    found = select(Appointment).where(Appointment.edition_id == edition_id, Appointment.ended_at.is_(None))
    return found.where(Appointment.role.in_(roles)) if roles else found


def waiting_countersign(edition_id: int, act: str, subject: str) -> Countersign | None:
    """The proposal of this act that still waits for its second person."""
    return session.scalar(
        select(Countersign).where(
            Countersign.edition_id == edition_id,
            Countersign.act == act,
            Countersign.subject == subject,
            Countersign.confirmed_at.is_(None),
            Countersign.withdrawn_at.is_(None),
        )
    )


def confirmed_countersign(edition_id: int, act: str, subject: str) -> Countersign | None:
    """The last time this act was done, with both its persons."""
    return session.scalar(
        select(Countersign)
        .where(
            Countersign.edition_id == edition_id,
            Countersign.act == act,
            Countersign.subject == subject,
            Countersign.confirmed_at.is_not(None),
        )
        .order_by(Countersign.id.desc())
        .limit(1)
    )


def extensions(edition_id: int) -> list[Extension]:
    """Every extension of the time for entries that two persons decided, the newest first."""
    done = (
        select(Countersign.terms)
        .where(Countersign.edition_id == edition_id, Countersign.act == ACT, Countersign.confirmed_at.is_not(None))
        .order_by(Countersign.id.desc())
    )
    return [Extension.of(terms) for terms in session.scalars(done)]


def waiting_countersigns(edition_id: int) -> list[Countersign]:
    """Every act of the edition that waits for its second person, the longest waiting first."""
    return list(
        session.scalars(
            select(Countersign)
            .where(
                Countersign.edition_id == edition_id,
                Countersign.confirmed_at.is_(None),
                Countersign.withdrawn_at.is_(None),
            )
            .order_by(Countersign.id)
        )
    )


def appointed(edition_id: int) -> dict[str, int]:
    """How many people stand appointed to each role."""
    counted = (
        select(Appointment.role, func.count().label("n"))
        .where(Appointment.edition_id == edition_id, Appointment.ended_at.is_(None))
        .group_by(Appointment.role)
    )
    return {row.role: row.n for row in session.execute(counted)}


def organises_award(person_id: int, award_id: int) -> bool:
    """Whether the person stands as organiser of some edition of the award."""
    found = (
        select(Appointment.id)
        .join(Edition, Edition.id == Appointment.edition_id)
        .where(
            Edition.award_id == award_id,
            Appointment.person_id == person_id,
            Appointment.role == "organiser",
            Appointment.ended_at.is_(None),
        )
        .limit(1)
    )
    return session.scalar(found) is not None


def awards_to_extend(person: Person) -> list[Award]:
    """The awards the person may open a new edition of: all for an administrator, else those organised before."""
    found = select(Award).order_by(Award.name)
    if not (person.user and person.user.administrator):
        organised = (
            select(Edition.award_id)
            .join(Appointment, Appointment.edition_id == Edition.id)
            .where(
                Appointment.person_id == person.id,
                Appointment.role == "organiser",
                Appointment.ended_at.is_(None),
            )
        )
        found = found.where(Award.id.in_(organised))
    return list(session.scalars(found))


def holds_office(person_id: int) -> bool:
    """Whether the person stands appointed to anything, in any edition."""
    found = select(Appointment.id).where(Appointment.person_id == person_id, Appointment.ended_at.is_(None)).limit(1)
    return session.scalar(found) is not None


def national_edition(edition_id: int) -> NationalEdition | None:
    return session.scalar(select(NationalEdition).where(NationalEdition.edition_id == edition_id))


def topics(edition_id: int) -> Sequence[Topic]:
    """The contents of the plan in their order, each after the one it hangs below."""
    found = select(Topic).where(Topic.edition_id == edition_id).order_by(Topic.ordinal, Topic.id)
    return session.scalars(found).all()


def paper_bodies(edition_id: int) -> Sequence[PaperBody]:
    """The bodies that issue the edition's papers, in the order of the set-up page."""
    found = select(PaperBody).where(PaperBody.edition_id == edition_id)
    return session.scalars(found.order_by(PaperBody.ordinal, PaperBody.id)).all()


def paper_kinds(edition_id: int) -> dict[str, PaperKind]:
    """Kind → what is settled for it, with the body that issues it."""
    found = select(PaperKind).where(PaperKind.edition_id == edition_id).options(joinedload(PaperKind.body))
    return {settled.kind: settled for settled in session.scalars(found)}


def paper_kind(edition_id: int, kind: str) -> PaperKind | None:
    return paper_kinds(edition_id).get(kind)


def category_of(edition: Edition, public_id: str) -> Category | None:
    """The category of an edition whose rules are loaded."""
    return next((category for category in edition.categories if category.public_id == public_id), None)


def round_of(edition: Edition, ordinal: int) -> Round | None:
    """The round of an edition whose rules are loaded."""
    return next((found for found in edition.rounds if found.ordinal == ordinal), None)


def appointments_with_people(edition_id: int) -> list[tuple[Appointment, Person]]:
    """Standing appointments in the order they were made, with the people who hold them and their accounts."""
    found = (
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.edition_id == edition_id, Appointment.ended_at.is_(None))
        .options(selectinload(Person.user))
        .order_by(Appointment.id)
    )
    return [(row.Appointment, row.Person) for row in session.execute(found)]


STAFF_ORDERS: Mapping[str, Sequence[ColumnElement[Any]]] = {
    "": [Appointment.id.expression],
    "ten": [Person.name_key.expression, Appointment.id.expression],
    "ho": [Person.family_key.expression, Appointment.id.expression],
}
"""As addresses name them → columns: in the order they were appointed, by tên, by họ."""


def page_of_appointments(edition_id: int, order: str, turn: Turn) -> Page[tuple[Appointment, Person]]:
    """A page of the same, in one of `STAFF_ORDERS`."""
    columns = STAFF_ORDERS[order]
    held = select(*columns).select_from(Appointment).join(Person, Person.id == Appointment.person_id)
    asked = (
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.edition_id == edition_id, Appointment.ended_at.is_(None))
        .options(selectinload(Person.user))
    )
    ordered = Order(columns, lambda key: Appointment.public_id == key, joined=held)
    return page(asked, ordered, turn, lambda row: row.Appointment.public_id)


def appointment_of(edition_id: int, public_id: str) -> Appointment | None:
    """A standing appointment of the edition."""
    return session.scalar(appointments(edition_id).where(Appointment.public_id == public_id))


def last_edition(award_id: int) -> Edition | None:
    """The edition of the award with the highest number."""
    return session.scalar(select(Edition).where(Edition.award_id == award_id).order_by(Edition.ordinal.desc()).limit(1))


def editions_to_copy(edition: Edition) -> list[Edition]:
    """The other editions of the same award, the newest first and drafts last; trials are none."""
    found = select(Edition).where(
        Edition.award_id == edition.award_id, Edition.id != edition.id, Edition.trial_of_id.is_(None)
    )
    return list(session.scalars(found.order_by(Edition.state == "draft", Edition.ordinal.desc())))


def trial_of(edition_id: int) -> Edition | None:
    """The trial of a draft, while there is one."""
    return session.scalar(select(Edition).where(Edition.trial_of_id == edition_id))


def amendments(edition_id: int) -> list[Amendment]:
    """How the rules were changed once entries were open, in order."""
    found = select(Amendment).where(Amendment.edition_id == edition_id).order_by(Amendment.ordinal)
    return list(session.scalars(found))


def rules_in_force(edition_id: int, *instants: datetime | None) -> list[str]:
    """Which version of the rules was in force at each instant, in words; empty while they were never amended."""
    made = amendments(edition_id)
    return [version_words(made, instant) for instant in instants]


def invitees(edition_id: int) -> list[tuple[Invitee, Person]]:
    """Who is to be asked, in the order of the earlier edition, with their accounts."""
    found = (
        select(Invitee, Person)
        .join(Person, Person.id == Invitee.person_id)
        .where(Invitee.edition_id == edition_id)
        .options(selectinload(Person.user))
        .order_by(Invitee.id)
    )
    return [(row.Invitee, row.Person) for row in session.execute(found)]


def category_count(edition_id: int) -> int:
    return session.scalar(select(func.count(Category.id)).where(Category.edition_id == edition_id)) or 0
