"""Which paper of a kind stands, and which one a code belongs to."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Select, select

from award.db import session
from award.features import StoredObject
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


def stored_objects() -> Iterator[StoredObject]:
    """The files of papers that stand in the store."""
    columns = (IssuedPaper.pdf_key, IssuedPaper.pdf_size, IssuedPaper.pdf_sha256)
    columns += (IssuedPaper.docx_key, IssuedPaper.docx_size, IssuedPaper.docx_sha256)
    for public_id, *files in session.execute(select(IssuedPaper.public_id, *columns).order_by(IssuedPaper.id)).tuples():
        for ending, (key, size, sha256) in zip(("pdf", "docx"), (files[:3], files[3:]), strict=True):
            if key is not None:
                yield StoredObject(key, size, f"{ending} of paper {public_id}", public_id, sha256)
