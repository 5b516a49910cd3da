"""The house asked for its own pages, as by somebody who is nobody: so the archive holds what everybody reads."""

import posixpath
from collections.abc import Mapping, Sequence
from contextvars import Context
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from flask import Flask
from werkzeug.test import Client

from award.keeping import KeptPage
from award.nominations.contents import plain

FOLDER = "trang"
_ENDINGS: Mapping[str, str] = {"text/html": "html", "text/plain": "txt", "text/csv": "csv"}


LEFT_OUT = (403, 404)
"""What nobody is shown, or is not there."""


class Unanswered(Exception):
    """The house did not answer one of its own pages as it answers a visitor: what lacks it is no archive."""


class Answered(NamedTuple):
    """A page as it was answered, and where it will lie."""

    page: KeptPage
    path: str
    html: bool
    content: bytes


def answered(app: Flask, base_url: str, slug: str, pages: Sequence[KeptPage]) -> list[Answered]:
    """Those of the pages that a visitor without an account is shown, in Vietnamese. Raises Unanswered where the house
    says neither that page nor that there is none to be seen."""
    found = []
    for page in pages:
        status, kind, content = Context().run(_ask, app, base_url, page.address)
        if status not in {200, *LEFT_OUT}:
            raise Unanswered(f"{page.address} answered {status}")
        if status == 200:
            html = kind == "text/html"
            found.append(Answered(page, path_of(page.address, slug, _ENDINGS.get(kind, "")), html, content))
    return found


def _ask(app: Flask, base_url: str, address: str) -> tuple[int, str, bytes]:
    """In a context of its own, so that it is another request with a database session of its own."""
    answer = Client(app, use_cookies=False).get(address, base_url=base_url, headers={"Accept-Language": "vi"})
    return answer.status_code, answer.mimetype or "", answer.get_data()


def path_of(address: str, slug: str, ending: str) -> str:
    """Where the page at this address lies: /iii-2023/ket-qua?loai=IN → trang/ket-qua-in.html."""
    parts = urlsplit(address)
    way = [each for each in unquote(parts.path).removeprefix(f"/{slug}").split("/") if each] or ["trang-chu"]
    stem, given = posixpath.splitext(way[-1])
    asked = [plain(value, 40) for _name, value in sorted(parse_qsl(parts.query))]
    name = "-".join([stem, *asked])
    return "/".join([FOLDER, *way[:-1], f"{name}{given or f'.{ending}'}"])
