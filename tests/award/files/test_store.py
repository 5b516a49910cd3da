"""The store as the application knows it: opened without speaking to it, prepared once, missed without harm."""

from dataclasses import replace

import pytest
from flask import Flask

from award import db, jobs
from award.files import operations
from award.files.store import prepare, storage
from config import Settings
from tests.award.files.conftest import Sender, pdf_of, web
from uploads.protocol import MAX_PARTS
from uploads.storage import StoreUnavailable
from wsgi import create_app


@pytest.fixture
def away(settings: Settings) -> Settings:
    """Settings that name a store where nobody listens."""
    return replace(settings, s3_endpoint="127.0.0.1:9", s3_public_endpoint="127.0.0.1:9")


@pytest.fixture
def cut_off(app: Flask, away: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.extensions, "settings", away)
    return app


def test_each_process_opens_the_store_once(ctx: Flask) -> None:
    assert storage() is storage()


def test_the_application_starts_while_the_store_is_away(app: Flask, away: Settings) -> None:
    try:
        assert create_app(away).test_client().get("/dang-nhap", base_url="http://127.0.0.1:8000").status_code == 200
    finally:
        db._sessions.configure(bind=app.extensions["engine"])
        jobs.install(app)


def test_preparing_a_store_that_is_away_is_tried_again_next_time(cut_off: Flask) -> None:
    with cut_off.app_context():
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                prepare()


def test_the_console_says_plainly_that_the_store_is_away(cut_off: Flask) -> None:
    outcome = cut_off.test_cli_runner().invoke(args=["prepare-store"])
    assert outcome.exit_code == 1
    assert outcome.output.startswith("Error: The object store does not answer")


def test_the_console_prepares_the_bucket_twice(app: Flask) -> None:
    for _ in range(2):
        assert app.test_cli_runner().invoke(args=["prepare-store"]).exit_code == 0


@pytest.mark.parametrize(("origin", "allowed"), [("http://127.0.0.1:8000", True), ("https://elsewhere.example", False)])
def test_browsers_may_send_from_our_pages_only(app: Flask, sender: Sender, origin: str, allowed: bool) -> None:
    file = sender.begin(pdf_of("Trang 1"))
    with app.app_context():
        storage().prepare_bucket("http://127.0.0.1:8000")
        (part,) = operations.sign(file=file, numbers=[1])
    asks = {
        "Origin": origin,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": ",".join(sorted(name.lower() for name in part.headers)),
    }
    answer = web.request("OPTIONS", part.url, headers=asks)
    assert (answer.headers.get("Access-Control-Allow-Origin") == origin) is allowed


def test_the_hashes_of_the_largest_file_fit_into_one_request(app: Flask) -> None:
    quoted = len('"",') + 64
    assert MAX_PARTS * quoted < app.config["MAX_CONTENT_LENGTH"] / 2
