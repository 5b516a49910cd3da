"""How long data are kept: as the house has it, or as somebody said with a reason; each night what is due goes."""

from datetime import timedelta

import pytest

from award.clock import now
from award.db import session, unit_of_work
from award.doors import DeedKey
from award.editions.models import Edition
from award.entries.models import Entry
from award.log.models import Event, EventDetail
from award.messages.models import Message
from award.newsrooms.models import EntryImport
from award.people.models import Invitation
from award.privacy import operations, queries, tasks
from award.privacy.models import RetentionRule
from award.verdicts import Refused
from tests.award.entries.conftest import Browser
from tests.award.privacy.conftest import House


def term(code: str) -> queries.Term:
    return next(each for each in queries.terms() if each.lapse.code == code)


def test_every_class_has_its_own_code_and_says_what_it_is(house_of: House) -> None:
    codes = [lapse.code for lapse in queries.lapses()]
    assert len(codes) == len(set(codes))
    assert all(str(lapse.what) and str(lapse.since) for lapse in queries.lapses())


def test_what_is_due_goes_at_night_and_the_rest_stays(house_of: House) -> None:
    old = now() - timedelta(days=31)
    with unit_of_work():
        session.add_all(DeedKey(key=key, request_hash=b"", at=at) for key, at in (("old", old), ("new", now())))
        session.add(
            EntryImport(
                edition_id=house_of.edition.id,
                newsroom_id=house_of.scene.organ_id,
                read_by_id=house_of.secretary.id,
                file_name="x.xlsx",
                file_sha256="0",
                draft={"rows": []},
                created_at=old,
            )
        )
    assert (term("deed_keys").waiting, term("list_drafts").next_at) == (
        queries.Waiting(1, old),
        old + timedelta(days=30),
    )
    tasks.let_go()
    assert [key.key for key in session.query(DeedKey)] == ["new"]
    assert session.query(EntryImport).count() == 0
    event = session.query(Event).filter_by(kind="retention.let_go").one()
    assert b'"deed_keys":1' in event.payload


def test_letters_and_details_are_kept_until_somebody_says_for_how_long(house_of: House) -> None:
    with unit_of_work():
        session.add(
            Message(
                kind="trial",
                to_address="a@example.vn",
                subject="",
                body="",
                dedupe_key="1",
                state="sent",
                created_at=now() - timedelta(days=4000),
            )
        )
    tasks.let_go()
    assert session.query(Message).count() == 1
    organiser = house_of.by(house_of.organiser, "organiser")
    with unit_of_work():
        operations.set_term(by=organiser, code="letters", days=730, reason="Quy chế lưu trữ")
        operations.set_term(by=organiser, code="details", days=0, reason="Quy chế lưu trữ")
    tasks.let_go()
    assert session.query(Message).count() == 0
    assert session.query(EventDetail).count() == 0
    assert session.query(Event).count() > 0, "the log stands"


def test_drafts_of_an_edition_that_runs_are_never_due(house_of: House) -> None:
    with unit_of_work():
        draft = house_of.scene.draft(changed_at=now() - timedelta(days=400))
    tasks.let_go()
    assert session.get(Entry, draft.id) is not None
    with unit_of_work():
        session.get_one(Edition, house_of.edition.id).state = "published"
    tasks.let_go()
    assert session.get(Entry, draft.id) is None


def test_an_invitation_is_forgotten_a_year_after_its_end(house_of: House) -> None:
    with unit_of_work():
        for token, expired in ((b"1", 366), (b"2", 300)):
            session.add(
                Invitation(
                    token_hash=token,
                    person_id=house_of.secretary.id,
                    email="a@example.vn",
                    expires_at=now() - timedelta(days=expired),
                )
            )
    tasks.let_go()
    assert [row.token_hash for row in session.query(Invitation)] == [b"2"]


def test_only_the_organiser_says_how_long_and_with_a_reason(house_of: House, app: object) -> None:
    with pytest.raises(Refused):
        operations.set_term(by=house_of.staff, code="letters", days=1, reason="x")
    organiser = Browser(app, house_of.organiser)  # type: ignore[arg-type]
    door = f"/{house_of.scene.slug}/du-lieu-ca-nhan/thoi-han"
    assert organiser.post(door, {"code": "letters", "days": "730"}).status_code == 422
    assert organiser.post(door, {"code": "letters", "days": "730", "reason": "Quy chế lưu trữ"}).status_code == 303
    session.rollback()
    rule = session.get_one(RetentionRule, "letters")
    assert (rule.days, rule.reason, rule.set_by_id) == (730, "Quy chế lưu trữ", house_of.organiser.id)
    page = organiser.get(door).text
    assert "730 ngày" in page
    assert "Quy chế lưu trữ" in page
    assert organiser.post(door, {"code": "nothing", "days": "1", "reason": "x"}).status_code == 422
