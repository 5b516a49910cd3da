"""The scan of an issued paper is set against the draft by a second person, and what was found is an event."""

import io
import json
import re
from typing import Any

import pikepdf
import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.documents.kept import from_data
from award.files.store import prepare
from award.files.tasks import verify
from award.issued.comparing import draft_lines
from award.issued.files import drawn
from award.issued.models import IssuedPaper, ReturnedScan
from award.log.models import Event
from tests.award.editions.issuing import issuing_body, settled
from tests.award.files.conftest import Sender
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor

AT = "/iii-2023/van-ban-da-ban-hanh"


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context():
        prepare()
        with unit_of_work():
            made = outcome()
            settled(made.edition, "decision", issuing_body(made.edition))
            made.decide()
    return made


def scanned(app: Flask, made: Outcome, scan: bytes) -> str:
    """The secretary has sent this as the scan of the decision; gives the page of the paper."""
    file = Sender(app, made.secretary).stored(scan)
    with app.app_context():
        verify(file_id=file.id)
    with app.app_context(), unit_of_work():
        paper = session.query(IssuedPaper).one()
        session.add(ReturnedScan(paper_id=paper.id, file_id=file.id, sent_by_id=made.secretary.id))
        return f"{AT}/{paper.public_id}"


def settle(visitor: Visitor, page: str, given: dict[str, object]) -> Any:
    """The form of the page is sent as it stands there, with what is given."""
    (newest,) = re.findall(r'name="scan" value="([^"]+)"', visitor.get(page).text)
    return visitor.post(f"{page}/doi-chieu", {"scan": newest} | given)


def found(app: Flask) -> tuple[str, int]:
    """What the newest comparison found, in the row and in the log alike."""
    with app.app_context():
        event = session.query(Event).filter_by(kind="paper.compared").order_by(Event.id.desc()).first()
        scan = session.query(ReturnedScan).order_by(ReturnedScan.id.desc()).first()
        assert event is not None
        assert scan is not None
        facts = json.loads(event.payload)["facts"]
        assert (scan.outcome, len(scan.lines)) == (facts["outcome"], facts["lines"])
        return scan.outcome, len(scan.lines)


def test_text_of_the_scan_is_set_against_the_draft_by_somebody_else_than_who_sent_it(app: Flask, made: Outcome) -> None:
    with app.app_context():
        paper = session.query(IssuedPaper).one()
        told = json.dumps(paper.content, ensure_ascii=False)
        paper.content = json.loads(told.replace('"Trưởng Ban"', '"Trưởng Tiểu Ban"'))
        otherwise = drawn(paper, "pdf")
        session.rollback()
    page = scanned(app, made, otherwise)
    secretary, organiser = Visitor(app, made.secretary), Visitor(app, made.organiser)
    assert "Cần người thứ hai." in secretary.get(page).text
    assert secretary.post(f"{page}/doi-chieu", {"remark": "Đúng"}).status_code == 403
    shown = organiser.get(page).text
    assert "1 dòng khác dự thảo" in shown
    publishing = "/iii-2023/cong-bo"
    assert "chờ đối chiếu" in organiser.get(publishing).text
    assert "Chờ đối chiếu" in organiser.get(AT).text
    unseen = organiser.post(f"{page}/doi-chieu", {"remark": "Bản trước"})
    assert unseen.status_code == 403  # which scan was looked at is not said
    refused = settle(organiser, page, {})
    assert refused.status_code == 422
    assert "đề nghị ghi bản nào đúng" in refused.text
    assert settle(organiser, page, {"remark": "Bản đã ký đúng"}).status_code == 303
    assert found(app) == ("differs", 1)
    assert "Bản đã ban hành khác dự thảo ở văn bản: dòng" in organiser.get(page).text
    assert "số 12-QĐ/BTCG khác dự thảo" in organiser.get(publishing).text
    assert settle(organiser, page, {"remark": "Lần nữa"}).status_code == 403


def test_a_scan_without_text_is_ticked_line_by_line_and_a_new_one_begins_anew(app: Flask, made: Outcome) -> None:
    out = io.BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page(page_size=(595, 842))
        blank.save(out)
    page = scanned(app, made, out.getvalue())
    organiser = Visitor(app, made.organiser)
    assert "không đọc được chữ" in organiser.get(page).text
    with app.app_context():
        lines = len(draft_lines(from_data(session.query(IssuedPaper).one().content)))
    ticked = {"same": [str(n) for n in range(1, lines)], "remark": "Dòng cuối bị mờ"}
    assert settle(organiser, page, ticked).status_code == 303
    assert found(app) == ("differs", 1)
    with app.app_context():
        again = drawn(session.query(IssuedPaper).one(), "pdf")
    scanned(app, made, again)
    assert "0 dòng khác dự thảo" in organiser.get(page).text
    assert settle(organiser, page, {}).status_code == 303
    assert found(app) == ("same", 0)
    assert "Khớp dự thảo" in organiser.get(AT).text


def test_words_that_only_the_scan_has_make_it_differ_unless_they_are_no_text_of_the_paper(
    app: Flask, made: Outcome
) -> None:
    with app.app_context():
        paper = session.query(IssuedPaper).one()
        more = json.loads(json.dumps(paper.content))
        more["body"].append({**more["body"][-1], "text": "Điều khoản thêm sau khi ký."})
        paper.content = more
        otherwise = drawn(paper, "pdf")
        session.rollback()
    page = scanned(app, made, otherwise)
    organiser = Visitor(app, made.organiser)
    assert "Chỉ có trong bản quét:" in organiser.get(page).text
    old = re.findall(r'name="scan" value="([^"]+)"', organiser.get(page).text)[0]
    assert settle(organiser, page, {}).status_code == 422
    scanned(app, made, otherwise + b"\n")
    stale = organiser.post(f"{page}/doi-chieu", {"scan": old, "remark": "Đã xem"})
    assert "Đã có bản quét mới hơn" in stale.text
    assert settle(organiser, page, {"remark": "Bản đã ký đúng"}).status_code == 303
    assert found(app) == ("differs", 0)
