"""The console's part: what is wrong with how the house is set up."""

import click
from flask.cli import with_appcontext

from award.desk.doctor import complaints


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
