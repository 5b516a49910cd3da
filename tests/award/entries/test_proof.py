"""The copies that prove a publication: kept with time and hash, shown beside what was told of it."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Category, FileSlot
from award.entries.models import Entry, EntryFile, Part
from tests import factories
from tests.award.entries.conftest import Browser, Scene, made_file

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
