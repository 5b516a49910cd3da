"""Keys for programs: shown once, kept as a hash, gone with the sessions of their owner."""

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.log.models import Event
from award.messages.models import Message
from award.people.models import ApiToken, Person
from award.people.operations import end_sessions
from award.people.tokens import MOST, issue
from tests.award.api.conftest import Program, program_of
from tests.award.people.conftest import member
from tests.visitor import Visitor

KEYS = "/tai-khoan/khoa"
TYPED = {"name": "Phần mềm tòa soạn", "scopes": ["entries", "newsroom"], "days": "90"}


def test_a_key_is_shown_once_and_opens_until_it_is_taken_back(app: Flask) -> None:
    visitor = Visitor(app, member(app))
    assert KEYS in visitor.get("/tai-khoan").text
    form = {**TYPED, "deed_key": "once"}
    made = visitor.post(f"{KEYS}/moi", form)
    found = re.search(r"<code>(giai_[\w-]{43})</code>", made.text)
    assert found is not None
    assert made.headers["Cache-Control"] == "no-store"
    assert visitor.post(f"{KEYS}/moi", form).location == KEYS
    page = visitor.get(KEYS).text
    assert found[1] not in page
    assert found[1][:9] in page
    program = Program(app, found[1])
    assert program.get("/me").json["scopes"] == ["entries", "newsroom"]  # type: ignore[index]
    ended = re.search(rf'"({KEYS}/\w+/thu-hoi)"', page)
    assert ended is not None
    assert visitor.post(ended[1]).location == KEYS
    assert program.get("/me").status_code == 401
    with app.app_context():
        kinds = list(session.scalars(select(Event.kind).where(Event.kind.like("token.%")).order_by(Event.id)))
        payloads = b"".join(session.scalars(select(Event.payload)))
        (letter,) = session.scalars(select(Message.body).where(Message.kind == "token_made"))
    assert kinds == ["token.made", "token.ended"]
    assert "“Phần mềm tòa soạn”" in letter
    assert found[1][:9] not in letter
    assert found[1].encode() not in payloads


def test_making_one_asks_for_the_password_again_and_for_what_it_is_for(app: Flask) -> None:
    visitor_is = member(app)
    visitor = Visitor(app, visitor_is)
    wrong = visitor.post(f"{KEYS}/moi", {"name": "", "days": "90"})
    assert wrong.status_code == 422
    with app.app_context(), unit_of_work():
        person = session.get_one(Person, visitor_is.id)
        for n in range(MOST):
            issue(user=person.user, name=f"Khóa {n}", scopes=["entries"], days=30)  # type: ignore[arg-type]
    full = visitor.post(f"{KEYS}/moi", TYPED)
    assert full.status_code == 422, "what was typed stays on the page"
    assert f"Đã có {MOST} khóa." in full.text
    assert f'value="{TYPED["name"]}"' in full.text
    with app.app_context(), unit_of_work():
        end_sessions(visitor_is.id)
    visitor = Visitor(app, visitor_is)
    assert "Chưa đặt tên khóa." in wrong.text
    assert "Chưa chọn việc nào." in wrong.text
    assert visitor.post(f"{KEYS}/moi", {**TYPED, "days": "9999"}).status_code == 422
    with visitor.client.session_transaction(base_url=visitor.origin) as kept:
        kept["fs_paa"] = 0
    assert "nhap-lai-mat-khau" in visitor.post(f"{KEYS}/moi", TYPED).location
    assert "nhap-lai-mat-khau" in visitor.get(KEYS).location, "before anything is typed"
    with app.app_context():
        assert session.scalar(select(ApiToken)) is None


def test_it_is_over_with_its_time_with_the_sessions_and_with_the_account(app: Flask) -> None:
    person = member(app)
    program = program_of(app, person)
    with clock.stopped_at(now() + timedelta(days=31)):
        assert program.get("/me").status_code == 401
    assert program.get("/me").status_code == 200
    with app.app_context(), unit_of_work():
        end_sessions(person.id)
    assert program.get("/me").status_code == 401
    other = program_of(app, person)
    with app.app_context(), unit_of_work():
        session.merge(person.user).active = False  # type: ignore[union-attr]
    assert other.get("/me").status_code == 401


def test_a_cookie_opens_nothing_for_programs(app: Flask) -> None:
    visitor = Visitor(app, member(app))
    assert visitor.get("/tai-khoan").status_code == 200
    assert visitor.get("/api/v1/me").status_code == 401
