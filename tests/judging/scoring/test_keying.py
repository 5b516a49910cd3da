"""A sheet filled in on paper: two persons key it from its scan, alike, and it is the judge's; nobody else knows it."""

import io
import json
from datetime import date
from types import SimpleNamespace
from typing import cast

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from judging.calibration.models import CalibrationEnd, CalibrationWork
from judging.panels.models import Assignment, Conflict
from judging.proof.verifier.evidence import Evidence
from judging.proof.verifier.paper import check_paper
from judging.scoring import brought, keying, looking_again, operations, papers
from judging.scoring.contents import marks_of
from judging.scoring.feature import against_appointing, may_read_file, may_send_file
from judging.scoring.keying_showing import apart
from judging.scoring.models import Keying, PaperSheet, ScoreSheet
from judging.scoring.permissions import can_take_paper
from judging.scoring.queries import own_sheet
from tests import factories
from tests.award.entries.conftest import made_file
from tests.judging.rows import Bench, bench, judge
from uploads import qr

ADDRESS = "https://giai.example.vn/iii-2023/vong/1/phieu-giay/to/"
SIGNED = date(2023, 10, 12)
SCAN = "ab" * 32


class Desk:
    """A judge with a sheet on paper, and three who may key."""

    def __init__(self) -> None:
        self.of: Bench = bench()
        self.people = {
            "first": judge(self.of.edition, "Cao Anh", "secretary"),
            "second": judge(self.of.edition, "Cao Bình", "secretary"),
            "third": self.of.organiser,
            "judging": judge(self.of.edition, "Cao Chi", "secretary"),
        }
        self.of.open()
        self.judge: Person = self.of.judges[0]
        self.sheet: Assignment = self.of.assignments(self.judge)[0]

    def scanned(self, who: str = "first", state: str = "ready") -> PaperSheet:
        """The scan stands with the sheet, as `begin_scan` leaves it once the file has come in and was examined."""
        paper = PaperSheet(assignment_id=self.sheet.id)
        paper.scan_id = made_file(self.people[who], state, sha256=SCAN if state == "ready" else None).id
        paper.keyings = [Keying(person_id=self.people[who].id, ordinal=1)]
        session.add(paper)
        session.flush()
        return paper

    def takes_up(self, who: str = "second") -> None:
        keying.take_up(by=self.of.by(self.people[who]), edition=self.of.edition, assignment=self.sheet)

    def keys(
        self, who: str, steps: int = 8, *, signed: date = SIGNED, codes: tuple[str, ...] | None = None, reason: str = ""
    ) -> PaperSheet:
        return keying.key(
            by=self.of.by(self.people[who]),
            edition=self.of.edition,
            assignment=self.sheet,
            marks={criterion.id: steps for criterion in self.of.round.criteria},
            signed_on=signed,
            codes=(ADDRESS + self.sheet.public_id,) if codes is None else codes,
            address=ADDRESS + self.sheet.public_id,
            seen=False,
            reason=reason,
        )

    def kept(self) -> ScoreSheet | None:
        return own_sheet(self.sheet.seat_id, self.sheet.id)


@pytest.fixture
def desk(ctx: Flask) -> Desk:
    with unit_of_work():
        return Desk()


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda fault: fault.verdict.code == code)


def test_two_who_key_alike_make_the_judges_sheet(desk: Desk) -> None:
    with unit_of_work():
        seat = desk.of.seat(desk.judge)
        seat.pledged_at = seat.pledge_version = None
        desk.scanned()
        assert desk.keys("first").taken_at is None
        assert desk.kept() is None
        desk.takes_up()
        paper = desk.keys("second")
    kept = desk.kept()
    assert kept is not None
    assert kept.state == "finished"
    assert set(marks_of(kept).values()) == {8}
    assert kept.commitment == paper.commitment
    assert (paper.signed_on, paper.scan_sha256, paper.read_from_scan) == (SIGNED, SCAN, True)
    taken = brought.taken_as(kept)
    assert taken is not None
    assert (taken.first, taken.second) == ("Cao Anh", "Cao Bình")
    told = {event.kind: json.loads(event.payload) for event in session.scalars(select(Event).order_by(Event.seq))}
    facts = told["sheet.sent"]["facts"]
    ids = [desk.people[who].id for who in ("first", "second")]
    assert (facts["first"], facts["second"], facts["scan"]) == (*ids, SCAN)
    assert facts["commitment"] == kept.commitment
    assert told["seat.pledged"]["facts"]["scan"] == SCAN, "the pledge stands on the same paper"


def test_what_differs_is_put_to_both_and_settled_by_the_paper(desk: Desk) -> None:
    with unit_of_work():
        desk.scanned()
        desk.keys("first", 8)
        desk.takes_up()
        paper = desk.keys("second", 7, signed=date(2023, 10, 11))
        assert keying.differences(paper) == {*(c.id for c in desk.of.round.criteria), "signed_on"}
        assert desk.kept() is None
        assert keying.differences(desk.keys("first", 7)) == {"signed_on"}
        assert desk.keys("second", 7).taken_at is not None
    kept = desk.kept()
    assert kept is not None
    assert set(marks_of(kept).values()) == {7}


def test_no_paper_stands_for_a_sheet_before_the_calibration_works_are_sent(desk: Desk) -> None:
    file = {"name": "phieu.pdf", "size": 9, "part_hashes": ["0" * 64]}
    with unit_of_work():
        tried = CalibrationWork(panel_id=desk.of.panel.id, ordinal=1, title="Giữ rừng", text="Bốn giờ sáng.")
        session.add(tried)
        desk.of.round.calibration = "first"
        session.flush()
        where = {"by": desk.of.by(desk.people["first"]), "edition": desk.of.edition, "assignment": desk.sheet}
        with refused("first"):
            keying.begin_scan(**where, uploader=desk.people["first"], **file)
        desk.scanned()
        with refused("first"):
            desk.keys("first")
        desk.of.round.calibration = "free"
        session.flush()
        desk.keys("first")
        desk.of.round.calibration = "first"
        session.flush()
        with refused("first"):
            desk.takes_up()
        session.add(CalibrationEnd(panel_id=desk.of.panel.id, ended_by_id=desk.of.organiser.id, ended_at=now()))
        session.flush()
        desk.takes_up()
        desk.keys("second")
    assert desk.kept() is not None


def test_two_different_persons_and_no_third(desk: Desk) -> None:
    with unit_of_work():
        desk.scanned()
        with refused("first_missing"):
            desk.takes_up()
        with refused("not_bound"):
            desk.keys("second")
        desk.keys("first")
        with refused("same_person"):
            desk.takes_up("first")
        desk.takes_up()
        with refused("two_already"):
            desk.takes_up("third")


def test_who_judges_or_has_to_do_with_the_work_keys_nothing(desk: Desk) -> None:
    with unit_of_work():
        desk.scanned()
        desk.keys("first")
        tied = Conflict(edition_id=desk.of.edition.id, person_id=desk.people["third"].id, entry_id=desk.sheet.entry_id)
        tied.relation, tied.source = "relative", "declared"
        session.add(tied)
        session.flush()
        with refused("tied"):
            desk.takes_up("third")
        factories.appointment(desk.of.edition, desk.people["judging"], "judge")
        with refused("kept_apart"):
            desk.takes_up("judging")


def test_the_scan_is_of_this_sheet_or_somebody_has_looked(desk: Desk) -> None:
    with unit_of_work():
        desk.scanned()
        with refused("other_sheet"):
            desk.keys("first", codes=(ADDRESS + "andere",))
        with refused("no_code"):
            desk.keys("first", codes=())


def test_a_sheet_sent_on_a_screen_and_a_frozen_round_take_no_paper(desk: Desk) -> None:
    marks = {criterion.id: 5 for criterion in desk.of.round.criteria}
    own = {"by": desk.of.by(desk.judge), "assignment": desk.sheet}
    with unit_of_work():
        desk.scanned()
        operations.save(**own, version=0, marks=marks, note="")
        operations.finish(**own, edition=desk.of.edition)
        with refused("sent"):
            desk.keys("first")
        operations.reopen(**own, edition=desk.of.edition)
        desk.keys("first")
        desk.of.round.state = "frozen"
        session.flush()
        with refused("frozen"):
            desk.takes_up()


def test_who_was_bound_stays_so_when_the_scan_is_dropped(desk: Desk) -> None:
    with unit_of_work():
        desk.scanned()
        desk.keys("first")
        keying.drop_scan(by=desk.of.by(desk.people["third"]), edition=desk.of.edition, assignment=desk.sheet)
        assert brought.waiting_paper(desk.sheet.id) is None
    assert [one.marks for one in session.scalars(select(Keying))] == [None]
    edition, first = desk.of.edition.id, desk.people["first"].id
    for office in ("judge", "chair", "auditor"):
        assert against_appointing(edition, first, office) is not None
    assert against_appointing(edition, first, "secretary") is None
    assert against_appointing(edition, desk.people["second"].id, "judge") is None
    desk.of.round.state = "closed"
    session.flush()
    assert against_appointing(edition, first, "judge") is None


def test_the_scan_is_read_by_its_judge_and_the_two_bound_until_the_round_is_closed(desk: Desk) -> None:
    with unit_of_work():
        paper = desk.scanned()
        desk.keys("first")
    assert paper.scan_id is not None
    everybody = {**desk.people, "owner": desk.judge, "other judge": desk.of.judges[1]}

    def readers() -> set[str]:
        assert paper.scan_id is not None
        return {name for name, person in everybody.items() if may_read_file(paper.scan_id, person.id)}

    assert readers() == {"first", "owner"}
    assert may_send_file(paper.scan_id, desk.people["first"].id)
    assert not may_send_file(paper.scan_id, desk.people["second"].id)
    with unit_of_work():
        desk.takes_up()
    assert readers() == {"first", "second", "owner"}
    assert not may_send_file(paper.scan_id, desk.people["first"].id), "a second has begun to read it"
    desk.of.round.state = "closed"
    session.flush()
    assert readers() == {*desk.people, "owner"}


def test_a_page_for_every_work_with_its_code_to_be_signed(desk: Desk) -> None:
    sheets = brought.sheets_of(desk.sheet.seat_id)
    where, again = (desk.of.edition, desk.of.round), {sheets[0].assignment.id}
    drawn = papers.blank_sheets(*where, sheets, lambda one: ADDRESS + one.assignment.public_id, again)
    pages = pypdfium2.PdfDocument(drawn)
    assert len(pages) == len(sheets) == 2
    for page, one in zip(pages, sheets, strict=True):
        text = page.get_textpage().get_text_bounded()
        for said in (one.code, one.title, desk.judge.legal_name, desk.of.round.criteria[0].name, "PHIẾU CHẤM"):
            assert said in text, text
        assert ("Lý do giữ nguyên hoặc điều chỉnh" in text) == (one.assignment.id in again)
        out = io.BytesIO()
        page.render(scale=1600 / max(page.get_size())).to_pil().convert("L").rotate(2, fillcolor=245).save(out, "WEBP")
        assert qr.read_picture(out.getvalue()) == [ADDRESS + one.assignment.public_id]


def test_counts_by_member(desk: Desk) -> None:
    with unit_of_work():
        desk.scanned()
        desk.keys("first")
    counted = {row.seat.id: row[1:] for row in brought.seats_on_paper(desk.of.round.id)}
    assert counted[desk.sheet.seat_id] == (2, 0, 0, 1)
    with unit_of_work():
        desk.takes_up()
        desk.keys("second")
    counted = {row.seat.id: row[1:] for row in brought.seats_on_paper(desk.of.round.id)}
    assert counted[desk.sheet.seat_id] == (2, 1, 1, 0)


def test_a_second_look_is_answered_on_paper_kept_or_changed(desk: Desk) -> None:
    """Two sheets of a frozen round are asked about; their papers come back keyed alike, one with other marks."""
    first, second = desk.of.assignments(desk.judge)
    with unit_of_work():
        for each in (first, second):
            marks = {criterion.id: 8 for criterion in desk.of.round.criteria}
            operations.save(by=desk.of.by(desk.judge), assignment=each, version=0, marks=marks, note="")
            operations.finish(by=desk.of.by(desk.judge), edition=desk.of.edition, assignment=each)
        desk.of.round.state = "frozen"
        session.flush()
        for each in (first, second):
            desk.sheet = each
            sheet = desk.kept()
            assert sheet is not None
            assert not can_take_paper(each, desk.of.round, sheet, looking_again.look_at(sheet)), "nobody has asked"
            asked = {"level": "red", "gap": "", "limit": ""}
            looking_again.ask_again(
                by=desk.of.by(desk.of.organiser), edition=desk.of.edition, round=desk.of.round, sheet=sheet, **asked
            )
    for each, steps, answer in ((first, 7, "revised"), (second, 8, "kept")):
        with unit_of_work():
            desk.sheet = each
            desk.scanned()
            with refused("no_reason"):
                desk.keys("first", steps)
            desk.keys("first", steps, reason="Đọc lại bản in.")
            assert brought.asked_again([first.id, second.id]) >= {each.id}
            desk.takes_up()
            with refused("no_reason"):
                desk.keys("second", steps)
            paper = desk.keys("second", steps, reason="Đọc lại.")
            assert paper.taken_at is None, "what a judge wrote is nobody's word alone"
            assert keying.differences(paper) == {"reason"}
            (told,) = apart(paper, desk.of.round, keying.differences(paper))
            assert "“Đọc lại bản in.” và “Đọc lại.”" in told
            paper = desk.keys("second", steps, reason="Đọc lại\r\n bản  in.")
        sheet = desk.kept()
        assert sheet is not None
        look = looking_again.look_at(sheet)
        assert look is not None
        assert (look.answer, look.reason) == (answer, "Đọc lại bản in.")
        assert set(marks_of(sheet).values()) == {steps}
        assert paper.commitment == sheet.commitment
    assert brought.asked_again([first.id, second.id]) == set()
    events = [json.loads(event.payload) for event in session.scalars(select(Event).order_by(Event.seq))]
    said = cast("Evidence", SimpleNamespace(events=events))
    assert check_paper(said) == "2 phiếu nhập từ phiếu giấy"
