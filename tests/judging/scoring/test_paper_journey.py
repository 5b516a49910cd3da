"""The way of a signed sheet through the pages: printed, scanned, keyed by two, differing, settled, sent."""

import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Edition, Round
from judging.panels.models import Assignment
from judging.scoring import looking_again, operations
from judging.scoring.contents import marks_of
from judging.scoring.models import Keying, PaperSheet
from judging.scoring.queries import own_sheet
from tests.award.documents.reading import printed_over
from tests.award.entries.conftest import made_file
from tests.award.files.conftest import hashes_of, put
from tests.judging.rows import Bench, bench, judge
from tests.visitor import Visitor
from uploads.storage import SignedPart

DESK, LIST = "/ban-lam-viec", "/iii-2023/vong/1/phieu-giay"


class Office:
    """Two secretaries before their browsers, and a judge who marks on paper."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context(), unit_of_work():
            self.of: Bench = bench()
            people = self.people = [judge(self.of.edition, name, "secretary") for name in ("Cao Anh", "Cao Bình")]
            self.of.open()
            self.sheet = self.of.assignments(self.of.judges[0])[0]
            self.criteria = [criterion.id for criterion in self.of.round.criteria]
        self.first, self.second = (Visitor(app, person) for person in people)
        self.organiser = Visitor(app, self.of.organiser)
        self.page = f"{LIST}/to/{self.sheet.public_id}"

    def photographed(self) -> bytes:
        """The printed sheet, as a telephone sees it."""
        printed = self.first.get(f"{self.page}.pdf").data
        assert not printed_over(printed)
        picture = pypdfium2.PdfDocument(printed)[0].render(scale=1.6).to_pil().convert("RGB").rotate(1)
        out = io.BytesIO()
        picture.save(out, "JPEG")
        return out.getvalue()

    def sends(self, scan: bytes) -> None:
        said = {"name": "phieu.jpg", "size": len(scan), "part_hashes": hashes_of(scan)}
        plan = self.first.post_json(f"{self.page}/ban-quet", said).get_json()
        for part in plan["parts"]:
            start = (part["number"] - 1) * plan["part_size"]
            body = scan[start : start + plan["part_size"]]
            assert put(SignedPart(part["number"], part["url"], part["headers"]), body) == 200
        assert self.first.post_json(plan["finish_url"], {}).status_code == 200

    def keys(self, who: Visitor, *marks: str, day: str = "2023-10-12", **more: str) -> str:
        fields: dict[str, Any] = {f"c{criterion}": mark for criterion, mark in zip(self.criteria, marks, strict=True)}
        answer = who.post(f"{self.page}/nhap", {**fields, "signed_on": day, **more})
        assert answer.status_code == 303, answer.text
        return who.get(answer.location).text


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


def test_from_the_printed_sheet_to_the_sheet_that_was_sent(office: Office, run_jobs: Callable[[], None]) -> None:
    office.sends(office.photographed())
    assert "Bắt đầu nhập điểm" in office.first.get(office.page).text
    run_jobs()
    assert "Nhập 1 phiếu giấy" in office.first.get(DESK).text, "who sent the scan is the first to key it"
    assert "phiếu giấy" not in office.second.get(DESK).text, "nobody else has anything to do yet"
    assert "Đã lưu lần nhập" in office.keys(office.first, "3,5", "2,75", "2,25")
    assert "phiếu giấy" not in office.first.get(DESK).text
    for other in (office.second, office.organiser):
        assert "Nhập 1 phiếu giấy" in other.get(DESK).text
    assert office.second.post(f"{office.page}/nhan").status_code == 303
    assert "phiếu giấy" not in office.organiser.get(DESK).text, "two persons and no third"
    told = office.keys(office.second, "3,5", "2,5", "2,25")
    assert "2,75 và 2,50" in told
    for keyer in (office.first, office.second):
        assert "Nhập 1 phiếu giấy" in keyer.get(DESK).text
    assert "2,75" not in office.organiser.get(office.page).text
    assert "Đã ghi nhận phiếu chấm" in office.keys(office.second, "3,5", "2,75", "2,25")
    for person in (office.first, office.second, office.organiser):
        assert "phiếu giấy" not in person.get(DESK).text
        assert "Đã gửi, từ phiếu giấy" in person.get(office.page).text
    with office.app.app_context():
        sheet = own_sheet(office.sheet.seat_id, office.sheet.id)
        assert sheet is not None
        assert (sheet.state, [marks_of(sheet)[criterion] for criterion in office.criteria]) == ("finished", [14, 11, 9])


def test_a_sheet_that_is_asked_about_is_answered_with_its_reason(office: Office) -> None:
    of, marks = office.of, dict.fromkeys(office.criteria, 8)
    with office.app.app_context(), unit_of_work():
        edition, round_ = session.get_one(Edition, of.edition.id), session.get_one(Round, of.round.id)
        judge = {"by": of.by(of.judges[0]), "assignment": session.get_one(Assignment, office.sheet.id)}
        operations.save(**judge, version=0, marks=marks, note="")
        sheet = operations.finish(**judge, edition=edition)
        round_.state = "frozen"
        asked = {"level": "red", "gap": "", "limit": ""}
        looking_again.ask_again(by=of.by(of.organiser), edition=edition, round=round_, sheet=sheet, **asked)
        paper = PaperSheet(assignment_id=office.sheet.id)
        paper.scan_id = made_file(office.people[0], "ready", sha256="ab" * 32).id
        paper.keyings = [Keying(person_id=person.id, ordinal=n) for n, person in enumerate(office.people, start=1)]
        session.add(paper)
        seat = of.seat(of.judges[0]).public_id
    assert "Chờ người nhập thứ nhất" in office.first.get(f"{LIST}/{seat}").text
    assert "Lý do ghi trên phiếu" in office.first.get(office.page).text
    more = {"seen": "y", "reason": "Đọc lại."}
    office.keys(office.first, "2", "2", "2", **more)
    fields = {f"c{criterion}": "2" for criterion in office.criteria} | {"signed_on": "2023-10-12", "seen": "y"}
    lacking = office.second.post(f"{office.page}/nhap", fields)
    assert (lacking.status_code, "Cần ghi lý do" in lacking.text) == (422, True)
    assert "Đã ghi nhận phiếu chấm" in office.keys(office.second, "2", "2", "2", **more)
    assert "Đã gửi, từ phiếu giấy" in office.second.get(office.page).text
