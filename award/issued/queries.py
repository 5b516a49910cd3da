"""Which paper of a kind stands, and which one a code belongs to."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from award.db import session
from award.features import StoredObject
from award.issued.models import IssuedPaper, ReturnedScan


def standing(edition_id: int, kind: str, about: str = "") -> IssuedPaper | None:
    """The paper of the kind, and about this thing, that has its number and keeps it."""
    found = select(IssuedPaper).where(IssuedPaper.edition_id == edition_id, IssuedPaper.taken_back_at.is_(None))
    return session.scalar(found.where(IssuedPaper.kind == kind, IssuedPaper.about == about))


def kept_papers(edition_id: int) -> Sequence[IssuedPaper]:
    """Every paper of the edition that ever got its number, those that were taken back too, by their days."""
    found = select(IssuedPaper).where(IssuedPaper.edition_id == edition_id)
    return session.scalars(found.order_by(IssuedPaper.day, IssuedPaper.id)).all()


def paper(edition_id: int, public_id: str) -> IssuedPaper | None:
    asked = select(IssuedPaper).where(IssuedPaper.edition_id == edition_id, IssuedPaper.public_id == public_id)
    return session.scalar(asked)


def scans(paper_id: int) -> Sequence[ReturnedScan]:
    """The scans of a paper, newest first."""
    asked = select(ReturnedScan).where(ReturnedScan.paper_id == paper_id)
    return session.scalars(asked.order_by(ReturnedScan.id.desc())).all()


def newest_scans(edition_id: int) -> Mapping[int, ReturnedScan]:
    """The newest scan of each paper of the edition that has one, by the paper."""
    asked = select(ReturnedScan).join(IssuedPaper, IssuedPaper.id == ReturnedScan.paper_id)
    found = session.scalars(asked.where(IssuedPaper.edition_id == edition_id).order_by(ReturnedScan.id))
    return {each.paper_id: each for each in found}


def scan_of_file(file_id: int) -> tuple[ReturnedScan, IssuedPaper] | None:
    asked = select(ReturnedScan, IssuedPaper).join(IssuedPaper, IssuedPaper.id == ReturnedScan.paper_id)
    return session.execute(asked.where(ReturnedScan.file_id == file_id)).tuples().one_or_none()


def of_code(edition_id: int, code: str) -> IssuedPaper | None:
    """The paper whose annex bears the code, taken back or not."""
    return session.scalar(select(IssuedPaper).where(IssuedPaper.edition_id == edition_id, IssuedPaper.code == code))


def issued_with(code: str) -> IssuedPaper | None:
    """The same, whatever the edition; whether it may be told yet is the caller's to ask."""
    return session.scalars(select(IssuedPaper).where(IssuedPaper.code == code).order_by(IssuedPaper.id)).first()


def stored_objects() -> Iterator[StoredObject]:
    """The files of papers that stand in the store."""
    for kept in session.scalars(select(IssuedPaper).where(IssuedPaper.pdf_key.is_not(None)).order_by(IssuedPaper.id)):
        pdf, docx = (kept.pdf_key, kept.pdf_size, kept.pdf_sha256), (kept.docx_key, kept.docx_size, kept.docx_sha256)
        for ending, (key, size, sha256) in (("pdf", pdf), ("docx", docx)):
            if key is not None:
                what = f"{ending} of paper {kept.public_id}"
                yield StoredObject(key, size or 0, what, kept.public_id, sha256)
