"""A work of any kind entered on the real pages: what its form asks for, its files, the check page, the receipt."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from award import dates
from demonstration.media import web_address
from tests.browser.actors import Actor
from tests.browser.kinds.made import Kind, Sent
from tests.browser.looking import look

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def enters(who: Actor, kind: Kind, worker: Callable[[], None], folder: Path) -> str:
    """The work stands submitted; gives the code on its receipt."""
    page = who.page
    page.set_viewport_size(PHONE if kind.phone else DESK)  # type: ignore[arg-type]
    tasks = _begins(who, kind)
    _tells_of_the_work(who, kind)
    _tells_where_it_appeared(who, kind, tasks)
    _names_its_author(who, kind, tasks)
    _sends_its_files(who, kind, tasks, worker, folder)
    if kind.medium == "photo":
        _writes_captions(who, kind, tasks)
    _declares(who, tasks)
    return _submits(who, kind, tasks)


def _begins(who: Actor, kind: Kind) -> str:
    who.opens("/vi-2026/tac-pham/moi")
    who.page.get_by_label(kind.category, exact=True).check()
    who.presses("Tiếp tục")
    return who.page.url.removesuffix("/khai")


def _tells_of_the_work(who: Actor, kind: Kind) -> None:
    work = kind.work
    who.fills(title=work.title, publisher=work.organ, byline=kind.author.legal_name, summary=work.summary)
    who.page.locator('[name="genre"]').select_option(index=1)
    _saved(who.page)
    if kind.medium == "print":  # the same for all
        look(who.page, "1-khai")
    who.presses("Lưu và tiếp tục")


def _tells_where_it_appeared(who: Actor, kind: Kind, tasks: str) -> None:
    page = who.page
    who.opens(f"{tasks}/cac-ky")
    for number in range(2, len(kind.work.parts) + 1):
        who.presses("Thêm một kỳ")
        expect(page.locator('[name$="-published_on"]')).to_have_count(number)
    for number, part in enumerate(kind.work.parts):
        _nth(page, "title", number).fill(part.title)
        _nth(page, "published_on", number).fill(dates.day(part.published_on))
        for name, value in kind.where:
            _nth(page, name, number).fill(value)
        if kind.medium == "online":
            _nth(page, "link", number).fill(web_address(kind.work, part))
    _saved(page)
    look(page, f"{kind.medium}-2-cac-ky")
    who.presses("Lưu và tiếp tục")


def _names_its_author(who: Actor, kind: Kind, tasks: str) -> None:
    who.opens(f"{tasks}/tac-gia")
    _nth(who.page, "employer", 0).fill("Báo Biển Xanh")
    _nth(who.page, "role", 0).fill("tác giả chính")
    _nth(who.page, "phone", 0).fill("0905 123 456")
    _saved(who.page)
    if kind.medium == "print":
        look(who.page, "2-tac-gia")
    who.presses("Lưu và tiếp tục")


def _sends_its_files(who: Actor, kind: Kind, tasks: str, worker: Callable[[], None], folder: Path) -> None:
    """Every file to its place, then the verdicts: each row says by itself what became of its file."""
    page = who.page
    who.opens(f"{tasks}/tep")
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    places: dict[tuple[str, int], list[Sent]] = {}
    for sent in kind.files:
        places.setdefault((sent.label, sent.part), []).append(sent)
    for (label, number), files in places.items():
        place = page.locator("[data-uploader]", has_text=label).nth(number - 1)
        place.locator('input[type="file"]').set_input_files([_written(folder, kind, each) for each in files])
        expect(place.locator(".upload")).to_have_count(len(files))
    expect(page.locator(".upload", has_text="đang kiểm tra")).to_have_count(len(kind.files), timeout=60_000)
    worker()
    expect(page.locator(".upload", has_text="Dùng được")).to_have_count(len(kind.files), timeout=60_000)
    page.reload()
    look(page, f"{kind.medium}-3-tep")


def _writes_captions(who: Actor, kind: Kind, tasks: str) -> None:
    who.opens(f"{tasks}/chu-thich")
    for number, words in enumerate(kind.captions()):
        _nth(who.page, "caption", number).fill(words)
    _saved(who.page)
    look(who.page, "photo-4-chu-thich")
    who.presses("Lưu và tiếp tục")


def _declares(who: Actor, tasks: str) -> None:
    who.opens(f"{tasks}/cam-ket")
    who.chooses("no_prior_prize", "none")
    for name in ("commitment", "consent"):
        who.page.locator(f'[name="{name}"]').check()
    who.presses("Lưu và tiếp tục")


def _submits(who: Actor, kind: Kind, tasks: str) -> str:
    page = who.page
    who.opens(tasks)
    if kind.medium == "print":
        look(page, "5-danh-muc")
    who.opens(f"{tasks}/kiem-tra")
    who.sees("Hồ sơ đã đủ, chưa nộp.")
    for _name, value in kind.where:
        who.sees("19 giờ 45" if value == "19:45" else value)
    look(page, f"{kind.medium}-6-kiem-tra")
    who.presses("Nộp tác phẩm")
    who.sees("Đã tiếp nhận hồ sơ dự Giải")
    for sent in kind.files:
        who.sees(sent.name)
    look(page, f"{kind.medium}-7-bien-nhan")
    code = re.search(r"KH6-\d{4}", page.locator("main").inner_text())
    assert code
    return code[0]


def _nth(page: Page, field: str, number: int) -> Locator:
    """The field of that name in the row with this number, from 0."""
    return page.locator(f'[name$="-{field}"]').nth(number)


def _written(folder: Path, kind: Kind, sent: Sent) -> Path:
    path = folder / f"{kind.medium}-{sent.name}"
    path.write_bytes(sent.content)
    return path


def _saved(page: Page) -> None:
    """Returns once the page says of itself that the server has what was typed."""
    line = page.locator("[data-saved]")
    expect(line).to_have_attribute("data-kind", "")
    expect(line).to_contain_text("Đã lưu lúc")
