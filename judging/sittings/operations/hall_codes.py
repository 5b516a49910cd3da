"""Codes on paper by which members come into an open sitting on a machine of the hall: each once, for that sitting."""

import hashlib
import secrets

from flask_babel import gettext as _
from sqlalchemy import delete, select

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.log.operations import record
from award.people.models import Person, User
from award.verdicts import Refused, Verdict, require
from judging.sittings import permissions, queries
from judging.sittings.models import HallCode, Sitting
from judging.sittings.operations.meeting import lock
from judging.sittings.stacks import SIGNS, code_of

LENGTH = 12
"""60 bits: nobody guesses one while a council sits."""


def print_codes(*, by: Capacity, edition: Edition, sitting: Sitting) -> list[tuple[str, str]]:
    """Name and code of every member with an account; codes that were printed before are dead. Shown this once."""
    lock(sitting)
    require(permissions.can_print_codes(by, sitting))
    assert by.person_id is not None
    session.execute(delete(HallCode).where(HallCode.sitting_id == sitting.id))
    members = [each.id for each in queries.roll(sitting.id)]
    found = select(Person.id, Person.legal_name).join(User, User.person_id == Person.id)
    printed = []
    for person_id, name in session.execute(
        found.where(Person.id.in_(members), User.active.is_(True)).order_by(Person.name_key, Person.id)
    ):
        code = "".join(secrets.choice(SIGNS) for _each in range(LENGTH))
        session.add(
            HallCode(sitting_id=sitting.id, person_id=person_id, code_hash=_hash(code), printed_by_id=by.person_id)
        )
        printed.append((name, code))
    session.flush()
    facts: dict[str, int | str | None] = {"codes": len(printed)}
    record("sitting.codes_printed", actor_id=by.person_id, award_id=edition.award_id, subject=sitting, facts=facts)
    return printed


def come_in(*, edition: Edition, typed: str) -> tuple[Sitting, User]:
    """The code is dead, and its member comes into the sitting. Refused unless it is one of the sitting that is held."""
    found = session.execute(
        select(HallCode, Sitting, User)
        .join(Sitting, Sitting.id == HallCode.sitting_id)
        .join(User, User.person_id == HallCode.person_id)
        .where(
            HallCode.code_hash == _hash(code_of(typed)),
            HallCode.used_at.is_(None),
            Sitting.edition_id == edition.id,
            Sitting.state == "open",
            User.active.is_(True),
        )
        .with_for_update(of=HallCode)
    ).first()
    if found is None:
        raise Refused(Verdict("code", _("Mã không đúng, đã dùng, hoặc phiên họp chưa bắt đầu, đã kết thúc.")))
    code, sitting, user = found
    code.used_at = now()
    session.flush()
    record(
        "sitting.entered_by_code",
        actor_id=code.person_id,
        award_id=edition.award_id,
        subject=sitting,
        facts={"code": code.id},
    )
    return sitting, user


def _hash(code: str) -> bytes:
    return hashlib.sha256(f"hall|{code}".encode()).digest()
