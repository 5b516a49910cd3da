"""A page of the house as it lies in an archive: links to kept pages are relative, whatever needs the house is gone.

Pure. What goes: scripts, forms, navigation, footer, and links to what is not kept, of which the words stay.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_GONE = frozenset(["script", "form", "dialog", "template", "footer", "noscript"])
_LEADING = frozenset(["href", "src", "poster"])
_LOOSE = ("data-", "on")
"""How attributes begin that speak to scripts."""

Attributes = list[tuple[str, str | None]]


class Around(NamedTuple):
    """What stands in every page in place of the house's navigation and of its footer."""

    nav: str
    foot: str


def normal(address: str) -> str:
    """The address without its fragment, with its query in one order: by which pages are known."""
    parts = urlsplit(address)
    asked = sorted(pair for pair in parse_qsl(parts.query) if pair[1])
    return unquote(parts.path) + (f"?{urlencode(asked)}" if asked else "")


def relative(path: str, *, here: str) -> str:
    """From the page `here` to `path`, both in the archive."""
    return posixpath.relpath(path, posixpath.dirname(here) or ".")


def copied(html: str, *, here: str, host: str, place: Callable[[str], str | None], around: Around) -> str:
    """The page as it lies at `here`. `place`: an address of the house at `host` → where it lies, or None."""
    copier = _Copier(here, host, place, around)
    copier.feed(html)
    copier.close()
    return "".join(copier.out)


def of_styles(css: str, *, here: str) -> set[str]:
    """Where the files lie that a style sheet at `here` names."""
    named = re.findall(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)", css)
    return {posixpath.normpath(posixpath.join(posixpath.dirname(here), name)) for name in named if ":" not in name}


class _Copier(HTMLParser):
    def __init__(self, here: str, host: str, place: Callable[[str], str | None], around: Around) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._here, self._host, self._place, self._around = here, host, place, around
        self._leaving, self._depth = "", 0
        self._links: list[bool] = []
        self._steered = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._leaving:
            self._depth += tag == self._leaving
            return
        named = dict(attrs)
        classes = (named.get("class") or "").split()
        dead = tag == "a" and self._dead(named.get("href"))
        if tag in _GONE or _steers(tag, classes) or (dead and "button" in classes):
            self._leave(tag, classes)
        elif tag == "a" and dead:
            self._links.append(False)
        elif tag == "link" and named.get("rel") not in {"stylesheet", "icon"}:
            return
        else:
            if tag == "a":
                self._links.append(True)
            if tag == "main":
                self._steer()
            self.out.append(self._written(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._leaving:
            self._depth -= tag == self._leaving
            if not self._depth:
                self._leaving = ""
        elif tag == "a":
            if not self._links or self._links.pop():
                self.out.append("</a>")
        elif tag not in _VOID:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._leaving:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def _leave(self, tag: str, classes: list[str]) -> None:
        if tag == "footer":
            self.out.append(self._around.foot)
        if tag == "nav" and "nav" in classes:
            self._steer()
        self._leaving, self._depth = tag, 1

    def _steer(self) -> None:
        if not self._steered:
            self.out.append(self._around.nav)
            self._steered = True

    def _dead(self, href: str | None) -> bool:
        return href is not None and self._led(href) is None

    def _led(self, address: str) -> str | None:
        """Where the address leads from here; None where that is nowhere."""
        if address.startswith("#"):
            return address
        place = self._place(address)
        if place is None:
            return address if self._foreign(address) else None
        fragment = urlsplit(address).fragment
        return relative(place, here=self._here) + (f"#{fragment}" if fragment else "")

    def _foreign(self, address: str) -> bool:
        return urlsplit(address).scheme in {"http", "https", "data"} and not address.startswith(f"{self._host}/")

    def _written(self, tag: str, attrs: Attributes) -> str:
        told = ""
        for name, given in attrs:
            leads = name in _LEADING and given is not None
            value = self._led(given) if leads and given is not None else given
            if name.startswith(_LOOSE) or (leads and value is None):
                continue
            told += f" {name}" if value is None else f' {name}="{escape(value)}"'
        return f"<{tag}{told}>"


def _steers(tag: str, classes: list[str]) -> bool:
    return (tag == "nav" and "nav" in classes) or (tag == "details" and "menu" in classes)


def placed(places: Mapping[str, str], styles: str, static: str, host: str) -> Callable[[str], str | None]:
    """Addresses → places: kept pages, and whatever lies below `static`, which is kept below `styles`."""

    def place(address: str) -> str | None:
        plain = address.removeprefix(host)
        if plain.startswith(static):
            return styles + urlsplit(plain).path.removeprefix(static)
        return places.get(normal(plain))

    return place
