"""Letter and list of what is sent: counted from the list, with every prize declared, alike in every file."""

import io
import zipfile
from datetime import date

import openpyxl
from flask import Flask

from award import dates
from award.clock import VIETNAM, now
from award.db import session, unit_of_work
from award.documents.composing import composed
from award.editions.models import Edition
from award.editions.queries import national_edition
from award.entries.models import Entry, PriorPrize
from award.nominations import described, papers, queries
from award.nominations.feature import kept
from award.nominations.resolution import Resolution
from award.results import later
from award.results.later import Word
from tests.award.documents.reading import flat, pages_of, word_lines, words
from tests.award.editions.issuing import issuing_body, settled
from tests.award.nominations.conftest import attach, built, chosen, opened
from tests.award.results.rows import Outcome
from tests.award.results.test_papers import lines_of
from tests.visitor import Visitor

LIST = "/iii-2023/gui-trung-uong"
CHOSEN_BY = Resolution("07-KL/BTCG", date(2023, 10, 25), "Ban Tổ chức Giải")
LETTER = {"letter_number": "45-CV/BTGTU", "letter_day": date(2023, 11, 1)}


def send(made: Outcome, *numbers: int) -> None:
    """These works are on the list, each with an original; the first has had a prize before."""
    slot = made.category.slots[0].id
    works = [session.merge(made.works[number]) for number in numbers]
    for work in works:
        attach(work, slot, b"%PDF-1.7")
    first = PriorPrize(award_name="Giải Báo chí Khánh Hòa", level="Giải Nhì", organiser="Hội Nhà báo tỉnh", year=2023)
    works[0].prior_prizes.append(first)
    chosen(made, *works)


def sending(
    edition: Edition, number: str = "", day: date | None = None, resolution: Resolution | None = None
) -> papers.Sending:
    national = national_edition(edition.id)
    assert national is not None
    national.recipient = "Tạp chí Xây dựng Đảng"
    listed = queries.chosen(edition.id, queries.last_ranked_round(edition.id), national)
    return papers.Sending(edition, national, [each.work for each in listed], number, day, resolution)


def test_the_letter_says_what_is_sent_to_whom_and_on_what_ground(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            send(ranked, 0, 1)
            body = issuing_body(ranked.edition, name="Ban Tuyên giáo Tỉnh ủy", symbol="BTGTU", post="Trưởng Ban")
            ground = ["Thực hiện Kế hoạch 106-KH/BTCTW, ngày 20/3/2023 của Ban Tổ chức Trung ương;"]
            settled(ranked.edition, "letter", body, recitals=ground, recipients=["Như trên", "Lưu"])
        lines = lines_of(composed(papers.letter(sending(ranked.edition, "45", date(2023, 11, 1)))))
    assert "Số 45-CV/BTGTU" in lines
    assert "V/v gửi tác phẩm dự Giải Búa liềm vàng lần thứ VIII - năm 2023" in lines
    assert "Khánh Hòa, ngày 01 tháng 11 năm 2023" in lines
    assert "Kính gửi: Tạp chí Xây dựng Đảng" in lines
    assert (
        "Thực hiện Kế hoạch 106-KH/BTCTW, ngày 20/3/2023 của Ban Tổ chức Trung ương, Ban Tuyên giáo Tỉnh ủy gửi "
        "2 tác phẩm dự Giải Búa liềm vàng lần thứ VIII - năm 2023, gồm: báo in 2."
    ) in lines
    assert "- Như trên," in lines


def test_the_paper_that_chose_the_works_is_named_wherever_they_go(app: Flask, ranked: Outcome) -> None:
    """Beside the letter: in its ground, at the head of the list, in the page to read first, in the description."""
    named = "văn bản số 07-KL/BTCG, ngày 25/10/2023 của Ban Tổ chức Giải"
    with app.app_context():
        with unit_of_work():
            send(ranked, 0)
            settled(ranked.edition, "letter", issuing_body(ranked.edition), recitals=["Thực hiện Kế hoạch số 9;"])
        lines = lines_of(composed(papers.letter(sending(ranked.edition, "45", resolution=CHOSEN_BY))))
        start = f"Thực hiện Kế hoạch số 9; Căn cứ {named} về việc chọn tác phẩm gửi dự, "
        assert [line for line in lines if line.startswith(start)], lines
        without, bundle = opened(built(ranked, **LETTER)), opened(built(ranked, resolution=CHOSEN_BY, **LETTER))
        (listed,) = kept(ranked.edition_id).lists
        assert f"Chọn theo {named}." in listed.sheet().note, "in the archive of the edition"
    told = described.read(bundle.read(described.NAME))
    assert (told.resolution, told.resolution_day) == (CHOSEN_BY.number, CHOSEN_BY.day)
    assert told.resolution_body == CHOSEN_BY.body
    assert heads(bundle).count(f"Chọn theo {named}.") == 2
    assert "Chọn theo" not in heads(without)
    letter = Visitor(app, ranked.secretary).get(f"{LIST}/van-ban/cong-van.docx")
    assert named in " ".join(word_lines(letter.data))


def heads(bundle: zipfile.ZipFile) -> str:
    """What stands over the list, and in the page to read first."""
    table = openpyxl.load_workbook(io.BytesIO(bundle.read("DANH-SACH.xlsx"))).active
    assert table is not None
    return f"{table['A1'].value}\n{bundle.read('DOC-TRUOC.txt').decode()}"


def test_works_are_counted_by_the_groups_of_the_national_award(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            send(ranked, 0, 1)
            national = national_edition(ranked.edition.id)
            assert national is not None
            national.groups = {ranked.category.code: "Tác phẩm báo in, tạp chí"}
        sent = sending(ranked.edition)
        lines = lines_of(composed(papers.letter(sent)))
        assert any(line.endswith("gồm: tác phẩm báo in, tạp chí 2.") for line in lines)
        assert papers.kind_of(sent.works[0]) == "Phóng sự (Tác phẩm báo in, tạp chí)"


def test_the_states_letter_bears_no_mark_of_its_kind(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            send(ranked, 0)
            body = issuing_body(ranked.edition, name="Hội Nhà báo tỉnh", symbol="HNB", form="nd30")
            settled(ranked.edition, "letter", body)
        lines = lines_of(composed(papers.letter(sending(ranked.edition, "45"))))
    assert "Số: 45/HNB" in lines
    assert "- Như trên;" in lines


def test_the_list_declares_every_prize_and_names_its_letter(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            send(ranked, 0, 1)
            ranked.decide()
        paper = papers.national_list(sending(ranked.edition, "45-CV/BTGTU", date(2023, 11, 1)))
        lines = lines_of(composed(paper))
        award = ranked.edition.name
    row = next(line for line in lines if line.startswith("1 | "))
    cells = row.split(" | ")
    assert cells[1:3] == ["Khi bí thư chi bộ xuống ruộng", "Phóng sự (Báo in)"]
    assert cells[5] == "01/3/2023"
    assert cells[6] == (f"Giải Nhì - Giải Báo chí Khánh Hòa 2023 (Hội Nhà báo tỉnh); Giải Đặc biệt - {award}")
    assert "(Kèm theo Công văn số 45-CV/BTGTU, ngày 01/11/2023 của ……………………)" in lines
    assert composed(paper).sections[0].landscape


def test_every_file_of_the_dossier_says_the_same(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            send(ranked, 0, 1)
            ranked.edition.illustrative = True
        bundle = opened(built(ranked, **LETTER))
    mark = "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải."
    for name in ("CONG-VAN", "DANH-SACH"):
        pages = pages_of(bundle.read(f"{name}.pdf"))
        assert all(page.endswith(mark) for page in pages)
        told = [page.removesuffix(mark).removeprefix(f"{n} ") for n, page in enumerate(pages, start=1)]
        assert words(*told) == words(*word_lines(bundle.read(f"{name}.docx")))
    assert "45-CV/BTGTU" in " ".join(pages_of(bundle.read("CONG-VAN.pdf")))
    book = openpyxl.load_workbook(io.BytesIO(bundle.read("DANH-SACH.xlsx"))).active
    assert book is not None
    printed = " ".join(pages_of(bundle.read("DANH-SACH.pdf")))
    for row in book.iter_rows(min_row=4, max_col=7, values_only=True):
        for cell in str(row[1]).split():
            assert flat(cell) in printed


def test_the_doors_give_papers_and_table_once_something_is_chosen(app: Flask, ranked: Outcome) -> None:
    secretary = Visitor(app, ranked.secretary)
    assert secretary.get(f"{LIST}/van-ban/cong-van.pdf").status_code == 403
    assert "van-ban" not in secretary.get(LIST).text
    with app.app_context(), unit_of_work():
        send(ranked, 0)
    for name in ("cong-van", "danh-sach"):
        assert secretary.get(f"{LIST}/van-ban/{name}.pdf").data.startswith(b"%PDF")
        assert secretary.get(f"{LIST}/van-ban/{name}.docx").data.startswith(b"PK")
    assert f'href="{LIST}/van-ban/cong-van.docx"' in secretary.get(LIST).text
    listed = secretary.get(f"{LIST}?tai-ve=csv").data.decode("utf-8-sig").split("\r\n")
    assert listed[1].startswith('"1","III-IN-001","Khi bí thư chi bộ xuống ruộng"')


def test_the_letter_bears_the_number_given_for_the_last_dossier(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            send(ranked, 0)
        built(ranked, **LETTER)
    answer = Visitor(app, ranked.secretary).get(f"{LIST}/van-ban/cong-van.docx")
    assert "Số 45-CV/BTGTU" in word_lines(answer.data)


def test_a_dossier_made_after_a_correction_says_what_was_corrected(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            send(ranked, 0, 1)
            ranked.decide()
        before = built(ranked, **LETTER)
        for field, reads in (("title", "Khi bí thư xuống ruộng"), ("pen_name", "Hà Vân")):
            correct(ranked, field, reads)
        again, twice = built(ranked, **LETTER), built(ranked, **LETTER)
        assert before.sha256 != again.sha256 == twice.sha256
        bundle, listed = opened(again), Visitor(app, ranked.secretary).get(LIST).text
    told = described.read(bundle.read(described.NAME)).works[0]
    assert (told.title, told.authors[0].pen_name) == ("Khi bí thư xuống ruộng", "Hà Vân")
    assert told.byline == "", "what the newspaper printed stays what it printed"
    about = bundle.read("01-III-IN-001-khi-bi-thu-xuong-ruong/THONG-TIN.txt").decode()
    assert about.startswith("Khi bí thư xuống ruộng")
    assert "Nguyễn Thị Vân (Hà Vân)\r\n" in about
    day = dates.day(now().astimezone(VIETNAM).date())
    note = (
        f"Đã đính chính ngày {day}: tên tác phẩm, trước ghi “Khi bí thư chi bộ xuống ruộng”, nay là “Khi bí thư xuống "
        "ruộng”."
    )
    assert not any(b"7-CV/BBX" in bundle.read(name) for name in bundle.namelist()), "the evidence stays in the house"
    assert "7-CV/BBX" not in " ".join(word_lines(bundle.read("DANH-SACH.docx")))
    assert note in about
    assert f"Tác phẩm số 1: {note}" in word_lines(bundle.read("DANH-SACH.docx"))
    assert f"Tác phẩm số 1: {note}" in " ".join(pages_of(bundle.read("DANH-SACH.pdf")))
    assert "Thông tin của 1 tác phẩm được ghi theo nội dung đã đính chính" in " ".join(
        word_lines(bundle.read("CONG-VAN.docx"))
    )
    assert "Khi bí thư xuống ruộng" in listed


def correct(made: Outcome, field: str, reads: str) -> None:
    """Two persons corrected this word of the first work."""
    entry = session.get_one(Entry, made.works[0].id)
    author = entry.authors[0]
    stood, whose = (entry.title, None) if field == "title" else (author.pen_name, author.id)
    word = Word(
        field=field, authorship_id=whose, stood=stood, reads=reads, reason="Ghi nhầm", evidence="Công văn 7-CV/BBX"
    )
    with unit_of_work():
        sign = later.propose_correction(by=made.by(made.organiser), edition=made.edition, entry=entry, word=word)
        later.confirm(by=made.by(made.secretary), edition=made.edition, sign=sign)
