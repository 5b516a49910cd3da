"""An invitation opens one account, once, for whoever reads the mailbox it went to."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.log.models import Event
from award.people import letters as writing
from award.people import operations
from award.people.models import Invitation, Person, User
from award.people.queries import invitation_of
from award.verdicts import Refused
from tests import factories
from tests.award.people.conftest import PASSWORD, is_inside, letters, link_in, member, sign_in
from tests.visitor import Visitor

NEW = {"password": "gió đông bắc"}


def invite(app: Flask, email: str = "minh@example.vn", person: Person | None = None, **fields: object) -> str:
    """The address in the letter."""
    expires_at = now() + timedelta(hours=72)
    with app.app_context(), unit_of_work():
        letter = writing.invitation(name="Trần Văn Minh", expires_at=expires_at, form_of_address="đồng chí")
        _, token = operations.invite(
            by_id=None,
            email=email,
            name="Trần Văn Minh",
            person=person,
            expires_at=expires_at,
            letter=letter,
            **fields,  # type: ignore[arg-type]
        )
    link = link_in(letters(app, "invitation")[-1], "/loi-moi/")
    assert link == f"/loi-moi/{token}"
    return link


def the(app: Flask, link: str) -> Invitation:
    with app.app_context():
        found = invitation_of(link.rpartition("/")[2])
    assert found is not None
    return found


def test_a_password_is_set_and_the_person_is_inside_and_confirmed(app: Flask, visitor: Visitor) -> None:
    link = invite(app, "Minh@example.vn")
    assert "Kính gửi đồng chí Trần Văn Minh." in letters(app)[0].body
    page = visitor.get(link)
    assert page.status_code == 200
    assert "minh@example.vn" in page.text
    assert visitor.post(link, {"password": "matkhau123"}).status_code == 422
    assert visitor.post(link, NEW).location == "/ban-lam-viec"
    assert is_inside(visitor)
    with app.app_context():
        user = session.scalars(select(User)).one()
        assert (user.email, user.person.legal_name, user.administrator) == ("minh@example.vn", "Trần Văn Minh", False)
        assert user.confirmed_at is not None
    sign_in(Visitor(app), "minh@example.vn", NEW["password"])


def test_who_is_appointed_meets_the_second_factor_on_the_way_in(
    app: Flask, visitor: Visitor, needs_factor: set[int]
) -> None:
    link = invite(app)
    needs_factor.add(the(app, link).person_id)
    assert visitor.post(link, NEW).location == "/ma-xac-nhan/thiet-lap"
    assert not is_inside(visitor)


def test_a_used_invitation_says_so(app: Flask, visitor: Visitor) -> None:
    link = invite(app)
    visitor.post(link, NEW)
    for response in (Visitor(app).get(link), Visitor(app).post(link, {"password": "gió tây nam"})):
        assert response.status_code == 410
        assert "Lời mời này đã được nhận." in response.text
    sign_in(Visitor(app), "minh@example.vn", NEW["password"])


def test_an_expired_invitation_says_so(app: Flask, visitor: Visitor) -> None:
    link = invite(app)
    end = the(app, link).expires_at
    with stopped_at(end - timedelta(seconds=1)):
        assert visitor.get(link).status_code == 200
    with stopped_at(end):
        for response in (visitor.get(link), visitor.post(link, NEW)):
            assert response.status_code == 410
            assert "Lời mời này đã hết hạn." in response.text


def test_a_revoked_invitation_says_so(app: Flask, visitor: Visitor) -> None:
    link, staff = invite(app), member(app)
    with app.app_context(), unit_of_work():
        operations.revoke_invitation(by_id=staff.id, invitation=session.get_one(Invitation, the(app, link).id))
    response = visitor.post(link, NEW)
    assert response.status_code == 410
    assert "Lời mời này đã được thu hồi." in response.text
    with app.app_context(), unit_of_work():
        before = the(app, link).revoked_at
        operations.revoke_invitation(by_id=staff.id, invitation=session.get_one(Invitation, the(app, link).id))
        assert session.query(Event).filter_by(kind="invitation.revoked").count() == 1
    assert the(app, link).revoked_at == before, "taken back once"


def test_who_has_come_in_by_an_invitation_is_not_put_out_by_taking_it_back(app: Flask, visitor: Visitor) -> None:
    link, staff = invite(app), member(app)
    with app.app_context():
        opened = the(app, link)
    visitor.post(link, NEW)
    with app.app_context(), pytest.raises(Refused) as refused, unit_of_work():
        operations.revoke_invitation(by_id=staff.id, invitation=opened)
    assert refused.value.verdict.code == "invitation.accepted", "by what it is now, not by what was read before"
    assert the(app, link).revoked_at is None
    assert is_inside(visitor)


def test_one_that_ran_out_is_taken_back_too_and_holds_no_longer_when_its_day_moves_away(app: Flask) -> None:
    link, staff = invite(app), member(app)
    with app.app_context(), unit_of_work():
        expired = session.get_one(Invitation, the(app, link).id)
        expired.expires_at = now() - timedelta(days=1)
        operations.revoke_invitation(by_id=staff.id, invitation=expired)
        operations.prolong_invitations(select(Person.id), now() + timedelta(days=9))
    assert the(app, link).expires_at < now()
    assert "Lời mời này đã được thu hồi." in Visitor(app).get(link).text


def test_an_unknown_token_is_no_page(visitor: Visitor) -> None:
    assert visitor.get("/loi-moi/khong-co").status_code == 404
    assert visitor.post("/loi-moi/khong-co", NEW).status_code == 404


def test_a_later_invitation_ends_the_earlier_one(app: Flask, visitor: Visitor) -> None:
    first = invite(app)
    with app.app_context():
        invited = session.get_one(Person, the(app, first).person_id)
    second = invite(app, person=invited)
    assert the(app, first).person_id == the(app, second).person_id
    assert visitor.get(first).status_code == 410
    assert visitor.post(second, NEW).status_code == 303


def test_an_account_with_the_address_is_joined_by_signing_in(app: Flask, visitor: Visitor) -> None:
    person = member(app, "minh@example.vn", legal_name="Trần Văn Minh")
    link = invite(app)
    assert the(app, link).person_id == person.id
    page = visitor.get(link)
    assert "đã có tài khoản" in page.text
    assert 'type="password"' not in page.text
    assert visitor.post(link, NEW).status_code == 200, "a password is not replaced by an invitation"
    sign_in(visitor, "minh@example.vn", PASSWORD)
    assert "Nhận lời mời" in visitor.get(link).text
    assert visitor.post(link).location == "/ban-lam-viec"
    assert the(app, link).used_at is not None
    assert visitor.post(link).status_code == 410
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_another_account_does_not_take_it(app: Flask) -> None:
    link = invite(app)
    visitor = Visitor(app, member(app))
    page = visitor.get(link)
    assert "gửi đến địa chỉ khác" in page.text
    assert "minh@example.vn" not in page.text
    assert visitor.post(link, NEW).status_code == 200
    assert the(app, link).used_at is None


def test_an_address_taken_meanwhile_by_somebody_else_is_refused(app: Flask) -> None:
    link = invite(app)
    member(app, "minh@example.vn")
    with app.app_context(), pytest.raises(Refused) as refused, unit_of_work():
        operations.accept(invitation=the(app, link), password_hash="x")
    assert refused.value.verdict.code == "invitation.other_account"
    with app.app_context(), unit_of_work():
        other = factories.person(account=False)
    with pytest.raises(Refused):
        invite(app, "minh@example.vn", other)


def test_an_administrators_invitation_makes_one_and_signs_out_everywhere(app: Flask, visitor: Visitor) -> None:
    person = member(app, "minh@example.vn")
    link = invite(app, makes_administrator=True)
    sign_in(visitor, "minh@example.vn")
    visitor.post(link)
    with app.app_context():
        assert session.get_one(User, person.user.id).administrator is True  # type: ignore[union-attr]
    assert not is_inside(visitor)
    assert sign_in(visitor, "minh@example.vn") == "/ma-xac-nhan/thiet-lap"


def test_the_letter_tells_until_when(app: Flask) -> None:
    with stopped_at(datetime.fromisoformat("2023-09-01T07:03:00+00:00")):
        invite(app)
    assert "đến 14:03, ngày 04/9/2023." in letters(app)[0].body
