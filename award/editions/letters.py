"""The letter that tells somebody of an appointment, with the way in."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import render_template
from flask_babel import gettext as _

from award.clock import now
from award.editions.models import Appointment, Edition
from award.editions.permissions import ROLE_WORDS
from award.messages.operations import post
from award.people.letters import address
from award.people.models import Person

INVITATION_HOLDS = timedelta(days=14)


def invitation(
    edition: Edition, *, name: str, role: str, decision: str, expires_at: datetime
) -> Callable[[str], tuple[str, str]]:
    """Subject and body for somebody without an account, as a function of the invitation's token."""

    def letter(token: str) -> tuple[str, str]:
        link = address("people.accept_invitation", token=token)
        return _subject(edition), _body(edition, name, role, decision, link=link, expires_at=expires_at)

    return letter


def tell(edition: Edition, person: Person, appointment: Appointment) -> None:
    """The letter to somebody who has an account goes out after the commit, once for each appointment."""
    assert person.user is not None
    body = _body(edition, person.legal_name, appointment.role, appointment.decision, link=address("desk.home"))
    post(
        kind="appointment",
        to_address=person.user.email,
        subject=_subject(edition),
        body=body,
        dedupe_key=f"appointment:{appointment.public_id}",
    )


def holds_until() -> datetime:
    return now() + INVITATION_HOLDS


def _subject(edition: Edition) -> str:
    return str(_("Mời tham gia %(edition)s", edition=edition.name))


def _body(edition: Edition, name: str, role: str, decision: str, **words: object) -> str:
    role_words = str(ROLE_WORDS[role])
    return render_template(
        "editions/mail/appointment.txt", edition=edition, name=name, role=role_words, decision=decision, **words
    )
