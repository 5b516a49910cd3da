"""Filling in the pages of set-up as a browser would: the fields of a page with what they hold."""

from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from award.db import session
from award.editions.models import Edition
from award.editions.queries import with_rules
from tests.award.editions.conftest import Prepared
from tests.visitor import Visitor


class _Fields(HTMLParser):
    """Every successful control of the page's main form, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._area: str | None = None
        self._select: str | None = None
        self._first: str | None = None
        self._chosen: str | None = None
        self._text = ""
        self.disabled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        name, value = at.get("name") or "", at.get("value") or ""
        if tag == "fieldset" and "disabled" in at:
            self.disabled = True
        if tag == "input" and name and (at.get("type") not in {"checkbox", "radio"} or "checked" in at):
            self.fields.append((name, value if "value" in at else "on"))
        elif tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select, self._first, self._chosen = name, None, None
        elif tag == "option" and self._select:
            self._first = self._first if self._first is not None else value
            self._chosen = value if "selected" in at else self._chosen

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.fields.append((self._area, self._text))
            self._area = None
        elif tag == "select" and self._select:
            chosen = self._chosen if self._chosen is not None else self._first
            if chosen is not None:
                self.fields.append((self._select, chosen))
            self._select = None


_OWN = ("csrf_token", "deed_key", "theme", "size", "network")


def typed(page: TestResponse) -> dict[str, list[str]]:
    """name -> values of the form as it stands on the page, without its keys."""
    reading = _Fields()
    reading.feed(page.text)
    found: dict[str, list[str]] = {}
    for name, value in reading.fields:
        if name not in _OWN:
            found.setdefault(name, []).append(value)
    return found


def is_locked(page: TestResponse) -> bool:
    reading = _Fields()
    reading.feed(page.text)
    return reading.disabled


AT = "/iii-2023/thiet-lap"


def address(draft: Prepared, path: str) -> str:
    """A page of set-up; {category} is the first category."""
    return f"{AT}/" + path.format(category=draft.edition.categories[0].public_id)


def save(visitor: Visitor, where: str, **changes: Any) -> TestResponse:
    """Opens the page, changes what is named, sends it all back."""
    page = visitor.get(where)
    assert page.status_code == 200, page.text
    form = typed(page) | {name: value if isinstance(value, list) else [value] for name, value in changes.items()}
    return visitor.post(where, {name: values for name, values in form.items() if values})


def stored(app: Flask, slug: str = "iii-2023") -> Edition:
    """The edition as it is stored, with its rules."""
    with app.app_context():
        edition = session.query(Edition).filter_by(slug=slug).one()
        return with_rules(edition.id)
