"""`flask --app wsgi seed`: the demonstration, once."""

from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Award
from award.editions.operations import creation
from award.files.store import prepare
from demonstration import building, cast
from demonstration.chapters import taking
from demonstration.mark import leave_mark
from demonstration.plan import AWARD
from demonstration.season.script import LICENSED


@click.command("seed")
@with_appcontext
def seed() -> None:
    """Make what the first page of a demonstration needs, unless an award exists; the worker makes the rest."""
    if not current_app.extensions["settings"].demonstration:
        raise click.ClickException("DEMONSTRATION is off: invented data are made for a demonstration only.")
    if session.scalar(select(Award.id).limit(1)) is None:
        make()


def make() -> None:
    """The first page of the demonstration has everything it shows."""
    prepare()
    with unit_of_work():
        begin()
    building.fill_in(taking(), only_first=True)


def begin() -> None:
    """People and the edition that takes entries stand, and the worker is asked to make everything else."""
    leave_mark()
    cast.found_newsrooms(LICENSED)
    cast.assemble()
    administrator = cast.played_by(cast.ADMINISTRATOR)
    award = creation.create_award(by=administrator, slug="xay-dung-dang", name=AWARD, place="Khánh Hòa")
    building.draw(award, taking().outline, now() - timedelta(days=21))
    building.defer_all()
