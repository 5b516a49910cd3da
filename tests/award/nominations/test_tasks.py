"""A dossier in the store: the same bytes twice, sums that a stranger can check, faults in sentences."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from flask import Flask

import config
from award import clock, house_key
from award.clock import now
from award.db import session, unit_of_work
from award.files.store import storage
from award.nominations import described, dossiers, operations, tasks
from award.nominations.bundle import CHUNK
from award.nominations.models import Dossier
from tests.award.nominations.conftest import attach, built, chosen, opened
from tests.award.results.rows import Outcome, work
from tests.visitor import Visitor


def series(made: Outcome) -> None:
    """The first work has two parts with files in both; the second has one part; both are on the list."""
    with unit_of_work():
        slot = made.category.slots[0].id
        first = session.merge(made.works[0])
        long = work(made.edition, made.category, "Đường về bản xa, và những điều còn lại sau một mùa lũ", parts=2)
        attach(first, slot, b"%PDF-1.7 mot")
        attach(long, slot, b"%PDF-1.7 hai", part=2)
        attach(long, slot, b"%PDF-1.7 ba", part=1)
        attach(long, slot, b"%PDF-1.7 bon", part=1)
        made.propose_more(long, "A")
        chosen(made, long, first)


def test_two_builds_are_the_same_bytes(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        series(ranked)
        letter = {"letter_number": "45-CV/BTGTU", "letter_day": date(2023, 11, 1)}
        first = built(ranked, **letter)
        with clock.stopped_at(now() + timedelta(days=3)):
            second = built(ranked, **letter)
        assert (first.state, second.state) == ("ready", "ready")
        assert first.key != second.key
        assert first.sha256 == second.sha256
        assert b"".join(storage().stream(first.key)) == b"".join(storage().stream(second.key))
        assert first.size == storage().stat(first.key).size
        with unit_of_work():
            operations.mark_failed(dossier_id=second.id, sentence="Đã xóa theo yêu cầu")
            operations.mark_ready(dossier_id=second.id, size=1, sha256="0" * 64, files=1, fingerprint="0" * 64)
        assert (second.state, second.fault) == ("failed", "Đã xóa theo yêu cầu"), "what was ended meanwhile stays so"


def test_another_process_with_another_clock_tongue_and_order_builds_the_same_bytes(
    app: Flask, ranked: Outcome, environment: dict[str, str]
) -> None:
    letter = {"letter_number": "45-CV/BTGTU", "letter_day": date(2023, 11, 1)}
    with app.app_context():
        series(ranked)
        here = built(ranked, **letter)
        with unit_of_work():
            asked = operations.ask_dossier(by=ranked.by(ranked.organiser), edition=ranked.edition, **letter)
        elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
        words = f"""
from datetime import timedelta
from award.clock import now, stopped_at
from award.nominations.tasks import build
from wsgi import create_app
with create_app().app_context(), stopped_at(now() + timedelta(days=400)):
    build(dossier_id={asked.id})
"""
        told = os.environ | environment | elsewhere
        subprocess.run([sys.executable, "-c", words], cwd=config.ROOT, env=told, check=True)
        session.expire_all()
        there = dossiers.dossier(ranked.edition_id, asked.public_id)
        assert there is not None
        assert (there.state, there.sha256, there.size) == ("ready", here.sha256, here.size)
        assert b"".join(storage().stream(there.key)) == b"".join(storage().stream(here.key))


def test_names_are_plain_and_say_what_is_what(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        series(ranked)
        names = opened(built(ranked)).namelist()
    assert names == [
        "01-III-IN-004-duong-ve-ban-xa-va-nhung-dieu-con-lai-sau-mot-mua-lu/III-IN-004-ky-1-ban-quet-trang-bao-1.pdf",
        "01-III-IN-004-duong-ve-ban-xa-va-nhung-dieu-con-lai-sau-mot-mua-lu/III-IN-004-ky-1-ban-quet-trang-bao-2.pdf",
        "01-III-IN-004-duong-ve-ban-xa-va-nhung-dieu-con-lai-sau-mot-mua-lu/III-IN-004-ky-2-ban-quet-trang-bao-1.pdf",
        "01-III-IN-004-duong-ve-ban-xa-va-nhung-dieu-con-lai-sau-mot-mua-lu/THONG-TIN.txt",
        "02-III-IN-001-khi-bi-thu-chi-bo-xuong-ruong/III-IN-001-ban-quet-trang-bao-1.pdf",
        "02-III-IN-001-khi-bi-thu-chi-bo-xuong-ruong/THONG-TIN.txt",
        "CONG-VAN.docx",
        "CONG-VAN.pdf",
        "DANH-SACH.csv",
        "DANH-SACH.docx",
        "DANH-SACH.pdf",
        "DANH-SACH.xlsx",
        "DOC-TRUOC.txt",
        "HO-SO.json",
        "KHOA-CONG-KHAI.pem",
        "SHA256SUMS",
        "SHA256SUMS.sig",
    ]


def test_a_stranger_can_check_every_byte(app: Flask, ranked: Outcome, tmp_path: Path) -> None:
    program = shutil.which("sha256sum")
    assert program
    with app.app_context():
        series(ranked)
        dossier = built(ranked)
        opened(dossier).extractall(tmp_path)
        assert dossier.files == sum(path.is_file() for path in tmp_path.rglob("*"))
    check = [program, "-c", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    one = next(tmp_path.rglob("*.pdf"))
    one.write_bytes(one.read_bytes()[:-1] + b"!")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_openssl_holds_the_signature_true_and_finds_a_changed_table(
    app: Flask, ranked: Outcome, tmp_path: Path
) -> None:
    """As the dossier's own page says, word for word, in the folder that was unpacked."""
    with app.app_context():
        series(ranked)
        dossier = built(ranked)
        opened(dossier).extractall(tmp_path)
        shown = Visitor(app).get(house_key.ADDRESS)
    assert shown.data == (tmp_path / house_key.KEY).read_bytes()
    page = (tmp_path / house_key.README).read_text(encoding="utf-8")
    for command in (house_key.CHECK_SUMS, house_key.CHECK_SIGNATURE, house_key.CHECK_KEY):
        assert command in page
    assert "http://127.0.0.1:8000/khoa-ho-so.pem" in page

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S602 - as people type it
            command,
            shell=True,
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
        )

    assert run(house_key.CHECK_SIGNATURE).stdout.strip() == "Signature Verified Successfully"
    assert run(house_key.CHECK_KEY).stdout.split()[0] == dossier.fingerprint
    assert str(dossier.fingerprint) in page
    sums = tmp_path / house_key.SUMS
    sums.write_bytes(sums.read_bytes().replace(b"a", b"b", 1))
    assert run(house_key.CHECK_SIGNATURE).returncode != 0


def test_the_works_are_told_in_a_form_that_is_read_back(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        series(ranked)
        with unit_of_work():
            ranked.decide()
        bundle = opened(built(ranked, letter_number="45-CV/BTGTU", letter_day=date(2023, 11, 1)))
    content = bundle.read(described.NAME)
    told = described.read(content)
    assert described.written(told) == content
    assert (told.letter, told.letter_day, len(told.works)) == ("45-CV/BTGTU", date(2023, 11, 1), 2)
    long = told.works[0]
    assert (long.code, long.category, long.medium) == ("III-IN-004", "Báo in", "print")
    assert [part.published_on for part in long.parts] == [date(2023, 3, 1), date(2023, 3, 2)]
    assert [(author.legal_name, author.pen_name) for author in long.authors] == [("Nguyễn Thị Vân", "Hà Vân, Sông Mây")]
    assert [(prize.level, prize.year) for prize in long.prizes] == [("Giải A", 2023)]
    for file in told.files:
        assert hashlib.sha256(bundle.read(file.path)).hexdigest() == file.sha256
    assert {file.part for file in long.files} == {1, 2}


def test_the_list_has_the_columns_of_the_national_award(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        series(ranked)
        with unit_of_work():
            ranked.decide()
        bundle = opened(built(ranked, letter_number="45-CV/BTGTU", letter_day=date(2023, 11, 1)))
        page = openpyxl.load_workbook(io.BytesIO(bundle.read("DANH-SACH.xlsx"))).active
        assert page is not None
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        about = bundle.read(next(name for name in bundle.namelist() if name.endswith("THONG-TIN.txt"))).decode()
    assert "Kèm theo Công văn số 45-CV/BTGTU, ngày 01/11/2023." in str(rows[0][0])
    assert rows[2] == [
        "STT",
        "Tên tác phẩm",
        "Thể loại",
        "Tác giả",
        "Cơ quan báo chí",
        "Ngày đăng, phát",
        "Mức giải đã đạt và đơn vị tổ chức",
        "Ghi chú",
    ]
    assert rows[3][:4] == [
        1,
        "Đường về bản xa, và những điều còn lại sau một mùa lũ",
        "Phóng sự (Báo in)",
        "Nguyễn Thị Vân (Hà Vân, Sông Mây)",
    ]
    assert rows[3][5:] == ["01/3/2023; 02/3/2023", f"Giải A - {ranked_name(app, ranked)}", "Loạt 2 kỳ"]
    assert "Kỳ 2: Đường về bản xa" in about


def ranked_name(app: Flask, made: Outcome) -> str:
    with app.app_context():
        return made.edition.name


def test_a_prize_not_yet_decided_is_not_declared(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        series(ranked)
        listed = opened(built(ranked)).read("DANH-SACH.csv").decode("utf-8-sig")
    assert "Giải A" not in listed


def test_a_file_that_is_not_ready_is_named(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            first = session.merge(ranked.works[0])
            attach(first, ranked.category.slots[0].id, b"%PDF-1.7", state="verifying")
            chosen(ranked, first)
        dossier = built(ranked)
        assert dossier.state == "failed"
        assert dossier.fault == "Còn 1 tệp chưa dùng được: III-IN-001 Trang báo ký tên tác giả.pdf."


def test_a_file_that_changed_in_the_store_is_found(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            first = session.merge(ranked.works[0])
            file = attach(first, ranked.category.slots[0].id, b"%PDF-1.7 ban goc")
            chosen(ranked, first)
        storage().put_small(file.key, b"%PDF-1.7 ban gia", "application/pdf")
        dossier = built(ranked)
        assert dossier.state == "failed"
        assert "khác tệp đã kiểm tra" in dossier.fault
        assert list(storage().objects(dossier.key)) == []


def test_a_file_gone_from_the_store_is_said(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            first = session.merge(ranked.works[0])
            file = attach(first, ranked.category.slots[0].id, b"%PDF-1.7")
            chosen(ranked, first)
        storage().delete(file.key)
        dossier = built(ranked)
        assert dossier.state == "failed"
        assert "không còn trong kho" in dossier.fault


def test_the_job_builds_it(app: Flask, ranked: Outcome, run_jobs: object) -> None:
    assert callable(run_jobs)
    with app.app_context(), unit_of_work():
        chosen(ranked, session.merge(ranked.works[0]))
        operations.ask_dossier(by=ranked.by(ranked.secretary), edition=ranked.edition)
    run_jobs()
    with app.app_context():
        assert session.query(Dossier).one().state == "ready"


def test_a_build_that_died_is_asked_for_again_and_given_up_at_last(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            chosen(ranked, session.merge(ranked.works[0]))
            asked = operations.ask_dossier(by=ranked.by(ranked.organiser), edition=ranked.edition)
        assert list(dossiers.still_building(now() - tasks.LEFT_ALONE)) == []
        with clock.stopped_at(now() + timedelta(minutes=11)):
            tasks.sweep()
        assert session.get_one(Dossier, asked.id).state == "building"
        with clock.stopped_at(now() + timedelta(hours=7)):
            tasks.sweep()
        assert session.get_one(Dossier, asked.id).state == "failed"
        tasks.build(dossier_id=asked.id)
        assert session.get_one(Dossier, asked.id).state == "failed"


def test_a_large_original_passes_through_in_small_pieces(app: Flask, ranked: Outcome) -> None:
    """64 MB go from the store into the store; what is held at once is a few parts of an upload."""
    megabytes = 64
    with app.app_context():
        with unit_of_work():
            first = session.merge(ranked.works[0])
            file = attach(first, ranked.category.slots[0].id, b"")
            whole = hashlib.sha256()

            def pieces() -> Iterator[bytes]:
                for number in range(megabytes):
                    piece = bytes([number]) * CHUNK
                    whole.update(piece)
                    yield piece

            storage().put_stream(file.key, pieces(), "application/pdf")
            file.size, file.sha256 = megabytes * CHUNK, whole.hexdigest()
            chosen(ranked, first)
        tracemalloc.start()
        dossier = built(ranked)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert dossier.state == "ready", dossier.fault
        assert dossier.size is not None
        assert dossier.size > megabytes * CHUNK
        assert peak < 40 * CHUNK
