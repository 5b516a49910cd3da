"""Deciding on many, taking it back, and what a person says of single rules."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from award.db import session
from award.editions.models import Clause
from award.entries.models import Correction, Entry
from award.messages.models import Message
from award.screening.models import RuleVerdict, ScreeningAct
from tests.award.screening.conftest import QUEUE, TITLES, Office, attach

TOGETHER = f"{QUEUE}/du-dieu-kien"


def completed(office: Office, *numbers: int) -> None:
    """Nothing speaks against these dossiers any more."""
    with office.at_work() as edition:
        for number in numbers:
            entry = session.scalars(select(Entry).where(Entry.public_id == office.keys[number])).one()
            category = edition.categories[0]
            entry.genre_id, entry.byline, entry.no_prior_prize = category.genres[0].id, "Nguyễn Thị Vân", True
            entry.declared = {code: {"version": 1} for code in ("commitment", "consent")}
            entry.authors[0].phone, entry.authors[0].employer_text = "0905 123 456", "Báo Biển Xanh"
            entry.parts[0].issue, entry.parts[0].page = "7520", "3"
            attach(entry, category.slots[0].id, "pdf", f"trang-{number}.pdf")


def decisions(office: Office) -> list[str]:
    return [screening.decision if (screening := office.decided(n)) else "pending" for n in range(3)]


def undo_address(text: str) -> str:
    start = text.index("/kiem-tra/hoan-tac/")
    return "/iii-2023" + text[start : text.index('"', start)]


class TestTogether:
    def test_those_with_every_rule_met_are_eligible_and_the_rest_is_named(self, office: Office) -> None:
        completed(office, 0, 1)
        secretary = office.visitor()
        done = secretary.post(TOGETHER, {"entry": office.keys})
        assert (done.status_code, done.location) == (303, QUEUE)
        text = secretary.get(QUEUE).text
        assert "Đủ điều kiện: 2 hồ sơ. Để lại 1 hồ sơ: KH3-0003 còn quy định cần xem lại." in text
        assert decisions(office) == ["eligible", "eligible", "pending"]

    def test_the_act_is_taken_back_as_one_and_codes_stay_given(self, office: Office) -> None:
        completed(office, 0, 1)
        secretary = office.visitor()
        secretary.post(TOGETHER, {"entry": office.keys})
        address = undo_address(secretary.get(QUEUE).text)
        assert office.visitor("organiser").post(address).status_code == 403
        undone = secretary.post(address)
        assert undone.status_code == 303
        assert decisions(office) == ["pending", "pending", "pending"]
        assert "Đã hoàn tác: KH3-0001, KH3-0002." in secretary.get(QUEUE).text
        decided = office.decided(0)
        assert decided is not None
        assert decided.blind_code == "III-IN-001"
        assert secretary.post(address).status_code == 403

    def test_what_somebody_decided_anew_is_left_alone(self, office: Office) -> None:
        completed(office, 0, 1)
        secretary = office.visitor()
        secretary.post(TOGETHER, {"entry": office.keys})
        address = undo_address(secretary.get(QUEUE).text)
        grounds = {"reason": "Trùng tác phẩm", "clause": "Điều 5"}
        office.visitor("organiser").post(office.address(0, "/khong-du-dieu-kien"), grounds)
        secretary.post(address)
        assert decisions(office) == ["ineligible", "pending", "pending"]
        assert "Giữ nguyên vì đã thay đổi sau đó: KH3-0001." in secretary.get(QUEUE).text

    def test_a_single_decision_is_taken_back_to_what_stood_before(self, office: Office) -> None:
        secretary = office.visitor()
        secretary.post(office.address(0, "/khong-du-dieu-kien"), {"reason": "Đăng sớm", "clause": "Điều 4"})
        secretary.get(office.address(1))
        secretary.post(office.address(0, "/du-dieu-kien"), {"reason": "Đã đối chiếu"})
        address = undo_address(secretary.get(office.address(1)).text)
        assert secretary.post(address).location == office.address(0)
        decided = office.decided(0)
        assert decided is not None
        assert (decided.decision, decided.reason, decided.clause) == ("ineligible", "Đăng sớm", "Điều 4")

    def test_once_judging_has_begun_nothing_is_taken_back(self, office: Office) -> None:
        completed(office, 0)
        secretary = office.visitor()
        secretary.post(TOGETHER, {"entry": office.keys[:1]})
        with office.at_work() as edition:
            edition.state = "judging"
            act = session.scalars(select(ScreeningAct)).one().public_id
        assert secretary.post(f"{QUEUE}/hoan-tac/{act}").status_code == 403
        assert secretary.post(TOGETHER, {"entry": office.keys}).status_code == 403

    def test_nobody_chosen_decides_nothing(self, office: Office) -> None:
        secretary = office.visitor()
        assert secretary.post(TOGETHER).status_code == 303
        assert "Chưa kết luận hồ sơ nào." in secretary.get(QUEUE).text
        with office.app.app_context():
            assert session.scalars(select(ScreeningAct)).all() == []


class TestEveryVerdict:
    GROUNDS = {"reason": "Trùng tác phẩm", "clause": "Điều 5"}
    REQUEST = {"items": "ảnh trang báo", "parts": ["files"], "due_day": "31/12/2099"}

    def test_many_are_not_eligible_for_one_reason(self, office: Office) -> None:
        secretary = office.visitor()
        done = secretary.post(f"{QUEUE}/khong-du-dieu-kien", {"entry": office.keys[:2], **self.GROUNDS})
        assert (done.status_code, done.location) == (303, QUEUE)
        assert decisions(office) == ["ineligible", "ineligible", "pending"]
        decided = office.decided(1)
        assert decided is not None
        assert (decided.reason, decided.clause) == ("Trùng tác phẩm", "Điều 5")
        assert "Không đủ điều kiện: 2 hồ sơ." in secretary.get(QUEUE).text

    def test_each_takes_its_reason_from_its_own_rules_and_who_has_none_is_left(self, office: Office) -> None:
        with office.at_work() as edition:
            session.add(Clause(edition_id=edition.id, code="window", value={}, source="khoản 2 Điều 4"))
            entry = session.scalars(select(Entry).where(Entry.public_id == office.keys[0])).one()
            entry.parts[0].published_on = entry.parts[0].published_on.replace(year=2020)
        secretary = office.visitor()
        secretary.post(f"{QUEUE}/khong-du-dieu-kien", {"entry": office.keys[:2]})
        assert decisions(office) == ["ineligible", "pending", "pending"]
        assert "KH3-0002 cần ghi lý do và điều khoản của Thể lệ" in secretary.get(QUEUE).text

    def test_with_a_reason_many_are_eligible_whatever_the_rules_ask_to_look_at(self, office: Office) -> None:
        office.visitor().post(TOGETHER, {"entry": office.keys, "reason": "Đã đối chiếu bản giấy"})
        assert decisions(office) == ["eligible", "eligible", "eligible"]
        decided = office.decided(2)
        assert decided is not None
        assert decided.reason == "Đã đối chiếu bản giấy"

    def test_many_are_asked_to_mend_and_the_asking_is_taken_back(self, office: Office) -> None:
        secretary = office.visitor()
        assert secretary.post(f"{QUEUE}/bo-sung", {"entry": office.keys[:2], **self.REQUEST}).status_code == 303
        assert decisions(office) == ["correction", "correction", "pending"]
        page = secretary.get(QUEUE).text
        assert "Đề nghị bổ sung: 2 hồ sơ." in page
        with office.app.app_context():
            letters = session.scalars(select(Message).where(Message.kind == "correction")).all()
            assert len(letters) == 2
            assert all(
                f"/iii-2023/tac-pham/{key}" in " ".join(each.body for each in letters) for key in office.keys[:2]
            )
        assert secretary.post(undo_address(page)).status_code == 303
        assert decisions(office) == ["pending", "pending", "pending"]
        with office.app.app_context():
            assert len(session.scalars(select(Message).where(Message.kind == "correction_over")).all()) == 2
            assert {each.ended for each in session.scalars(select(Correction))} == {"taken_back"}

    def test_what_lacks_is_told_and_the_choice_kept(self, office: Office) -> None:
        answer = office.visitor().post(f"{QUEUE}/bo-sung", {"entry": office.keys[:1], "items": "ảnh trang báo"})
        assert answer.status_code == 422
        assert "Chọn ít nhất một phần được bổ sung." in answer.text
        assert "ảnh trang báo</textarea>" in answer.text
        assert re.search(rf'name="entry" value="{office.keys[0]}"[^>]* checked', answer.text)
        assert decisions(office) == ["pending", "pending", "pending"]

    def test_the_way_back_stands_on_the_queue_until_the_next_act_on_many(self, office: Office) -> None:
        """Deciding on single dossiers, other pages, another sign-in: the last act on many can still be taken back."""
        secretary = office.visitor()
        secretary.post(f"{QUEUE}/khong-du-dieu-kien", {"entry": office.keys[:2], **self.GROUNDS})
        first = undo_address(secretary.get(QUEUE).text)
        secretary.post(office.address(2, "/khong-du-dieu-kien"), self.GROUNDS)
        secretary.get(office.address(0))
        secretary.get(QUEUE)
        assert undo_address(office.visitor().get(QUEUE).text) == first
        assert "hoan-tac" not in office.visitor("organiser").get(QUEUE).text
        secretary.post(TOGETHER, {"entry": office.keys[:1], "reason": "Đã đối chiếu"})
        assert undo_address(office.visitor().get(QUEUE).text) != first
        secretary.post(undo_address(office.visitor().get(QUEUE).text))
        assert decisions(office) == ["ineligible", "ineligible", "ineligible"]
        assert "hoan-tac" not in office.visitor().get(QUEUE).text


class TestRules:
    RED = {"rule-theme": "red", "remark-theme": "Viết về du lịch", "clause-theme": "Điều 2"}

    def said(self, office: Office) -> list[tuple[Any, ...]]:
        with office.app.app_context():
            rows = session.scalars(select(RuleVerdict).order_by(RuleVerdict.id))
            return [(row.code, row.verdict, row.clause, row.remark) for row in rows]

    def test_what_a_person_finds_is_the_reason(self, office: Office) -> None:
        answer = office.visitor().post(office.address(0, "/khong-du-dieu-kien"), {**self.RED, "rule-files": ""})
        assert answer.status_code == 303
        decided = office.decided(0)
        assert decided is not None
        assert (decided.decision, decided.reason, decided.clause) == ("ineligible", "Viết về du lịch", "Điều 2")
        assert self.said(office) == [("theme", "red", "Điều 2", "Viết về du lịch")]
        page = office.visitor().get(office.address(0)).text
        assert 'name="rule-theme" value="red" checked' in page
        assert 'value="Viết về du lịch"' in page

    def test_the_clause_cited_last_is_offered_in_the_next_dossier(self, office: Office) -> None:
        office.visitor().post(office.address(0, "/khong-du-dieu-kien"), self.RED)
        page = office.visitor().get(office.address(1)).text
        assert 'id="clause-theme" name="clause-theme" value="Điều 2"' in page

    def test_a_red_finding_gives_reason_and_clause_by_itself(self, office: Office) -> None:
        with office.at_work() as edition:
            session.add(Clause(edition_id=edition.id, code="window", value={}, source="khoản 2 Điều 4"))
            entry = session.scalars(select(Entry).where(Entry.public_id == office.keys[0])).one()
            entry.parts[0].published_on = entry.parts[0].published_on.replace(year=2020)
        assert office.visitor().post(office.address(0, "/khong-du-dieu-kien")).status_code == 303
        decided = office.decided(0)
        assert decided is not None
        assert decided.clause == "khoản 2 Điều 4"
        assert decided.reason.startswith("tác phẩm đăng ngày 02/3/2020")
        assert "Theo kê khai" not in decided.reason

    def test_what_speaks_against_a_work_is_overruled_with_a_word_or_a_reason(self, office: Office) -> None:
        refused = office.visitor().post(office.address(0, "/du-dieu-kien"), self.RED)
        assert refused.status_code == 422
        assert "Còn quy định chưa đạt: đánh dấu đạt ở quy định đó, hoặc ghi lý do." in refused.text
        assert 'value="Viết về du lịch"' in refused.text
        assert office.visitor().post(office.address(0, "/du-dieu-kien"), {"rule-theme": "green"}).status_code == 303
        assert self.said(office) == [("theme", "green", "", "")]

    def test_what_is_too_long_is_told_at_its_field(self, office: Office) -> None:
        said = {"rule-theme": "red", "remark-theme": "x" * 501, "clause-theme": "y" * 201}
        answer = office.visitor().post(office.address(0, "/khong-du-dieu-kien"), said)
        assert answer.status_code == 422
        assert 'id="remark-theme-fault"' in answer.text
        assert 'id="clause-theme-fault"' in answer.text
        assert office.decided(0) is None

    @pytest.mark.parametrize("verdict", ["maybe", "RED", ""])
    def test_a_word_nobody_knows_says_nothing(self, office: Office, verdict: str) -> None:
        office.visitor().post(office.address(0, "/du-dieu-kien"), {"rule-theme": verdict, "reason": "Đã xem"})
        assert self.said(office) == []


class TestColumns:
    def test_they_stay_for_the_person_and_are_what_is_taken_along(self, office: Office) -> None:
        secretary = office.visitor()
        assert ">Cơ quan đăng, phát<" in secretary.get(QUEUE).text
        chosen = secretary.post(f"{QUEUE}/cot?xep=title", {"column": ["blind_code", "code", "nonsense"]})
        assert (chosen.status_code, chosen.location) == (303, f"{QUEUE}?xep=title")
        again = office.visitor().get(QUEUE).text
        assert '<th scope="col">Mã tác phẩm</th>' in again
        assert 'data-label="Tác giả"' not in again
        assert all(title in again for title in TITLES)
        lines = office.visitor().get(f"{QUEUE}?tai-ve=csv").data.decode("utf-8-sig").split("\r\n")
        assert lines[0] == '"STT","Mã hồ sơ","Tên tác phẩm","Mã tác phẩm"'
        assert 'data-label="Tác giả"' in office.visitor("organiser").get(QUEUE).text
