"""What leaves a closed round on paper: members by number, a dash for who did not judge, ties as they are."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from award.db import session, unit_of_work
from award.documents.composing import Grid, composed
from award.documents.paper import Paper, Paragraph
from award.editions.clauses import rule
from award.editions.models import Panel
from award.entries.models import Entry
from award.payments.taxed import Fees, Tax
from award.screening.models import Screening
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking import papers, papers_fees
from judging.ranking.boards import boards
from judging.ranking.following import following
from judging.ranking.score_table import score_table
from judging.scoring import operations as scoring
from judging.scoring.progress import sent_ever
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.test_papers import lines_of
from tests.judging.ranking.halls import House, hall
from tests.judging.rows import clause

ROUND = "/iii-2023/vong/1"


@pytest.fixture
def closed(app: Flask) -> House:
    """Three works and three judges: sheets that lie close, sheets that lie apart, and one sheet of nothing."""
    with app.app_context(), unit_of_work():
        of = hall(works=3, judges=3)
        clause(of.bench.edition, "spread_limit", points="2")
        of.mark_all(
            ((10, 8, 6), (10, 10, 6), (10, 9, 6)),
            ((0, 6, 6), (16, 6, 6), (8, 6, 6)),
            ((8, 8, 8), (8, 8, 8), (0, 0, 0)),
        )
        of.freeze()
        of.close()
    return House(app, of)


def grid(paper: Paper) -> Grid:
    found = [part for part in composed(paper).sections[0].parts if isinstance(part, Grid)]
    assert len(found) == 1
    return found[0]


def table_of(house: House, *, reader: int | None = None) -> Grid:
    of = house.of
    panel = session.get_one(Panel, of.bench.panel.id)
    table = score_table(of.round, panel, reader=reader, limit=rule(of.edition, "spread_limit").points)
    return grid(papers.score_table(of.edition, of.round, panel, table))


def test_the_score_table_has_a_column_for_each_member(closed: House) -> None:
    with closed.at_work():
        shown = table_of(closed)
    assert [column.heading for column in shown.columns] == [
        "STT",
        "Mã tác phẩm",
        "Tên tác phẩm",
        "1",
        "2",
        "3",
        "Số phiếu",
        "Trung bình",
        "Chênh lệch",
        "Hạng",
        "Ghi chú",
    ]
    rows = [row for row in shown.rows if not isinstance(row, str)]
    assert [row[:3] for row in rows] == [
        ("1", "III-IN-001", "Giữ lời hứa với dân 1"),
        ("2", "III-IN-002", "Giữ lời hứa với dân 2"),
        ("3", "III-IN-003", "Giữ lời hứa với dân 3"),
    ]
    assert sorted(rows[0][3:6]) == ["6,00", "6,25", "6,50"]
    assert rows[0][6:] == ("3", "6,25", "0,50", "1", "")
    assert rows[1][6:] == ("3", "5,00", "4,00", "2", "Chênh lệch vượt mức quy định.")
    told = "Bảng có 3 tác phẩm. Cột 1 đến 3 là điểm của từng thành viên; dấu –: không tham gia chấm do có liên quan."
    assert told in lines_of_score_table(closed)


def lines_of_score_table(house: House) -> list[str]:
    with house.at_work() as of:
        panel = session.get_one(Panel, of.bench.panel.id)
        table = score_table(of.round, panel, reader=None, limit=None)
        return lines_of(composed(papers.score_table(of.edition, of.round, panel, table)))


def test_who_did_not_judge_is_a_dash_and_who_was_not_asked_is_nothing(closed: House) -> None:
    with closed.at_work() as of:
        first = of.assignment(of.bench.judges[0], of.bench.works[0])
        session.get_one(Assignment, first.id).state = "recused"
        standing = of.standing(of.bench.works[0])
        standing.detail = {"sheets": [s for s in standing.detail["sheets"] if s["seat"] != first.seat_id]}
        other = of.assignment(of.bench.judges[1], of.bench.works[1])
        standing = of.standing(of.bench.works[1])
        standing.detail = {"sheets": [s for s in standing.detail["sheets"] if s["seat"] != other.seat_id]}
        session.get_one(Assignment, other.id).state = "annulled"
        session.flush()
        rows = [row for row in table_of(closed).rows if not isinstance(row, str)]
    assert sorted(rows[0][3:6]) == ["6,25", "6,50", "–"]
    assert "" in rows[1][3:6]
    assert "–" not in rows[1][3:6]


def test_members_are_numbered_and_not_named(closed: House) -> None:
    lines = " ".join(lines_of_score_table(closed))
    for judge in closed.of.bench.judges:
        assert judge.legal_name not in lines


def test_the_head_of_the_panel_signs(closed: House) -> None:
    with closed.at_work() as of:
        session.scalars(select(Seat).where(Seat.person_id == of.bench.judges[1].id)).one().role = "chair"
    lines = lines_of_score_table(closed)
    assert lines[-4:] == ["NGƯỜI LẬP BẢNG", "……………………", "TRƯỞNG TIỂU BAN", "Trần Minh"]


def test_of_a_work_one_has_to_do_with_the_table_tells_the_name_alone(closed: House) -> None:
    with closed.at_work() as of:
        tie = {"relation": "relative", "source": "declared", "effect": "block"}
        session.add(Conflict(edition_id=of.edition.id, person_id=of.chair.id, entry_id=of.bench.works[0].id, **tie))
        session.flush()
        rows = [row for row in table_of(closed, reader=of.chair.id).rows if not isinstance(row, str)]
    assert rows[-1] == ("3", "III-IN-001", "Giữ lời hứa với dân 1", *[""] * 7, "Không xem điểm do có liên quan.")
    assert [row[1] for row in rows[:-1]] == ["III-IN-002", "III-IN-003"]


def drawn(house: House) -> Paper:
    keys = house.keys
    chosen = {"advanced": [keys[0], keys[2]], f"reason-{keys[2]}": ["Tính phát hiện cao hơn."]}
    assert house.chair.post(f"{ROUND}/xep-hang", chosen).status_code == 303
    with house.at_work() as of:
        body = issuing_body(
            of.edition, name="Hội đồng sơ khảo", authority="T/M Hội đồng", post="Chủ tịch", signer="Bùi An"
        )
        settled(of.edition, "shortlist", body)
        return papers.shortlist(of.edition, of.round, boards(of.round, names=False))


def test_the_shortlist_names_the_works_of_each_panel(closed: House) -> None:
    paper = drawn(closed)
    assert grid(paper).rows == (
        "Tiểu ban Báo in: 2 tác phẩm",
        ("1", "III-IN-001", "Giữ lời hứa với dân 1", "1", "6,25", ""),
        ("2", "III-IN-003", "Giữ lời hứa với dân 3", "3", "4,00", "Tính phát hiện cao hơn."),
    )
    lines = lines_of(composed(paper))
    assert "DANH SÁCH" in lines
    award = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023"
    assert f"tác phẩm vào vòng chung khảo, {award}" in lines
    assert "Danh sách có 2 tác phẩm." in lines
    assert lines[-3:] == ["T/M HỘI ĐỒNG", "CHỦ TỊCH", "Bùi An"]
    assert not any(line.startswith("Số") for line in lines), "a list bears no number"


def test_nominees_go_on_by_title_with_a_reason_each_and_without_rank_or_score(closed: House) -> None:
    with closed.at_work() as of:
        of.round.unranked_list = True
        session.get_one(Entry, of.bench.works[0].id).title = "Đường về"
    works = closed.keys
    reasons = {f"reason-{works[0]}": "Bố cục chặt.", f"reason-{works[1]}": "Tư liệu mới."}
    chosen = {"advanced": works[:2]} | reasons
    bare = closed.chair.post(f"{ROUND}/xep-hang", {**chosen, f"reason-{works[0]}": " "})
    assert "Cần ghi lý do đề cử của III-IN-001." in bare.text
    assert closed.chair.post(f"{ROUND}/xep-hang", chosen).status_code == 303
    with closed.at_work() as of:
        paper = papers.shortlist(of.edition, of.round, boards(of.round, names=False))
    nominees = [("III-IN-001", "Đường về", "Bố cục chặt."), ("III-IN-002", "Giữ lời hứa với dân 2", "Tư liệu mới.")]
    rows = [(str(n), *each) for n, each in enumerate(nominees, start=1)]
    assert grid(paper).rows == ("Tiểu ban Báo in: 2 tác phẩm", *rows)
    answer = closed.chair.get(f"{ROUND}/danh-sach.xlsx")
    table = load_workbook(io.BytesIO(answer.data))["Danh sách đề cử"].iter_rows(min_row=4, values_only=True)
    assert [row[2:] for row in table] == nominees


def test_a_work_that_left_is_not_on_the_shortlist(closed: House) -> None:
    drawn(closed)
    with closed.at_work() as of:
        entry = of.bench.works[0].id
        session.scalars(select(Screening).where(Screening.entry_id == entry)).one().decision = "ineligible"
        session.flush()
        paper = papers.shortlist(of.edition, of.round, boards(of.round, names=False))
    assert len(grid(paper).rows) == 2


def test_the_doors_give_both_papers(closed: House) -> None:
    drawn(closed)
    with closed.at_work() as of:
        panel = session.get_one(Panel, of.bench.panel.id).public_id
    for address in (f"{ROUND}/danh-sach.", f"{ROUND}/bang-diem/{panel}."):
        assert closed.chair.get(address + "pdf").data.startswith(b"%PDF")
        assert closed.chair.get(address + "docx").data.startswith(b"PK")
    page = closed.read(closed.of.chair, f"{ROUND}/xep-hang")
    assert f'href="{ROUND}/danh-sach.pdf"' in page
    assert f'href="{ROUND}/bang-diem/{panel}.docx"' in page
    member = closed.read(closed.of.bench.judges[0], f"{ROUND}/xep-hang")
    assert "bang-diem" not in member


def test_the_ranking_is_taken_along_as_its_reader_sees_it(closed: House) -> None:
    answer = closed.visitor(closed.of.bench.judges[0]).get(f"{ROUND}/xep-hang?tai-ve=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.data))["Xếp hạng"].iter_rows(min_row=4, values_only=True))
    assert [row[1:8] for row in rows] == [
        ("Tiểu ban Báo in", "III-IN-001", "Giữ lời hứa với dân 1", 1, 6.25, 3, 0.5),
        ("Tiểu ban Báo in", "III-IN-002", "Giữ lời hứa với dân 2", 2, 5, 3, 4),
        ("Tiểu ban Báo in", "III-IN-003", "Giữ lời hứa với dân 3", 3, 4, 3, 6),
    ]


def test_progress_is_taken_along_as_counts(closed: House) -> None:
    lines = closed.chair.get(f"{ROUND}/tien-do?tai-ve=csv").data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == '"Họ tên","Tiểu ban","Đã gửi","Được phân công","Không chấm, có liên quan"'
    assert sorted(lines[1:4]) == [
        '"Hoàng Thu","Tiểu ban Báo in","3","3","0"',
        '"Nguyễn Thị Vân","Tiểu ban Báo in","3","3","0"',
        '"Trần Minh","Tiểu ban Báo in","3","3","0"',
    ]


def test_the_list_of_fees_counts_sheets_and_reckons_only_with_what_is_said(closed: House) -> None:
    """A sheet that was sent was work, whatever became of it: it is told how many do not count."""
    taxed = Fees(800_000, Tax(10, 2_000_000, of_excess=False, ground="Điều 25"))
    with closed.at_work() as of:
        first, second = (of.sheet(judge, of.bench.works[0]) for judge in of.bench.judges[:2])
        scoring.annul(by=of.by(of.chair), edition=of.edition, sheets=[first], reason="relative")
        second.state, second.commitment, second.finished_at = "draft", None, None
        session.flush()
        entry = session.get_one(Entry, of.bench.works[1].id)
        entry.state = "withdrawn"
        session.flush()
        given = (of.edition, of.round, following(of.edition, of.round), sent_ever(of.round.id))
        shown, table = grid(papers_fees.fees(*given, Fees())), papers_fees.fee_sheet(*given, Fees())
        whole, reckoned = papers_fees.fees(*given, taxed), papers_fees.fee_sheet(*given, taxed)
        line = following(of.edition, of.round).judges[0]
        twice = replace(given[2], judges=(line, replace(line, seat_id=-1)))  # one person in two panels
        apart = papers_fees.fee_sheet(of.edition, of.round, twice, {line.seat_id: 1, -1: 2}, taxed)
    assert "Thuế (nếu có)" in [column.heading for column in shown.columns]
    assert sorted((row[3], row[4], row[5:]) for row in table.rows) == [
        (2, 1, (None,) * 4),
        (3, 1, (None,) * 4),
        (3, 2, (None,) * 4),
    ]
    assert sorted(row[3:] for row in reckoned.rows) == [
        (2, 1, 800_000, 1_600_000, 0, 1_600_000),
        (3, 1, 800_000, 2_400_000, 240_000, 2_160_000),
        (3, 2, 800_000, 2_400_000, 240_000, 2_160_000),
    ]
    assert [row[6:8] for row in apart.rows] == [(800_000, 80_000), (1_600_000, 160_000)]
    said = [each.text for each in whole.body if isinstance(each, Paragraph)]
    assert any(each.startswith("Thuế khấu trừ: 480.000 đồng; thực nhận: 5.920.000 đồng (Năm triệu") for each in said)
