"""Setting up an edition over HTTP, from nothing to the first act."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from award.clock import stopped_at
from award.db import session
from award.editions.queries import with_rules
from award.features import Feature, Obstacle
from award.log.models import Event
from award.people.models import Person
from tests import factories
from tests.award.editions.browsing import AT, address, is_locked, save, stored, typed
from tests.award.editions.conftest import Prepared, rows
from tests.visitor import Visitor

SECTIONS = (
    "thong-tin-chung",
    "the-le",
    "loai-hinh",
    "co-cau-giai",
    "giai-trung-uong",
    "nhan-su",
    "quy-che-cham",
    "vong-cham",
    "van-ban",
)


@pytest.fixture
def organiser(app: Flask) -> Person:
    with rows(app):
        person = factories.person("Trần Thị Minh")
        assert person.user is not None
        person.user.administrator = True
        return person


@pytest.fixture
def at_desk(app: Flask, organiser: Person) -> Visitor:
    return Visitor(app, organiser)


NEW = {
    "award": "new",
    "award_name": "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa",
    "award_place": "Khánh Hòa",
    "name": "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023",
    "ordinal": "3",
    "ordinal_words": "III",
    "year": "2023",
    "slug": "iii-2023",
    "code_prefix": "KH3",
}


def test_an_edition_is_made_and_filled_in_page_by_page(app: Flask, at_desk: Visitor) -> None:
    made = at_desk.post("/thiet-lap", NEW)
    assert (made.status_code, made.location) == (303, "/iii-2023/thiet-lap"), made.text
    at = "/iii-2023/thiet-lap"
    page = at_desk.get(at)
    assert page.status_code == 200
    assert "Còn thiếu" in page.text
    assert "Chưa có loại hình nào." in page.text

    saved = save(at_desk, f"{at}/thong-tin-chung", help_name="Tổ Thư ký", help_phone="0258 000 000")
    assert (saved.status_code, saved.location) == (303, at), saved.text
    rules = {
        "window-first": "1/11/2022",
        "window-last": "30.9.2023",
        "deadline-wording": "trước ngày",
        "deadline-day": "30/9/2099",
        "deadline-source": "Điều 5",
        "max_works_per_author-number": "3",
        "max_works_per_author-source": "khoản 2 Điều 4",
        "max_works_per_newsroom-said": "unregulated",
        "max_works_per_group-said": "unregulated",
        "max_group_size-number": "5",
        "posted_works-said": "unregulated",
        "max_parts-said": "value",
        "max_parts-number": "5",
        "prior_prizes-choice": "barred",
        "prior_prizes-names": "Giải Báo chí quốc gia\r\nGiải Búa liềm vàng",
        "licensed_outlet-yes": "yes",
        "newsroom_confirmation-yes": "yes",
        "newsroom_confirmation-wording": "đến hết ngày",
        "newsroom_confirmation-day": "15/10/2099",
        "counted_in_time-said": "unregulated",
        "organisers_enter-yes": "no",
        "judges_enter-said": "unregulated",
        "conflict_policy-choice": "own_newsroom",
        "changes_after_submission-yes": "no",
        "newsroom_choice-said": "unregulated",
        "corrections-choice": "some",
        "corrections-several": ["files", "authors"],
        "screening_promise": "15/10/2099",
    }
    saved = save(at_desk, f"{at}/the-le", **rules)
    assert saved.status_code == 303, saved.text
    saved = at_desk.post(f"{at}/loai-hinh", {"category": "all"})
    assert saved.status_code == 303
    levels = {"levels-0-code": "A", "levels-0-name": "Giải A", "levels-0-quota": "2", "levels-0-money": "10.000.000"}
    grown = save(at_desk, f"{at}/co-cau-giai", add="levels")
    assert grown.status_code == 200
    assert "levels-0-code" in typed(grown)
    saved = at_desk.post(f"{at}/co-cau-giai", {**typed(grown), **levels})
    assert saved.status_code == 303, saved.text

    page = at_desk.get(at)
    assert "Không còn mục nào phải xong trước" in page.text, page.text.partition("<main")[2]
    edition = stored(app)
    assert edition.window_from is not None
    assert edition.deadline_day is not None
    assert (edition.deadline_day.isoformat(), edition.deadline_words) == ("2099-09-29", "trước ngày")
    assert {c.code: (c.value, c.unregulated, c.source) for c in edition.clauses}["prior_prizes"] == (
        {"choice": "barred", "names": ["Giải Báo chí quốc gia", "Giải Búa liềm vàng"]},
        False,
        "",
    )
    assert [(p.code, p.quota, p.money, p.rank) for p in edition.prize_levels] == [("A", 2, 10_000_000, 1)]
    assert [c.name for c in edition.categories] == [
        "Báo in",
        "Báo điện tử",
        "Phát thanh",
        "Truyền hình",
        "Ảnh báo chí",
    ]

    act = at_desk.get("/iii-2023/lich/open_entries")
    assert act.status_code == 200
    assert "Mở nhận tác phẩm?" in act.text
    opened = at_desk.post("/iii-2023/lich/open_entries")
    assert opened.status_code == 303, opened.text
    assert stored(app).state == "open"
    for section in SECTIONS:
        page = at_desk.get(f"{at}/{section}")
        assert page.status_code == 200
        frozen = section not in {"nhan-su", "quy-che-cham", "vong-cham", "van-ban", "giai-trung-uong"}
        if frozen and section != "loai-hinh":
            assert is_locked(page), section
        assert ("Thể lệ đã khóa" in page.text) is frozen, section


FROZEN_AFTER_DRAFT = (
    "thong-tin-chung",
    "the-le",
    "co-cau-giai",
    "loai-hinh/{category}",
    "loai-hinh",
    "loai-hinh/{category}/xoa",
)


@pytest.mark.parametrize("path", FROZEN_AFTER_DRAFT)
def test_what_freezes_at_opening_is_refused_afterwards(app: Flask, draft: Prepared, desk: Visitor, path: str) -> None:
    at = address(draft, path)
    before = {} if path.startswith("loai-hinh") and path != "loai-hinh/{category}" else typed(desk.get(at))
    for state in ("open", "screening", "judging", "decision", "published", "archived"):
        with rows(app):
            with_rules(draft.edition.id).state = state
        refused = desk.post(at, {**before, "category": "ĐT", "name": "Đổi tên"})
        assert refused.status_code == 403
        assert "Thể lệ đã khóa khi mở nhận tác phẩm" in refused.text
    edition = stored(app)
    assert edition.name == draft.edition.name
    assert [c.name for c in edition.categories] == ["Báo in"]


@pytest.mark.parametrize("path", ["vong-cham/1", "vong-cham/1/tieu-ban", "vong-cham/2", "quy-che-cham"])
def test_judging_rules_stay_open_until_their_round_opens(app: Flask, draft: Prepared, desk: Visitor, path: str) -> None:
    at = address(draft, path)
    with rows(app):
        with_rules(draft.edition.id).state = "screening"
    assert save(desk, at).status_code == 303
    with rows(app):
        edition = with_rules(draft.edition.id)
        edition.state, edition.rounds[0].state = "judging", "open"
    page = desk.get(at)
    assert is_locked(page) is (path != "vong-cham/2")
    assert desk.post(at, typed(page)).status_code == (303 if path == "vong-cham/2" else 403)


def test_categories_are_added_one_by_one_or_all_and_removed_after_a_question(
    app: Flask, draft: Prepared, desk: Visitor
) -> None:
    at = f"{AT}/loai-hinh"
    one = desk.post(at, {"category": "ĐT"})
    assert one.status_code == 303
    assert desk.get(one.location).status_code == 200
    own = desk.post(at, {"category": ""})
    assert save(desk, own.location, name="Podcast", code="PC", medium="radio").status_code == 303
    assert desk.post(at, {"category": "all"}).status_code == 303
    codes = [c.code for c in stored(app).categories]
    assert codes == ["IN", "ĐT", "PC", "PT", "TH", "ẢNH"]
    assert desk.post(at, {"category": "XX"}).status_code == 404
    taken = save(desk, own.location, code="IN")
    assert taken.status_code == 422
    assert "Ký hiệu này đã dùng cho loại hình khác." in taken.text
    question = desk.get(f"{own.location}/xoa")
    assert "Xóa loại hình Podcast?" in question.text
    assert desk.post(f"{own.location}/xoa").status_code == 303
    assert "PC" not in [c.code for c in stored(app).categories]
    assert desk.get(own.location).status_code == 404


def test_rounds_are_added_and_the_last_one_removed(app: Flask, draft: Prepared, desk: Visitor) -> None:
    at = f"{AT}/vong-cham"
    added = desk.post(at, {"name": "Bình xét"})
    assert (added.status_code, added.location) == (303, f"{at}/3")
    assert "Vòng Bình xét" in desk.get(at).text
    assert desk.post(f"{at}/1/xoa").status_code == 403
    assert desk.post(f"{at}/3/xoa").status_code == 303
    assert [r.name for r in stored(app).rounds] == ["Sơ khảo", "Chung khảo"]
    assert desk.get(f"{at}/3").status_code == 404


@pytest.mark.parametrize("role", ["secretary", "auditor", "judge", "chair", "deputy", None])
@pytest.mark.parametrize("state", ["draft", "open"])
def test_only_the_organiser_writes_and_only_the_staff_reads(
    app: Flask, draft: Prepared, role: str | None, state: str
) -> None:
    with rows(app):
        other = factories.person("Người khác")
        if role:
            factories.appointment(draft.edition, other, role)
        with_rules(draft.edition.id).state = state
    visitor = Visitor(app, other)
    reads = role in {"secretary", "auditor"}
    for path in ("", *(f"/{section}" for section in SECTIONS)):
        page = visitor.get(AT + path)
        assert page.status_code == (200 if reads else 404 if state == "draft" else 403), path
        settles = path == "/van-ban" and role == "secretary"  # papers are theirs to head and sign
        if path and path not in {"/loai-hinh", "/vong-cham", "/nhan-su"} and reads and not settles:
            assert is_locked(page)
        if path and not settles:
            assert visitor.post(AT + path, {"category": "ĐT"}).status_code == (404 if page.status_code == 404 else 403)
    assert visitor.post("/iii-2023/lich/open_entries").status_code == (404 if state == "draft" and not reads else 403)


def test_a_stranger_finds_no_draft(app: Flask, draft: Prepared, visitor: Visitor) -> None:
    for address_ in ("/iii-2023/", "/iii-2023/the-le"):
        assert visitor.get(address_).status_code == 404
    assert visitor.get(AT).status_code == 302


def test_an_edition_address_that_is_taken_is_told_at_its_field(app: Flask, at_desk: Visitor) -> None:
    assert at_desk.post("/thiet-lap", NEW).status_code == 303
    award = stored(app).award.public_id
    for slug, ordinal, sentence in [
        ("iii-2023", "4", "Địa chỉ này đã dùng."),
        ("dang-nhap", "4", "Địa chỉ này đã dùng."),
        ("static", "4", "Địa chỉ này đã dùng."),
        ("iv-2024", "3", "Giải đã có lần thứ này."),
    ]:
        told = at_desk.post("/thiet-lap", {**NEW, "award": award, "slug": slug, "ordinal": ordinal})
        assert told.status_code == 422, slug
        assert sentence in told.text
    told = at_desk.post("/thiet-lap", {**NEW, "award_name": "", "slug": "x"})
    assert told.status_code == 422
    assert "Chưa ghi tên Giải." in told.text


def test_the_next_edition_is_suggested_from_the_last(app: Flask, at_desk: Visitor) -> None:
    assert at_desk.post("/thiet-lap", NEW).status_code == 303
    with stopped_at(datetime(2024, 3, 1, tzinfo=UTC)):
        form = typed(at_desk.get("/thiet-lap"))
    assert form["name"] == ["Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ IV - năm 2024"]
    assert (form["ordinal"], form["slug"], form["code_prefix"]) == (["4"], ["iv-2024"], ["KH4"])


def test_only_administrators_and_organisers_of_the_award_make_editions(app: Flask, draft: Prepared) -> None:
    with rows(app):
        secretary, stranger = factories.person("Thư ký"), factories.person("Người lạ")
        factories.appointment(draft.edition, secretary, "secretary")
        elsewhere = factories.edition(slug="khac")
        other_organiser = factories.person("Ban Tổ chức khác")
        factories.appointment(elsewhere, other_organiser, "organiser")
    for person in (secretary, stranger):
        assert Visitor(app, person).get("/thiet-lap").status_code == 403
        assert Visitor(app, person).post("/thiet-lap", NEW).status_code == 403
    own = draft.edition.award.public_id
    organiser = Visitor(app, draft.organiser)
    assert organiser.post("/thiet-lap", {**NEW, "slug": "moi"}).status_code == 422, "only administrators make awards"
    following = {**NEW, "slug": "iv-2024", "ordinal": "4", "award": own}
    assert Visitor(app, other_organiser).post("/thiet-lap", following).status_code == 422, "not of that award"
    assert organiser.post("/thiet-lap", following).status_code == 303
    assert stored(app, "iv-2024").award_id == draft.edition.award_id


def test_an_act_lists_what_stands_in_its_way_and_is_refused_with_the_first(
    app: Flask, draft: Prepared, desk: Visitor
) -> None:
    with rows(app):
        edition = with_rules(draft.edition.id)
        edition.help_phone = ""
        session.delete(edition.prize_levels[0])
    page = desk.get(AT)
    assert "Chưa có người hỗ trợ và số điện thoại." in page.text
    assert "Chưa có mức giải nào." in page.text
    assert 'href="/iii-2023/lich/open_entries"' not in page.text
    act = desk.get("/iii-2023/lich/open_entries")
    assert "Còn 2 mục phải xong trước" in act.text
    refused = desk.post("/iii-2023/lich/open_entries")
    assert refused.status_code == 403
    assert "Chưa có người hỗ trợ và số điện thoại." in refused.text
    assert stored(app).state == "draft"


def test_the_same_act_sent_twice_is_done_once(app: Flask, draft: Prepared, desk: Visitor) -> None:
    for _time in range(2):
        answer = desk.post("/iii-2023/lich/open_entries", {"deed_key": "twin-of-itself"})
        assert (answer.status_code, answer.location) == (303, AT)
    again = desk.post("/iii-2023/lich/open_entries")
    assert again.status_code == 403
    assert "trạng thái hiện nay là “Đang nhận tác phẩm”" in again.text
    with rows(app):
        assert session.query(Event).filter_by(kind="edition.opened").count() == 1


def test_unknown_acts_and_acts_out_of_place_have_no_page(app: Flask, draft: Prepared, desk: Visitor) -> None:
    assert desk.get("/iii-2023/lich/mark_published").status_code == 404
    assert desk.post("/iii-2023/lich/freeze_round").status_code == 404
    assert desk.get("/iii-2023/lich/archive").status_code == 403


def test_opening_a_round_tells_the_other_rooms_in_the_same_commit(app: Flask, draft: Prepared, desk: Visitor) -> None:
    told: list[tuple[int, int | None]] = []
    features = app.extensions["features"]
    with rows(app):
        edition = with_rules(draft.edition.id)
        edition.state = "screening"
        round_id = edition.rounds[0].id
    quiet = tuple(replace(room, obstacles=None, on_round_opened=None) for room in features if room.name != "editions")
    own = tuple(room for room in features if room.name == "editions")
    listener = Feature(name="listener", on_round_opened=lambda *ids: told.append(ids))
    app.extensions["features"] = (*own, *quiet, listener)
    try:
        assert "Bắt đầu vòng sơ khảo" in desk.get(AT).text
        assert desk.get("/iii-2023/lich/open_round").status_code == 200
        opened = desk.post("/iii-2023/lich/open_round")
    finally:
        app.extensions["features"] = features
    assert opened.status_code == 303, opened.text
    assert told == [(round_id, draft.organiser.id)]
    assert [r.state for r in stored(app).rounds] == ["open", "prepare"]


def test_what_other_rooms_hold_against_an_act_stands_on_the_page(app: Flask, draft: Prepared, desk: Visitor) -> None:
    features = app.extensions["features"]
    asked: list[tuple[int, str, int | None]] = []

    def against(edition_id: int, step: str, round_id: int | None) -> list[Obstacle]:
        asked.append((edition_id, step, round_id))
        return [Obstacle("Kho tệp chưa sẵn sàng.", "/kho")]

    app.extensions["features"] = (*features, Feature(name="other", obstacles=against))
    try:
        page = desk.get(AT)
        refused = desk.post("/iii-2023/lich/open_entries")
    finally:
        app.extensions["features"] = features
    assert "Kho tệp chưa sẵn sàng." in page.text
    assert 'href="/kho"' in page.text
    assert refused.status_code == 403
    assert "Kho tệp chưa sẵn sàng." in refused.text
    assert set(asked) == {(draft.edition.id, "open_entries", None)}
    assert stored(app).state == "draft"
