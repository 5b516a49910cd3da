"""Every page that the doors show anybody, once for each way it is built, in a browser under its own policy."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext, Page, Route

from tests.doors.matrix import ACTORS, Row
from tests.doors.test_doors import CHANGED, People, Stage, answered_at

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
_RUN = """async (rules) => {
  const found = await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
  return found.violations.map((rule) => `${rule.id}: ${rule.nodes[0].html.slice(0, 160)}`);
}"""
TOLD = Path(__file__).parent.parent / "output" / "census.txt"
STATES = {"role", "type", "disabled", "readonly"}
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Shown:
    """One answer as somebody got it."""

    row: Row
    actor: str
    address: str
    status: int
    headers: dict[str, str]
    text: str

    def __str__(self) -> str:
        return f"{self.row.method} {self.row.address} {self.actor} {self.status}"


class _Bones(HTMLParser):
    """The kinds of elements between masthead and foot, without words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.bones: set[str] = set()
        self.aside = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"header", "footer", "head"}:
            self.aside += 1
        told = dict(attrs)
        names = sorted(name for name in told if name.startswith("aria-") or name in STATES)
        bone = f"{tag}.{DIGITS.sub('', told.get('class') or '')}[{','.join(names)}]"
        if not self.aside and tag not in {"path", "option"}:
            self.bones.add(bone)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"header", "footer", "head"}:
            self.aside -= 1


def shown(stage: Stage, rows: Iterable[Row]) -> Iterator[Shown]:
    """Each page of a door, and once more where somebody gets an element there that nobody before got.

    The tables are as before after every deed.
    """
    known: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in rows:
        address = row.address.format_map(stage.world.names)
        for actor in ACTORS:
            if row.for_programs or row.expected(actor) in {302, 303, 401}:
                continue
            answer = answered_at(row, address, actor, stage.people)
            if row.method != "GET" and answer.status_code in CHANGED:
                stage.before.put_back()
            whole = answer.mimetype == "text/html" and answer.text.lstrip()[:9].lower() == "<!doctype"
            if not whole or answer.is_streamed or 300 <= answer.status_code < 400:
                continue
            alike = known[row.endpoint if answer.status_code in {200, 422} else "", answer.status_code]
            if bones := _Bones(answer.text).bones - alike:
                alike |= bones
                yield Shown(row, actor, address, answer.status_code, dict(answer.headers), answer.text)


def put_before(page: Page, answer: Shown, base: str) -> None:
    """The page shows the answer at its address, under the policy that came with it."""
    headers = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Set-Cookie"}}

    def fulfil(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.method == "GET":
            route.fulfill(status=200, headers=headers, body=answer.text)
        else:
            route.continue_()

    path = urlsplit(answer.address).path
    page.route(lambda url: urlsplit(url).path == path, fulfil)
    page.goto(base + answer.address, wait_until="load")
    page.unroute_all()


def broken_rules(page: Page) -> list[str]:
    """What axe finds in the light, and of what colours do also in the dark."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(AXE)
    found = [*page.evaluate(_RUN, None)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + [f"dark {each}" for each in page.evaluate(_RUN, ["color-contrast"])]


def shown_to(context: BrowserContext, people: People, actor: str, base: str) -> None:
    """The browser has the session of the actor from now on."""
    name = str(people.app.config["SESSION_COOKIE_NAME"])
    context.clear_cookies()
    if cookie := people.cookies.get(actor):
        context.add_cookies([{"name": name, "value": cookie, "url": base}])


def looked_through(
    context: BrowserContext, stage: Stage, rows: Iterable[Row], base: str
) -> tuple[int, dict[str, list[str]]]:
    """How many pages there were, and which break what; that is told in tests/output/census.txt too as it is found.

    Each page has the session of who got it.
    """
    count = 0
    wrong: dict[str, list[str]] = {}
    page = context.new_page()
    for answer in shown(stage, rows):
        shown_to(context, stage.people, answer.actor, base)
        put_before(page, answer, base)
        if found := broken_rules(page):
            wrong[str(answer)] = found
            with TOLD.open("a", encoding="utf-8") as file:
                file.write(f"{answer}: {found}\n")
        count += 1
    return count, wrong
