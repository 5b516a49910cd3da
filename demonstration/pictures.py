"""`python3 dev.py pictures`: what every main screen of the demonstration looks like, at three widths, light and dark.

    python3 dev.py pictures [NAME…] [--language en] [--at ADDRESS] [--into FOLDER]

Without an address a demonstration of its own is started, on data that are thrown away. Pictures come into
docs/pictures, with a page that shows them side by side; none of them is kept in git.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import config
from award.languages import COOKIE, LANGUAGES, OWN
from demonstration import cast
from demonstration.cast import Part

WIDTHS, THEMES = (360, 768, 1280), ("light", "dark")
HEIGHT = 900
FOLDER = config.ROOT / "docs" / "pictures"
PATIENCE = 900
"""So many seconds the demonstration may take to be made whole."""
RUNS = re.compile(r"đang chạy tại (http://\S+)")
OPEN, JUDGED, PAST = "/vi-2026", "/v-2025", "/iii-2023"


@dataclass(frozen=True)
class Screen:
    """A page as somebody sees it. With `follow` it is where the first link of `address` that matches leads."""

    name: str
    address: str
    by: Part | None = None
    follow: str = ""
    then: str = ""
    """What is added to the address that was followed."""
    whole: bool = True
    """The whole length of the page, and not what a window shows of it."""


SCREENS = (
    Screen("front-open", f"{OPEN}/"),
    Screen("front-archived", f"{PAST}/"),
    Screen("editions", "/cac-lan"),
    Screen("rules", f"{OPEN}/the-le"),
    Screen("may-enter", f"{OPEN}/duoc-du-khong"),
    Screen("proof", f"{PAST}/kiem-chung"),
    Screen("results", f"{PAST}/ket-qua"),
    Screen("prize", f"{PAST}/ket-qua", follow=rf"{PAST}/ket-qua/\w{{12}}"),
    Screen("statistics-public", f"{PAST}/thong-ke"),
    Screen("earlier-works", f"{PAST}/cac-lan-truoc"),
    Screen("sign-in", "/dang-nhap"),
    Screen("register", "/dang-ky"),
    Screen("start-over", "/minh-hoa/lam-lai"),
    Screen("forgotten", "/quen-mat-khau"),
    Screen("letters", "/hop-thu"),
    Screen("entrant-desk", "/ban-lam-viec", cast.AUTHOR),
    Screen("entrant-works", f"{OPEN}/tac-pham", cast.AUTHOR),
    Screen("entrant-new", f"{OPEN}/tac-pham/moi", cast.AUTHOR),
    Screen("entrant-tasks", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}"),
    Screen("entrant-work", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/khai"),
    Screen("entrant-authors", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/tac-gia"),
    Screen("entrant-files", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/tep"),
    Screen("entrant-check", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/kiem-tra"),
    Screen("entrant-receipt", f"{OPEN}/tac-pham", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/bien-nhan"),
    Screen("account", "/tai-khoan", cast.AUTHOR),
    Screen("own-data", "/tai-khoan/du-lieu", cast.AUTHOR),
    Screen("own-data-seen", "/tai-khoan/du-lieu/xem", cast.AUTHOR),
    Screen("own-data-erasing", "/tai-khoan/du-lieu/xoa", cast.AUTHOR),
    Screen("newsroom-desk", "/ban-lam-viec", cast.PRESS),
    Screen("newsroom-works", f"{OPEN}/toa-soan", cast.PRESS, follow=rf"{OPEN}/toa-soan/\w{{12}}"),
    Screen("newsroom-attesting", f"{OPEN}/toa-soan", cast.PRESS, follow=rf"{OPEN}/toa-soan/\w{{12}}", then="/xac-nhan"),
    Screen("newsroom-list", f"{OPEN}/toa-soan", cast.PRESS, follow=rf"{OPEN}/toa-soan/\w{{12}}", then="/nap"),
    Screen(
        "newsroom-signed", f"{OPEN}/toa-soan", cast.PRESS, follow=rf"{OPEN}/toa-soan/\w{{12}}", then="/danh-sach-ky"
    ),
    Screen("newsrooms", f"{OPEN}/toa-soan", cast.SECRETARY),
    Screen("secretary-desk", "/ban-lam-viec", cast.SECRETARY),
    Screen("intake", f"{OPEN}/tiep-nhan", cast.SECRETARY),
    Screen("intake-register", f"{OPEN}/tiep-nhan/ghi", cast.SECRETARY),
    Screen("intake-parcel", f"{OPEN}/tiep-nhan", cast.SECRETARY, follow=rf"{OPEN}/tiep-nhan/\w{{12}}"),
    Screen("intake-things", f"{OPEN}/tiep-nhan/hien-vat", cast.SECRETARY),
    Screen("intake-list", f"{OPEN}/tiep-nhan/nap", cast.SECRETARY),
    Screen("intake-scans", f"{OPEN}/tiep-nhan/ban-quet", cast.SECRETARY),
    Screen("screening-queue", f"{OPEN}/kiem-tra", cast.SECRETARY),
    Screen("screening-work", f"{OPEN}/kiem-tra", cast.SECRETARY, follow=rf"{OPEN}/kiem-tra/\w{{12}}"),
    Screen("ineligible", f"{PAST}/khong-du-dieu-kien", cast.SECRETARY),
    Screen("own-deadlines", f"{OPEN}/thoi-han-rieng", cast.SECRETARY),
    Screen("earlier-works-list", f"{OPEN}/cac-lan-truoc/nap", cast.SECRETARY),
    Screen("staff-data", f"{OPEN}/du-lieu-ca-nhan", cast.SECRETARY),
    Screen("mail", f"{OPEN}/thu", cast.SECRETARY),
    Screen("mail-many", f"{OPEN}/thu/gui/drafts", cast.SECRETARY),
    Screen("mail-words", f"{OPEN}/thu/mau/receipt", cast.SECRETARY),
    Screen("mail-chat", f"{OPEN}/thu/tin-nhan", cast.SECRETARY),
    Screen("dates", f"{OPEN}/lich", cast.SECRETARY),
    Screen("panels", f"{JUDGED}/vong/1/tieu-ban", cast.SECRETARY),
    Screen("dealing", f"{JUDGED}/vong/1/phan-cong", cast.SECRETARY),
    Screen("progress", f"{JUDGED}/vong/1/tien-do", cast.CHAIR),
    Screen("judge-desk", "/ban-lam-viec", cast.JUDGE),
    Screen("judge-dates", "/tai-khoan/lich", cast.JUDGE),
    Screen("judge-list", f"{JUDGED}/vong/1/cham", cast.JUDGE),
    Screen("judge-pledge", f"{JUDGED}/vong/1/cam-ket", cast.KEPT_FROM),
    Screen("judge-print", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-IN-", whole=False),
    Screen("judge-online", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-ĐT-", whole=False),
    Screen("judge-radio", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-PT-", whole=False),
    Screen("judge-television", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-TH-", whole=False),
    Screen("judge-photo", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-ẢNH-", whole=False),
    Screen("examination", f"{PAST}/vong/1/doi-chieu", cast.AUDITOR),
    Screen("review", f"{PAST}/vong/1/ra-soat", cast.CHAIR),
    Screen("ranking", f"{PAST}/vong/1/xep-hang", cast.CHAIR),
    Screen("ranking-final", f"{PAST}/vong/2/xep-hang", cast.CHAIR),
    Screen("council", f"{PAST}/de-nghi-giai", cast.CHAIR),
    Screen("sittings", f"{PAST}/phien-hop", cast.CHAIR),
    Screen("organiser-desk", "/ban-lam-viec", cast.ORGANISER),
    Screen("setup", f"{OPEN}/thiet-lap", cast.ORGANISER),
    Screen("setup-about", f"{OPEN}/thiet-lap/thong-tin-chung", cast.ORGANISER),
    Screen("setup-clauses", f"{OPEN}/thiet-lap/the-le", cast.ORGANISER),
    Screen("setup-judging", f"{OPEN}/thiet-lap/quy-che-cham", cast.ORGANISER),
    Screen("setup-prizes", f"{OPEN}/thiet-lap/co-cau-giai", cast.ORGANISER),
    Screen("setup-people", f"{OPEN}/thiet-lap/nhan-su", cast.ORGANISER),
    Screen("setup-national", f"{OPEN}/thiet-lap/giai-trung-uong", cast.ORGANISER),
    Screen("setup-amendments", f"{OPEN}/thiet-lap/sua-doi", cast.ORGANISER),
    Screen("amendment-clauses", f"{OPEN}/thiet-lap/sua-doi/the-le", cast.ORGANISER),
    Screen("amendment-prizes", f"{OPEN}/thiet-lap/sua-doi/co-cau-giai", cast.ORGANISER),
    Screen("setup-previews", f"{OPEN}/thiet-lap/xem-truoc", cast.ORGANISER),
    Screen("setup-trial", f"{OPEN}/thiet-lap/chay-thu", cast.ORGANISER),
    Screen("extension", f"{OPEN}/gia-han", cast.ORGANISER),
    Screen("setup-categories", f"{OPEN}/thiet-lap/loai-hinh", cast.ORGANISER),
    Screen("setup-rounds", f"{OPEN}/thiet-lap/vong-cham", cast.ORGANISER),
    Screen("setup-topics", f"{OPEN}/thiet-lap/noi-dung", cast.ORGANISER),
    Screen("setup-organs", f"{OPEN}/thiet-lap/co-quan", cast.ORGANISER),
    Screen("setup-papers", f"{OPEN}/thiet-lap/van-ban", cast.ORGANISER),
    Screen("decision", f"{PAST}/quyet-dinh", cast.ORGANISER),
    Screen("issued", f"{PAST}/van-ban"),
    Screen("publication", f"{PAST}/cong-bo", cast.ORGANISER),
    Screen("national", f"{PAST}/gui-trung-uong", cast.ORGANISER),
    Screen("national-news", f"{PAST}/gui-trung-uong/tin", cast.ORGANISER),
    Screen("dossiers-arrived", f"{OPEN}/ho-so-gui-den", cast.ORGANISER),
    Screen("statistics", f"{PAST}/thong-ke", cast.ORGANISER),
    Screen("statistics-open", f"{OPEN}/thong-ke", cast.ORGANISER),
    Screen("auditor-desk", "/ban-lam-viec", cast.AUDITOR),
    Screen("administrator-desk", "/ban-lam-viec", cast.ADMINISTRATOR),
    Screen("store", "/kho-tep", cast.ADMINISTRATOR),
    Screen("new-edition", "/thiet-lap", cast.ADMINISTRATOR),
)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py pictures", description="Pictures of every main screen.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these screens, by the beginning of their names")
    parser.add_argument("--at", metavar="ADDRESS", help="a demonstration that runs already")
    parser.add_argument("--language", choices=LANGUAGES, default=OWN)
    parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER")
    options = parser.parse_args(arguments)
    wanted = [each for each in SCREENS if not options.names or each.name.startswith(tuple(options.names))]
    options.into.mkdir(parents=True, exist_ok=True)
    with demonstration(options.at) as address, sync_playwright() as playwright:
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        try:
            _wait_until_made(browser, address)
            faults = [
                fault for each in wanted for fault in _take(browser, address, each, options.into, options.language)
            ]
        finally:
            browser.close()
    _write_index(options.into)
    sys.stdout.write("\n".join([*faults, f"{len(wanted)} màn hình, ảnh ở {options.into}", ""]))
    return 1 if faults else 0


@contextmanager
def demonstration(address: str | None) -> Iterator[str]:
    """The address of a demonstration: the given one, or one that lives until the end of the block."""
    if address:
        yield address
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="giai-pictures-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # where this is root the database runs as somebody else
        environment = {**os.environ, "DATA_DIR": f"{folder}/var", "DEMONSTRATION": "1"}
        command = [sys.executable, "-m", "award.local", "--port", str(port)]
        running = subprocess.Popen(command, cwd=config.ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert running.stdout is not None
            said = running.stdout.readline()
            found = RUNS.search(said)
            if found is None:
                raise SystemExit(said + running.stdout.read())
            yield found[1]
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait()


def _wait_until_made(browser: Browser, address: str) -> None:
    """The sign-in page no longer says that something is being made."""
    page = browser.new_page(base_url=address)
    deadline = time.monotonic() + PATIENCE
    while page.goto("/dang-nhap") and page.locator("[data-still-made]").count():
        if time.monotonic() > deadline:
            raise SystemExit("Bản minh họa chưa dựng xong. / The demonstration was not made whole in time.")
        time.sleep(2)
    page.close()


def _take(browser: Browser, address: str, screen: Screen, folder: Path, language: str = OWN) -> Iterator[str]:
    """The pictures of the screen stand in the folder; tells what is wrong with it."""
    context = browser.new_context(base_url=address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.add_cookies([{"name": COOKIE, "value": language, "url": address}])
    page = context.new_page()
    try:
        if screen.by is not None:
            page.goto("/dang-nhap")
            page.locator(f'form:has(input[value="{screen.by.email}"]) button').click()
            page.wait_for_load_state()
        answer = page.goto(_place(page, screen))
        if answer is None or answer.status != 200:
            yield f"{screen.name}: {page.url} trả lời {answer.status if answer else 'không'}"
            return
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if screen.whole:  # in a window as long as the page, so that a bar that sticks to its edge stands at the end
                page.set_viewport_size({"width": width, "height": page.evaluate(_LENGTH)})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{screen.name}-{width}-{theme}.png")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                yield f"{screen.name}: rộng hơn cửa sổ {width} px"
    finally:
        context.close()


_LENGTH = "Math.max(document.documentElement.scrollHeight, 600)"


def _place(page: Page, screen: Screen) -> str:
    """The address of the screen; of a work, the first whose link or its words match."""
    if not screen.follow:
        return screen.address
    page.goto(screen.address)
    links: list[list[str]] = page.eval_on_selector_all(
        "main a[href]",
        "links => links.map(link => [link.getAttribute('href'), (link.closest('tr, li') ?? link).innerText])",
    )
    matching = (href for href, words in links if re.fullmatch(screen.follow, href) or screen.follow in words)
    return next(matching, "/khong-co") + screen.then


def _write_index(folder: Path) -> None:
    """A page that shows all pictures in the folder, screen by screen."""
    rows = []
    for screen in SCREENS:
        pictures = sorted(folder.glob(f"{screen.name}-[0-9]*.png"), key=lambda path: (len(path.name), path.name))
        shown = "".join(f'<a href="{p.name}"><img src="{p.name}" alt="{p.stem}" loading="lazy"></a>' for p in pictures)
        if shown:
            rows.append(f"<h2>{escape(screen.name)}</h2><p>{shown}</p>")
    style = "body{font:16px sans-serif;margin:2rem}img{height:320px;border:1px solid #999;margin:0 8px 8px 0}"
    text = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>Ảnh màn hình</title><style>{style}</style>'
    (folder / "index.html").write_text(text + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
