"""Requests: who asks, who answers by when, who the asker is, and what a refusal must say."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from award.clock import now
from award.dates import local
from award.db import session, unit_of_work
from award.entries.models import Authorship, Entry
from award.log.models import Event
from award.messages.models import Message
from award.people.models import Consent, ConsentText, Person
from award.people.queries import user_of
from award.privacy import operations, queries, rooms
from award.privacy.models import PrivacyRequest
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Browser
from tests.award.privacy.conftest import House

OWN = "/tai-khoan/du-lieu"


def on_paper(house: House, kind: str = "erasure", name: str = "Trần Minh Quang", days_ago: int = 0) -> PrivacyRequest:
    said = operations.OnPaper(
        kind=kind,
        name=name,
        contact="0905 000 111",
        newsroom_words="Báo Biển Xanh",
        words="",
        received_on=local(now()).date() - timedelta(days=days_ago),
    )
    return operations.record_on_paper(by=house.staff, edition=house.edition, said=said)


def co_author(house: House, name: str = "Trần Minh Quang") -> Authorship:
    """Named second in a work of the entrant, without an account. The edition is over."""
    entry = house.scene.submitted()
    entry.authors.append(Authorship(ordinal=2, legal_name=name, phone="0905 000 111"))
    session.flush()
    house.edition.state = "published"
    return entry.authors[1]


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda fault: fault.verdict.code == code)


def test_fifteen_days_begin_when_the_letter_arrives(house_of: House) -> None:
    with unit_of_work():
        asked = on_paper(house_of, days_ago=4)
    assert asked.due_day == local(now()).date() + timedelta(days=11)
    assert operations.due_day(date(2026, 2, 20)) == date(2026, 3, 7)


def test_a_request_asked_twice_is_one(house_of: House) -> None:
    with unit_of_work():
        first = operations.ask(person=house_of.scene.entrant, kind="erasure")
        assert operations.ask(person=house_of.scene.entrant, kind="erasure") is first
        one, two = (operations.ask(person=house_of.scene.entrant, kind="correction", words=w) for w in ("a", "b"))
    assert one.id != two.id


def test_withdrawing_consent_keeps_its_proof_and_begins_the_clock(house_of: House) -> None:
    entrant = house_of.scene.entrant
    consent = session.query(Consent).filter_by(person_id=entrant.id).one()
    with unit_of_work():
        asked = operations.withdraw_consent(person=entrant, consent=consent)
    assert consent.withdrawn_at is not None
    assert (asked.kind, asked.state, asked.due_day) == ("consent", "open", operations.due_day(local(now()).date()))
    assert queries.consent_of(entrant.id, consent.id) is None, "it is withdrawn once"
    assert session.query(Event).filter_by(kind="consent.withdrawn", subject_id=consent.id).count() == 1


def test_words_that_changed_are_asked_for_anew_and_both_versions_stay(app: Flask, house_of: House) -> None:
    entrant = house_of.scene.entrant
    visitor = Browser(app, entrant)
    assert "Đồng ý nội dung mới" not in visitor.get(OWN).text
    with unit_of_work():
        session.query(ConsentText).update({ConsentText.words: "Lời xin đồng ý trước đây."})
    assert "Đồng ý nội dung mới" in visitor.get(OWN).text
    visitor.post(f"{OWN}/dong-y")
    assert session.query(Consent).filter_by(person_id=entrant.id).count() == 1, "a box that is not ticked says nothing"
    for _again in range(2):
        assert visitor.post(f"{OWN}/dong-y", {"agreed": "y"}).status_code == 303
    session.expire_all()
    given = queries.consents(entrant.id)
    assert [text.version for _consent, text in given] == [2, 1]
    assert "Đồng ý nội dung mới" not in visitor.get(OWN).text


def test_a_correction_is_answered_and_told(house_of: House, app: Flask) -> None:
    own, staff = Browser(app, house_of.scene.entrant), Browser(app, house_of.secretary)
    assert own.post(f"{OWN}/sua", {"words": "Bút danh đúng là Hà Vân."}).status_code == 303
    session.rollback()
    asked = session.query(PrivacyRequest).filter_by(kind="correction").one()
    door = f"/{house_of.scene.slug}/du-lieu-ca-nhan/{asked.public_id}"
    assert "Bút danh đúng là Hà Vân." in staff.get(door).text
    assert staff.post(f"{door}/tra-loi", {"words": " "}).status_code == 422
    assert staff.post(f"{door}/tra-loi", {"words": "Đã sửa bút danh trong hồ sơ."}).status_code == 303
    session.expire_all()
    letter = session.query(Message).filter_by(kind="privacy_answered").one()
    user = user_of(house_of.scene.entrant.id)
    assert user is not None
    assert (letter.to_address, letter.body) == (user.email, "Đã sửa bút danh trong hồ sơ.")
    assert (asked.state, asked.ended_by_id) == ("answered", house_of.secretary.id)
    assert "Đã sửa bút danh trong hồ sơ." in own.get(OWN).text


def test_a_refusal_has_its_reason_and_tells_the_asker(house_of: House) -> None:
    with unit_of_work():
        asked = operations.ask(person=house_of.scene.entrant, kind="correction", words="Sửa tên")
        operations.refuse(by=house_of.staff, asked=asked, reason="Tên đã đúng như giấy tờ.")
    letter = session.query(Message).filter_by(kind="privacy_refused").one()
    assert (asked.state, letter.body) == ("refused", "Tên đã đúng như giấy tờ.")
    with refused("ended"):
        operations.answer(by=house_of.staff, asked=asked, words="Đã sửa.")


def test_an_answer_alone_does_not_settle_an_erasure(house_of: House) -> None:
    with unit_of_work():
        asked = on_paper(house_of)
    with refused("kind"):
        operations.answer(by=house_of.staff, asked=asked, words="Đã xóa.")


def test_nobody_is_matched_without_somebody_saying_so(house_of: House) -> None:
    with unit_of_work():
        author = co_author(house_of)
        asked = on_paper(house_of)
    assert [(each.table, each.number) for each in rooms.candidates([asked.name])] == [("authorship", author.id)]
    with refused("nobody"):
        operations.erase(by=house_of.staff, asked=asked)
    with unit_of_work():
        operations.match(by=house_of.staff, asked=asked, chosen={"authorship": [author.id]})
        operations.erase(by=house_of.staff, asked=asked)
    entry = session.get_one(Entry, author.entry_id)
    assert [each.legal_name for each in entry.authors] == ["Nguyễn Thị Vân", "[đã xóa]"]
    assert (entry.title, len(entry.files)) == ("Giữ lời hứa với dân", 1), "the work is the other author's too"
    assert (asked.state, asked.name, asked.contact) == ("answered", "", "")


def test_a_work_stays_for_a_co_author_without_an_account(house_of: House) -> None:
    with unit_of_work():
        author = co_author(house_of)
        asked = operations.ask(person=house_of.scene.entrant, kind="erasure")
        operations.erase(by=house_of.staff, asked=asked)
    entry = session.get_one(Entry, author.entry_id)
    assert [each.legal_name for each in entry.authors] == ["[đã xóa]", "Trần Minh Quang"]
    assert (entry.title, len(entry.files)) == ("Giữ lời hứa với dân", 1)
    assert "Nguyễn Thị Vân" not in entry.byline


def test_somebody_with_the_same_name_keeps_theirs(house_of: House) -> None:
    with unit_of_work():
        author = co_author(house_of)
        namesake = factories.person("Trần Minh Quang", email="khac@example.vn")
        session.get_one(Entry, author.entry_id).byline = "Trần Minh Quang và nhóm"
        asked = on_paper(house_of)
        operations.match(by=house_of.staff, asked=asked, chosen={"authorship": [author.id]})
    found = rooms.subject_of(None, asked.rows)
    assert (found.ambiguous, "0905 000 111" in found.subject.words) == (("Trần Minh Quang",), True)
    with unit_of_work():
        operations.erase(by=house_of.staff, asked=asked)
    assert session.get_one(Person, namesake.id).legal_name == "Trần Minh Quang"
    assert session.get_one(Entry, author.entry_id).byline == "Trần Minh Quang và nhóm", "it may be the namesake's"


def test_a_request_of_nobody_the_house_knows_finds_no_rows_at_all(house_of: House) -> None:
    """Rows without a person must never be taken for those of a person without a number."""
    with unit_of_work():
        co_author(house_of)
    nobody = rooms.subject_of(None, {})
    assert (rooms.told(nobody.subject), rooms.held_files(nobody.subject), nobody.subject.words) == ([], [], ())


def test_a_work_that_takes_part_is_withdrawn_first(house_of: House) -> None:
    with unit_of_work():
        entry = house_of.scene.submitted()
        asked = operations.ask(person=house_of.scene.entrant, kind="erasure")
    with refused("running"):
        operations.erase(by=house_of.staff, asked=asked)
    with unit_of_work():
        entry.state, entry.withdrawn_at = "withdrawn", now()
        operations.erase(by=house_of.staff, asked=session.merge(asked))
    assert session.get_one(Entry, entry.id).title == "[đã xóa]"


def test_who_holds_an_office_lays_it_down_first_and_nobody_erases_themselves(house_of: House) -> None:
    with unit_of_work():
        asked = operations.ask(person=house_of.secretary, kind="erasure")
    with refused("own"):
        operations.erase(by=house_of.staff, asked=asked)
    with refused("holds_office"):
        operations.erase(by=house_of.by(house_of.organiser, "organiser"), asked=asked)


def test_a_draft_is_gone_with_its_files(house_of: House) -> None:
    with unit_of_work():
        draft = house_of.scene.draft()
        asked = operations.ask(person=house_of.scene.entrant, kind="erasure")
        number, file_id = draft.id, draft.files[0].file_id
        operations.erase(by=house_of.staff, asked=asked)
    from award.files.models import File

    assert (session.get(Entry, number), session.get(File, file_id)) == (None, None)


def test_a_judge_is_not_told_what_is_still_being_decided(house_of: House) -> None:
    """A conclusion nobody was told of, and points, are in no copy."""
    from award.screening.models import Screening

    with unit_of_work():
        entry = house_of.scene.submitted()
        row = session.query(Screening).filter_by(entry_id=entry.id).one()
        row.decision, row.reason = "ineligible", "Chưa ai được biết"
    subject = rooms.subject_of(house_of.scene.entrant.id, {}).subject
    assert "Chưa ai được biết" not in str(rooms.told(subject))
    assert {"standing", "proposal", "nomination"}.isdisjoint(section.table for section in rooms.told(subject))


def test_the_copy_asks_for_the_password_again_after_a_while(house_of: House, app: Flask) -> None:
    with unit_of_work():
        asked = operations.ask(person=house_of.scene.entrant, kind="export")
        asked.export_size, asked.export_sha256 = 10, "0" * 64
    entrant = Browser(app, house_of.scene.entrant)
    door = f"/tai-khoan/du-lieu/ban-sao/{asked.public_id}"
    assert "localhost" in entrant.get(door).headers["Location"]
    with entrant.client.session_transaction(base_url=entrant.origin) as kept:
        kept["fs_paa"] -= 3600
        kept.pop("fs_gexp", None)
    assert "/nhap-lai-mat-khau" in entrant.get(door).headers["Location"]


def test_the_secretariat_of_another_award_finds_no_request(house_of: House, app: Flask) -> None:
    with unit_of_work():
        asked = on_paper(house_of)
        other = factories.edition(slug="iv-2024", ordinal=4, state="open")
        factories.appointment(other, house_of.organiser, "organiser")
    organiser = Browser(app, house_of.organiser)
    assert organiser.get(f"/{house_of.scene.slug}/du-lieu-ca-nhan/{asked.public_id}").status_code == 200
    assert organiser.get(f"/iv-2024/du-lieu-ca-nhan/{asked.public_id}").status_code == 404
    assert "Trần Minh Quang" not in organiser.get("/iv-2024/du-lieu-ca-nhan").text


def test_a_late_request_is_on_top_of_the_desk(house_of: House, app: Flask) -> None:
    with unit_of_work():
        on_paper(house_of, days_ago=20)
    page = Browser(app, house_of.secretary).get(f"/{house_of.scene.slug}/du-lieu-ca-nhan").text
    assert "quá hạn 5 ngày" in page
    assert "Trả lời 1 yêu cầu về dữ liệu cá nhân" in Browser(app, house_of.secretary).get("/ban-lam-viec").text


def test_numbers_of_organs_and_texts_are_told_in_words(house_of: House, app: Flask) -> None:
    page = Browser(app, house_of.scene.entrant).get("/tai-khoan/du-lieu/xem").text
    assert "Báo Biển Xanh" in page
    assert "Tôi đồng ý để Ban Tổ chức Giải sử dụng" in page
    assert "newsroom_id" not in page
    folded = dict(re.findall(r'<details class="fold" id="(\w+)"( open)?>', page))
    assert {table for table, opened in folded.items() if opened} == {"person", "user_account", "consent"}
    assert "" in folded.values()
    told = {
        section.table: section.rows for section in rooms.told(rooms.subject_of(house_of.scene.entrant.id, {}).subject)
    }
    assert told["person"][0]["newsroom"] == "Báo Biển Xanh"
