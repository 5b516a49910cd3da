"""Scans sent many at once: each finds its parcel by the label on it, what shows none is put by its number."""

import io

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import select

from award.db import session
from award.files.models import File, Rendition
from award.files.store import prepare, storage
from award.intake import papers, queries, scanning
from award.intake.feature import feature
from award.intake.models import LooseScan, Parcel
from award.verdicts import Refused
from tests.award.documents.reading import printed_over
from tests.award.entries.conftest import made_file
from tests.award.intake.conftest import LEDGER, Desk

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("object_store")]
PREFIX = f"http://127.0.0.1:8000{LEDGER}/ma/"


def scan_of(desk: Desk, *keys: str) -> bytes:
    """A page with the labels of these parcels, as the house keeps it for reading."""
    with desk.at_work() as edition:
        parcels = [desk.parcel(key) for key in keys]
        drawn = papers.labels_pdf(edition, parcels, address=PREFIX.__add__)
        assert not printed_over(drawn)
    (page, *_rest) = pypdfium2.PdfDocument(drawn)
    seen = page.render(scale=1600 / max(page.get_size())).to_pil().convert("L")
    out = io.BytesIO()
    seen.rotate(1.5, fillcolor=245, resample=Image.Resampling.BICUBIC).save(out, "WEBP", quality=80)
    return out.getvalue()


def blank() -> bytes:
    out = io.BytesIO()
    Image.new("L", (1131, 1600), 250).save(out, "WEBP")
    return out.getvalue()


def waiting(desk: Desk, name: str, page: bytes, state: str = "ready") -> str:
    """A scan at the ledger whose only page looks like this."""
    with desk.at_work() as edition:
        prepare()
        file = made_file(desk.people["secretary"], state, name=name)
        key = file.key.replace("originals/", "pages/")
        storage().put_small(key, page, "image/webp")
        file.renditions.append(
            Rendition(kind="page", ordinal=1, key=key, size=len(page), content_type="image/webp", facts={})
        )
        session.add(LooseScan(edition_id=edition.id, file_id=file.id))
        return file.public_id


def scans(desk: Desk, key: str) -> list[str]:
    with desk.at_work():
        return [file.name for file in queries.scans(desk.parcel(key).id)]


def test_each_scan_finds_its_parcel_and_the_others_are_put_by_their_number(desk: Desk) -> None:
    first, second, third = (desk.registered(name) for name in ("Trần Minh", "Lê Bảo", "Võ Dũng"))
    waiting(desk, "hai.pdf", scan_of(desk, second))
    waiting(desk, "mot.pdf", scan_of(desk, first))
    waiting(desk, "ca-hai.pdf", scan_of(desk, first, second))
    blank_key = waiting(desk, "khong-nhan.pdf", blank())
    waiting(desk, "chua-xong.pdf", scan_of(desk, third), "verifying")
    visitor = desk.visitor()
    assert "theo nhãn</button>" not in visitor.get(f"{LEDGER}/ban-quet").text
    assert visitor.post(f"{LEDGER}/ban-quet/ghep").status_code == 303
    page = visitor.get(f"{LEDGER}/ban-quet").text
    assert "Đã gắn 2 bản quét: gói số 1, 2." in page
    assert "2 bản quét chưa đọc được nhãn" in page
    assert [scans(desk, key) for key in (first, second, third)] == [["mot.pdf"], ["hai.pdf"], []]
    assert "mot.pdf" in visitor.get(desk.address(first)).text

    by_hand = {"file": blank_key, "so": "KH3-TN0003"}
    assert visitor.post(f"{LEDGER}/ban-quet/ghep", {**by_hand, "so": "99"}).status_code == 303
    assert "Chưa gắn được" in visitor.get(f"{LEDGER}/ban-quet").text
    assert visitor.post(f"{LEDGER}/ban-quet/ghep", by_hand).status_code == 303
    assert scans(desk, third) == ["khong-nhan.pdf"]
    with desk.at_work():
        left = session.scalars(select(File.name).join(LooseScan, LooseScan.file_id == File.id)).all()
    assert sorted(left) == ["ca-hai.pdf", "chua-xong.pdf"]
    assert visitor.post(f"{LEDGER}/ban-quet/ghep").status_code == 303
    assert "Chưa có bản quét nào dùng được." in visitor.get(f"{LEDGER}/ban-quet").text


def test_the_label_of_another_ledger_or_a_crossed_out_line_places_nothing(desk: Desk) -> None:
    key = desk.registered("Trần Minh")
    waiting(desk, "la.pdf", scan_of(desk, key))
    with desk.at_work() as edition:
        other = PREFIX.replace("iii-2023", "iv-2024")
        assert scanning.place_by_label(by=desk.by(), edition=edition, prefix=other) == ((), 1)
    assert scans(desk, key) == []
    with desk.at_work() as edition:
        line = session.scalars(select(Parcel)).one()
        line.voided_at, line.void_reason = line.created_at, "ghi nhầm"
        _loose, file = queries.loose_scans(edition.id)[0]
        assert not scanning.place_by_hand(by=desk.by(), edition=edition, file_key=file.public_id, number=1)


def test_who_may_send_read_and_drop_what_waits(desk: Desk) -> None:
    key = waiting(desk, "cho.pdf", blank())
    with desk.at_work() as edition:
        (_loose, file) = queries.loose_scans(edition.id)[0]
        secretary, auditor, entrant = (desk.people[name].id for name in ("secretary", "auditor", "entrant"))
        assert feature.may_read_file is not None
        assert feature.may_send_file is not None
        assert feature.may_read_file(file.id, auditor)
        assert feature.may_read_file(file.id, entrant) is None
        assert feature.may_send_file(file.id, secretary)
        assert not feature.may_send_file(file.id, auditor)
        with pytest.raises(Refused):
            scanning.drop_loose(by=desk.by("auditor"), edition=edition, file_key=key)
    assert desk.visitor().post(f"{LEDGER}/ban-quet/{key}/bo").status_code == 303
    with desk.at_work() as edition:
        assert queries.loose_scans(edition.id) == []
