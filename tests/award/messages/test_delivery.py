"""A letter goes out once its deed is committed, once, and says what became of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from award.clock import now
from award.db import session, unit_of_work
from award.messages.models import Message
from award.messages.operations import PAUSES, TRIES, claim, post, sent, take_up
from award.messages.queries import posted_since
from award.messages.tasks import deliver_message
from tests.award.messages.mailserver import MailServer

Switch = Callable[[str], None]

DELIVERIES = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'messages.deliver'")


def write(subject: str = "Mời", key: str = "a", to: str = "van@example.vn") -> None:
    body = "Kính gửi ông/bà Vân.\n.\nTrân trọng.\n"
    post(kind="invitation", to_address=to, subject=subject, body=body, dedupe_key=key)


@pytest.fixture
def letter(app: Flask) -> int:
    with app.app_context(), unit_of_work():
        write()
        return session.scalars(select(Message.id)).one()


def now_is(app: Flask, letter: int) -> Message:
    with app.app_context():
        return session.get_one(Message, letter)


def try_once(app: Flask, letter: int) -> None:
    with app.app_context():
        deliver_message(letter)


def test_without_a_server_the_letter_is_in_the_outbox(app: Flask, letter: int, run_jobs: Callable[[], None]) -> None:
    run_jobs()
    kept = now_is(app, letter)
    assert (kept.state, kept.attempts, kept.last_fault) == ("sent", 1, None)
    assert kept.sent_at is not None


def test_a_letter_that_is_rolled_back_never_was(app: Flask, run_jobs: Callable[[], None]) -> None:
    with app.app_context(), pytest.raises(ZeroDivisionError), unit_of_work():
        write()
        _ = 1 // 0
    run_jobs()
    with app.app_context():
        assert session.scalars(select(Message)).all() == []
        assert session.scalar(DELIVERIES) == 0


def test_one_key_is_one_letter(app: Flask) -> None:
    for _ in range(3):
        with app.app_context(), unit_of_work():
            write()
    with app.app_context():
        assert len(session.scalars(select(Message)).all()) == 1
        assert session.scalar(DELIVERIES) == 1


def test_a_subject_is_one_line(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        write("Mời\r\nBcc: kẻ.khác@example.vn")
        assert session.scalars(select(Message.subject)).one() == "Mời Bcc: kẻ.khác@example.vn"


def test_what_goes_on_the_wire(app: Flask, letter: int, mail_server: MailServer, mail_to: Switch) -> None:
    mail_to(f"smtp://giai%40tinh.example:b%40c@127.0.0.1:{mail_server.port}")
    try_once(app, letter)
    [taken] = mail_server.taken
    kept = now_is(app, letter)
    assert kept.state == "sent"
    assert (taken["From"], taken["To"], taken["Subject"]) == ("giai@tinh.example", "van@example.vn", "Mời")
    assert taken["Message-ID"] == f"<{kept.public_id}@127.0.0.1>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Date"].datetime == kept.created_at.replace(microsecond=0)
    assert taken.get_content().splitlines() == ["Kính gửi ông/bà Vân.", ".", "Trân trọng."]
    assert any(command.startswith("AUTH") for command in mail_server.commands)


def test_without_an_account_it_comes_from_the_site(
    app: Flask, letter: int, mail_server: MailServer, mail_to: Switch
) -> None:
    mail_to(f"smtp://127.0.0.1:{mail_server.port}")
    try_once(app, letter)
    assert mail_server.taken[0]["From"] == "no-reply@127.0.0.1"


def test_a_letter_goes_out_once(app: Flask, letter: int, mail_server: MailServer, mail_to: Switch) -> None:
    mail_to(f"smtp://127.0.0.1:{mail_server.port}")
    for _ in range(3):
        try_once(app, letter)
    assert len(mail_server.taken) == 1
    try_once(app, 999_999)


def test_a_letter_in_the_hands_of_one_worker_waits_for_it(app: Flask, letter: int) -> None:
    with app.app_context(), unit_of_work():
        held = claim(letter)
        assert held is not None
        with app.app_context(), pytest.raises(Exception, match="lock"), unit_of_work():
            session.execute(text("SET LOCAL lock_timeout = '100ms'"))
            claim(letter)
        sent(held)
    with app.app_context(), unit_of_work():
        assert claim(letter) is None


@pytest.mark.parametrize(
    ("refuse", "fault"),
    [
        ({"RCPT": "450 busy"}, "recipient refused: 450"),
        ({"DATA": "451 later"}, "SMTPDataError: 451"),
        ({"MAIL": "452 full"}, "SMTPSenderRefused: 452"),
        ({"AUTH": "535 wrong"}, "SMTPAuthenticationError: 535"),
    ],
)
def test_what_may_pass_is_tried_again(
    app: Flask, letter: int, mail_server: MailServer, mail_to: Switch, refuse: dict[str, str], fault: str
) -> None:
    mail_to(f"smtp://u:p@127.0.0.1:{mail_server.port}")
    mail_server.refuse = refuse
    try_once(app, letter)
    kept = now_is(app, letter)
    assert (kept.state, kept.attempts, kept.last_fault) == ("queued", 1, fault)
    mail_server.refuse = {}
    try_once(app, letter)
    kept = now_is(app, letter)
    assert (kept.state, kept.attempts, kept.last_fault) == ("sent", 2, None)


@pytest.mark.parametrize("refuse", [{"RCPT": "550 no such user"}, {"DATA": "554 not wanted"}])
def test_what_is_refused_for_good_is_not_tried_again(
    app: Flask, letter: int, mail_server: MailServer, mail_to: Switch, refuse: dict[str, str]
) -> None:
    mail_to(f"smtp://127.0.0.1:{mail_server.port}")
    mail_server.refuse = refuse
    try_once(app, letter)
    kept = now_is(app, letter)
    assert (kept.state, kept.attempts) == ("failed", 1)
    assert "van@example.vn" not in str(kept.last_fault)


def test_the_last_try_is_the_last(app: Flask, letter: int, mail_to: Switch) -> None:
    mail_to("smtp://127.0.0.1:1")
    for _ in range(TRIES - 1):
        try_once(app, letter)
    assert now_is(app, letter).state == "queued", "a server may be away for days"
    assert sum(PAUSES, timedelta()) > timedelta(days=3)
    try_once(app, letter)
    kept = now_is(app, letter)
    assert (kept.state, kept.attempts, kept.last_fault) == ("failed", TRIES, "ConnectionRefusedError")


def test_the_queue_keeps_a_letter_that_could_not_go(
    app: Flask, letter: int, mail_to: Switch, run_jobs: Callable[[], None]
) -> None:
    mail_to("smtp://127.0.0.1:1")
    run_jobs()
    assert (now_is(app, letter).state, now_is(app, letter).attempts) == ("queued", 1)
    with app.app_context():
        waits = text("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'messages.deliver'")
        assert session.execute(waits).scalars().one() > now(), "after a pause"


def test_a_letter_whose_job_was_given_up_is_taken_up_once(app: Flask, letter: int) -> None:
    with app.app_context(), unit_of_work():
        session.get_one(Message, letter).created_at = now() - timedelta(hours=1)
        assert take_up() == 0, "its job waits"
        session.execute(text("DELETE FROM procrastinate_jobs"))
        assert [take_up(), take_up()] == [1, 0]


def test_letters_of_a_kind_to_an_address_are_counted(ctx: Flask) -> None:
    with unit_of_work():
        write(key="a")
        write(key="b")
        write(key="c", to="khac@example.vn")
        first = session.scalars(select(Message).order_by(Message.id)).first()
        assert first is not None
    assert posted_since("invitation", "van@example.vn", first.created_at) == 2
    assert posted_since("receipt", "van@example.vn", first.created_at) == 0
