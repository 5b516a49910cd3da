"""What every answer says to browsers, faults and strangers' requests included."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from award import db, jobs
from award.people.models import SignInAttempt
from tests.visitor import Visitor
from wsgi import create_app

pytestmark = pytest.mark.db

NOWHERE = (
    "/.git/config",
    "/.env",
    "/static/",
    "/static/../wsgi.py",
    "/console",
    "/debug",
    "/server-status",
    "/wsgi.py",
)


def test_under_tls_browsers_are_told_to_stay_there(app: Flask) -> None:
    settings = app.extensions["settings"]
    closed = create_app(replace(settings, base_url="https://giai.example.vn", s3_secure=True))
    try:
        answer = closed.test_client().get("/healthz", base_url="https://127.0.0.1")
    finally:
        db._sessions.configure(bind=app.extensions["engine"])
        jobs.install(app)
    told = answer.headers["Strict-Transport-Security"]
    assert int(told.split("max-age=")[1].split(";")[0]) >= 365 * 24 * 3600 and "includeSubDomains" in told
    assert "Strict-Transport-Security" not in Visitor(app).get("/healthz").headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8000", "http://127.0.0.1:8001"])
def test_no_other_origin_may_read_an_answer(app: Flask, origin: str) -> None:
    for answer in (
        Visitor(app).get("/", headers={"Origin": origin}),
        app.test_client().options("/dang-nhap", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}),
    ):
        assert not [name for name, _value in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/khong-co-trang-nay/", 404),
        ("POST", "/dang-nhap", 400),
        ("DELETE", "/dang-nhap", 400),
        ("PUT", "/khong-co-trang-nay/x/y", 404),
        ("GET", "/%00", 400),
    ],
)
def test_faults_have_the_same_headers(app: Flask, method: str, address: str, status: int) -> None:
    answer = app.test_client().open(address, method=method, base_url=Visitor.origin)
    assert answer.status_code in {status, 405}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Traceback" not in answer.text


def test_nothing_is_found_that_was_not_put_there(app: Flask) -> None:
    asked = app.test_client()
    found = {address: asked.get(address, follow_redirects=True).status_code for address in NOWHERE}
    assert found == dict.fromkeys(NOWHERE, 404)
    assert asked.open("/", method="TRACE").status_code == 405
    assert not app.debug


def test_who_asks_is_not_who_a_header_says(app: Flask) -> None:
    """Guesses from one place are counted for that place, whatever it claims to be; no host is believed."""
    claimed = {"X-Forwarded-For": "9.9.9.9", "X-Real-IP": "9.9.9.9", "Forwarded": "for=9.9.9.9"}
    claimed |= {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    visitor = Visitor(app)
    for headers in ({}, claimed):
        guess = {"email": "khong-co@giai.vn", "password": "sai-mat-khau-nay"}
        visitor.post("/dang-nhap", guess, headers=headers, environ_overrides={"REMOTE_ADDR": "8.8.8.8"})
    with app.app_context():
        of_address = select(SignInAttempt.key_hash).where(SignInAttempt.scope == "address")
        counted = db.session.scalars(of_address).all()
    assert len(counted) == 2 and len(set(counted)) == 1
    answer = visitor.get("/tai-khoan", headers=claimed)
    assert "evil.example" not in answer.headers.get("Location", "") + answer.text


def test_a_fault_has_a_number_and_tells_nothing_of_itself(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Of a database that is away the page says a number, and the log the same one."""
    engine = app.extensions["engine"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine.pool, "connect", _away)
        answer = Visitor(app).get("/")
    assert answer.status_code == 503
    found = re.search(r"reference=([0-9A-F]{6})", caplog.text)
    assert found and found.group(1) in answer.text
    assert "Operational" not in answer.text and "psycopg" not in answer.text


def _away() -> None:
    raise OperationalError("SELECT 1", None, Exception("nobody there"))


def test_who_finds_no_connection_in_a_crowd_is_asked_to_come_again(app: Flask) -> None:
    """It is no fault of what was asked for: a browser, and whoever sends a form twice, tries again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(app.extensions["engine"].pool, "connect", _crowded)
        assert Visitor(app).get("/").status_code == 503
        visitor = Visitor(app)
        visitor.client.set_cookie(app.config["SESSION_COOKIE_NAME"], "whoever", domain="127.0.0.1")
        answer = visitor.get("/")
    assert (answer.status_code, "Hệ thống tạm dừng ít phút" in answer.text) == (503, True), "nor for want of a session"
    assert "Set-Cookie" not in answer.headers, "the session that could not be read is not ended"


def _crowded() -> None:
    raise PoolTimeout("QueuePool limit of size 10 overflow 10 reached, connection timed out")
