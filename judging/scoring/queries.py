"""Sheets. While a round is open a mark is read by its owner alone: only `own_sheet` and `own_marks` read any.

What others may know is how many sheets there are (`progress`). `finished_marks` opens all marks of a round at once, for
ranking, and refuses while the round may still be scored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    select,
    true,
)
from sqlalchemy.orm import contains_eager, joinedload

from award.db import session
from award.editions.models import Category, Criterion, Edition, Genre, Panel, Round
from award.entries.models import Entry, EntryFile, Part
from award.glance import EDITION, READER
from award.screening.models import Screening
from award.verdicts import Refused, Verdict
from judging.panels.models import Assignment, Conflict, Seat
from judging.panels.queries import still_appointed, still_judged
from judging.scoring.models import Mark, ScoreSheet, SecondLook
from judging.scoring.named import Way, name_of, ways_to
from judging.scoring.reading_list import Place, ReadingList


def own_sheet(seat_id: int, assignment_id: int) -> ScoreSheet | None:
    """The seat's own sheet of that assignment with its marks; None as long as nothing was written."""
    found = session.scalars(_OWN_SHEET, {"assignment_id": assignment_id, "seat_id": seat_id})
    return found.unique().one_or_none()


_OWN_SHEET = (
    select(ScoreSheet)
    .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
    .where(Assignment.id == bindparam("assignment_id"), Assignment.seat_id == bindparam("seat_id"))
    .options(joinedload(ScoreSheet.marks))
    .execution_options(populate_existing=True)
)
"""Here and below: what every look and every mark asks is put together once, which takes longer than to ask it."""


def written_on() -> ColumnElement[bool]:
    """Something was written on the sheet of the assignment."""
    return exists().where(ScoreSheet.assignment_id == Assignment.id)


def own_marks(person_id: int, round_id: int) -> dict[int, dict[int, int]]:
    """Assignment id → steps by criterion, of the person's own sheets that still count."""
    given = (
        select(ScoreSheet.assignment_id, Mark.criterion_id, Mark.steps)
        .join(Mark, Mark.sheet_id == ScoreSheet.id)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(
            Assignment.round_id == round_id,
            Assignment.state == "open",
            ScoreSheet.state != "annulled",
            Seat.person_id == person_id,
            still_appointed(),
            still_judged(),
        )
    )
    found: dict[int, dict[int, int]] = {}
    for assignment, criterion, steps in session.execute(given).tuples():
        found.setdefault(assignment, {})[criterion] = steps
    return found


def look_at(sheet: ScoreSheet | None) -> SecondLook | None:
    """What was asked about this sheet after the round was frozen."""
    if sheet is None:
        return None
    return session.scalar(_LOOK_AT, {"sheet_id": sheet.id})


_LOOK_AT = (
    select(SecondLook).where(SecondLook.sheet_id == bindparam("sheet_id")).execution_options(populate_existing=True)
)


def own_assignment(person_id: int, round_id: int, public_id: str) -> Assignment | None:
    """The person's own assignment of a work that still stands, recused or not; nobody else's."""
    at = {"person_id": person_id, "round_id": round_id, "public_id": public_id}
    return session.scalar(_own_assignment(), at)


@cache
def _own_assignment() -> Select[Assignment]:
    return (
        select(Assignment)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(
            Assignment.public_id == bindparam("public_id"),
            Assignment.round_id == bindparam("round_id"),
            Assignment.state != "annulled",
            Seat.person_id == bindparam("person_id"),
            still_appointed(),
            still_judged(),
        )
        .options(contains_eager(Assignment.seat))
    )


def reading_list(person_id: int, round_: Round) -> ReadingList:
    """Every work of the person's seats in their own order, with the state and sum of the person's own sheets."""
    found, asks_level = (
        session.execute(_reading_list(), {"person_id": person_id, "round_id": round_.id}),
        round_.asks_level,
    )
    return ReadingList([_place(row, asks_level=asks_level) for row in found], frozen=round_.state == "frozen")


@cache
def _reading_list() -> Select[*tuple[Any, ...]]:
    round_id: BindParameter[int] = bindparam("round_id")
    marks = (
        select(func.count().label("given"), func.coalesce(func.sum(Mark.steps), 0).label("steps"))
        .where(Mark.sheet_id == ScoreSheet.id)
        .lateral()
    )
    parts = select(func.count()).where(Part.entry_id == Entry.id).scalar_subquery()
    criteria = select(func.count()).where(Criterion.round_id == round_id).scalar_subquery()
    return (
        select(
            Assignment.id,
            Assignment.public_id,
            Assignment.state,
            Assignment.later,
            Assignment.extra,
            Screening.blind_code.label("code"),
            Entry.title,
            Category.name.label("category"),
            Genre.name.label("genre"),
            parts.label("parts"),
            Panel.name.label("panel"),
            criteria.label("criteria"),
            marks.c.given,
            marks.c.steps,
            ScoreSheet.finished_at,
            ScoreSheet.level,
            and_(SecondLook.id.is_not(None), SecondLook.answer.is_(None)).label("asked"),
        )
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Panel, Panel.id == Seat.panel_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .join(Category, Category.id == Entry.category_id)
        .outerjoin(Genre, Genre.id == Entry.genre_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .outerjoin(SecondLook, SecondLook.sheet_id == ScoreSheet.id)
        .join(marks, true())
        .where(
            Assignment.round_id == round_id,
            Assignment.state != "annulled",
            Seat.person_id == bindparam("person_id"),
            still_appointed(),
            still_judged(),
        )
        .order_by(Panel.ordinal, Seat.id, Assignment.ordinal)
    )


def _place(row: Sequence[Any], *, asks_level: bool) -> Place:
    """A recused judge's row keeps its code, so that the list can say why it is not read, and nothing else.

    By place and not by name: a page of a judge's list makes one for every work of the round.
    """
    number, key, state, later, extra, code, title, category, genre, parts, panel, criteria, *own, asked = row
    recused = state == "recused"
    given, steps, sent_at, level = (0, 0, None, None) if recused else own
    return Place(
        number,
        key,
        code or "",
        "" if recused else title,
        category,
        genre or "",
        parts,
        panel,
        recused,
        later,
        criteria,
        given,
        int(steps),
        sent_at,
        extra,
        asked,
        asks_level,
        level,
    )


@dataclass(frozen=True)
class FinishedSheet:
    """A sent sheet of a judge who was not recused, marks in steps by criterion."""

    panel_id: int
    seat_id: int
    entry_id: int
    sheet_id: int
    assignment_id: int
    level: str | None
    marks: dict[int, int] = field(default_factory=dict)


def finished_marks(round_id: int) -> list[FinishedSheet]:
    """Every sent sheet of a frozen or closed round with its marks. For `judging.ranking.operations` and nobody else.

    Raises Refused while the round is prepared or open: the marks are sealed.
    """
    if session.scalar(select(Round.state).where(Round.id == round_id)) not in {"frozen", "closed"}:
        raise Refused(Verdict("sealed", _("Điểm đang được giữ kín.")))
    found = session.execute(
        select(Seat.panel_id, Seat.id, Assignment.entry_id, ScoreSheet.id, Assignment.id, ScoreSheet.level)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .join(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(
            Assignment.round_id == round_id,
            Assignment.state == "open",
            ScoreSheet.state == "finished",
            still_judged(),
        )
        .order_by(Seat.panel_id, Assignment.entry_id, Seat.id)
    ).tuples()
    sheets = {row[3]: FinishedSheet(*row) for row in found}
    for mark in session.scalars(select(Mark).where(Mark.sheet_id.in_(sheets))):
        sheets[mark.sheet_id].marks[mark.criterion_id] = mark.steps
    return list(sheets.values())


def shown_name(file_id: int, person_id: int, through: ColumnElement[bool] | None = None) -> str | None:
    """The name under which the person may read the file as a judge, empty for its own; None when not as a judge.

    `through`: by whose seat it is read, where that is not the person's own.

    The person holds a seat that has pledged in a round that is open or frozen, with an open assignment of the work the
    file belongs to, and no conflict keeps the person from it. Where one of those rounds is blind the name is neutral.
    """
    kept_away = exists().where(
        Conflict.person_id == person_id, Conflict.entry_id == Assignment.entry_id, Conflict.effect == "block"
    )
    found = session.execute(
        ways_to(file_id)
        .join(Assignment, Assignment.entry_id == EntryFile.entry_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Round, Round.id == Assignment.round_id)
        .where(
            Seat.person_id == person_id if through is None else through,
            Seat.pledged_at.is_not(None),
            Assignment.state == "open",
            Round.state.in_(("open", "frozen")),
            still_appointed(),
            still_judged(),
            ~kept_away,
        )
    ).all()
    return name_of([Way(*row) for row in found])


_UNDER_WAY = ("open", "frozen")


def _latest(*states: str) -> ScalarSelect[int]:
    ours = (Round.edition_id == EDITION, Round.state.in_(states), Seat.person_id == READER, still_appointed())
    found = select(func.max(Round.ordinal)).join(Seat, Seat.round_id == Round.id).where(*ours)
    return found.scalar_subquery()


GLANCES = {"bench": _latest(*_UNDER_WAY), "bench_over": _latest("closed")}
"""The number of the latest round in which the person judges, and of the latest one that is over."""


@dataclass(frozen=True)
class Bench:
    """A round the person judges in, as the desk speaks of it."""

    slug: str
    round_: Round
    pledged: bool


def benches(person_id: int, edition_id: int) -> list[Bench]:
    """Rounds of the edition in which the person has a seat, the latest first, whatever their state."""
    found = session.execute(
        select(Edition.slug, Round, func.bool_and(Seat.pledged_at.is_not(None)))
        .join(Round, Round.edition_id == Edition.id)
        .join(Seat, Seat.round_id == Round.id)
        .where(
            Edition.id == edition_id,
            Seat.person_id == person_id,
            still_appointed(),
        )
        .group_by(Edition.slug, Round.id)
        .order_by(Round.ordinal.desc())
    )
    return [Bench(*row) for row in found.tuples()]
