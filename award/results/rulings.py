"""Questions about what came after the decision: prizes taken back or given later, names corrected, what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.models import Countersign, PrizeLevel
from award.entries.models import Authorship, Entry
from award.people.models import Person
from award.results.models import Honour, NameCorrection, Result, Ruling

REVOKE, AWARD, CORRECT = "revoke_prize", "award_later", "correct_name"
"""Acts of two persons; the subject of each is the row they record."""
ACTS = (REVOKE, AWARD, CORRECT)
PAPER_OF = {"revoked": "revocation", "awarded": "succession"}
"""Which kind of paper records a ruling."""


@dataclass(frozen=True)
class Waiting:
    """A proposal that waits for its second person, with what exactly it says."""

    sign: Countersign
    proposer: str
    ruling: Ruling | None
    correction: NameCorrection | None
    title: str
    level: str


@dataclass(frozen=True)
class Done:
    """What two persons recorded."""

    ruling: Ruling | None
    correction: NameCorrection | None
    title: str
    level: str
    place_taken: bool = False


def prize(edition_id: int, public_id: str) -> Result | Honour | None:
    """A prize that was decided, of a work or of a body or person, standing or taken back."""
    work = select(Result).where(Result.edition_id == edition_id, Result.public_id == public_id)
    honour = select(Honour).where(Honour.edition_id == edition_id, Honour.public_id == public_id)
    return session.scalar(work.where(Result.state != "proposed")) or session.scalar(
        honour.where(Honour.state != "proposed")
    )


def correctable(edition_id: int, public_id: str) -> Result | None:
    """The prize of a work, proposed, decided or taken back: words of the work are corrected from it."""
    return session.scalar(select(Result).where(Result.edition_id == edition_id, Result.public_id == public_id))


def revocation(edition_id: int, public_id: str) -> Ruling | None:
    """A prize of a work that was taken back."""
    asked = select(Ruling).where(Ruling.edition_id == edition_id, Ruling.public_id == public_id)
    return session.scalar(asked.where(Ruling.kind == "revoked", Ruling.state == "confirmed"))


def ruling_on(prize_: Result | Honour) -> Ruling | None:
    """The paper that took the prize back, proposed or recorded."""
    mine = Ruling.result_id if isinstance(prize_, Result) else Ruling.honour_id
    asked = select(Ruling).where(mine == prize_.id, Ruling.kind == "revoked", Ruling.state != "withdrawn")
    return session.scalar(asked.order_by(Ruling.id.desc()).limit(1))


def recorded(edition_id: int, public_id: str) -> Ruling | None:
    """A ruling that was confirmed or waits for that."""
    asked = select(Ruling).where(Ruling.edition_id == edition_id, Ruling.public_id == public_id)
    return session.scalar(asked.where(Ruling.state != "withdrawn"))


def waits(edition_id: int, *, entry_id: int | None = None, honour_id: int | None = None) -> bool:
    """Whether a proposal about this work or honour waits already."""
    ruling = exists().where(
        Ruling.edition_id == edition_id,
        Ruling.state == "proposed",
        Ruling.entry_id == entry_id if entry_id is not None else Ruling.honour_id == honour_id,
    )
    correction = exists().where(NameCorrection.entry_id == entry_id, NameCorrection.state == "proposed")
    return bool(session.scalar(select(or_(ruling, correction))))


def place_waits(revocation_id: int) -> bool:
    """Whether the place of this prize is given, or proposed to be."""
    taken = exists().where(Ruling.in_place_of_id == revocation_id, Ruling.state != "withdrawn")
    return bool(session.scalar(select(taken)))


def given(level_id: int) -> int:
    """How many prizes of the level stand."""
    works = select(func.count()).where(Result.prize_level_id == level_id, Result.state == "decided")
    return session.scalar(works) or 0


def sign_of(edition_id: int, public_id: str) -> Countersign | None:
    """A proposal of one of these acts that still waits."""
    asked = select(Countersign).where(Countersign.edition_id == edition_id, Countersign.public_id == public_id)
    open_ = asked.where(Countersign.confirmed_at.is_(None), Countersign.withdrawn_at.is_(None))
    return session.scalar(open_.where(Countersign.act.in_(ACTS)))


def subject_of(sign: Countersign) -> Ruling | NameCorrection:
    """The row that the proposal would record."""
    if sign.act == CORRECT:
        return session.scalars(select(NameCorrection).where(NameCorrection.public_id == sign.subject)).one()
    return session.scalars(select(Ruling).where(Ruling.public_id == sign.subject)).one()


def entry_of(row: Ruling | NameCorrection) -> int | None:
    """The work it concerns: for an honour the one that depicts the person, if one does."""
    if isinstance(row, Ruling) and row.honour_id is not None:
        return session.get_one(Honour, row.honour_id).entry_id
    return row.entry_id


def waiting(edition_id: int) -> list[Waiting]:
    """Every proposal of the edition that waits, oldest first."""
    rows = (
        session.execute(
            select(Countersign, Person.legal_name, Ruling, NameCorrection)
            .join(Person, Person.id == Countersign.proposed_by_id)
            .outerjoin(Ruling, Ruling.public_id == Countersign.subject)
            .outerjoin(NameCorrection, NameCorrection.public_id == Countersign.subject)
            .where(Countersign.edition_id == edition_id, Countersign.act.in_(ACTS))
            .where(Countersign.confirmed_at.is_(None), Countersign.withdrawn_at.is_(None))
            .order_by(Countersign.id)
        )
        .tuples()
        .all()
    )
    words = _words(edition_id)
    return [
        Waiting(sign, name, ruling, correction, *_told(words, ruling, correction))
        for sign, name, ruling, correction in rows
    ]


def done(edition_id: int) -> list[Done]:
    """Everything that was recorded after the decision, newest first."""
    taken = aliased(Ruling)
    place = exists().where(taken.in_place_of_id == Ruling.id, taken.state != "withdrawn")
    ruled = select(Ruling, place).where(Ruling.edition_id == edition_id, Ruling.state == "confirmed")
    corrected = select(NameCorrection).where(
        NameCorrection.edition_id == edition_id, NameCorrection.state == "confirmed"
    )
    words = _words(edition_id)
    rulings = session.execute(ruled).tuples().all()
    found = [Done(ruling, None, *_told(words, ruling, None), place_taken=taken_) for ruling, taken_ in rulings]
    found += [Done(None, each, *_told(words, None, each)) for each in session.scalars(corrected)]
    return sorted(found, key=lambda each: _time(each), reverse=True)


def authors(entry_id: int) -> Sequence[Authorship]:
    return session.scalars(select(Authorship).where(Authorship.entry_id == entry_id).order_by(Authorship.ordinal)).all()


def results_of(entry_id: int) -> Sequence[Result]:
    """The prizes of the work that stand."""
    return session.scalars(select(Result).where(Result.entry_id == entry_id, Result.state == "decided")).all()


def level_of(ruling: Ruling) -> PrizeLevel:
    """Which prize the paper takes back or gives."""
    if ruling.kind == "awarded" and ruling.in_place_of_id is not None:
        return level_of(session.get_one(Ruling, ruling.in_place_of_id))
    if ruling.honour_id is not None:
        return session.get_one(PrizeLevel, session.get_one(Honour, ruling.honour_id).prize_level_id)
    assert ruling.result_id is not None
    return session.get_one(PrizeLevel, session.get_one(Result, ruling.result_id).prize_level_id)


Words = tuple[Mapping[int, str], Mapping[int, str], Mapping[int, tuple[str, str]], Mapping[int, int]]


def _words(edition_id: int) -> Words:
    """Titles of works; names of levels by result; recipients and levels of honours; results by ruling."""
    prizes = (
        session.execute(
            select(Result.id, Result.entry_id, Entry.title, PrizeLevel.name)
            .join(Entry, Entry.id == Result.entry_id)
            .join(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
            .where(Result.edition_id == edition_id)
        )
        .tuples()
        .all()
    )
    honours = (
        session.execute(
            select(Honour.id, Honour.recipient, PrizeLevel.name)
            .join(PrizeLevel, PrizeLevel.id == Honour.prize_level_id)
            .where(Honour.edition_id == edition_id)
        )
        .tuples()
        .all()
    )
    others = (
        session.execute(
            select(Entry.id, Entry.title)
            .join(Ruling, Ruling.entry_id == Entry.id)
            .where(Ruling.edition_id == edition_id)
        )
        .tuples()
        .all()
    )
    revoked = (
        session.execute(
            select(Ruling.id, Ruling.result_id).where(Ruling.edition_id == edition_id, Ruling.kind == "revoked")
        )
        .tuples()
        .all()
    )
    return (
        {**dict(others), **{entry: title for _number, entry, title, _level in prizes}},
        {number: level for number, _entry, _title, level in prizes},
        {number: (recipient, level) for number, recipient, level in honours},
        {number: result for number, result in revoked if result is not None},
    )


def _told(words: Words, ruling: Ruling | None, correction: NameCorrection | None) -> tuple[str, str]:
    """Title and level."""
    titles, levels, honours, revoked = words
    if correction is not None:
        return titles.get(correction.entry_id, ""), ""
    if ruling is None:
        return "", ""
    if ruling.honour_id is not None:
        return honours.get(ruling.honour_id, ("", ""))
    result = revoked.get(ruling.in_place_of_id or 0, 0) if ruling.kind == "awarded" else (ruling.result_id or 0)
    return titles.get(ruling.entry_id or 0, ""), levels.get(result, "")


def _time(each: Done) -> float:
    row = each.ruling or each.correction
    return row.done_at.timestamp() if row is not None and row.done_at is not None else 0.0
