"""The copies that prove a publication: kept with time and hash, shown beside what was told of it."""

import ast
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Category, FileSlot
from award.entries.models import Entry, EntryFile, Part
from tests import factories
from tests.award.entries.conftest import Browser, Scene, made_file

ROOT = Path(__file__).parents[3]
LINK = "https://bao.example.vn/giu-loi-hua"
AT = datetime(2023, 9, 30, 16, 52, 7, tzinfo=UTC)
SHA = "ab" * 32


def with_proof(scene: Scene, parts: int = 1, *, per_part: bool = True, state: str = "ready") -> Entry:
    """A draft whose last part has a link and a kept copy."""
    entry = scene.draft()
    category = session.get_one(Category, scene.category_id)
    slot = FileSlot(
        ordinal=2,
        code="ban-luu",
        label="Bản lưu trang đã đăng",
        kinds=["pdf"],
        max_bytes=10**6,
        at_least=0,
        per_part=per_part,
        for_judges=False,
        proof=True,
    )
    category.slots.append(slot)
    entry.parts += [
        Part(ordinal=n, title=f"Kỳ {n}", published_on=entry.parts[0].published_on) for n in range(2, parts + 1)
    ]
    entry.parts[-1].link = LINK
    session.flush()
    file = made_file(scene.entrant, state, name="ban luu.pdf", stored_at=AT, sha256=SHA)
    part_id = entry.parts[-1].id if per_part else None
    entry.files.append(EntryFile(part_id=part_id, slot_id=slot.id, file_id=file.id))
    session.flush()
    return entry


def submitted(scene: Scene, entry: Entry) -> None:
    entry.state, entry.submitted_at, entry.code = "submitted", AT, "KH3-0001"


def row_with(page: str, words: str) -> str:
    """The line of the summary that holds these words."""
    return next(row for row in page.split('<div class="summary__row') if words in row)


@pytest.mark.parametrize(("parts", "per_part"), [(1, True), (3, True), (3, False)])
def test_the_secretary_sees_the_copy_beside_the_link(app: Flask, scene: Scene, parts: int, per_part: bool) -> None:
    with unit_of_work():
        entry = with_proof(scene, parts, per_part=per_part)
        submitted(scene, entry)
        secretary = factories.person("Lê Thu Cúc")
        factories.appointment(scene.edition, secretary, "secretary")
        key, file = entry.public_id, entry.files[-1].file_id
    page = Browser(app, secretary).get(f"/{scene.slug}/kiem-tra/{key}").text
    row = row_with(page, f'href="{LINK}"')
    assert 'rel="noopener noreferrer external"' in row
    assert ">ban luu.pdf</a>" in row
    assert "Hệ thống nhận lúc 23 giờ 52 phút 07 giây, ngày 30/9/2023." in row
    assert SHA in row
    assert file


def test_a_copy_that_cannot_be_used_is_named_and_leads_nowhere(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        entry = with_proof(scene, state="rejected")
        key = entry.public_id
    row = row_with(Browser(app, scene.entrant).get(f"/{scene.slug}/tac-pham/{key}/kiem-tra").text, f'href="{LINK}"')
    assert "Tệp không dùng được." in row
    assert ">ban luu.pdf</a>" not in row


def test_a_link_that_is_no_web_address_is_never_one_to_press(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        entry = with_proof(scene)
        entry.parts[-1].link = "javascript:alert(1)"
        key = entry.public_id
    page = Browser(app, scene.entrant).get(f"/{scene.slug}/tac-pham/{key}/kiem-tra").text
    assert 'href="javascript' not in page
    assert "ban luu.pdf" in page


def test_beside_the_link_the_form_leads_to_the_place_of_the_copy(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        entry = with_proof(scene, 2)
        key, parts = entry.public_id, [part.public_id for part in entry.parts]
    page = Browser(app, scene.entrant).get(f"/{scene.slug}/tac-pham/{key}/cac-ky").text
    assert "Bản lưu trang đã đăng: chưa có tệp." in page
    assert "Bản lưu trang đã đăng: đã có 1 tệp." in page
    for part in parts:
        assert f"/tac-pham/{key}/tep#ban-luu-{part}" in page


def test_the_receipt_names_the_copy_with_its_fingerprint(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        key = with_proof(scene).public_id
    owner = Browser(app, scene.entrant)
    home = f"/{scene.slug}/tac-pham/{key}"
    assert owner.post(f"{home}/nop").status_code == 303
    assert "ban luu.pdf" in owner.get(f"{home}/bien-nhan").text


def test_nobody_in_the_house_fetches_what_a_link_names(app: Flask, scene: Scene, run_jobs: Callable[[], None]) -> None:
    """The form, the checks, the submission and its jobs, the secretary's page: none of them knocks at the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        link = f"http://127.0.0.1:{listening.getsockname()[1]}/bai-bao"
        with unit_of_work():
            entry = with_proof(scene)
            entry.parts[-1].link = link
            secretary = factories.person("Lê Thu Cúc")
            factories.appointment(scene.edition, secretary, "secretary")
            key = entry.public_id
        owner, home = Browser(app, scene.entrant), f"/{scene.slug}/tac-pham/{key}"
        for page in ("cac-ky", "tep", "kiem-tra"):
            assert owner.get(f"{home}/{page}").status_code == 200
        assert owner.post(f"{home}/nop").status_code == 303
        run_jobs()
        assert f'href="{link}"' in Browser(app, secretary).get(f"/{scene.slug}/kiem-tra/{key}").text
        with pytest.raises(BlockingIOError):
            listening.accept()


SPEAKING = {"urllib3", "urllib.request", "http.client", "minio", "smtplib", "ftplib", "socket", "requests", "httpx"}
WHO_SPEAKS = {
    "award/api/sending.py": "receivers of webhooks, set up by who may be told: open network, TLS, no redirect",
    "award/local/delivery.py": "listens on this machine for browsers that read files",
    "award/local/__main__.py": "looks whether a port is free",
    "award/local/queue.py": "looks at the first bytes of what came to the own web server",
    "award/local/web.py": "waits for the own web server",
    "award/messages/smtp.py": "letters, to the server of MAIL_URL",
    "demonstration/pictures.py": "looks whether a port is free",
    "demonstration/play.py": "waits for the own web server",
    "demonstration/season/browser.py": "lives a season over the own pages",
    "uploads/delivery.py": "between those browsers and the store of this machine",
    "uploads/local.py": "the store of this machine",
    "uploads/probe.py": "the store that is tried out",
    "uploads/probing.py": "the store that is tried out",
    "uploads/promises_of_host.py": "the store that is tried out",
    "uploads/ranges.py": "a pair of sockets between the worker and its child",
    "uploads/sandbox.py": "the same pair",
    "uploads/scan.py": "ClamAV, at CLAMAV",
    "uploads/wire.py": "the store, at S3_ENDPOINT",
}
"""Everything that opens a connection, and to whom. Who adds to it says so, and that no entrant names the other end."""


def test_whoever_could_speak_to_others_is_known_and_says_to_whom() -> None:
    found = set()
    for path in (
        path for room in ("award", "judging", "uploads", "demonstration") for path in (ROOT / room).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            else:
                continue
            if names & SPEAKING:
                found.add(str(path.relative_to(ROOT)))
    assert found == set(WHO_SPEAKS)
