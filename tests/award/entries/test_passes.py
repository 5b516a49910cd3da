"""Links for sending: what whoever holds one may do, for how long, and that it goes on with what the computer began."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.entries import passing, queries
from award.entries.models import Entry, EntryFile, UploadPass
from award.entries.operations import submit
from award.files.models import File
from tests import factories
from tests.award.entries.conftest import Browser, Scene
from tests.award.files.conftest import MIB, hashes_of, put
from uploads.storage import SignedPart

DATA = b"%PDF-1.7 " + bytes(range(256)) * 4
HEAVY = b"%PDF-1.7 " + bytes(8 * MIB + 1000)


class Link:
    """A draft of the scene with an empty place, and the link that opens it."""

    def __init__(self, app: Flask, scene: Scene, hours: str = "2") -> None:
        with unit_of_work():
            entry = scene.draft()
            entry.files.clear()
        self.scene, self.entry_id, self.key = scene, entry.id, entry.public_id
        self.owner, self.holder = Browser(app, scene.entrant), Browser(app)
        self.home = f"/{scene.slug}/tac-pham/{self.key}/tep"
        self.place = queries.dossier(entry.id).places[0].key
        answer = self.owner.post(f"{self.home}/duong-dan", {"place": self.place, "hours": hours})
        assert answer.status_code == 303
        self.page = answer.location
        self.opened = session.query(UploadPass).one()
        secret = app.extensions["settings"].secret_key
        self.address = f"/{scene.slug}/gui-tep/{passing.token_of(self.opened.public_id, secret)}"

    def begins(self, data: bytes = DATA, name: str = "trang 1.pdf", **more: Any) -> Any:
        said = {"name": name, "size": len(data), "part_hashes": hashes_of(data), **more}
        return self.holder.post_json(f"{self.address}/bat-dau", said)

    def begun_by_owner(self, data: bytes) -> dict[str, Any]:
        slot, _dot, part = self.place.partition(".")
        said = {"name": "trang 1.pdf", "size": len(data), "part_hashes": hashes_of(data), "slot": slot, "part": part}
        answer = self.owner.post_json(f"{self.home}/bat-dau", said)
        assert answer.status_code == 200
        body: dict[str, Any] = answer.json
        return body

    def sends(self, browser: Browser, plan: dict[str, Any], data: bytes, *numbers: int) -> None:
        answer = browser.post_json(plan["sign_url"], {"numbers": list(numbers)})
        assert answer.status_code == 200
        for part in answer.json["parts"]:
            start = (part["number"] - 1) * plan["part_size"]
            body = data[start : start + plan["part_size"]]
            assert put(SignedPart(part["number"], part["url"], part["headers"]), body) == 200


@pytest.fixture
def link(app: Flask, scene: Scene) -> Link:
    return Link(app, scene)


def files_of(entry_id: int) -> list[tuple[File, EntryFile]]:
    session.rollback()
    session.expire_all()
    found = session.query(File, EntryFile).join(EntryFile, EntryFile.file_id == File.id)
    return [tuple(row) for row in found.filter(EntryFile.entry_id == entry_id).order_by(File.id)]


def test_the_owner_sees_a_code_and_the_sentence_of_what_it_opens(link: Link) -> None:
    page = link.owner.get(link.page).text
    assert "data:image/svg+xml;base64," in page
    assert "http://127.0.0.1:8000" + link.address in page
    assert "tác phẩm “Giữ lời hứa với dân”, đến" in page
    assert "Tải tệp từ máy khác" in page
    assert "1 đường dẫn đang mở" in link.owner.get(link.home).text


def test_whoever_holds_the_link_sends_a_file_without_signing_in(link: Link) -> None:
    page = link.holder.get(link.address)
    assert page.status_code == 200
    assert "Giữ lời hứa với dân" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    plan = link.begins().json
    link.sends(link.holder, plan, DATA, 1)
    assert link.holder.post_json(plan["finish_url"], {}).json["state"] == "stored"
    ((file, held),) = files_of(link.entry_id)
    assert (file.state, file.uploader_id, held.pass_id) == ("stored", link.scene.entrant.id, link.opened.id)
    assert link.holder.get(plan["status_url"]).json["word"] == "Đã tải đủ, đang kiểm tra"
    assert "trang 1.pdf" in link.owner.get(f"{link.page}/tinh-hinh").text


def test_once_the_work_is_submitted_the_link_says_so_and_takes_no_file(link: Link) -> None:
    with unit_of_work():
        entry = session.get_one(Entry, link.entry_id)
        entry.state, entry.submitted_at, entry.code = "submitted", now(), "KH3-0001"
    page = link.holder.get(link.address).text
    assert "Tác phẩm này đã nộp, đường dẫn không nhận thêm tệp." in page
    assert 'type="file"' not in page
    assert link.begins().status_code == 403


def test_the_phone_goes_on_with_what_the_computer_began(link: Link) -> None:
    begun = link.begun_by_owner(HEAVY)
    link.sends(link.owner, begun, HEAVY, 1)
    assert "Đã có 99%" in link.owner.get(f"{link.page}/tinh-hinh").text
    plan = link.begins(HEAVY).json
    assert (plan["file_id"], plan["stored_parts"], plan["remove_url"]) == (begun["file_id"], [1], None)
    link.sends(link.holder, plan, HEAVY, 2)
    assert link.holder.post_json(plan["finish_url"], {}).json["state"] == "stored"
    assert [file.state for file, _held in files_of(link.entry_id)] == ["stored"]


def test_another_file_in_place_of_the_one_begun_is_refused_in_words(link: Link) -> None:
    begun = link.begun_by_owner(HEAVY)
    answer = link.begins(resuming=begun["file_id"])
    assert answer.status_code == 403
    assert answer.json["sentence"].startswith("Đây không phải tệp đang tải dở. Chọn đúng tệp “trang 1.pdf”")


def test_the_link_removes_what_came_by_it_and_nothing_else(link: Link) -> None:
    kept = link.begun_by_owner(HEAVY)
    sent = link.begins().json
    for key in (kept["file_id"], sent["file_id"]):
        assert link.holder.post(f"{link.address}/{key}/bo").status_code == 303
    assert [file.public_id for file, _held in files_of(link.entry_id)] == [kept["file_id"]]


def test_the_link_reads_no_file_and_no_other_page(link: Link, scene: Scene) -> None:
    plan = link.begins().json
    assert plan["preview_url"] is None
    for address in (f"/tep/{plan['file_id']}", link.page, link.home, f"/{scene.slug}/tac-pham/{link.key}"):
        assert link.holder.get(address).status_code in {302, 404}
        assert "dang-nhap" in link.holder.get(address).headers.get("Location", "dang-nhap")


def test_a_file_of_another_place_is_not_there(app: Flask, link: Link, scene: Scene) -> None:
    with unit_of_work():
        other = scene.draft(factories.person())
    (foreign,) = files_of(other.id)
    for door, send in (("ky", {"numbers": [1]}), ("xong", {})):
        assert link.holder.post_json(f"{link.address}/{foreign[0].public_id}/{door}", send).status_code == 404
    assert link.holder.get(f"{link.address}/{foreign[0].public_id}/trang-thai").status_code == 404


def over(link: Link) -> None:
    with unit_of_work():
        session.get_one(UploadPass, link.opened.id).until = now() - timedelta(seconds=1)


def taken_back(link: Link) -> None:
    assert link.owner.post(f"{link.page}/thu-lai").status_code == 303


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [(over, "Đường dẫn tải tệp này đã hết hạn"), (taken_back, "Đường dẫn tải tệp này đã được thu lại")],
)
def test_a_link_that_is_over_sends_nothing_more_and_says_so(link: Link, ends: Any, sentence: str) -> None:
    plan = link.begins(HEAVY).json
    ends(link)
    assert sentence in link.holder.get(link.address).text
    for answer in (link.begins(), link.holder.post_json(plan["sign_url"], {"numbers": [1]})):
        assert answer.status_code == 403
        assert answer.json["sentence"].startswith(sentence)
    assert link.holder.post(f"{link.address}/{plan['file_id']}/bo").status_code == 403
    assert sentence in link.owner.get(link.page).text


def test_parts_that_arrived_before_the_link_ended_are_finished(link: Link) -> None:
    plan = link.begins().json
    link.sends(link.holder, plan, DATA, 1)
    taken_back(link)
    assert link.holder.post_json(plan["finish_url"], {}).json["state"] == "stored"


@pytest.mark.parametrize(
    "forge", [lambda a: a[:-1] + ("A" if a[-1] != "A" else "B"), lambda a: a + "é", lambda a: a[:-32]]
)
def test_a_forged_link_opens_nothing(link: Link, forge: Any) -> None:
    assert link.holder.get(forge(link.address)).status_code in {404, 308}


def test_a_link_of_one_edition_opens_nothing_in_another(link: Link, scene: Scene) -> None:
    with unit_of_work():
        other = factories.edition(slug="iv-2024", ordinal=4, state="open")
    assert link.holder.get(link.address.replace(scene.slug, other.slug, 1)).status_code == 404


def test_a_link_never_outlives_the_instant_when_files_must_be_in(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        edition = scene.edition
        edition.deadline_at, edition.files_follow_minutes = now() + timedelta(hours=1), 30
    link = Link(app, scene, hours="72")
    assert abs(link.opened.until - (now() + timedelta(minutes=90))) < timedelta(minutes=2)


def test_after_submitting_only_what_is_due_goes_on(link: Link, scene: Scene) -> None:
    with unit_of_work():
        edition = scene.edition
        edition.deadline_at, edition.files_follow_minutes = now() + timedelta(hours=1), 120
    begun = link.begins(HEAVY).json
    with unit_of_work():
        entry = session.get_one(Entry, link.entry_id)
        submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    assert link.begins().status_code == 403
    plan = link.begins(HEAVY).json
    assert plan["file_id"] == begun["file_id"]
    link.sends(link.holder, plan, HEAVY, 1, 2)
    assert link.holder.post_json(plan["finish_url"], {}).json["state"] == "stored"


def test_a_link_of_a_revision_goes_on_after_it_was_submitted(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        entry = scene.submitted()
    owner = Browser(app, scene.entrant)
    home = f"/{scene.slug}/tac-pham/{entry.public_id}"
    assert owner.post(f"{home}/sua").status_code == 303
    revision = session.query(Entry).filter(Entry.revises_id == entry.id).one()
    place = queries.dossier(revision.id).places[0].key
    opened = owner.post(f"{home}/tep/duong-dan", {"place": place}).location
    with unit_of_work():
        session.get_one(Entry, revision.id).title = "Giữ trọn lời hứa với dân"
        standing = session.get_one(Entry, entry.id)
        submit(by=scene.by(), edition=scene.edition, entry=standing, arrived_at=now())
    session.expire_all()
    assert session.query(UploadPass).one().entry_id == entry.id
    assert owner.get(opened).status_code == 200
