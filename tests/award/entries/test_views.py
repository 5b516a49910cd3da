"""The doors of an entrant, over HTTP: from a new work to its receipt, without any script."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from award import dates
from award.db import session, unit_of_work
from award.editions.models import Category
from award.entries import queries
from award.entries.models import Entry
from tests.award.entries.conftest import Browser, Scene


@pytest.fixture
def entrant(scene: Scene, app: Flask) -> Browser:
    return Browser(app, scene.entrant)


def only_entry() -> Entry:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Entry)).one()


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page)
    assert found
    return found[1]


def test_from_a_new_work_to_its_receipt(scene: Scene, entrant: Browser) -> None:
    home = f"/{scene.slug}/tac-pham"
    assert "Chưa có tác phẩm nào." in entrant.get(home).text
    category = session.get_one(Category, scene.category_id)

    made = entrant.post(f"{home}/moi", {"category": category.public_id})
    assert made.status_code == 303
    assert made.headers["Location"].endswith("/khai")
    entry = only_entry()
    at = f"{home}/{entry.public_id}"
    assert made.headers["Location"] == f"{at}/khai"

    page = entrant.get(f"{at}/khai").text
    answer = entrant.post(
        f"{at}/khai",
        {
            "version": version_in(page),
            "title": "  Giữ lời hứa   với dân ",
            "genre": str(category.genres[0].id),
            "publisher": "báo biển xanh",
            "byline": "Hà Vân",
            "summary": "Một xã.\r\nMột lời hứa.",
        },
    )
    assert answer.headers["Location"] == f"{at}/cac-ky"
    entry = only_entry()
    assert (entry.title, entry.newsroom_id, entry.newsroom_text) == ("Giữ lời hứa với dân", scene.organ_id, "")
    assert entry.summary == "Một xã.\nMột lời hứa."

    part = entry.parts[0].public_id
    page = entrant.get(f"{at}/cac-ky").text
    answer = entrant.post(f"{at}/cac-ky", {"version": version_in(page), f"{part}-published_on": "2-3-2023"})
    assert answer.headers["Location"] == f"{at}/tac-gia"
    assert only_entry().parts[0].published_on.isoformat() == "2023-03-02"

    page = entrant.get(f"{at}/tac-gia").text
    assert 'value="Nguyễn Thị Vân"' in page
    assert entrant.post(f"{at}/tac-gia", {"version": version_in(page)}).headers["Location"] == f"{at}/tep"

    page = entrant.get(f"{at}/cam-ket").text
    assert not re.search(r'name="(commitment|consent|no_prior_prize)"[^>]*checked', page)
    said = {"version": version_in(page), "no_prior_prize": "none", "commitment": "y", "consent": "y"}
    assert entrant.post(f"{at}/cam-ket", said).headers["Location"] == f"{at}/kiem-tra"

    page = entrant.get(f"{at}/kiem-tra").text
    assert "bản quét trang báo" in page
    assert "Nộp tác phẩm</button>" not in page
    refused = entrant.post(f"{at}/nop")
    assert refused.status_code == 422
    assert "bản quét trang báo" in refused.text

    with unit_of_work():
        scene.attach(only_entry(), scene.entrant)
    page = entrant.get(f"{at}/kiem-tra").text
    assert "Hồ sơ đã đủ, chưa nộp. Sau khi nộp vẫn sửa được đến hết ngày" in page
    sent = entrant.post(f"{at}/nop")
    assert sent.headers["Location"] == f"{at}/bien-nhan"
    paper = entrant.get(f"{at}/bien-nhan").text
    assert "KH3-0001" in paper
    assert "data:image/svg+xml;base64," in paper
    assert "Đã nộp" in entrant.get(home).text
    last = queries.last_receipt(only_entry().id)
    assert last is not None
    assert last.content_hash in paper


def test_who_is_told_of_a_rule_may_insist_and_is_received(scene: Scene, entrant: Browser) -> None:
    with unit_of_work():
        draft = scene.draft()
        draft.parts[0].published_on = date(2022, 10, 15)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}"
    page = entrant.get(f"{at}/kiem-tra").text
    assert "trước thời gian quy định" in page
    assert 'name="insist"' in page
    assert entrant.post(f"{at}/nop").status_code == 422
    assert only_entry().state == "draft"
    assert entrant.post(f"{at}/nop", {"insist": "y"}).status_code == 303
    assert only_entry().code == "KH3-0001"


def test_a_work_submitted_again_says_when_it_was_first_and_when_last(scene: Scene, entrant: Browser) -> None:
    with unit_of_work():
        draft = scene.draft()
    at = f"/{scene.slug}/tac-pham/{draft.public_id}"
    assert entrant.post(f"{at}/nop").status_code == 303
    assert "Hồ sơ đã nộp lúc" in entrant.get(at).text
    assert "Nộp lần đầu lúc" not in entrant.get(f"{at}/bien-nhan").text
    assert entrant.post(f"{at}/sua").status_code == 303
    with unit_of_work():
        session.scalars(select(Entry).where(Entry.revises_id.is_not(None))).one().title = "Tên khác"
    assert entrant.post(f"{at}/nop").status_code == 303
    page, receipt = entrant.get(at).text, entrant.get(f"{at}/bien-nhan").text
    first, last = (dates.receipt_moment(each.received_at) for each in reversed(queries.receipts(only_entry().id)))
    assert f"Hồ sơ nộp lần đầu lúc {first}, nộp lại lần gần nhất lúc {last}." in page
    assert f"Nộp lần đầu lúc {first}; biên nhận này của lần nộp lại lúc {last}." in receipt


def test_what_is_lacking_offers_no_insisting(scene: Scene, entrant: Browser) -> None:
    with unit_of_work():
        draft = scene.draft(title="")
        draft.parts[0].published_on = date(2022, 10, 15)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}"
    page = entrant.get(f"{at}/kiem-tra").text
    assert 'name="insist"' not in page
    assert "trước thời gian quy định" in page, "what can be told is told beside what is missing"
    assert "Mục còn thiếu chưa đối chiếu được với Thể lệ" in page
    assert entrant.post(f"{at}/nop", {"insist": "y"}).status_code == 422
    assert only_entry().state == "draft"


def test_lists_and_page_count_alike_and_one_too_many_is_told_before_it_is_begun(scene: Scene, entrant: Browser) -> None:
    ready, full = "Hồ sơ đã đủ, chưa nộp.", "Tác phẩm nữa đứng tên ấy chưa đủ điều kiện dự Giải."
    with unit_of_work():
        draft = scene.draft(title="Bài thứ ba").public_id
        scene.submitted(title="Bài một")
    mine, page = f"/{scene.slug}/tac-pham", f"/{scene.slug}/tac-pham/{draft}"
    for address in (mine, "/ban-lam-viec", page):
        assert ready in entrant.get(address).text
    assert f'<a class="button button--primary" href="{page}/kiem-tra"' in entrant.get(page).text
    assert full not in entrant.get(f"{mine}/moi").text
    with unit_of_work():
        scene.submitted(title="Bài hai")
    for address in (mine, "/ban-lam-viec"):
        shown = entrant.get(address).text
        assert ready not in shown
        assert "đã có 2 tác phẩm dự Giải (tối đa 2 tác phẩm mỗi tác giả)" in shown
    assert f"{page}/kiem-tra" not in entrant.get(page).text.partition('class="actions"')[2]
    assert full in entrant.get(f"{mine}/moi").text
