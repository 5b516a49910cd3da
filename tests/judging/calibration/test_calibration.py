"""Works that a panel scores first: named, scored, told apart from everything that counts."""

import io
import re
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Panel, Round
from award.entries.models import Entry
from award.files.models import File
from award.people.models import Person
from award.results.models import Standing
from award.verdicts import Refused
from judging.calibration import operations, queries
from judging.calibration.feature import before_judging, in_the_way, may_read_file, may_send_file, next_acts
from judging.calibration.models import CalibrationSheet, CalibrationWork
from judging.calibration.operations import Sample
from judging.calibration.spreads import Spread, spreads
from judging.panels.models import Assignment
from judging.proof.bundle import bundle
from judging.proof.verifier import steps
from judging.scoring.models import ScoreSheet
from tests import factories
from tests.award.entries.conftest import made_file
from tests.judging.proof.test_verify import Folder
from tests.judging.ranking.halls import Hall, House, hall

TRY, DESK, LIST = "/iii-2023/vong/1/cham-thu", "/iii-2023/vong/1/bai-cham-thu", "/iii-2023/vong/1/cham"
SAMPLES = [Sample("Nhịp cầu xóm núi", "https://bao.example/nhip-cau"), Sample("Giữ rừng", text="Bốn giờ sáng.\nĐi.")]


def named(of: Hall, *works: Sample) -> None:
    panel = session.get_one(Panel, of.bench.panel.id)
    operations.name_works(by=of.by(of.secretary), edition=of.edition, round=of.round, panel=panel, works=works)


def name(of: Hall, mode: str = "first") -> None:
    """The panel has two calibration works, named while the round was prepared."""
    of.round.calibration, of.round.state = mode, "prepare"
    session.flush()
    named(of, *SAMPLES)
    of.round.state = "open"


def works() -> list[CalibrationWork]:
    return list(session.scalars(select(CalibrationWork).order_by(CalibrationWork.ordinal)))


def score(of: Hall, person: Person, *steps: int, send: bool = True) -> None:
    """The member's sheet of each work holds these steps on every criterion, and is sent."""
    seat = of.bench.seat(person)
    for work, given in zip(works(), steps, strict=False):
        marks = {criterion.id: given for criterion in of.round.criteria}
        operations.save(round=of.round, seat=seat, work=work, version=0, marks=marks)
        if send:
            operations.finish(by=of.by(person), edition=of.edition, round=of.round, seat=seat, work=work)


@pytest.fixture
def house(app: Flask, request: pytest.FixtureRequest) -> House:
    with app.app_context(), unit_of_work():
        of = hall(works=2, judges=getattr(request, "param", 4), later=False)
        name(of)
    return House(app, of)


of_six = pytest.mark.parametrize("house", [6], indirect=True)
"""Each has five others: of so many the whole spread may be told."""


@pytest.mark.parametrize(
    ("sheets", "marks", "totals"),
    [
        (3, None, None),
        (4, (Fraction(6, 4), None, Fraction(11, 4)), (Fraction(10, 4), None, Fraction(13, 4))),
        (5, (Fraction(6, 4), Fraction(2), Fraction(11, 4)), (Fraction(10, 4), Fraction(12, 4), Fraction(13, 4))),
    ],
)
def test_the_fewer_sheets_the_less_is_told_of_how_they_lie(sheets: int, marks: Any, totals: Any) -> None:
    """Lowest, middle and highest of three are the three marks; those of four are nearly all of them."""
    given = [{1: 8, 2: 4}, {1: 6, 2: 4}, {1: 11, 2: 2}, {1: 7, 2: 4}, {1: 9, 2: 3}]
    found = spreads(given[:sheets], 4)
    assert found.get(1) == (marks and Spread(*marks))
    assert found.get(None) == (totals and Spread(*totals))


def test_no_work_is_marked_before_the_calibration_works_are_sent(house: House) -> None:
    person = house.of.bench.judges[0]
    visitor = house.visitor(person)
    with house.at_work() as of:
        assignment = of.bench.assignments(person)[0]
        address = f"{LIST}/{assignment.public_id}"
    assert "Cần chấm thử xong trước: còn 2 bài." in visitor.get(LIST).text
    assert visitor.get(address).location == TRY
    assert visitor.get(f"{LIST}/so-sanh?tp={assignment.public_id}").location == TRY
    assert "còn 2 bài" in visitor.get(f"{LIST}/mang-theo").get_json()["refused"]
    with pytest.raises(Refused) as refused, house.at_work() as of:
        of.mark(person, of.works[0], (8, 8, 8))
    assert refused.value.verdict.code == "first"
    with house.at_work() as of:
        score(of, person, 8, 8)
        of.mark(person, of.works[0], (8, 8, 8))
    assert visitor.get(address).status_code == 200


def test_where_the_round_says_so_works_are_marked_without_and_so_they_are_once_the_chair_has_closed_it(
    house: House,
) -> None:
    person, other = house.of.bench.judges[:2]
    with house.at_work() as of:
        of.round.calibration = "free"
        session.flush()
        of.mark(person, of.works[0], (8, 8, 8))
        of.round.calibration = "first"
    with house.at_work() as of:
        panel = session.get_one(Panel, of.bench.panel.id)
        for by in (of.secretary, of.bench.organiser, person):
            with pytest.raises(Refused):
                operations.end(by=of.by(by), edition=of.edition, round=of.round, panel=panel)
        operations.end(by=of.by(of.chair), edition=of.edition, round=of.round, panel=panel)
        of.mark(other, of.works[0], (8, 8, 8))
        with pytest.raises(Refused, match="ended"):
            score(of, other, 8)


def form(page: str, *marks: str) -> dict[str, str]:
    """The fields of the sheet with these marks."""
    fields = list(dict.fromkeys(re.findall(r'name="(c\d+)"', page)))
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    return {"version": version, **dict(zip(fields, marks, strict=False))}


def test_a_member_scores_them_on_the_same_sheet_in_the_browser(house: House) -> None:
    visitor = house.visitor(house.of.bench.judges[0])
    listed = visitor.get(TRY).text
    first = re.findall(rf'href="({TRY}/[^"]+)"', listed)[0]
    page = visitor.get(first).text
    assert "https://bao.example/nhip-cau" in page
    json = {"Accept": "application/json"}
    saved = visitor.post(first, form(page, "3,5", "9"), headers=json).get_json()
    assert list(saved["messages"].values()) == [["Tiêu chí này tối đa 3,5 điểm, bước 0,25. Điểm vừa nhập: 9."]]
    both = visitor.post(first, form(page, "1", "1", "1"), headers=json)
    assert both.status_code == 409
    assert {"yours": "1", "theirs": "3,50"} in both.get_json()["conflict"].values()
    page = visitor.get(first).text
    lacking = visitor.post(f"{first}/gui", form(page, "3,5", "3"))
    assert lacking.status_code == 422
    assert "Tiêu chí này chưa có điểm." in lacking.text
    assert visitor.post(f"{first}/gui", form(page, "3,5", "3", "2")).status_code == 303
    page = visitor.get(first).text
    assert "Đã gửi phiếu chấm thử lúc" in page
    assert visitor.post(first, form(page, "1", "1", "1")).status_code == 403, "what was sent stands"
    with house.at_work():
        (kept,) = session.scalars(select(CalibrationSheet)).all()
        assert sorted(kept.steps.values()) == [8, 12, 14]


def close(of: Hall) -> None:
    panel = session.get_one(Panel, of.bench.panel.id)
    operations.end(by=of.by(of.deputy), edition=of.edition, round=of.round, panel=panel)


@of_six
def test_the_others_are_seen_only_when_everybody_of_the_panel_has_sent_all(house: House) -> None:
    """A page that told it to the first would tell, looked at again, what each later sheet says."""
    own, *others, last = house.of.bench.judges
    with house.at_work() as of:
        score(of, own, 8, 8)
        for person, steps in zip(others, (2, 4, 6, 6), strict=True):
            score(of, person, steps, steps)
    page = house.read(own, TRY)
    assert "đến 1,50" not in page
    assert "khi mọi thành viên chấm xong hoặc Chủ tịch đóng chấm thử" in page
    assert "đến 1,50" not in house.read(house.of.secretary, DESK)
    with house.at_work() as of:
        score(of, last, 2, 2)
    page = house.read(own, TRY)
    assert page.count("0,50 đến 1,50, giữa 1,00") == 6, "three criteria of two works"
    assert "1,50 đến 4,50, giữa 3,00" in page, "the totals"
    assert not any(person.legal_name in page for person in (*others, last))
    assert "0,50 đến 2,00, giữa 1,25" in house.read(house.of.secretary, DESK), "all six"


@of_six
@pytest.mark.parametrize(
    ("sent", "frozen", "told", "words"),
    [(4, True, "0,50 đến 1,50", "chỉ hiện điểm thấp nhất"), (3, False, "", "ít hơn 4")],
)
def test_of_four_others_the_range_alone_and_of_fewer_nothing_is_told(
    house: House, sent: int, frozen: bool, told: str, words: str
) -> None:
    """Once the chair has closed it, or the round was frozen before anybody did."""
    own, *others = house.of.bench.judges
    with house.at_work() as of:
        score(of, own, 8, 8)
        for person, steps in zip(others[:sent], (2, 4, 6, 6), strict=False):
            score(of, person, steps, steps)
        if frozen:
            of.round.state = "frozen"
        else:
            close(of)
    page = house.read(own, TRY)
    assert words in page
    assert ", giữa " not in page
    assert page.count("0,50 đến 1,50") == (6 if told else 0)


@of_six
def test_a_chair_who_sits_on_the_panel_is_told_no_more_at_the_desk_than_on_the_own_page(house: House) -> None:
    own, *others = house.of.bench.judges
    with house.at_work() as of:
        factories.appointment(of.edition, own, "chair")
        for person in (own, *others[:3]):
            score(of, person, 2, 4)
        close(of)
    assert "0,50 đến" not in house.read(own, DESK), "three others"
    assert "0,50 đến 0,50" in house.read(house.of.secretary, DESK), "four sheets"


def test_the_secretariat_reads_who_is_done_and_the_spread_only_when_it_is_over(house: House) -> None:
    with house.at_work() as of:
        for person in of.bench.judges[:3]:
            score(of, person, 2, 4)
    page = house.read(house.of.secretary, DESK)
    assert page.count("2/2") == 3
    assert page.count("0/2") == 1
    assert "0,50 đến" not in page
    with house.at_work() as of:
        score(of, of.bench.judges[3], 2, 4)
    page = house.read(house.of.secretary, DESK)
    assert "0,50 đến 0,50" in page
    assert "1,00 đến 1,00" in page
    assert house.visitor(house.of.bench.judges[0]).get(DESK).status_code == 403


def test_the_secretariat_names_them_before_the_round_opens(house: House) -> None:
    secretary = house.visitor(house.of.secretary)
    with house.at_work() as of:
        address = f"{DESK}/{of.bench.panel.public_id}"
    assert secretary.get(address).status_code == 403, "the round is open"
    with house.at_work() as of:
        of.round.state = "prepare"
    page = secretary.get(address).text
    assert "Nhịp cầu xóm núi" in page
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    known = re.findall(r'name="known"[^>]* value="([^"]+)"', page)[0]
    typed: dict[str, Any] = {"seen": seen, "known": known, "works-0-title": "Sóng ở Trường Sa"}
    typed["works-0-link"] = "javascript:alert(1)"
    assert "Địa chỉ bắt đầu bằng http:// hoặc https://." in secretary.post(address, typed).text
    typed["works-0-link"] = ""
    assert secretary.post(address, typed).status_code == 303
    assert secretary.post(address, typed | {"deed_key": ""}).status_code == 409, "another saved meanwhile"
    with house.at_work():
        assert [work.title for work in works()] == ["Sóng ở Trường Sa"]


def test_saving_over_another_change_throws_no_file_away(house: House) -> None:
    """Works keep their ids when they are renamed; one that somebody else named meanwhile is shown and stays."""
    secretary = house.visitor(house.of.secretary)
    with house.at_work() as of:
        of.round.state = "prepare"
        address = f"{DESK}/{of.bench.panel.public_id}"
        first, second = works()
        ids = [first.public_id, second.public_id]
        first.file_id = made_file(of.secretary, "ready", sha256="ab" * 32).id
    fields = secretary.get(address).text
    typed = dict(re.findall(r'name="(seen|known|works-\d-public_id)"[^>]* value="([^"]*)"', fields))
    typed |= {"works-0-title": "Nhịp cầu", "works-0-link": "https://bao.example/nhip-cau", "works-1-title": "Giữ rừng"}
    with house.at_work() as of:
        kept = [Sample(one.title, text="Khác.", public_id=one.public_id) for one in works()]
        named(of, *kept, Sample("Tiếng cồng"))
        third = works()[2]
        third.file_id = made_file(of.secretary, "ready", sha256="cd" * 32).id
        files = [one.file_id for one in works()]
    over = secretary.post(address, typed)
    assert (over.status_code, "Tiếng cồng" in over.text) == (409, True)
    again = dict(re.findall(r'name="(seen|known|works-\d-public_id)"[^>]* value="([^"]*)"', over.text))
    assert again["works-2-public_id"] == third.public_id
    last = typed | again | {"works-2-title": "Tiếng cồng"}
    assert secretary.post(address, last | {"deed_key": ""}).status_code == 303
    with house.at_work() as of:
        assert [(one.public_id, one.title) for one in works()] == [
            (ids[0], "Nhịp cầu"),
            (ids[1], "Giữ rừng"),
            (third.public_id, "Tiếng cồng"),
        ]
        assert [one.file_id for one in works()] == files
        panel = session.get_one(Panel, of.bench.panel.id)
        where: dict[str, Any] = {"by": of.by(of.secretary), "edition": of.edition, "round": of.round, "panel": panel}
        stale = [Sample("Một"), Sample("Hai", public_id="khong-con"), Sample("Ba", public_id=third.public_id)]
        operations.name_works(**where, works=stale[1:], known=[ids[0], "khong-con"])
        assert [(one.public_id, one.title) for one in works()] == [(ids[1], "Giữ rừng"), (third.public_id, "Ba"), ANY]
        with pytest.raises(Refused, match="works"):
            operations.name_works(**where, works=stale[:1], known=[])
        assert [one.file_id for one in works()] == [*files[1:], None]


def test_a_calibration_work_may_be_a_file_alone(house: House) -> None:
    """It is sent while the works are named, stays with its work, and is read by the panel beside the sheet."""
    secretary, judge = house.visitor(house.of.secretary), house.of.bench.judges[0]
    with house.at_work() as of:
        of.round.state = "prepare"
        named(of, Sample("Tiếng cồng"))
        (work,) = works()
        address = f"{DESK}/tep/{work.public_id}"
    with house.app.test_request_context(), unit_of_work():
        (obstacle,) = in_the_way(house.of.edition.id, "open_round", house.of.round.id)
        assert "Tiếng cồng” chưa có địa chỉ, nội dung hoặc tệp" in obstacle.sentence
    sent = {"name": "tieng-cong.mp3", "size": 1000, "part_hashes": ["ab" * 32]}
    assert secretary.post_json(address, sent | {"name": "tieng-cong.exe"}).status_code == 403
    status = secretary.post_json(address, sent).get_json()["status_url"].rpartition("/")[0]
    assert "tieng-cong.mp3" in secretary.get(address).text
    assert house.visitor(judge).post_json(address, sent).status_code == 403
    with house.at_work() as of:
        (work,) = works()
        file = session.get_one(File, work.file_id)
        file.state, file.sha256, file.facts = "ready", "ab" * 32, {"duration": 60.0, "plays_in_browser": True}
        assert may_read_file(file.id, judge.id) is None, "not before the round is open"
        file.state = "uploading"
        assert may_send_file(file.id, of.secretary.id)
        of.round.state = "open"
        assert may_send_file(file.id, of.secretary.id), "begun before the round opened it may come in whole"
        assert not may_send_file(file.id, judge.id)
    again = secretary.post_json(address, sent | {"resuming": status.rpartition("/")[2]})
    assert (again.status_code, secretary.get(address).status_code) == (200, 200)
    assert secretary.post_json(address, sent | {"part_hashes": ["cd" * 32]}).status_code == 403, "another is not begun"
    assert secretary.post(f"{address}/bo").status_code == 403
    with house.at_work() as of:
        of.round.state = "prepare"
    with house.app.test_request_context(), unit_of_work():
        (obstacle,) = in_the_way(house.of.edition.id, "open_round", house.of.round.id)
        assert "chưa tải đủ hoặc không dùng được" in obstacle.sentence
        session.get_one(File, file.id).state = "ready"
        assert in_the_way(house.of.edition.id, "open_round", house.of.round.id) == []
    with house.at_work() as of:
        named(of, Sample("Tiếng cồng đêm", public_id=work.public_id), Sample("Khác"))
        first, second = works()
        assert (first.file_id, second.file_id) == (file.id, None)
        of.round.state = "open"
    page = house.read(judge, f"{TRY}/{first.public_id}")
    assert f'src="{status}"' in page
    with house.at_work() as of:
        assert may_read_file(file.id, of.bench.organiser.id)
        assert may_read_file(file.id, None) is None
        of.round.state = "prepare"
        named(of, Sample("Khác", text="Năm giờ sáng."))
        assert session.get(File, file.id) is None, "it goes with its work"


def test_a_round_that_asks_for_them_first_does_not_open_without(house: House) -> None:
    with house.at_work() as of:
        of.round.state = "prepare"
        panel = session.get_one(Panel, of.bench.panel.id)
        operations.name_works(by=of.by(of.secretary), edition=of.edition, round=of.round, panel=panel, works=[])
    with house.app.test_request_context(), unit_of_work():
        of = house.of
        (obstacle,) = in_the_way(of.edition.id, "open_round", of.round.id)
        assert obstacle.sentence == f"{of.bench.panel.name} chưa có bài chấm thử."
        (act,) = next_acts(of.secretary.id, of.edition.id)
        assert act.sentence.startswith("Chọn bài chấm thử cho 1 tiểu ban")
        assert next_acts(of.bench.judges[0].id, of.edition.id) == []
        of.round.calibration = "free"
        session.flush()
        assert not in_the_way(of.edition.id, "open_round", of.round.id)
        of.round.state = "open"
        assert before_judging(of.bench.judges[0].id, of.round.id) is None


def test_they_are_no_entry_nobody_deals_or_ranks_them_and_the_evidence_counts_them_apart(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not {table.name for table in _named_by(CalibrationWork)} - {"panel", "file"}, "hangs on no entry"
    assert {table.name for table in _named_by(CalibrationSheet)} == {"calibration_work", "seat"}
    with house.at_work() as of:
        before = [session.query(each).count() for each in (Entry, Assignment, ScoreSheet)]
        for person in of.bench.judges:
            score(of, person, 8, 8)
        assert [session.query(each).count() for each in (Entry, Assignment, ScoreSheet)] == before
        of.mark_all(*[[(8, 8, 8)] * 4, [(6, 6, 6)] * 4])
        of.freeze()
        of.close()
        assert {each.entry_id for each in session.scalars(select(Standing))} == {each.id for each in of.works}
    with house.at_work() as of, zipfile.ZipFile(io.BytesIO(bundle(of.edition))) as archive:
        archive.extractall(tmp_path)
    titles = [sample.title for sample in SAMPLES]
    for address in ("/iii-2023/vong/1/xep-hang", "/iii-2023/de-nghi-giai"):
        assert not any(title in house.read(house.of.chair, address) for title in titles)
    assert steps.main([str(tmp_path)]) == 0
    assert "4. Phiếu chấm: 8 phiếu, 8 phiếu chấm thử không tính" in capsys.readouterr().out
    folder = Folder(tmp_path)
    outcome = folder.json("result.json")
    assert outcome["rounds"][0]["calibration"] == {"works": 2, "sheets": 8}
    outcome["rounds"][0]["calibration"]["sheets"] = 7
    folder.write("result.json", outcome)
    assert steps.main([str(tmp_path)]) == 1
    assert "số phiếu chấm thử khác sổ" in capsys.readouterr().out


def _named_by(model: type) -> list[Any]:
    return [key.column.table for key in model.__table__.foreign_keys]  # type: ignore[attr-defined]


def test_a_judge_of_another_panel_finds_nothing(house: House) -> None:
    with house.at_work() as of:
        other = Panel(edition_id=of.edition.id, round_id=of.round.id, ordinal=2, name="Tiểu ban khác")
        session.add(other)
        session.flush()
        moved = of.bench.seat(of.bench.judges[3])
        moved.panel_id = other.id
        address = f"{TRY}/{works()[0].public_id}"
        assert queries.left(of.bench.judges[3].id, of.round.id) == 0
        assert session.get_one(Round, of.round.id).calibration == "first"
    assert house.visitor(house.of.bench.judges[3]).get(address).status_code == 404
    assert house.visitor(house.of.bench.judges[0]).get(address).status_code == 200
