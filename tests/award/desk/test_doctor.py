"""What is wrong with a configuration is told in sentences, and nothing is said of what is well."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy import text

import config
from award.db import session, unit_of_work
from tests import factories
from tests.conftest import owner_of
from wsgi import create_app


@pytest.fixture
def well(app: Flask, settings: config.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    """A house where nothing is wrong."""
    with app.app_context(), unit_of_work():
        person = factories.person()
        assert person.user is not None
        session.merge(person.user).administrator = True
    made = replace(settings, data_dir=tmp_path, clamav="")
    monkeypatch.setitem(app.extensions, "settings", made)
    return made


def told(app: Flask) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["doctor"])
    return answer.exit_code, answer.output


@pytest.mark.usefixtures("well")
def test_where_nothing_is_wrong_nothing_is_said(app: Flask) -> None:
    assert told(app) == (0, "Nothing is wrong.\n")


def test_each_fault_is_a_sentence_that_names_what_to_change(
    app: Flask, well: config.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(
        well,
        base_url="http://giai.example.vn",
        demonstration=True,
        s3_endpoint="127.0.0.1:1",
        clamav="127.0.0.1:1",
        data_dir=tmp_path / "nowhere",
    )
    monkeypatch.setitem(app.extensions, "settings", broken)
    code, said = told(app)
    assert code == 1
    named = (
        "S3_ENDPOINT",
        "BASE_URL",
        "DEMONSTRATION",
        "MAIL_URL",
        "BREACHED_PASSWORDS",
        "DATA_DIR",
        "CLAMAV",
    )
    assert [name for name in named if f"{name} " not in said and f"{name}," not in said] == []
    assert well.s3_secret_key not in said


@pytest.mark.usefixtures("well")
def test_an_owner_at_work_and_a_log_that_tells_keys_are_told(app: Flask) -> None:
    with owner_of(app).begin() as owner:
        owner.execute(text("GRANT giai_owner TO giai_app"))
        owner.execute(text("ALTER ROLE giai_app SET log_min_duration_statement = 250"))
    app.extensions["engine"].dispose()
    try:
        said = told(app)[1].splitlines()
        assert [line.removeprefix("- ").split(":")[0] for line in said if line.startswith("- ")] == [
            "The role of DATABASE_URL owns the tables",
            "PostgreSQL writes values of statements into its log, keys of open votes among them",
        ]
        with owner_of(app).begin() as owner:
            owner.execute(text("ALTER ROLE giai_app SET log_parameter_max_length = 0"))
        app.extensions["engine"].dispose()
        assert "into its log" not in told(app)[1]
    finally:
        with owner_of(app).begin() as owner:
            owner.execute(text("REVOKE giai_owner FROM giai_app"))
            owner.execute(text("ALTER ROLE giai_app RESET ALL"))
        app.extensions["engine"].dispose()


def test_a_house_without_administrator_is_told(app: Flask, well: config.Settings) -> None:
    assert well
    with app.app_context(), unit_of_work():
        session.execute(text("UPDATE user_account SET administrator = false"))
    assert "create-administrator" in told(app)[1]


def test_variables_that_cannot_be_read_are_sentences_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_URL", "giai.example.vn")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    answer = CliRunner().invoke(FlaskGroup(create_app=create_app), ["doctor"])
    assert answer.exit_code == 1
    assert "SECRET_KEY is not set." in answer.output
    assert "Traceback" not in answer.output
