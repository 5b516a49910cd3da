"""What a page shows of conflicts found late: what waits, what was annulled, which sheets a computed tie speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.models import Countersign, Edition, Round
from award.editions.permissions import Capacity
from award.editions.relations import RELATION_WORDS
from award.people.models import Person
from award.screening.models import Screening
from judging.panels import queries as panels
from judging.panels.models import Assignment, Seat
from judging.panels.table import late_ties
from judging.ranking import permissions
from judging.ranking.annulling import ACT, may_confirm


@dataclass(frozen=True)
class Annulment:
    """A proposal that waits or was confirmed. Relation and reason are empty for who may not know whose the work is."""

    sign: Countersign
    code: str
    member: str
    relation: str
    reason: str
    first: str
    second: str
    may_confirm: bool
    may_withdraw: bool

    @property
    def waits(self) -> bool:
        return self.sign.confirmed_at is None


@dataclass(frozen=True)
class Tied:
    """A sheet that was sent by who, as is known since, has to do with the work."""

    code: str
    member: str
    seat: str
    relation_code: str
    relation: str


@dataclass(frozen=True)
class Annulments:
    proposals: tuple[Annulment, ...]
    tied: tuple[Tied, ...]
    members: tuple[tuple[str, str], ...]
    """Seat's public id and name, in the order of panels."""

    @property
    def waiting(self) -> tuple[Annulment, ...]:
        return tuple(one for one in self.proposals if one.waits)

    @property
    def done(self) -> tuple[Annulment, ...]:
        return tuple(one for one in self.proposals if not one.waits)


def annulments(edition: Edition, judged: Round, by: Capacity) -> Annulments:
    """As `by` may see it. Statements do not grow with the works."""
    seats = panels.seats_in(judged.id)
    seated = any(seat.person_id == by.person_id for seat in seats)
    whose = permissions.may_read_relations(by, judged, seated=seated)
    several = len({seat.panel_id for seat in seats}) > 1
    names = {
        seat.id: f"{seat.person.legal_name}, {seat.panel.name}" if several else seat.person.legal_name for seat in seats
    }
    return Annulments(
        tuple(_proposals(edition, judged, by, names, whose=whose, seated=seated)),
        tuple(_tied(edition, judged, seats, names)) if whose and judged.state in {"open", "frozen"} else (),
        tuple((seat.public_id, names[seat.id]) for seat in seats),
    )


def _proposals(
    edition: Edition, judged: Round, by: Capacity, names: Mapping[int, str], *, whose: bool, seated: bool
) -> list[Annulment]:
    first, second = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Countersign, Assignment.seat_id, Screening.blind_code, first.legal_name, second.legal_name)
        .join(Assignment, Assignment.public_id == Countersign.subject)
        .join(Screening, Screening.entry_id == Assignment.entry_id)
        .join(first, first.id == Countersign.proposed_by_id)
        .outerjoin(second, second.id == Countersign.confirmed_by_id)
        .where(
            Countersign.edition_id == edition.id,
            Countersign.act == ACT,
            Countersign.withdrawn_at.is_(None),
            Assignment.round_id == judged.id,
        )
        .order_by(Countersign.id)
    ).tuples()
    found = []
    for sign, seat_id, code, one, two in rows:
        told = whose or sign.proposed_by_id == by.person_id
        words, reason = (str(RELATION_WORDS[sign.terms["relation"]]), sign.terms["reason"]) if told else ("", "")
        can, back = may_confirm(by, judged, sign, seated=seated), bool(permissions.can_withdraw(by, sign))
        found.append(Annulment(sign, code or "", names[seat_id], words, reason, one, two or "", can, back))
    return found


def _tied(edition: Edition, judged: Round, seats: list[Seat], names: Mapping[int, str]) -> list[Tied]:
    sent = [tie for tie in late_ties(edition, judged) if tie.sent]
    asked = select(Screening.entry_id, Screening.blind_code).where(
        Screening.entry_id.in_([tie.assignment.entry_id for tie in sent])
    )
    codes, ids = dict(session.execute(asked).tuples().all()), {seat.id: seat.public_id for seat in seats}
    found = [
        Tied(
            codes.get(tie.assignment.entry_id) or "",
            names[tie.assignment.seat_id],
            ids[tie.assignment.seat_id],
            tie.relation,
            str(RELATION_WORDS[tie.relation]),
        )
        for tie in sent
    ]
    return sorted(found, key=lambda one: (one.code, one.member))


def named(judged: Round, code: str, seat_id: str) -> Assignment | None:
    """The open assignment of that work and seat."""
    found = (
        select(Assignment)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Screening, Screening.entry_id == Assignment.entry_id)
        .where(
            Assignment.round_id == judged.id,
            Assignment.state == "open",
            Seat.public_id == seat_id,
            Screening.blind_code == code.strip().upper(),
        )
    )
    return session.scalar(found)


def proposal_at(edition: Edition, judged: Round, public_id: str) -> Countersign | None:
    """The annulment of this round with that id."""
    found = (
        select(Countersign)
        .join(Assignment, Assignment.public_id == Countersign.subject)
        .where(
            Countersign.edition_id == edition.id,
            Countersign.act == ACT,
            Countersign.public_id == public_id,
            Assignment.round_id == judged.id,
        )
    )
    return session.scalar(found)
