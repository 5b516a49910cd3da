"""The scan of an issued paper is set against the draft by a second person, and what was found is an event."""

import io
import json
import re

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
    assert "Chờ đối chiếu" in organiser.get(AT).text
    refused = organiser.post(f"{page}/doi-chieu", {})
    assert refused.status_code == 422
    assert "đề nghị ghi bản nào đúng" in refused.text
    assert organiser.post(f"{page}/doi-chieu", {"remark": "Bản đã ký đúng"}).status_code == 303
    assert found(app) == ("differs", 1)
    assert "Bản đã ban hành khác dự thảo ở văn bản: dòng" in organiser.get(page).text
    assert organiser.post(f"{page}/doi-chieu", {"remark": "Lần nữa"}).status_code == 403


def test_words_that_only_the_scan_has_make_it_differ_unless_they_belong_to_no_paper(app: Flask, made: Outcome) -> None:
    with app.app_context():
        paper = session.query(IssuedPaper).one()
        told = json.loads(json.dumps(paper.content, ensure_ascii=False))
        told["recitals"].append("Theo đề nghị của Văn phòng;")
        paper.content = told
        otherwise = drawn(paper, "pdf")
        session.rollback()
    page = scanned(app, made, otherwise)
    organiser = Visitor(app, made.organiser)
    shown = organiser.get(page).text
    assert "0 dòng khác dự thảo" in shown
    assert re.search(r'name="beside" value="1">[^<]*<ins>Theo đề nghị của Văn phòng', shown)
    assert organiser.post(f"{page}/doi-chieu", {}).status_code == 422
    assert organiser.post(f"{page}/doi-chieu", {"remark": "Bản đã ký đúng"}).status_code == 303
    assert found(app) == ("differs", 0)
    assert "có chữ mà dự thảo không có" in organiser.get(page).text
    scanned(app, made, otherwise)
    assert organiser.post(f"{page}/doi-chieu", {"beside": "1"}).status_code == 303
    assert found(app) == ("same", 0)


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
    assert organiser.post(f"{page}/doi-chieu", ticked).status_code == 303
    assert found(app) == ("differs", 1)
    with app.app_context():
        again = drawn(session.query(IssuedPaper).one(), "pdf")
    scanned(app, made, again)
    assert "0 dòng khác dự thảo" in organiser.get(page).text
    assert organiser.post(f"{page}/doi-chieu", {}).status_code == 303
    assert found(app) == ("same", 0)
    assert "Khớp dự thảo" in organiser.get(AT).text
