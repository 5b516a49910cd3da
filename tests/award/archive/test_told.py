"""What an archive tells of works and papers after something was decided anew, and of who is not to be named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, abort

from award import house_key
from award.archive import operations, queries, tasks
from award.archive.asking import Unanswered
from award.archive.contents import plan
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import FileSlot
from award.issued.feature import on_paper_settled
from award.people.consents import REGISTRATION
from award.people.models import Consent, ConsentText, Person
from award.privacy.operations import withdraw_consent
from award.results.models import NameCorrection, Result, Ruling
from award.results.queries import public_since
from tests import factories
from tests.award.archive.conftest import built, unpacked
from tests.award.results.rows import Outcome

KEY = house_key.PublicKey(b"", "0" * 64)
CANARY = "Bài đã đăng trước thời gian quy định, theo báo cáo của tòa soạn"


def taken_back(made: Outcome, n: int) -> None:
    """The prize of the work is taken back by a paper, and its title was corrected before."""
    prize = session.query(Result).filter_by(entry_id=made.works[n].id).one()
    prize.state = "revoked"
    ruling = Ruling(edition_id=made.edition_id, kind="revoked", state="confirmed", done_at=now())
    ruling.entry_id, ruling.result_id = prize.entry_id, prize.id
    ruling.number, ruling.day, ruling.body, ruling.signatory = "31-QĐ/BTCG", date(2024, 1, 5), "Ban Tổ chức Giải", "Y"
    ruling.reason = CANARY
    corrected = NameCorrection(edition_id=made.edition_id, entry_id=prize.entry_id, field="title", state="confirmed")
    corrected.stood, corrected.reads = "Đường về bản xa", "Đường về bản gần"
    corrected.reason, corrected.done_at = "Ghi nhầm", now()
    session.add_all((ruling, corrected))
    session.flush()
    on_paper_settled(made.edition_id, "revocation", None, ruling.public_id)


def agreed(person: Person) -> Consent:
    """The person agreed to be named when joining."""
    text = ConsentText(purpose=REGISTRATION, version=99, words="Đồng ý nêu tên", since=now())
    session.add(text)
    session.flush()
    consent = Consent(person_id=person.id, text_id=text.id, given_at=now())
    session.add(consent)
    session.flush()
    return consent


def test_a_prize_taken_back_stands_with_its_paper_and_the_corrected_words(
    app: Flask, made: Outcome, tmp_path: Path
) -> None:
    with app.app_context():
        with unit_of_work():
            taken_back(made, 1)
        folder = unpacked(built(made, "complete", "none"), tmp_path)
        public = queries.works(made.edition_id, public_since(made.edition_id, now()).at, public=True)  # type: ignore[union-attr]
    assert (folder / "van-ban/revocation-31-qd-btcg.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "van-ban/revocation-31-qd-btcg.docx").is_file()
    listed = (folder / "tac-pham.html").read_text(encoding="utf-8")
    told = "Giải A của tác phẩm “Đường về bản gần” đã thu hồi theo Quyết định số 31-QĐ/BTCG, ngày 05/01/2024."
    assert told in listed
    assert "trước ghi “Đường về bản xa”, nay là “Đường về bản gần”" in listed
    assert [work.title for work in public] == ["Khi bí thư chi bộ xuống ruộng"]


def test_who_is_not_to_be_named_is_in_no_archive_for_everybody(
    app: Flask, made: Outcome, tmp_path: Path, run_jobs: Callable[[], None]
) -> None:
    """An archive that stood goes; a new one has neither the papers nor the work's files, and says so."""
    licence = "Giấy cho phép ngày 02/12/2023"
    with app.app_context():
        with unit_of_work():
            author = factories.person("Phạm Thị Rút Tên", email="rut-ten@example.vn")
            session.merge(made.works[0].authors[0]).person_id = author.id
            consent = agreed(author)
            on_paper_settled(made.edition_id, "decision", None)
        former = built(made, "public", "winners", licence)
        before = unpacked(former, tmp_path / "before")
        with unit_of_work():
            withdraw_consent(person=author, consent=consent)
        assert former.state == "failed"
        after = unpacked(built(made, "public", "winners", licence), tmp_path / "after")
    assert list(before.glob("van-ban/decision-*.pdf")) and list(before.glob("tac-pham/*/*.pdf"))
    assert not list(after.glob("van-ban/*")) and not list(after.glob("tac-pham/01*/*.pdf"))
    assert "có tác giả không còn đồng ý nêu tên" in (after / house_key.README).read_text(encoding="utf-8")


def test_the_public_gets_only_files_that_judges_were_shown(app: Flask, made: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            session.query(FileSlot).update({"for_judges": False})
            of = {
                audience: operations.ask(
                    by=made.by(made.organiser),
                    edition=made.edition,
                    audience=audience,
                    works="winners",
                    licence="Giấy số 1",
                )
                for audience in ("public", "complete")
            }
        with app.test_request_context():
            held = {audience: plan(asked, KEY, "").originals for audience, asked in of.items()}
    assert (len(held["public"]), len(held["complete"])) == (0, 1)


@pytest.mark.parametrize(("status", "endpoint"), [(500, "reports.page"), (404, "editions.rules")])
def test_no_archive_stands_without_its_pages(app: Flask, made: Outcome, status: int, endpoint: str) -> None:
    shown = app.view_functions[endpoint]
    with app.app_context():
        with unit_of_work():
            asked = operations.ask(by=made.by(made.organiser), edition=made.edition, audience="public", works="none")
        app.view_functions[endpoint] = lambda **_words: abort(status)
        try:
            with pytest.raises(Unanswered):
                tasks.build(archive_id=asked.id)
        finally:
            app.view_functions[endpoint] = shown
        session.expire_all()
        assert asked.state == "building"
