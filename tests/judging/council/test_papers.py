"""The minutes tell what the system knows of the council, and leave room for what only people know."""

import io

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from award.db import session, unit_of_work
from award.documents.composing import composed
from award.editions.models import PrizeLevel
from award.screening.models import Screening
from judging.council import operations, papers, queries
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking.boards import boards
from tests import factories
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.test_papers import lines_of
from tests.judging.ranking.halls import Hall, House, hall
from tests.judging.rows import clause

ROOM = "/iii-2023/de-nghi-giai"


@pytest.fixture
def room(app: Flask) -> House:
    """The last round gave 6, 5, 5 and 2 points; the first work is proposed for A, one of the equal ones for B."""
    with app.app_context(), unit_of_work():
        of = hall(works=4, judges=2, later=False, shortlist=None)
        edition = of.bench.edition
        factories.prize_level(edition, rank=1, code="DB", name="Giải Đặc biệt", quota=1)
        factories.prize_level(edition, rank=2, code="A", name="Giải A", quota=1)
        factories.prize_level(edition, rank=3, code="B", name="Giải B", quota=2)
        clause(edition, "tie_rule", text="tác phẩm có điểm tính phát hiện cao hơn")
        of.mark_all(*(((a, b, c), (a, b, c)) for a, b, c in ((10, 8, 6), (8, 6, 6), (6, 8, 6), (2, 4, 2))))
        of.freeze()
        of.close()
        propose(of, 0, "A")
        propose(of, 1, "B", reason="Tính phát hiện cao hơn.")
        session.scalars(select(Seat).where(Seat.person_id == of.bench.judges[1].id)).one().role = "chair"
    return House(app, of)


def propose(of: Hall, number: int, code: str, reason: str = "") -> None:
    level = session.scalars(select(PrizeLevel).where(PrizeLevel.code == code)).one()
    operations.propose(by=of.by(of.chair), edition=of.edition, entry=of.works[number], level=level, reason=reason)


def written(house: House, *, reader: int | None = None, ended: bool = True) -> list[str]:
    with house.at_work() as of:
        shown, (levels, _ended) = boards(of.round, names=False, reader=reader), queries.prizes(of.edition.id)
        proposed, honoured = queries.proposals(of.edition.id), queries.honours(of.edition.id)
        held = papers.Session(of.edition, of.round, shown, levels, proposed, honoured, ended)
        return lines_of(composed(papers.minutes(held)))


def part(lines: list[str], heading: str, until: str) -> list[str]:
    return lines[lines.index(heading) + 1 : lines.index(until)]


def test_they_name_who_sat_and_leave_room_for_who_came(room: House) -> None:
    assert part(written(room), "I. THÀNH PHẦN", "II. NỘI DUNG") == [
        "- Chủ trì: Bùi An.",
        "- Ghi biên bản: …………………….",
        "- Phó Chủ tịch: Bùi Bách.",
        "- Thành viên: 2 người; có mặt ……, vắng …….",
        "1 | Trần Minh | Trưởng tiểu ban, Tiểu ban Báo in | ",
        "2 | Nguyễn Thị Vân | Thành viên, Tiểu ban Báo in | ",
    ]


def test_they_tell_what_was_considered(room: House) -> None:
    with room.at_work() as of:
        session.scalars(
            select(Screening).where(Screening.entry_id == of.bench.works[3].id)
        ).one().decision = "ineligible"
    lines = written(room)
    assert part(lines, "II. NỘI DUNG", "III. KHÔNG THAM GIA DO CÓ LIÊN QUAN") == [
        "Trước Hội đồng có 3 tác phẩm của vòng sơ khảo, xếp theo điểm chính thức:",
        "- Tiểu ban Báo in: 3 tác phẩm.",
        "Điểm của tác phẩm là trung bình cộng điểm các phiếu chấm.",
        "Không xét 1 tác phẩm đã rút hoặc không còn đủ điều kiện dự Giải.",
    ]


def test_they_name_who_took_no_part_and_never_how_anyone_scored(room: House) -> None:
    none = part(written(room), "III. KHÔNG THAM GIA DO CÓ LIÊN QUAN", "IV. TÁC PHẨM BẰNG ĐIỂM")
    assert none == ["Không có."]
    with room.at_work() as of:
        away = of.assignment(of.bench.judges[0], of.bench.works[0])
        session.get_one(Assignment, away.id).state = "recused"
    told = part(written(room), "III. KHÔNG THAM GIA DO CÓ LIÊN QUAN", "IV. TÁC PHẨM BẰNG ĐIỂM")
    assert told == ["- “Giữ lời hứa với dân 1” (III-IN-001): Nguyễn Thị Vân."]
    with room.at_work() as of:
        person, entry = of.bench.judges[0].id, of.bench.works[1].id
        told_by = Conflict(edition_id=of.bench.edition.id, person_id=person, entry_id=entry, relation="acquainted")
        told_by.source, told_by.effect, told_by.note = "declared", "disclose", "cùng quê"
        session.add(told_by)
    told = part(written(room), "III. KHÔNG THAM GIA DO CÓ LIÊN QUAN", "IV. TÁC PHẨM BẰNG ĐIỂM")
    assert told[1:] == [
        "Có khai báo hoặc được phép, vẫn chấm:",
        "- “Giữ lời hứa với dân 2” (III-IN-002): Nguyễn Thị Vân (khai báo quen biết tác giả).",
    ]


def test_they_tell_ties_that_mattered_and_the_rule(room: House) -> None:
    assert part(written(room), "IV. TÁC PHẨM BẰNG ĐIỂM", "V. KẾT QUẢ ĐỀ NGHỊ GIẢI") == [
        "- Tiểu ban Báo in, cùng 5,00 điểm: III-IN-002 (giải B), III-IN-003 (không đề nghị).",
        "Xét tiếp theo Quy chế: tác phẩm có điểm tính phát hiện cao hơn.",
    ]


def test_they_tell_every_proposal_and_every_vacancy(room: House) -> None:
    lines = written(room)
    assert lines[lines.index("V. KẾT QUẢ ĐỀ NGHỊ GIẢI") + 1 : -4] == [
        "1. Giải Đặc biệt: đề nghị 0 trong số 1",
        "Không có đề nghị trao giải Đặc biệt.",
        "2. Giải A: đề nghị 1 trong số 1",
        "- “Giữ lời hứa với dân 1” (III-IN-001), 6,00 điểm.",
        "3. Giải B: đề nghị 1 trong số 2",
        "- “Giữ lời hứa với dân 2” (III-IN-002), 5,00 điểm. Lý do: Tính phát hiện cao hơn.",
        "Khuyết 1 giải B.",
        "Biên bản lập xong lúc …… giờ …… cùng ngày, đã đọc cho những người có mặt nghe và thống nhất.",
    ]


def test_before_the_council_ends_they_say_what_is_still_to_be_proposed(room: House) -> None:
    lines = written(room, ended=False)
    assert "Còn 1 giải Đặc biệt chưa đề nghị." in lines
    assert "Còn 1 giải B chưa đề nghị." in lines
    assert not [line for line in lines if line.startswith(("Không có đề nghị", "Khuyết"))]


def test_prizes_beside_the_ladder_are_told_with_what_they_are_for(room: House) -> None:
    with room.at_work() as of:
        clause(of.edition, "thematic_and_main", yes=True)
        theme = factories.prize_level(of.edition, rank=4, code="CĐ", name="Giải Chuyên đề", kind="thematic")
        body = factories.prize_level(of.edition, rank=5, code="TT", name="Bằng khen tập thể", kind="collective")
        by, told = of.by(of.chair), {"theme": "Học và làm theo Bác"}
        operations.propose(by=by, edition=of.edition, entry=of.works[0], level=theme, **told)
        recipient = {"recipient": "Báo Biển Xanh", "reason": "Có nhiều tác phẩm."}
        operations.propose_honour(by=by, edition=of.edition, level=body, **recipient)
    lines = written(room)
    at = lines.index("4. Giải Chuyên đề: đề nghị 1 trong số 2")
    assert lines[at + 1 : at + 6] == [
        "- “Giữ lời hứa với dân 1” (III-IN-001), 6,00 điểm, chuyên đề: Học và làm theo Bác.",
        "Khuyết 1 giải Chuyên đề.",
        "5. Bằng khen tập thể: đề nghị 1 trong số 2",
        "- Báo Biển Xanh. Lý do: Có nhiều tác phẩm.",
        "Khuyết 1 bằng khen tập thể.",
    ]
    assert "2. Giải A: đề nghị 1 trong số 1" in lines


def test_two_sign_and_the_minutes_have_no_number(room: House) -> None:
    with room.at_work() as of:
        body = issuing_body(of.edition, name="Hội đồng chung khảo", signer="Bùi An")
        settled(of.edition, "minutes", body, writer="Bùi Cúc", symbol="")
    lines = written(room)
    met = next(line for line in lines if line.startswith("Hôm nay"))
    assert met.startswith("Hôm nay, lúc …… giờ ……, ngày ……/……/……, tại ……………………, Hội đồng chung khảo họp xét, ")
    assert lines[-4:] == ["NGƯỜI GHI BIÊN BẢN", "Bùi Cúc", "CHỦ TRÌ", "Bùi An"]
    assert not any(line.startswith("Số") for line in lines)
    assert not any(line.startswith("Khánh Hòa, ngày") for line in lines)
    award = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023"
    assert f"họp Hội đồng chung khảo, {award}" in lines


def test_a_figure_kept_from_the_reader_is_not_in_the_readers_copy(room: House) -> None:
    with room.at_work() as of:
        tie = {"relation": "relative", "source": "declared", "effect": "block"}
        entry = of.bench.works[0].id
        session.add(Conflict(edition_id=of.edition.id, person_id=of.deputy.id, entry_id=entry, **tie))
    assert "- “Giữ lời hứa với dân 1” (III-IN-001)." in written(room, reader=room.of.deputy.id)


def test_the_doors_give_minutes_and_list(room: House) -> None:
    assert room.chair.get(f"{ROOM}/bien-ban.pdf").data.startswith(b"%PDF")
    assert room.chair.get(f"{ROOM}/bien-ban.docx").data.startswith(b"PK")
    assert f'href="{ROOM}/bien-ban.pdf"' in room.read(room.of.chair, ROOM)
    answer = room.chair.get(f"{ROOM}?tai-ve=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.data))["Đề nghị giải"].iter_rows(min_row=4, values_only=True))
    assert [row[3:10] for row in rows] == [
        ("III-IN-001", "Giữ lời hứa với dân 1", "Báo in", 6, "Giải A", None, None),
        ("III-IN-002", "Giữ lời hứa với dân 2", "Báo in", 5, "Giải B", None, "Tính phát hiện cao hơn."),
        ("III-IN-003", "Giữ lời hứa với dân 3", "Báo in", 5, None, None, None),
        ("III-IN-004", "Giữ lời hứa với dân 4", "Báo in", 2, None, None, None),
    ]
    narrowed = load_workbook(io.BytesIO(room.chair.get(f"{ROOM}?loai=PT&tai-ve=xlsx").data))["Đề nghị giải"]
    assert narrowed.max_row == 3, "headings alone"
