"""What becomes of files where a scanner is set up, and what is said of them where none is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

import config
from award.files import tasks
from award.files.models import File
from award.files.reading import readings
from award.files.words import state_of
from tests.award.files.conftest import Sender, fresh, pdf_of
from tests.uploads.corpus import docx_with
from tests.uploads.daemon import daemon
from tests.uploads.hostile import EICAR

pytestmark = pytest.mark.usefixtures("ctx")


def words_of(file: File) -> str:
    return readings({file.id: file.name})[file.id].scan


def test_a_scanner_reads_every_byte_and_a_virus_is_refused_in_words(
    app: Flask,
    settings: config.Settings,
    sender: Sender,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, infected = pdf_of("Trang 1"), docx_with({"word/media/image1.bin": EICAR})
    with daemon() as there:
        monkeypatch.setitem(app.extensions, "settings", replace(settings, clamav=there.address))
        clean, ill = sender.stored(whole), sender.stored(infected, "bài.docx", ["docx"])
        run_jobs()
    assert sorted(there.heard) == sorted([len(whole), len(infected)])
    assert (fresh(clean).state, fresh(clean).scan) == ("ready", "clean")
    assert words_of(fresh(clean)) == "đã quét vi-rút"
    found = fresh(ill)
    assert (found.state, found.reason, found.scan) == ("rejected", "infected", "infected")
    assert "báo có vi-rút" in state_of(found).word
    assert found.facts["virus"] == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize(
    ("most", "scan", "words"),
    [
        (10, "not_scanned", "đã kiểm tra loại tệp; chưa quét vi-rút vì tệp lớn hơn mức phần mềm quét đọc được"),
        (10_000_000, "failed", "đã kiểm tra loại tệp; phần mềm quét vi-rút chưa trả lời, sẽ tự quét lại"),
    ],
)
def test_a_file_too_large_for_it_or_a_scanner_that_is_away_is_never_called_clean(
    app: Flask,
    settings: config.Settings,
    sender: Sender,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    scan: str,
    words: str,
) -> None:
    with daemon() as there:
        address = there.address
    monkeypatch.setitem(app.extensions, "settings", replace(settings, clamav=address, clamav_bytes=most))
    file = sender.stored(pdf_of("Trang 1"))
    run_jobs()
    assert (fresh(file).state, fresh(file).scan) == ("ready", scan)
    assert words_of(fresh(file)) == words


def test_what_came_while_the_scanner_was_away_is_read_once_it_is_back(
    app: Flask,
    settings: config.Settings,
    sender: Sender,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clean = sender.stored(pdf_of("Trang 1"))
    ill = sender.stored(docx_with({"word/media/image1.bin": EICAR}), "bài.docx", ["docx"])
    run_jobs()
    with daemon() as gone:
        away = replace(settings, clamav=gone.address)
    monkeypatch.setitem(app.extensions, "settings", away)
    tasks.tidy()
    run_jobs()
    assert (fresh(clean).scan, fresh(ill).state) == ("not_scanned", "ready"), "nobody is there to ask"
    with daemon() as there:
        monkeypatch.setitem(app.extensions, "settings", replace(settings, clamav=there.address))
        tasks.tidy()
        run_jobs()
        tasks.tidy()
        run_jobs()
    assert len(there.heard) == 2, "each once"
    assert (fresh(clean).state, fresh(clean).scan) == ("ready", "clean")
    found = fresh(ill)
    assert (found.state, found.reason, found.facts["virus"]) == ("rejected", "infected", "Win.Test.EICAR_HDB-1")


def test_without_a_scanner_pages_say_so(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    run_jobs()
    assert fresh(file).scan == "not_scanned"
    assert words_of(fresh(file)) == "đã kiểm tra loại tệp, chưa quét vi-rút"
