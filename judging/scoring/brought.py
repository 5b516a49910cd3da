"""Questions about sheets on paper: what waits, who is bound by what, whose scan a file is. No query of marks is here:
what was keyed is read from the row of who is bound to keep it."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from award.db import session
from award.editions.models import Appointment, Category, Edition, Genre, Round
from award.entries.models import Entry
from award.files.models import File
from award.people.models import Person
from award.screening.models import Screening
from judging.panels.models import Assignment, Seat
from judging.panels.queries import still_appointed, still_judged
from judging.scoring.models import Keying, PaperSheet, ScoreSheet, SecondLook
from judging.scoring.permissions import KEPT_APART, KEYERS

_WAITS = and_(PaperSheet.taken_at.is_(None), PaperSheet.dropped_at.is_(None))


class ToJudge(NamedTuple):
    """A sheet that is or may be judged on paper: whose it is and of which work."""

    assignment: Assignment
    seat: Seat
    code: str
    title: str
    category: str
    genre: str


def _to_judge() -> Select[Assignment, Seat, str, str, str, str]:
    return (
        select(
            Assignment,
            Seat,
            func.coalesce(Screening.blind_code, ""),
            Entry.title,
            Category.name,
            func.coalesce(Genre.name, ""),
        )
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .join(Category, Category.id == Entry.category_id)
        .outerjoin(Genre, Genre.id == Entry.genre_id)
        .where(Assignment.state == "open", still_appointed(), still_judged())
        .options(joinedload(Seat.person), joinedload(Seat.panel))
    )


def sheets_of(seat_id: int) -> list[ToJudge]:
    """What the seat judges, by code: the order in which a secretary finds papers."""
    found = _to_judge().where(Assignment.seat_id == seat_id).order_by(Screening.blind_code)
    return [ToJudge(*row) for row in session.execute(found)]


def sheet_at(round_id: int, public_id: str) -> ToJudge | None:
    """The sheet of that name, whoever judges it."""
    found = _to_judge().where(Assignment.round_id == round_id, Assignment.public_id == public_id)
    row = session.execute(found).one_or_none()
    return ToJudge(*row) if row is not None else None


def papers_of(assignment_ids: list[int]) -> dict[int, PaperSheet]:
    """Assignment → its latest paper, with who keys it."""
    found = (
        select(PaperSheet)
        .where(PaperSheet.assignment_id.in_(assignment_ids), PaperSheet.dropped_at.is_(None))
        .options(selectinload(PaperSheet.keyings))
        .order_by(PaperSheet.id)
        .execution_options(populate_existing=True)
    )
    return {paper.assignment_id: paper for paper in session.scalars(found)}


def waiting_paper(assignment_id: int) -> PaperSheet | None:
    """The paper of that assignment which has not become its sheet yet."""
    found = select(PaperSheet).where(PaperSheet.assignment_id == assignment_id, _WAITS)
    return session.scalar(found.options(selectinload(PaperSheet.keyings)).execution_options(populate_existing=True))


def states_of(assignment_ids: list[int]) -> dict[int, str]:
    """Assignment → the state of its sheet, of those with one. Says nothing of what stands in it."""
    found = select(ScoreSheet.assignment_id, ScoreSheet.state).where(ScoreSheet.assignment_id.in_(assignment_ids))
    return dict(session.execute(found).tuples().all())


class SeatOnPaper(NamedTuple):
    """How many sheets of a seat there are, were sent, were sent from paper, and wait as scans."""

    seat: Seat
    assigned: int
    sent: int
    from_paper: int
    waiting: int


def seats_on_paper(round_id: int) -> list[SeatOnPaper]:
    """Every seat that still judges, panel by panel."""
    papers = (
        select(
            PaperSheet.assignment_id.label("of"),
            func.count().filter(_WAITS).label("waiting"),
            func.array_agg(PaperSheet.commitment).label("became"),
        )
        .group_by(PaperSheet.assignment_id)
        .subquery()
    )
    sent = ScoreSheet.state == "finished"
    counts = (
        select(
            Assignment.seat_id.label("seat_id"),
            func.count().label("assigned"),
            func.count().filter(sent).label("sent"),
            func.count().filter(sent, ScoreSheet.commitment == func.any(papers.c.became)).label("from_paper"),
            func.coalesce(func.sum(papers.c.waiting), 0).label("waiting"),
        )
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .outerjoin(papers, papers.c.of == Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.state == "open", still_judged())
        .group_by(Assignment.seat_id)
        .subquery()
    )
    found = (
        select(Seat, counts.c.assigned, counts.c.sent, counts.c.from_paper, counts.c.waiting)
        .join(counts, counts.c.seat_id == Seat.id)
        .where(Seat.round_id == round_id, still_appointed())
        .options(joinedload(Seat.person), joinedload(Seat.panel))
        .order_by(Seat.panel_id, Seat.id)
    )
    return [SeatOnPaper(seat, a, s, p, int(w)) for seat, a, s, p, w in session.execute(found).tuples()]


def papers_to_key(person_id: int, edition_id: int) -> list[tuple[str, Round, int]]:
    """For who may key: rounds with papers whose scan was examined and that wait for this person, and how many.

    They wait for the one who is bound and has not keyed, for both where they differ, and for any other person where
    there is no second yet. Whom a tie keeps from a work is told on its page.
    """
    own = exists().where(Keying.paper_id == PaperSheet.id, Keying.person_id == person_id)
    keyed, bound = (
        select(count).where(Keying.paper_id == PaperSheet.id).correlate(PaperSheet).scalar_subquery()
        for count in (func.count(Keying.marks), func.count())
    )
    waits = or_(own.where(Keying.marks.is_(None)), and_(own, keyed == 2), and_(~own, bound == 1, keyed == 1))
    found = (
        select(Edition.slug, Round, func.count())
        .join(Round, Round.edition_id == Edition.id)
        .join(Assignment, Assignment.round_id == Round.id)
        .join(PaperSheet, PaperSheet.assignment_id == Assignment.id)
        .join(File, File.id == PaperSheet.scan_id)
        .where(
            Edition.id == edition_id,
            _WAITS,
            waits,
            File.state == "ready",
            Assignment.state == "open",
            or_(Round.state == "open", and_(Round.state == "frozen", or_(Assignment.extra, _asked()))),
            _holds(person_id, edition_id, KEYERS),
            ~_holds(person_id, edition_id, KEPT_APART),
        )
        .group_by(Edition.slug, Round.id)
        .order_by(Round.ordinal)
    )
    return [(slug, round_, count) for slug, round_, count in session.execute(found).tuples()]


def _asked() -> ColumnElement[bool]:
    """The judge is asked to look once more at the sheet of the assignment, and has not answered."""
    return exists().where(
        SecondLook.sheet_id == ScoreSheet.id,
        ScoreSheet.assignment_id == Assignment.id,
        ScoreSheet.state == "finished",
        SecondLook.answer.is_(None),
    )


def asked_again(assignment_ids: list[int]) -> set[int]:
    """Those of them whose judges are asked to look once more at what they sent."""
    found = select(Assignment.id).where(Assignment.id.in_(assignment_ids), _asked())
    return set(session.scalars(found))


def _holds(person_id: int, edition_id: int, roles: Collection[str]) -> ColumnElement[bool]:
    return exists().where(
        Appointment.person_id == person_id,
        Appointment.edition_id == edition_id,
        Appointment.ended_at.is_(None),
        Appointment.role.in_(roles),
    )


class Taken(NamedTuple):
    """The paper that a sheet as it stands came from, and who keyed it."""

    paper: PaperSheet
    first: str
    second: str


def taken_as(sheet: ScoreSheet | None) -> Taken | None:
    """The paper behind a sheet that was sent; none for one that was sent, or changed since, on a screen."""
    if sheet is None or sheet.commitment is None:
        return None
    found = select(PaperSheet).where(
        PaperSheet.assignment_id == sheet.assignment_id, PaperSheet.commitment == sheet.commitment
    )
    paper = session.scalar(found.options(selectinload(PaperSheet.keyings)))
    if paper is None:
        return None
    return Taken(paper, *(session.get_one(Person, one.person_id).legal_name for one in paper.keyings))


class Scan(NamedTuple):
    """What a scan is of: the paper, the round, and who judges."""

    paper: PaperSheet
    round_: Round
    edition: Edition
    assignment: Assignment
    judge_id: int


def scan_of(file_id: int) -> Scan | None:
    """The paper whose scan the file is."""
    found = (
        select(PaperSheet, Round, Edition, Assignment, Seat.person_id)
        .join(Assignment, Assignment.id == PaperSheet.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Edition, Edition.id == Round.edition_id)
        .where(PaperSheet.scan_id == file_id)
    )
    row = session.execute(found).one_or_none()
    return Scan(*row) if row is not None else None


def scans_among(file_ids: Collection[int]) -> list[int]:
    """Those of the files that are scans of paper sheets."""
    return list(
        session.scalars(select(File.id).join(PaperSheet, PaperSheet.scan_id == File.id).where(File.id.in_(file_ids)))
    )


def knows_marks(person_id: int, edition_id: int) -> bool:
    """Whether the person is bound by a paper sheet of a round of the edition that is not closed."""
    found = (
        select(Keying.id)
        .join(PaperSheet, PaperSheet.id == Keying.paper_id)
        .join(Assignment, Assignment.id == PaperSheet.assignment_id)
        .join(Round, Round.id == Assignment.round_id)
        .where(
            Keying.person_id == person_id,
            Round.edition_id == edition_id,
            or_(Round.state == "open", Round.state == "frozen"),
        )
    )
    return session.scalar(found.limit(1)) is not None
