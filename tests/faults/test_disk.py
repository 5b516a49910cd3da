"""F-11: the disk on which the database keeps what people do fills up while they work."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from award.db import session
from award.log.models import Event
from tests.award.people.conftest import member
from tests.conftest import owner_of
from tests.faults import invariants
from tests.visitor import Visitor

ROOM, BLOCK = 64 * 1024, 8 * 1024
MOST = 200


@contextmanager
def small_disk(owner: int) -> Iterator[Path]:
    """A disk of a few blocks, held in memory, which only root may put anywhere."""
    folder = Path(tempfile.mkdtemp(prefix="giai-disk-"))
    options = f"size={ROOM},mode=700,uid={owner}"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "giai", folder], capture_output=True, check=False)
    try:
        if mounted.returncode:
            pytest.skip("no disk may be mounted here")
        yield folder
    finally:
        subprocess.run(["umount", folder], capture_output=True, check=False)
        folder.rmdir()


@pytest.fixture
def ballast(app: Flask) -> Iterator[Path]:
    """The log of what people do stands on a disk that this file fills up to one block."""
    with owner_of(app).connect().execution_options(isolation_level="AUTOCOMMIT") as owner:

        def does(words: str) -> None:
            owner.exec_driver_sql(words)

        with small_disk(Path(str(owner.scalar(text("SHOW data_directory")))).stat().st_uid) as folder:
            does("VACUUM FULL event")
            does(f"CREATE TABLESPACE small LOCATION '{folder}'")
            try:
                does("ALTER TABLE event SET TABLESPACE small")
                yield _filled(folder / "ballast")
            finally:
                does("ALTER TABLE event SET TABLESPACE pg_default")
                does("DROP TABLESPACE small")
                (folder / "ballast").unlink(missing_ok=True)


def _filled(path: Path) -> Path:
    written = 0
    number = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        while True:
            written += os.write(number, bytes(BLOCK // 2))
    except OSError:
        os.ftruncate(number, written - BLOCK)
    finally:
        os.close(number)
    return path


def test_when_the_databases_disk_is_full_what_is_written_is_refused_as_a_whole_and_what_is_there_is_read(
    app: Flask, ballast: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who watches is told before: at nine tenths, of the disk on which one machine keeps everything."""
    settings = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", replace(settings, data_dir=ballast.parent))
    visitor = Visitor(app, member(app))

    def writes(name: str) -> TestResponse:
        facts = {"legal_name": "Nguyễn Thị Vân", "phone": "0905 222 333", "pen_name": name}
        return visitor.post("/tai-khoan", facts | {"newsroom": "", "form_of_address": "đồng chí"})

    def holds(name: str, deeds: int) -> bool:
        with app.app_context():
            invariants.the_log_is_whole()
            counted = session.scalar(select(func.count()).where(Event.kind == "person.edited"))
        return counted == deeds and f'value="{name}"' in visitor.get("/tai-khoan").text

    done = next(number for number in range(MOST) if writes(f"Bút danh {number}").status_code != 303)
    assert done > 0
    refused = writes("Không còn chỗ")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "120")
    assert "Hệ thống tạm dừng ít phút" in refused.text
    assert holds(f"Bút danh {done - 1}", done), "what was refused left nothing of itself"
    assert visitor.get("/readyz?tat-ca").status_code == 503
    assert "free on this disk: 0 %" in visitor.get("/readyz").text
    ballast.unlink()
    assert writes("Lại còn chỗ").status_code == 303
    assert holds("Lại còn chỗ", done + 1)
