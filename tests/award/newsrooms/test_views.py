"""The pages of a newsroom's desk: its works, the one act, people, and what the secretariat sees."""

import re

import pytest
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.newsrooms.correspondence import UNSAID
from award.people.models import Invitation, Membership
from tests.award.newsrooms.conftest import Press

pytestmark = pytest.mark.db


def hidden(page: str) -> list[str]:
    return re.findall(r'name="work" value="([^"]+)"', page)


def test_the_desk_lists_works_with_what_is_missing_and_attests_them_all(press: Press) -> None:
    first, second = press.submitted("Đường về bản"), press.submitted("Người giữ biển")
    with press.at_work():
        draft = press.scene.draft(press.people["reporter"], title="Bản nháp", no_prior_prize=None)
        assert draft.state == "draft"
    visitor = press.visitor()
    assert press.desk() in visitor.get("/ban-lam-viec").text
    page = visitor.get(press.desk()).text
    for said in ("Báo Biển Xanh", "2 tác phẩm đã nộp, 0 đã xác nhận, 1 chưa nộp.", "Bản nháp", "Xác nhận 2 tác phẩm"):
        assert said in page
    assert "Giải thưởng đã đạt" in page or "Còn thiếu" in page
    assert '<th scope="col" class="pick">' in page
    asking = visitor.get(press.desk("/xac-nhan")).text
    assert (
        "Xác nhận 2 tác phẩm do Báo Biển Xanh đăng, phát; tên tác giả và ngày đăng, phát đúng như danh sách." in asking
    )
    assert "Còn 1 tác phẩm chưa xác nhận được: chưa nộp." in asking
    answer = visitor.post(press.desk("/xac-nhan"), {"work": hidden(asking)})
    assert answer.status_code == 303
    assert "Đã xác nhận 2 tác phẩm." in visitor.get(press.desk()).text
    assert press.said(first) == press.said(second) == [("confirmed", "")]
    assert "Không còn tác phẩm nào chờ xác nhận." in visitor.get(press.desk("/xac-nhan")).text


def test_the_newsroom_opens_the_published_article_of_what_it_attests(press: Press) -> None:
    key, link = press.submitted("Đường về bản"), "https://bao.example.vn/duong-ve-ban"
    with press.at_work():
        press.entry(key).parts[0].link = link
    for page in ("", "/xac-nhan"):
        shown = press.visitor().get(press.desk(page)).text
        assert f'<a href="{link}" target="_blank" rel="noopener noreferrer external">Mở bài đã đăng<' in shown
    with press.at_work():
        press.entry(key).parts[0].link = "javascript:alert(1)"
    assert "javascript:" not in press.visitor().get(press.desk()).text


def test_only_what_was_picked_is_asked_for(press: Press) -> None:
    press.submitted("Đường về bản")
    picked = press.submitted("Người giữ biển")
    asking = press.visitor().get(press.desk(f"/xac-nhan?chon={picked}")).text
    assert [each.partition(".")[0] for each in hidden(asking)] == [picked]


def test_a_refusal_is_told_to_the_author_and_read_by_the_secretariat(press: Press) -> None:
    key = press.submitted("Đường về bản")
    there = press.desk(f"/{key}/khong-xac-nhan")
    visitor = press.visitor("chief")
    assert visitor.post(there, {"reason": " "}).status_code == 422
    assert visitor.post(there, {"reason": "Bài chưa đăng trên báo."}).status_code == 303
    (letter,) = press.letters("not_attested")
    assert letter.to_address == "reporter@example.vn"
    assert "Bài chưa đăng trên báo." in letter.body
    screening = press.visitor("secretary").get(f"/iii-2023/kiem-tra/{key}").text
    assert "Báo Biển Xanh không xác nhận" in screening
    assert "Bài chưa đăng trên báo." in screening


def test_the_desk_of_another_newsroom_does_not_exist(press: Press) -> None:
    key = press.submitted("Đường về bản")
    for who in ("outsider", "reporter", "colleague"):
        visitor = press.visitor(who)
        for act in ("", "/xac-nhan", "/nguoi", f"/{key}/khong-xac-nhan"):
            assert visitor.get(press.desk(act)).status_code == 404, (who, act)
        assert visitor.post(press.desk("/xac-nhan"), {"work": f"{key}.x"}).status_code == 404
    assert "Đường về bản" not in press.visitor("outsider").get(press.desk(organ="hill")).text


def test_who_speaks_for_a_newsroom_invites_others_and_ends_what_they_are(press: Press) -> None:
    visitor = press.visitor()
    there = press.desk("/nguoi")
    assert visitor.post(there, {"email": "moi@example.vn", "role": "contact"}).status_code == 422
    form = {"email": "moi@example.vn", "legal_name": "Trần Minh", "role": "contact"}
    assert visitor.post(there, form).status_code == 303
    (letter,) = press.letters("membership")
    assert "Báo Biển Xanh giao làm đầu mối của cơ quan" in letter.body
    assert visitor.post(there, {"email": "reporter@example.vn", "role": "journalist"}).status_code == 303
    *_invited, told = press.letters("membership")
    assert told.to_address == "reporter@example.vn"
    page = visitor.get(there).text
    assert "Trần Minh" in page
    assert "Đã mời, chưa mở tài khoản" in page
    with press.at_work():
        invitation = session.query(Invitation).one()
        assert invitation.person.newsroom_id == press.scene.organ_id
    ended = visitor.post(f"{there}/{press.people['chief'].public_id}/thoi", {"role": "editor_in_chief"})
    assert ended.status_code == 303
    assert press.visitor("chief").get(press.desk()).status_code == 404


def test_the_secretariat_surveys_and_reminds(press: Press) -> None:
    press.submitted("Đường về bản")
    visitor = press.visitor("secretary")
    page = visitor.get("/iii-2023/toa-soan").text
    assert "1 tác phẩm của 1 cơ quan chờ xác nhận." in page
    assert page.index("Báo Biển Xanh") < page.index("Đài Núi Bạc")
    for _ in range(2):
        assert visitor.post("/iii-2023/toa-soan/nhac").status_code == 303
    assert {each.to_address for each in press.letters("attestation_reminder")} == {
        "contact@example.vn",
        "chief@example.vn",
    }
    assert len(press.letters("attestation_reminder")) == 2
    assert press.visitor("contact").get("/iii-2023/toa-soan").headers["Location"] == press.desk()
    assert press.visitor("reporter").get("/iii-2023/toa-soan").status_code == 403
    assert press.visitor("contact").post("/iii-2023/toa-soan/nhac").status_code == 403
    letter = visitor.get("/iii-2023/thu/gui/unsaid").text
    assert "2 người nhận" in letter
    assert "mời người nhận" not in letter
    beginning = {"subject": str(UNSAID.subject), "body": str(UNSAID.body)}
    looked = visitor.post("/iii-2023/thu/gui/unsaid", {**beginning, "viec": "xem"})
    assert looked.status_code == 200, "the rules set no deadline of confirmation: its line is left out"
    told = {"subject": "Nhắc", "body": "Chậm nhất ngày {han}.\n\n{lien_ket}", "viec": "xem"}
    assert "Chưa có nội dung cho {han}" in visitor.post("/iii-2023/thu/gui/unsaid", told).text
    with press.at_work():
        for each in session.scalars(select(Membership).where(Membership.role.in_(("contact", "editor_in_chief")))):
            session.delete(each)
    named_at = f'href="{press.desk("/nguoi")}">Báo Biển Xanh: mời người nhận</a>'
    assert named_at in visitor.get("/iii-2023/thu/gui/unsaid").text
    assert "1 cơ quan còn tác phẩm chờ xác nhận mà chưa có người nhận thư" in visitor.get("/iii-2023/toa-soan").text


def test_the_lists_are_taken_along(press: Press) -> None:
    press.submitted("Đường về bản")
    assert "Đường về bản" in press.visitor().get(press.desk("?tai-ve=csv")).text
    assert "Đường về bản" not in press.visitor().get(press.desk("?tai-ve=csv&xem=da")).text
    assert "Báo Biển Xanh" in press.visitor("auditor").get("/iii-2023/toa-soan?tai-ve=csv").text


def test_after_judging_began_the_desk_is_only_read(press: Press) -> None:
    key = press.submitted("Đường về bản")
    with press.at_work():
        session.get_one(Edition, press.scene.edition_id).state = "judging"
    page = press.visitor().get(press.desk()).text
    assert "Tác phẩm đã chuyển sang chấm, không xác nhận được nữa." in page
    assert press.visitor().get(press.desk("/xac-nhan")).status_code == 403
    assert press.visitor().get(press.desk(f"/{key}/khong-xac-nhan")).status_code == 403
