"""The console's part: what is wrong with how the house is set up, and the notice that needs no house."""

import re
from html import escape
from typing import TextIO

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from award.desk.doctor import complaints
from award.desk.masthead import help_of
from award.editions.queries import current_edition

_HELP = re.compile(r'(<p id="ho-tro">).*?(</p>)', re.DOTALL)


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Say in sentences what is wrong with this configuration and what it leans on. Ends with 1 where anything is."""
    wrong = complaints()
    for sentence in wrong:
        click.echo(f"- {sentence}")
    if wrong:
        raise click.ClickException(f"{len(wrong)} to be put right.")
    click.echo("Nothing is wrong.")


@click.command("notice")
@click.argument("page", type=click.File(encoding="utf-8"), default="-")
@with_appcontext
def notice(page: TextIO) -> None:
    """Print the front door's notice PAGE, or what comes in, with whom to call in the present edition."""
    called = help_of(current_edition())
    if called is None:
        raise click.ClickException("The present edition names nobody to call yet, and no number.")
    number = re.sub(r"[ .]", "", called["phone"])
    name, phone, number = (escape(words) for words in (called["name"], called["phone"], number))
    line = f'{_("Hỗ trợ")}: {name}, <a href="tel:{number}">{phone}</a>'
    written, there = _HELP.subn(lambda found: f"{found[1]}{line}{found[2]}", page.read())
    if there != 1:
        raise click.ClickException('The page has no one place for it: <p id="ho-tro">.')
    click.echo(written, nl=False)
