"""The pages of set-up one by one: what is typed stays, what is saved stands, what is wrong is told."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from award.db import session
from award.editions.models import Panel
from award.editions.queries import with_rules
from tests.award.editions.browsing import AT, address, save, stored, typed
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
)


PAGES = (
    "thong-tin-chung",
    "the-le",
    "quy-che-cham",
    "co-cau-giai",
    "giai-trung-uong",
    "loai-hinh/{category}",
    "vong-cham/1",
    "vong-cham/1/tieu-ban",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_sent_back_as_it_stands_changes_nothing(app: Flask, draft: Prepared, desk: Visitor, path: str) -> None:
    at = address(draft, path)
    before = typed(desk.get(at))
    saved = desk.post(at, before)
    assert saved.status_code == 303, saved.text
    assert typed(desk.get(at)) == before


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("thong-tin-chung", {"name": "Giải khác", "ordinal": "4", "ordinal_words": "IV", "illustrative": "y"}),
        ("the-le", {"window-said": "unregulated", "deadline-wording": "chậm nhất", "deadline-hour": "17:30"}),
        ("the-le", {"max_parts-said": "unregulated", "max_group_size-number": "7", "grace_seconds": "0"}),
        ("quy-che-cham", {"spread_limit-points": "2,5", "tie_rule-text": "Bỏ phiếu.", "revision-yes": "no"}),
        ("co-cau-giai", {"levels-0-name": "Giải Nhất", "levels-0-quota": "3", "levels-0-money": ""}),
        ("giai-trung-uong", {"name": "Giải Búa liềm vàng", "quota": "12", "barred_prizes": "Giải A\nGiải B"}),
        ("giai-trung-uong", {"name": "Giải Búa liềm vàng", "window_from": "1/11/2022", "one_per_author": "y"}),
        ("loai-hinh/{category}", {"name": "Báo giấy", "genres": "Tin\nBình luận", "slots-0-blind": "y"}),
        ("loai-hinh/{category}", {"slots-0-kinds": ["pdf", "png"], "slots-0-megabytes": "20", "slots-0-at_least": "0"}),
        ("vong-cham/1", {"blind": "no", "scale_max": "100", "steps_per_point": "1", "shortlist_size": "60"}),
        ("vong-cham/1", {"criteria-0-weight": "50", "criteria-1-weight": "25", "criteria-2-low_words": "chưa rõ"}),
        ("vong-cham/1/tieu-ban", {"panels-0-name": "Tiểu ban Báo in 1"}),
    ],
)
def test_what_is_changed_on_a_page_stands_there_afterwards(
    app: Flask, draft: Prepared, desk: Visitor, path: str, changes: dict[str, Any]
) -> None:
    at = address(draft, path)
    saved = save(desk, at, **changes)
    assert saved.status_code == 303, saved.text
    after = typed(desk.get(at))
    for name, value in changes.items():
        wanted = value if isinstance(value, list) else [value]
        assert [kept.replace("\r", "") for kept in after.get(name, [""])] == _as_shown(wanted), name


def _as_shown(values: list[str]) -> list[str]:
    return ["01/11/2022" if value == "1/11/2022" else value for value in values]


@pytest.mark.parametrize(
    ("path", "wrong", "sentence"),
    [
        ("thong-tin-chung", {"name": ""}, "Chưa ghi tên."),
        ("thong-tin-chung", {"slug": "Iii 2023"}, "Chỉ dùng chữ thường không dấu, số và dấu gạch nối."),
        ("thong-tin-chung", {"help_phone": "hỏi văn phòng"}, "Số điện thoại chưa đúng dạng."),
        ("thong-tin-chung", {"year": "hai nghìn"}, "Nhập một số nguyên."),
        ("thong-tin-chung", {"ordinal": "0"}, "Nhập một số từ 1 đến 999."),
        ("the-le", {"window-last": ""}, "Ghi đủ ngày đầu và ngày cuối."),
        ("the-le", {"window-first": "31/2/2023"}, "Nhập ngày theo mẫu "),
        ("the-le", {"window-first": "1/10/2023"}, "Ngày cuối đứng trước ngày đầu."),
        ("the-le", {"deadline-wording": "chậm nhất", "deadline-hour": ""}, "Nhập giờ theo mẫu 17:00."),
        ("the-le", {"deadline-wording": "chậm nhất", "deadline-hour": "25:00"}, "Nhập giờ theo mẫu 17:00."),
        ("the-le", {"max_parts-number": "nhiều"}, "Nhập một số nguyên."),
        ("the-le", {"max_parts-number": ""}, "Còn thiếu: Nhiều nhất."),
        ("the-le", {"prior_prizes-names": ""}, "Còn thiếu: Tên các giải không nhận."),
        ("the-le", {"conflict_policy-choice": "khác"}, "Chọn một trong các mục."),
        (
            "the-le",
            {"conflict_policy-choice": "own_newsroom", "conflict_relations-newsroom": "disclose"},
            "đã ghi là không chấm.",
        ),
        ("the-le", {"grace_seconds": ""}, "Nhập một số nguyên."),
        ("quy-che-cham", {"spread_limit-points": "hai"}, "Nhập số điểm, ví dụ 2 hoặc 2,5."),
        ("quy-che-cham", {"spread_limit-points": "0"}, "Giá trị chưa dùng được"),
        ("co-cau-giai", {"levels-0-quota": ""}, "Chưa ghi số giải."),
        ("giai-trung-uong", {"quota": "12"}, "Chưa ghi tên giải."),
        ("loai-hinh/{category}", {"slots-0-kinds": []}, "Chọn ít nhất một loại tệp."),
        ("loai-hinh/{category}", {"slots-0-at_least": "4"}, "Số nhiều nhất nhỏ hơn số ít nhất."),
        ("loai-hinh/{category}", {"slots-0-kinds": ["exe"]}, "Chọn trong các mục."),
        ("vong-cham/1", {"criteria-0-weight": "39"}, "Tổng tỷ trọng các tiêu chí là 99, phải bằng 100."),
        ("vong-cham/1", {"criteria-0-weight": "41", "criteria-1-weight": "34"}, "không chia hết cho bước 0,25."),
        ("vong-cham/1", {"steps_per_point": "3"}, "Chọn một trong các mục."),
        ("vong-cham/1", {"opens_on": "5/10/2023", "ends_on": "4/10/2023"}, "đứng trước ngày bắt đầu."),
        ("vong-cham/1/tieu-ban", {"panels-0-name": ""}, "Chưa ghi tên tiểu ban."),
        ("vong-cham/1/tieu-ban", {"panels-0-scopes": ["9999"]}, "Chọn trong các mục."),
    ],
)
def test_a_fault_keeps_what_was_typed_and_names_the_field(
    app: Flask, draft: Prepared, desk: Visitor, path: str, wrong: dict[str, Any], sentence: str
) -> None:
    at = address(draft, path)
    before = typed(desk.get(at))
    told = save(desk, at, **wrong)
    assert told.status_code == 422
    assert sentence in told.text
    assert 'role="alert"' in told.text
    sent = before | {name: value if isinstance(value, list) else [value] for name, value in wrong.items()}
    kept = typed(told)
    unknown = {"exe", "9999", "khác", "3"}
    for name, values in sent.items():
        if not unknown.intersection(values):
            assert kept.get(name, []) == values, name
    assert typed(desk.get(at)) == before, "nothing was saved"


ROWS = [
    ("co-cau-giai", "levels"),
    ("loai-hinh/{category}", "slots"),
    ("vong-cham/1", "criteria"),
    ("vong-cham/1/tieu-ban", "panels"),
]


@pytest.mark.parametrize(("path", "rows"), ROWS)
def test_rows_grow_and_shrink_without_a_script_and_without_saving(
    app: Flask, draft: Prepared, desk: Visitor, path: str, rows: str
) -> None:
    at = address(draft, path)
    page = desk.get(at)
    count = len({name.split("-")[1] for name in typed(page) if name.startswith(f"{rows}-")})
    grown = desk.post(at, {**typed(page), f"{rows}-0-name": ["Đang gõ dở"], "add": rows})
    assert grown.status_code == 200
    assert f"{rows}-{count}-" in grown.text
    if f"{rows}-0-name" in typed(page):
        assert typed(grown)[f"{rows}-0-name"] == ["Đang gõ dở"]
    shrunk = desk.post(at, {**typed(grown), "remove": f"{rows}-0"})
    assert shrunk.status_code == 200
    assert f'name="{rows}-0-' not in shrunk.text
    assert f'name="{rows}-{count}-' in shrunk.text
    assert typed(desk.get(at)) == typed(page)


def test_removing_a_row_and_saving_removes_it(app: Flask, draft: Prepared, desk: Visitor) -> None:
    at = f"{AT}/co-cau-giai"
    grown = desk.post(at, {**typed(desk.get(at)), "add": "levels"})
    second = {"levels-1-code": "ĐB", "levels-1-name": "Giải Đặc biệt", "levels-1-quota": "1"}
    assert desk.post(at, {**typed(grown), **second}).status_code == 303
    assert [p.code for p in stored(app).prize_levels] == ["A", "ĐB"]
    shrunk = desk.post(at, {**typed(desk.get(at)), "remove": "levels-0"})
    assert desk.post(at, typed(shrunk)).status_code == 303
    assert [(p.code, p.rank) for p in stored(app).prize_levels] == [("ĐB", 1)]


def test_money_is_read_and_shown_with_points(app: Flask, draft: Prepared, desk: Visitor) -> None:
    at = f"{AT}/co-cau-giai"
    for written in ("15.000.000", "15000000"):
        assert save(desk, at, **{"levels-0-money": written}).status_code == 303
        assert stored(app).prize_levels[0].money == 15_000_000
        assert typed(desk.get(at))["levels-0-money"] == ["15.000.000"]
    assert typed(desk.get(f"{AT}/thong-tin-chung"))["year"] == ["2023"]


@pytest.mark.parametrize(
    ("path", "mine", "theirs", "name"),
    [
        ("thong-tin-chung", "Tên của tôi", "Tên của người kia", "help_name"),
        ("co-cau-giai", "Giải của tôi", "Giải của người kia", "levels-0-name"),
        ("the-le", "khoản 1", "khoản 9", "max_parts-source"),
        ("vong-cham/1", "Vòng của tôi", "Vòng của người kia", "name"),
    ],
)
def test_two_tabs_never_overwrite_silently(
    app: Flask, draft: Prepared, desk: Visitor, path: str, mine: str, theirs: str, name: str
) -> None:
    at = address(draft, path)
    first = typed(desk.get(at))
    assert save(desk, at, **{name: theirs}).status_code == 303
    told = desk.post(at, {**first, name: [mine]})
    assert told.status_code == 409
    assert theirs in told.text
    assert typed(told)[name] == [mine]
    assert typed(desk.get(at))[name] == [theirs], "the other's words stand until somebody chooses"
    assert desk.post(at, typed(told)).status_code == 303
    assert typed(desk.get(at))[name] == [mine]


def panels_of_first_round(app: Flask) -> list[Panel]:
    edition = stored(app)
    return [panel for panel in edition.panels if panel.round_id == edition.rounds[0].id]


def test_a_panel_takes_categories_and_single_genres(app: Flask, draft: Prepared, desk: Visitor) -> None:
    category = draft.edition.categories[0]
    genre = category.genres[0]
    at = f"{AT}/vong-cham/1/tieu-ban"
    page = desk.post(at, {**typed(desk.get(at)), "add": "panels"})
    both = {"panels-1-name": "Tiểu ban 2", "panels-1-scopes": [f"{category.id}:{genre.id}"]}
    assert desk.post(at, {**typed(page), **both}).status_code == 303
    first, second = panels_of_first_round(app)
    assert [(s.category_id, s.genre_id) for s in first.scopes] == [(category.id, None)]
    assert [(s.category_id, s.genre_id) for s in second.scopes] == [(category.id, genre.id)]
    assert save(desk, at, **{"panels-1-scopes": [str(category.id), f"{category.id}:{genre.id}"]}).status_code == 303
    assert [(s.category_id, s.genre_id) for s in panels_of_first_round(app)[1].scopes] == [(category.id, None)]
    assert first.public_id == panels_of_first_round(app)[0].public_id


def test_a_panel_with_members_is_not_removed(app: Flask, draft: Prepared, desk: Visitor) -> None:
    with rows(app):
        panel = with_rules(draft.edition.id).panels[0]
        seat = {"round": panel.round_id, "panel": panel.id, "person": draft.organiser.id}
        session.execute(
            text(
                "INSERT INTO seat (public_id, created_at, round_id, panel_id, person_id, role)"
                " VALUES ('abc', now(), :round, :panel, :person, 'member')"
            ),
            seat,
        )
    at = f"{AT}/vong-cham/1/tieu-ban"
    shrunk = desk.post(at, {**typed(desk.get(at)), "remove": "panels-0"})
    refused = desk.post(at, typed(shrunk))
    assert refused.status_code == 403
    assert "Tiểu ban đã có thành viên." in refused.text
    assert len(stored(app).panels) == 2
