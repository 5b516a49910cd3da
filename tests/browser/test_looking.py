"""What the form tells of a file before it is sent, in Chromium: length, size of the picture, whether it plays here."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
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
from tests.award.files.conftest import pdf_of, photo
from tests.uploads import corpus, recordings
from tests.uploads.corpus import png_of

pytestmark = [pytest.mark.browser, pytest.mark.db]
KINDS = ["pdf", "jpeg", "png", "mp3", "mp4", "mov", "mkv"]
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


def repacked(data: bytes, **options: Any) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        return corpus.saved(document, **options)


def grown(data: bytes) -> bytes:
    """The same document saved once more behind itself, with a page tree that counts two pages."""
    tree = re.search(rb"(\d+) 0 obj\s*<<[^>]*/Type /Pages[^>]*>>", data)
    root = re.search(rb"/Root (\d+ 0 R)", data)
    assert tree
    assert root
    words = tree[0].replace(b"/Count 1", b"/Count 2")
    assert words != tree[0]
    return data + words + b"\nendobj\ntrailer << /Root " + root[1] + b" >>\nstartxref\n0\n%%EOF\n"


def extended(data: bytes) -> bytes:
    """The same with a second page tree behind it, under an index of its own that names the former one."""
    root, former = re.search(rb"/Root (\d+) 0 R", data), data.rfind(b"startxref")
    assert root
    before = data[former:].split()[1]
    pages, at = b"9000 0 obj\n<< /Type /Pages /Count 2 /Kids [] >>\nendobj\n", len(data) + 1
    catalog = root[1] + b" 0 obj\n<< /Type /Catalog /Pages 9000 0 R >>\nendobj\n"
    table = b"xref\n%d 1\n%010d 00000 n \n9000 1\n%010d 00000 n \n" % (int(root[1]), at + len(pages), at)
    end = b"trailer << /Root %s 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        root[1],
        before,
        at + len(pages + catalog),
    )
    return data + b"\n" + pages + catalog + table + end


PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
PDFS = {
    "plain": lambda: corpus.pdf(pages=3),
    "packed": lambda: repacked(corpus.pdf(pages=3), **PACKED),
    "for the web": lambda: repacked(corpus.pdf(pages=3), linearize=True),
    "packed for the web": lambda: repacked(corpus.pdf(pages=3), linearize=True, **PACKED),
}


BY_INDEX = 0  # so large a file is read whole: none


@pytest.mark.parametrize("how", PDFS)
@pytest.mark.parametrize("whole", [None, BY_INDEX])
def test_the_pages_of_a_pdf_are_counted(form: Page, how: str, whole: int | None, faults: list[str]) -> None:
    assert read_pdf(form, PDFS[how](), whole) == {"pages": 3, "locked": False, "active": False}
    assert faults == []


def test_the_last_of_several_versions_counts(form: Page) -> None:
    assert read_pdf(form, grown(corpus.pdf()))["pages"] == 2


@pytest.mark.parametrize("options", [{}, PACKED])
def test_the_last_of_several_versions_counts_by_the_index_too(form: Page, options: dict[str, Any]) -> None:
    assert read_pdf(form, extended(repacked(corpus.pdf(), **options)), BY_INDEX)["pages"] == 2


def test_a_locked_pdf_is_known_by_its_index(form: Page) -> None:
    assert read_pdf(form, corpus.encrypted_pdf("secret"), BY_INDEX) == {"pages": None, "locked": True, "active": False}


def test_the_pages_of_a_pdf_too_large_to_be_read_whole_are_told(form: Page, tmp_path: Path, faults: list[str]) -> None:
    chosen(form, tmp_path, "quyen.pdf", pdf_of("Mot", "Hai", "Ba", padding=34 * 1024 * 1024))
    expect(form.locator(".upload__facts")).to_contain_text("3 trang, 35,7 MB", timeout=PATIENT)
    expect(form.locator(".upload .state")).to_contain_text("Đã tải đủ", timeout=PATIENT)
    assert faults == []


@pytest.mark.parametrize("options", [{}, PACKED])
def test_a_pdf_that_may_act_is_told_and_sent_all_the_same(form: Page, tmp_path: Path, options: dict[str, Any]) -> None:
    chosen(form, tmp_path, "bai.pdf", repacked(corpus.pdf(change=corpus.with_script), **options))
    expect(form.locator(".upload__found")).to_contain_text("Trong tệp có thể có mã lệnh", timeout=PATIENT)
    expect(form.locator(".upload .state")).to_contain_text("Đã tải đủ", timeout=PATIENT)


def test_a_locked_pdf_is_not_sent(form: Page, tmp_path: Path) -> None:
    sent: list[str] = []
    form.on("request", lambda request: sent.append(request.method))
    chosen(form, tmp_path, "bai.pdf", corpus.encrypted_pdf("secret"))
    expect(form.locator(".upload .state")).to_contain_text("Tệp có mật khẩu.", timeout=PATIENT)
    assert "PUT" not in sent


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"%PDF-1.7 1 0 obj << /Type /ObjStm /N 1 /First 5 /Length 3 /FlateDecode >> stream\nabc"]
)
def test_what_is_no_whole_pdf_is_only_not_told_of(form: Page, data: bytes) -> None:
    assert read_pdf(form, data) == {"pages": None, "locked": False, "active": False}


def read_pdf(page: Page, data: bytes, whole: int | None = None) -> dict[str, Any]:
    """What the page finds in it; `whole` is how large a file it reads whole."""
    found: dict[str, Any] = page.evaluate(
        """async ([bytes, whole]) => {
          const { readPdf } = await import("/static/scripts/uploader-pdf.js");
          return readPdf(new File([new Uint8Array(bytes)], "bai.pdf"), whole ?? undefined);
        }""",
        [list(data), whole],
    )
    return found


def test_the_limit_of_a_kind_holds_where_the_place_would_take_more(form: Page, tmp_path: Path) -> None:
    """The place takes a gigabyte, a photo 50 MiB wherever it stands."""
    chosen(form, tmp_path, "anh.jpg", b"\xff\xd8\xff" + bytes(50 * 1024 * 1024))
    expect(form.locator(".upload .state")).to_contain_text(
        "Tệp 52.428.803 byte, lớn hơn mức 52.428.800 byte.", timeout=PATIENT
    )


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
