"""What everybody reads of an edition."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from award.clock import VIETNAM, stopped_at
from award.db import session
from award.editions import deadlines
from award.editions.models import Edition
from award.editions.queries import with_rules
from award.features import Feature
from tests import factories
from tests.award.editions.conftest import Prepared, prepared, rows
from tests.visitor import Visitor

LAST_DAY = date(2023, 9, 30)


@pytest.fixture
def opened(app: Flask) -> Prepared:
    """An open edition whose deadline is the end of 30/9/2023."""
    with rows(app):
        made = prepared(state="open")
        made.edition.deadline_day = LAST_DAY
        made.edition.deadline_at = datetime(2023, 10, 1, tzinfo=VIETNAM)
        return made


@pytest.mark.parametrize(
    ("at", "sentences", "takes"),
    [
        (
            datetime(2023, 9, 18, 12, tzinfo=VIETNAM),
            ["Nhận tác phẩm đến hết ngày 30/9/2023 (Thứ Bảy).", "Còn 12 ngày."],
            True,
        ),
        (
            datetime(2023, 9, 29, 23, 59, 59, tzinfo=VIETNAM),
            ["Nhận tác phẩm đến hết ngày 30/9/2023 (Thứ Bảy).", "Còn 1 ngày."],
            True,
        ),
        (
            datetime(2023, 9, 30, 20, 48, tzinfo=VIETNAM),
            ["Hôm nay là ngày cuối nhận tác phẩm.", "Còn 3 giờ 12 phút, tính theo đồng hồ của hệ thống."],
            True,
        ),
        (
            datetime(2023, 9, 30, 23, 59, 30, tzinfo=VIETNAM),
            ["Hôm nay là ngày cuối nhận tác phẩm.", "Còn chưa đến 1 phút."],
            True,
        ),
        (
            datetime(2023, 10, 1, tzinfo=VIETNAM),
            ["Đã hết thời hạn nhận tác phẩm (hết ngày 30/9/2023)."],
            True,
        ),
        (
            datetime(2023, 10, 1, 0, 2, tzinfo=VIETNAM),
            ["Đã hết thời hạn nhận tác phẩm (hết ngày 30/9/2023)."],
            False,
        ),
    ],
)
def test_the_front_page_counts_down_to_the_second(
    app: Flask, opened: Prepared, visitor: Visitor, at: datetime, sentences: list[str], takes: bool
) -> None:
    with stopped_at(at):
        page = visitor.get("/iii-2023/")
    assert page.status_code == 200
    for sentence in sentences:
        assert sentence in page.text
    assert (">Nộp tác phẩm<" in page.text) is takes, "within the grace what was begun may still be handed in"


@pytest.mark.parametrize(
    ("state", "sentence", "button"),
    [
        ("screening", "Tổ Thư ký đang kiểm tra điều kiện dự Giải", "Xem thể lệ"),
        ("judging", "Hội đồng đang làm việc.", "Xem thể lệ"),
        ("decision", "Kết quả được công bố sau khi có quyết định.", "Xem thể lệ"),
        ("published", "Kết quả đã công bố.", "Xem kết quả"),
        ("archived", "Kết quả đã công bố.", "Xem kết quả"),
    ],
)
def test_the_front_page_follows_the_calendar(
    app: Flask, opened: Prepared, visitor: Visitor, state: str, sentence: str, button: str
) -> None:
    with rows(app):
        with_rules(opened.edition.id).state = state
    page = visitor.get("/iii-2023/")
    assert sentence in page.text
    assert button in page.text
    assert ">Nộp tác phẩm<" not in page.text
    assert ">Thiết lập<" not in page.text


def test_figures_of_other_rooms_stand_on_the_front_page_when_above_zero(
    app: Flask, opened: Prepared, visitor: Visitor
) -> None:
    features = app.extensions["features"]
    told = Feature(name="counts", figures=lambda _edition: [("hồ sơ đo thử", 319), ("không có gì", 0)])
    app.extensions["features"] = (*features, told)
    try:
        page = visitor.get("/iii-2023/")
    finally:
        app.extensions["features"] = features
    assert "hồ sơ đo thử" in page.text
    assert "319" in page.text
    assert "không có gì" not in page.text


def test_the_rules_are_said_in_words_with_their_clause_and_the_exact_instant(
    app: Flask, opened: Prepared, visitor: Visitor
) -> None:
    page = visitor.get("/iii-2023/the-le")
    assert page.status_code == 200
    for sentence in (
        "Tác phẩm đăng, phát lần đầu từ ngày 01/11/2022 đến hết ngày 30/9/2023.",
        "Nhận tác phẩm đến hết ngày 30/9/2023.",
        "Hệ thống nhận đến 23 giờ 59 phút 59 giây, ngày 30/9/2023, giờ Việt Nam.",
        "được nhận thêm 120 giây",
        "Mỗi tác giả, riêng hoặc trong nhóm, dự Giải nhiều nhất 3 tác phẩm.",
        "Căn cứ: khoản 1 Điều 4 Thể lệ.",
        "Bản quét trang báo (PDF): 1 đến 3 tệp cho mỗi kỳ, mỗi tệp không quá 50 MB.",
        "Giải A",
    ):
        assert sentence in page.text, sentence


def test_a_matter_left_unregulated_is_said_so_and_an_open_one_in_a_draft_too(
    app: Flask, opened: Prepared, visitor: Visitor
) -> None:
    with rows(app):
        edition = with_rules(opened.edition.id)
        for clause in edition.clauses:
            if clause.code == "max_parts":
                clause.value, clause.unregulated = None, True
            if clause.code == "max_group_size":
                clause.value = None
    text = visitor.get("/iii-2023/the-le").text
    assert "Không quy định." in text
    assert "Chưa có quy định." in text


def test_a_draft_is_seen_by_its_people_and_says_so(app: Flask, opened: Prepared, visitor: Visitor) -> None:
    with rows(app):
        with_rules(opened.edition.id).state = "draft"
    desk = Visitor(app, opened.organiser)
    for address in ("/iii-2023/", "/iii-2023/the-le"):
        assert visitor.get(address).status_code == 404
        page = desk.get(address)
        assert page.status_code == 200
        assert "Dự thảo:" in page.text


def test_navigation_leads_to_the_rules_and_the_staff_to_the_set_up(
    app: Flask, opened: Prepared, visitor: Visitor
) -> None:
    assert 'href="/iii-2023/the-le"' in visitor.get("/iii-2023/").text
    page = Visitor(app, opened.organiser).get("/iii-2023/the-le")
    assert 'href="/iii-2023/thiet-lap"' in page.text
    assert 'href="/iii-2023/thiet-lap"' not in visitor.get("/iii-2023/the-le").text


@pytest.mark.parametrize(
    ("wording", "day", "at", "sentence"),
    [
        (
            deadlines.BEFORE,
            date(2023, 9, 29),
            datetime(2023, 9, 30, tzinfo=VIETNAM),
            "Nhận tác phẩm trước ngày 30/9/2023 (đến hết ngày 29/9/2023) (Thứ Sáu).",
        ),
        (
            deadlines.AT,
            None,
            datetime(2023, 9, 30, 17, 0, 1, tzinfo=VIETNAM),
            "Nhận tác phẩm chậm nhất 17 giờ 00, ngày 30/9/2023 (Thứ Bảy).",
        ),
    ],
)
def test_other_wordings_are_kept(wording: str, day: date | None, at: datetime, sentence: str) -> None:
    edition = Edition(deadline_words=wording, deadline_day=day, deadline_at=at, grace_seconds=0)
    assert deadlines.countdown(edition, datetime(2023, 9, 1, tzinfo=UTC)) == sentence
    on_time = at - timedelta(seconds=1)
    assert deadlines.countdown(edition, on_time) == "Hôm nay là ngày cuối nhận tác phẩm."
    assert deadlines.countdown(edition, at).startswith("Đã hết thời hạn nhận tác phẩm")


def test_without_a_deadline_the_draft_counts_nothing() -> None:
    assert deadlines.countdown(Edition(), datetime(2023, 9, 1, tzinfo=UTC)) == ""


def test_the_front_door_leads_to_what_can_be_entered_first(opened: Prepared, app: Flask) -> None:
    """An edition that opens while another still takes works does not take its place."""
    with rows(app):
        later = factories.edition(state="open", slug="iv-2024", ordinal=4, year=2024)
        later.deadline_at = datetime(2024, 10, 1, tzinfo=VIETNAM)
    assert Visitor(app).get("/").location == "/iii-2023/"
    with rows(app):
        session.get_one(Edition, opened.edition.id).state = "judging"
    assert Visitor(app).get("/").location == "/iv-2024/"
