"""One work through all seven stages, played by six people on the real pages."""

import hashlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from award.clock import VIETNAM, now
from award.dates import end_of_day
from award.db import unit_of_work
from award.editions.queries import edition_by_slug
from demonstration.pages import page as printed_page
from demonstration.works import MadeAuthor, MadePart, MadeWork
from tests.browser.actors import PASSWORD, Actor
from tests.browser.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

EDITION = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023"
TITLE = "Giữ lời hứa với dân"
CLAUSE = "khoản 2 Điều 4"


@pytest.fixture
def people(browser: Browser, live_server: str, faults: list[str], request: pytest.FixtureRequest) -> dict[str, Actor]:
    """With --long none of them has a mouse: everything is done by keyboard alone."""
    keyboard = bool(request.config.getoption("--long"))
    cast = {
        "organiser": ("Nguyễn Thanh Bình", "bantochuc@example.vn"),
        "journalist": ("Lê Hoài Giang", "tacgia@example.vn"),
        "secretary": ("Trần Thu Hiền", "thuky@example.vn"),
        "judge": ("Võ Minh Khoa", "giamkhao@example.vn"),
        "conflicted": ("Đặng Ngọc Mai", "giamkhao2@example.vn"),
        "chair": ("Phạm Quốc Vinh", "chutich@example.vn"),
    }
    return {
        role: Actor(browser, live_server, name, email, faults, by_keyboard=keyboard)
        for role, (name, email) in cast.items()
    }


def today(days: int = 0) -> str:
    return (now() + timedelta(days=days)).astimezone(VIETNAM).strftime("%d/%m/%Y")


def test_one_work_from_the_reporters_browser_to_the_national_dossier(
    app: Flask, people: dict[str, Actor], worker: Callable[[], None], tmp_path: Path, faults: list[str]
) -> None:
    set_up(app, people, worker)
    code = enter(people["journalist"], worker, tmp_path)
    screen(people["secretary"], code)
    the_deadline_passes(app)
    judge(people)
    finals(people)
    publish(people, worker, tmp_path)
    forward(people["organiser"], worker, tmp_path)
    assert [fault for fault in faults if "status of 403" not in fault] == [], "only the refusals asked for"


# 1. The organiser sets up the edition and invites the people.


def set_up(app: Flask, people: dict[str, Actor], worker: Callable[[], None]) -> None:
    organiser = people["organiser"]
    told = app.test_cli_runner().invoke(args=["create-administrator", organiser.email, organiser.name])
    link = re.search(r"http://[^/]+(/\S+)", told.output)
    assert link, told.output
    organiser.accepts(link[1])
    organiser.opens("/thiet-lap")
    organiser.fills(award_name="Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa", award_place="Khánh Hòa", name=EDITION)
    organiser.fills(ordinal="3", ordinal_words="III", year="2023", slug="iii-2023", code_prefix="KH3")
    organiser.presses("Lập bản dự thảo")
    look(organiser.page, "1-thiet-lap")

    organiser.opens("/iii-2023/lich/open_entries")
    organiser.sees("mục phải xong trước")
    general(organiser)
    entry_rules(organiser)
    categories(organiser)
    rounds(organiser)
    prizes_and_national(organiser)
    invite(people, worker)
    organiser.opens("/iii-2023/lich/open_entries")
    organiser.presses(re.compile("^Mở nhận tác phẩm$"))
    organiser.opens("/iii-2023/")
    organiser.sees("Nhận tác phẩm đến hết ngày")
    look(organiser.page, "1-trang-cua-giai")


def general(organiser: Actor) -> None:
    organiser.opens("/iii-2023/thiet-lap/thong-tin-chung")
    organiser.fills(help_name="Tổ Thư ký", help_phone="0258 000 000")
    organiser.presses("Lưu và tiếp tục")


def entry_rules(organiser: Actor) -> None:
    organiser.opens("/iii-2023/thiet-lap/the-le")
    for code in ("posted_works", "max_works_per_group", "max_works_per_newsroom", "max_group_size", "prior_prizes"):
        organiser.chooses(f"{code}-said", "unregulated")
    organiser.chooses("window-said", "value")
    organiser.fills(**{"window-first": "01/11/2022", "window-last": "30/9/2023", "window-source": CLAUSE})
    organiser.chooses("deadline-wording", "đến hết ngày")
    organiser.fills(**{"deadline-day": today(5), "deadline-source": "Điều 6"})
    for code, number in (("max_works_per_author", "3"), ("max_parts", "5")):
        organiser.chooses(f"{code}-said", "value")
        organiser.fills(**{f"{code}-number": number, f"{code}-source": "Điều 5"})
    organiser.chooses("licensed_outlet-said", "unregulated")
    organiser.chooses("newsroom_confirmation-said", "unregulated")
    organiser.chooses("counted_in_time-said", "unregulated")
    organiser.chooses("organisers_enter-said", "unregulated")
    organiser.chooses("judges_enter-said", "unregulated")
    organiser.chooses("conflict_policy-said", "value")
    organiser.chooses("conflict_policy-choice", "own_newsroom")
    organiser.chooses("changes_after_submission-yes", "yes")
    organiser.chooses("corrections-said", "unregulated")
    organiser.chooses("newsroom_choice-said", "unregulated")
    organiser.presses("Lưu và tiếp tục")


def categories(organiser: Actor) -> None:
    organiser.opens("/iii-2023/thiet-lap/loai-hinh")
    organiser.presses("Thêm Báo in")
    organiser.opens("/iii-2023/thiet-lap/loai-hinh")
    organiser.sees("Báo in")


def rounds(organiser: Actor) -> None:
    organiser.opens("/iii-2023/thiet-lap/quy-che-cham")
    page = organiser.page
    for code in ("spread_limit", "tie_rule", "quorum", "revision"):
        organiser.chooses(f"{code}-said", "unregulated")
    organiser.chooses("readings-said", "value")
    organiser.fills(**{"readings-number": "2", "readings-source": "Điều 10"})
    organiser.chooses("aggregation-said", "value")
    organiser.chooses("aggregation-choice", "mean")
    organiser.presses("Lưu và tiếp tục")
    for ordinal, blind in ((1, "yes"), (2, "no")):
        organiser.opens(f"/iii-2023/thiet-lap/vong-cham/{ordinal}")
        criteria = (("Tính phát hiện, tính chân thực", "40"), ("Thể hiện", "35"), ("Tác động xã hội", "25"))
        organiser.chooses("blind", blind)
        for number, (words, weight) in enumerate(criteria):
            if not page.locator(f'[name="criteria-{number}-name"]').count():
                organiser.presses("Thêm tiêu chí")
            organiser.fills(**{f"criteria-{number}-name": words, f"criteria-{number}-weight": weight})
        if ordinal == 1:
            organiser.fills(shortlist_size="1")
        organiser.presses("Lưu và tiếp tục")
        organiser.opens(f"/iii-2023/thiet-lap/vong-cham/{ordinal}/tieu-ban")
        if not page.locator('[name="panels-0-name"]').count():
            organiser.presses("Thêm tiểu ban")
        organiser.fills(**{"panels-0-name": "Tiểu ban Báo in" if ordinal == 1 else "Hội đồng chung khảo"})
        page.get_by_label("Báo in", exact=True).first.check()
        organiser.presses("Lưu và tiếp tục")


def prizes_and_national(organiser: Actor) -> None:
    organiser.opens("/iii-2023/thiet-lap/co-cau-giai")
    if not organiser.page.locator('[name="levels-0-name"]').count():
        organiser.presses("Thêm mức giải")
    organiser.fills(**{"levels-0-name": "Giải A", "levels-0-code": "A", "levels-0-quota": "1"})
    organiser.presses("Lưu và tiếp tục")
    organiser.opens("/iii-2023/thiet-lap/giai-trung-uong")
    organiser.fills(name="Giải Búa liềm vàng lần thứ VIII - năm 2023", window_from="01/11/2022", window_to="31/10/2023")
    organiser.presses("Lưu và tiếp tục")


def invite(people: dict[str, Actor], worker: Callable[[], None]) -> None:
    organiser = people["organiser"]
    roles = {"secretary": "secretary", "judge": "judge", "conflicted": "judge", "chair": "chair"}
    for who, role in roles.items():
        organiser.opens("/iii-2023/thiet-lap/nhan-su")
        organiser.fills(email=people[who].email, legal_name=people[who].name)
        organiser.page.locator('[name="role"]').select_option(role)
        organiser.presses("Giao vai trò")
    for who in roles:
        people[who].accepts(people[who].letter(worker, "Đường dẫn"))
        people[who].opens("/ban-lam-viec")


# 2. The journalist registers, enters the article and gets a receipt.


def enter(journalist: Actor, worker: Callable[[], None], folder: Path) -> str:
    page = journalist.page
    journalist.opens("/dang-ky")
    journalist.fills(legal_name=journalist.name, email=journalist.email, phone="0905 123 456", password=PASSWORD)
    journalist.ticks(page.locator('[name="consent"]'))
    journalist.presses("Đăng ký tài khoản")
    journalist.opens(journalist.letter(worker, "Xác nhận"))
    if page.get_by_role("button", name="Xác nhận").count():
        journalist.activates(page.get_by_role("button", name="Xác nhận").first)
    journalist.opens("/dang-nhap")
    if "/dang-nhap" in page.url:
        journalist.signs_in()
    journalist.opens("/iii-2023/tac-pham/moi")
    journalist.ticks(page.get_by_label("Báo in"))
    journalist.presses("Tiếp tục")
    tasks = page.url.removesuffix("/khai")
    journalist.opens(tasks)
    look(journalist.page, "2-danh-sach-muc")

    journalist.opens(f"{tasks}/khai")
    journalist.fills(title=TITLE, publisher="Báo Biển Xanh", byline=journalist.name)
    page.locator('[name="genre"]').select_option(index=1)
    expect(page.locator("main form")).to_contain_text(re.compile("Đã lưu lúc"))
    journalist.presses("Lưu và tiếp tục")

    journalist.opens(f"{tasks}/cac-ky")
    journalist.types(page.get_by_label(re.compile("^Ngày đăng")), "2/3/2023")
    journalist.types(page.get_by_label(re.compile("^Số báo")), "Số 1061")
    journalist.types(page.get_by_label(re.compile("^Trang")), "1")
    journalist.presses("Lưu và tiếp tục")

    journalist.opens(f"{tasks}/tac-gia")
    journalist.types(page.get_by_label(re.compile("^Cơ quan công tác")).first, "Báo Biển Xanh")
    journalist.presses("Lưu và tiếp tục")

    journalist.opens(f"{tasks}/tep")
    real = folder / "ky-1-trang-bao.pdf"
    work = made_work(journalist.name)
    real.write_bytes(printed_page(work, work.parts[0]))
    page.locator('input[type="file"]').first.set_input_files(real)
    expect(page.locator("main")).to_contain_text("đang kiểm tra", timeout=30_000)
    page.reload()
    worker()
    page.reload()
    journalist.sees("Dùng được")
    look(journalist.page, "2-tep")

    journalist.opens(f"{tasks}/cam-ket")
    journalist.chooses("no_prior_prize", "none")
    journalist.ticks(page.locator('[name="commitment"]'))
    journalist.ticks(page.locator('[name="consent"]'))
    journalist.presses("Lưu và tiếp tục")

    journalist.opens(f"{tasks}/kiem-tra")
    journalist.sees("Hồ sơ đã đủ, chưa nộp.")
    journalist.sees("Bản xem trước này là bản giám khảo xem.")
    expect(page.locator("main .reader__page")).to_have_count(1)
    look(journalist.page, "2-kiem-tra")
    journalist.presses("Nộp tác phẩm")
    journalist.sees("Đã tiếp nhận hồ sơ dự Giải")
    expect(page.locator("main")).to_contain_text(hashlib.sha256(bytes.fromhex(of_part(real))).hexdigest())
    look(journalist.page, "2-bien-nhan")
    code = re.search(r"KH3-\d{4}", page.locator("main").inner_text())
    assert code
    assert code[0] == "KH3-0001"
    return code[0]


def of_part(file: Path) -> str:
    """The hash of the only part of a small file; the receipt shows the hash over all parts' hashes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def made_work(author: str) -> MadeWork:
    paragraphs = ("Năm giờ sáng, sương còn đặc trên cánh đồng.", "Mỗi lời hứa với dân đều có người nhận.")
    part = MadePart(TITLE, (now() - timedelta(days=1000)).date(), "Số 1061, trang 1", paragraphs)
    return MadeWork(TITLE, "Dân vận khéo", "Báo Biển Xanh", (MadeAuthor(author, "", "Báo Biển Xanh"),), (part,), "")


# 3. The secretary sees the findings and decides.


def screen(secretary: Actor, code: str) -> None:
    secretary.opens("/ban-lam-viec")
    secretary.presses(re.compile("^Kiểm tra 1 hồ sơ"))
    look(secretary.page, "3-danh-sach-ho-so")
    secretary.presses(TITLE)
    secretary.sees(code)
    secretary.sees("Đạt")
    look(secretary.page, "3-kiem-tra-ho-so")
    secretary.presses(re.compile("^Đủ điều kiện"))
    secretary.opens("/iii-2023/kiem-tra")
    secretary.sees("III-IN-001")


# 4. and 5. Judges pledge and score; the conflicted one is kept out; two persons end the round.


def the_deadline_passes(app: Flask) -> None:
    """Days go by: the edition's deadline is yesterday's."""
    with app.app_context(), unit_of_work():
        edition = edition_by_slug("iii-2023")
        assert edition is not None
        assert edition.deadline_day is not None
        edition.deadline_day -= timedelta(days=6)
        edition.deadline_at = end_of_day(edition.deadline_day)


def judge(people: dict[str, Actor]) -> None:
    organiser = people["organiser"]
    organiser.opens("/iii-2023/lich/close_entries")
    organiser.presses("Kết thúc nhận tác phẩm")
    play_round(people, 1)
    chair = people["chair"]
    chair.opens("/iii-2023/vong/1/xep-hang")
    look(chair.page, "5-xep-hang")
    chair.presses("Lập danh sách vào vòng sau")
    chair.sees("Vào vòng sau")


def play_round(people: dict[str, Actor], ordinal: int) -> None:
    organiser, chair, judge_ = people["organiser"], people["chair"], people["judge"]
    for who, role in (("chair", "chair"), ("judge", "member"), ("conflicted", "member")):
        organiser.opens(f"/iii-2023/vong/{ordinal}/tieu-ban")
        organiser.picks(organiser.page.locator('select[name$="-person"]').first, people[who].name)
        organiser.page.locator('select[name$="-role"]').last.select_option(role)
        organiser.presses("Thêm vào tiểu ban")
    if ordinal == 1:  # two would do; in the last round all read anyway
        organiser.opens("/iii-2023/vong/1/phan-cong?who=all")
        organiser.presses("Lưu cách phân công")
    organiser.opens("/iii-2023/lich/open_round")
    organiser.presses(re.compile("^Bắt đầu"))
    for who in (judge_, chair):
        score(who, ordinal)
    stays_out(people["conflicted"], ordinal)
    chair.opens(f"/iii-2023/vong/{ordinal}/tien-do")
    look(chair.page, f"5-tien-do-vong-{ordinal}")
    chair.presses("Đề nghị khóa phiếu chấm")
    assert chair.page.goto(f"/iii-2023/vong/{ordinal}/xep-hang").status == 403  # type: ignore[union-attr]
    secretary = people["secretary"]
    secretary.opens(f"/iii-2023/vong/{ordinal}/tien-do")
    secretary.presses("Khóa phiếu chấm")
    chair.opens(f"/iii-2023/vong/{ordinal}/tien-do")
    chair.presses(re.compile("^Đề nghị kết thúc vòng"))
    secretary.opens(f"/iii-2023/vong/{ordinal}/tien-do")
    secretary.presses(re.compile("^Kết thúc vòng"))


def score(who: Actor, ordinal: int) -> None:
    page = who.page
    who.opens(f"/iii-2023/vong/{ordinal}/cham")
    if page.get_by_role("button", name="Tôi cam kết").count():
        look(who.page, f"4-cam-ket-vong-{ordinal}")
        who.presses("Tôi cam kết")
        who.opens(f"/iii-2023/vong/{ordinal}/cham")
    who.presses("Tác phẩm tiếp theo chưa chấm")
    who.sees("Mỗi lời hứa với dân đều có người nhận.")
    look(who.page, f"4-phieu-cham-vong-{ordinal}")
    page.set_viewport_size({"width": 1280, "height": 900})
    for field, points in zip(page.locator(".score__value").all(), ("3,5", "3", "2"), strict=True):
        who.types(field, points)
        field.blur()
    expect(page.get_by_text(re.compile("Đã lưu lúc")).first).to_be_visible(timeout=15_000)
    who.presses("Gửi phiếu chấm")
    who.sees("Đã gửi")


def stays_out(conflicted: Actor, ordinal: int) -> None:
    """In the first round the judge says so; in the next one the work is not offered at all."""
    conflicted.opens(f"/iii-2023/vong/{ordinal}/cham")
    if conflicted.page.get_by_role("button", name="Tôi cam kết").count():
        conflicted.presses("Tôi cam kết")
    queue = f"/iii-2023/vong/{ordinal}/cham"
    conflicted.opens(queue)
    if ordinal == 1:
        conflicted.presses("Tác phẩm tiếp theo chưa chấm")
        sheet = conflicted.page.url
        conflicted.presses(re.compile("^Tôi có liên quan"))
        conflicted.ticks(conflicted.page.locator('input[name="relation"]').first)
        conflicted.presses("Có liên quan, không chấm")
        refused = conflicted.page.goto(sheet)
        assert refused is not None
        assert refused.status == 403
    conflicted.opens(queue)
    conflicted.sees("Không chấm, có liên quan")


# 5. Chung khảo, and a prize within its quota.


def finals(people: dict[str, Actor]) -> None:
    play_round(people, 2)
    chair = people["chair"]
    chair.opens("/iii-2023/de-nghi-giai")
    chair.page.locator('select[name="level"]').first.select_option(index=1)
    chair.presses("Lưu")
    chair.sees("Đã đủ")
    look(chair.page, "5-de-nghi-giai")
    chair.presses("Kết thúc đề nghị giải")
    chair.presses("Kết thúc đề nghị giải")
    chair.sees("Đã kết thúc")


# 6. The organiser exports, decides and publishes at a set instant.


def publish(people: dict[str, Actor], worker: Callable[[], None], folder: Path) -> None:
    organiser = people["organiser"]
    with organiser.page.expect_download() as download:
        organiser.page.goto("/iii-2023/vong/1/xep-hang")
        organiser.activates(organiser.page.get_by_role("link", name="Tải danh sách vào vòng sau (Excel)"))
    book = folder / "danh-sach.xlsx"
    download.value.save_as(book)
    cells = [cell.value for row in load_workbook(book).active.iter_rows() for cell in row]
    assert TITLE in cells
    assert "III-IN-001" in cells
    organiser.opens("/iii-2023/lich/start_decision")
    organiser.activates(organiser.page.locator("main form button[type=submit]"))
    organiser.page.wait_for_load_state()
    organiser.opens("/iii-2023/quyet-dinh")
    organiser.fills(number="12-QĐ/BTCG", day="20/11/2023", body="Ban Tổ chức Giải", signatory="Trưởng Ban")
    organiser.presses("Xem trước khi ghi")
    organiser.sees("Ghi quyết định trao giải số 12-QĐ/BTCG, ngày 20/11/2023?")
    organiser.presses("Ghi số, ngày văn bản")
    look(organiser.page, "6-quyet-dinh")
    at = (now() + timedelta(seconds=75)).astimezone(VIETNAM)
    organiser.opens("/iii-2023/cong-bo")
    organiser.fills(day=at.strftime("%d/%m/%Y"), hour=at.strftime("%H:%M"))
    organiser.presses("Xem trước khi hẹn giờ")
    organiser.sees("Công bố kết quả lúc")
    look(organiser.page, "6-cong-bo")
    organiser.presses("Hẹn giờ công bố")
    secretary = people["secretary"]
    secretary.opens("/iii-2023/cong-bo")
    secretary.presses("Xác nhận giờ công bố")
    public = Actor(organiser.context.browser, str(organiser.base_url), "Bạn đọc", "", [])  # type: ignore[arg-type]
    public.page.goto("/iii-2023/ket-qua")
    expect(public.page.locator("body")).not_to_contain_text(TITLE)
    for _second in range(80):
        public.page.wait_for_timeout(1000)
        public.page.goto("/iii-2023/ket-qua")
        if TITLE in public.page.locator("body").inner_text():
            break
    public.sees(TITLE)
    public.sees("Giải A")
    look(public.page, "6-ket-qua")


# 7. The work goes to the national award as a verified dossier.


def forward(organiser: Actor, worker: Callable[[], None], folder: Path) -> None:
    organiser.opens("/iii-2023/gui-trung-uong")
    organiser.sees("Đạt")
    organiser.presses(re.compile("^Chọn"))
    organiser.sees("1 tác phẩm")
    look(organiser.page, "7-gui-trung-uong")
    organiser.fills(number="05-CV/BTCG", day="01/11/2023")
    organiser.presses("Lập hồ sơ gửi dự")
    worker()
    organiser.page.reload()
    organiser.sees("Đã lập")
    look(organiser.page, "7-ho-so-gui-du")
    with organiser.page.expect_download() as download:
        organiser.activates(organiser.page.locator("main").get_by_role("link", name="Tải về").first)
    archive = folder / "ho-so.zip"
    download.value.save_as(archive)
    with zipfile.ZipFile(archive) as bundle:
        names = bundle.namelist()
        bundle.extractall(folder / "ho-so")
    assert any(name.endswith(".pdf") and "III-IN-001" in name for name in names)
    check = [shutil.which("sha256sum") or "sha256sum", "-c", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder / "ho-so", check=False).returncode == 0
