"""A deadline of one's own: decided for one entrant, with its reason, and brought to an end."""

from collections.abc import Callable, Mapping
from functools import partial

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.deadlines import Deadline, said
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.entries.models import PersonalDeadline
from award.entries.permissions import can_grant
from award.letters.operations import write
from award.letters.queries import Written
from award.log.operations import record
from award.people.models import Person
from award.text import canonical, one_line
from award.verdicts import Refused, Verdict, require

PERSONAL_DEADLINE = "personal_deadline"


def grant(
    *,
    by: Capacity,
    edition: Edition,
    person: Person,
    until: Deadline,
    reason: str,
    paper: str = "",
    address: str = "",
) -> PersonalDeadline:
    """The person enters and changes own works until then, and is told so. A deadline that stood before is replaced."""
    assert by.person_id is not None
    lock(edition)
    require(can_grant(by, edition))
    if until.instant <= now() or (edition.deadline_at is not None and until.instant <= edition.deadline_at):
        raise Refused(Verdict("until", _("Thời hạn riêng phải sau thời hạn chung và sau lúc này.")))
    end_standing(edition, person.id)
    made = PersonalDeadline(
        edition_id=edition.id,
        person_id=person.id,
        last_day=until.last_day,
        until=until.instant,
        reason=canonical(reason),
        paper=one_line(paper),
        decided_by_id=by.person_id,
    )
    session.add(made)
    session.flush()
    record(
        "edition.personal_deadline_granted",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=made,
        facts={"person": person.id, "until": until.instant.isoformat()},
        detail={"reason": made.reason, "paper": made.paper},
    )
    _tell(edition, person, made, until, address)
    return made


def end_grant(*, by: Capacity, edition: Edition, granted: PersonalDeadline) -> None:
    """The deadline for everybody counts for the person again. What was submitted meanwhile stands."""
    lock(edition)
    require(can_grant(by, edition))
    if granted.ended_at is None:
        granted.ended_at = now()
        session.flush()
        facts: dict[str, int | str | None] = {"person": granted.person_id}
        kind = "edition.personal_deadline_ended"
        record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=granted, facts=facts)


def end_standing(edition: Edition, person_id: int) -> None:
    """A deadline of the person's own that stood has ended."""
    standing = session.scalar(
        select(PersonalDeadline).where(
            PersonalDeadline.edition_id == edition.id,
            PersonalDeadline.person_id == person_id,
            PersonalDeadline.ended_at.is_(None),
        )
    )
    if standing is not None:
        standing.ended_at = now()
        session.flush()


def _tell(edition: Edition, person: Person, made: PersonalDeadline, until: Deadline, address: str) -> None:
    if person.user is None:
        return
    values, house = words_of_grant(edition, person, made, until, address)
    key = f"personal-deadline:{made.public_id}"
    write(edition, PERSONAL_DEADLINE, to_address=person.user.email, values=values, house=house, dedupe_key=key)


def words_of_grant(
    edition: Edition, person: Person, made: PersonalDeadline, until: Deadline, address: str
) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    values = {
        "xung_ho": person.form_of_address,
        "ho_ten": person.legal_name,
        "han": said(until),
        "ly_do": made.reason.rstrip("."),
        "van_ban": made.paper,
        "lien_ket": address,
    }

    return values, partial(house_of_grant, edition, values)


def house_of_grant(edition: Edition, values: Mapping[str, str]) -> Written:
    """The letter as the house writes it, from what its event gives."""
    told = {"name": values["ho_ten"], "edition": edition.name, "until": values["han"], "reason": values["ly_do"]}
    lines = [
        _("Thời hạn nhận tác phẩm của %(name)s dự %(edition)s: %(until)s. Lý do: %(reason)s.", **told),
        _("Theo %(paper)s.", paper=values["van_ban"]) if values["van_ban"] else "",
        _("Nộp tác phẩm: %(address)s", address=values["lien_ket"]) if values["lien_ket"] else "",
        _("Trân trọng."),
    ]
    return _("Thời hạn riêng nộp hồ sơ dự Giải"), "\n\n".join(filter(None, lines)) + "\n"
