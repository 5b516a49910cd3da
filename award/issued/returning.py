"""Deeds around the scan of an issued paper: it is sent, and a second person says what it has and the draft has not."""

from collections.abc import Collection
from typing import Unpack

from award.clock import now
from award.db import session
from award.documents.kept import from_data
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import begin_or_resume
from award.files.queries import clean_text, files
from award.issued import permissions, queries
from award.issued.comparing import Comparison, code_lines, compared, draft_lines
from award.issued.models import IssuedPaper, ReturnedScan
from award.log.operations import record
from award.people.models import Person
from award.text import canonical
from award.verdicts import Refused, Verdict, require

KINDS = ("pdf", "jpeg", "png")
MOST_BYTES = 100_000_000


def begin(
    *,
    by: Capacity,
    edition: Edition,
    paper: IssuedPaper,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """The scan comes in and takes the place of an earlier one, which stays known; the same bytes are gone on with."""
    lock(edition)
    require(permissions.can_send(by, edition, paper))
    there = [each.file_id for each in queries.scans(paper.id)]
    file = begin_or_resume(
        uploader=uploader,
        kinds=KINDS,
        max_bytes=MOST_BYTES,
        place=there,
        **sent,
    )
    if file.id not in there:
        scan = ReturnedScan(paper_id=paper.id, file_id=file.id, sent_by_id=uploader.id)
        session.add(scan)
        session.flush()
        record("paper.scan_sent", actor_id=by.person_id, award_id=edition.award_id, subject=scan)
    return file


def comparison(paper: IssuedPaper, scan: ReturnedScan) -> Comparison:
    """The lines of the paper beside the words of the scan, as far as a machine can read them."""
    told = from_data(paper.content)
    return compared(draft_lines(told), clean_text(scan.file_id), told.mark, code_lines(told))


def is_read(scan: ReturnedScan) -> bool:
    """The file has come whole and was looked at: what it says can be set against the draft."""
    return files([scan.file_id])[scan.file_id].state in {"ready", "unchecked"}


def settle(
    *,
    by: Capacity,
    edition: Edition,
    paper: IssuedPaper,
    scan: ReturnedScan,
    same: Collection[int],
    remark: str,
    no_more: bool = False,
) -> ReturnedScan:
    """The second person has looked: lines the machine found alike and those in `same` read alike, all others do not.

    Words that only the scan has make it differ as well, unless `no_more`: whoever looked says that they are no text of
    the paper (a stamp, a note of the clerk). Raises Refused `remark` where something differs and nobody says which of
    both is right, `newer` where another scan came meanwhile.
    """
    lock(edition)
    require(permissions.can_compare(by, edition, paper, scan))
    require(permissions.is_newest(scan, queries.scans(paper.id)[0], ready=is_read(scan)))
    read = comparison(paper, scan)
    differing = [each.line.number for each in read.open if each.line.number not in same]
    added = [] if no_more else list(read.added)
    if (differing or added) and not remark:
        raise Refused(Verdict("remark", str(permissions.REMARK_NEEDED)))
    scan.outcome, scan.lines = "differs" if differing or added else "same", differing
    scan.remark, scan.compared_by_id, scan.compared_at = canonical(remark), by.person_id, now()
    session.flush()
    facts: dict[str, int | str | None] = {
        "outcome": scan.outcome,
        "lines": len(differing),
        "added": len(added),
        "paper": paper.id,
    }
    detail = {"lines": differing, "added": list(read.added), "no_more": no_more, "remark": scan.remark}
    record("paper.compared", actor_id=by.person_id, award_id=edition.award_id, subject=scan, facts=facts, detail=detail)
    return scan
