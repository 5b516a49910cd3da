"""Sessions live on the server: another token at each change of standing, dead at once when ended, dead when old."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.people import operations
from award.people.models import Person, WebSession
from award.people.queries import sessions_of
from award.people.sessions import APPOINTED, AT_ONCE, ENTRANT, NOBODY, UNATTENDED, token_hash
from tests.award.people.conftest import is_inside, member, sign_in
from tests.visitor import Visitor

COOKIE = "giai"


def token(visitor: Visitor) -> str:
    cookie = visitor.client.get_cookie(COOKIE, domain="127.0.0.1")
    assert cookie is not None
    return str(cookie.value)


def with_token(app: Flask, value: str) -> Visitor:
    thief = Visitor(app)
    thief.client.set_cookie(COOKIE, value, domain="127.0.0.1")
    return thief


def rows(app: Flask, person: Person | None = None) -> list[WebSession]:
    with app.app_context():
        found = select(WebSession).order_by(WebSession.created_at)
        if person is not None and person.user is not None:
            found = found.where(WebSession.user_id == person.user.id)
        return list(session.scalars(found))


def test_signing_in_gives_another_token_and_the_old_one_is_dead(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    visitor.get("/dang-nhap")
    before = token(visitor)
    sign_in(visitor)
    assert token(visitor) != before
    assert not is_inside(with_token(app, before))
    assert [row.user_id for row in rows(app)] == [person.user.id]  # type: ignore[union-attr]


def test_a_token_that_was_planted_is_not_taken_up(app: Flask, visitor: Visitor) -> None:
    member(app)
    planted = "planted-by-somebody-else-0123456789abcdefghij"
    visitor.client.set_cookie(COOKIE, planted, domain="127.0.0.1")
    sign_in(visitor)
    assert token(visitor) != planted
    assert not is_inside(with_token(app, planted))


def test_signing_out_kills_the_token(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    sign_in(visitor)
    stolen = token(visitor)
    assert is_inside(with_token(app, stolen))
    visitor.post("/dang-xuat")
    assert not is_inside(with_token(app, stolen))
    assert rows(app, person) == []


def test_signing_out_empties_what_the_browser_keeps_before_any_script_of_ours_runs(
    app: Flask, visitor: Visitor
) -> None:
    member(app)
    sign_in(visitor)
    assert "Clear-Site-Data" not in visitor.get("/tai-khoan").headers
    assert visitor.post("/dang-xuat").headers["Clear-Site-Data"] == '"storage"'


def test_a_shared_machine_is_told_to_keep_nothing_until_signing_out(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    sign_in(visitor, shared="1")
    page = visitor.get("/tai-khoan").text
    assert " data-shared" in page
    assert f'data-keeper="{person.public_id}"' not in page
    visitor.post("/dang-xuat")
    sign_in(visitor)
    page = visitor.get("/tai-khoan").text
    assert f'data-keeper="{person.public_id}"' in page
    assert " data-shared" not in page


def test_the_table_holds_no_token(app: Flask, visitor: Visitor) -> None:
    member(app)
    sign_in(visitor)
    [row] = rows(app)
    assert row.token_hash == token_hash(token(visitor))
    assert token(visitor) not in str(row.data)


def test_the_cookie_is_closed_to_scripts_and_other_sites(app: Flask, visitor: Visitor) -> None:
    cookie = visitor.get("/dang-nhap").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


def test_under_tls_the_cookie_is_bound_to_the_host(another: Callable[..., Flask]) -> None:
    visitor = Visitor(another(base_url="https://giai.example.vn", s3_secure=True, trusted_hosts=()))
    response = visitor.client.get("/dang-nhap", base_url="https://giai.example.vn")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-giai=")
    assert "Secure" in cookie and "Domain" not in cookie


def test_a_session_is_ended_from_another_place_at_once(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    elsewhere = Visitor(app)
    sign_in(visitor)
    sign_in(elsewhere)
    [theirs] = [row for row in rows(app, person) if row.token_hash == token_hash(token(elsewhere))]
    assert visitor.post(f"/tai-khoan/phien/{theirs.public_id}/ket-thuc").location == "/tai-khoan"
    assert not is_inside(elsewhere)
    assert is_inside(visitor)


def test_nobody_ends_the_session_of_another(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    sign_in(visitor)
    stranger = Visitor(app, member(app, "khac@example.vn"))
    [mine] = rows(app, person)
    assert stranger.post(f"/tai-khoan/phien/{mine.public_id}/ket-thuc").status_code == 404
    assert is_inside(visitor)


def test_a_request_under_way_does_not_bring_an_ended_session_back(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    sign_in(visitor)
    sessions = app.session_interface
    with app.test_request_context(headers={"Cookie": f"{COOKIE}={token(visitor)}"}) as context:
        under_way = sessions.open_session(app, context.request)
        assert under_way is not None
        operations.end_sessions(person.id)
        session.commit()
        under_way["draft"] = "words"
        response = app.response_class()
        sessions.save_session(app, under_way, response)
    assert rows(app) == []
    assert f"{COOKIE}=;" in response.headers["Set-Cookie"]
    assert not is_inside(visitor)


def test_sessions_idle_and_grow_old(app: Flask, visitor: Visitor) -> None:
    person, start = member(app), now()
    with stopped_at(start):
        sign_in(visitor)
    with stopped_at(start + ENTRANT.idle - timedelta(seconds=1)):
        assert is_inside(visitor)
    with stopped_at(start + ENTRANT.idle * 2 - timedelta(minutes=1)):
        assert is_inside(visitor), "the visit in between counts"
    with stopped_at(start + ENTRANT.idle * 3):
        assert not is_inside(visitor)
    with stopped_at(start):
        sign_in(visitor)
        [row] = rows(app, person)[-1:]
    assert row.expires_at == start + ENTRANT.absolute


def test_what_an_unattended_page_asks_for_by_itself_is_no_visit(app: Flask, visitor: Visitor) -> None:
    """A device left lying in a meeting asks every second what is on, and would stay signed in all day."""
    member(app)
    start = now()
    with stopped_at(start):
        sign_in(visitor)
    with stopped_at(start + ENTRANT.idle - timedelta(seconds=1)):
        assert visitor.get("/tai-khoan", headers={UNATTENDED: "1"}).status_code == 200
    with stopped_at(start + ENTRANT.idle):
        assert not is_inside(visitor)


def test_visits_do_not_carry_a_session_over_its_end(app: Flask, visitor: Visitor, needs_factor: set[int]) -> None:
    person = member(app)
    start = now()
    with stopped_at(start):
        sign_in(visitor)
    with app.app_context(), unit_of_work():
        [row] = session.scalars(select(WebSession).where(WebSession.user_id == person.user.id))  # type: ignore[union-attr]
        row.expires_at = start + timedelta(hours=3)
    for hours in (1, 2):
        with stopped_at(start + timedelta(hours=hours)):
            assert is_inside(visitor)
    with stopped_at(start + timedelta(hours=3)):
        assert not is_inside(visitor)


def test_who_is_appointed_has_shorter_sessions(app: Flask, needs_factor: set[int]) -> None:
    person, start = member(app), now()
    needs_factor.add(person.id)
    with stopped_at(start):
        visitor = Visitor(app, person)
        [row] = rows(app, person)
        assert (row.idle_until, row.expires_at) == (start + APPOINTED.idle, start + APPOINTED.absolute)
        assert is_inside(visitor)
    with stopped_at(start + APPOINTED.idle):
        assert not is_inside(visitor)


def test_a_visitor_who_is_nobody_is_kept_for_a_day(app: Flask, visitor: Visitor) -> None:
    with stopped_at(now()):
        visitor.get("/dang-nhap")
        [row] = rows(app)
        assert (row.user_id, row.expires_at) == (None, now() + NOBODY.absolute)


def test_a_sixth_session_ends_the_one_seen_longest_ago(app: Flask) -> None:
    person, start = member(app), now()
    visitors = []
    for number in range(AT_ONCE + 1):
        with stopped_at(start + timedelta(minutes=number)):
            visitors.append(Visitor(app))
            sign_in(visitors[-1])
    with stopped_at(start + timedelta(minutes=AT_ONCE)):
        assert [is_inside(visitor) for visitor in visitors] == [False] + [True] * AT_ONCE
    assert len(rows(app, person)) == AT_ONCE


def test_sessions_that_are_over_are_swept(app: Flask, visitor: Visitor) -> None:
    person = member(app)
    with stopped_at(now() - ENTRANT.idle):
        sign_in(visitor)
    here = Visitor(app)
    sign_in(here)
    with app.app_context():
        shown = session.scalars(sessions_of(person.user.id, now())).all()  # type: ignore[union-attr]
        assert [row.token_hash for row in shown] == [token_hash(token(here))]
        with unit_of_work():
            operations.sweep()
        assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_a_signed_out_browser_learns_that_its_session_was_ended_and_not_that_it_ran_out(
    app: Flask, visitor: Visitor
) -> None:
    person, start = member(app), now()
    with stopped_at(start - ENTRANT.idle):
        sign_in(visitor)
        [ran_out] = rows(app, person)
    sign_in(Visitor(app))
    ended = next(row for row in rows(app, person) if row.public_id != ran_out.public_id)

    def told(row: WebSession) -> bool:
        return bool(Visitor(app).get(f"/tai-khoan/phien/{row.public_id}").get_json()["ended"])

    assert not told(ended)
    with app.app_context(), unit_of_work():
        operations.sweep()
        operations.end_sessions(person.id)
    assert (told(ran_out), told(ended)) == (False, True)
    with stopped_at(ended.expires_at), app.app_context(), unit_of_work():
        operations.sweep()
    assert not told(ended)


def test_reading_public_pages_writes_nothing(app: Flask, visitor: Visitor) -> None:
    for address in ("/", "/tai-khoan", "/cac-lan"):
        assert "Set-Cookie" not in visitor.get(address).headers, address
    assert rows(app) == []
