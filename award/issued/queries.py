"""Which paper of a kind stands, and which one a code belongs to."""

from collections.abc import Mapping

from sqlalchemy import Select, select

from award.db import session
from award.issued.models import IssuedPaper


def standing(edition_id: int, kind: str) -> IssuedPaper | None:
    """The paper of the kind that has its number and keeps it."""
    return session.scalar(_standing(edition_id).where(IssuedPaper.kind == kind))


def standing_papers(edition_id: int) -> Mapping[str, IssuedPaper]:
    """Every one of them by its kind."""
    return {each.kind: each for each in session.scalars(_standing(edition_id))}


def of_code(edition_id: int, code: str) -> IssuedPaper | None:
    """The paper whose annex bears the code, taken back or not."""
    return session.scalar(select(IssuedPaper).where(IssuedPaper.edition_id == edition_id, IssuedPaper.code == code))


def _standing(edition_id: int) -> Select[IssuedPaper]:
    return select(IssuedPaper).where(IssuedPaper.edition_id == edition_id, IssuedPaper.taken_back_at.is_(None))
