"""An edition whose results are public, with everything in it that an archive must not tell."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from award.archive import operations, queries, tasks
from award.archive.models import Archive
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Panel
from award.files.store import prepare, storage
from award.payments.models import BankAccount
from award.people.models import Consent, ConsentText
from award.results.models import Result
from award.results.operations import StandingRow, record_standing
from judging.panels.models import Assignment, Seat
from judging.scoring.models import ScoreSheet
from tests import factories
from tests.award.nominations.conftest import attach
from tests.award.results.rows import Outcome, outcome, work

PHONE, MAIL, REMARK = "0909887766", "tho-ca-mach-nuoc@example.vn", "Nhận xét kín của giám khảo"
ACCOUNT = "9704229900112233"
SECRETS = (PHONE, MAIL, REMARK, ACCOUNT, "Trang báo ký tên tác giả")
"""Telephone, address, a judge's note, a bank account, the name a file came under."""


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
        _judged(made, panel)
        made.decide()
        _to_be_paid(made)
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
    return made


def _judged(made: Outcome, panel: Panel) -> None:
    """A sheet that was finished, with a note that is its judge's own."""
    judge = factories.person("Hoàng Giám Khảo")
    seat = Seat(round_id=panel.round_id, panel_id=panel.id, person_id=judge.id, pledged_at=now())
    session.add(seat)
    session.flush()
    dealt = Assignment(round_id=panel.round_id, seat_id=seat.id, entry_id=made.works[0].id, ordinal=1)
    session.add(dealt)
    session.flush()
    session.add(ScoreSheet(assignment_id=dealt.id, state="finished", finished_at=now(), changed_at=now(), note=REMARK))


def _to_be_paid(made: Outcome) -> None:
    """Where the money of the first prize goes."""
    text = ConsentText(purpose="bank", version=1, words="Đồng ý", since=now())
    author = made.works[0].authors[0]
    prize = session.scalars(select(Result).where(Result.entry_id == made.works[0].id)).one()
    session.add(text)
    session.flush()
    agreed = Consent(person_id=made.works[0].owner_id, text_id=text.id, given_at=now())
    session.add(agreed)
    session.flush()
    told = BankAccount(result_id=prize.id, authorship_id=author.id, person_id=agreed.person_id, consent_id=agreed.id)
    told.holder, told.number, told.bank, told.told_at = "LE THI CHU", ACCOUNT, "Ngân hàng", now()
    session.add(told)
    session.flush()


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
