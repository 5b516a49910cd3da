"""Asking the owner of a dossier to mend it, taking that back, and what comes in: answers, changes, withdrawals."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert

from award import jobs
from award.clock import now
from award.db import session
from award.editions.deadlines import Deadline
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries import mending
from award.entries.models import Correction, Entry
from award.entries.queries import dossiers_of, facts_of, rule_book
from award.log.operations import record
from award.rules.eligibility import findings
from award.screening import letters, permissions, queries
from award.screening.models import Screening
from award.screening.operations import count, locked, row_of
from award.verdicts import require

BATCH = 200
GATHERING = timedelta(seconds=20)


def request_correction(
    *,
    by: Capacity,
    edition: Edition,
    entry: Entry,
    items: str,
    parts: Sequence[str],
    due: Deadline,
    address: str = "",
) -> Correction:
    """The owner is asked to mend these parts until `due`; the entry stays undecided. `address`: where that is done."""
    screening = locked(edition, entry)
    was = screening.decision
    require(permissions.can_turn(by, edition, entry, was=was, to="correction"))
    asked = mending.ask(by=by, edition=edition, entry=entry, items=items, parts=parts, due=due)
    screening.decision, screening.reason, screening.clause = "correction", asked.items, ""
    screening.decided_by_id, screening.decided_at = by.person_id, now()
    screening.due_at, screening.answered_at, screening.told_at = asked.due_at, None, None
    session.flush()
    _record(by.person_id, edition, entry, screening, was)
    letters.asked(edition, entry, asked, address=address)
    return asked


def take_back(*, by: Capacity, edition: Edition, entry: Entry) -> Screening:
    """Nothing is asked of the owner any more, who is told so; the entry waits for a decision."""
    screening = locked(edition, entry)
    was = screening.decision
    require(permissions.can_take_back(by, edition, entry, was=was))
    mending.end(entry, "taken_back")
    _wait(screening)
    _record(by.person_id, edition, entry, screening, was)
    letters.asked_no_more(edition, entry, decided=False)
    return screening


def came_in(*, edition: Edition, entry: Entry, what: str) -> None:
    """The secretariat's row follows the entry: "submitted", "changed" (an answer or not), or "withdrawn".

    A decision speaks of the content it was made on: other content waits for a decision again. The caller holds the
    edition and the entry.
    """
    screening = row_of(entry)
    was = screening.decision
    screening.red, screening.amber = count(findings(facts_of(entry, edition), rule_book(edition)))
    if what == "withdrawn":
        screening.due_at = screening.answered_at = None
    elif was != "pending":
        _wait(screening)
        screening.answered_at = now() if was == "correction" else None
        _record(None, edition, entry, screening, was)
    session.flush()
    check_again(edition)


def check_again(edition: Edition) -> None:
    """Automatic findings depend on the other works of the edition: a job counts them anew, once for many changes.

    It waits a little for more of them: in the last minute before a deadline they come by the second, and it reads all.
    """
    one = f"screening.check:{edition.id}"
    jobs.defer("screening.check", at_most_one=one, after=GATHERING, edition_id=edition.id)


def count_again(*, edition: Edition, after: int) -> int | None:
    """The counts of the next dossiers after this number are true; the last number comes back, None after the last."""
    numbers = list(session.scalars(queries.submitted_after(edition.id, after).limit(BATCH)))
    if not numbers:
        return None
    book, known = rule_book(edition), dossiers_of(numbers)
    blank = {"edition_id": edition.id, "decision": "pending", "reason": "", "clause": "", "findings": {}, "version": 1}
    rows = []
    for number in numbers:
        red, amber = count(findings(known[number].facts, book))
        rows.append({**blank, "entry_id": number, "red": red, "amber": amber})
    made = insert(Screening).values(rows)
    counted = {"red": made.excluded.red, "amber": made.excluded.amber}
    session.execute(made.on_conflict_do_update(index_elements=["entry_id"], set_=counted))
    return numbers[-1]


def _wait(screening: Screening) -> None:
    screening.decision, screening.reason, screening.clause = "pending", "", ""
    screening.decided_by_id = screening.decided_at = None
    screening.due_at = screening.told_at = None
    session.flush()


def _record(actor_id: int | None, edition: Edition, entry: Entry, screening: Screening, was: str) -> None:
    facts: dict[str, int | str | None] = {"from": was, "to": screening.decision, "code": screening.blind_code}
    detail = {"reason": screening.reason} if screening.reason else {}
    record("entry.screened", actor_id=actor_id, award_id=edition.award_id, subject=entry, facts=facts, detail=detail)
