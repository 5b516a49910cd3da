"""Where a reader of ranking stands: edition, round and roles, in one statement."""

from dataclasses import dataclass

from sqlalchemy import Select, Text, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased, joinedload

from award.db import session
from award.editions.models import Appointment, Edition, Round
from award.editions.permissions import Capacity
from award.people.models import User


@dataclass(frozen=True)
class Sight:
    """The edition with its clauses, one of its rounds, and in which capacity the person sees them."""

    edition: Edition
    judged: Round | None
    by: Capacity


def at_round(person_id: int, slug: str, ordinal: int) -> tuple[Edition, Round, Capacity] | None:
    """The round of that number; None when there is no such edition or round."""
    seen = _seen(person_id, _asked(person_id, slug).where(Round.ordinal == ordinal))
    return None if seen is None or seen.judged is None else (seen.edition, seen.judged, seen.by)


def at_last_round(person_id: int, slug: str) -> Sight | None:
    """The round of the highest number, if the edition has any."""
    other = aliased(Round)
    last = select(func.max(other.ordinal)).where(other.edition_id == Edition.id).correlate(Edition).scalar_subquery()
    return _seen(person_id, _asked(person_id, slug).where(or_(Round.id.is_(None), Round.ordinal == last)))


def _asked(person_id: int, slug: str) -> Select[Edition, Round, tuple[str, ...], bool]:
    roles = (
        select(Appointment.role)
        .where(
            Appointment.person_id == person_id,
            Appointment.edition_id == Edition.id,
            Appointment.ended_at.is_(None),
        )
        .correlate(Edition)
        .scalar_subquery()
    )
    administrator = select(User.administrator).where(User.person_id == person_id).scalar_subquery()
    return (
        select(Edition, Round, func.array(roles, type_=ARRAY(Text(), as_tuple=True)), administrator)
        .outerjoin(Round, Round.edition_id == Edition.id)
        .where(Edition.slug == slug)
        .options(joinedload(Edition.clauses))
    )


def _seen(person_id: int, asked: Select[Edition, Round, tuple[str, ...], bool]) -> Sight | None:
    row = session.execute(asked).unique().one_or_none()
    if row is None:
        return None
    edition, judged, roles, administrator = row
    return Sight(edition, judged, Capacity(person_id, edition.id, frozenset(roles), bool(administrator)))
