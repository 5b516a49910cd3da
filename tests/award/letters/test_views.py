"""The staff's letters through the doors: own words, letters to many, reminders, texts to paste."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries import correspondence
from award.entries.models import Entry
from award.languages import COOKIE
from award.letters import offers
from award.letters.feature import next_acts, obstacles
from award.letters.filling import placeholders, unknown
from award.letters.models import Mailing, Wording
from award.letters.operations import TRIES_AN_HOUR, known_in, save_words, take_words
from award.letters.queries import worded
from award.log.models import Event
from award.messages.models import Message
from award.people.consents import give_consent
from award.people.models import Consent, Person
from tests import factories
from tests.visitor import Visitor

HOME = "/iii-2023/thu"
DRAFTS = f"{HOME}/gui/drafts"
RECEIPT = f"{HOME}/mau/draft_reminder"
WORDS = {"subject": "Còn {so_tac_pham} hồ sơ", "body": "Chào {ho_ten},\n\n{tac_pham}\n\n{lien_ket}"}


@dataclass
class Made:
    edition: Edition
    secretary: Person
    van: Person


def draft(edition: Edition, owner: Person, title: str, state: str = "draft") -> None:
    first = edition.categories[0] if edition.categories else factories.category(edition)
    entry = Entry(
        edition_id=edition.id, category_id=first.id, owner_id=owner.id, title=title, state=state, changed_at=now()
    )
    entry.submitted_at = now() if state != "draft" else None
    session.add(entry)
    session.flush()


@pytest.fixture
def made(app: Flask) -> Made:
    """Three people with drafts: Vân with two, Bình, and Cúc who took the consent back; a fourth withdrew a work."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        factories.category(edition)
        session.refresh(edition, ["categories"])
        secretary, van = factories.person("Lê Thư Ký"), factories.person("Nguyễn Thị Vân", email="van@toasoan.vn")
        factories.appointment(edition, secretary, "secretary")
        draft(edition, van, "Chuyện làng")
        draft(edition, van, "")
        draft(edition, factories.person("Trần Bình", email="binh@toasoan.vn"), "Việc xã")
        gone = factories.person("Phạm Cúc", email="cuc@toasoan.vn")
        draft(edition, gone, "Không viết nữa")
        give_consent(person=gone, purpose="registration")
        session.scalars(select(Consent)).one().withdrawn_at = now()
        draft(edition, factories.person("Đỗ Đông", email="dong@toasoan.vn"), "Đã rút", state="withdrawn")
        return Made(edition, secretary, van)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found.group(1)


def letters(kind: str) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.kind == kind).order_by(Message.to_address, Message.id)))


def test_a_letter_to_many_is_looked_at_counted_and_sent_once(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    assert "Mẫu chung" in staff.get(HOME).text
    looked = staff.post(DRAFTS, WORDS | {"viec": "xem", "reply_to": "totk@khanhhoa.vn"}).text
    assert "2 thư sẽ được gửi." in looked
    assert "Chào Trần Bình," in looked, "the first recipient in the order of names"
    sending = WORDS | {"viec": "gui", "reply_to": "totk@khanhhoa.vn", "danh_sach": hidden(looked, "danh_sach")}
    key = {"deed_key": "once"}
    first, second = staff.post(DRAFTS, sending | key), staff.post(DRAFTS, sending | key)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    with app.app_context():
        binh, van = letters("mailing")
        assert (van.to_address, van.subject, van.reply_to) == ("van@toasoan.vn", "Còn 2 hồ sơ", "totk@khanhhoa.vn")
        assert "- Chuyện làng\n- (chưa đặt tên)" in van.body
        assert binh.subject == "Còn 1 hồ sơ"
        assert session.scalars(select(Mailing)).one().people == 2
        assert len(session.scalars(select(Event).where(Event.kind == "letters.sent")).all()) == 1
    for page in (staff.get(first.location).text, staff.get(HOME).text):
        assert ">Còn … hồ sơ<" in page, "what differed from letter to letter is left open in the title"


def test_what_the_forms_begin_with_addresses_people_and_says_until_when(app: Flask, made: Made) -> None:
    with app.app_context(), unit_of_work():
        for audience in offers.audiences().values():
            begins = f"{audience.subject}{audience.body}"
            assert not unknown(begins, known_in(audience)), audience.code
            assert {"xung_ho", "han"} & audience.placeholders.keys() <= set(placeholders(begins)), audience.code
        session.get_one(Person, made.van.id).form_of_address = "ông/bà"
    staff = Visitor(app, made.secretary)
    words = {
        "subject": str(correspondence.DRAFTS.subject),
        "body": str(correspondence.DRAFTS.body),
        "nguoi": made.van.public_id,
    }
    looked = staff.post(DRAFTS, words | {"viec": "xem"}).text
    assert "Kính gửi ông/bà Nguyễn Thị Vân," in looked
    assert "Thời hạn nhận tác phẩm: đến hết ngày" in looked
    assert "Kính gửi ông/bà Nguyễn Thị Vân," in staff.get(f"{RECEIPT}?nguoi={made.van.public_id}").text


def test_who_was_not_counted_has_no_letter(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    looked = staff.post(DRAFTS, WORDS | {"viec": "xem"}).text
    with app.app_context(), unit_of_work():
        draft(session.get_one(Edition, made.edition.id), factories.person("Võ Em", email="em@toasoan.vn"), "Mới")
    moved = staff.post(DRAFTS, WORDS | {"viec": "gui", "danh_sach": hidden(looked, "danh_sach")})
    assert moved.status_code == 409
    assert "nay là 3 người" in moved.text
    with app.app_context():
        assert letters("mailing") == []


def test_what_failed_is_shown_and_tried_again(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    looked = staff.post(DRAFTS, WORDS | {"viec": "xem"}).text
    there = staff.post(DRAFTS, WORDS | {"viec": "gui", "danh_sach": hidden(looked, "danh_sach")}).location
    with app.app_context(), unit_of_work():
        binh, van = letters("mailing")
        binh.state, binh.attempts, binh.last_fault, van.state = "failed", 5, "recipient refused: 550", "sent"
    page = staff.get(there).text
    assert "binh@toasoan.vn" in page
    assert "recipient refused: 550" in page
    for days, told in ((6, True), (8, False)):
        with app.app_context(), unit_of_work():
            session.scalars(select(Mailing)).one().created_at = now() - timedelta(days=days)
        with app.test_request_context():
            acts = next_acts(made.secretary.id, made.edition.id)
        assert [act.sentence for act in acts] == ["Xem 1 thư không gửi được"] * told, (
            "an old fault nobody can mend is let go"
        )
    assert staff.post(f"{there}/gui-lai").status_code == 303
    with app.app_context():
        assert [(each.state, each.attempts) for each in letters("mailing")] == [("queued", 0), ("sent", 0)]


@pytest.mark.parametrize("changed", [{"subject": "Khác"}, {"body": "Khác {ho_ten}"}, {"reply_to": "khac@khanhhoa.vn"}])
def test_words_nobody_looked_at_go_to_nobody(app: Flask, made: Made, changed: dict[str, str]) -> None:
    staff = Visitor(app, made.secretary)
    looked = staff.post(DRAFTS, WORDS | {"viec": "xem", "reply_to": "totk@khanhhoa.vn"}).text
    assert looked.index('value="xem"') < looked.index('value="gui"'), "Enter presses the first button of a form"
    sending = {"viec": "gui", "reply_to": "totk@khanhhoa.vn", "danh_sach": hidden(looked, "danh_sach")}
    other = staff.post(DRAFTS, WORDS | sending | changed)
    assert other.status_code == 409
    assert "Nội dung thư khác bản đã xem thử." in other.text
    with app.app_context():
        assert letters("mailing") == []
    there = staff.post(DRAFTS, WORDS | sending | changed | {"danh_sach": hidden(other.text, "danh_sach")})
    assert there.status_code == 303, "looked at once more it goes out"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reply_to": "a@b..vn"}, "Địa chỉ email chưa đúng dạng."),
        ({"reply_to": "a@b.vn,"}, "Địa chỉ email chưa đúng dạng."),
        ({"reply_to": "a@[b.vn"}, "Địa chỉ email chưa đúng dạng."),
        ({"body": "Chào {hoten}"}, "Không có chỗ điền nào tên là {hoten} trong thư này."),
        ({"subject": ""}, "Chưa ghi tiêu đề."),
        ({"reply_to": "a@b.vn\nBcc: x@y.vn"}, "Địa chỉ email chưa đúng dạng."),
    ],
)
def test_faulty_words_stay_as_typed_and_are_sent_to_nobody(
    app: Flask, made: Made, changed: dict[str, str], sentence: str
) -> None:
    page = Visitor(app, made.secretary).post(DRAFTS, WORDS | {"viec": "gui"} | changed)
    assert page.status_code == 422
    assert sentence in page.text
    with app.app_context():
        assert letters("mailing") == []


def test_an_edition_words_a_letter_itself_and_gives_the_word_back(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    page = staff.get(RECEIPT).text
    assert "Còn 1 hồ sơ chưa nộp" in page, "the house's words, on a real recipient"
    assert ">Kính gửi {xung_ho} {ho_ten}," in page, "words to begin with"
    assert "Chưa lưu thì thư vẫn gửi theo mẫu chung" in page
    own = {"subject": "Sắp hết hạn: {giai}", "body": "Gửi {ho_ten}. {han}. {lien_ket}", "ban": "0"}
    looked = staff.post(RECEIPT, own | {"viec": "xem"})
    assert "Gửi Trần Bình. đến hết ngày" in looked.text
    assert staff.post(RECEIPT, own | {"viec": "luu"}).status_code == 303
    overtaken = staff.post(RECEIPT, own | {"viec": "luu", "body": "Khác {ho_ten} {han} {lien_ket}"})
    assert overtaken.status_code == 409
    assert "Khác {ho_ten}" in overtaken.text
    with app.app_context(), unit_of_work():
        edition = session.get_one(Edition, made.edition.id)
        house = ("Tiêu đề", "Lời nhà")
        nothing = dict.fromkeys(offers.kinds()["draft_reminder"].placeholders, "")
        values = nothing | {"ho_ten": "Vân", "han": "hôm nay", "lien_ket": "http://x"}
        own_words = worded(edition, "draft_reminder", values, lambda: house)
        assert own_words == (f"Sắp hết hạn: {edition.name}", "Gửi Vân. hôm nay. http://x\n")
        others = dict.fromkeys(offers.kinds()["receipt"].placeholders, "")
        assert worded(edition, "receipt", others, lambda: house) == house
    assert staff.post(RECEIPT, {"ban": "1", "viec": "bo"}).status_code == 303
    with app.app_context():
        assert worded(session.get_one(Edition, made.edition.id), "draft_reminder", values, lambda: house) == house
        assert [each.version for each in session.scalars(select(Wording).order_by(Wording.id))] == [1, 2]
    assert "Gửi {ho_ten}. {han}. {lien_ket}" in staff.get(f"{RECEIPT}?ban=1").text


def test_words_are_looked_at_before_anybody_has_had_the_letter(app: Flask, made: Made) -> None:
    typed = {"subject": "{giai}: thêm thời gian", "body": "{ho_ten}: {gia_han}", "viec": "xem"}
    page = Visitor(app, made.secretary).post(f"{HOME}/mau/extension", typed).text
    assert "[Họ tên người nhận]: [Câu gia hạn: thời hạn cũ, thời hạn mới]" in page
    assert f"{made.edition.name}: thêm thời gian" in page
    house = Visitor(app, made.secretary).get(f"{HOME}/mau/extension").text
    assert "Xem hồ sơ: [Đường dẫn đến hồ sơ]" in house


def test_a_letter_keeps_what_it_is_for(app: Flask, made: Made) -> None:
    page = Visitor(app, made.secretary).post(RECEIPT, {"subject": "A", "body": "Chào {ho_ten}", "viec": "luu"})
    assert page.status_code == 422
    assert "Thư này phải có {lien_ket} hoặc {noi_dung}." in page.text


def test_a_letter_is_tried_on_oneself(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    assert staff.post(DRAFTS, WORDS | {"viec": "thu"}).status_code == 200
    assert staff.post(RECEIPT, {"subject": "{tieu_de}", "body": "{noi_dung}", "viec": "thu"}).status_code == 200
    with app.app_context():
        tried = letters("letter_tried")
        assert {each.to_address for each in tried} == {made.secretary.user.email if made.secretary.user else ""}
        assert tried[0].subject == "[Thư thử] Còn 1 hồ sơ"
        assert letters("mailing") == []


def test_a_trial_too_many_keeps_the_letter_that_was_typed(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    assert made.secretary.user is not None
    with app.app_context(), unit_of_work():
        for n in range(TRIES_AN_HOUR):
            one = {"kind": "letter_tried", "to_address": made.secretary.user.email, "dedupe_key": f"tried:{n}"}
            session.add(Message(subject="Thư", body="Lời thư", **one))
    for there in (DRAFTS, RECEIPT):
        page = staff.post(there, WORDS | {"viec": "thu", "body": "Chào {ho_ten} {lien_ket} {han} đã gõ lâu"})
        assert page.status_code == 429
        assert "Mỗi giờ gửi nhiều nhất 20 thư thử." in page.text
        assert "{han} đã gõ lâu" in page.text


def test_letters_are_in_vietnamese_whoever_writes_them(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    staff.client.set_cookie(COOKIE, "en", domain="127.0.0.1")
    for there in (DRAFTS, RECEIPT):
        staff.post(there, WORDS | {"viec": "thu", "body": "Thời hạn: {han}. {lien_ket} {tac_pham}"})
    words = WORDS | {"body": "Thời hạn: {han}. {lien_ket} {tac_pham}"}
    looked = staff.post(DRAFTS, words | {"viec": "xem"}).text
    staff.post(DRAFTS, words | {"viec": "gui", "danh_sach": hidden(looked, "danh_sach")})
    with app.app_context():
        written = [*letters("letter_tried"), *letters("mailing")]
        assert len(written) == 4
        assert all("Thời hạn: đến hết ngày" in each.body for each in written)
        assert "(chưa đặt tên)" in written[-1].body


def test_an_archived_edition_shows_its_words_and_no_fields(app: Flask, made: Made) -> None:
    with app.app_context(), unit_of_work():
        session.get_one(Edition, made.edition.id).state = "archived"
    page = Visitor(app, made.secretary).get(RECEIPT).text
    assert "đã lưu trữ, chỉ xem." in page
    assert "Còn 1 hồ sơ chưa nộp" in page, "the letter as it goes out"
    assert "Kính gửi {xung_ho}" not in page, "what nobody kept is nobody's words"
    assert 'name="body"' not in page


def test_giving_the_word_back_too_late_keeps_what_was_typed(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    own = {"subject": "Sắp hết hạn: {giai}", "body": "Gửi {ho_ten}. {han}. {lien_ket}", "ban": "0", "viec": "luu"}
    assert staff.post(RECEIPT, own).status_code == 303
    late = staff.post(RECEIPT, {"subject": "Đang gõ", "body": "Lời đang gõ", "ban": "0", "viec": "bo"})
    assert late.status_code == 409
    assert "Lời đang gõ" in late.text
    staff.post(RECEIPT, {"ban": "1", "viec": "bo"})
    assert "Đã dùng lại mẫu chung." in staff.get(RECEIPT).text


def test_reminders_of_drafts_go_out_by_rule_once_until_switched_off(app: Flask, made: Made) -> None:
    def days_before(days: int) -> int:
        with app.app_context(), unit_of_work():
            edition = session.get_one(Edition, made.edition.id)
            assert edition.deadline_day is not None
            return correspondence.remind_of_drafts(edition.deadline_day - timedelta(days=days))

    assert [days_before(n) for n in (4, 3, 3, 2)] == [0, 2, 0, 0]
    staff = Visitor(app, made.secretary)
    assert staff.post(f"{HOME}/nhac/drafts", {"bat": "0"}).status_code == 303
    assert "Đã tắt" in staff.get(HOME).text
    assert days_before(1) == 0
    staff.post(f"{HOME}/nhac/drafts", {"bat": "1"})
    assert days_before(1) == 2
    with app.app_context():
        assert {each.to_address for each in letters("draft_reminder")} == {"van@toasoan.vn", "binh@toasoan.vn"}


def test_texts_to_paste_sign_nobody_in(app: Flask, made: Made) -> None:
    page = Visitor(app, made.secretary).get(f"{HOME}/tin-nhan").text
    assert "nhận tác phẩm đến hết ngày" in page
    assert "\nhttp://127.0.0.1:8000/iii-2023/</textarea>" in page
    assert "?" not in page.split("<textarea")[1].split("</textarea>")[0], "no token in any address"


def test_only_the_staff_writes_letters(app: Flask, made: Made) -> None:
    assert Visitor(app, made.van).get(HOME).status_code == 403
    with app.app_context(), unit_of_work():
        session.get_one(Edition, made.edition.id).state = "archived"
    staff = Visitor(app, made.secretary)
    assert staff.get(HOME).status_code == 200
    assert staff.post(DRAFTS, WORDS | {"viec": "gui"}).status_code == 403


def test_words_of_an_earlier_edition_are_looked_at_before_entries_open(app: Flask, made: Made) -> None:
    said = {"subject": "Sắp hết hạn: {giai}", "body": "Gửi {ho_ten}. {han}. {lien_ket}"}
    for step in ("kept", "taken", "looked at"):
        with app.app_context(), unit_of_work():
            kind = offers.kinds()["draft_reminder"]
            by = capacity(made.secretary, made.edition)
            if step == "taken":
                take_words(source_id=made.edition.id, edition_id=made.edition.id, person_id=made.secretary.id)
            else:
                on = 0 if step == "kept" else 2
                assert save_words(by=by, edition=made.edition, kind=kind, on=on, **said) is not None
        with app.app_context(), app.test_request_context():
            against = obstacles(made.edition.id, "open_entries", None)
            assert [each.sentence.endswith("chưa xem lại.") for each in against] == [True] * (step == "taken")
        assert ("chưa xem lại" in Visitor(app, made.secretary).get(HOME).text) == (step == "taken")
