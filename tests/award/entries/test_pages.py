"""The pages of the form over HTTP: saving while typing, two tabs, rows, files, other people's eyes."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from award import dates
from award.clock import now
from award.db import session, unit_of_work
from award.entries import operations
from award.entries.feature import may_read_file, navigation, next_acts
from award.entries.models import Entry
from award.entries.progress import left_words
from award.files.models import File
from award.rules.eligibility import Finding
from tests import factories
from tests.award.entries.conftest import Browser, Scene
from uploads.protocol import fingerprint

JSON = {"Accept": "application/json"}
Say = Callable[..., None]


@pytest.fixture
def entry(scene: Scene) -> Entry:
    with unit_of_work():
        return scene.draft()


class Tab:
    """One tab of a browser on one page of the form: it keeps the version its script knows."""

    def __init__(self, visitor: Browser, scene: Scene, entry: Entry, page: str) -> None:
        self.visitor, self.address = visitor, f"/{scene.slug}/tac-pham/{entry.public_id}/{page}"
        shown = visitor.get(self.address).text
        found = re.search(r'data-version="([^"]*)"', shown)
        assert found
        self.version = found[1]

    def type(self, **fields: str) -> TestResponse:
        answer = self.visitor.post(self.address, {"version": self.version, **fields}, headers=JSON)
        if answer.is_json and "version" in answer.json:
            self.version = answer.json["version"]
        return answer

    def press(self, **fields: str) -> TestResponse:
        return self.visitor.post(self.address, {"version": self.version, **fields})


@pytest.fixture
def entrant(app: Flask, scene: Scene) -> Browser:
    return Browser(app, scene.entrant)


def again(entry: Entry) -> Entry:
    session.rollback()
    session.expire_all()
    return session.get_one(Entry, entry.id)


@pytest.mark.parametrize(("agent", "within"), [("Chrome/120.0.0.0 Mobile Zalo/1.0", 1), ("Chrome/120.0.0.0 Mobile", 0)])
def test_pages_that_keep_a_session_or_take_files_say_that_they_stand_open_within_another_application(
    app: Flask, scene: Scene, entrant: Browser, entry: Entry, agent: str, within: int
) -> None:
    home, anybody = f"/{scene.slug}/tac-pham", Browser(app)
    own = [(entrant, f"{home}/{entry.public_id}{page}") for page in ("", "/khai", "/tep", "/kiem-tra")]
    asked = [(anybody, "/dang-nhap"), (anybody, "/dang-ky"), *own]
    read = [(anybody, f"/{scene.slug}/"), (anybody, f"/{scene.slug}/the-le"), (entrant, home)]
    words = "Trang đang mở trong Zalo, dễ mất tệp đang tải hoặc phải đăng nhập lại."
    for often, doors in ((within, asked), (0, read)):
        for visitor, address in doors:
            page = visitor.get(address, headers={"User-Agent": agent})
            assert (page.status_code, page.text.count(words)) == (200, often), address


def test_what_is_typed_is_saved_and_said_after_the_commit(scene: Scene, entrant: Browser, entry: Entry) -> None:
    tab = Tab(entrant, scene, entry, "khai")
    answer = tab.type(title="Tên mới")
    assert answer.status_code == 200
    assert set(answer.json) == {"version", "saved_at", "messages", "cautions", "states", "others", "old"}
    assert again(entry).title == "Tên mới"
    assert answer.json["saved_at"] == again(entry).changed_at.isoformat()
    assert tab.type(title="Tên mới hơn").status_code == 200


def test_what_changes_nothing_leaves_the_row_alone(scene: Scene, entrant: Browser, entry: Entry) -> None:
    version = entry.version
    Tab(entrant, scene, entry, "khai").type(title=entry.title)
    assert again(entry).version == version


def test_rules_speak_beside_the_field_while_typing(scene: Scene, entrant: Browser, entry: Entry) -> None:
    key = entry.parts[0].public_id
    answer = Tab(entrant, scene, entry, "cac-ky").type(**{f"{key}-published_on": "15/10/2022"})
    (sentence,) = answer.json["messages"][f"{key}-published_on"]
    assert "Căn cứ: khoản 2 Điều 4 Thể lệ." in sentence
    assert answer.json["states"]["rule-window"] == {"kind": "bad", "word": "Chưa đạt"}
    page = entrant.get(f"/{scene.slug}/tac-pham/{entry.public_id}/cac-ky").text
    assert "Căn cứ: khoản 2 Điều 4 Thể lệ." in page


def test_a_day_that_cannot_be_read_is_told_and_the_rest_is_saved(scene: Scene, entrant: Browser, entry: Entry) -> None:
    key = entry.parts[0].public_id
    tab = Tab(entrant, scene, entry, "cac-ky")
    said = {f"{key}-published_on": "31/2/2023", f"{key}-place": "Số 1"}
    answer = tab.type(**said)
    assert answer.json["messages"][f"{key}-published_on"] == [
        f"Chưa đọc được ngày này. Ghi ngày/tháng/năm, năm đủ bốn chữ số, ví dụ: {dates.example_day()}."
    ]
    assert again(entry).parts[0].place == "Số 1"
    pressed = tab.press(**said)
    assert pressed.status_code == 422
    assert 'value="31/2/2023"' in pressed.text
    assert f'href="#{key}-published_on"' in pressed.text
    assert again(entry).parts[0].published_on.isoformat() == "2023-03-02"


def test_one_day_written_in_two_ways_is_no_conflict_and_faults_name_their_part(
    scene: Scene, entrant: Browser, entry: Entry
) -> None:
    Tab(entrant, scene, entry, "cac-ky").press(act="add")
    first, second = (part.public_id for part in again(entry).parts)
    kept, other = (Tab(entrant, scene, entry, "cac-ky") for _ in range(2))
    days = {f"{first}-published_on": "15.9.2023", f"{second}-published_on": "22/9/23"}
    answer = kept.press(**days)
    assert answer.status_code == 422
    assert ">Kỳ 2: Chưa đọc được ngày này. Ghi ngày/tháng/năm, năm đủ bốn chữ số" in answer.text
    reopened = kept.press(**{**days, f"{second}-published_on": "22/9/2023"})
    assert reopened.status_code == 303, "the page was kept as it was typed, over what had come in"
    assert [part.published_on.isoformat() for part in again(entry).parts] == ["2023-09-15", "2023-09-22"]
    contested = other.press(**{f"{first}-published_on": "16.9.2023"})
    assert contested.status_code == 409
    assert "Kỳ 1: Ngày đăng, phát" in contested.text
    assert "mục thứ" not in contested.text


def test_two_tabs_on_two_pages_do_not_meet(scene: Scene, entrant: Browser, entry: Entry) -> None:
    work, authors = (Tab(entrant, scene, entry, page) for page in ("khai", "tac-gia"))
    assert work.type(title="Tên mới").status_code == 200
    assert authors.type(**{f"{entry.authors[0].public_id}-role": "kịch bản"}).status_code == 200
    assert work.type(title="Tên mới nữa").status_code == 200
    assert (again(entry).title, again(entry).authors[0].role) == ("Tên mới nữa", "kịch bản")


def test_two_tabs_on_one_field_are_shown_both_texts(scene: Scene, entrant: Browser, entry: Entry) -> None:
    here, there = (Tab(entrant, scene, entry, "khai") for _ in range(2))
    assert there.type(title="Của tab kia", byline="Hà Vân").status_code == 200
    answer = here.type(title="Của tab này")
    assert answer.status_code == 409
    assert answer.json["conflict"] == {"title": {"yours": "Của tab này", "theirs": "Của tab kia"}}
    assert again(entry).title == "Của tab kia"
    assert here.type(title="Của tab này").status_code == 200
    assert (again(entry).title, again(entry).byline) == ("Của tab này", "Hà Vân")


@pytest.mark.parametrize(("kept", "title"), [("yours", "Của tab này"), ("theirs", "Của tab kia")])
def test_without_a_script_the_choice_is_made_on_the_page(
    scene: Scene, entrant: Browser, entry: Entry, kept: str, title: str
) -> None:
    here, there = (Tab(entrant, scene, entry, "khai") for _ in range(2))
    there.type(title="Của tab kia")
    contested = here.press(title="Của tab này", summary="Thêm tóm tắt")
    assert contested.status_code == 409
    assert "Của tab kia" in contested.text
    assert 'value="Của tab này"' in contested.text
    assert "Thêm tóm tắt" in contested.text
    found = re.search(r'name="version" value="([^"]*)"', contested.text)
    assert found
    here.version = found[1]
    assert here.press(title="Của tab này", summary="Thêm tóm tắt", **{"keep:title": kept}).status_code == 303
    assert (again(entry).title, again(entry).summary) == (title, "Thêm tóm tắt")


def test_the_browser_is_told_which_page_came_in_and_only_then(scene: Scene, entrant: Browser, entry: Entry) -> None:
    here, there = (Tab(entrant, scene, entry, "khai") for _ in range(2))
    came = here.press(title="Của tab này").headers["Set-Cookie"]
    assert came.startswith(f"giai_den=/{scene.slug}/tac-pham/{entry.public_id}/khai;")
    assert "giai_den" not in there.press(title="Của tab kia").headers.get("Set-Cookie", ""), "both are shown"


def test_words_for_a_part_removed_in_another_tab_are_not_lost(scene: Scene, entrant: Browser, entry: Entry) -> None:
    here, there = (Tab(entrant, scene, entry, "cac-ky") for _ in range(2))
    key = entry.parts[0].public_id
    assert there.press(act=f"remove:{key}").status_code == 303
    typed = {f"{key}-title": "Kỳ 1, bản mới", f"{key}-link": ""}
    answer = here.type(**typed)
    assert answer.json["conflict"] == {f"{key}-title": {"yours": "Kỳ 1, bản mới", "theirs": ""}}
    assert here.type(**typed).status_code == 200
    assert [(part.public_id, part.title) for part in again(entry).parts] == [(key, "Kỳ 1, bản mới")]


def test_rows_come_move_and_go_without_a_script(scene: Scene, entrant: Browser, entry: Entry) -> None:
    tab = Tab(entrant, scene, entry, "tac-gia")
    first = entry.authors[0].public_id
    added = tab.press(act="add", **{f"{first}-role": "biên tập"})
    assert added.status_code == 303
    assert [author.role for author in again(entry).authors] == ["biên tập", ""]
    second = again(entry).authors[1].public_id
    assert added.headers["Location"].endswith(f"/tac-gia#row-{second}")
    tab = Tab(entrant, scene, entry, "tac-gia")
    tab.press(act=f"up:{second}", **{f"{second}-legal_name": "Trần Minh", "contact": second})
    people = [(author.legal_name, author.contact) for author in again(entry).authors]
    assert people == [("Trần Minh", True), ("Nguyễn Thị Vân", False)]
    Tab(entrant, scene, entry, "tac-gia").press(act=f"remove:{second}")
    assert [author.legal_name for author in again(entry).authors] == ["Nguyễn Thị Vân"]


def test_the_owners_row_is_tied_to_the_account_by_its_name(scene: Scene, entrant: Browser, entry: Entry) -> None:
    key = entry.authors[0].public_id
    Tab(entrant, scene, entry, "tac-gia").type(**{f"{key}-legal_name": "Trần Minh"})
    assert again(entry).authors[0].person_id is None
    Tab(entrant, scene, entry, "tac-gia").type(**{f"{key}-legal_name": "nguyễn thị vân"})
    assert again(entry).authors[0].person_id == scene.entrant.id


def test_declarations_keep_their_version_and_time_until_taken_back(
    scene: Scene, entrant: Browser, entry: Entry
) -> None:
    with unit_of_work():
        entry.declared = {}
    tab = Tab(entrant, scene, entry, "cam-ket")
    tab.type(commitment="y", no_prior_prize="none")
    declared = again(entry).declared
    assert set(declared) == {"commitment"}
    assert declared["commitment"]["version"] == 1
    tab.type(commitment="y", consent="y", no_prior_prize="none")
    assert again(entry).declared["commitment"] == declared["commitment"]
    tab.type(consent="y", no_prior_prize="none")
    assert set(again(entry).declared) == {"consent"}


def test_prizes_are_listed_row_by_row(scene: Scene, entrant: Browser, entry: Entry) -> None:
    Tab(entrant, scene, entry, "cam-ket").press(act="add", no_prior_prize="some")
    key = again(entry).prior_prizes[0].public_id
    said = {f"{key}-award_name": "Giải Báo chí Quốc gia", f"{key}-level": "C", f"{key}-year": "2022"}
    answer = Tab(entrant, scene, entry, "cam-ket").type(no_prior_prize="some", commitment="y", consent="y", **said)
    assert "Căn cứ: Điều 6 Thể lệ." in answer.json["messages"][f"{key}-award_name"][0]
    prize = again(entry).prior_prizes[0]
    assert (prize.level, prize.year, again(entry).no_prior_prize) == ("C", 2022, False)


def test_genres_and_topics_of_other_editions_do_not_come_in(scene: Scene, entrant: Browser, entry: Entry) -> None:
    with unit_of_work():
        foreign = factories.category(factories.edition(slug="khac", ordinal=9))
    assert Tab(entrant, scene, entry, "khai").type(genre=str(foreign.genres[0].id)).status_code == 200
    assert again(entry).genre_id is None


@pytest.mark.parametrize("page", ["khai", "cac-ky", "tac-gia", "tep", "cam-ket"])
def test_after_the_deadline_the_draft_is_read_and_not_written(
    scene: Scene, entrant: Browser, entry: Entry, page: str
) -> None:
    with unit_of_work():
        scene.edition.deadline_at = now() - timedelta(minutes=3)
    at = f"/{scene.slug}/tac-pham/{entry.public_id}"
    assert entrant.get(f"{at}/{page}").status_code == 302
    if page != "tep":
        assert entrant.post(f"{at}/{page}", {"title": "muộn"}, headers=JSON).status_code == 403
    shown = entrant.get(at).text
    assert "Bản nháp vẫn được giữ để xem lại, không nộp được nữa." in shown
    assert entrant.get(f"{at}/kiem-tra").status_code == 200
    assert entrant.post(f"{at}/nop").status_code == 403


def test_a_submitted_dossier_opens_through_its_own_button(scene: Scene, entrant: Browser, entry: Entry) -> None:
    at = f"/{scene.slug}/tac-pham/{entry.public_id}"
    assert entrant.post(f"{at}/nop").status_code == 303
    assert entrant.get(f"{at}/khai").status_code == 302
    assert entrant.post(f"{at}/khai", {"title": "x"}, headers=JSON).status_code == 403
    assert "Sửa hồ sơ đã nộp" in entrant.get(at).text
    assert entrant.post(f"{at}/sua").headers["Location"] == at
    assert "Đang sửa, bản đã nộp vẫn có hiệu lực" in entrant.get(at).text
    assert Tab(entrant, scene, entry, "khai").type(title="Tên sau").status_code == 200
    assert again(entry).title == "Giữ lời hứa với dân"
    assert "Giữ lời hứa với dân" in entrant.get(f"{at}/bien-nhan").text
    assert entrant.post(f"{at}/nop").headers["Location"] == f"{at}/bien-nhan"
    assert again(entry).title == "Tên sau"
    assert "Các biên nhận khác của hồ sơ này" in entrant.get(f"{at}/bien-nhan").text


def test_a_form_sent_twice_has_one_receipt_and_one_letter(scene: Scene, entrant: Browser, entry: Entry) -> None:
    at = f"/{scene.slug}/tac-pham/{entry.public_id}"
    answers = [entrant.post(f"{at}/nop", {"deed_key": "một-lần"}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"{at}/bien-nhan"] * 2
    assert again(entry).code == "KH3-0001"


def test_withdrawing_asks_for_the_reason(scene: Scene, entrant: Browser, entry: Entry) -> None:
    at = f"/{scene.slug}/tac-pham/{entry.public_id}"
    entrant.post(f"{at}/nop")
    assert entrant.post(f"{at}/rut").status_code == 422
    assert entrant.post(f"{at}/rut", {"reason": "Tòa soạn đề nghị"}).status_code == 303
    assert again(entry).state == "withdrawn"
    assert "Tác phẩm đã rút lúc" in entrant.get(at).text
    assert entrant.get(f"{at}/bien-nhan").status_code == 200


def test_a_draft_is_deleted_after_being_asked(scene: Scene, entrant: Browser, entry: Entry) -> None:
    at = f"/{scene.slug}/tac-pham/{entry.public_id}"
    assert "Xóa bản nháp “Giữ lời hứa với dân”?" in entrant.get(f"{at}/xoa").text
    assert entrant.post(f"{at}/xoa").headers["Location"] == f"/{scene.slug}/tac-pham"
    assert entrant.get(at).status_code == 404


def declared_file(**fields: Any) -> dict[str, Any]:
    return {"name": "trang 1.pdf", "size": 5000, "part_hashes": ["ab" * 32], "slot": "page", "part": "", **fields}


def test_what_a_place_takes_is_said_before_choosing(scene: Scene, entrant: Browser, entry: Entry) -> None:
    page = entrant.get(f"/{scene.slug}/tac-pham/{entry.public_id}/tep").text
    assert "PDF; mỗi tệp tối đa 50 MB; nhiều nhất 3 tệp." in re.sub(r"\s+", " ", page)
    assert 'accept=".pdf"' in page


def test_a_file_is_begun_in_its_place_and_gone_on_with(scene: Scene, entrant: Browser, entry: Entry) -> None:
    at = f"/{scene.slug}/tac-pham/{entry.public_id}/tep"
    body = declared_file(part=entry.parts[0].public_id)
    first = entrant.post_json(f"{at}/bat-dau", body)
    assert first.status_code == 200, first.text
    assert first.json["state"] == "uploading"
    assert first.json["remove_url"] == f"{at}/{first.json['file_id']}/bo"
    assert entrant.post_json(f"{at}/bat-dau", body).json["file_id"] == first.json["file_id"]
    held = again(entry).files[-1]
    assert (held.part_id, len(again(entry).files)) == (entry.parts[0].id, 2)
    assert entrant.post(f"{at}/{first.json['file_id']}/bo").status_code == 303
    assert len(again(entry).files) == 1


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"slot": "nowhere"}, 404, None),
        ({"part": ""}, 404, None),
        ({"name": "trang.exe"}, 403, "file_wrong_type"),
        ({"size": 60_000_000, "part_hashes": ["ab" * 32] * 8}, 403, "file_too_large"),
        ({"part_hashes": ["x"]}, 400, None),
        ({"size": "much"}, 400, None),
    ],
)
def test_a_file_that_does_not_belong_there_is_refused(
    scene: Scene, entrant: Browser, entry: Entry, change: dict[str, Any], status: int, code: str | None
) -> None:
    body = {**declared_file(part=entry.parts[0].public_id), **change}
    answer = entrant.post_json(f"/{scene.slug}/tac-pham/{entry.public_id}/tep/bat-dau", body)
    assert answer.status_code == status
    assert answer.json.get("code") == code
    assert len(again(entry).files) == 1


def test_a_place_takes_no_more_than_it_says(scene: Scene, entrant: Browser, entry: Entry) -> None:
    with unit_of_work():
        for _ in range(2):
            scene.attach(entry, scene.entrant, "stored")
        scene.attach(entry, scene.entrant, "rejected")
    body = declared_file(part=entry.parts[0].public_id)
    answer = entrant.post_json(f"/{scene.slug}/tac-pham/{entry.public_id}/tep/bat-dau", body)
    assert (answer.status_code, answer.json["code"]) == (403, "place_full")


def test_after_the_deadline_only_a_promised_file_goes_on(scene: Scene, entrant: Browser, entry: Entry) -> None:
    at = f"/{scene.slug}/tac-pham/{entry.public_id}"
    body = declared_file(part=entry.parts[0].public_id)
    begun = entrant.post_json(f"{at}/tep/bat-dau", body)
    assert begun.status_code == 200
    assert entrant.post_json(begun.json["sign_url"], {"numbers": [1]}).status_code == 200
    assert entrant.post(f"{at}/nop").status_code == 303
    assert "Còn 1 tệp đang gửi, chậm nhất" in entrant.get(f"{at}/bien-nhan").text
    with unit_of_work():
        scene.edition.deadline_at = now() - timedelta(minutes=30)
    assert entrant.get(f"{at}/tep").status_code == 200
    assert entrant.post_json(f"{at}/tep/bat-dau", body).status_code == 200
    assert entrant.post_json(begun.json["sign_url"], {"numbers": [1]}).status_code == 200
    assert entrant.post_json(f"{at}/tep/bat-dau", {**body, "part_hashes": ["cd" * 32]}).status_code == 403
    with unit_of_work():
        scene.edition.deadline_at = now() - timedelta(minutes=121)
    assert entrant.post_json(f"{at}/tep/bat-dau", body).status_code == 403
    assert entrant.post_json(begun.json["sign_url"], {"numbers": [1]}).status_code == 403
    assert fingerprint(body["part_hashes"]) in json.dumps(body) or len(again(entry).files) == 2


def test_nobody_else_learns_of_a_work(app: Flask, scene: Scene, entry: Entry) -> None:
    with unit_of_work():
        stranger = factories.person("Người lạ")
        staff = factories.person("Thư ký")
        factories.appointment(scene.edition, staff, "secretary")
    for person in (stranger, staff):
        visitor = Browser(app, person)
        at = f"/{scene.slug}/tac-pham/{entry.public_id}"
        pages = ["", "/khai", "/cac-ky", "/tac-gia", "/tep", "/cam-ket", "/kiem-tra", "/bien-nhan", "/rut", "/xoa"]
        assert {visitor.get(at + page).status_code for page in pages} == {404}
        deeds = ["/khai", "/nop", "/sua", "/bo-sua", "/rut", "/xoa"]
        assert {visitor.post(at + deed).status_code for deed in deeds} == {404}
        assert visitor.get(f"/khong-co/tac-pham/{entry.public_id}").status_code == 404


def test_a_work_is_not_found_through_another_edition(app: Flask, scene: Scene, entrant: Browser, entry: Entry) -> None:
    with unit_of_work():
        factories.edition(slug="iv-2024", ordinal=4, state="open")
        draft = factories.edition(slug="v-2025", ordinal=5)
    assert entrant.get(f"/iv-2024/tac-pham/{entry.public_id}").status_code == 404
    assert entrant.get(f"/{draft.slug}/tac-pham").status_code == 404


def test_a_revision_has_no_address_of_its_own(scene: Scene, entrant: Browser, entry: Entry) -> None:
    entrant.post(f"/{scene.slug}/tac-pham/{entry.public_id}/nop")
    with unit_of_work():
        revision = operations.revise(by=scene.by(), edition=scene.edition, entry=again(entry))
    for page in ("", "/khai", "/nop"):
        send = entrant.post if page == "/nop" else entrant.get
        assert send(f"/{scene.slug}/tac-pham/{revision.public_id}{page}").status_code == 404


def test_files_are_seen_by_the_owner_and_once_submitted_by_who_runs_the_edition(scene: Scene, entry: Entry) -> None:
    with unit_of_work():
        people = {role: factories.person(role) for role in ("secretary", "organiser", "judge")}
        for role, person in people.items():
            factories.appointment(scene.edition, person, role)
    file_id = entry.files[0].file_id
    sees = lambda: {role for role, person in people.items() if may_read_file(file_id, person.id)}  # noqa: E731
    sight = may_read_file(file_id, scene.entrant.id)
    assert sight is not None
    assert sight.shown_name == session.get_one(File, file_id).name
    assert sees() == set()
    with unit_of_work():
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    assert sees() == {"secretary", "organiser"}
    assert may_read_file(file_id, None) is None


def test_the_desk_is_told_of_drafts_and_of_files_still_due(app: Flask, scene: Scene, entry: Entry) -> None:
    with unit_of_work():
        entry.title = ""
    with app.test_request_context():
        (act,) = next_acts(scene.entrant.id, scene.edition_id)
        assert act.sentence == "Nộp tác phẩm “chưa có tên”"
        assert "Còn thiếu 1 mục: tên tác phẩm." in act.detail
        with unit_of_work():
            draft = session.get_one(Entry, entry.id)
            draft.title = "Tên"
            session.get_one(File, draft.files[0].file_id).state = "uploading"
            operations.submit(by=scene.by(), edition=scene.edition, entry=draft, arrived_at=now())
        (act,) = next_acts(scene.entrant.id, scene.edition_id)
        assert act.sentence == "Gửi tiếp 1 tệp của hồ sơ KH3-0001"


def test_the_desk_counts_what_a_draft_lacks_as_its_own_page_does() -> None:
    blocked = [Finding(f"r{n}", "", "amber", "", "work", missing=f"mục {n}") for n in range(1, 12)]
    assert left_words(blocked) == "Còn thiếu 11 mục, trước hết: mục 1; mục 2; mục 3."
    assert left_words(blocked[:3]) == "Còn thiếu 3 mục: mục 1; mục 2; mục 3."


def test_the_way_to_own_works_is_shown_while_it_leads_somewhere(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        stranger = factories.person("Người lạ")
    with app.test_request_context():
        assert [label for label, _ in navigation(stranger.id, scene.edition_id)] == ["Tác phẩm của tôi"]
        assert navigation(None, scene.edition_id) == ()
        with unit_of_work():
            scene.draft()
            scene.edition.state = "judging"
        assert navigation(stranger.id, scene.edition_id) == ()
        assert len(navigation(scene.entrant.id, scene.edition_id)) == 1
