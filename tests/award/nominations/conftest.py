"""A round that was ranked, with originals in the store, and somebody to choose from it."""

import hashlib
import io
import secrets
import zipfile

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.entries.models import Entry, EntryFile
from award.files.models import File
from award.files.store import prepare, storage
from award.nominations import dossiers, operations, tasks
from award.nominations.models import Dossier
from award.results.operations import StandingRow, record_standing
from tests import factories
from tests.award.results.rows import Outcome, outcome


def attach(entry: Entry, slot_id: int, content: bytes, *, part: int | None = 1, state: str = "ready") -> File:
    """An original of the entry that stands in the store."""
    file = File(
        uploader_id=entry.owner_id,
        key=f"originals/{secrets.token_hex(12)}",
        upload_id=None,
        name="Trang báo ký tên tác giả.pdf",
        kind="pdf",
        content_type="application/pdf",
        size=len(content),
        part_size=8 * 1024 * 1024,
        part_hashes=["0" * 64],
        fingerprint="0" * 64,
        state=state,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    storage().put_small(file.key, content, file.content_type)
    session.add(file)
    session.flush()
    part_id = entry.parts[part - 1].id if part else None
    entry.files.append(EntryFile(part_id=part_id, slot_id=slot_id, file_id=file.id))
    session.flush()
    return file


@pytest.fixture
def ranked(app: Flask) -> Outcome:
    """Three works with a place in the last round, the council's proposals handed down, a national edition."""
    with app.app_context(), unit_of_work():
        prepare()
        made = outcome()
        session.refresh(made.edition, ["panels"])
        panel = next(panel for panel in made.edition.panels if panel.round_id == made.rounds[1].id)
        rows = [StandingRow(work.id, panel.id, rank, None, 3) for rank, work in enumerate(made.works, start=1)]
        record_standing(by=made.by(made.organiser), edition=made.edition, judged=made.rounds[1], rows=rows)
        factories.national_edition(made.edition, quota=2)
    return made


def chosen(made: Outcome, *works: Entry) -> None:
    """The works are on the list, in this order."""
    for work in works:
        operations.choose(by=made.by(made.organiser), edition=made.edition, entry=work)


def built(made: Outcome, **letter: object) -> Dossier:
    """A dossier asked for and built."""
    with unit_of_work():
        asked = operations.ask_dossier(by=made.by(made.organiser), edition=made.edition, **letter)  # type: ignore[arg-type]
    tasks.build(dossier_id=asked.id)
    session.expire_all()
    found = dossiers.dossier(made.edition_id, asked.public_id)
    assert found is not None
    return found


def opened(dossier: Dossier) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(storage().stream(dossier.key))))
