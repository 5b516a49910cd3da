"""The operator's commands: a store is tried out, what it holds is counted, what is missing is named; and the quota."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from award.clock import now, stopped_at
from award.db import Base, session, unit_of_work
from award.files import operations
from award.files.models import File, Fingerprint, Rendition, Resemblance, Shingle
from award.files.permissions import can_keep
from award.files.store import storage
from award.verdicts import Refused
from tests.award.files.conftest import MIB, Sender, fresh, pdf_of, photo
from tests.award.files.test_tasks import away
from tests.uploads import recordings
from uploads.storage import new_key

pytestmark = pytest.mark.usefixtures("ctx")


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["storage", *words])


def test_a_store_is_tried_out(app: Flask) -> None:
    outcome = run(app, "check")
    assert outcome.exit_code == 0, outcome.output
    assert outcome.output.count("\nok  ") >= 30
    assert "FAIL" not in outcome.output


def test_a_store_that_is_away_is_one_sentence(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "settings", away(app))
    for word in ("check", "report"):
        outcome = run(app, word)
        assert outcome.exit_code == 1
        assert "Error: The object store does not answer" in outcome.output


def test_the_report_counts_what_stands_and_what_is_unfinished(
    app: Flask, sender: Sender, run_jobs: Callable[[], None]
) -> None:
    sender.stored(pdf_of("Trang 1"))
    sender.begin(pdf_of("Trang 1", padding=9 * MIB))
    run_jobs()
    told = run(app, "report", "--read")
    assert told.exit_code == 0, told.output
    lines = [line.split() for line in told.output.splitlines()]
    assert ["pdf", "ready", "1"] in [words[:3] for words in lines]
    assert ["pdf", "uploading", "1"] in [words[:3] for words in lines]
    assert ["page", "made", "1"] in [words[:3] for words in lines]
    assert f"{sender.person.legal_name}: 2 files" in told.output
    assert "unfinished uploads, the oldest of" in told.output


def test_the_report_names_what_is_missing_short_or_changed(
    app: Flask, sender: Sender, run_jobs: Callable[[], None]
) -> None:
    lost, short, changed = (sender.stored(pdf_of(f"Trang {number}")) for number in (1, 2, 3))
    run_jobs()
    storage().delete(lost.key)
    storage().put_small(short.key, b"%PDF", "application/pdf")
    storage().put_small(changed.key, bytes(changed.size), "application/pdf")
    told = run(app, "report")
    assert told.exit_code == 1
    assert f"MISSING  file {lost.public_id}: is not there" in told.output
    assert f"MISSING  file {short.public_id}: has 4 bytes, not {short.size}" in told.output
    assert changed.public_id not in told.output
    told = run(app, "report", "--read")
    assert f"MISSING  file {changed.public_id}: other bytes than when it was verified" in told.output


def test_the_report_counts_strays_once_they_have_had_time_to_get_a_row(app: Flask, sender: Sender) -> None:
    sender.stored(pdf_of("Trang 1"))
    storage().put_small(new_key("strays"), b"nobody's", "text/plain")
    assert "under strays/" not in run(app, "report").output
    with stopped_at(now() + timedelta(hours=2)):
        told = run(app, "report").output
    assert "1 objects under strays/ that no file names, 8 byte" in told


def test_what_the_database_no_longer_knows_is_found_by_the_fingerprint_of_its_receipt(
    app: Flask, sender: Sender, tmp_path: Path
) -> None:
    """As after it came back as of a moment before: the row is gone, the bytes are there."""
    kept, data = sender.stored(pdf_of("Trang 1")), pdf_of("Trang 2", padding=9 * MIB)
    lost = sender.stored(data)
    with unit_of_work():
        session.delete(session.get_one(File, lost.id))
    with stopped_at(now() + timedelta(hours=2)):
        told = run(app, "unnamed", "--to", str(tmp_path)).output
    assert f"{lost.fingerprint}  " in told and lost.key in told
    assert kept.key not in told
    assert (tmp_path / lost.fingerprint).read_bytes() == data


def test_nobody_sends_more_than_the_quota(app: Flask, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf_of("Trang 1")
    limited = type(app.extensions["settings"])(**{**vars(app.extensions["settings"]), "quota_bytes": 2 * len(data)})
    monkeypatch.setitem(app.extensions, "settings", limited)
    first, second = sender.begin(data), sender.stored(data)
    with pytest.raises(Refused) as refusal:
        sender.begin(data)
    assert refusal.value.verdict.code == "file_over_quota"
    assert "không còn chỗ" in str(refusal.value.verdict.sentence)
    with unit_of_work():
        operations.discard(file=fresh(first))
    assert sender.begin(data).state == "uploading"
    assert fresh(second).state == "stored"


@pytest.mark.parametrize(("held", "allowed"), [(0, True), (90, True), (91, False), (100, False)])
def test_the_quota_is_reached_and_not_passed(held: int, allowed: bool) -> None:
    assert bool(can_keep(10, held, 100)) is allowed


WORKS = {
    "trang.pdf": lambda: pdf_of("Khi bi thu chi bo xuong ruong cung ba con nong dan gat lua", "Trang hai"),
    "anh.jpg": photo,
    "tieng.mp3": recordings.mp3,
}


@pytest.mark.parametrize("name", WORKS)
def test_erasing_takes_everything_that_was_made_along(sender: Sender, run_jobs: Callable[[], None], name: str) -> None:
    """Page images and text, photo sizes, light versions and waveforms, fingerprints, shingles and likenesses."""
    before = {found.key for found in storage().objects()}
    kinds = [name.rpartition(".")[2].replace("jpg", "jpeg")]
    twins = [sender.stored(WORKS[name](), name, kinds) for _each in range(2)]
    run_jobs()
    assert [fresh(twin).state for twin in twins] == ["ready", "ready"]
    made = {found.key for found in storage().objects()} - before
    assert len(made) >= 4, "the originals, and something that was made of each"
    assert [count(table) > 0 for table in (Rendition, Fingerprint, Resemblance)] == [True] * 3
    for twin in twins:
        with unit_of_work():
            operations.discard(file=fresh(twin))
    run_jobs()
    assert {found.key for found in storage().objects()} - before == set()
    assert [count(table) for table in (File, Rendition, Fingerprint, Shingle, Resemblance)] == [0] * 5


def count(table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
