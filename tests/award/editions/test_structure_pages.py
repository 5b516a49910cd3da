"""Set-up of what an edition is made of: kinds of prizes, who judges what, what entries must tell, what is invented."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from award.db import session
from award.editions.known import KNOWN
from award.editions.models import Edition, Genre, PaperBody, PaperKind
from award.editions.queries import national_edition, with_rules
from tests import factories
from tests.award.editions.browsing import AT, address, save, stored, typed
from tests.award.editions.conftest import Prepared, rows
from tests.visitor import Visitor

PRIZES, PANELS = f"{AT}/co-cau-giai", f"{AT}/vong-cham/1/tieu-ban"


def level(n: int, code: str, name: str, kind: str, **more: Any) -> dict[str, Any]:
    values = {"code": code, "name": name, "kind": kind, "quota": "5", **more}
    return {f"levels-{n}-{key}": value for key, value in values.items()}


def test_prizes_of_all_kinds_are_set_up_with_their_themes(app: Flask, draft: Prepared, desk: Visitor) -> None:
    shown = typed(desk.get(PRIZES))
    levels = (
        level(0, "A", "Giải A", "main")
        | level(1, "CD", "Giải Chuyên đề", "thematic", themes="Cán bộ trẻ\r\nCơ sở đảng", illustrative="y")
        | level(2, "TT", "Bằng khen tập thể", "collective", themes="không dùng")
        | level(3, "NV", "Nhân vật tiêu biểu", "person")
    )
    assert desk.post(PRIZES, {**shown, **levels}).status_code == 303
    assert [(p.code, p.kind, p.rank, p.themes, p.illustrative) for p in stored(app).prize_levels] == [
        ("A", "main", 1, [], False),
        ("CD", "thematic", 2, ["Cán bộ trẻ", "Cơ sở đảng"], True),
        ("TT", "collective", 3, [], False),
        ("NV", "person", 4, [], False),
    ]
    rules = desk.get("/iii-2023/the-le").text
    assert "Giải Chuyên đề <span" in rules
    assert "Tác phẩm đã nhận giải chính không nhận giải Chuyên đề." in rules


def test_a_number_of_prizes_is_said_for_one_loai_hinh(app: Flask, draft: Prepared, desk: Visitor) -> None:
    shown = typed(desk.get(PRIZES))
    (code, name), *_others = [(each.code, each.name) for each in stored(app).categories]
    levels = (
        level(0, "AI", "Giải A một loại hình", "main", categories=[code, "khong-co"])
        | level(1, "A", "Giải A", "main")
        | level(2, "TT", "Bằng khen tập thể", "collective", categories=[code])
    )
    assert desk.post(PRIZES, {**shown, **levels}).status_code == 303
    assert [(p.code, p.categories) for p in stored(app).prize_levels] == [("AI", [code]), ("A", []), ("TT", [])]
    assert f"Chỉ trao cho: {name}" in desk.get("/iii-2023/the-le").text
    assert f'value="{code}" checked' in desk.get(PRIZES).text


def test_saving_the_prizes_makes_none_for_all_whose_loai_hinh_is_gone(
    app: Flask, draft: Prepared, desk: Visitor
) -> None:
    with rows(app):
        session.get_one(Edition, draft.edition.id).prize_levels[0].categories = ["XX"]
    shown = desk.get(PRIZES)
    assert "XX (chưa có loại hình này)" in shown.text
    assert desk.post(PRIZES, typed(shown)).status_code == 303
    assert [p.categories for p in stored(app).prize_levels] == [["XX"]]
    gone = typed(shown) | {"levels-0-categories": ["YY"]}
    assert desk.post(PRIZES, gone).status_code == 422
    assert desk.post(PRIZES, typed(shown) | {"levels-0-categories": []}).status_code == 303
    assert [p.categories for p in stored(app).prize_levels] == [[]]


def test_the_ladder_stands_before_what_is_beside_it(draft: Prepared, desk: Visitor) -> None:
    shown = typed(desk.get(PRIZES))
    mixed = level(0, "CD", "Giải Chuyên đề", "thematic") | level(1, "A", "Giải A", "main")
    refused = desk.post(PRIZES, {**shown, **mixed})
    assert refused.status_code == 422
    assert "Xếp theo thứ tự: tác phẩm (giải chính)" in refused.text


def test_the_rule_on_two_prizes_is_asked_for_only_with_thematic_ones(
    app: Flask, draft: Prepared, desk: Visitor
) -> None:
    unsaid: dict[str, list[str]] = {f"thematic_and_main-{field}": [] for field in ("said", "yes", "source")}
    assert save(desk, f"{AT}/the-le", **unsaid).status_code == 303
    assert "Giải Chuyên đề và giải chính" not in desk.get(AT).text
    assert "Giải Chuyên đề và giải chính" not in desk.get("/iii-2023/the-le").text
    both = level(0, "A", "Giải A", "main") | level(1, "CD", "Giải Chuyên đề", "thematic")
    assert desk.post(PRIZES, {**typed(desk.get(PRIZES)), **both}).status_code == 303
    assert "Giải Chuyên đề và giải chính" in desk.get(AT).text


def test_an_invented_rule_says_so_on_the_page_of_the_rules(app: Flask, draft: Prepared, desk: Visitor) -> None:
    assert save(desk, f"{AT}/the-le", **{"max_parts-illustrative": "y"}).status_code == 303
    assert {c.code for c in stored(app).clauses if c.illustrative} == {"max_parts"}
    rules = desk.get("/iii-2023/the-le").text
    assert rules.count("(minh họa)") == 1
    assert "Một loạt bài có nhiều nhất 5 kỳ. <span" in rules
    assert save(desk, f"{AT}/the-le", **{"max_parts-illustrative": []}).status_code == 303
    assert not any(c.illustrative for c in stored(app).clauses)


def test_a_loai_hinh_says_what_entries_must_tell(app: Flask, draft: Prepared, desk: Visitor) -> None:
    at = address(draft, "loai-hinh/{category}")
    page = desk.get(at).text
    assert "Số báo" in page
    assert "Giờ phát sóng lần đầu" not in page
    changes = {"needed": ["page", "topic"], "slots-0-captions": "y", "illustrative": "y"}
    assert save(desk, at, **changes).status_code == 303
    category = stored(app).categories[0]
    assert (category.needed, category.slots[0].captions, category.illustrative) == (["page", "topic"], True, True)
    assert "Phải kê khai: trang báo, nội dung theo kế hoạch." in desk.get("/iii-2023/the-le").text


def test_a_place_for_files_says_how_long_they_may_be(app: Flask, draft: Prepared, desk: Visitor) -> None:
    page = address(draft, "loai-hinh/{category}")
    asked = {"slots-0-lengths-minutes": "30", "slots-0-lengths-words": "1500", "slots-0-lengths-pages": ""}
    assert save(desk, page, **asked).status_code == 303
    assert stored(app).categories[0].slots[0].lengths == {"minutes": 30, "words": 1500}
    assert "50 MB; 30 phút; 1.500 chữ." in desk.get("/iii-2023/the-le").text


def test_another_medium_lets_go_of_what_it_does_not_ask(app: Flask, draft: Prepared, desk: Visitor) -> None:
    at = address(draft, "loai-hinh/{category}")
    assert save(desk, at, needed=["issue", "summary"]).status_code == 303
    assert save(desk, at, medium="radio").status_code == 303
    assert (stored(app).categories[0].medium, stored(app).categories[0].needed) == ("radio", ["summary"])
    assert "Giờ phát sóng lần đầu" in desk.get(at).text


def test_all_known_loai_hinh_bring_what_they_usually_need(app: Flask, draft: Prepared, desk: Visitor) -> None:
    assert desk.post(f"{AT}/loai-hinh", {"category": "all"}).status_code == 303
    made = {category.code: category for category in stored(app).categories}
    for known in KNOWN[1:]:
        assert list(known.needed) == made[known.code].needed
        assert [slot.captions for slot in known.slots] == [slot.captions for slot in made[known.code].slots]
    online = made["ĐT"]
    assert {"E-magazine", "Podcast", "Video clip", "Infographic"} <= {genre.name for genre in online.genres}
    assert [(slot.label, slot.kinds, slot.at_least, slot.at_most, slot.max_bytes) for slot in online.slots[:2]] == [
        ("Bản lưu trang đã đăng", ["pdf", "jpeg", "png"], 1, 5, 100_000_000),
        ("Bản ghi hình, ghi âm của sản phẩm", ["mp4", "mov", "mp3", "m4a"], 0, 3, 1_000_000_000),
    ]


def test_print_is_split_between_panels_and_the_page_says_what_falls_through(
    app: Flask, draft: Prepared, desk: Visitor
) -> None:
    with rows(app):
        edition = with_rules(draft.edition.id)
        category = edition.categories[0]
        category.genres.append(Genre(ordinal=2, name="Bình luận"))
        photo = factories.category(edition, code="AN", name="Ảnh báo chí", medium="photo")
        photo.genres.clear()
    report, comment = (f"{category.id}:{genre.id}" for genre in category.genres)
    grown = desk.post(PANELS, {**typed(desk.get(PANELS)), "add": "panels"})
    first = {"panels-0-name": "Báo in 1", "panels-0-scopes": [comment], "panels-0-shortlist_size": "15"}
    second = {"panels-1-name": "Báo in 2", "panels-1-scopes": [comment, report], "panels-1-shortlist_size": "31"}
    saved = desk.post(PANELS, {**typed(grown), **first, **second})
    assert saved.status_code == 303, saved.text
    page = desk.get(PANELS).text
    assert page.count("Chưa có tiểu ban") == 1
    assert page.count("Trùng tiểu ban") == 1
    assert "Báo in (Bình luận)" in page
    assert "phạm vi của các tiểu ban của vòng sơ khảo" in desk.get(AT).text
    whole = {"panels-1-scopes": [report, str(photo.id)]}
    assert save(desk, PANELS, **whole).status_code == 303
    page = desk.get(PANELS).text
    assert "Chưa có tiểu ban<" not in page
    assert "Trùng tiểu ban" not in page
    assert [(p.name, p.shortlist_size) for p in stored(app).panels if p.round_id == stored(app).rounds[0].id] == [
        ("Báo in 1", 15),
        ("Báo in 2", 31),
    ]


def test_panels_that_send_on_more_than_the_round_are_told(app: Flask, draft: Prepared, desk: Visitor) -> None:
    with rows(app):
        with_rules(draft.edition.id).rounds[0].shortlist_size = 10
    assert save(desk, PANELS, **{"panels-0-shortlist_size": "10"}).status_code == 303
    assert "nhiều hơn số của cả vòng" not in desk.get(PANELS).text
    assert save(desk, PANELS, **{"panels-0-shortlist_size": "11"}).status_code == 303
    assert "Các tiểu ban chọn tổng cộng 11 tác phẩm, nhiều hơn số của cả vòng (10)." in desk.get(PANELS).text


def test_each_loai_hinh_is_put_to_a_group_of_the_national_award(app: Flask, draft: Prepared, desk: Visitor) -> None:
    page = f"{AT}/giai-trung-uong"
    shown = typed(desk.get(page))
    rows = [name for name in shown if name.startswith("groups-") and name.endswith("-name")]
    assert len(rows) == len(stored(app).categories)
    said = {"name": "Giải Búa liềm vàng", "groups-0-name": "Báo in, tạp chí in"}
    assert save(desk, page, **said).status_code == 303
    with app.app_context():
        national = national_edition(draft.edition.id)
        assert national is not None
        assert national.groups == {stored(app).categories[0].code: "Báo in, tạp chí in"}
    assert typed(desk.get(page))["groups-0-name"] == ["Báo in, tạp chí in"]


@pytest.mark.parametrize("path", ["vong-cham/1", "giai-trung-uong"])
def test_a_round_and_the_national_award_may_be_invented_too(
    app: Flask, draft: Prepared, desk: Visitor, path: str
) -> None:
    changes = {"illustrative": "y"} | ({"name": "Giải Búa liềm vàng"} if path == "giai-trung-uong" else {})
    assert save(desk, f"{AT}/{path}", **changes).status_code == 303
    assert typed(desk.get(f"{AT}/{path}"))["illustrative"] == ["y"]


def test_dates_that_no_copy_brings_are_named_and_the_national_award_is_mended_after_opening(
    app: Flask, draft: Prepared, desk: Visitor
) -> None:
    page = f"{AT}/giai-trung-uong"
    assert save(desk, page, name="Giải Búa liềm vàng lần thứ XI").status_code == 303
    setup = desk.get(AT).text
    assert "thời gian đăng, phát; ngày cuối gửi hồ sơ" in setup
    assert "Chưa ghi ngày" in setup
    with rows(app):
        with_rules(draft.edition.id).state = "open"
    assert "giai-trung-uong" in desk.get(f"{AT}/sua-doi").text
    days = {"window_from": "1/11/2022", "deadline_day": "10/11/2023"}
    assert save(desk, page, **days).status_code == 303
    assert "ngày cuối gửi hồ sơ" not in desk.get(AT).text
    dropped = save(desk, page, name="", window_from="", deadline_day="")
    assert dropped.status_code == 422
    assert "không bỏ giải Trung ương" in dropped.text


def test_a_round_shows_its_days_and_where_they_are_changed(app: Flask, draft: Prepared, desk: Visitor) -> None:
    assert save(desk, f"{AT}/vong-cham/1", opens_on="1/10/2023", ends_on="12/10/2023").status_code == 303
    rounds = desk.get(f"{AT}/vong-cham").text
    assert "từ ngày 01/10/2023 đến hết ngày 12/10/2023" in rounds
    assert f"{AT}/vong-cham/1#opens_on" in rounds


def test_papers_without_a_number_are_named_where_a_body_issues_them(app: Flask, draft: Prepared, desk: Visitor) -> None:
    assert "Chưa ghi số" not in desk.get(AT).text
    with rows(app):
        session.add(PaperBody(edition_id=draft.edition.id, ordinal=1, name="BAN TỔ CHỨC GIẢI", form="hd36"))
        session.add(PaperKind(edition_id=draft.edition.id, kind="submission", number="12", day=date(2023, 11, 1)))
    setup = desk.get(AT).text
    assert "Chưa ghi số" in setup
    assert "Thông báo kết quả; Giấy mời dự lễ trao giải" in setup


def test_opening_says_all_that_it_locks_and_that_a_trial_ends(draft: Prepared, desk: Visitor) -> None:
    asked = desk.get("/iii-2023/lich/open_entries").text
    for words in ("người hỗ trợ", "tệp phải nộp", "loại cơ quan báo chí", "nội dung theo kế hoạch", "Bản chạy thử"):
        assert words in asked, words
