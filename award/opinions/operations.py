"""Deeds around opinions: a body is asked, its answer is recorded, a scan goes with it. Each stands in the log."""

from datetime import date
from typing import Unpack

from sqlalchemy import delete

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import discard
from award.files.places import begin_among
from award.log.operations import record
from award.opinions import permissions, queries
from award.opinions.models import STANCES, Opinion, OpinionScan
from award.people.models import Person
from award.text import canonical, one_line
from award.verdicts import require

KINDS = ("pdf", "jpeg", "png")
MOST_BYTES = 50_000_000
MOST = 10


def ask(
    *, by: Capacity, edition: Edition, body: str, asked_on: date, paper: str = "", due_day: date | None = None
) -> Opinion:
    """The body is one of those asked; until it answers, the list before the decision names it."""
    lock(edition)
    require(permissions.can_record(by, edition))
    assert by.person_id is not None
    opinion = Opinion(
        edition_id=edition.id,
        body=one_line(body),
        asked_on=asked_on,
        asked_by_paper=one_line(paper),
        due_day=due_day,
        recorded_by_id=by.person_id,
    )
    session.add(opinion)
    session.flush()
    _record("opinion.asked", by, edition, opinion, detail={"body": opinion.body, "paper": opinion.asked_by_paper})
    return opinion


def answer(
    *, by: Capacity, edition: Edition, opinion: Opinion, stance: str, answered_on: date, paper: str, words: str
) -> None:
    """The body has answered so, with this paper."""
    lock(edition)
    require(permissions.can_answer(by, edition, opinion))
    assert stance in STANCES
    opinion.stance, opinion.answered_on = stance, answered_on
    opinion.answered_by_paper, opinion.words = one_line(paper), canonical(words)
    opinion.answer_recorded_by_id = by.person_id
    session.flush()
    told = {"paper": opinion.answered_by_paper, "words": opinion.words, "day": answered_on.isoformat()}
    _record("opinion.answered", by, edition, opinion, {"stance": stance}, told)


def reopen(*, by: Capacity, edition: Edition, opinion: Opinion, reason: str) -> None:
    """The body has not answered: what was recorded was wrong, and stays in the log with the reason."""
    lock(edition)
    require(permissions.can_reopen(by, edition, opinion, followed=queries.followed(opinion.id)))
    assert opinion.answered_on is not None
    before = {"stance": opinion.stance, "paper": opinion.answered_by_paper, "words": opinion.words}
    day = opinion.answered_on.isoformat()
    opinion.stance, opinion.answered_on, opinion.answered_by_paper, opinion.words = "", None, "", ""
    opinion.answer_recorded_by_id = None
    session.flush()
    _record("opinion.reopened", by, edition, opinion, detail={"reason": reason, "day": day, **before})


def withdraw(*, by: Capacity, edition: Edition, opinion: Opinion, reason: str) -> None:
    """The body counts as not asked any more; that it was, its scans and the reason stay to be read."""
    lock(edition)
    require(permissions.can_withdraw(by, edition, opinion, followed=queries.followed(opinion.id)))
    opinion.withdrawn_at, opinion.withdrawn_because, opinion.withdrawn_by_id = now(), one_line(reason), by.person_id
    session.flush()
    told = {"body": opinion.body, "paper": opinion.asked_by_paper, "reason": opinion.withdrawn_because}
    _record("opinion.withdrawn", by, edition, opinion, detail=told)


def begin_scan(
    *,
    by: Capacity,
    edition: Edition,
    opinion: Opinion,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """One more scan may be sent; one with the same bytes there is gone on with."""
    lock(edition)
    require(permissions.can_change(by, edition, opinion))
    there = [file.id for file in queries.files(opinion.id)]
    file = begin_among(there, most=MOST, uploader=uploader, kinds=KINDS, max_bytes=MOST_BYTES, **sent)
    if file.id not in there:
        session.add(OpinionScan(opinion_id=opinion.id, file_id=file.id))
        session.flush()
        _record("opinion.scan_added", by, edition, opinion, {"file": file.id})
    return file


def drop_scan(*, by: Capacity, edition: Edition, opinion: Opinion, file_key: str) -> None:
    """The scan is gone, as long as no answer is recorded; that it was there stays in the log."""
    lock(edition)
    require(permissions.can_drop_scan(by, edition, opinion))
    file = next((each for each in queries.files(opinion.id) if each.public_id == file_key), None)
    if file is None:
        return
    _record("opinion.scan_removed", by, edition, opinion, {"file": file.id})
    session.execute(delete(OpinionScan).where(OpinionScan.file_id == file.id))
    session.flush()
    discard(file=file)


def _record(
    kind: str,
    by: Capacity,
    edition: Edition,
    opinion: Opinion,
    facts: dict[str, int | str | None] | None = None,
    detail: dict[str, str] | None = None,
) -> None:
    record(
        kind, actor_id=by.person_id, award_id=edition.award_id, subject=opinion, facts=facts or {}, detail=detail or {}
    )
