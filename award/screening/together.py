"""Acts on many dossiers of the queue at once, and taking back what was decided, on one or on many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.deadlines import Deadline
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries import mending
from award.entries.models import Entry
from award.entries.queries import dossiers_of, rule_book
from award.log.operations import record
from award.rules.eligibility import Finding, findings
from award.screening import asking, letters, permissions, queries
from award.screening.models import Screening, ScreeningAct
from award.screening.operations import Act, count, row_of, say
from award.screening.rulings import Said, against, rulings
from award.verdicts import Refused, Verdict


@dataclass
class Outcome:
    """What became of many: codes that were decided, and why the others were left as they were."""

    done: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def decide_all(
    *, by: Capacity, edition: Edition, entries: Sequence[Entry], decision: str, reason: str = "", clause: str = ""
) -> Outcome:
    """These entries are decided on by one act, each as it would be alone; who may not be is left, with why.

    Without a reason only those nobody has decided on and whose rules are all met are eligible: what a person has to
    weigh is not decided in passing. Not eligible takes reason and clause from the unmet rules where they are blank.
    """
    outcome, act = Outcome(), Act(by, edition, decision)
    screened = _locked_together(edition, entries)
    known, book = dossiers_of([entry.id for entry, _screening in screened]), rule_book(edition)
    for entry, screening in screened:
        found = findings(known[entry.id].facts, book)
        try:
            with session.begin_nested():
                if decision == "eligible" and not reason.strip():
                    _require_plain(screening, found)
                act.decide(entry, screening, found, reason, clause, None)
        except Refused as refused:
            outcome.left[entry.code or ""] = refused.verdict.sentence
            continue
        outcome.done.append(entry.code or "")
    if outcome.done:
        act.keep(together=True)
    return outcome


def ask_all(
    *,
    by: Capacity,
    edition: Edition,
    entries: Sequence[Entry],
    items: str,
    parts: Sequence[str],
    due: Deadline,
    address: Callable[[Entry], str],
) -> Outcome:
    """The owners of these entries are asked for the same, by one act; who cannot be asked is left, with why."""
    outcome, act = Outcome(), Act(by, edition, "correction")
    for entry, screening in _locked_together(edition, entries):
        act.remember(entry, screening)
        try:
            with session.begin_nested():
                asking.request_correction(
                    by=by, edition=edition, entry=entry, items=items, parts=parts, due=due, address=address(entry)
                )
        except Refused as refused:
            act.forget(entry)
            outcome.left[entry.code or ""] = refused.verdict.sentence
            continue
        outcome.done.append(entry.code or "")
    if outcome.done:
        act.keep(together=True)
    return outcome


def undo(*, by: Capacity, edition: Edition, act: ScreeningAct) -> Outcome:
    """What the act decided is as it was before, where nobody has decided anew; blind codes stay given.

    Owners who were asked to mend are told that nothing is asked of them any more.
    """
    session.refresh(act, with_for_update=True)
    allowed = permissions.can_undo(by, edition, act)
    if not allowed:
        raise Refused(allowed)
    entries = session.scalars(select(Entry).where(Entry.id.in_([int(number) for number in act.before]))).all()
    outcome = Outcome()
    for entry, screening in _locked_together(edition, entries):
        before = act.before[str(entry.id)]
        if screening.version != before["version"] or entry.state != "submitted":
            outcome.left[entry.code or ""] = _("đã thay đổi sau đó")
            continue
        if act.decision == "correction" and mending.end(entry, "taken_back"):
            letters.asked_no_more(edition, entry, decided=False)
        _restore(by, edition, entry, screening, before)
        outcome.done.append(entry.code or "")
    act.undone_at = now()
    session.flush()
    return outcome


def _require_plain(screening: Screening, found: Sequence[Finding]) -> None:
    """Nobody has decided, nothing is awaited, and no rule asks for a look."""
    if screening.decision != "pending":
        raise Refused(Verdict("decided", _("đã có kết luận hoặc đang chờ bổ sung")))
    if any(count(found)) or against(rulings(found, queries.said_of(screening))):
        raise Refused(Verdict("look", _("còn quy định cần xem lại")))


def _restore(by: Capacity, edition: Edition, entry: Entry, screening: Screening, before: dict[str, Any]) -> None:
    was = screening.decision
    screening.decision, screening.reason, screening.clause = before["decision"], before["reason"], before["clause"]
    screening.decided_by_id, screening.due_at = before["by"], None
    screening.decided_at = datetime.fromisoformat(before["at"]) if before["at"] else None
    say(screening, [Said(*each) for each in before["said"]])
    session.flush()
    facts: dict[str, int | str | None] = {"from": was, "to": screening.decision, "code": screening.blind_code}
    record("entry.screening_undone", actor_id=by.person_id, award_id=edition.award_id, subject=entry, facts=facts)


def _locked_together(edition: Edition, entries: Sequence[Entry]) -> list[tuple[Entry, Screening]]:
    """The same as `operations.locked` for many, in the order of their numbers."""
    session.refresh(edition, ["state", "version"], with_for_update={"read": True})
    fresh = select(Entry).where(Entry.id.in_([entry.id for entry in entries])).order_by(Entry.id).with_for_update()
    rows = session.scalars(fresh.execution_options(populate_existing=True)).all()
    return [(entry, row_of(entry)) for entry in rows]
