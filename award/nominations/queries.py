"""Candidates for the national award, the list as chosen, and the dossiers made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import (
    ColumnElement,
    Exists,
    Select,
    exists,
    func,
    or_,
    select,
)

from award.db import session
from award.editions.declaring import FORWARDING
from award.editions.models import Edition, NationalEdition, PrizeLevel, Round
from award.entries.declarations import Declaration, asked_in
from award.entries.models import Entry
from award.glance import EDITION
from award.nominations import candidates as read
from award.nominations.candidates import Work
from award.nominations.dossiers import MOST_LISTED
from award.nominations.models import Delivery, Dossier, Nomination
from award.nominations.national import Candidate, NationalFinding, NationalRules, findings
from award.paging import FIRST, Order, Page, Turn, page
from award.results.models import Result, Standing
from award.screening.models import Screening

AT_HOME = ("chosen", "completing")
"""States of a work on the list that has not left the house."""
_LAST = 10**6
"""Where a work without a prize, or without a place, stands among the others."""


@dataclass(frozen=True)
class Chosen:
    """A work on the list, with what the national rules say of it today."""

    nomination: Nomination
    work: Work
    findings: list[NationalFinding]


def rules_of(national: NationalEdition) -> NationalRules:
    return NationalRules(
        name=national.name,
        window_from=national.window_from,
        window_to=national.window_to,
        quota=national.quota,
        one_per_author=national.one_per_author,
        barred_prizes=tuple(national.barred_prizes),
    )


@dataclass(frozen=True)
class Going:
    """By what an edition chooses works for the national award, and what it made of them."""

    national: NationalEdition | None
    judged: Round | None
    """The latest round that has been closed and ranked."""
    dossiers: Sequence[Dossier]
    """The newest, first."""


def going(edition_id: int) -> Going:
    """All of it in one statement."""
    newest = (
        select(Dossier.id)
        .where(Dossier.edition_id == edition_id, ~Dossier.whole)
        .order_by(Dossier.id.desc())
        .limit(MOST_LISTED)
    )
    rows = session.execute(
        select(NationalEdition, Round, Dossier)
        .select_from(Edition)
        .outerjoin(NationalEdition, NationalEdition.edition_id == Edition.id)
        .outerjoin(Round, Round.id == read.last_ranked(edition_id))
        .outerjoin(Dossier, Dossier.id.in_(newest))
        .where(Edition.id == edition_id)
        .order_by(Dossier.id.desc())
    )
    listed = rows.tuples().all()
    national, judged, _dossier = listed[0]
    return Going(national, judged, [dossier for _national, _judged, dossier in listed if dossier is not None])


def last_ranked_round(edition_id: int) -> Round | None:
    """The latest round that has been closed and ranked."""
    found = select(Round).where(Round.edition_id == edition_id, Round.state == "closed", _ranked())
    return session.scalar(found.order_by(Round.ordinal.desc()).limit(1))


def _ranked() -> Exists:
    return select(Standing.id).where(Standing.round_id == Round.id).exists()


GLANCES = {
    "ranked": select(exists().where(Round.edition_id == EDITION, Round.state == "closed", _ranked())).scalar_subquery(),
    "delivered": select(exists().where(Delivery.edition_id == EDITION)).scalar_subquery(),
}


def candidates(edition_id: int, judged: Round | None, turn: Turn = FIRST) -> Page[Work]:
    """A page of works that may be chosen: those with a prize first, then by place, equals by their codes."""
    numbers = _candidates(edition_id, judged, turn)
    _listed, works = _read(edition_id, judged, numbers.rows)
    return numbers.of([works[number] for number in numbers.rows])


def chosen(edition_id: int, judged: Round | None, national: NationalEdition | None) -> list[Chosen]:
    """The list in its order, each work beside all others on it."""
    rows, works = _read(edition_id, judged, ())
    return _beside(rows, works, national)


def board(
    edition_id: int, judged: Round | None, national: NationalEdition | None, turn: Turn
) -> tuple[list[Chosen], Page[Work]]:
    """The list and a page of what may be chosen beside it, their works read at once."""
    numbers = _candidates(edition_id, judged, turn)
    rows, works = _read(edition_id, judged, numbers.rows)
    return _beside(rows, works, national), numbers.of([works[number] for number in numbers.rows])


def _candidates(edition_id: int, judged: Round | None, turn: Turn) -> Page[int]:
    listed = select(Nomination.id).where(Nomination.edition_id == edition_id, Nomination.entry_id == Entry.id)
    found = read.works(edition_id, judged, (Entry.id.expression, Entry.public_id.expression)).where(
        Entry.state == "submitted",
        Screening.decision == "eligible",
        or_(Standing.id.is_not(None), Result.id.is_not(None)),
        ~listed.exists(),
    )
    order = Order(_ORDER, lambda public_id: Entry.public_id == public_id, joined=read.works(edition_id, judged, _ORDER))
    listed_here = page(found, order, turn, lambda row: row.public_id)
    return listed_here.of([row.id for row in listed_here.rows])


def _read(
    edition_id: int, judged: Round | None, numbers: Sequence[int]
) -> tuple[Sequence[Nomination], dict[int, Work]]:
    """The list in its order, and entry id → the work, of those on it and of these entries."""
    asked = forwarding_asked(edition_id)
    found = (
        read.works(edition_id, judged)
        .add_columns(Nomination)
        .outerjoin(Nomination, Nomination.entry_id == Entry.id)
        .where(or_(Nomination.id.is_not(None), Entry.id.in_(numbers)))
        .order_by(Nomination.ordinal, Nomination.id)
    )
    rows = session.execute(found).unique().tuples().all()
    works = {row[0].id: read.work(asked, *row[:-1]) for row in rows}
    return [row[-1] for row in rows if row[-1] is not None], works


def received(edition_id: int) -> list[Work]:
    """Every work that was received and not withdrawn, by its code."""
    asked = forwarding_asked(edition_id)
    found = read.works(edition_id, read.last_ranked(edition_id)).where(Entry.state == "submitted").order_by(Entry.code)
    return [read.work(asked, *row) for row in session.execute(found).unique().tuples()]


def _beside(rows: Sequence[Nomination], works: Mapping[int, Work], national: NationalEdition | None) -> list[Chosen]:
    rules = rules_of(national) if national else None
    listing = [(row, works[row.entry_id]) for row in rows]
    return [
        Chosen(row, work, _said(work, rules, [other.facts for _row, other in listing if other is not work]))
        for row, work in listing
    ]


def _said(work: Work, rules: NationalRules | None, others: list[Candidate]) -> list[NationalFinding]:
    gone = [NationalFinding("withdrawn", True, _("Tác phẩm đã rút."))] if work.entry.state == "withdrawn" else []
    return [*gone, *(findings(work.facts, rules, others) if rules else [])]


def work_of(edition_id: int, judged: Round | None, entry_id: int) -> Work | None:
    """One work as a candidate; none when it has neither place nor prize."""
    found = read.works(edition_id, judged).where(
        Entry.id == entry_id,
        Entry.state == "submitted",
        Screening.decision == "eligible",
        or_(Standing.id.is_not(None), Result.id.is_not(None)),
    )
    row = session.execute(found).unique().tuples().one_or_none()
    return None if row is None else read.work(forwarding_asked(edition_id), *row)


def may_go(edition_id: int, *columns: Any, judged: bool) -> Sequence[tuple[Any, ...]]:
    """Columns of the works that have not left the house and may be chosen or are on the list, in their order.

    Not `judged`: of every eligible work by its code, so that neither who is there nor the order tells an outcome.
    """
    sent = select(Nomination.id).where(Nomination.entry_id == Entry.id, Nomination.state.not_in(AT_HOME))
    found = read.works(edition_id, read.last_ranked(edition_id), columns).where(
        Entry.state == "submitted", Screening.decision == "eligible", ~sent.exists()
    )
    if judged:
        found = found.where(or_(Standing.id.is_not(None), Result.id.is_not(None)))
    return session.execute(found.order_by(*(_ORDER if judged else (Entry.code.expression,)))).tuples().all()


def forwarding_asked(edition_id: int) -> Declaration | None:
    """The consent to sending a work on, as the edition asks for it; None where it does not."""
    return asked_in(session.get_one(Edition, edition_id)).get(FORWARDING)


def sent_on(entry_id: int) -> bool:
    """Whether the work stands on the list as one that has left the house."""
    found = select(Nomination.id).where(Nomination.entry_id == entry_id, Nomination.state.not_in(AT_HOME))
    return session.scalar(found.limit(1)) is not None


def count_chosen(edition_id: int) -> int:
    return session.scalar(select(func.count(Nomination.id)).where(Nomination.edition_id == edition_id)) or 0


def count_completing(edition_id: int) -> int:
    waited = (Nomination.edition_id == edition_id, Nomination.state == "completing")
    return session.scalar(select(func.count(Nomination.id)).where(*waited)) or 0


def nomination(edition_id: int, public_id: str) -> Nomination | None:
    return session.scalar(
        select(Nomination).where(Nomination.edition_id == edition_id, Nomination.public_id == public_id)
    )


def nominations(edition_id: int) -> Sequence[Nomination]:
    """The list in its order."""
    found = select(Nomination).where(Nomination.edition_id == edition_id)
    return session.scalars(found.order_by(Nomination.ordinal, Nomination.id)).all()


def letter_numbers(award_id: int) -> Select[str, date | None]:
    """Number and day of the letters that dossiers of the award went with, each once however often it was built."""
    return (
        select(Dossier.letter_number, func.min(Dossier.letter_day))
        .join(Edition, Edition.id == Dossier.edition_id)
        .where(Edition.award_id == award_id, Dossier.letter_number != "", Dossier.letter_day.is_not(None))
        .group_by(Dossier.edition_id, Dossier.letter_number)
    )


def count_received(edition_id: int) -> int:
    found = select(func.count(Entry.id)).where(Entry.edition_id == edition_id, Entry.state == "submitted")
    return session.scalar(found) or 0


_ORDER: tuple[ColumnElement[Any], ...] = (
    func.coalesce(PrizeLevel.rank, _LAST),
    func.coalesce(Standing.rank, _LAST),
    Entry.code.expression,
)
