"""Deeds around the scan of an issued paper: it is sent, and a second person says what it has and the draft has not."""

from collections.abc import Collection, Sequence

from award.clock import now
from award.db import session
from award.documents.kept import from_data
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.files.models import File
from award.files.operations import begin_or_resume
from award.files.queries import clean_text
from award.issued import permissions, queries
from award.issued.comparing import Comparison, codes_of, compared, draft_lines
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
    name: str,
    size: int,
    part_hashes: Sequence[str],
    resuming: str | None = None,
) -> File:
    """The scan comes in and takes the place of an earlier one, which stays known; the same bytes are gone on with."""
    lock(edition)
    require(permissions.can_send(by, edition, paper))
    there = [each.file_id for each in queries.scans(paper.id)]
    file = begin_or_resume(
        uploader=uploader,
        name=name,
        size=size,
        part_hashes=part_hashes,
        kinds=KINDS,
        max_bytes=MOST_BYTES,
        place=there,
        resuming=resuming,
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
    return compared(draft_lines(told), clean_text(scan.file_id), told.mark, *codes_of(told))


def settle(
    *,
    by: Capacity,
    edition: Edition,
    paper: IssuedPaper,
    scan: ReturnedScan,
    same: Collection[int],
    beside: Collection[int],
    remark: str,
) -> ReturnedScan:
    """The second person has looked: lines the machine found alike and those in `same` read alike, all others do not.

    Words that only the scan has make it differ, unless `beside` says by their place in the comparison that they belong
    to no paper: a stamp of arrival, a note by hand. Raises Refused `remark` where it differs and nobody says which of
    both is right.
    """
    lock(edition)
    require(permissions.can_compare(by, edition, paper, scan))
    found = comparison(paper, scan)
    differing = [each.line.number for each in found.open if each.line.number not in same]
    added = [words for n, words in enumerate(found.added, start=1) if n not in beside]
    if (differing or added) and not remark:
        raise Refused(Verdict("remark", str(permissions.REMARK_NEEDED)))
    scan.outcome, scan.lines = "differs" if differing or added else "same", differing
    scan.remark, scan.compared_by_id, scan.compared_at = canonical(remark), by.person_id, now()
    session.flush()
    counted = {"lines": len(differing), "added": len(added)}
    facts: dict[str, int | str | None] = {"outcome": scan.outcome, **counted, "paper": paper.id}
    detail = {"lines": differing, "added": added, "remark": scan.remark}
    record("paper.compared", actor_id=by.person_id, award_id=edition.award_id, subject=scan, facts=facts, detail=detail)
    return scan
