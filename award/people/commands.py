"""The first administrator comes from the console: a fresh installation has no account at all."""

from datetime import timedelta

import click
from flask.cli import with_appcontext

from award.clock import now
from award.dates import moment
from award.db import unit_of_work
from award.people import letters, operations

OPEN_FOR = timedelta(hours=72)


@click.command("create-administrator")
@click.argument("email")
@click.argument("name")
@with_appcontext
def create_administrator(email: str, name: str) -> None:
    """Invite NAME at EMAIL as administrator. The link is shown once, here and in the letter."""
    from flask import current_app

    try:
        email = current_app.extensions["security"]._mail_util.validate(email)
    except ValueError as fault:
        raise click.BadParameter(f"{email} is not an address mail can be sent to.") from fault
    expires_at = now() + OPEN_FOR
    with unit_of_work():
        letter = letters.invitation(name=name, expires_at=expires_at, form_of_address="đồng chí")
        _, token = operations.invite(
            by_id=None, email=email, name=name, expires_at=expires_at, letter=letter, makes_administrator=True
        )
        link = letters.address("people.accept_invitation", token=token)
    click.echo(f"{link}\nGood for one use until {moment(expires_at)}.")
