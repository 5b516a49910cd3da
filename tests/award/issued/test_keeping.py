"""A paper with its number is kept as it was: in the database as data, in the store as files, each with its hash."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.issuing import KINDS
from award.editions.operations.papers import PaperSpec, settle_paper
from award.editions.queries import paper_bodies
from award.entries.models import Entry
from award.files import holdings
from award.files.store import prepare, storage
from award.issued import files, queries
from award.issued.models import IssuedPaper
from award.log.models import Event
from award.results.models import Result, Ruling
from tests.award.documents.reading import pages_of, word_lines
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor

DRAFT = "/iii-2023/quyet-dinh/van-ban/quyet-dinh"


@pytest.fixture
def made(app: Flask) -> Outcome:
    """Prizes are proposed, and a body issues the decision and the notice."""
    with app.app_context():
        prepare()
        with unit_of_work():
            made = outcome()
            body = issuing_body(made.edition)
            settled(made.edition, "decision", body)
            settled(made.edition, "notice", body)
    return made


def decided(app: Flask, made: Outcome) -> str:
    """The decision is recorded; gives the title of a work it names."""
    with app.app_context(), unit_of_work():
        made.decide()
        return session.merge(made.works[0]).title


def of_kind(kind: str = "decision") -> IssuedPaper:
    """The newest paper of the kind."""
    found = session.scalars(select(IssuedPaper).where(IssuedPaper.kind == kind).order_by(IssuedPaper.id.desc())).first()
    assert found is not None
    return found


def numbered(app: Flask, made: Outcome, number: str) -> None:
    """The notice has this number from the register, or none."""
    with app.app_context(), unit_of_work():
        (body,) = paper_bodies(made.edition_id)
        spec = PaperSpec(body=body, symbol="TB", number=number, day=date(2023, 11, 21) if number else None)
        settle_paper(by=made.by(made.organiser), edition=made.edition, kind=KINDS["notice"], spec=spec)


def test_the_decision_stays_as_it_was_issued(app: Flask, made: Outcome, run_jobs: Callable[[], None]) -> None:
    title = decided(app, made)
    reader = Visitor(app, made.organiser)
    before = reader.get(f"{DRAFT}.pdf").data
    run_jobs()
    with app.app_context(), unit_of_work():
        kept = of_kind()
        assert (kept.number, kept.day, kept.body) == ("12-QĐ/BTCG", date(2023, 11, 20), "Ban Tổ chức Giải")
        assert kept.pdf_key is not None
        stored = b"".join(storage().stream(kept.pdf_key))
        assert hashlib.sha256(stored).hexdigest() == kept.pdf_sha256
        assert len(stored) == kept.pdf_size
        session.get_one(Entry, made.works[0].id).title = "Tên đã sửa sau khi ban hành"
    after = reader.get(f"{DRAFT}.pdf")
    assert after.data == before == stored
    assert title in " ".join(pages_of(after.data))
    word = reader.get(f"{DRAFT}.docx")
    assert word.content_type == files.DOCX
    assert any(title in line for line in word_lines(word.data))
    assert reader.get(f"{DRAFT}.exe").status_code == 404


def test_its_code_stands_on_the_annex_alone(app: Flask, made: Outcome) -> None:
    decided(app, made)
    with app.app_context():
        code = of_kind().code
    pages = pages_of(Visitor(app, made.organiser).get(f"{DRAFT}.pdf").data)
    bearing = [n for n, page in enumerate(pages) if f"{code[:4]}-{code[4:8]}-{code[8:]}" in page]
    first_annex = next(n for n, page in enumerate(pages) if "DANH SÁCH" in page and n > 0)
    assert bearing == [len(pages) - 1]
    assert bearing[0] >= first_annex


def test_other_bytes_in_the_store_are_never_given_out(app: Flask, made: Outcome, run_jobs: Callable[[], None]) -> None:
    decided(app, made)
    run_jobs()
    with app.app_context():
        kept = of_kind()
        assert kept.pdf_key is not None
        storage().delete(kept.pdf_key)
        assert pypdfium2.PdfDocument(files.content(kept, "pdf")), "lost bytes are drawn again, and are the same"
        storage().put_small(kept.pdf_key, b"%PDF-1.7 another", files.PDF)
        with pytest.raises(files.Differs):
            files.content(kept, "pdf")


def test_whoever_asks_for_it_then_reads_why_there_is_none(
    app: Flask, made: Outcome, run_jobs: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    decided(app, made)
    run_jobs()
    with app.app_context():
        kept = of_kind()
        assert kept.pdf_key is not None
        storage().put_small(kept.pdf_key, b"%PDF-1.7 another", files.PDF)
        name = kept.public_id
    answer = Visitor(app, made.organiser).get(f"{DRAFT}.pdf")
    assert answer.status_code == 500
    assert "Tệp trong kho không còn đúng với văn bản đã ban hành nên không đưa ra." in answer.text
    assert "Mã sự cố" in answer.text
    assert b"another" not in answer.data
    assert any(name in each.getMessage() for each in caplog.records if each.levelname == "ERROR")


def test_the_report_of_the_store_counts_issued_papers_and_misses_them(
    app: Flask, made: Outcome, run_jobs: Callable[[], None]
) -> None:
    def stray_papers() -> int:
        with stopped_at(now() + timedelta(hours=2)):
            return sum(stray.count for stray in holdings.holdings().strays if stray.room == "papers")

    with app.app_context():
        before = stray_papers()  # of other tests, whose rows are gone
    decided(app, made)
    run_jobs()
    with app.app_context():
        kept = of_kind()
        lost, other = kept.pdf_key, kept.docx_key
        assert lost
        assert other
        assert kept.docx_size
        assert stray_papers() == before
        storage().delete(lost)
        storage().put_small(other, bytes(kept.docx_size), files.DOCX)
        missing = [each.sentence for each in holdings.holdings().missing]
        assert missing == [f"pdf of paper {kept.public_id}: is not there ({lost})"]
        assert f"docx of paper {kept.public_id}: other bytes than when it was verified ({other})" in {
            each.sentence for each in holdings.changed()
        }


def test_while_the_store_is_away_the_same_paper_is_drawn(
    app: Flask, made: Outcome, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(app, made)
    run_jobs()
    with app.app_context():
        kept = of_kind()
        whole = files.content(kept, "docx")
        away = replace(app.extensions["settings"], s3_endpoint="127.0.0.1:9")
        monkeypatch.setitem(app.extensions, "settings", away)
        assert files.content(kept, "docx") == whole


def test_a_number_taken_off_takes_the_paper_back(app: Flask, made: Outcome, run_jobs: Callable[[], None]) -> None:
    decided(app, made)
    numbered(app, made, "07")
    with app.app_context():
        first = of_kind("notice")
        assert first.number == "07-TB/BTCG"
        assert queries.standing(made.edition_id, "notice") is not None
    numbered(app, made, "")
    numbered(app, made, "08")
    run_jobs()
    with app.app_context():
        kept = session.scalars(select(IssuedPaper).where(IssuedPaper.kind == "notice").order_by(IssuedPaper.id)).all()
        assert [(each.number, each.taken_back_at is None, each.pdf_key is not None) for each in kept] == [
            ("07-TB/BTCG", False, True),
            ("08-TB/BTCG", True, True),
        ]
        told = session.scalars(select(Event.kind).where(Event.kind.like("paper.%")).order_by(Event.id)).all()
        assert told.count("paper.issued") == 3
        assert told.count("paper.taken_back") == 1


def test_a_notice_numbered_too_early_is_kept_once_there_is_a_decision(app: Flask, made: Outcome) -> None:
    numbered(app, made, "07")
    with app.app_context():
        assert queries.standing(made.edition_id, "notice") is None
    decided(app, made)
    with app.app_context():
        assert {paper.kind for paper in queries.kept_papers(made.edition_id)} == {"decision", "notice"}


def test_a_notice_numbered_after_a_prize_was_taken_back_is_not_written(app: Flask, made: Outcome) -> None:
    decided(app, made)
    with app.app_context(), unit_of_work():
        prize = session.query(Result).filter_by(entry_id=made.works[0].id).one()
        prize.state = "revoked"
        of = {"edition_id": made.edition_id, "entry_id": prize.entry_id, "result_id": prize.id, "reason": "Đăng sớm"}
        paper = {"number": "31-QĐ/BTCG", "day": date(2024, 1, 5), "body": "Ban Tổ chức Giải", "signatory": "Trưởng Ban"}
        session.add(Ruling(kind="revoked", state="confirmed", done_at=now(), **of, **paper))
    numbered(app, made, "07")
    with app.app_context():
        assert {paper.kind for paper in queries.kept_papers(made.edition_id)} == {"decision"}


def test_who_has_the_code_learns_what_was_issued_once_it_is_public(app: Flask, made: Outcome) -> None:
    decided(app, made)
    with app.app_context():
        code = of_kind().code
    visitor = Visitor(app)
    assert visitor.get(f"/iii-2023/van-ban/{code}").status_code == 404
    assert visitor.get(f"/chung-nhan/{code}").status_code == 404
    public(app, made)
    led = visitor.get(f"/chung-nhan/{code.lower()}")
    assert led.headers["Location"].endswith(f"/iii-2023/van-ban/{code[:4]}-{code[4:8]}-{code[8:]}"), "who mixes them up"
    page = visitor.get(f"/iii-2023/van-ban/{code.lower()}")
    assert page.status_code == 200
    for words in ("Quyết định trao giải", "Số 12-QĐ/BTCG, ngày 20/11/2023", "Đã ban hành"):
        assert words in page.text
    assert visitor.get("/iii-2023/van-ban/2222-3333-4444").status_code == 404
    found = visitor.get(f"/iii-2023/van-ban?ma=%20{code[:6].lower()}%20{code[6:]}")
    assert found.headers["Location"].endswith(f"{code[:4]}-{code[4:8]}-{code[8:]}")


def public(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)


def test_the_page_of_the_decision_says_what_was_issued(app: Flask, made: Outcome) -> None:
    reader = Visitor(app, made.organiser)
    assert "Đã ban hành (số" not in reader.get("/iii-2023/quyet-dinh").text
    decided(app, made)
    assert "Đã ban hành (số 12-QĐ/BTCG, ngày 20/11/2023)" in reader.get("/iii-2023/quyet-dinh").text
