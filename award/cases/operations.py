"""Deeds around objections: sent or recorded, examined, added to, answered, taken back. Each is a step everybody who
may read the case finds in its history; the log has the same."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from award import dates
from award.cases import letters, permissions, queries
from award.cases.models import Case, CaseAct
from award.cases.queries import Subject
from award.clock import now
from award.db import session
from award.editions import daysoff, workdays
from award.editions.clauses import rule
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.features import has_to_do
from award.log.operations import record
from award.people.models import Person
from award.text import canonical, one_line
from award.verdicts import Refused, Verdict, require


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An objection that came on paper, from somebody who need not have an account."""

    sender: str
    contact: str
    received_on: date
    due_day: date | None = None


def tied(case: Case, person_id: int | None) -> bool:
    """Whether the person has to do with the work that the case is about."""
    return case.entry_id is not None and person_id is not None and has_to_do(case.entry_id, person_id)


def lock_case(case: Case) -> None:
    """Nobody else changes the case until the present unit of work ends, and it is as it stands."""
    session.flush()
    session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    session.refresh(case)


def due_by_rules(edition: Edition, received_on: date) -> date | None:
    """The last day that the rules give; None where they give none. Reads the edition's clauses."""
    days = rule(edition, "answering").number
    return None if days is None else workdays.after(received_on, days, daysoff.announced(received_on))


def open_case(*, person: Person, edition: Edition, subject: Subject, words: str) -> Case:
    """The objection stands with its number, and who sent it has a letter that says so."""
    require(permissions.can_open(edition))
    today = dates.local(now()).date()
    case = _opened(edition, subject, words, today, due_by_rules(edition, today), opened_by_id=person.id)
    step(case, edition, person.id, "received")
    letters.tell(edition, case, letters.RECEIVED)
    return case


def record_letter(*, by: Capacity, edition: Edition, subject: Subject, words: str, letter: Letter) -> Case:
    """The letter stands with its number; its last day counts from the day it arrived."""
    require(permissions.can_record(by, edition))
    due = letter.due_day or due_by_rules(edition, letter.received_on)
    case = _opened(edition, subject, words, letter.received_on, due, recorded_by_id=by.person_id)
    case.sender, case.contact = one_line(letter.sender), one_line(letter.contact)
    step(case, edition, by.person_id, "received")
    return case


def _opened(
    edition: Edition, subject: Subject, words: str, received_on: date, due_day: date | None, **by: int | None
) -> Case:
    lock(edition)
    case = Case(
        edition_id=edition.id,
        number=queries.next_number(edition.id),
        about=subject.about,
        round_id=subject.round_id,
        entry_id=subject.entry_id,
        words=canonical(words),
        received_on=received_on,
        due_day=due_day,
        **by,
    )
    session.add(case)
    session.flush()
    return case


def begin(*, by: Capacity, edition: Edition, case: Case, due_day: date | None = None) -> None:
    """The case is examined by who says so, with a last day by the rules or by hand."""
    require(permissions.can_begin(by, case, tied=tied(case, by.person_id)))
    due = due_day or case.due_day
    if due is None:
        raise Refused(Verdict("due", str(permissions.DUE_NEEDED)))
    case.state, case.handler_id, case.due_day = "examining", by.person_id, due
    step(case, edition, by.person_id, "examining")
    letters.tell(edition, case, letters.EXAMINING)


def set_due(*, by: Capacity, edition: Edition, case: Case, due_day: date, reason: str) -> None:
    """Another last day, for a reason that who sent it reads too."""
    require(permissions.can_handle(by, case, tied=tied(case, by.person_id)))
    case.due_day = due_day
    words = _("Hạn trả lời: ngày %(day)s. %(reason)s", day=dates.day(due_day), reason=canonical(reason))
    step(case, edition, by.person_id, "due", words)


def note(*, by: Capacity, edition: Edition, case: Case, words: str) -> None:
    """A note for those who handle it."""
    require(permissions.can_handle(by, case, tied=tied(case, by.person_id)))
    step(case, edition, by.person_id, "note", words, internal=True)


def add(*, person: Person, edition: Edition, case: Case, words: str) -> None:
    """Who sent it says more."""
    require(permissions.can_add(person.id, case))
    step(case, edition, person.id, "added", words)


def withdraw(*, person: Person, edition: Edition, case: Case, reason: str) -> None:
    """Who sent it no longer objects."""
    require(permissions.can_add(person.id, case))
    _end(case, "withdrawn", "", person.id)
    step(case, edition, person.id, "withdrawn", reason)


def decide(*, by: Capacity, edition: Edition, case: Case, outcome: str, answer: str) -> None:
    """The case is answered, in whole words; who sent it has the answer by letter."""
    require(permissions.can_decide(by, case, tied=tied(case, by.person_id)))
    assert outcome in {"upheld", "partly", "not_upheld"}
    _end(case, outcome, answer, by.person_id)
    step(case, edition, by.person_id, "decided")
    letters.tell(edition, case, letters.DECIDED)


def _end(case: Case, outcome: str, answer: str, by_id: int | None) -> None:
    case.state, case.outcome, case.answer = "decided", outcome, canonical(answer)
    case.ended_at, case.ended_by_id = now(), by_id


def step(
    case: Case, edition: Edition, by_id: int | None, kind: str, words: str = "", *, internal: bool = False
) -> None:
    """It stands in the case's history and in the log."""
    session.add(CaseAct(case_id=case.id, at=now(), by_id=by_id, kind=kind, words=canonical(words), internal=internal))
    session.flush()
    facts: dict[str, int | str | None] = {"number": case.number, "about": case.about, "outcome": case.outcome}
    record(f"case.{kind}", actor_id=by_id, award_id=edition.award_id, subject=case, facts=facts)
