"""Scans of envelopes and letters when their sender is to be forgotten: one's own go, the others lose the name."""

import pytest
from sqlalchemy import select

from award.db import session
from award.files.models import File
from award.intake.models import LooseScan, Parcel, ParcelScan, ParcelWork
from award.intake.personal import erase, fates, named
from award.personal import GONE, Subject
from tests.award.entries.conftest import made_file
from tests.award.intake.conftest import Desk

pytestmark = pytest.mark.db
NAME = "Đoàn Vũ Khánh Linh"


def scan(desk: Desk, name: str, parcel: str = "") -> None:
    with desk.at_work() as edition:
        file = made_file(desk.people["secretary"], name=name)
        loose = LooseScan(edition_id=edition.id, file_id=file.id)
        session.add(ParcelScan(parcel_id=desk.parcel(parcel).id, file_id=file.id) if parcel else loose)


def test_scans_of_ones_own_letters_go_and_those_of_others_lose_the_name(desk: Desk) -> None:
    own, shared, empty = desk.registered(NAME), desk.registered("Trần Hữu Phước"), desk.registered("Lê Bảo")
    for parcel in (own, shared, empty, ""):
        scan(desk, f"{parcel or 'loose'} {NAME}.pdf", parcel)
    with desk.at_work():
        mine, other = desk.scene.draft(), desk.scene.draft(desk.people["outsider"])
        for parcel, entry in ((own, mine), (shared, mine), (shared, other)):
            session.add(ParcelWork(parcel_id=desk.parcel(parcel).id, entry_id=entry.id))
    with desk.at_work():
        subject = Subject(desk.people["entrant"].id, words=(NAME,))
        assert [(fate.what, bool(fate.stays)) for fate in fates(subject)] == [
            ("Bản quét bì, thư gửi kèm tác phẩm của người này", False),
            ("Bản quét bì, thư gửi chung tác phẩm của nhiều người", True),
            ("Bản quét chưa gắn với gói hồ sơ", True),
        ]
        erase(subject)
    with desk.at_work():
        scanned = select(Parcel.public_id, File.name).select_from(ParcelScan).join(Parcel).join(File)
        left = session.execute(scanned).tuples().all()
        assert sorted(left) == sorted([(shared, GONE), (empty, GONE)])
        assert session.scalars(select(File.name).select_from(LooseScan).join(File)).all() == [GONE]


def test_a_sender_without_an_account_is_offered_and_once_matched_is_forgotten(desk: Desk) -> None:
    """Even where another bears the name, so that it is looked for in no text."""
    key, _other = desk.registered(NAME), desk.registered("Lê Bảo")
    scan(desk, "bi.pdf", key)
    with desk.at_work():
        (found,) = named(["doan vu khanh linh"])
        assert (found.table, found.name) == ("parcel", NAME)
        assert "gói hồ sơ số 1" in found.about
        erase(Subject(0, {"parcel": frozenset({found.number})}))
    with desk.at_work():
        senders = session.execute(select(Parcel.sender, Parcel.sender_folded).order_by(Parcel.number)).tuples().all()
        assert senders == [(GONE, "[da xoa]"), ("Lê Bảo", "le bao")]
        assert session.scalars(select(ParcelScan)).all() == []
