"""F-33: whoever dies half way through bringing the schema up leaves nothing half done, and the next one ends it."""

import ast
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psycopg
import pytest
from alembic import command
from sqlalchemy import create_engine, text

import config
import migrations
from award.local import Postgres

AT = (0.02, 0.3, 0.9)
"""Seconds after it has begun."""
Line = psycopg.Connection[tuple[object, ...]]
BEFORE = "0066"
"""What is older was brought in while nobody worked with the system."""
KINDS = "0073"
"""The version that brings kinds of press organ into editions."""


def versions(line: Line) -> list[str]:
    if line.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
        return []
    return [str(row[0]) for row in line.execute("SELECT version_num FROM alembic_version")]


def tables(line: Line) -> int:
    found = line.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found is not None
    return int(str(found[0]))


FILLERS = {
    "text": "'{table} ' || n",
    "bigint": "n",
    "boolean": "false",
    "jsonb": "'{{}}'",
    "bytea": "convert_to(n::text, 'UTF8')",
    "timestamp with time zone": "now()",
}
"""What stands in a column that says nothing else, in the n-th row of a table."""
FULL: dict[str, dict[str, str]] = {
    "award": {},
    "edition": {"state": "'open'"},
    "category": {},
    "person": {"form_of_address": "(ARRAY['Mr', 'đồng chí'])[1 + n % 2]"},
    "user_account": {},
    "entry": {
        "edition_id": "1",
        "category_id": "1",
        "channel": "'online'",
        "state": "'submitted'",
        "submitted_at": "now()",
    },
    "part": {},
    "authorship": {},
    "screening": {"edition_id": "1", "decision": "'pending'"},
    "receipt": {},
    "event": {},
    "message": {"state": "'sent'"},
}
"""The tables in which most rows of a house stand, by what their columns must say at the version `BEFORE`."""
ONCE = {"award", "edition", "category"}


def fill(line: Line, many: int) -> None:
    for table, said in FULL.items():
        asked = (
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"
        )
        needed = {str(name): FILLERS[str(kind)].format(table=table) for name, kind in line.execute(asked, [table])}
        columns = needed | said
        rows = f"SELECT {', '.join(columns.values())} FROM generate_series(1, {1 if table in ONCE else many}) AS n"
        line.execute(f"INSERT INTO {table} ({', '.join(columns)}) {rows}")  # type: ignore[arg-type]


def rows(line: Line) -> dict[str, object]:
    return {table: line.execute(f"SELECT count(*) FROM {table}").fetchone() for table in FULL}  # type: ignore[arg-type]


def killed(owner: str, line: Line, begun: Callable[[], bool], seconds: float) -> None:
    """Somebody brings the schema up, and is dead so long after it has begun; the database has noticed."""
    script = f"import migrations; migrations.upgrade({owner!r})"
    process = subprocess.Popen([sys.executable, "-c", script], cwd=config.ROOT, env=os.environ)
    while not begun():
        assert process.poll() is None
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    while is_busy(line):
        time.sleep(0.02)


def is_busy(line: Line) -> bool:
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    return line.execute(others).fetchone() != (0,)


def test_a_migration_that_is_killed_left_nothing_and_ends_when_it_is_started_again(
    postgres: Postgres, request: pytest.FixtureRequest
) -> None:
    """First on an empty database, then on one full of rows: three thousand of each kind, and with --long more."""
    long = request.config.getoption("--long")
    moments, many = (AT, 100_000) if long else (AT[:1], 3000)
    owner = postgres.owner_url_for("half_way")
    with create_engine(postgres.owner_url, isolation_level="AUTOCOMMIT").connect() as made:
        made.execute(text("CREATE DATABASE half_way"))
    with psycopg.connect(owner.replace("+psycopg", ""), autocommit=True) as line:
        for seconds in moments:
            killed(owner, line, lambda: is_busy(line), seconds)
            assert (len(versions(line)) == 1) == (tables(line) > 1), "a version is there with its tables, or neither"
        command.upgrade(migrations.configuration(owner), BEFORE)
        fill(line, many)
        full = rows(line)
        killed(owner, line, lambda: versions(line) != [BEFORE], moments[-1])
        (version,) = versions(line)
        assert version > BEFORE
        assert (version >= KINDS) == has_kinds(line), "a version is there with its columns, or neither"
        assert rows(line) == full
        migrations.upgrade(owner)
        assert len(versions(line)) == 1
        assert tables(line) > 50
        assert (rows(line), has_kinds(line)) == (full, True)
        left = line.execute("SELECT count(*) FROM person WHERE form_of_address = 'Mr'").fetchone()
        assert left == (0,), "what a version says of rows was said of all of them"


def has_kinds(line: Line) -> bool:
    asked = "SELECT count(*) FROM information_schema.columns WHERE column_name = 'outlet_kinds'"
    return line.execute(asked).fetchone() == (1,)


def test_what_was_added_to_a_table_is_filled_in_for_the_version_that_does_not_know_it() -> None:
    added = 0
    for path in sorted((config.ROOT / "migrations" / "versions").glob("[0-9]*.py")):
        if path.name < BEFORE:
            continue
        filled: set[tuple[str, str]] = set()
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            words = {word.arg: ast.unparse(word.value) for word in call.keywords}
            match ast.unparse(call.func), call.args:
                case "op.add_column", [ast.Constant(value=table), ast.Call(args=[ast.Constant(value=name), *_])]:
                    said = {word.arg: ast.unparse(word.value) for word in call.args[1].keywords}  # type: ignore[attr-defined]
                    added += 1
                    if "server_default" in said:
                        filled.add((table, name))
                    assert (table, name) in filled or said["nullable"] == "True", f"{path.name}: {table}.{name}"
                case "op.alter_column", [ast.Constant(value=table), ast.Constant(value=name), *_]:
                    assert words.get("server_default") != "None", f"{path.name}: {table}.{name} loses its default"
                    if words.get("nullable") == "False":
                        assert (table, name) in filled, f"{path.name}: {table}.{name} is asked of the former version"
    assert added
