"""The versions of a closed round's places: what counts in the present one, how each came about, and the former ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from award.db import session
from award.editions.models import Countersign, Panel, Round
from award.entries.models import Entry
from award.people.models import Person
from award.results.models import FormerStanding, Standing
from award.screening.models import Screening
from judging.panels.models import Assignment, Seat
from judging.proof.models import RoundCorrection
from judging.ranking.aggregate import shown
from judging.ranking.queries import kept_from
from judging.scoring.models import ScoreSheet


class Counting(NamedTuple):
    """A sheet that counts in a closed round's present places."""

    sheet: ScoreSheet
    entry_id: int
    seat_id: int


def counting(round_id: int) -> list[Counting]:
    """Every sheet that the present places of the round are found from, in the order of works and seats."""
    found = (
        select(ScoreSheet, Assignment.entry_id, Assignment.seat_id, Standing.detail)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Standing, and_(Standing.round_id == Assignment.round_id, Standing.entry_id == Assignment.entry_id))
        .where(Assignment.round_id == round_id, ScoreSheet.state == "finished")
        .order_by(Assignment.entry_id, Assignment.seat_id)
    )
    return [
        Counting(sheet, entry, seat)
        for sheet, entry, seat, detail in session.execute(found).tuples()
        if any(one["seat"] == seat for one in detail.get("sheets", ()))
    ]


def readers(round_id: int) -> dict[int, int]:
    """Work → how many may read it: whose sheet was annulled is none of them."""
    found = (
        select(Assignment.entry_id, func.count())
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.state == "open")
        .where(func.coalesce(ScoreSheet.state, "") != "annulled")
        .group_by(Assignment.entry_id)
    )
    return dict(session.execute(found).tuples().all())


def standings(round_id: int) -> list[Standing]:
    """The present places of the round, also of works that left since."""
    return list(session.scalars(select(Standing).where(Standing.round_id == round_id).order_by(Standing.id)))


def as_counted(round_id: int) -> Sequence[Standing | FormerStanding]:
    """The places of the round as they were found when it ended."""
    former = select(FormerStanding).where(FormerStanding.round_id == round_id, FormerStanding.version == 1)
    return session.scalars(former.order_by(FormerStanding.entry_id)).all() or standings(round_id)


def version(round_id: int) -> int:
    """Which version the present places of the round are; 0 before they were found."""
    return session.scalar(select(func.max(Standing.version)).where(Standing.round_id == round_id)) or 0


class Corrected(NamedTuple):
    """A correction with who proposed and who confirmed it."""

    made: RoundCorrection
    sign: Countersign
    first: str
    second: str


def corrections_of(round_id: int) -> list[Corrected]:
    """The corrections of the round, oldest first."""
    first, second = aliased(Person), aliased(Person)
    found = (
        select(RoundCorrection, Countersign, first.legal_name, second.legal_name)
        .join(Countersign, Countersign.id == RoundCorrection.countersign_id)
        .join(first, first.id == Countersign.proposed_by_id)
        .join(second, second.id == Countersign.confirmed_by_id)
        .where(RoundCorrection.round_id == round_id)
        .order_by(RoundCorrection.version)
    )
    return [Corrected(*row) for row in session.execute(found).tuples()]


@dataclass(frozen=True)
class SheetLine:
    """A sheet as corrections speak of it; of a work that is kept from the reader the total is left out."""

    key: str
    commitment: str
    code: str
    member: str
    total: Decimal | None


def sheet_lines(judged: Round, *, reader: int | None, code: str = "", keys: Collection[str] = ()) -> list[SheetLine]:
    """The sheets of the work with this blind code that count, and those with these public ids or commitments."""
    found = (
        select(ScoreSheet, Assignment.entry_id, Screening.blind_code, Person.legal_name)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Person, Person.id == Seat.person_id)
        .join(Screening, Screening.entry_id == Assignment.entry_id)
        .where(
            Assignment.round_id == judged.id,
            or_(
                and_(Screening.blind_code == code, ScoreSheet.state == "finished"),
                ScoreSheet.public_id.in_(keys),
                ScoreSheet.commitment.in_(keys),
            ),
        )
        .options(selectinload(ScoreSheet.marks))
        .order_by(Screening.blind_code, Seat.id)
    )
    rows = session.execute(found).tuples().all()
    hidden = set(kept_from(reader, [entry for _sheet, entry, _code, _name in rows]))
    return [
        SheetLine(
            sheet.public_id,
            sheet.commitment or "",
            blind or "",
            name,
            None if entry in hidden else shown(Fraction(sum(m.steps for m in sheet.marks), judged.steps_per_point)),
        )
        for sheet, entry, blind, name in rows
    ]


@dataclass(frozen=True)
class FormerLine:
    """A place as it was; rank and score are left out where the reader has to do with the work."""

    panel: str
    code: str
    title: str
    rank: int | None
    score: Decimal | None
    sheets: int
    kept: bool


def former_lines(round_id: int, version: int, *, reader: int | None) -> list[FormerLine]:
    """The places of a former version, panel by panel, best first; works kept from the reader last."""
    found = (
        select(FormerStanding, Panel.name, Screening.blind_code, Entry.title)
        .join(Panel, Panel.id == FormerStanding.panel_id)
        .join(Entry, Entry.id == FormerStanding.entry_id)
        .join(Screening, Screening.entry_id == FormerStanding.entry_id)
        .where(FormerStanding.round_id == round_id, FormerStanding.version == version)
        .order_by(Panel.ordinal, FormerStanding.rank.nulls_last(), Screening.blind_code)
    )
    rows = session.execute(found).tuples().all()
    hidden = set(kept_from(reader, [former.entry_id for former, *_names in rows]))
    lines = [_former_line(*row, kept=row[0].entry_id in hidden) for row in rows]
    return sorted(lines, key=lambda line: line.kept)


def _former_line(former: FormerStanding, panel: str, code: str | None, title: str, *, kept: bool) -> FormerLine:
    scored = former.score_numerator is not None and former.score_denominator is not None and not kept
    score = shown(Fraction(former.score_numerator or 0, former.score_denominator or 1)) if scored else None
    return FormerLine(panel, code or "", title, None if kept else former.rank, score, former.sheets, kept)
