"""The evidence of a round that was looked through while frozen, and ways of lying about it."""

import json
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from award.db import session, unit_of_work
from award.documents.paper import Paragraph
from award.entries.models import Entry
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from judging.panels import operations as panels
from judging.panels.models import Assignment
from judging.proof.verifier import steps
from judging.ranking import operations, papers, queries
from judging.ranking.score_table import score_table
from judging.scoring import looking_again
from judging.scoring import operations as scoring
from judging.scoring.contents import commitment
from tests.judging.proof.test_verify import Folder, unpacked
from tests.judging.ranking.halls import Hall, hall
from tests.judging.rows import clause
from tests.visitor import Visitor

LIMIT = "1"


@pytest.fixture
def frozen(ctx: Flask) -> Hall:
    """Ten works read by two of five judges each; one sheet lies too far apart and was changed when asked about."""
    with unit_of_work():
        of = hall(works=10, judges=5, shortlist=4, readings=2)
        clause(of.bench.edition, "spread_limit", points=LIMIT)
        rows = [(12 - n // 2, 8, 6) for n in range(10)]
        of.mark_dealt(*rows)
        again(of, of.works[9], (0, 0, 0))
        of.freeze()
    with unit_of_work():
        person = reader(of, of.works[9])
        sheet = of.sheet(person, of.works[9])
        operations.ask_again(by=of.by(of.chair), edition=of.edition, judged=of.round, sheets=[sheet.public_id])
    with unit_of_work():
        marks = {criterion.id: 7 for criterion in of.round.criteria}
        assignment = of.assignment(person, of.works[9])
        looking_again.revise(
            by=of.by(person), edition=of.edition, assignment=assignment, marks=marks, reason="Đọc nhầm kỳ."
        )
    return of


def reader(of: Hall, entry: Entry) -> Person:
    """The first of those who read the work."""
    return next(p for p in of.bench.judges if any(a.entry_id == entry.id for a in of.bench.assignments(p)))


def again(of: Hall, entry: Entry, steps: tuple[int, int, int]) -> None:
    """The first reader of the work takes the sheet back and sends it with these marks."""
    person = reader(of, entry)
    assignment, by = of.assignment(person, entry), of.by(person)
    sheet = scoring.reopen(by=by, edition=of.edition, assignment=assignment)
    marks = {criterion.id: n for criterion, n in zip(of.round.criteria, steps, strict=True)}
    scoring.save(by=by, assignment=assignment, version=sheet.version, marks=marks, note="")
    scoring.finish(by=by, edition=of.edition, assignment=assignment)


def read_too(of: Hall, added: Assignment) -> None:
    """The reader who was asked for sends a sheet."""
    person = next(p for p in of.bench.judges if of.bench.seat(p).id == added.seat_id)
    of.mark(person, next(entry for entry in of.works if entry.id == added.entry_id), (9, 8, 6))


def far_and_near(of: Hall) -> tuple[int, int]:
    near = [entry for _panel, entry in queries.near_the_cut(of.round.id)]
    return next(entry.id for entry in of.works if entry.id not in near), near[0]


@pytest.fixture
def folder(frozen: Hall, tmp_path: Path) -> Folder:
    """One reader more for a work near the cut, and the round closed."""
    _far, entry = far_and_near(frozen)
    public_id = next(one.public_id for one in frozen.works if one.id == entry)
    with unit_of_work():
        by = frozen.by(frozen.chair)
        (added,) = operations.add_readers(by=by, edition=frozen.edition, judged=frozen.round, works=[public_id])
    with unit_of_work():
        read_too(frozen, session.merge(added))
    with unit_of_work():
        frozen.close()
    return unpacked(frozen, tmp_path)


def said(folder: Folder, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit status, and the line of the ninth step."""
    status = steps.main([str(folder.path)])
    return status, next(line for line in capsys.readouterr().out.splitlines() if "  9. " in line)


def test_changes_and_readings_of_a_frozen_round_fit(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    status, line = said(folder, capsys)
    assert status == 0
    assert line == "KHỚP        9. Khi đã khóa phiếu: 1 phiếu điều chỉnh, 1 lượt chấm bổ sung"


def test_a_dropped_revision_is_noticed(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.write_lines("revisions.ndjson", [])
    status, line = said(folder, capsys)
    assert status == 1
    assert line.startswith("KHÔNG KHỚP") and "thiếu nội dung trước khi điều chỉnh" in line


def test_a_revision_that_the_rules_do_not_know_is_noticed(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    rules = folder.json("rules.json")
    rules["rounds"][0]["revision"] = "no"
    folder.write("rules.json", rules)
    assert "Quy chế không cho điều chỉnh phiếu đã khóa" in said(folder, capsys)[1]


def test_other_former_marks_are_noticed(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = folder.lines("revisions.ndjson")
    line["content"]["marks"][0][1] += 1
    folder.write_lines("revisions.ndjson", [line])
    assert "thiếu nội dung trước khi điều chỉnh" in said(folder, capsys)[1]


def test_a_zone_that_was_drawn_anew_is_noticed(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    (zone,) = folder.lines("zones.ndjson")
    for work in zone["content"]["works"]:
        work[2] = 500
    sealed = {**zone, "commitment": commitment(bytes.fromhex(zone["nonce"]), zone["content"])}
    for lie in (zone, sealed):
        folder.write_lines("zones.ndjson", [lie])
        assert "tác phẩm sát ngưỡng khác lúc khóa phiếu" in said(folder, capsys)[1]


def test_a_reading_outside_the_zone_is_noticed_although_the_house_itself_allowed_it(
    frozen: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far, _near = far_and_near(frozen)
    with unit_of_work():
        (added,) = panels.add_readers(
            by=frozen.by(frozen.chair),
            edition=frozen.edition,
            round=frozen.round,
            works=[(frozen.bench.panel.id, far)],
            informed=(),
        )
    with unit_of_work():
        read_too(frozen, session.merge(added))
    with unit_of_work():
        frozen.close()
    status, line = said(unpacked(frozen, tmp_path), capsys)
    assert status == 1
    assert "chấm bổ sung ngoài vùng sát ngưỡng" in line


def test_a_sheet_sent_after_freezing_by_nobody_asked_for_is_noticed(
    frozen: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far, _near = far_and_near(frozen)
    with unit_of_work():
        free = next(p for p in frozen.bench.judges if all(a.entry_id != far for a in frozen.bench.assignments(p)))
        seat = frozen.bench.seat(free).id
        row = Assignment(round_id=frozen.round.id, seat_id=seat, entry_id=far, ordinal=99, extra=True)
        session.add(row)
        session.flush()
        read_too(frozen, row)
    with unit_of_work():
        frozen.close()
    status, line = said(unpacked(frozen, tmp_path), capsys)
    assert status == 1
    assert "phiếu gửi khi đã khóa mà không phải chấm bổ sung" in line


def test_a_panel_whose_members_share_no_work_ends_for_a_reason_that_stands_with_its_places(
    ctx: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with unit_of_work():
        of = hall(works=2, judges=4, shortlist=1, readings=2)
        of.mark_dealt((12, 8, 6), (9, 8, 6))
        of.freeze()
    with pytest.raises(Refused) as refused, unit_of_work():
        of.close()
    assert refused.value.verdict.code == "torn"
    assert "có thành viên không chấm chung tác phẩm nào với những người còn lại" in refused.value.verdict.sentence
    with unit_of_work():
        of.close("Hai thành viên chuyên ảnh chỉ nhận ảnh.")
    (counted,) = session.scalars(select(Event.payload).where(Event.kind == "round.counted"))
    assert json.loads(counted)["facts"]["torn"] == of.bench.panel.public_id
    assert steps.main([str(unpacked(of, tmp_path).path)]) == 0
    assert "Tiểu ban Báo in: các nhóm thành viên không chấm chung" in capsys.readouterr().out
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    shown = Visitor(app, of.chair).get("/iii-2023/vong/1/xep-hang").text
    reason = "Lý do vẫn kết thúc vòng: Hai thành viên chuyên ảnh chỉ nhận ảnh."
    assert reason in shown
    panel = of.bench.panel
    table = score_table(of.round, panel, reader=None, limit=None)
    why = queries.apart_because(of.round, panel)
    on_paper = papers.score_table(of.bench.edition, of.round, panel, table, apart=why)
    assert any(isinstance(each, Paragraph) and each.text.endswith(reason) for each in on_paper.body)
