"""What is wrong with how the house is set up, each thing a sentence that says what to do. Nothing is changed by asking.

Variables that cannot be read at all keep the house from starting; `config.py` says which, in sentences too.
"""

import os
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

import migrations
from award.db import session
from award.desk.readiness import LATE_SECONDS, LEAST_FREE_PERCENT, Readiness, readiness
from award.files.store import scanner
from award.people.queries import has_administrator
from config import Settings

OLDEST = 15
_SCHEMA = text("SELECT version_num FROM alembic_version")
_ROLE = text(
    "SELECT current_setting('server_version_num')::int / 10000 AS version,"
    " has_table_privilege(current_user, 'event', 'UPDATE, DELETE') AS rewrites,"
    " has_table_privilege(current_user, 'alembic_version', 'SELECT') AS readable,"
    " (SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'event'::regclass) AS owns,"
    " current_setting('log_parameter_max_length') <> '0' AND (current_setting('log_statement') IN ('mod', 'all')"
    " OR current_setting('log_min_duration_statement') <> '-1' OR current_setting('log_min_duration_sample') <> '-1'"
    " OR current_setting('log_transaction_sample_rate') <> '0') AS tells"
)


def complaints() -> list[str]:
    """Every sentence, the database's first; what only it could tell is left out while it is away."""
    settings: Settings = current_app.extensions["settings"]
    return [*_of_database(), *_of_settings(settings), *_of_folder(settings), *_of_scanner(settings)]


def _of_database() -> Iterator[str]:
    try:
        version, rewrites, readable, owns, tells = session.execute(_ROLE).one()
        has = session.scalar(_SCHEMA) if readable else None
    except OperationalError:
        yield "The database does not answer: check DATABASE_URL and that PostgreSQL runs."
        return
    except ProgrammingError:
        session.rollback()
        yield "The database is empty: run flask migrate with DATABASE_OWNER_URL set to the role that owns it."
        return
    if version < OLDEST:
        yield f"PostgreSQL {version} is too old: {OLDEST} is the oldest that is promised."
    if owns:
        yield "The role of DATABASE_URL owns the tables: use giai_app there, and the owner in DATABASE_OWNER_URL alone."
    elif rewrites:
        yield (
            "The role of DATABASE_URL may change the log of events: use giai_app there, and the owner of the tables"
            " in DATABASE_OWNER_URL alone."
        )
    if tells:
        yield (
            "PostgreSQL writes values of statements into its log, keys of open votes among them:"
            " set log_parameter_max_length = 0 and reload it."
        )
    from alembic.script import ScriptDirectory  # heavy, and pages never need it

    wanted = ScriptDirectory.from_config(migrations.configuration("")).get_current_head()
    if readable and has != wanted:
        yield f"The schema is at {has} and this program needs {wanted}: run flask migrate."
        return
    if not has_administrator():
        yield "Nobody may set up an award yet: run flask create-administrator ADDRESS NAME."
    yield from _of_readiness(readiness())


def _of_readiness(stands: Readiness) -> Iterator[str]:
    if not stands.store:
        yield "The object store does not answer: check S3_ENDPOINT, S3_BUCKET and its keys, then flask storage check."
    if stands.queue_seconds > LATE_SECONDS:
        yield f"A job has been due for {stands.queue_seconds} s and nobody does it: start flask worker."
    if stands.free_percent < LEAST_FREE_PERCENT:
        yield f"Only {stands.free_percent} % of the disk of DATA_DIR or of temporary files are free: make room."
    if stands.clock_off:
        seconds = stands.clock_off.total_seconds()
        yield f"This machine's clock is off by {seconds:+.1f} s against the database's: set both by one source (NTP)."


def _of_settings(settings: Settings) -> Iterator[str]:
    site = urlsplit(settings.base_url).hostname or ""
    if not settings.secure_cookies and not _is_here(site):
        yield "BASE_URL is not https: passwords and cookies would travel in the clear. Give the reverse proxy TLS."
    if settings.demonstration and not _is_here(site):
        yield "DEMONSTRATION is on at an address that others reach: anybody signs in as anyone. Remove it."
    if not settings.mail_url and not _is_here(site):
        yield "MAIL_URL is empty: letters stay in the outbox of this machine and reach nobody."
    if not settings.breached_passwords and not _is_here(site):
        yield "BREACHED_PASSWORDS is not set: passwords that came to light elsewhere are taken. Name such a list."


def _of_folder(settings: Settings) -> Iterator[str]:
    if not settings.data_dir.is_dir():
        yield f"DATA_DIR {settings.data_dir} is no folder: make it, for the account that runs this."
    elif not os.access(settings.data_dir, os.W_OK):
        yield f"DATA_DIR {settings.data_dir} cannot be written to by the account that runs this."


def _of_scanner(settings: Settings) -> Iterator[str]:
    there = scanner()
    if there is not None and not there.is_there():
        yield f"CLAMAV {settings.clamav} does not answer: start clamd, or unset it."


def _is_here(host: str) -> bool:
    """Whether nobody but this machine reaches the name."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
