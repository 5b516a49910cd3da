"""The first administrator comes from the console, as does help for who has lost telephone and recovery codes."""

from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext

from award.clock import now
from award.dates import moment
from award.db import unit_of_work
from award.people import letters, operations
from award.people.queries import user_by_email

OPEN_FOR = timedelta(hours=72)


@click.command("create-administrator")
@click.argument("email")
@click.argument("name")
@with_appcontext
def create_administrator(email: str, name: str) -> None:
    """Invite NAME at EMAIL as administrator. The link is shown once, here and in the letter."""
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


@click.command("forget-second-factor")
@click.argument("email")
@with_appcontext
def forget_second_factor(email: str) -> None:
    """Let the account EMAIL set up its second factor anew. Its owner is told by letter."""
    with unit_of_work():
        user = user_by_email(email)
        if user is None:
            raise click.BadParameter(f"no account has the address {email}.")
        operations.forget_second_factor(by_id=None, user=user)
        subject = gettext("Mã xác nhận khi đăng nhập đã được gỡ")
        letters.send("second_factor_forgotten", to_address=user.email, subject=subject, user=user)
    click.echo(f"{user.email} signs in with the password and sets up a second factor again.")
