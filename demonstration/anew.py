"""Starting over: everything of the demonstration goes, and it is made again. Nothing else can ever be started over."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.pool import NullPool

from award import jobs
from award.db import session, unit_of_work
from award.editions.models import Award, Edition
from award.entries.models import Entry
from award.files.models import File, Rendition
from award.files.store import storage
from award.issued.models import IssuedPaper
from award.log.operations import record
from award.nominations.models import Dossier
from award.people.models import User
from award.verdicts import YES, Verdict, require
from demonstration import building
from demonstration.chapters import taking
from demonstration.mark import is_marked
from demonstration.seed import begin, make
from uploads import sweep

START_OVER = "demonstration.start_over"

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^(alembic_|procrastinate_)'"
_GUARDED = """
SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace AND relname !~ '^procrastinate_'
"""


def can_start_over(*, demonstration: bool, marked: bool) -> Verdict:
    """Only an application that is set up as a demonstration, and only on data that were made as one."""
    if demonstration and marked:
        return YES
    return Verdict("no_demonstration", _("Chỉ bản minh họa mới làm lại được từ đầu."))


def ask(actor_id: int | None) -> None:
    """A worker starts over once this commits; while it waits, asking again adds nothing."""
    require(allowed())
    record("demonstration.start_over_asked", actor_id=actor_id, award_id=None)
    jobs.defer(START_OVER, at_most_one=START_OVER, one_by_one=building.ONE_BY_ONE)


def is_waiting() -> bool:
    """Whether somebody asked and the old data still stand."""
    return bool(jobs.unfinished(START_OVER))


def what_goes() -> dict[str, int]:
    """How many editions, works, files and accounts there are to lose."""
    counted = {"editions": Edition, "works": Entry, "files": File, "accounts": User}
    asked = [select(func.count()).select_from(model).scalar_subquery().label(name) for name, model in counted.items()]
    return dict(session.execute(select(*asked)).one()._mapping)


@jobs.task(START_OVER)
def start_over() -> None:
    """The demonstration is as on the first day, by one commit: nobody finds it empty. Everybody is signed out."""
    require(allowed())
    with _as_owner(), unit_of_work():
        keys = _keys()
        _erase_rows()
        begin()
    building.fill_in(taking(), only_first=True)
    sweep.delete(storage(), keys)


@click.command("start-over")
@with_appcontext
def command() -> None:
    """Erase everything of the demonstration and make it again; where there is nothing yet, make it."""
    empty = session.scalar(select(Award.id).limit(1)) is None
    verdict = can_start_over(
        demonstration=current_app.extensions["settings"].demonstration, marked=empty or is_marked()
    )
    if not verdict:
        raise click.ClickException(str(verdict.sentence))
    if empty:
        make()
    else:
        start_over()


def allowed() -> Verdict:
    """Whether this application, on these data, may start over."""
    return can_start_over(demonstration=current_app.extensions["settings"].demonstration, marked=is_marked())


@contextmanager
def _as_owner() -> Iterator[None]:
    """Inside the block the session is the database's owner: the application itself may not touch the log."""
    engine = create_engine(current_app.extensions["settings"].database_owner_url, poolclass=NullPool)
    session.remove()
    session(bind=engine)
    try:
        yield
    finally:
        session.remove()
        engine.dispose()


def _keys() -> list[str]:
    """Of everything in the store that a row names: others may keep something beside it."""
    named = (File.key, Rendition.key, Dossier.key, IssuedPaper.pdf_key, IssuedPaper.docx_key)
    return [key for column in named for key in session.scalars(select(column)) if key]


def _erase_rows() -> None:
    """Every row is gone, and what waited to be done for it. One statement, so that no order of tables matters."""
    guarded = session.scalars(text(_GUARDED)).all()
    for table in guarded:
        session.execute(text(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'))
    tables = session.scalars(text(_TABLES)).all()
    gone = ", ".join(f'gone_{number} AS (DELETE FROM "{name}")' for number, name in enumerate(tables))  # noqa: S608
    session.execute(text(f"WITH {gone} SELECT 1"))
    for table in guarded:
        session.execute(text(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'))
    session.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'todo'"))
    session.expire_all()
