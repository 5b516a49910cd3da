"""Cases, their steps and files, and what a person may object to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy import case as sql_case

from award.cases.models import Case, CaseAct, Evidence
from award.db import session
from award.editions.models import Edition, PrizeLevel, Round
from award.entries.models import Authorship, Entry
from award.files.models import File
from award.paging import Order, Page, Turn, page
from award.people.models import Person, User
from award.results.models import Result, Ruling
from award.results.queries import public_since

_OPEN_FIRST = Order(
    (
        sql_case((Case.state != "decided", 0), else_=1),
        sql_case((Case.state != "decided", func.coalesce(Case.due_day, date(9999, 12, 31))), else_=date(9999, 12, 31)),
        Case.id.expression,
    ),
    lambda public_id: Case.public_id == public_id,
)


@dataclass(frozen=True)
class Subject:
    """What an objection may be about, as the form offers it: `key` is what the form sends."""

    key: str
    about: str
    words: str
    round_id: int | None = None
    entry_id: int | None = None


@dataclass(frozen=True)
class Listed:
    """A case of the desk's list, with what it is about and who handles it."""

    case: Case
    title: str
    handler: str


@dataclass(frozen=True)
class Step:
    """A step with the name of who did it."""

    act: CaseAct
    name: str


def case_of(edition_id: int, public_id: str) -> Case | None:
    return session.scalar(select(Case).where(Case.edition_id == edition_id, Case.public_id == public_id))


def cases(edition_id: int, turn: Turn) -> Page[Listed]:
    """A page of the edition's cases: the open ones by their last day, then the others."""
    found = page(_listed(edition_id), _OPEN_FIRST, turn, lambda row: row.Case.public_id)
    return found.of([Listed(row.Case, row.title, row.handler) for row in found.rows])


def every_case(edition_id: int) -> list[Listed]:
    """All of them in the same order."""
    found = session.execute(_listed(edition_id).order_by(*_OPEN_FIRST.columns))
    return [Listed(row.Case, row.title, row.handler) for row in found]


def _listed(edition_id: int) -> Select[Case, str, str]:
    title = func.coalesce(Entry.title, Round.name, "").label("title")
    return (
        select(Case, title, func.coalesce(Person.legal_name, "").label("handler"))
        .outerjoin(Entry, Entry.id == Case.entry_id)
        .outerjoin(Round, Round.id == Case.round_id)
        .outerjoin(Person, Person.id == Case.handler_id)
        .where(Case.edition_id == edition_id)
    )


def own(edition_id: int, person_id: int) -> Sequence[Case]:
    """What the person sent, newest first."""
    sent = select(Case).where(Case.edition_id == edition_id, Case.opened_by_id == person_id)
    return session.scalars(sent.order_by(Case.id.desc()).limit(50)).all()


def open_cases(edition_id: int) -> tuple[int, date | None]:
    """How many wait for an answer, and the earliest last day."""
    counted = select(func.count(), func.min(Case.due_day)).where(Case.state != "decided")
    return session.execute(counted.where(Case.edition_id == edition_id)).tuples().one()


def next_number(edition_id: int) -> int:
    """Asked under the edition's lock, so that no number is given twice."""
    return (session.scalar(select(func.max(Case.number)).where(Case.edition_id == edition_id)) or 0) + 1


def steps(case_id: int, *, internal: bool) -> list[Step]:
    """What happened, first to last; without the internal steps and all names for who only follows it."""
    asked = select(CaseAct, Person.legal_name).outerjoin(Person, Person.id == CaseAct.by_id)
    asked = asked.where(CaseAct.case_id == case_id).order_by(CaseAct.id)
    if not internal:
        asked = asked.where(CaseAct.internal.is_(False))
    return [Step(act, (name or "") if internal else "") for act, name in session.execute(asked).tuples()]


def files(case_id: int) -> Sequence[File]:
    asked = select(File).join(Evidence, Evidence.file_id == File.id).where(Evidence.case_id == case_id)
    return session.scalars(asked.order_by(Evidence.id)).all()


def examined_since(case_id: int) -> datetime | None:
    """When the examining began."""
    begun = select(func.min(CaseAct.at)).where(CaseAct.case_id == case_id, CaseAct.kind == "examining")
    return session.scalar(begun)


def case_of_file(file_id: int) -> Case | None:
    return session.scalar(select(Case).join(Evidence, Evidence.case_id == Case.id).where(Evidence.file_id == file_id))


def sender_address(case: Case) -> str | None:
    """Where who sent it from an account is written to."""
    if case.opened_by_id is None:
        return None
    return session.scalar(select(User.email).where(User.person_id == case.opened_by_id, User.active.is_(True)))


def about_words(case: Case) -> str:
    """Title of the work or name of the round; nothing of one that concerns the edition."""
    if case.entry_id is not None:
        return session.get_one(Entry, case.entry_id).title
    return "" if case.round_id is None else session.get_one(Round, case.round_id).name


def code_of(case: Case) -> str:
    """The code of the dossier, which who sent it has typed."""
    return "" if case.entry_id is None else session.get_one(Entry, case.entry_id).code or ""


def own_works(edition_id: int, person_id: int) -> list[Entry]:
    """Works the person entered or wrote."""
    wrote = select(Authorship.entry_id).where(Authorship.person_id == person_id)
    theirs = select(Entry).where(Entry.edition_id == edition_id, Entry.submitted_at.is_not(None))
    mine = theirs.where(or_(Entry.owner_id == person_id, Entry.id.in_(wrote)))
    return list(session.scalars(mine.order_by(Entry.title_key, Entry.id)).unique())


def works_with_prize(edition: Edition, instant: datetime) -> Sequence[tuple[Entry, str]]:
    """Works with a prize and its name, once they are public; nobody learns of one before, nor of one that was taken
    back before."""
    since = public_since(edition.id, instant)
    if since is None:
        return ()
    taken_back = exists().where(
        *(Ruling.result_id == Result.id, Ruling.kind == "revoked", Ruling.state == "confirmed"),
        Ruling.done_at >= since.at,
    )
    asked = (
        select(Entry, PrizeLevel.name)
        .join(Result, Result.entry_id == Entry.id)
        .join(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
        .where(Entry.edition_id == edition.id, or_(Result.state == "decided", taken_back))
    )
    return session.execute(asked.order_by(PrizeLevel.rank, Entry.title_key, Entry.id)).tuples().all()


def rounds(edition_id: int) -> Sequence[Round]:
    return session.scalars(select(Round).where(Round.edition_id == edition_id).order_by(Round.ordinal)).all()


def work_of_code(edition_id: int, code: str) -> Entry | None:
    """The submitted work with this code of its dossier, as a letter cites it."""
    asked = select(Entry).where(Entry.edition_id == edition_id, func.lower(Entry.code) == code.strip().lower())
    return session.scalar(asked)
