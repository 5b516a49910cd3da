"""The uploader in Chromium, against the real doors and the real store; the page that owns the files is made here."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask, jsonify, render_template_string
from playwright.sync_api import Page, Request, Route, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from award import db, jobs
from award.db import session, unit_of_work
from award.doors import found
from award.files import forms, operations, queries
from award.files.answers import upload_answer
from award.files.models import File
from award.files.store import storage
from award.people.models import Person
from award.people.signin import sign_in_required, signed_in
from config import Settings
from tests import factories
from tests.award.files.conftest import MIB, pdf_of, photo
from uploads import protocol
from uploads.kinds import BY_CODE, DOSSIER, KINDS
from wsgi import create_app

pytestmark = [pytest.mark.browser, pytest.mark.db]

PATIENT = 60_000  # milliseconds: for a machine that does many other things

PAGE = """
{% extends "layout.html" %}
{% from "files/uploader.html" import uploader, upload_words %}
{% block title %}Tệp{% endblock %}
{% block main %}
  <h1>Tệp</h1>
  {{ uploader("trang", "Bản quét trang báo", "/thu/bat-dau", ["pdf", "jpeg"], 60000000, at_most=3, files=files,
              remove_urls=remove_urls) }}
  {{ upload_words() }}
{% endblock %}
{% block scripts %}<script type="module" src="{{ static("scripts/uploader.js") }}"></script>{% endblock %}
"""

KEEP_WHAT_IS_TOLD = """state => {
  const told = [];
  new MutationObserver(() => told.push(state.textContent.trim())).observe(state, { childList: true, subtree: true });
  return told;
}"""

trial = Blueprint("trial", __name__, url_prefix="/thu")


def own_files() -> list[File]:
    return list(session.scalars(select(File).where(File.uploader_id == signed_in().id).order_by(File.id)))


@trial.get("/")
@sign_in_required
def owner() -> str:
    files = own_files()
    urls = {file.id: f"/thu/bo/{file.public_id}" for file in files}
    return render_template_string(PAGE, files=files, remove_urls=urls)


@trial.post("/bat-dau")
@sign_in_required
def begin() -> Any:
    with unit_of_work():
        file = operations.begin_or_resume(
            uploader=signed_in(),
            kinds=["pdf", "jpeg"],
            max_bytes=60_000_000,
            place=[each.id for each in own_files()],
            **forms.declared(),
        )
    return jsonify(upload_answer(file) | {"remove_url": f"/thu/bo/{file.public_id}"})


@trial.post("/bo/<file_id>")
@sign_in_required
def remove(file_id: str) -> Any:
    with unit_of_work():
        operations.discard(file=found(queries.sent_by(signed_in().id, file_id)))
    return "", 204


@pytest.fixture(scope="module")
def house(house: Flask, settings: Settings) -> Iterator[Flask]:
    """The house with one more room, the owner of the files."""
    larger = create_app(settings)
    larger.register_blueprint(trial)
    yield larger
    db._sessions.configure(bind=house.extensions["engine"])
    jobs.install(house)


@pytest.fixture(scope="module")
def served(house: Flask) -> Iterator[str]:
    """The address of this house, which no other process has."""
    server = make_server("127.0.0.1", 0, house, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def worker(run_jobs: Callable[[], None]) -> Callable[[], None]:
    """`worker()` does every job that is due, beside the loop the browser is driven by."""

    def work() -> None:
        thread = threading.Thread(target=run_jobs)
        thread.start()
        thread.join()

    return work


@pytest.fixture
def person(app: Flask) -> Person:
    with app.app_context(), unit_of_work():
        return factories.person()


@pytest.fixture
def owner_page(page: Page, person: Person, sign_in: Callable[[Page, Person], None]) -> Page:
    sign_in(page, person)
    page.goto("/thu/")
    return page


@pytest.fixture
def heavy(tmp_path: Path) -> Path:
    """A PDF of 20 MB: three parts."""
    file = tmp_path / "bản quét trang 1.pdf"
    file.write_bytes(pdf_of("Khi bi thu chi bo xuong ruong", "Trang hai", padding=20_000_000))
    return file


@pytest.fixture
def two_parts(tmp_path: Path) -> Path:
    """A PDF of one whole part and a small one. Requests a test may hold back pass through it, so they are kept few."""
    file = tmp_path / "bản quét trang 2.pdf"
    file.write_bytes(pdf_of("Khi bi thu chi bo xuong ruong", padding=8 * MIB + 100_000))
    return file


def written(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def choose(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(list(files))


def row(page: Page, name: str) -> Any:
    return page.locator(".upload:visible").filter(has_text=name)


def all_files(app: Flask) -> list[File]:
    with app.app_context():
        return list(session.scalars(select(File).order_by(File.id)))


def hang(route: Route) -> None:
    """The request gets no answer, as on a connection that is about to break."""


def sent_parts(page: Page) -> list[int]:
    """Fills up with the numbers of the parts the page sends to the store."""
    numbers: list[int] = []

    def note(request: Request) -> None:
        number = re.search(r"[?&]partNumber=(\d+)", request.url)
        if request.method == "PUT" and number:
            numbers.append(int(number[1]))

    page.on("request", note)
    return numbers


def test_a_large_pdf_goes_up_and_gets_its_verdict(
    owner_page: Page, app: Flask, heavy: Path, worker: Callable[[], None], faults: list[str]
) -> None:
    through_the_app = []
    owner_page.on(
        "request",
        lambda request: (
            through_the_app.append(len(request.post_data_buffer or b""))
            if request.url.startswith(owner_page.url[:22]) and request.method == "POST"
            else None
        ),
    )
    choose(owner_page, heavy)
    expect(row(owner_page, heavy.name)).to_contain_text("Đã tải đủ, đang kiểm tra", timeout=PATIENT)
    worker()
    expect(row(owner_page, heavy.name)).to_contain_text("Dùng được", timeout=PATIENT)
    expect(row(owner_page, heavy.name)).to_contain_text("PDF, 2 trang, 20 MB")
    preview = row(owner_page, heavy.name).locator("img")
    expect(preview).to_have_js_property("complete", True)
    assert preview.evaluate("image => image.naturalWidth") > 1000
    (file,) = all_files(app)
    with app.app_context():
        assert b"".join(storage().stream(file.key)) == heavy.read_bytes()
    assert sum(through_the_app) < heavy.stat().st_size / 100
    assert faults == []


def test_several_files_at_once_each_in_its_row(
    owner_page: Page, app: Flask, tmp_path: Path, worker: Callable[[], None]
) -> None:
    choose(
        owner_page,
        written(tmp_path, "mot.pdf", pdf_of("Mot")),
        written(tmp_path, "hai.jpg", photo()),
        written(tmp_path, "ba.pdf", b"%PDF-1.7 cut short"),
    )
    for name in ("mot.pdf", "hai.jpg", "ba.pdf"):
        expect(row(owner_page, name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    worker()
    expect(row(owner_page, "mot.pdf")).to_contain_text("Dùng được", timeout=PATIENT)
    expect(row(owner_page, "hai.jpg")).to_contain_text("Dùng được", timeout=PATIENT)
    expect(row(owner_page, "ba.pdf")).to_contain_text("Không dùng được: tệp bị thiếu hoặc hỏng", timeout=PATIENT)


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(
    owner_page: Page, app: Flask, two_parts: Path, worker: Callable[[], None]
) -> None:
    last = re.compile(r"[?&]partNumber=2(&|$)")
    owner_page.route(last, hang)
    numbers = sent_parts(owner_page)
    choose(owner_page, two_parts)
    expect(row(owner_page, two_parts.name)).to_contain_text("Đang tải lên 98%", timeout=PATIENT)
    assert 1 in numbers

    owner_page.on("dialog", lambda dialog: dialog.accept())
    owner_page.reload()
    owner_page.unroute(last)
    expect(row(owner_page, two_parts.name)).to_contain_text("Chờ tải lên")
    numbers.clear()
    with owner_page.expect_file_chooser() as chooser:
        owner_page.get_by_role("button", name="Chọn tệp để tải tiếp").click()
    chooser.value.set_files(two_parts)
    expect(row(owner_page, two_parts.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    assert numbers == [2]
    expect(owner_page.locator(".upload")).to_have_count(1)
    worker()
    expect(row(owner_page, two_parts.name)).to_contain_text("Dùng được", timeout=PATIENT)
    assert len(all_files(app)) == 1


def test_another_file_does_not_go_on_with_the_upload(
    owner_page: Page, app: Flask, person: Person, tmp_path: Path
) -> None:
    data = pdf_of("Trang 1")
    with app.app_context(), unit_of_work():
        operations.begin(
            uploader=person,
            name="trang 1.pdf",
            size=len(data),
            part_hashes=["0" * 64],
            kinds=["pdf"],
            max_bytes=MIB,
        )
    owner_page.reload()
    with owner_page.expect_file_chooser() as chooser:
        owner_page.get_by_role("button", name="Chọn tệp để tải tiếp").click()
    chooser.value.set_files(written(tmp_path, "trang 2.pdf", pdf_of("Trang 2")))
    wrong = row(owner_page, "trang 2.pdf")
    expect(wrong).to_contain_text("Đây không phải tệp đang tải dở. Chọn đúng tệp “trang 1.pdf”", timeout=PATIENT)
    assert len(all_files(app)) == 1


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("trang.exe", b"MZ", "Loại tệp này không dùng được ở đây. Nhận: PDF, Ảnh JPEG."),
        ("trang", b"%PDF-", "Loại tệp này không dùng được ở đây."),
        ("trang.pdf", b"", "Tệp rỗng, không có nội dung."),
        ("trang.pdf", b"\xff\xd8\xff\xe0", "Nội dung không đúng loại ghi ở tên tệp."),
        ("trang.pdf", b"%PDF-" + bytes(60_000_000), "Tệp 60.000.005 byte, lớn hơn mức 60.000.000 byte."),
    ],
)
def test_what_cannot_come_in_is_told_before_anything_is_sent(
    owner_page: Page, app: Flask, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    choose(owner_page, written(tmp_path, name, data))
    expect(row(owner_page, name)).to_contain_text(sentence)
    assert all_files(app) == []


def test_no_more_files_than_the_place_takes(owner_page: Page, tmp_path: Path) -> None:
    choose(owner_page, *(written(tmp_path, f"{number}.pdf", pdf_of(f"Trang {number}")) for number in range(4)))
    expect(owner_page.get_by_text("Chỗ này nhận nhiều nhất 3 tệp.")).to_have_count(1, timeout=PATIENT)
    expect(owner_page.get_by_text("Đã tải đủ, đang kiểm tra")).to_have_count(3, timeout=PATIENT)


def test_pausing_going_on_and_removing(owner_page: Page, app: Flask, two_parts: Path) -> None:
    anything = re.compile(r"[?&]partNumber=")
    owner_page.route(anything, hang)
    choose(owner_page, two_parts)
    button = row(owner_page, two_parts.name).get_by_role("button", name="Tạm dừng")
    expect(button).to_be_visible(timeout=PATIENT)
    state = row(owner_page, two_parts.name).locator(".state")
    told = state.evaluate_handle(KEEP_WHAT_IS_TOLD)
    button.click()
    expect(state).to_have_text("Tạm dừng")
    assert "Mất mạng, sẽ tự nối lại" not in told.json_value(), "a pause is no lost connection"
    owner_page.unroute(anything)
    row(owner_page, two_parts.name).get_by_role("button", name="Tải tiếp").click()
    expect(row(owner_page, two_parts.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    row(owner_page, two_parts.name).get_by_role("button", name="Bỏ tệp").click()
    expect(owner_page.locator(".upload")).to_have_count(0)
    assert all_files(app) == []


@pytest.mark.parametrize("fault", [0, 400, 403, 503])
def test_a_part_that_did_not_arrive_is_sent_again(owner_page: Page, two_parts: Path, fault: int) -> None:
    def once(route: Route) -> None:
        if fault:
            route.fulfill(status=fault, headers={"Access-Control-Allow-Origin": "*"})
        else:
            route.abort("connectionreset")

    numbers = sent_parts(owner_page)
    owner_page.route(re.compile(r"[?&]partNumber=2(&|$)"), once, times=1)
    choose(owner_page, two_parts)
    expect(row(owner_page, two_parts.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    assert sorted(numbers) == [1, 2, 2]


def test_a_file_that_changes_on_the_way_is_not_sent_on(owner_page: Page, app: Flask, two_parts: Path) -> None:
    parts = re.compile(r"[?&]partNumber=")
    owner_page.route(parts, hang)
    choose(owner_page, two_parts)
    row(owner_page, two_parts.name).get_by_role("button", name="Tạm dừng").click(timeout=PATIENT)
    expect(row(owner_page, two_parts.name).locator(".state")).to_have_text("Tạm dừng")
    owner_page.unroute(parts)
    two_parts.write_bytes(pdf_of("Trang khac", padding=8 * MIB + 200_000))
    row(owner_page, two_parts.name).get_by_role("button", name="Tải tiếp").click()
    changed = "Tệp đã thay đổi hoặc không còn trên máy. Đề nghị chọn lại tệp."
    expect(row(owner_page, two_parts.name)).to_contain_text(changed, timeout=PATIENT)
    assert [file.state for file in all_files(app)] == ["uploading"]


def test_without_a_network_the_row_says_so_and_goes_on_by_itself(owner_page: Page, two_parts: Path) -> None:
    anything = re.compile(r"[?&]partNumber=")
    owner_page.route(anything, lambda route: route.abort("internetdisconnected"))
    owner_page.context.set_offline(True)
    choose(owner_page, two_parts)
    expect(row(owner_page, two_parts.name)).to_contain_text("Mất mạng, sẽ tự nối lại", timeout=PATIENT)
    owner_page.unroute(anything)
    owner_page.context.set_offline(False)
    expect(row(owner_page, two_parts.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)


def test_an_upload_the_store_forgot_begins_anew(owner_page: Page, app: Flask, two_parts: Path) -> None:
    gone = []

    def forget(route: Any) -> None:
        if not gone:
            (file,) = all_files(app)
            with app.app_context():
                storage().abort(file.key, file.upload_id or "")
            gone.append(file.key)
        route.continue_()

    owner_page.route(re.compile(r"[?&]partNumber=2(&|$)"), forget)
    choose(owner_page, two_parts)
    expect(row(owner_page, two_parts.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    (file,) = all_files(app)
    assert file.key not in gone
    assert file.state == "stored"


def test_leaving_while_a_file_goes_up_asks_first(owner_page: Page, two_parts: Path) -> None:
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    owner_page.on("dialog", stay)
    owner_page.locator("h1").click()  # a page nobody has touched may be left without a word
    owner_page.route(re.compile(r"[?&]partNumber="), hang)
    choose(owner_page, two_parts)
    expect(row(owner_page, two_parts.name)).to_contain_text("Đang tải lên", timeout=PATIENT)
    owner_page.close(run_before_unload=True)
    expect(row(owner_page, two_parts.name)).to_contain_text("Đang tải lên")
    assert asked == ["beforeunload"]


def test_somebody_signed_out_is_told_what_was_kept(owner_page: Page, tmp_path: Path) -> None:
    owner_page.context.clear_cookies()
    choose(owner_page, written(tmp_path, "a.pdf", pdf_of("Trang 1")))
    expect(row(owner_page, "a.pdf")).to_contain_text("Trang đã mở quá lâu hoặc đã đăng xuất.")


def test_browser_and_server_cut_a_file_alike_and_know_the_same_kinds(owner_page: Page) -> None:
    sizes = [1, 8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 40_000 * MIB, 40_000 * MIB + 1, 40_001 * MIB, 10**11, 2 * 10**13]
    address = owner_page.locator('script[src*="uploader.js"]').get_attribute("src")
    cut, endings = owner_page.evaluate(
        """async ([address, sizes]) => {
          const { kinds } = await import(address);
          const { partSize } = await import("/static/scripts/uploader-sending.js");
          const endings = Object.entries(kinds).map(([code, [endings]]) => [code, endings]);
          return [sizes.map(partSize), Object.fromEntries(endings)];
        }""",
        [address, sizes],
    )
    assert cut == [protocol.plan(size).part_size for size in sizes]
    assert endings == {kind.code: list(kind.endings) for kind in (*KINDS, DOSSIER)}
    assert set(endings) == set(BY_CODE)
