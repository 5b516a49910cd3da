"""What becomes of files where a scanner is set up, and what is said of them where none is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

import config
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


@pytest.mark.parametrize(("most", "scan"), [(10, "not_scanned"), (10_000_000, "failed")])
def test_a_file_too_large_for_it_or_a_scanner_that_is_away_is_never_called_clean(
    app: Flask,
    settings: config.Settings,
    sender: Sender,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    scan: str,
) -> None:
    with daemon() as there:
        address = there.address
    monkeypatch.setitem(app.extensions, "settings", replace(settings, clamav=address, clamav_bytes=most))
    file = sender.stored(pdf_of("Trang 1"))
    run_jobs()
    assert (fresh(file).state, fresh(file).scan) == ("ready", scan)
    assert words_of(fresh(file)) == "đã kiểm tra loại tệp, chưa quét vi-rút"


def test_without_a_scanner_pages_say_so(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    run_jobs()
    assert fresh(file).scan == "not_scanned"
    assert words_of(fresh(file)) == "đã kiểm tra loại tệp, chưa quét vi-rút"
