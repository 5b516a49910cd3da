"""What the form tells of a file before it is sent, in Chromium: length, size of the picture, whether it plays here."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import FileSlot
from award.entries.models import Entry, Part
from award.people.models import Person
from demonstration import media
from tests import factories
from tests.award.files.conftest import photo
from tests.uploads import recordings
from tests.uploads.corpus import png_of

pytestmark = [pytest.mark.browser, pytest.mark.db]
KINDS = ["jpeg", "png", "mp3", "mp4", "mov", "mkv"]
PATIENT = 60_000


@pytest.fixture
def form(app: Flask, page: Page, sign_in: Callable[[Page, Person], None]) -> Page:
    """The page of files of a draft that takes every kind."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        category = factories.category(edition)
        category.slots = [
            FileSlot(
                ordinal=1, code="tep", label="Tệp dự Giải", kinds=KINDS, max_bytes=10**9, at_most=20, per_part=True
            )
        ]
        owner = factories.person()
        entry = Entry(
            edition_id=edition.id, category_id=category.id, owner_id=owner.id, title="Giữ lời", changed_at=now()
        )
        entry.parts = [Part(ordinal=1, title="Kỳ 1")]
        session.add(entry)
        session.flush()
        address = f"/{edition.slug}/tac-pham/{entry.public_id}/tep"
    with app.app_context():
        sign_in(page, session.merge(owner))
    page.goto(address)
    return page


def chosen(page: Page, folder: Path, name: str, data: bytes) -> None:
    file = folder / name
    file.write_bytes(data)
    page.set_input_files('input[type="file"]', file)


TOLD = [
    ("tieng.mp3", lambda: media.recording("Giữ lời hứa với dân", 8), "8 giây, "),
    ("phim.mp4", lambda: media.film("Giữ lời hứa với dân", 8), "8 giây, 640 × 360, "),
    ("anh.jpg", lambda: media.photograph("Giữ lời hứa với dân", 2), "1200 × 1800, "),
]


@pytest.mark.parametrize(("name", "data", "facts"), TOLD)
def test_length_and_size_are_told(
    form: Page, tmp_path: Path, name: str, data: Callable[[], bytes], facts: str, faults: list[str]
) -> None:
    told = form.evaluate_handle("""() => {
      const told = [];
      const facts = () => document.querySelectorAll('.upload__facts');
      const tell = () => { for (const each of facts()) told.push(each.textContent); };
      new MutationObserver(tell)
        .observe(document.querySelector('.uploads'), { childList: true, subtree: true, characterData: true });
      return told;
    }""")
    chosen(form, tmp_path, name, data())
    expect(form.locator(".upload .state")).to_contain_text("Đã tải đủ", timeout=PATIENT)
    assert any(words.startswith(facts) for words in told.json_value())
    expect(form.locator(".upload__found")).to_have_count(0)
    assert faults == []


WARNED = [
    ("anh.jpg", lambda: photo(640, 480), "Ảnh nhỏ (640 × 480)"),
    (
        "phim.mov",
        lambda: recordings.mov(video="prores_ks", pixels="yuv422p10le", audio="pcm_s16le"),
        "không phát được tệp",
    ),
    ("phim.mkv", lambda: recordings.mkv(video="mpeg2video"), "không phát được tệp"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), WARNED)
def test_what_is_doubtful_is_told_and_sent_all_the_same(
    form: Page, tmp_path: Path, name: str, data: Callable[[], bytes], sentence: str
) -> None:
    chosen(form, tmp_path, name, data())
    expect(form.locator(".upload__found")).to_contain_text(sentence, timeout=PATIENT)
    expect(form.locator(".upload .state")).to_contain_text("Đã tải đủ", timeout=PATIENT)


def test_a_picture_nobody_can_open_is_not_sent(form: Page, tmp_path: Path) -> None:
    sent: list[str] = []
    form.on("request", lambda request: sent.append(request.method))
    chosen(form, tmp_path, "anh.png", png_of(9000, 7000))
    expect(form.locator(".upload .state")).to_contain_text("Ảnh lớn hơn 60 triệu điểm ảnh.", timeout=PATIENT)
    assert "PUT" not in sent


def test_the_verdict_and_the_light_version_are_followed_in_words(
    form: Page, tmp_path: Path, worker: Callable[[], None]
) -> None:
    chosen(form, tmp_path, "phim.mov", recordings.mov())
    row = form.locator(".upload")
    expect(row.locator(".state")).to_contain_text("Đã tải đủ, đang kiểm tra", timeout=PATIENT)
    worker()
    expect(row.locator(".state")).to_contain_text("Dùng được", timeout=PATIENT)
    expect(row.locator(".upload__facts")).to_have_text("Video MOV, 3 giây, 160 × 90, 32,5 KB", timeout=PATIENT)
    expect(row.locator(".upload__kind img")).to_be_visible(timeout=PATIENT)
