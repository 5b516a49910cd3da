"""Deeds on a paper that came back: its scan may be sent, whoever reads it is bound, it is set aside."""

from typing import Unpack

from award.clock import now
from award.db import session
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import begin_or_resume, discard
from award.people.models import Person
from award.verdicts import Refused, Verdict
from judging.readings.models import Reading, Scanned
from judging.readings.permissions import NOT_BOUND

KINDS = ("pdf", "jpeg", "png")


def scan_begun(paper: Scanned | None, *, uploader: Person, max_bytes: int, **sent: Unpack[Declared]) -> File:
    """The file that the scan comes in as: the one that waits for this paper where it goes on with it, or another."""
    return begin_or_resume(
        uploader=uploader,
        kinds=KINDS,
        max_bytes=max_bytes,
        place=[paper.scan_id] if paper is not None and paper.scan_id is not None else [],
        **sent,
    )


def set_aside(paper: Scanned) -> None:
    """The scan is gone and nothing came of it. What was read on it is the room's to forget; who read it stays bound."""
    scan = session.get(File, paper.scan_id)
    paper.scan_id, paper.dropped_at = None, now()
    session.flush()
    if scan is not None:
        discard(file=scan)


def own_reading(paper: Scanned, person_id: int | None) -> Reading | None:
    """The reading of who is bound by the paper; None for anybody else."""
    return next((one for one in paper.readers if one.person_id == person_id), None)


def not_bound() -> Refused:
    """For who reads a paper without having taken it up."""
    return Refused(Verdict("not_bound", str(NOT_BOUND)))


def checked_scan(paper: Scanned, otherwise: str) -> tuple[File, str]:
    """The scan and its hash. Raises Refused with these words while it is not examined."""
    scan = session.get(File, paper.scan_id) if paper.scan_id is not None else None
    if scan is None or scan.state != "ready" or not scan.sha256:
        raise Refused(Verdict("scan", otherwise))
    return scan, scan.sha256
