"""Delivery of letters, by the queue."""

from urllib.parse import urlsplit

from flask import current_app

from award.db import unit_of_work
from award.jobs import task
from award.messages import operations
from award.messages.smtp import Letter, NotDelivered, Server, deliver


@task("messages.deliver")
def deliver_message(message_id: int) -> None:
    """The letter is with the mail server, or in the local outbox when there is none; else it is tried again later."""
    settings = current_app.extensions["settings"]
    with unit_of_work():
        message = operations.claim(message_id)
        if message is None:
            return
        try:
            if settings.mail_url:
                letter = Letter(
                    message.to_address,
                    message.subject,
                    message.body,
                    message.public_id,
                    message.created_at,
                    message.reply_to,
                )
                site = urlsplit(settings.base_url).hostname or "localhost"
                deliver(letter, server=Server.of(settings.mail_url), site=site)
            operations.sent(message)
        except NotDelivered as fault:
            operations.not_sent(message, fault=fault.fault, for_good=fault.for_good)


@task("messages.sweep", every="*/15 * * * *")
def sweep() -> None:
    """No letter waits without a job that has it."""
    with unit_of_work():
        operations.take_up()
