"""Receivers are told once of what happened, signed, never inside, and only what whose it is was told first."""

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from flask import Flask
from sqlalchemy import select, text

from award import clock
from award.api import operations, queries, sending
from award.api.models import Webhook, WebhookDelivery
from award.calendars.queries import own_address
from award.clock import now
from award.db import session, unit_of_work
from award.messages.models import Message
from award.people.models import Membership, Newsroom, Person
from award.people.operations import end_sessions
from award.screening.models import Screening
from tests.award.api.conftest import program_of
from tests.award.newsrooms.conftest import Press
from tests.visitor import Visitor

HOOKS = "/tai-khoan/bao-tu-dong"


@dataclass
class Receiver:
    """A program on this machine that notes what it is sent, and answers with `status`."""

    url: str = ""
    status: int = 204
    meanwhile: Callable[[], object] = bool
    """What happens elsewhere before it answers."""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def events(self) -> list[str]:
        return [json.loads(body)["event"] for _headers, body in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            kept.meanwhile()
            self.send_response(kept.status)
            if kept.status == 302:
                self.send_header("Location", kept.url)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_port}/giai"
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Told:
    """A newsroom's receiver in a demonstration, where it may stand on the same machine."""

    press: Press
    app: Flask
    run_jobs: Callable[[], None]
    receiver: Receiver
    secret: str = ""

    def webhook(self) -> Webhook:
        return session.scalars(select(Webhook)).one()

    def minute(self) -> None:
        """A worker's minute: what happened is noted, and told."""
        with self.app.app_context(), unit_of_work():
            for each in queries.receiving():
                operations.note(each)
            operations.put_in_line()
        self.run_jobs()


@pytest.fixture
def told(press: Press, trial: Flask, run_jobs: Callable[[], None], receiver: Receiver) -> Told:
    made = Told(press, trial, run_jobs, receiver)
    contact, sea = press.people["contact"], press.organs["sea"]
    visitor = Visitor(trial, contact)
    page = visitor.post(f"{HOOKS}/moi", {"of": f"iii-2023:{sea}", "url": receiver.url})
    found = re.search(r"<code>(whsec_[\w-]{43})</code>", page.text)
    assert found is not None, page.text
    made.secret = found[1]
    return made


def test_what_happens_is_told_once_and_signed(told: Told) -> None:
    key = told.press.submitted("Vườn rau")
    told.minute()
    told.minute()
    ((headers, body),) = told.receiver.got
    said = json.loads(body)
    assert (said["event"], said["edition"], said["entry"]) == ("entry.submitted", "iii-2023", key)
    seconds, mark = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers[sending.SIGNATURE]).groups()  # type: ignore[union-attr]
    assert mark == hmac.new(told.secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers[sending.ID] == said["id"]
    visitor = Visitor(told.app, told.press.people["contact"])
    with told.app.app_context():
        one = f"{HOOKS}/{told.webhook().public_id}"
    page = visitor.get(one).text
    assert "Đã gửi" in page
    assert told.secret not in page
    program = program_of(told.app, told.press.people["contact"], "webhooks")
    (listed,) = program.get("/webhooks").json["items"]  # type: ignore[index]
    (delivery,) = program.get(f"/webhooks/{listed['id']}/deliveries").json["items"]  # type: ignore[index]
    assert (listed["state"], delivery["state"], delivery["status"]) == ("on", "sent", 204)


def test_what_had_happened_before_and_works_of_others_are_not_told(press: Press, told: Told) -> None:
    press.submitted("Chuyện làng", who="outsider", newsroom_id=_newsroom(press, "hill"))
    told.minute()
    assert told.receiver.got == []
    with press.app.app_context():
        assert Visitor(told.app, press.people["outsider"]).get(f"{HOOKS}/{told.webhook().public_id}").status_code == 404


def _newsroom(press: Press, name: str) -> int:
    with press.app.app_context():
        return session.scalars(select(Newsroom.id).where(Newsroom.public_id == press.organs[name])).one()


def test_a_conclusion_is_told_only_after_whose_it_is_was_told(told: Told) -> None:
    press = told.press
    keys = [press.submitted("Vườn rau"), press.submitted("Mùa cá")]
    told.minute()
    with press.at_work() as edition:
        decisions = {keys[0]: "ineligible", keys[1]: "eligible"}
        for row in session.scalars(select(Screening)):
            session.delete(row)
        session.flush()
        for key, decision in decisions.items():
            session.add(
                Screening(
                    entry_id=press.entry(key).id,
                    edition_id=edition.id,
                    decision=decision,
                    blind_code="III-IN-001" if decision == "eligible" else None,
                )
            )
        edition.state = "screening"
    told.minute()
    assert told.receiver.events() == ["entry.submitted"] * 2
    with press.at_work() as edition:
        for row in session.scalars(select(Screening).where(Screening.decision == "ineligible")):
            row.told_at = now()
    told.minute()
    assert told.receiver.events()[2:] == ["entry.ineligible"]
    with press.at_work() as edition:
        edition.state = "judging"
    told.minute()
    assert told.receiver.events()[3:] == ["entry.eligible"]


def test_who_refuses_is_asked_again_later_and_given_up_after_three_days(told: Told) -> None:
    told.press.submitted("Vườn rau")
    told.receiver.status = 302
    at = now()
    told.minute()
    told.minute()
    assert len(told.receiver.got) == 1, "no redirect is followed, and nobody is pressed"
    with told.app.app_context():
        waiting = session.scalars(select(WebhookDelivery)).one()
        assert (waiting.state, waiting.fault, waiting.status, waiting.attempts) == ("queued", "answered", 302, 1)
        assert timedelta(seconds=55) < waiting.next_at - at < timedelta(minutes=2)
    with clock.stopped_at(at + timedelta(days=3, minutes=1)), told.app.app_context(), unit_of_work():
        delivery, webhook = operations.claim(waiting.id) or pytest.fail("nothing waits")
        operations.not_sent(delivery, webhook, "silent", None)
    with told.app.app_context():
        assert (told.webhook().state, told.webhook().off_why) == ("off", "failing")
        letter = session.scalars(select(Message).where(Message.kind == "webhook_off")).one()
        assert told.receiver.url in letter.body
    told.minute()
    assert len(told.receiver.got) == 1


def test_another_secret_signs_beside_the_one_before_for_a_day(told: Told) -> None:
    visitor = Visitor(told.app, told.press.people["contact"])
    with told.app.app_context():
        one = f"{HOOKS}/{told.webhook().public_id}"
    page = visitor.post(f"{one}/doi-ma").text
    new = re.search(r"whsec_[\w-]{43}", page)
    assert new is not None
    assert new[0] != told.secret
    told.press.submitted("Vườn rau")
    told.minute()
    ((headers, body),) = told.receiver.got
    seconds, *marks = re.findall(r"=([0-9a-f]+)", headers[sending.SIGNATURE])
    assert marks == [
        hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
        for secret in (new[0], told.secret)
    ]


def test_who_speaks_for_the_newsroom_no_more_is_told_no_more(told: Told) -> None:
    with told.app.app_context(), unit_of_work():
        contact = session.get_one(Person, told.press.people["contact"].id)
        for each in session.scalars(select(Membership).where(Membership.person_id == contact.id)):
            session.delete(each)
    told.press.submitted("Vườn rau")
    told.minute()
    assert told.receiver.got == []
    with told.app.app_context():
        assert (told.webhook().state, told.webhook().off_why) == ("off", "rights")


def test_it_is_switched_off_and_on_and_what_happened_meanwhile_is_not_told(told: Told) -> None:
    visitor = Visitor(told.app, told.press.people["contact"])
    with told.app.app_context():
        one = f"{HOOKS}/{told.webhook().public_id}"
    assert visitor.post(f"{one}/tat").location == one
    told.press.submitted("Vườn rau")
    assert visitor.post(f"{one}/bat").location == one
    told.minute()
    assert told.receiver.got == []


def test_no_more_than_ten_are_on_whatever_was_off_meanwhile_and_thirty_of_an_edition_in_all(told: Told) -> None:
    visitor = Visitor(told.app, told.press.people["contact"])
    typed = {"of": f"iii-2023:{told.press.organs['sea']}", "url": f"{told.receiver.url}/khac"}
    with told.app.app_context(), unit_of_work():
        first = told.webhook()
        one = f"{HOOKS}/{first.public_id}"
        said = {"person_id": first.person_id, "edition_id": first.edition_id, "newsroom_id": first.newsroom_id}
        operations.switch_off(webhook=first)
        session.add_all(Webhook(url=f"{told.receiver.url}/{n}", secret="x", **said) for n in range(operations.MOST))
    assert visitor.post(f"{one}/bat").status_code == 403
    full = visitor.post(f"{HOOKS}/moi", typed)
    assert full.status_code == 422
    assert f'value="{typed["url"]}"' in full.text, "what was typed stays on the page"
    with told.app.app_context(), unit_of_work():
        for each in session.scalars(select(Webhook)):
            each.state, each.off_why = "off", "owner"
        more = operations.KEPT - operations.MOST - 1
        session.add_all(
            Webhook(url="https://x.vn/", secret="x", state="off", off_why="owner", **said) for _n in range(more)
        )
    assert visitor.post(f"{one}/bat").location == one
    assert "kể cả nơi đã tắt" in visitor.post(f"{HOOKS}/moi", typed).text


def test_one_that_is_opened_again_is_not_given_up_for_what_is_old(told: Told) -> None:
    told.press.submitted("Vườn rau")
    with told.app.app_context(), unit_of_work():
        operations.note(told.webhook())
        operations.switch_off(webhook=told.webhook())
    with clock.stopped_at(now() + timedelta(days=3, minutes=1)), told.app.app_context(), unit_of_work():
        operations.switch_on(webhook=told.webhook())
        assert [each.state for each in session.scalars(select(WebhookDelivery))] == ["known"]


def test_who_takes_the_account_back_ends_what_it_tells_and_has_a_letter_of_each(told: Told) -> None:
    person = told.press.people["contact"]
    visitor = Visitor(told.app, person)
    visitor.post("/tai-khoan/lich")
    with told.app.app_context(), unit_of_work():
        assert own_address(person.id) is not None
        (letter,) = session.scalars(select(Message).where(Message.kind == "webhook_made"))
        assert told.receiver.url in letter.body
        assert told.secret not in letter.body
        end_sessions(person.id)
    with told.app.app_context():
        assert (told.webhook().state, told.webhook().off_why) == ("off", "taken_back")
        assert own_address(person.id) is None
    assert "đăng xuất khỏi mọi nơi" in Visitor(told.app, person).get(HOOKS).text


def test_while_a_receiver_is_told_no_row_is_held(told: Told) -> None:
    seen: list[str] = []

    def looked() -> None:
        with told.app.app_context():
            rows = select(WebhookDelivery).with_for_update(nowait=True)
            seen.extend(each.state for each in session.scalars(rows))
            session.rollback()

    told.receiver.meanwhile = looked
    told.press.submitted("Vườn rau")
    told.minute()
    assert seen == ["queued"]
    with told.app.app_context():
        assert [each.state for each in session.scalars(select(WebhookDelivery))] == ["sent"]


def test_one_that_has_much_to_be_told_leaves_the_others_their_turn(told: Told) -> None:
    with told.app.app_context(), unit_of_work():
        first = told.webhook()
        said = {"person_id": first.person_id, "edition_id": first.edition_id, "newsroom_id": first.newsroom_id}
        other = Webhook(url="https://x.vn/", secret="x", **said)
        session.add(other)
        session.flush()
        numbers = [first.id] * (queries.SHARE + 5) + [other.id]
        waiting = [
            WebhookDelivery(webhook_id=id_, event=str(n), body={}, next_at=now()) for n, id_ in enumerate(numbers)
        ]
        session.add_all(waiting)
        session.flush()
        line = [receiver for _number, receiver in queries.due(now())]
        assert line == [first.id, other.id] + [first.id] * (queries.SHARE - 1)


def test_a_telling_is_one_workers_and_one_is_told_at_a_time(told: Told) -> None:
    """A telling that a worker holds is not due again at once, and is the only one: its other hand writes letters."""
    told.press.submitted("Vườn rau")
    told.press.submitted("Mùa cá")
    with told.app.app_context(), unit_of_work():
        first = told.webhook()
        said = {"person_id": first.person_id, "edition_id": first.edition_id, "newsroom_id": first.newsroom_id}
        other = Webhook(url="https://x.vn/", secret="x", **said)
        session.add(other)
        session.flush()
        operations.note(first)
        session.add(WebhookDelivery(webhook_id=other.id, event="1", body={}, next_at=now()))
        session.flush()
        numbers = [number for number, receiver in queries.due(now()) if receiver == first.id]
        assert operations.claim(numbers[0]) is not None
        operations.put_in_line()
    with told.app.app_context():
        assert [number for number, receiver in queries.due(now()) if receiver == first.id] == numbers[1:]
        locks = session.scalars(text("SELECT lock FROM procrastinate_jobs WHERE task_name = 'api.deliver'")).all()
        assert list(locks) == [operations.LINE] * 2, "of two receivers, and neither beside the other"
        with unit_of_work():
            operations.settle(numbers[0], 204, "")
            operations.settle(numbers[0], None, "silent")
        session.expire_all()
        of_first = select(WebhookDelivery.state).where(WebhookDelivery.webhook_id == first.id)
        assert list(session.scalars(of_first.order_by(WebhookDelivery.id))) == ["sent", "queued"]


def test_a_house_that_is_no_demonstration_tells_nobody_inside(press: Press) -> None:
    visitor = Visitor(press.app, press.people["secretary"])
    for url in ("http://example.vn/x", "http://127.0.0.1:9/x", "https://me:secret@example.vn/", "ftp://example.vn"):
        wrong = visitor.post(f"{HOOKS}/moi", {"of": "iii-2023", "url": url})
        assert wrong.status_code == 422, url
        assert "https://" in wrong.text
    assert visitor.post(f"{HOOKS}/moi", {"of": "iii-2023", "url": "https://toasoan.example.vn/"}).status_code == 200
    reporter = Visitor(press.app, press.people["reporter"])
    foreign = {"of": "iii-2023", "url": "https://toasoan.example.vn/"}
    assert reporter.post(f"{HOOKS}/moi", foreign).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),  # noqa: S104
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "ff02::1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"),
        *("::ffff:203.162.4.1", "64:ff9b::cba2:401", "::203.162.4.1", "4000::1", "64:ff9b:1::1", "5f00::1"),
    ],
)
def test_an_address_inside_is_never_gone_to(address: str) -> None:
    assert not sending.is_open(address)


def test_open_addresses_are() -> None:
    assert sending.is_open("203.162.4.1")
    assert sending.is_open("2400:cb00::1")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://localhost/", "inside"),
        ("https://127.0.0.1:1/", "inside"),
        ("https://[::1]/", "inside"),
        ("https://2130706433/", "inside"),
        ("https://nowhere.invalid/", "unknown_host"),
        ("http://203.162.4.1/", "unusable"),
    ],
)
def test_a_name_that_leads_inside_is_refused_when_it_is_told(url: str, fault: str) -> None:
    with pytest.raises(sending.Unreachable) as refused:
        sending.tell(url, b"{}", {})
    assert refused.value.fault == fault
