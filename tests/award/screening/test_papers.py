"""The list of works not eligible names work, reason, clause and examiner; its minutes count every dossier."""

import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from award.clock import stopped_at
from award.db import session
from award.documents.composing import composed
from award.documents.evening import held_clauses
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.screening import operations, papers
from tests import factories
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.test_papers import lines_of
from tests.award.screening.conftest import TITLES, Office

LIST = "/iii-2023/khong-du-dieu-kien"
REASON, CLAUSE = "Đăng trước thời gian quy định.", "khoản 2 Điều 4"


@pytest.fixture
def screened(office: Office) -> Office:
    """One dossier eligible, one not, one nobody has looked at; a second category has none."""
    with stopped_at(datetime(2023, 10, 5, 3, tzinfo=UTC)), office.at_work() as edition:
        factories.category(edition, code="PT", name="Phát thanh", medium="radio")
        by = Capacity(office.people["secretary"].id, edition.id, frozenset({"secretary"}))
        first, second = entry(office, 0), entry(office, 1)
        first.authors[0].pen_name = "Hà Vân"
        operations.decide(by=by, edition=edition, entry=second, decision="eligible")
        operations.decide(by=by, edition=edition, entry=first, decision="ineligible", reason=REASON, clause=CLAUSE)
    return office


def entry(office: Office, number: int) -> Entry:
    return session.scalars(select(Entry).where(Entry.public_id == office.keys[number])).one()


ROW = (
    f"1 | KH3-0001 | {TITLES[0]} | Nguyễn Thị Vân (Hà Vân) | {REASON} | {held_clauses(CLAUSE)} | "
    "Người secretary\n05/10/2023"
)


def test_the_list_gives_reason_clause_examiner_and_day(screened: Office) -> None:
    with screened.at_work() as edition:
        lines = lines_of(composed(papers.ineligible(edition)))
        assert ROW in lines
        assert f"tác phẩm không đủ điều kiện dự {edition.name}" in lines
        assert "Danh sách có 1 tác phẩm." in lines
        assert composed(papers.ineligible(edition)).sections[0].landscape


def test_the_minutes_count_by_category_and_annex_the_list(screened: Office) -> None:
    with screened.at_work() as edition:
        body = issuing_body(edition, name="Tổ Thư ký Giải", signer="Lê Thu Hà")
        settled(edition, "screening", body, writer="Trần Minh", symbol="")
        lines = lines_of(composed(papers.minutes(edition)))
    assert (
        "Đã kiểm tra 3 hồ sơ; 1 tác phẩm đủ điều kiện dự Giải, 1 tác phẩm không đủ điều kiện "
        "(có Danh sách kèm theo), cụ thể theo loại hình:"
    ) in lines
    at = lines.index("Báo in | 3 | 1 | 1 | 1")
    assert lines[at + 1 : at + 4] == [
        "Phát thanh | 0 | 0 | 0 | 0",
        "Tổng cộng | 3 | 1 | 1 | 1",
        "Còn 1 hồ sơ chưa kết luận hoặc đang chờ bổ sung.",
    ]
    signed = lines.index("NGƯỜI GHI BIÊN BẢN")
    assert lines[signed : signed + 4] == ["NGƯỜI GHI BIÊN BẢN", "Trần Minh", "CHỦ TRÌ", "Lê Thu Hà"]
    assert lines[-1] == ROW
    assert "(Kèm theo Biên bản kiểm tra điều kiện dự Giải)" in lines


def test_without_anything_to_list_there_is_no_annex(office: Office) -> None:
    with office.at_work() as edition:
        assert papers.minutes(edition).annexes == ()


def marked(edition: Edition) -> str:
    return composed(papers.minutes(edition)).mark


def test_an_illustrative_edition_says_so_on_the_paper(screened: Office) -> None:
    with screened.at_work() as edition:
        assert marked(edition) == ""
        edition.illustrative = True
        assert marked(edition) == "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải."


def test_the_doors_give_both_papers_and_the_table(screened: Office) -> None:
    auditor = screened.visitor("auditor")
    for name in ("bien-ban", "danh-sach"):
        assert auditor.get(f"{LIST}/van-ban/{name}.pdf").data.startswith(b"%PDF")
        assert auditor.get(f"{LIST}/van-ban/{name}.docx").data.startswith(b"PK")
    assert f'href="{LIST}/van-ban/bien-ban.pdf"' in auditor.get(LIST).text
    book = load_workbook(io.BytesIO(auditor.get(f"{LIST}?tai-ve=xlsx").data)).active
    assert book is not None
    *_heading, row = book.iter_rows(values_only=True)
    assert row[1:7] == ("KH3-0001", TITLES[0], "Nguyễn Thị Vân (Hà Vân)", REASON, CLAUSE, "Người secretary")
    assert row[7] == datetime(2023, 10, 5)  # noqa: DTZ001
