"""Which bodies were asked in an edition, which have not answered, and the scans of their papers."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from award.db import session
from award.features import installed
from award.files.models import File
from award.opinions.models import Opinion, OpinionScan
from award.people.models import Person


def opinions(edition_id: int) -> Sequence[Opinion]:
    """In the order in which they were asked."""
    return session.scalars(_of(edition_id)).all()


def withdrawn(edition_id: int) -> Sequence[tuple[Opinion, str]]:
    """Those that count as not asked any more, with the name of who withdrew them; the latest first."""
    asked = select(Opinion, Person.legal_name).join(Person, Person.id == Opinion.withdrawn_by_id)
    asked = asked.where(Opinion.edition_id == edition_id, Opinion.withdrawn_at.is_not(None))
    return session.execute(asked.order_by(Opinion.withdrawn_at.desc(), Opinion.id.desc())).tuples().all()


def unanswered(edition_id: int) -> Sequence[Opinion]:
    """Those that have not answered, whose day is nearest first."""
    asked = _of(edition_id).where(Opinion.answered_on.is_(None)).order_by(None)
    return session.scalars(asked.order_by(Opinion.due_day.asc().nulls_last(), Opinion.id)).all()


def answered(edition_id: int) -> Sequence[Opinion]:
    """Those that have answered, in the order in which they were asked."""
    return session.scalars(_of(edition_id).where(Opinion.answered_on.is_not(None))).all()


def opinion(edition_id: int, public_id: str) -> Opinion | None:
    asked = select(Opinion).where(Opinion.edition_id == edition_id, Opinion.public_id == public_id)
    return session.scalar(asked)


def files(opinion_id: int) -> Sequence[File]:
    """The scans of one opinion in the order in which they came."""
    asked = select(File).join(OpinionScan, OpinionScan.file_id == File.id)
    return session.scalars(asked.where(OpinionScan.opinion_id == opinion_id).order_by(OpinionScan.id)).all()


def opinion_of_file(file_id: int) -> Opinion | None:
    return session.scalar(
        select(Opinion).join(OpinionScan, OpinionScan.opinion_id == Opinion.id).where(OpinionScan.file_id == file_id)
    )


def followed(opinion_id: int) -> bool:
    """Whether some room did something on what the body answered."""
    return any(room.rests_on_opinion(opinion_id) for room in installed() if room.rests_on_opinion is not None)


def _of(edition_id: int) -> Select[Opinion]:
    asked = select(Opinion).where(Opinion.edition_id == edition_id, Opinion.withdrawn_at.is_(None))
    return asked.order_by(Opinion.asked_on, Opinion.id)
