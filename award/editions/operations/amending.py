"""Changing rules that are frozen: only by a paper with its number, its day and a reason, and told to everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from award.clock import now
from award.db import session
from award.editions.amended import Change, changes_between, words_of
from award.editions.clauses import BY_CODE
from award.editions.matters import Stage, Value
from award.editions.models import Amendment, Edition
from award.editions.operations.locking import lock
from award.editions.operations.setup import say_clause
from award.editions.permissions import Capacity, can_amend
from award.features import tell_rooms_of_amendment
from award.log.operations import record
from award.text import canonical, one_line
from award.verdicts import Verdict, require


@dataclass(frozen=True)
class Paper:
    """The paper by which rules change."""

    number: str
    day: date
    reason: str


@dataclass(frozen=True)
class ClauseSaid:
    """What the rules say of one matter from now on."""

    value: Value | None
    unregulated: bool = False
    source: str = ""
    illustrative: bool = False


def record_amendment(*, by: Capacity, edition: Edition, paper: Paper, changes: Sequence[Change]) -> Amendment:
    """The change stands on record with its number in the order of changes, and every room has told its people.

    The caller has changed what the lines speak of in the same unit of work. Raises Refused `paper` or `changes` when
    something of either is missing.
    """
    lock(edition)
    require(can_amend(by, edition))
    number, reason = one_line(paper.number), canonical(paper.reason)
    if not number or not reason:
        require(Verdict("paper", str(_("Sửa đổi cần có số, ngày văn bản và lý do."))))
    if not changes:
        require(Verdict("changes", str(_("Chưa có nội dung nào thay đổi."))))
    last = session.scalar(select(func.max(Amendment.ordinal)).where(Amendment.edition_id == edition.id)) or 0
    assert by.person_id is not None, "whoever may amend is somebody"
    made = Amendment(
        edition_id=edition.id,
        ordinal=last + 1,
        number=number,
        day=paper.day,
        reason=reason,
        changes={"lines": [asdict(change) for change in changes]},
        at=now(),
        made_by_id=by.person_id,
    )
    session.add(made)
    session.flush()
    facts: dict[str, int | str | None] = {"edition": edition.id, "ordinal": made.ordinal, "lines": len(changes)}
    record("edition.amended", actor_id=by.person_id, award_id=edition.award_id, subject=made, facts=facts)
    made.told = tell_rooms_of_amendment(edition.id, made.id)
    session.flush()
    return made


def amend_clauses(
    *, by: Capacity, edition: Edition, stage: Stage, paper: Paper, said: Mapping[str, ClauseSaid]
) -> Amendment:
    """The rules say this from now on, and the amendment tells what they said before. Days are not changed here.

    The edition comes with its rules loaded. Raises Refused `changes` when nothing would be another than it was.
    """
    lock(edition)
    require(can_amend(by, edition))
    before = words_of(edition, stage)
    for code, clause in said.items():
        if BY_CODE[code].stage == stage and BY_CODE[code].dated is None:
            say_clause(by=by, edition=edition, code=code, **asdict(clause))
    changes = changes_between(before, words_of(edition, stage))
    return record_amendment(by=by, edition=edition, paper=paper, changes=changes)
