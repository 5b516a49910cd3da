"""F-33: whoever dies half way through bringing the schema up leaves nothing half done, and the next one ends it."""

import ast
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from sqlalchemy import create_engine, text

import config
import migrations
from award.local import Postgres

AT = (0.02, 0.3, 0.9)
"""Seconds after the first statement."""


def versions(line: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    if line.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
        return []
    return [str(row[0]) for row in line.execute("SELECT version_num FROM alembic_version")]


def tables(line: "psycopg.Connection[tuple[object, ...]]") -> int:
    found = line.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found is not None
    return int(str(found[0]))


def test_a_migration_that_is_killed_left_nothing_and_ends_when_it_is_started_again(
    postgres: Postgres, request: pytest.FixtureRequest
) -> None:
    name = "half_way"
    owner = postgres.owner_url_for(name)
    with create_engine(postgres.owner_url, isolation_level="AUTOCOMMIT").connect() as made:
        made.execute(text(f"CREATE DATABASE {name}"))
    script = f"import migrations; migrations.upgrade({owner!r})"
    with psycopg.connect(owner.replace("+psycopg", ""), autocommit=True) as line:
        for seconds in AT if request.config.getoption("--long") else AT[:1]:
            process = subprocess.Popen([sys.executable, "-c", script], cwd=config.ROOT, env=os.environ)
            busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
            while line.execute(busy, [name]).fetchone() == (0,):
                assert process.poll() is None
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            process.wait()
            while line.execute(busy, [name]).fetchone() != (0,):
                time.sleep(0.02)
            assert (len(versions(line)) == 1) == (tables(line) > 1), "a version is there with its tables, or neither"
        migrations.upgrade(owner)
        assert len(versions(line)) == 1
        assert tables(line) > 50


BEFORE = "0066"
"""What is older was brought in while nobody worked with the system."""


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
