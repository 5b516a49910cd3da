"""The decision and the notice are written from the rows: works, levels, money and figures are counted, never typed."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from flask import Flask

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.documents.composing import Beside, Composition, Grid, Line, composed
from award.documents.paper import DOTS
from award.documents.typeset import pdf
from award.documents.word import docx
from award.editions.models import PrizeLevel
from award.results import papers, queries
from award.results.front import by_level
from award.results.lines import blocks, counted, groups, line
from award.results.models import Honour, Result
from tests import factories
from tests.award.documents.reading import flat, pages_of, word_lines, words
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import NUMBER, Outcome, outcome, work
from tests.visitor import Visitor

DRAFT = "/iii-2023/quyet-dinh/van-ban/quyet-dinh"


def lines_of(composition: Composition) -> list[str]:
    """Every line of the paper as it reads, its lead before it."""
    found: list[str] = []
    for section in composition.sections:
        for part in section.parts:
            if isinstance(part, Grid):
                found += [row if isinstance(row, str) else " | ".join(row) for row in part.rows]
                continue
            lines = [part] if isinstance(part, Line) else [*part.left, *part.right] if isinstance(part, Beside) else []
            found += [flat(f"{each.lead} {each.text}") for each in lines]
    return found


@pytest.fixture
def made(app: Flask) -> Outcome:
    """A print series of two authors and a photograph have A, a radio series the special prize; money is settled."""
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False, works=0)
        edition = made.edition
        organ = factories.newsroom("Báo Biển Xanh")
        photo = factories.category(edition, code="ẢNH", name="Ảnh báo chí", medium="photo")
        photo.genres[0].name = "Phóng sự ảnh"
        radio = factories.category(edition, code="PT", name="Phát thanh", medium="radio")
        pair = (("Nguyễn Thị Vân", "Hà Vân, Sông Mây"), ("Trần Minh", ""))
        works = [
            work(edition, made.category, "Giữ lời hứa với dân", authors=pair, newsroom=organ, parts=5),
            work(edition, photo, "Người giữ lửa", authors=(("Lê H'Yim", ""),)),
            work(edition, radio, "Tiếng loa bản xa", authors=(("Đỗ Lan", "Mai Lan"),), newsroom=organ, parts=3),
        ]
        made.levels["ĐB"].money, made.levels["A"].money = 20_000_000, 10_500_000
        made.propose((works[0], "A"), (works[1], "A"), (works[2], "ĐB"))
        made.works = works
        work(edition, made.category, "Không đoạt giải", decision="ineligible")
    return made


def test_a_line_names_kind_title_authors_and_organ(app: Flask, made: Outcome) -> None:
    with app.app_context():
        told = {each.title: line(each) for each in queries.prize_works(made.edition_id, "proposed")}
    assert told == {
        "Giữ lời hứa với dân": "Loạt 5 bài “Giữ lời hứa với dân” của nhóm tác giả "
        "Nguyễn Thị Vân (Hà Vân, Sông Mây), Trần Minh - Báo Biển Xanh.",
        "Người giữ lửa": "Phóng sự ảnh “Người giữ lửa” của tác giả Lê H'Yim.",
        "Tiếng loa bản xa": "Loạt 3 kỳ “Tiếng loa bản xa” của tác giả Đỗ Lan (Mai Lan) - Báo Biển Xanh.",
    }


def test_counts_are_told_as_people_say_them() -> None:
    assert counted([]) == ""
    assert counted([("Giải A", 1)]) == "1 giải A"
    assert counted([("Giải A", 1), ("Giải Khuyến khích", 15)]) == "1 giải A và 15 giải Khuyến khích"
    assert counted([("Giải A", 1), ("Giải B", 2), ("Nhất", 3)]) == "1 giải A, 2 giải B và 3 giải Nhất"


def test_the_annex_goes_by_category_and_level(app: Flask, made: Outcome) -> None:
    with app.app_context():
        shown = by_level(queries.prize_works(made.edition_id, "proposed"), queries.levels(made.edition_id))
        texts = [block.text for block in blocks(groups(shown))]  # type: ignore[union-attr]
    assert [text for text in texts if not text.startswith("1. ")] == [
        "I. Báo in",
        "Có 1 giải A.",
        "Giải A",
        "II. Ảnh báo chí",
        "Có 1 giải A.",
        "Giải A",
        "III. Phát thanh",
        "Có 1 giải Đặc biệt.",
        "Giải Đặc biệt",
    ]


def test_prizes_beside_the_ladder_follow_in_groups_of_their_own(app: Flask, made: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            edition = made.edition
            theme = factories.prize_level(
                edition, rank=8, code="CĐ", name="Giải Chuyên đề", kind="thematic", money=5_000_000
            )
            body = factories.prize_level(
                edition, rank=9, code="TT", name="Bằng khen tập thể", kind="collective", money=0
            )
            person = factories.prize_level(
                edition, rank=10, code="NV", name="Nhân vật tiêu biểu", kind="person", money=0
            )
            own = {"edition_id": made.edition_id, "kind": "thematic", "theme": "Bảo vệ nền tảng tư tưởng"}
            session.add(Result(entry_id=made.works[0].id, prize_level_id=theme.id, **own))
            honours = {"edition_id": made.edition_id}
            session.add(
                Honour(prize_level_id=body.id, recipient="Báo Biển Xanh", reason="Có nhiều tác phẩm.", **honours)
            )
            depicted = {"recipient": "Ông Mấu Thành", "entry_id": made.works[1].id}
            session.add(Honour(prize_level_id=person.id, **depicted, **honours))
        lines = lines_of(composed(papers.decision(made.edition)))
        notice = lines_of(composed(papers.notice(made.edition)))
        award = made.edition.name
    at = lines.index("IV. GIẢI CHUYÊN ĐỀ")
    assert lines[at:] == [
        "IV. GIẢI CHUYÊN ĐỀ",
        "Có 1 giải Chuyên đề.",
        "1. Loạt 5 bài “Giữ lời hứa với dân” của nhóm tác giả Nguyễn Thị Vân (Hà Vân, Sông Mây), Trần Minh - "
        "Báo Biển Xanh (chuyên đề: Bảo vệ nền tảng tư tưởng).",
        "V. BẰNG KHEN TẬP THỂ",
        "Có 1 bằng khen tập thể.",
        "1. Báo Biển Xanh: Có nhiều tác phẩm.",
        "VI. NHÂN VẬT TIÊU BIỂU",
        "Có 1 giải Nhân vật tiêu biểu.",
        "1. Ông Mấu Thành, nhân vật trong tác phẩm “Người giữ lửa”.",
    ]
    first = next(line for line in lines if line.startswith("Điều 1."))
    assert f"cho 3 tác phẩm và 2 tập thể, cá nhân đoạt {award} (có Danh sách kèm theo), gồm:" in first
    assert "- 1 giải Chuyên đề, mỗi giải 5.000.000 đồng;" in lines
    assert any(line.startswith("Điều 2. Tổng số tiền thưởng là 46.000.000 đồng") for line in lines)
    assert f"tác phẩm, tập thể, cá nhân đoạt {award}" in lines
    assert any(line.startswith("3 tác phẩm và 2 tập thể, cá nhân đoạt giải, được khen thưởng, gồm ") for line in notice)


def test_the_decision_counts_prizes_and_money(app: Flask, made: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            body = issuing_body(made.edition)
            recitals = ["Căn cứ Kế hoạch 142-KH/TU, ngày 21/4/2023 của Ban Thường vụ Tỉnh ủy"]
            settled(made.edition, "decision", body, recitals=recitals, funding="kinh phí tổ chức Giải năm 2023")
        lines = lines_of(composed(papers.decision(made.edition)))
        award = made.edition.name
    assert (
        f"Điều 1. Trao giấy chứng nhận và tiền thưởng cho 3 tác phẩm đoạt {award} (có Danh sách kèm theo), gồm:"
        in lines
    )
    at = next(n for n, each in enumerate(lines) if each.startswith("Điều 1."))
    assert lines[at + 1 : at + 4] == [
        "- 1 giải Đặc biệt, mỗi giải 20.000.000 đồng;",
        "- 2 giải A, mỗi giải 10.500.000 đồng.",
        "Điều 2. Tổng số tiền thưởng là 41.000.000 đồng (Bốn mươi mốt triệu đồng), "
        "từ nguồn: kinh phí tổ chức Giải năm 2023.",
    ]
    assert "- Căn cứ Kế hoạch 142-KH/TU, ngày 21/4/2023 của Ban Thường vụ Tỉnh ủy;" in lines
    assert "- Xét đề nghị của Hội đồng chấm Giải," in lines
    assert "BAN TỔ CHỨC GIẢI QUYẾT ĐỊNH" in lines
    assert "Số -QĐ/BTCG" in lines
    assert "Khánh Hòa, ngày tháng năm" in lines
    assert f"tác phẩm đoạt {award}" in lines


def test_money_that_is_not_settled_is_not_guessed(app: Flask, made: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            session.get_one(PrizeLevel, made.levels["A"].id).money = None
        lines = lines_of(composed(papers.decision(made.edition)))
    told = next(each for each in lines if each.startswith("Điều 2."))
    assert "41" not in told
    assert told.count(DOTS) == 3
    assert "- 2 giải A." in lines


def test_a_decision_without_money_speaks_of_none(app: Flask, made: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            for level in made.levels.values():
                session.get_one(PrizeLevel, level.id).money = 0
        lines = lines_of(composed(papers.decision(made.edition)))
    assert not any("tiền thưởng" in each for each in lines)


def test_what_nobody_settled_is_dotted(app: Flask, made: Outcome) -> None:
    with app.app_context():
        lines = lines_of(composed(papers.decision(made.edition)))
    assert lines[0] == "……………………"
    assert "- Căn cứ ……………………;" in lines
    assert lines[-1] != ""
    assert "…………………… QUYẾT ĐỊNH" in lines


def test_a_recorded_decision_bears_its_number_and_day(app: Flask, made: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            settled(made.edition, "decision", issuing_body(made.edition))
            made.decide()
        decision = lines_of(composed(papers.decision(made.edition)))
        notice = lines_of(composed(papers.notice(made.edition)))
    assert f"Số {NUMBER}" in decision
    assert "Khánh Hòa, ngày 20 tháng 11 năm 2023" in decision
    assert f"(Kèm theo Quyết định số {NUMBER}, ngày 20/11/2023 của Ban Tổ chức Giải)" in decision
    told = f"Thực hiện Quyết định số {NUMBER}, ngày 20/11/2023 của Ban Tổ chức Giải, "
    assert any(each.startswith(told) for each in notice)


def test_the_notice_tells_the_figures_of_the_edition(app: Flask, made: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            body = issuing_body(made.edition)
            settled(made.edition, "notice", body, number="7", day=date(2023, 11, 21))
        lines = lines_of(composed(papers.notice(made.edition)))
    assert "Số 7-TB/BTCG" in lines
    told = (
        "Đã tiếp nhận 4 tác phẩm; 3 tác phẩm của 3 tác giả, nhóm tác giả đủ điều kiện dự Giải "
        "(báo in 1, ảnh báo chí 1, phát thanh 1)."
    )
    assert told in lines
    assert "3 tác phẩm đoạt giải, gồm 1 giải Đặc biệt và 2 giải A (có Danh sách kèm theo)." in lines


@pytest.mark.parametrize("form", ["hd36", "hd05", "nd30"])
def test_both_files_say_the_same_in_each_form(app: Flask, made: Outcome, form: str) -> None:
    with app.app_context():
        with unit_of_work():
            settled(made.edition, "decision", issuing_body(made.edition, form=form))
            made.edition.illustrative = True
        paper = papers.decision(made.edition)
    pages = pages_of(pdf(paper))
    mark = "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải."
    assert all(page.endswith(mark) for page in pages)
    told = [page.removesuffix(mark).removeprefix(f"{n} ") for n, page in enumerate(pages, start=1)]
    assert words(*told) == words(*word_lines(docx(paper)))


def test_the_doors_give_pdf_and_docx(app: Flask, made: Outcome) -> None:
    secretary = Visitor(app, made.secretary)
    for ending, begins, kind in (
        ("pdf", b"%PDF-1.7", "application/pdf"),
        ("docx", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ):
        answer = secretary.get(f"{DRAFT}.{ending}")
        assert answer.status_code == 200
        assert answer.data.startswith(begins)
        assert answer.content_type == kind
        assert answer.headers["Content-Disposition"] == f'attachment; filename="quyet-dinh-iii-2023.{ending}"'
        assert answer.headers["Cache-Control"] == "no-store"
    assert secretary.get(f"{DRAFT}.exe").status_code == 404
    assert secretary.get("/iii-2023/quyet-dinh/van-ban/khong-co.pdf").status_code == 404
    page = secretary.get("/iii-2023/quyet-dinh").text
    assert f'href="{DRAFT}.pdf"' in page
    assert "/iii-2023/thiet-lap/van-ban" in page
    assert "/iii-2023/thiet-lap/van-ban" not in Visitor(app, made.chair).get("/iii-2023/quyet-dinh").text


def test_there_is_no_draft_before_the_council_has_ended(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        before = outcome(proposed=False)
    assert Visitor(app, before.organiser).get(f"{DRAFT}.pdf").status_code == 403


def test_the_list_of_the_page_is_a_workbook(app: Flask, made: Outcome) -> None:
    answer = Visitor(app, made.secretary).get("/iii-2023/quyet-dinh?tai-ve=xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert [row[:4] for row in rows] == [
        ["STT", "Mức giải", "Mã tác phẩm", "Tên tác phẩm"],
        [1, "Giải Đặc biệt", "III-PT-003", "Tiếng loa bản xa"],
        [2, "Giải A", "III-IN-001", "Giữ lời hứa với dân"],
        [3, "Giải A", "III-ẢNH-002", "Người giữ lửa"],
    ]


def test_the_public_takes_along_what_it_sees(app: Flask, made: Outcome) -> None:
    """Filtered as the page is, without codes, and not before the instant."""
    visitor = Visitor(app)
    assert visitor.get("/iii-2023/ket-qua?tai-ve=csv").status_code == 404
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1))
    assert visitor.get("/iii-2023/ket-qua?tai-ve=csv").status_code == 404
    with clock.stopped_at(now() + timedelta(hours=2)):
        listed = visitor.get("/iii-2023/ket-qua?tim=loi+hua&tai-ve=csv").data.decode("utf-8-sig").splitlines()
        page = visitor.get("/iii-2023/ket-qua?tim=loi+hua&muc=").text
    assert len(listed) == 2
    assert '"Giữ lời hứa với dân"' in listed[1]
    assert "III-IN" not in listed[1]
    assert 'href="/iii-2023/ket-qua?tim=loi+hua&amp;tai-ve=xlsx"' in page
