"""Setting up an edition over HTTP, from nothing to the first act."""

from typing import Any

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Appointment, Edition
from award.editions.queries import with_rules
from award.people.models import Person
from tests import factories
from tests.award.editions.typing import is_locked, typed
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


@pytest.fixture
def organiser(app: Flask) -> Person:
    with app.app_context(), unit_of_work():
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


def save(visitor: Visitor, address: str, **changes: Any) -> Any:
    """Opens the page, changes what is named, sends it all back."""
    page = visitor.get(address)
    assert page.status_code == 200, page.text
    form = typed(page) | {name: value if isinstance(value, list) else [value] for name, value in changes.items()}
    return visitor.post(address, {name: values for name, values in form.items() if values})


def stored(app: Flask, slug: str = "iii-2023") -> Edition:
    session.remove()
    edition = session.query(Edition).filter_by(slug=slug).one()
    return with_rules(edition.id)


def test_an_edition_is_made_and_filled_in_page_by_page(app: Flask, at_desk: Visitor, ctx: Flask) -> None:
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
        "max_group_size-number": "5",
        "max_parts-said": "value",
        "max_parts-number": "5",
        "prior_prizes-choice": "barred",
        "prior_prizes-names": "Giải Báo chí quốc gia\r\nGiải Búa liềm vàng",
        "licensed_outlet-yes": "yes",
        "conflict_policy-choice": "own_newsroom",
        "changes_after_submission-yes": "no",
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
    assert "Không còn mục nào phải xong trước" in page.text, page.text
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
        frozen = section not in {"nhan-su", "quy-che-cham", "vong-cham"}
        if frozen and section != "loai-hinh":
            assert is_locked(page), section
        assert ("Thể lệ đã khóa" in page.text) is frozen, section
