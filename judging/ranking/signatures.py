"""Who proposed and who confirmed what two persons do to a round."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.models import Countersign, Round
from award.people.models import Person
from judging.ranking.queries import ACTS


@dataclass(frozen=True)
class Signature:
    """An act of two persons and their names; the second is empty while the act waits."""

    sign: Countersign
    first: str
    second: str

    @property
    def waits(self) -> bool:
        return self.sign.confirmed_at is None


def signatures(edition_id: int, judged: Round) -> dict[str, Signature]:
    """Act → the last time it was proposed and not taken back, for the acts on this round."""
    first, second = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Countersign, first.legal_name, second.legal_name)
        .join(first, first.id == Countersign.proposed_by_id)
        .outerjoin(second, second.id == Countersign.confirmed_by_id)
        .where(
            Countersign.edition_id == edition_id,
            Countersign.subject == judged.public_id,
            Countersign.act.in_(ACTS),
            Countersign.withdrawn_at.is_(None),
        )
        .order_by(Countersign.id)
    )
    return {sign.act: Signature(sign, by, confirmed_by or "") for sign, by, confirmed_by in rows.tuples()}
