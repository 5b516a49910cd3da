"""A round whose sheets propose a prize level: asked for on every sheet, sealed with it, read beside the ranking."""

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Round
from award.editions.rulebook import digest, rules_of_round
from award.verdicts import Refused
from judging.panels.models import Assignment
from judging.proof.bundle import bundle
from judging.proof.verifier import steps
from judging.scoring import keying, operations, papers
from judging.scoring.brought import sheets_of
from judging.scoring.contents import Incomplete, level_words, levels_of, sealed_content, within
from judging.scoring.models import ScoreSheet
from judging.sittings import queries
from judging.sittings.operations import meeting
from tests import factories
from tests.judging.proof.test_verify import Folder
from tests.judging.ranking.halls import Hall, House, hall
from tests.judging.rows import Bench, bench
from tests.judging.scoring.test_keying import Desk
from tests.judging.scoring.test_views import LIST, Judge

FULL = ("3,5", "3", "2")


def asking(of: Bench) -> None:
    """The round asks for a level; the edition has two on the ladder, and one honour that no sheet may propose."""
    of.round.asks_level = True
    factories.prize_level(of.edition, rank=1, code="A", name="Giải A", quota=1)
    factories.prize_level(of.edition, rank=2, code="B", name="Giải B", quota=2)
    factories.prize_level(of.edition, rank=3, code="BK", name="Bằng khen", quota=2, kind="collective")
    session.expire(of.edition, ["prize_levels"])


@pytest.fixture
def judge(app: Flask) -> Judge:
    with app.app_context(), unit_of_work():
        of = bench()
        asking(of)
        of.open()
    return Judge(app, of)


def test_the_sheet_asks_for_one_of_the_levels_of_works_and_is_not_sent_without_an_answer(judge: Judge) -> None:
    page = judge.visitor.get(judge.address()).text
    assert re.findall('<option value="([^"]*)"[^>]*>([^<]+)<', page.split("data-level")[1]) == [
        ("", "Chọn mức"),
        ("A", "Giải A"),
        ("B", "Giải B"),
        ("-", "Không đề nghị"),
    ]
    assert "Bằng khen" not in page
    lacking = judge.finish(*FULL, level="")
    assert lacking.status_code == 422
    assert "Chưa chọn mức giải đề nghị hoặc “Không đề nghị”." in lacking.text
    assert judge.finish(*FULL, level="BK").status_code == 422, "an honour is no level of a work"
    assert judge.finish(*FULL, level="-").status_code == 303
    kept = judge.kept()
    assert kept is not None
    assert (kept.state, kept.level) == ("finished", "-")
    assert "Không đề nghị" in judge.visitor.get(judge.address()).text


def test_saving_keeps_the_level_and_a_second_tab_reads_both_in_words(judge: Judge) -> None:
    saved = judge.autosave("3,5", level="A").get_json()
    assert next(iter(saved["states"].values()))["word"] == "Đang chấm"
    told = judge.autosave(*FULL, level="", version=saved["version"]).get_json()
    assert next(iter(told["states"].values()))["word"] == "Đang chấm", "whole but for the level"
    told = judge.autosave(*FULL, level="A", version=told["version"]).get_json()
    assert next(iter(told["states"].values()))["word"].startswith("Đã chấm")
    both = judge.autosave(*FULL, level="-", version=saved["version"])
    assert both.status_code == 409
    assert both.get_json()["conflict"] == {"level": {"yours": "Không đề nghị", "theirs": "Giải A"}}
    own = judge.visitor.get(f"{LIST}/diem-cua-toi").text
    assert "Giải A" in own
    beside = judge.visitor.get(f"{LIST}/so-sanh?tp={judge.assignments[0].public_id}").text
    assert 'value="A" selected' in beside
    along = judge.visitor.get(f"{LIST}/mang-theo").get_json()
    assert along["criteria"]["level"] == "Mức giải đề nghị"


def test_a_sheet_without_a_level_commits_to_what_it_always_did(judge: Judge, app: Flask) -> None:
    with app.app_context():
        judged = session.get_one(Round, judge.assignments[0].round_id)
        assignment = session.get_one(Assignment, judge.assignments[0].id)
        marks = {criterion.id: 3 for criterion in judged.criteria}
        before = sealed_content(judged, assignment.seat, assignment, marks, None)
        assert set(before) == {"round", "seat", "assignment", "marks"}
        assert sealed_content(judged, assignment.seat, assignment, marks, "A") == before | {"level": "A"}
        asked = rules_of_round(judged, [])
        judged.asks_level = False
        assert "asks_level" not in rules_of_round(judged, [])
        assert digest(rules_of_round(judged, [])) != digest(asked)
        assert levels_of(judged) == {}
        with pytest.raises(Refused):
            within(judged, marks, "A")
        session.rollback()


def test_two_who_key_different_levels_do_not_make_a_sheet(ctx: Flask) -> None:
    with unit_of_work():
        desk = Desk()
        asking(desk.of)
        desk.scanned()
        with pytest.raises(Incomplete) as lacking:
            desk.keys("first")
        assert lacking.value.level
        said = {
            "edition": desk.of.edition,
            "assignment": desk.sheet,
            "marks": {criterion.id: 8 for criterion in desk.of.round.criteria},
            "signed_on": date(2023, 10, 12),
            "codes": (),
            "address": "",
            "seen": True,
        }
        first, second = (desk.of.by(desk.people[who]) for who in ("first", "second"))
        keying.key(by=first, level="A", **said)
        desk.takes_up()
        assert keying.differences(keying.key(by=second, level="B", **said)) == {"level"}
        assert desk.kept() is None
        keying.key(by=second, level="A", **said)
        kept = desk.kept()
        assert kept is not None
        assert (kept.state, kept.level) == ("finished", "A")


def test_the_printed_sheet_has_a_box_for_each_level(ctx: Flask) -> None:
    with unit_of_work():
        of = bench(works=1, judges=1)
        asking(of)
        of.open()
    drawn = papers.blank_sheets(of.edition, of.round, sheets_of(of.seat(of.judges[0]).id), lambda one: one.code)
    page = pypdfium2.PdfDocument(io.BytesIO(drawn))[0].get_textpage().get_text_range()
    for words in ("Mức giải đề nghị", "Giải A", "Giải B", "Không đề nghị"):
        assert words in page


def level(of: Hall, number: int, entry: int, code: str) -> None:
    """The judge's sheet of the work is sent with these marks and this level."""
    person, work = of.bench.judges[number], of.works[entry]
    assignment, by = of.assignment(person, work), of.by(person)
    marks = {criterion.id: 8 - entry for criterion in of.round.criteria}
    operations.save(by=by, assignment=assignment, version=0, marks=marks, note="", level=code)
    operations.finish(by=by, edition=of.edition, assignment=assignment)


@pytest.fixture
def closed(app: Flask) -> House:
    with app.app_context(), unit_of_work():
        of = hall(later=False)
        asking(of.bench)
        for number in range(len(of.bench.judges)):
            for entry in range(len(of.works)):
                level(of, number, entry, "-" if entry else "AB"[number])
        of.freeze()
        of.close()
    return House(app, of)


def test_the_ranking_counts_the_levels_beside_each_work_and_opens_them_to_the_sheets(closed: House) -> None:
    page = " ".join(closed.read(closed.of.secretary, "/iii-2023/vong/1/xep-hang").split())
    assert 'Thành viên đề nghị: Giải A <strong class="num">1</strong>, Giải B <strong class="num">1</strong>' in page
    assert 'Thành viên đề nghị: Không đề nghị <strong class="num">2</strong>' in page
    assert '<td data-label="Mức giải đề nghị">Giải A</td>' in page
    agenda = " ".join(closed.read(closed.of.chair, "/iii-2023/de-nghi-giai").split())
    assert 'Thành viên đề nghị: Giải A <strong class="num">1</strong>' in agenda
    with closed.at_work() as of:
        where = {"by": of.by(of.chair), "edition": of.edition}
        sitting = meeting.prepare(works=[of.works[0].id], **where)
        where["sitting"] = sitting
        people = [each.id for each in queries.roll(sitting.id)]
        meeting.call_roll(present=people, **where)
        meeting.name_tellers(people=[each for each in people if each != of.chair.id][:3], **where)
        meeting.open_sitting(**where)
        meeting.turn_to(item=queries.agenda(sitting.id)[0], **where)
    table = " ".join(closed.read(closed.of.bench.judges[0], "/iii-2023/phien-hop").split())
    assert 'Thành viên đề nghị: Giải A <strong class="num">1</strong>' in table


def test_the_verifier_names_a_sheet_whose_level_was_changed(
    closed: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closed.at_work() as of, zipfile.ZipFile(io.BytesIO(bundle(of.edition))) as archive:
        archive.extractall(tmp_path)
        sheet = session.scalars(select(ScoreSheet).where(ScoreSheet.level == "A")).one()
        assert level_words(of.round, sheet.level) == "Giải A"
        commitment = sheet.commitment or ""
    folder = Folder(tmp_path)
    assert steps.main([str(tmp_path)]) == 0
    assert "phiếu có mức giải đề nghị" in capsys.readouterr().out
    sheets = folder.lines("sheets.ndjson")
    changed = next(each for each in sheets if each["commitment"] == commitment)
    changed["content"]["level"] = "B"
    folder.write_lines("sheets.ndjson", sheets)
    assert steps.main([str(tmp_path)]) == 1
    assert f"4. Phiếu chấm: phiếu {commitment[:16]}: nội dung không đúng cam kết" in capsys.readouterr().out
    rules = json.loads((tmp_path / "rules.json").read_text())
    del rules["rounds"][0]["asks_level"]
    folder.write("rules.json", rules)
    changed["content"]["level"] = "A"
    folder.write_lines("sheets.ndjson", sheets)
    assert steps.main([str(tmp_path)]) == 1
    assert "mức giải đề nghị trái quy định của vòng" in capsys.readouterr().out
