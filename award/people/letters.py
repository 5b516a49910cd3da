"""Letters about accounts: rendered from templates/mail, posted to the outbox in the commit of their deed."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext
from flask_security import MailUtil
from flask_security.confirmable import generate_confirmation_token

from award.clock import now
from award.messages.operations import post
from award.messages.queries import posted_since
from award.people.models import User

FLOOD_WITHIN = timedelta(hours=1)
FLOOD = 5
"""Letters of one kind to one address in an hour; more are not written, whoever asks."""


def address(endpoint: str, **values: Any) -> str:
    """The full address of a page under BASE_URL, whatever host the present request came in by."""
    base = current_app.extensions["settings"].base_url
    return f"{base}{current_app.url_map.bind(urlsplit(base).netloc).build(endpoint, values)}"


def send(kind: str, *, to_address: str, subject: str, **words: Any) -> None:
    """The letter of templates/mail/<kind>.txt goes out after the commit, unless the address has enough of them."""
    _post(kind, to_address, subject, rendered(f"mail/{kind}.txt", **words))


def rendered(template: str, **words: Any) -> str:
    """The text of a letter. It knows nothing of a present request, so the console and the queue write the same."""
    return current_app.jinja_env.get_template(template).render(address=address, now=now(), **words)


def _post(kind: str, to_address: str, subject: str, body: str) -> None:
    if posted_since(kind, to_address, now() - FLOOD_WITHIN) >= FLOOD:
        return
    print_of_it = hashlib.sha256(f"{to_address}\n{subject}\n{body}".encode()).hexdigest()
    post(kind=kind, to_address=to_address, subject=subject, body=body, dedupe_key=f"{kind}:{print_of_it}")


def invitation(*, name: str, expires_at: datetime, form_of_address: str) -> Callable[[str], tuple[str, str]]:
    """The letter that invites somebody to open an account, as a function of the invitation's token."""

    def letter(token: str) -> tuple[str, str]:
        link = address("people.accept_invitation", token=token)
        words = {"name": name, "expires_at": expires_at, "form_of_address": form_of_address, "link": link}
        return gettext("Mời mở tài khoản"), rendered("mail/invitation.txt", **words)

    return letter


class OutboxMail(MailUtil):
    """What the account library wants to send becomes a row of our outbox. Addresses are kept in small letters."""

    def normalize(self, email: str) -> str:
        return str(super().normalize(email)).lower()

    def validate(self, email: str) -> str:
        return str(super().validate(email)).lower()

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],  # noqa: ARG002
        body: str | None,
        html: str | None,  # noqa: ARG002
        **_: Any,
    ) -> None:
        _post(template.removeprefix("mail/"), str(recipient), str(subject), body or "")


def send_confirmation(user: User) -> None:
    """The letter with the link that confirms the address of a new account."""
    token = generate_confirmation_token(user)  # type: ignore[no-untyped-call]
    subject = gettext("Xác nhận địa chỉ email")
    send("confirm_address", to_address=user.email, subject=subject, user=user, confirmation_token=token)
