"""`python3 dev.py pictures`: what every main screen of the demonstration looks like, at four widths, light and dark.

    python3 dev.py pictures [NAME…] [--language en] [--at ADDRESS] [--into FOLDER]
    python3 dev.py pictures [NAME…] --compare | --accept

Without an address a demonstration of its own is started, on data that are thrown away. Pictures come into
docs/pictures, with a page that shows them side by side; none of them is kept in git.

With --accept each screen is taken as a phone shows it in the dark and a desk in the light, some in English too, and
what they look like (`demonstration.looks`) is how they are to look from now on. With --compare they are held against
that: what differs is told, and its picture stays in the folder to be looked at.
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
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import config
from award.languages import COOKIE, LANGUAGES, OWN
from demonstration import looks
from demonstration.cast import Part
from demonstration.looks import Look, look_of
from demonstration.screens import SCREENS, Screen

WIDTHS, THEMES = (360, 768, 1280, 1920), ("light", "dark")
HELD = {OWN: ((360, "dark"), (1280, "light")), "en": ((768, "light"),)}
"""How screens are taken to be compared, by language."""
HEIGHT = 900
FOLDER = config.ROOT / "docs" / "pictures"
ACCEPTED = config.ROOT / "tests" / "demonstration" / "looks.json"
PATIENCE = 900
"""So many seconds the demonstration may take to be made whole."""
RUNS = re.compile(r"đang chạy tại (http://\S+)")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py pictures", description="Pictures of every main screen.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these screens, by the beginning of their names")
    parser.add_argument("--at", metavar="ADDRESS", help="a demonstration that runs already")
    parser.add_argument("--language", choices=LANGUAGES, default=OWN)
    parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER")
    parser.add_argument("--compare", action="store_true", help="tell what looks different than what was accepted")
    parser.add_argument("--accept", action="store_true", help="what is taken now is how it looks from now on")
    options = parser.parse_args(arguments)
    wanted = [each for each in SCREENS if not options.names or each.name.startswith(tuple(options.names))]
    options.into.mkdir(parents=True, exist_ok=True)
    with demonstration(options.at) as address, sync_playwright() as playwright:
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=root)
        try:
            _wait_until_made(browser, address)
            if options.compare or options.accept:
                faults = _hold(browser, address, wanted, options.into, accept=options.accept)
            else:
                faults = _photograph(browser, address, wanted, options.into, options.language)
        finally:
            browser.close()
    _write_index(options.into)
    sys.stdout.write("\n".join([*faults, f"{len(wanted)} màn hình, ảnh ở {options.into}", ""]))
    return 1 if faults else 0


def _photograph(browser: Browser, address: str, wanted: list[Screen], folder: Path, language: str) -> list[str]:
    """Pictures at every width, in both themes, stand in the folder; what is wrong with a screen is told."""
    views = [(width, theme) for width in WIDTHS for theme in THEMES]
    windows = Windows(browser, address, language)
    faults = []
    for screen in wanted:
        try:
            for name, picture, _look in _taken(windows, screen, views):
                (folder / f"{name}.png").write_bytes(picture)
        except NotShown as reason:
            faults.append(str(reason))
    return faults


def _hold(browser: Browser, address: str, wanted: list[Screen], folder: Path, *, accept: bool) -> list[str]:
    """Tells what looks different than what was accepted, or accepts it; its picture stands in the folder."""
    known = looks.read(ACCEPTED)
    faults = []
    for language, views in HELD.items():
        windows = Windows(browser, address, language)
        for screen in wanted:
            if language != OWN and not screen.in_english:
                continue
            held = [view for view in views if accept or f"{_name(screen, view)}-{language}" in known]
            if not held:
                continue
            try:
                for name, picture, look in _taken(windows, screen, held):
                    called = f"{name}-{language}"
                    told = looks.differences(known[called], look) if called in known else ["new"]
                    if told:
                        (folder / f"{called}.png").write_bytes(picture)
                        faults += [f"{called}: {each}" for each in told]
                    if told and accept:
                        known[called] = look
            except NotShown as reason:
                faults.append(str(reason))
            if accept:
                looks.write(ACCEPTED, known)
    if accept:
        sys.stdout.write("".join(f"{each}\n" for each in faults))
        return []
    return faults


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


class NotShown(Exception):
    """The screen cannot be seen as it should; the sentence says why."""


class Windows:
    """A window of the browser for each of the people of the demonstration, in one language, signed in once."""

    def __init__(self, browser: Browser, address: str, language: str) -> None:
        self.browser, self.address, self.language = browser, address, language
        self.pages: dict[Part | None, Page] = {}

    def of(self, part: Part | None) -> Page:
        if part not in self.pages:
            context = self.browser.new_context(
                base_url=self.address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
            )
            context.add_cookies([{"name": COOKIE, "value": self.language, "url": self.address}])
            page = self.pages[part] = context.new_page()
            if part is not None:
                page.goto("/dang-nhap")
                page.locator(f'form:has(input[value="{part.email}"]) button').click()
                page.wait_for_load_state()
        return self.pages[part]


def _name(screen: Screen, view: tuple[int, str]) -> str:
    return f"{screen.name}-{view[0]}-{view[1]}"


def _taken(windows: Windows, screen: Screen, views: Sequence[tuple[int, str]]) -> Iterator[tuple[str, bytes, Look]]:
    """The screen in each view: a name, its picture, and what it looks like."""
    page = windows.of(screen.by)
    page.set_viewport_size({"width": views[0][0], "height": HEIGHT})
    answer = page.goto(_place(page, screen), wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise NotShown(f"{screen.name}: {page.url} trả lời {answer.status if answer else 'không'}")
    for width, theme in views:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if screen.whole:  # in a window as long as the page, so that a bar that sticks to its edge stands at the end
            page.set_viewport_size({"width": width, "height": page.evaluate(_LENGTH)})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.wait_for_load_state("networkidle")
        picture = page.screenshot()
        yield _name(screen, (width, theme)), picture, look_of(page, picture)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            raise NotShown(f"{screen.name}: rộng hơn cửa sổ {width} px")


LONGEST = 16_000
"""No picture is longer: browsers draw no larger ones."""
_LENGTH = f"Math.min(Math.max(document.documentElement.scrollHeight, 600), {LONGEST})"


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
