"""What is recorded of a decision: its paper, who recorded it, and every other paper that has its number."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased, defer

from award.db import answered, session
from award.editions.models import Edition
from award.issued.models import IssuedPaper, ReturnedScan
from award.people.models import Person
from award.results.models import Commendation, Decision


@dataclass(frozen=True)
class Recorded:
    """An edition as the page of its decision reads it."""

    edition: Edition
    decision: Decision | None
    recorded_by: str
    commendation: Commendation | None
    """The paper by which bodies and persons are commended, where that is one of its own."""
    issued: Mapping[str, IssuedPaper]
    """Kind → the paper that stands, of those of which an edition has one."""
    scans: Mapping[int, ReturnedScan]
    """Paper → its newest scan."""


def recorded(slug: str) -> Recorded | None:
    """The edition at this address with all of it, in one statement."""
    newer = aliased(ReturnedScan)
    newest = select(func.max(newer.id)).where(newer.paper_id == IssuedPaper.id).correlate(IssuedPaper)
    stands = and_(IssuedPaper.edition_id == Edition.id, IssuedPaper.taken_back_at.is_(None), IssuedPaper.about == "")
    found = (
        select(Edition, Decision, Person.legal_name, Commendation, IssuedPaper, ReturnedScan)
        .outerjoin(Decision, Decision.edition_id == Edition.id)
        .outerjoin(Person, Person.id == Decision.recorded_by_id)
        .outerjoin(Commendation, Commendation.edition_id == Edition.id)
        .outerjoin(IssuedPaper, stands)
        .outerjoin(ReturnedScan, ReturnedScan.id == newest.scalar_subquery())
        .where(Edition.slug == slug)
        .options(defer(IssuedPaper.content))
    )
    rows = session.execute(found).tuples().all()
    answered(("edition", slug), rows[0][0] if rows else None)
    if not rows:
        return None
    edition, decision, by, commendation, _paper, _scan = rows[0]
    papers = {paper.kind: paper for *_rest, paper, _scan in rows if paper is not None}
    scans = {scan.paper_id: scan for *_rest, scan in rows if scan is not None}
    return Recorded(edition, decision, by or "", commendation, papers, scans)
