"""An edition whose results are public, with everything in it that an archive must not tell."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from award.archive import operations, queries, tasks
from award.archive.models import Archive
from award.clock import now
from award.db import session, unit_of_work
from award.files.store import prepare, storage
from award.results.operations import StandingRow, record_standing
from tests import factories
from tests.award.nominations.conftest import attach
from tests.award.results.rows import Outcome, outcome, work

PHONE, MAIL, REMARK = "0909887766", "tho-ca-mach-nuoc@example.vn", "Nhận xét kín của giám khảo"
SECRETS = (PHONE, MAIL, REMARK, "Trang báo ký tên tác giả")
"""Telephone, address, a judge's note, the name a file came under."""
UNNAMED = "Đỗ Không Nêu"


@pytest.fixture
def made(app: Flask) -> Outcome:
    """Two works with prizes and one without, one not eligible; originals of the first and the third; public."""
    with app.app_context(), unit_of_work():
        prepare()
        made = outcome()
        for entry in made.works:
            entry.authors[0].phone = PHONE
        made.works[0].owner_id = factories.person("Lê Thị Chủ Hồ sơ", email=MAIL).id
        work(made.edition, made.category, "Bài gửi muộn", decision="ineligible")
        session.refresh(made.edition, ["panels"])
        panel = next(panel for panel in made.edition.panels if panel.round_id == made.rounds[1].id)
        rows = [StandingRow(each.id, panel.id, rank, None, 3) for rank, each in enumerate(made.works, start=1)]
        record_standing(by=made.by(made.organiser), edition=made.edition, judged=made.rounds[1], rows=rows)
        slot = made.category.slots[0].id
        attach(made.works[0], slot, b"%PDF-1.7 mot")
        attach(made.works[0], slot, b"%PDF-1.7 hong", state="rejected")
        attach(made.works[2], slot, b"%PDF-1.7 ba")
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
    return made


def built(made: Outcome, audience: str, works: str, licence: str = "") -> Archive:
    """An archive asked for and built."""
    with unit_of_work():
        asked = operations.ask(
            by=made.by(made.organiser), edition=made.edition, audience=audience, works=works, licence=licence
        )
    tasks.build(archive_id=asked.id)
    session.expire_all()
    found = queries.archive(made.edition_id, asked.public_id)
    assert found is not None
    return found


def unpacked(archive: Archive, folder: Path) -> Path:
    """The folder, as somebody has it who opened the ZIP."""
    assert archive.state == "ready", archive.fault
    zipfile.ZipFile(io.BytesIO(b"".join(storage().stream(archive.key)))).extractall(folder)
    return folder
