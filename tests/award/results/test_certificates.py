"""Certificates follow the decision: its works in its order, its number and day, who signs; for a work or an author."""

from datetime import timedelta

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.results import papers
from award.results.models import Honour
from tests import factories
from tests.award.documents.reading import codes_of, pages_of
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import Outcome, outcome, work
from tests.visitor import Visitor

PRINTED = "/iii-2023/quyet-dinh/giay-chung-nhan.pdf"


@pytest.fixture
def made(app: Flask) -> Outcome:
    """The special prize for a series of two authors, an A for a work of one; decided."""
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False, works=0)
        settled(made.edition, "decision", issuing_body(made.edition))
        organ = factories.newsroom("Báo Biển Xanh")
        pair = (("Nguyễn Thị Vân", "Hà Vân"), ("Trần Minh", ""))
        made.works = [
            work(made.edition, made.category, "Giữ lời hứa với dân", authors=pair, newsroom=organ, parts=5),
            work(made.edition, made.category, "Đường về bản xa", authors=(("Lê Hoàng Phúc", ""),), newsroom=organ),
        ]
        made.propose((made.works[0], "ĐB"), (made.works[1], "A"))
        made.decide()
    return made


@pytest.mark.parametrize(
    ("each_author", "recipients"),
    [
        (False, ["Nhóm tác giả Nguyễn Thị Vân (Hà Vân), Trần Minh", "Lê Hoàng Phúc"]),
        (True, ["Nguyễn Thị Vân (Hà Vân)", "Trần Minh", "Lê Hoàng Phúc"]),
    ],
)
def test_one_for_a_work_or_for_each_author(app: Flask, made: Outcome, each_author: bool, recipients: list[str]) -> None:
    with app.app_context():
        given, issuer = papers.certificates(made.edition, each_author=each_author)
    assert [each.recipient for each in given] == recipients
    assert (given[0].work, given[0].prize) == ("Loạt 5 bài “Giữ lời hứa với dân” - Báo Biển Xanh", "Đoạt giải Đặc biệt")
    assert given[-1].work == "Tác phẩm “Đường về bản xa” - Báo Biển Xanh"
    assert given[0].ground == "Theo Quyết định số 12-QĐ/BTCG, ngày 20/11/2023 của Ban Tổ chức Giải"
    assert given[0].dateline == "Khánh Hòa, ngày 20 tháng 11 năm 2023"
    assert [each.number for each in given] == [f"Số thứ tự: {n}" for n in range(1, len(given) + 1)]
    assert (issuer.post, issuer.signer) == ("Trưởng Ban", "Nguyễn Văn Hòa")


def test_a_body_has_its_certificate_without_a_work(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        level = factories.prize_level(made.edition, rank=9, code="TT", name="Bằng khen tập thể", kind="collective")
        session.add(
            Honour(edition_id=made.edition_id, prize_level_id=level.id, recipient="Báo Biển Xanh", state="decided")
        )
        session.flush()
        *_works, last = papers.certificates(made.edition, each_author=False)[0]
    assert (last.recipient, last.work, last.prize) == ("Báo Biển Xanh", "", "Bằng khen tập thể")


def test_they_are_printed_whole_or_onto_stock(app: Flask, made: Outcome) -> None:
    reader = Visitor(app, made.organiser)
    whole = pages_of(reader.get(PRINTED).data)
    assert len(whole) == 2
    assert "GIẤY CHỨNG NHẬN" in whole[0]
    stock = pages_of(reader.get(f"{PRINTED}?each=author&stock=stock&right=3&down=-2").data)
    assert len(stock) == 3
    assert "GIẤY CHỨNG NHẬN" not in stock[0]
    refused = reader.get(f"{PRINTED}?right=abc&down=21")
    assert refused.status_code == 422
    assert refused.text.count("Ghi số mm từ -20 đến 20.") >= 2
    assert 'value="abc"' in refused.text


def test_the_code_on_each_leads_to_the_page_that_says_it_is_valid(app: Flask, made: Outcome) -> None:
    """Scanned off the printed page, also where it was moved on stock: nobody copies twelve letters from a frame."""
    with app.app_context(), unit_of_work():
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
    reader, anybody = Visitor(app, made.organiser), Visitor(app)
    whole = codes_of(reader.get(PRINTED).data)
    assert codes_of(reader.get(f"{PRINTED}?stock=stock&right=3&down=-2").data) == whole
    for scanned, entry in zip(whole, made.works, strict=True):
        (address,) = scanned
        assert address.startswith(f"{Visitor.origin}/chung-nhan/")
        told = anybody.get(address.removeprefix(Visitor.origin))
        assert (told.status_code, "Có hiệu lực" in told.text, entry.title in told.text) == (200, True, True)


def test_before_the_decision_there_are_none(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        made = outcome()
    reader = Visitor(app, made.organiser)
    assert reader.get(PRINTED).status_code == 403
    assert "giay-chung-nhan.pdf" not in reader.get("/iii-2023/quyet-dinh").text
    assert Visitor(app, made.chair).get(PRINTED).status_code == 403
