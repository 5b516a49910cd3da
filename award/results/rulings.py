"""Questions about what came after the decision: prizes taken back, lowered or given later, names corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.models import Countersign, PrizeLevel
from award.entries.models import Authorship, Entry
from award.people.models import Person
from award.results.models import Honour, NameCorrection, Result, Ruling
from award.results.queries import GIVE, ruled

REVOKE, AWARD, LOWER, CORRECT = "revoke_prize", "award_later", "lower_prize", "correct_name"
"""Acts of two persons; the subject of each is the row they record."""
ACTS = (REVOKE, AWARD, LOWER, CORRECT)
PAPER_OF = {"revoked": "revocation", "awarded": "succession", "lowered": "lowering"}
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
    former: str
    """The level the work has, or had, before the paper that lowers it."""


@dataclass(frozen=True)
class Done:
    """What two persons recorded."""

    ruling: Ruling | None
    correction: NameCorrection | None
    title: str
    level: str
    former: str
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


def changed(edition_id: int) -> bool:
    """Whether a prize was taken back, lowered or given later by a paper that two persons recorded."""
    found = select(exists().where(Ruling.edition_id == edition_id, Ruling.state == "confirmed"))
    return bool(session.scalar(found))


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


def level(edition_id: int, public_id: str) -> PrizeLevel | None:
    """A level of the edition's structure."""
    asked = select(PrizeLevel).where(PrizeLevel.edition_id == edition_id, PrizeLevel.public_id == public_id)
    return session.scalar(asked)


def given(level_id: int) -> int:
    """How many places of the level are taken by prizes that stand."""
    by = aliased(Ruling)
    beyond = exists().where(ruled(by, *GIVE), by.beyond).correlate(Result)
    works = select(func.count()).where(Result.prize_level_id == level_id, Result.state == "decided", ~beyond)
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


def after_decision(edition_id: int) -> tuple[list[Waiting], list[Done]]:
    """What waits for a second person, oldest first; what two persons recorded, newest first. One statement."""
    waits_: list[tuple[int, Waiting]] = []
    done_: list[tuple[float, Done]] = []
    for ruling, correction, sign, proposer, title, level, former, taken in session.execute(
        _records(edition_id)
    ).tuples():
        row = ruling or correction
        if row.state == "confirmed":
            at = row.done_at.timestamp() if row.done_at is not None else 0.0
            told = title or "", level or "", former or ""
            done_.append((at, Done(ruling, correction, *told, place_taken=taken)))
        elif sign is not None:
            waits_.append(
                (sign.id, Waiting(sign, proposer, ruling, correction, title or "", level or "", former or ""))
            )
    waits_.sort(key=lambda each: each[0])
    done_.sort(key=lambda each: each[0], reverse=True)
    return [each for _key, each in waits_], [each for _key, each in done_]


def _records(edition_id: int) -> Select[Ruling, NameCorrection, Countersign, str, str, str, str, bool]:
    """Rulings and corrections that stand, each alone in its line; with what they concern and the proposal that waits.

    What is given bears the level the paper gives, what is taken back the one it had.
    """
    taken, before = aliased(Ruling), aliased(PrizeLevel)
    place = exists().where(taken.in_place_of_id == Ruling.id, taken.state != "withdrawn").correlate(Ruling)
    open_ = and_(Countersign.confirmed_at.is_(None), Countersign.withdrawn_at.is_(None), Countersign.act.in_(ACTS))
    subject = func.coalesce(Ruling.public_id, NameCorrection.public_id)
    title, level = func.coalesce(Honour.recipient, Entry.title), PrizeLevel.name.expression
    return (
        select(Ruling, NameCorrection, Countersign, Person.legal_name, title, level, before.name, place)
        .select_from(Ruling)
        .join(NameCorrection, NameCorrection.public_id == Ruling.public_id, full=True)
        .outerjoin(Countersign, and_(Countersign.subject == subject, open_))
        .outerjoin(Person, Person.id == Countersign.proposed_by_id)
        .outerjoin(Result, Result.id == Ruling.result_id)
        .outerjoin(Honour, Honour.id == Ruling.honour_id)
        .outerjoin(
            PrizeLevel, PrizeLevel.id == func.coalesce(Ruling.level_id, Result.prize_level_id, Honour.prize_level_id)
        )
        .outerjoin(before, before.id == Ruling.former_level_id)
        .outerjoin(Entry, Entry.id == func.coalesce(Ruling.entry_id, NameCorrection.entry_id))
        .where(
            func.coalesce(Ruling.edition_id, NameCorrection.edition_id) == edition_id,
            func.coalesce(Ruling.state, NameCorrection.state) != "withdrawn",
        )
    )


def authors(entry_id: int) -> Sequence[Authorship]:
    return session.scalars(select(Authorship).where(Authorship.entry_id == entry_id).order_by(Authorship.ordinal)).all()


def results_of(entry_id: int) -> Sequence[Result]:
    """The prizes of the work that stand."""
    return session.scalars(select(Result).where(Result.entry_id == entry_id, Result.state == "decided")).all()


def level_of(ruling: Ruling) -> PrizeLevel:
    """Which prize the paper takes back or gives."""
    if ruling.level_id is not None:
        return session.get_one(PrizeLevel, ruling.level_id)
    if ruling.honour_id is not None:
        return session.get_one(PrizeLevel, session.get_one(Honour, ruling.honour_id).prize_level_id)
    assert ruling.result_id is not None
    return session.get_one(PrizeLevel, session.get_one(Result, ruling.result_id).prize_level_id)
