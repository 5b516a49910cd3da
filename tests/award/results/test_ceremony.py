"""The ceremony and the archive on paper: who is called in which order, who signs, which papers there are."""

from datetime import UTC, datetime

from flask import Flask

from award.calendars.models import PlannedDay
from award.clock import now
from award.db import session, unit_of_work
from award.documents.composing import composed
from award.documents.paper import Table
from award.documents.typeset import pdf
from award.results import papers_ceremony
from award.results.models import Honour
from tests import factories
from tests.award.documents.reading import pages_of, word_lines
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import outcome, work
from tests.award.results.test_papers import lines_of
from tests.visitor import Visitor

PAGE = "/iii-2023/quyet-dinh"


def test_order_list_to_sign_and_index(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            made = outcome(proposed=False)
            both = work(made.edition, made.category, "Tiếng loa bản xa", authors=(("Đỗ Lan", ""), ("Trần Minh", "")))
            made.propose((made.works[0], "ĐB"), (both, "A"))
            body = factories.prize_level(made.edition, rank=9, code="TT", name="Bằng khen", kind="collective")
            told = {"edition_id": made.edition_id, "prize_level_id": body.id, "recipient": "Báo Biển Xanh"}
            session.add(Honour(reason="Có nhiều tác phẩm", **told))
            settled(made.edition, "decision", issuing_body(made.edition))
        with unit_of_work():
            made.decide()
        order = lines_of(composed(papers_ceremony.running_order(made.edition)))
        signing = papers_ceremony.signing_list(made.edition)
    turns = [line for line in order if line.startswith("Lượt")]
    assert turns == ["Lượt 1. Bằng khen: 1", "Lượt 2. Giải A: 1", "Lượt 3. Giải Đặc biệt: 1"]
    assert "1. Báo Biển Xanh: Có nhiều tác phẩm." in order
    (table,) = (block for block in signing.body if isinstance(block, Table))
    assert [row[1] for row in table.rows] == [
        "Báo Biển Xanh",
        "Đỗ Lan",
        "Trần Minh",
        "Nguyễn Thị Vân (Hà Vân, Sông Mây)",
    ], "in the order in which they are given"
    secretary = Visitor(app, made.secretary)
    listed = word_lines(secretary.get(f"{PAGE}/van-ban/muc-luc.docx").data)
    assert "12-QĐ/BTCG" in listed
    assert "20/11/2023" in listed
    assert "Mục lục có 1 văn bản." in listed
    page = secretary.get(PAGE).text
    for kind in ("thu-tu-trao-giai", "muc-luc"):
        assert f"{PAGE}/van-ban/{kind}.pdf" in page
    assert Visitor(app).get(f"{PAGE}/van-ban/muc-luc.pdf").status_code == 302


def test_the_invitation_takes_hour_and_place_from_the_calendar(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="decision")
        planned = {"at": datetime(2023, 11, 22, 1, 0, tzinfo=UTC), "place": "Nhà văn hóa tỉnh", "changed_at": now()}
        session.add(PlannedDay(edition_id=edition.id, kind="ceremony", **planned))
        settled(edition, "invitation", issuing_body(edition))
        whole = " ".join(pages_of(pdf(papers_ceremony.invitation(edition))))
    for words in ("GIẤY MỜI", "08 giờ 00, ngày 22/11/2023", "Nhà văn hóa tỉnh", "-GM/BTCG"):
        assert words in whole
