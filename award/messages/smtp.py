"""One letter to one mail server, with the standard library."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

TIMEOUT = 10
PERMANENT = range(500, 600)
CANNOT_SIGN_IN = 530, 534, 535
"""The fault of the settings, not of the letter: worth trying again once they are mended."""


class NotDelivered(Exception):
    """The server did not take the letter. `for_good` when it said that trying again is of no use."""

    def __init__(self, fault: str, *, for_good: bool) -> None:
        super().__init__(fault)
        self.fault = fault
        self.for_good = for_good


@dataclass(frozen=True)
class Letter:
    """What goes on the wire. `reference` becomes the Message-ID: a letter sent again can be told from a new one."""

    to_address: str
    subject: str
    body: str
    reference: str
    written_at: datetime
    reply_to: str = ""


@dataclass(frozen=True)
class Server:
    """The mail server of a MAIL_URL such as smtp://user:password@host:587; percent signs hide special characters."""

    host: str
    port: int
    user: str
    password: str
    tls_from_start: bool

    @classmethod
    def of(cls, mail_url: str) -> "Server":
        parts = urlsplit(mail_url)
        tls = parts.scheme == "smtps"
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname or "", parts.port or (465 if tls else 587), user, password, tls)


def deliver(letter: Letter, *, server: Server, site: str) -> None:
    """The server has taken the letter; raises NotDelivered otherwise."""
    try:
        message = written(letter, server=server, site=site)
    except (ValueError, IndexError, MessageError) as fault:  # the parser stumbles over an empty one
        raise NotDelivered("not an address", for_good=True) from fault
    try:
        with _connected(server) as connection:
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        code = max((code for code, _ in refused.recipients.values()), default=0)
        raise NotDelivered(f"recipient refused: {code}", for_good=code in PERMANENT) from refused
    except smtplib.SMTPResponseException as answer:
        for_good = answer.smtp_code in PERMANENT and answer.smtp_code not in CANNOT_SIGN_IN
        raise NotDelivered(f"{type(answer).__name__}: {answer.smtp_code}", for_good=for_good) from answer
    except (OSError, smtplib.SMTPException) as fault:
        raise NotDelivered(type(fault).__name__, for_good=False) from fault


def written(letter: Letter, *, server: Server, site: str) -> EmailMessage:
    """The letter with its headers. It comes from the account it is sent with, or from no-reply at the site."""
    sender = server.user if "@" in server.user else f"no-reply@{site}"
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to_address)
    if letter.reply_to:
        message["Reply-To"] = Address(addr_spec=letter.reply_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.reference}@{site}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def _connected(server: Server) -> smtplib.SMTP:
    """An open connection, under TLS whenever the server can; passwords never cross a network in the clear."""
    context = ssl.create_default_context()
    if server.tls_from_start:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        connection.ehlo()
        if not server.tls_from_start and connection.has_extn("starttls"):
            connection.starttls(context=context)
            connection.ehlo()
        elif not server.tls_from_start and server.user and not is_this_machine(server.host):
            raise NotDelivered("the server offers no TLS, so the password was not sent", for_good=False)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def is_this_machine(host: str) -> bool:
    """Whether a host name or address means the machine itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
