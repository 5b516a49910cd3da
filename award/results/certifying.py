"""Certificates as rows: a code for each that nobody guesses, and whether it still says what is true.

They are there from the decision on, so that printing writes nothing and prints the same code each time.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.entries.models import Authorship
from award.log.operations import record
from award.results.models import Certificate, Honour, Result

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No letter that is read as a digit, and no digit that is read as a letter."""
_LENGTH = 12
Key = tuple[int | None, int | None, int | None]
"""Result, honour, authorship: what a certificate is for."""


def issue(*, edition: Edition, by_id: int | None, on: date) -> int:
    """Every prize that stands has its certificates: for the work, for each of several authors; how many are new."""
    known = {_key(each) for each in session.scalars(_of(edition.id).where(Certificate.state == "valid"))}
    missing = [key for key in _due(edition.id) if key not in known]
    for result_id, honour_id, authorship_id in missing:
        session.add(
            Certificate(
                edition_id=edition.id,
                result_id=result_id,
                honour_id=honour_id,
                authorship_id=authorship_id,
                code="".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)),
                issued_on=on,
            )
        )
    session.flush()
    if missing:
        facts: dict[str, int | str | None] = {"certificates": len(missing)}
        record("certificates.issued", actor_id=by_id, award_id=edition.award_id, subject=edition, facts=facts)
    return len(missing)


def revoke(*, prize: Result | Honour) -> None:
    """No certificate of the prize is worth anything from now on."""
    for each in _standing(prize):
        each.state, each.ended_at = "revoked", now()
    session.flush()


def correct(
    *, edition: Edition, prizes: Collection[Result], by_id: int | None, on: date, authorship_id: int | None = None
) -> None:
    """What the certificates of these prizes say is other words now: each is replaced by a new one that says them.

    With an authorship only those that name the author: the work's own and the author's.
    """
    old = [
        each
        for prize in prizes
        for each in _standing(prize)
        if authorship_id in (None, each.authorship_id) or each.authorship_id is None
    ]
    for each in old:
        each.state, each.ended_at = "corrected", now()
    session.flush()
    issue(edition=edition, by_id=by_id, on=on)
    standing = {_key(each): each for each in session.scalars(_of(edition.id).where(Certificate.state == "valid"))}
    for each in old:
        following = standing.get(_key(each))
        each.replaced_by_id = following.id if following else None
    session.flush()


def codes_by_prize(edition_id: int) -> Mapping[tuple[str, int], str]:
    """The code of every certificate that stands, by the key of its prize and its author's place; 0 for the whole."""
    place = func.row_number().over(partition_by=Authorship.entry_id, order_by=Authorship.ordinal)
    authors = select(Authorship.id, place.label("place")).subquery()
    rows = session.execute(
        select(func.coalesce(Result.public_id, Honour.public_id), func.coalesce(authors.c.place, 0), Certificate.code)
        .outerjoin(Result, Result.id == Certificate.result_id)
        .outerjoin(Honour, Honour.id == Certificate.honour_id)
        .outerjoin(authors, authors.c.id == Certificate.authorship_id)
        .where(Certificate.edition_id == edition_id, Certificate.state == "valid")
    ).tuples()
    return {(key, place_): code for key, place_, code in rows}


@dataclass(frozen=True)
class Asked:
    """A certificate as somebody asks for it, with the one that took its place."""

    certificate: Certificate
    edition: Edition
    following: Certificate | None


def of_code(code: str) -> Asked | None:
    """The certificate of the code, whatever edition; whether it may be told yet is the caller's to ask."""
    found = (
        session.execute(
            select(Certificate, Edition)
            .join(Edition, Edition.id == Certificate.edition_id)
            .where(Certificate.code == code)
        )
        .tuples()
        .one_or_none()
    )
    if found is None:
        return None
    certificate, edition = found
    following = session.get(Certificate, certificate.replaced_by_id) if certificate.replaced_by_id else None
    return Asked(certificate, edition, following)


def _of(edition_id: int) -> Select[Certificate]:
    return select(Certificate).where(Certificate.edition_id == edition_id)


def _standing(prize: Result | Honour) -> Sequence[Certificate]:
    mine = Certificate.result_id if isinstance(prize, Result) else Certificate.honour_id
    return session.scalars(select(Certificate).where(mine == prize.id, Certificate.state == "valid")).all()


def _due(edition_id: int) -> list[Key]:
    """What there has to be a certificate for, prizes in the order they were given."""
    decided = (Result.edition_id == edition_id, Result.state == "decided")
    authors: dict[int, list[int]] = {}
    rows = session.execute(
        select(Result.id, Authorship.id).join(Authorship, Authorship.entry_id == Result.entry_id).where(*decided)
    ).tuples()
    for result_id, authorship_id in rows:
        authors.setdefault(result_id, []).append(authorship_id)
    works = session.scalars(select(Result.id).where(*decided).order_by(Result.id)).all()
    honours = select(Honour.id).where(Honour.edition_id == edition_id, Honour.state == "decided").order_by(Honour.id)
    due: list[Key] = [(number, None, None) for number in works]
    due += [(number, None, each) for number in works for each in authors.get(number, ()) if len(authors[number]) > 1]
    return due + [(None, number, None) for number in session.scalars(honours)]


def _key(each: Certificate) -> Key:
    return each.result_id, each.honour_id, each.authorship_id
