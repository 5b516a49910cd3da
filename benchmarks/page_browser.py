"""What a browser gets and a person feels, in Chromium on a slow phone. Parts of `bench pages`."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks.page_figures import Measured, plain
from benchmarks.page_house import Ground, House, Line
from tests.browser.conftest import QUIET
from tests.budget.test_hot_lists import public, screening, told_apart
from tests.budget.test_scoring import long_list

PHONE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
"""150 ms there and back, 1.6 Mbit/s."""
SLOWER = 4
LOADS = 5
WORKS = 500
KB = 1024
TEXT_AND_FONTS = {"public": (150, 12, 20, 1.2), "panel": (250, 20, 60, 1.8)}
"""Of a kind of page: kilobytes, requests, kilobytes of scripts, seconds until the largest thing is there."""
# A pointer that rests over a page that comes in is no act: only events of an interaction count, as they do in INP.
WATCH = """
window.felt = {lcp: 0, cls: 0, inp: 0};
new PerformanceObserver((l) => { for (const e of l.getEntries()) felt.lcp = e.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) felt.cls += e.value; })
  .observe({type: "layout-shift", buffered: true});
const acted = (e) => { if (e.interactionId) felt.inp = Math.max(felt.inp, e.duration); };
new PerformanceObserver((l) => { for (const e of l.getEntries()) acted(e); })
  .observe({type: "event", durationThreshold: 16, buffered: true});
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        made = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=[*QUIET, *root])
        yield made
        made.close()


@contextmanager
def pages_of(on: Ground, name: str) -> Iterator[list[tuple[str, str, House, Line, str]]]:
    """(name, kind, house, who asks, address) of the pages that are looked at."""
    kept: list[Any] = []

    def judged(app: Flask) -> None:
        of, sheet = long_list(app, WORKS)
        told_apart(app)
        kept.extend([of.judges[0], sheet])

    def results(app: Flask) -> None:
        public(app, WORKS)

    def queue(app: Flask) -> None:
        kept.append(screening(app, WORKS))
        told_apart(app)

    with on.house(f"{name} results", results) as shown, on.house(f"{name} queue", queue) as listed:
        with on.house(f"{name} panel", judged) as panel:
            secretary, judge, sheet = kept
            bench = panel.line(judge)
            yield [
                ("public results", "public", shown, shown.line(), "/iii-2023/ket-qua"),
                ("the queue", "panel", listed, listed.line(secretary), "/iii-2023/kiem-tra"),
                ("a judge's list", "panel", panel, bench, "/iii-2023/vong/1/cham"),
                ("one sheet", "panel", panel, bench, sheet),
            ]


def weighed(on: Ground, _turns: int) -> Iterator[Measured]:
    """Bytes on the wire, requests, scripts, fonts and elements of a first visit."""
    with chromium() as browser, pages_of(on, "weight") as looked_at:
        for name, kind, house, line, address in looked_at:
            page = _opened(browser, house, line)
            got = _counted(page)
            page.goto(address, wait_until="networkidle")
            most, requests, scripts, _lcp = TEXT_AND_FONTS[kind]
            nodes = page.evaluate("document.querySelectorAll('*').length")
            yield plain(f"B-13 {name}", sum(got["all"]) / KB, unit="KB", most=most)
            yield plain(f"B-13 {name}: requests", len(got["all"]), unit="requests", most=requests)
            yield plain(f"B-13 {name}: scripts", sum(got["Script"]) / KB, unit="KB", most=scripts)
            yield plain(f"B-13 {name}: fonts", sum(got["Font"]) / KB, unit="KB", most=70)
            yield plain(f"B-13 {name}: elements", nodes, unit="elements", most=1500)
            page.context.close()


def felt(on: Ground, _turns: int) -> Iterator[Measured]:
    """On a slow phone with an empty cache: when the largest thing is there, what moved, how soon a mark shows."""
    with chromium() as browser, pages_of(on, "felt") as looked_at:
        for name, kind, house, line, address in looked_at:
            seen = [_visited(browser, house, line, address) for _load in range(LOADS)]
            for what, unit, most in (
                ("lcp", "seconds", TEXT_AND_FONTS[kind][3]),
                ("cls", "shift", 0.02),
                ("inp", "seconds", 0.1),
            ):
                value = median(each[what] for each in seen) / (1000 if unit == "seconds" else 1)
                worst = max(each[what] for each in seen) / (1000 if unit == "seconds" else 1)
                yield plain(f"B-12 {name}: {what}", value, unit=unit, most=most, worst=round(worst, 4))


def idle(on: Ground, _turns: int) -> Iterator[Measured]:
    """Ten minutes of a judge who reads, and ten with the page in the background, in the browser's own time."""
    with chromium() as browser, pages_of(on, "idle") as looked_at:
        _name, _kind, house, line, address = looked_at[-1]
        page = _opened(browser, house, line)
        page.clock.install()
        page.goto(address, wait_until="networkidle")
        for words, hidden, most in (("open", False, 10), ("hidden", True, 0)):
            page.evaluate(
                "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
                " Object.defineProperty(document, 'visibilityState',"
                " {value: hidden ? 'hidden' : 'visible', configurable: true});"
                " document.dispatchEvent(new Event('visibilitychange')); }",
                hidden,
            )
            page.wait_for_timeout(500)
            asked: list[str] = []
            page.on("request", partial(_noted, asked))
            page.clock.fast_forward(10 * 60 * 1000)
            page.wait_for_timeout(1500)
            yield plain(f"B-15 a judge's tab, {words}, in ten minutes", len(asked), unit="requests", most=most)
        page.context.close()


def _noted(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def _opened(browser: Browser, house: House, line: Line) -> Page:
    """A page of a new browser, on a phone, of whom the line is."""
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{house.port}", locale="vi-VN", viewport={"width": 360, "height": 780}
    )
    if line.cookie:
        name, _sign, value = line.cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{house.port}"}])
    context.add_init_script(WATCH)
    return context.new_page()


def _counted(page: Page) -> dict[str, list[int]]:
    """Fills up with the bytes of each answer as they came over the wire, by kind."""
    got: dict[str, list[int]] = {"all": [], "Script": [], "Font": []}
    kinds: dict[str, str] = {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))

    def finished(told: dict[str, Any]) -> None:
        size = int(told["encodedDataLength"])
        got["all"].append(size)
        got.setdefault(kinds.get(told["requestId"], ""), []).append(size)

    wire.on("Network.loadingFinished", finished)
    return got


def _visited(browser: Browser, house: House, line: Line, address: str) -> dict[str, float]:
    page = _opened(browser, house, line)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", PHONE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="networkidle", timeout=120_000)
    mark = page.locator("form[data-scoring] input[type=radio], form[data-scoring] input[type=text], main a").first
    if page.locator("form[data-scoring] label:has(input[type=radio])").count():
        mark = page.locator("form[data-scoring] label:has(input[type=radio])").nth(3)
        mark.click(timeout=30_000)
    else:
        page.keyboard.press("Tab")
    page.wait_for_timeout(600)
    seen: dict[str, float] = page.evaluate("felt")
    page.context.close()
    return seen
