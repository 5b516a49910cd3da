"""What a dossier's owner reads of its state: in human words, and never more than was told."""

from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.entries.models import Entry
from award.screening.models import Screening
from tests.award.entries.conftest import Browser, Scene


def says(app: Flask, scene: Scene, entry: Entry) -> str:
    """The word on the page of the work; the list says the same."""
    entrant = Browser(app, scene.entrant)
    words = ("Đủ điều kiện", "Không đủ điều kiện", "Đang kiểm tra", "Đã nộp</span>")
    pages = [entrant.get(f"/{scene.slug}/tac-pham{end}").text for end in ("", f"/{entry.public_id}")]
    found = [[word for word in words if f">{word}" in page] for page in pages]
    assert found[0] == found[1]
    return "; ".join(found[0]).removesuffix("</span>")


def screened(scene: Scene, entry: Entry, state: str, **fields: object) -> None:
    with unit_of_work():
        scene.edition.state = state
        standing = session.query(Screening).filter_by(entry_id=entry.id).one_or_none()
        if standing is None:
            standing = Screening(entry_id=entry.id, edition_id=scene.edition_id)
            session.add(standing)
        for name, value in fields.items():
            setattr(standing, name, value)


def test_a_decision_is_read_when_it_was_told_and_not_before(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        entry = scene.submitted()
    assert says(app, scene, entry) == "Đã nộp"
    screened(scene, entry, "screening")
    assert says(app, scene, entry) == "Đang kiểm tra"
    screened(scene, entry, "screening", decision="eligible", blind_code="III-IN-001")
    assert says(app, scene, entry) == "Đang kiểm tra"
    screened(scene, entry, "judging")
    assert says(app, scene, entry) == "Đủ điều kiện"
    screened(scene, entry, "screening", decision="ineligible")
    assert says(app, scene, entry) == "Đang kiểm tra"
    screened(scene, entry, "screening", told_at=now())
    assert says(app, scene, entry) == "Không đủ điều kiện"


def test_why_a_work_is_not_eligible_stands_above_its_receipt_once_that_was_told(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        entry = scene.submitted()
    owner, page = Browser(app, scene.entrant), f"/{scene.slug}/tac-pham/{entry.public_id}"
    why = {"decision": "ineligible", "reason": "Đăng ngoài thời gian", "clause": "khoản 2 Điều 4"}
    screened(scene, entry, "screening", **why)
    shown = owner.get(page).text
    assert "sau khi Ban Tổ chức Giải phê duyệt danh sách" in shown
    assert "Đăng ngoài thời gian" not in shown
    screened(scene, entry, "screening", told_at=now())
    shown = owner.get(page).text
    assert "Lý do: Đăng ngoài thời gian." in shown
    assert "Căn cứ: khoản 2 Điều 4 Thể lệ." in shown
    assert "Thông báo lúc" in shown
    assert "sau khi Ban Tổ chức Giải phê duyệt danh sách" not in shown
    assert shown.index("Lý do: Đăng") < shown.index("Hồ sơ đã nộp lúc")
    assert "note--ok" not in shown
