"""The secretariat's doors: one dossier after the other, the list, the letters, two persons, files to take away."""

import io
import json
import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from award import dates
from award.clock import now
from award.db import session
from award.entries.models import Entry
from award.features import NextAct
from award.log.models import Event
from award.messages.models import Message
from award.personal import Subject
from award.screening import feature
from award.screening.models import SavedFilter, Screening
from award.screening.permissions import MOST_SAVED
from award.screening.personal import personal
from tests import factories
from tests.award.screening.conftest import QUEUE, TITLES, Office, attach, dossier

ELIGIBLE, INELIGIBLE = "/du-dieu-kien", "/khong-du-dieu-kien"
LIST = "/iii-2023/khong-du-dieu-kien"
GROUNDS = {"reason": "Đăng ngoài thời gian quy định", "clause": "khoản 1 Điều 4"}


def letters(office: Office) -> list[Message]:
    with office.app.app_context():
        return list(session.scalars(select(Message).order_by(Message.id)))


def acts(office: Office, who: str) -> list[NextAct]:
    with office.app.test_request_context():
        return [
            act
            for act in feature.next_acts(office.people[who].id, office.edition_id)
            if "không đủ điều kiện" in act.sentence
        ]


class TestDeciding:
    def test_eligible_gives_a_code_and_leads_to_the_next_undecided(self, office: Office) -> None:
        secretary = office.visitor()
        answer = secretary.post(office.address(0, ELIGIBLE), {"rule-theme": "green", "rule-content": ""})
        assert (answer.status_code, answer.location) == (303, office.address(1))
        decided = office.decided(0)
        assert decided is not None
        assert (decided.decision, decided.blind_code) == ("eligible", "III-IN-001")
        text = secretary.get(answer.location).text
        assert "KH3-0001: đủ điều kiện. Chưa xem: Nội dung, bản quyền." in text
        assert TITLES[1] in text
        assert secretary.post(office.address(2, ELIGIBLE)).location == office.address(1)
        assert secretary.post(office.address(1, ELIGIBLE)).location == QUEUE

    def test_the_browser_is_told_that_the_findings_came_in_and_only_then(self, office: Office) -> None:
        refused = office.visitor().post(office.address(0, INELIGIBLE), {"reason": "Đăng sớm"})
        assert "giai_den" not in refused.headers.get("Set-Cookie", "")
        came = office.visitor().post(office.address(0, ELIGIBLE)).headers["Set-Cookie"]
        assert came.startswith(f"giai_den={office.address(0)};")

    def test_not_eligible_asks_for_reason_and_clause_and_keeps_what_was_typed(self, office: Office) -> None:
        answer = office.visitor().post(office.address(0, INELIGIBLE), {"reason": "Đăng sớm", "clause": " "})
        assert answer.status_code == 422
        assert "Đăng sớm" in answer.text
        assert "<title>Cần sửa" in answer.text
        assert 'href="#clause"' in answer.text
        assert 'href="#reason"' not in answer.text
        assert office.decided(0) is None
        assert office.visitor().post(office.address(0, INELIGIBLE), GROUNDS).status_code == 303
        decided = office.decided(0)
        assert decided is not None
        assert (decided.decision, decided.reason, decided.clause) == ("ineligible", *GROUNDS.values())

    def test_turning_a_decision_needs_a_reason_alone(self, office: Office) -> None:
        secretary = office.visitor()
        secretary.post(office.address(0, INELIGIBLE), GROUNDS)
        answer = secretary.post(office.address(0, ELIGIBLE))
        assert answer.status_code == 422
        assert "Cần ghi lý do thay đổi kết luận." in answer.text
        assert 'href="#clause"' not in answer.text
        assert secretary.post(office.address(0, ELIGIBLE), {"reason": "Đã đối chiếu."}).status_code == 303

    def test_a_reason_too_long_is_told_in_words(self, office: Office) -> None:
        answer = office.visitor().post(office.address(0, ELIGIBLE), {"reason": "a" * 2001})
        assert answer.status_code == 422
        assert "Nhiều nhất 2000 ký tự." in answer.text

    def test_the_auditor_reads_and_decides_nothing(self, office: Office) -> None:
        text = office.visitor("auditor").get(office.address(0)).text
        assert "Kiểm tra từng quy định" in text
        assert "du-dieu-kien" not in text
        assert 'name="rule-' not in text
        assert office.visitor("auditor").post(office.address(0, ELIGIBLE)).status_code == 403
        assert office.decided(0) is None

    def test_a_withdrawn_dossier_is_read_and_not_decided_on(self, office: Office) -> None:
        with office.at_work():
            session.scalars(select(Entry).where(Entry.public_id == office.keys[0])).one().state = "withdrawn"
        assert office.visitor().get(office.address(0)).status_code == 200
        assert office.visitor().post(office.address(0, ELIGIBLE)).status_code == 403

    def test_the_page_shows_recordings_as_recordings(self, office: Office) -> None:
        with office.at_work() as edition:
            entry = session.scalars(select(Entry).where(Entry.public_id == office.keys[0])).one()
            attach(entry, edition.categories[0].slots[0].id, "mp3", "phong-su.mp3")
        text = office.visitor().get(office.address(0)).text
        assert "<audio" in text
        assert "phong-su.mp3" in text

    def test_what_speaks_against_the_work_suggests_its_clause(self, office: Office) -> None:
        text = office.visitor().get(office.address(0)).text
        assert "Cần xem lại" in text
        assert "Còn thiếu: bản quét trang báo" in text


class TestCorrecting:
    def fields(self, **changed: object) -> dict[str, Any]:
        day = dates.local(now() + timedelta(days=5))
        asked = {"items": "bản quét trang báo kỳ 2", "parts": ["files", "authors"]}
        return {**asked, "due_day": dates.day(day), "due_hour": "17 giờ", **changed}

    def test_the_owner_is_asked_by_letter_until_an_hour(self, office: Office) -> None:
        answer = office.visitor().post(office.address(0, "/bo-sung"), self.fields())
        assert (answer.status_code, answer.location) == (303, office.address(1))
        (letter,) = letters(office)
        assert letter.to_address == "owner@example.vn"
        due = self.fields()["due_day"]
        assert f"bản quét trang báo kỳ 2. Hạn bổ sung: 17 giờ 00, ngày {due}." in letter.body
        text = office.visitor().get(office.address(0)).text
        assert "Đề nghị bổ sung: bản quét trang báo kỳ 2" in text

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"items": " "}, "Chưa ghi nội dung cần bổ sung."),
            ({"due_day": ""}, "Chưa ghi ngày."),
            ({"due_day": "31/2/2030"}, "Nhập ngày theo mẫu "),
            ({"due_hour": "mười bảy"}, "Nhập giờ theo mẫu 17:00."),
            ({"parts": []}, "Chọn ít nhất một phần được bổ sung."),
            ({"parts": ["bank"]}, "Chọn trong các mục."),
            ({"due_day": "05/10/2020"}, "Hạn bổ sung đã qua."),
        ],
    )
    def test_faults_are_told_at_their_fields(self, office: Office, changed: dict[str, Any], words: str) -> None:
        answer = office.visitor().post(office.address(0, "/bo-sung"), self.fields(**changed))
        assert answer.status_code == 422
        assert words in answer.text
        assert letters(office) == []
        assert office.decided(0) is None


class TestTheListOfIneligible:
    def shown(self, office: Office) -> dict[str, str]:
        """What the page carries when the organiser approves."""
        return dict(re.findall(r'name="(seen)" value="(\w+)"', office.visitor("organiser").get(LIST).text))

    def test_letters_go_out_once_and_after_the_organisers_approval(self, office: Office) -> None:
        office.visitor().post(office.address(0, INELIGIBLE), GROUNDS)
        assert letters(office) == []
        words = "Phê duyệt danh sách không đủ điều kiện: 1 tác phẩm"
        assert words in [act.sentence for act in acts(office, "organiser")]
        assert words not in [act.sentence for act in acts(office, "secretary")]
        listed = office.visitor().get(LIST).text
        assert TITLES[0] in listed
        assert "Phê duyệt danh sách</button>" not in listed
        assert office.visitor().post(LIST).status_code == 403
        organiser = office.visitor("organiser")
        assert "Phê duyệt danh sách không đủ điều kiện?" in organiser.get(f"{LIST}?phe-duyet=1").text
        assert "Phê duyệt danh sách không đủ điều kiện?" not in office.visitor().get(f"{LIST}?phe-duyet=1").text
        shown = self.shown(office)
        for _ in range(2):
            assert organiser.post(LIST, shown).status_code == 303
        assert acts(office, "organiser") == []
        (letter,) = letters(office)
        assert "Lý do: Đăng ngoài thời gian quy định. Căn cứ: khoản 1 Điều 4 Thể lệ." in letter.body

    def test_another_decision_afterwards_is_told_again(self, office: Office) -> None:
        secretary, organiser = office.visitor(), office.visitor("organiser")
        secretary.post(office.address(0, INELIGIBLE), GROUNDS)
        organiser.post(LIST, self.shown(office))
        secretary.post(office.address(0, ELIGIBLE), {"reason": "Đã đối chiếu."})
        secretary.post(office.address(0, INELIGIBLE), {"reason": "Trùng tác phẩm", "clause": "khoản 3 Điều 5"})
        organiser.post(LIST, self.shown(office))
        assert ["Trùng tác phẩm" in letter.body for letter in letters(office)] == [False, True]

    def test_what_is_approved_is_the_list_that_was_shown(self, office: Office) -> None:
        secretary, organiser = office.visitor(), office.visitor("organiser")
        secretary.post(office.address(0, INELIGIBLE), GROUNDS)
        shown = self.shown(office)
        secretary.post(office.address(1, INELIGIBLE), GROUNDS)
        for stale in (shown, {}):
            assert organiser.post(LIST, stale, follow_redirects=True).text.count("Danh sách vừa thay đổi.") == 1
        assert letters(office) == []
        assert (
            "Đã phê duyệt danh sách: 2 tác phẩm."
            in organiser.post(LIST, self.shown(office), follow_redirects=True).text
        )
        with office.at_work():
            (event,) = session.scalars(select(Event).where(Event.kind == "screening.list_approved"))
        assert json.loads(event.payload)["facts"]["codes"] == "KH3-0001 KH3-0002"


class TestExcluding:
    @pytest.fixture
    def judged(self, office: Office) -> Office:
        office.visitor().post(office.address(0, ELIGIBLE))
        with office.at_work() as edition:
            edition.state = "judging"
        return office

    def test_one_proposes_and_another_confirms(self, judged: Office) -> None:
        secretary, organiser = judged.visitor(), judged.visitor("organiser")
        assert secretary.post(judged.address(0, INELIGIBLE), GROUNDS).status_code == 422
        assert secretary.post(judged.address(0, "/dua-ra"), GROUNDS).status_code == 303
        waiting = secretary.get(judged.address(0)).text
        assert "Người đề nghị: Người secretary" in waiting
        assert "dua-ra/xac-nhan" not in waiting
        assert secretary.post(judged.address(0, "/dua-ra/xac-nhan")).status_code == 403
        assert "dua-ra/xac-nhan" in organiser.get(judged.address(0)).text
        assert organiser.post(judged.address(0, "/dua-ra/xac-nhan")).status_code == 303
        decided = judged.decided(0)
        assert decided is not None
        assert (decided.decision, decided.clause, decided.blind_code) == ("ineligible", "khoản 1 Điều 4", "III-IN-001")
        assert organiser.post(judged.address(0, "/dua-ra/xac-nhan")).status_code == 403

    def test_reason_and_clause_are_needed(self, judged: Office) -> None:
        answer = judged.visitor().post(judged.address(0, "/dua-ra"), {"reason": "Trùng tác phẩm"})
        assert answer.status_code == 422
        assert "Trùng tác phẩm" in answer.text
        assert 'href="#clause"' in answer.text

    def test_the_proposer_takes_it_back(self, judged: Office) -> None:
        secretary = judged.visitor()
        secretary.post(judged.address(0, "/dua-ra"), GROUNDS)
        assert judged.visitor("organiser").post(judged.address(0, "/dua-ra/rut")).status_code == 403
        assert secretary.post(judged.address(0, "/dua-ra/rut")).status_code == 303
        assert judged.visitor("organiser").post(judged.address(0, "/dua-ra/xac-nhan")).status_code == 403
        decided = judged.decided(0)
        assert decided is not None
        assert decided.decision == "eligible"

    def test_once_judging_is_over_a_waiting_exclusion_is_not_confirmed(self, judged: Office) -> None:
        judged.visitor().post(judged.address(0, "/dua-ra"), GROUNDS)
        with judged.at_work() as edition:
            edition.state = "decision"
        assert judged.visitor("organiser").post(judged.address(0, "/dua-ra/xac-nhan")).status_code == 403
        decided = judged.decided(0)
        assert decided is not None
        assert decided.decision == "eligible"


class TestTheQueue:
    def test_it_narrows_by_its_address_and_keeps_what_was_asked(self, office: Office) -> None:
        office.visitor().post(office.address(0, ELIGIBLE))
        text = office.visitor().get(f"{QUEUE}?tim=duong&ket-luan=eligible").text
        assert TITLES[0] in text
        assert TITLES[1] not in text
        assert 'value="duong"' in text
        assert '<input type="hidden" name="ket-luan" value="eligible">' in text
        assert "?ket-luan=pending&amp;tim=duong" in text
        nothing = office.visitor().get(f"{QUEUE}?tim=duong&ket-luan=pending").text
        assert "Không có tác phẩm phù hợp với bộ lọc." in nothing

    def test_the_way_a_dossier_came_is_a_column_a_filter_and_in_the_file(self, office: Office) -> None:
        with office.at_work():
            entry = session.scalars(select(Entry).where(Entry.public_id == office.keys[1])).one()
            entry.channel, entry.came_at = "post", now()
        secretary = office.visitor()
        secretary.post(f"{QUEUE}/cot", {"column": ["code", "channel"]})
        page = secretary.get(QUEUE).text
        assert page.count('data-label="Đến bằng">Trực tuyến') == 2
        assert page.count('data-label="Đến bằng">Qua bưu điện') == 1
        narrowed = secretary.get(f"{QUEUE}?den-bang=post").text
        assert TITLES[1] in narrowed
        assert TITLES[0] not in narrowed
        assert TITLES[0] in secretary.get(f"{QUEUE}?den-bang=online").text
        taken = secretary.get(f"{QUEUE}?den-bang=post&tai-ve=csv").text
        assert "Qua bưu điện" in taken
        assert TITLES[0] not in taken

    def test_an_unknown_filter_value_is_no_filter(self, office: Office) -> None:
        text = office.visitor().get(f"{QUEUE}?ket-luan=zzz&loai-hinh=zzz").text
        assert all(title in text for title in TITLES)

    def test_it_goes_on_page_by_page(self, office: Office) -> None:
        with office.at_work() as edition:
            for number in range(4, 53):
                dossier(edition, office.people["owner"], number, f"Tác phẩm {number}")
        first = office.visitor().get(QUEUE).text
        assert "KH3-0050" in first
        assert "KH3-0051" not in first
        assert "sau=KH3-0050" in first
        second = office.visitor().get(f"{QUEUE}?sau=KH3-0050").text
        assert "KH3-0052" in second
        assert TITLES[0] not in second
        assert 'rel="next"' not in second
        assert "truoc=KH3-0051" in second
        back = office.visitor().get(f"{QUEUE}?truoc=KH3-0051").text
        assert "KH3-0001" in back
        assert "Tác phẩm 51" not in back
        assert 'rel="prev"' not in back
        assert "sau=KH3-0050" in back

    def test_a_page_keeps_its_filter_and_an_act_leads_back_to_it(self, office: Office) -> None:
        with office.at_work() as edition:
            for number in range(4, 56):
                dossier(edition, office.people["owner"], number, f"Tác phẩm {number}")
        here = f"{QUEUE}?tim=tac+pham&sau=KH3-0051"
        page = office.visitor().get(here).text
        assert f"{QUEUE}?tim=tac+pham&amp;truoc=KH3-0052" in page
        assert f'action="{QUEUE}/du-dieu-kien?tim=tac+pham&amp;sau=KH3-0051"' in page
        done = office.visitor().post(f"{QUEUE}/du-dieu-kien?tim=tac+pham&sau=KH3-0051", {"entry": []})
        assert done.location == here

    def test_a_key_nobody_knows_leads_to_the_first_page(self, office: Office) -> None:
        assert TITLES[0] in office.visitor().get(f"{QUEUE}?sau=KH3-9999").text
        assert TITLES[0] in office.visitor().get(f"{QUEUE}?truoc=KH3-9999").text

    def test_the_first_round_waits_for_every_decision(self, office: Office, app: Flask) -> None:
        with office.at_work() as edition:
            first = factories.judging_round(edition).id
        with app.test_request_context():
            (waits,) = feature.obstacles(office.edition_id, "open_round", first)
        assert "Còn 3 hồ sơ chưa có kết luận" in waits.sentence
        for number in range(3):
            office.visitor().post(office.address(number, ELIGIBLE))
        with app.test_request_context():
            assert feature.obstacles(office.edition_id, "open_round", first) == []


class TestTakingAway:
    HEADINGS = (
        "STT",
        "Mã hồ sơ",
        "Tên tác phẩm",
        "Tác giả",
        "Cơ quan đăng, phát",
        "Loại hình",
        "Ngày nộp",
        "Kiểm tra tự động",
        "Kết luận",
        "Mã tác phẩm",
    )

    def test_the_workbook_holds_what_is_seen_in_typed_cells(self, office: Office) -> None:
        office.visitor().post(office.address(0, ELIGIBLE))
        answer = office.visitor().get(f"{QUEUE}?ket-luan=eligible&tai-ve=xlsx")
        assert 'filename="tac-pham-iii-2023.xlsx"' in answer.headers["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(answer.data)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert str(rows[0][0]).endswith("lần thứ III - năm 2023")
        assert rows[2] == self.HEADINGS
        with office.at_work():
            at = session.scalars(select(Entry.submitted_at).where(Entry.public_id == office.keys[0])).one()
        assert at is not None
        assert rows[3][:6] == (1, "KH3-0001", TITLES[0], "Nguyễn Thị Vân", "Báo Biển Xanh", "Báo in")
        assert rows[3][6] == datetime.combine(dates.local(at).date(), time())
        assert rows[3][7].endswith("cần xem lại")
        assert rows[3][8:] == ("Đủ điều kiện", "III-IN-001")
        assert len(rows) == 4

    def test_an_illustrative_edition_says_so(self, office: Office) -> None:
        with office.at_work() as edition:
            edition.illustrative = True
        sheet = load_workbook(io.BytesIO(office.visitor().get(f"{QUEUE}?tai-ve=xlsx").data)).active
        assert sheet is not None
        assert "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải." in str(sheet["A1"].value)

    def test_the_list_as_csv_holds_no_formula(self, office: Office) -> None:
        with office.at_work():
            session.scalars(select(Entry).where(Entry.public_id == office.keys[1])).one().title = '=HYPERLINK("x")'
        answer = office.visitor("auditor").get(f"{QUEUE}?tai-ve=csv")
        assert answer.data.startswith(b"\xef\xbb\xbf")
        lines = answer.data.decode("utf-8-sig").split("\r\n")
        assert lines[0] == ",".join(f'"{heading}"' for heading in self.HEADINGS)
        assert len([line for line in lines if line]) == 4
        assert '"\'=HYPERLINK(""x"")"' in lines[2]


def test_a_dossier_without_a_row_of_screening_is_pending(office: Office) -> None:
    with office.app.app_context():
        assert session.scalars(select(Screening)).all() == []
    assert office.visitor().get(QUEUE).text.count("Chờ kiểm tra") >= 3


def test_a_filter_is_kept_under_a_name_by_who_saved_it(office: Office) -> None:
    secretary, here = office.visitor(), f"{QUEUE}?tim=nguyen+thi+van&xep=name"
    save = here.replace("?", "/bo-loc?")
    assert "Ghi tên bộ lọc." in secretary.post(save, {"name": " "}).text
    assert "Chưa chọn bộ lọc nào để lưu." in secretary.post(f"{QUEUE}/bo-loc", {"name": "Tất cả"}).text
    assert secretary.post(save, {"name": "Của  chị Vân"}).location == here
    link = re.compile(r'<li><a href="([^"]*)"( aria-current="true")?>Của chị Vân</a></li>')
    kept = link.findall(secretary.get(QUEUE).text)
    assert kept == [(here.replace("&", "&amp;"), "")]
    assert link.findall(secretary.get(here).text) == [(kept[0][0], ' aria-current="true"')]
    secretary.post(f"{QUEUE}/bo-loc?ket-luan=pending", {"name": "Của chị Vân"})
    (narrowed,) = link.findall(secretary.get(QUEUE).text)
    assert narrowed[0] == f"{QUEUE}?ket-luan=pending", "one of the same name is replaced"
    organiser = office.visitor("organiser")
    assert "Của chị Vân" not in organiser.get(QUEUE).text
    (drop,) = re.findall(r'action="([^"]*/bo)"', secretary.get(QUEUE).text)
    assert organiser.post(drop).status_code == 404
    assert secretary.post(drop).location == QUEUE
    assert "Của chị Vân" not in secretary.get(QUEUE).text


def test_saved_filters_go_with_the_persons_data(office: Office) -> None:
    for who in ("secretary", "organiser"):
        office.visitor(who).post(f"{QUEUE}/bo-loc?tim=nguyen+thi+van", {"name": f"Của {who}"})
    with office.at_work():
        personal.erase(Subject(office.people["secretary"].id))
        (left,) = session.scalars(select(SavedFilter))
        assert (left.name, left.asked) == ("Của organiser", {"words": "nguyen thi van"})


def test_filters_are_as_many_as_can_be_told_apart(office: Office) -> None:
    secretary, here = office.visitor(), f"{QUEUE}/bo-loc?ket-luan=eligible"
    answers = [secretary.post(here, {"name": f"Bộ lọc {n}"}) for n in (*range(MOST_SAVED), 0, MOST_SAVED)]
    assert [answer.status_code for answer in answers] == [303] * (MOST_SAVED + 1) + [422]
    assert "Đã lưu 12 bộ lọc. Bỏ bớt rồi lưu lại." in answers[-1].text
