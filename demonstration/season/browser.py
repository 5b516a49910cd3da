"""A browser without a screen: cookies, pages, forms and what is hidden in them. It knows HTTP and HTML, no award."""

import http.client
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPMessage
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

_TAG = re.compile(r"<(/?)(form|input|select|option|textarea|button)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
MOST_REDIRECTS = 5
SECONDS = 120


class Unexpected(Exception):
    """The page was not what the person came for."""


@dataclass
class Button:
    words: str
    name: str
    value: str
    action: str
    """Where this button alone sends the form; empty where the form says."""


@dataclass
class Form:
    """A form as the browser would send it: what its fields hold, the choices of its lists, its buttons."""

    action: str
    method: str
    id: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Name of a list or of a group of boxes -> (value, words) in order."""
    buttons: list[Button] = field(default_factory=list)

    def fill(self, **values: str | Sequence[str] | None) -> "Form":
        """The fields hold this. A name the form does not have is a fault of who fills it in."""
        return self.fill_all(values)

    def fill_all(self, values: Mapping[str, str | Sequence[str] | None]) -> "Form":
        for name, value in values.items():
            if name not in self.fields and name not in self.choices:
                raise Unexpected(f"the form {self.action} has no field {name!r}: {sorted(self.fields)}")
            self.fields[name] = [] if value is None else [value] if isinstance(value, str) else list(value)
        return self

    def choose(self, name: str, *words: str) -> "Form":
        """The options that say so are chosen."""
        offered = {said: value for value, said in reversed(self.choices.get(name, ()))}
        lacking = [each for each in words if each not in offered]
        if lacking:
            raise Unexpected(f"{name} of {self.action} offers no {lacking}: {list(offered)}")
        self.fields[name] = [offered[each] for each in words]
        return self

    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.fields.items() for value in values]


@dataclass
class Page:
    """What was answered. `text` is empty for what is no text."""

    status: int
    address: str
    text: str
    content: bytes
    headers: HTTPMessage

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    def forms(self) -> list[Form]:
        return list(_forms(self.text))

    def form(self, *, action: str = "", button: str = "", field: str = "") -> Form:
        """The first form that is sent to `action`, has a button that says `button`, has a field of that name."""
        for form in self.forms():
            sent_to = {urlsplit(each).path for each in (form.action, *(b.action for b in form.buttons))}
            if action and action not in sent_to:
                continue
            if button and not any(button in each.words for each in form.buttons):
                continue
            if field and field not in form.fields and field not in form.choices:
                continue
            return form
        wanted = action or button or field
        raise Unexpected(f"{self.address} ({self.status}) has no form for {wanted!r}: {self.words()[:1500]}")

    def links(self) -> list[tuple[str, str]]:
        """Address and words of every link."""
        found = []
        for attributes, inside in _LINK.findall(self.text):
            told = _attributes(attributes)
            if "href" in told:
                found.append((told["href"], plain(inside)))
        return found

    def words(self) -> str:
        """What the page says, without its markup."""
        body = self.text.partition("<main")[2] or self.text
        return plain(body.partition(">")[2])

    def json(self) -> Any:
        return json.loads(self.text)


class Browser:
    """One person's browser. It follows redirects, keeps cookies, and says so when an answer is a fault.

    `asked` counts the pages it asked for, `sent` the parts of files it sent.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._host = urlsplit(origin).netloc
        self._cookies: dict[str, str] = {}
        self.asked = self.sent = 0

    def get(self, address: str, *, may: Sequence[int] = (200,)) -> Page:
        return self._expected(self._ask("GET", address), may)

    def post(self, address: str, fields: Sequence[tuple[str, str]], *, may: Sequence[int] = (200,)) -> Page:
        body = urlencode(fields).encode()
        return self._expected(self._ask("POST", address, body, "application/x-www-form-urlencoded"), may)

    def post_json(self, address: str, value: object, *, token: str) -> Any:
        """As a script of the page does; `token` is the CSRF token the page holds."""
        headers = {"Accept": "application/json", "X-CSRFToken": token}
        page = self._ask("POST", address, json.dumps(value).encode(), "application/json", headers)
        return self._expected(page, (200,)).json()

    def send(self, page: Page, form: Form, button: str = "", *, may: Sequence[int] = (200,)) -> Page:
        """Presses the button that says so, or the form's first."""
        pressed = next((each for each in form.buttons if button in each.words), None) if button else None
        if button and pressed is None:
            raise Unexpected(f"{page.address} has no button {button!r} in its form: {form.buttons}")
        pairs = form.pairs()
        if pressed is not None and pressed.name:
            pairs.append((pressed.name, pressed.value))
        action = (pressed.action if pressed and pressed.action else form.action) or page.path
        if form.method == "get":
            return self.get(f"{action.partition('#')[0].partition('?')[0]}?{urlencode(pairs)}", may=may)
        return self.post(action, pairs, may=may)

    def put(self, address: str, headers: Mapping[str, str], content: bytes) -> None:
        """Sends a part of a file to where its address leads, which is another host."""
        where = urlsplit(address)
        connection = http.client.HTTPConnection(where.netloc, timeout=SECONDS)
        try:
            connection.request("PUT", f"{where.path}?{where.query}", content, dict(headers))
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        self.sent += 1
        if answer.status >= 300:
            raise Unexpected(f"the store answered {answer.status}: {said[:500]!r}")

    def _expected(self, page: Page, may: Sequence[int]) -> Page:
        if page.status not in may:
            raise Unexpected(f"{page.address} answered {page.status}: {page.words()[:1500]}")
        return page

    def _ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        kind: str = "",
        more: Mapping[str, str] | None = None,
    ) -> Page:
        for _hop in range(MOST_REDIRECTS):
            page = self._once(method, urljoin(self.origin, address), body, kind, more or {})
            if page.status not in {301, 302, 303, 307}:
                return page
            address = urljoin(page.address, page.headers["Location"])
            method, body, kind = "GET", None, ""
        raise Unexpected(f"{address} leads in circles")

    def _once(self, method: str, address: str, body: bytes | None, kind: str, more: Mapping[str, str]) -> Page:
        where = urlsplit(address)
        ours = where.netloc == self._host
        headers = {"Accept": "text/html", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0", **more}
        if ours:
            headers["Sec-Fetch-Site"] = "same-origin"
            if self._cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if kind:
            headers["Content-Type"] = kind
        connection = http.client.HTTPConnection(where.netloc, timeout=SECONDS)
        try:
            self.asked += 1
            connection.request(method, where.path + (f"?{where.query}" if where.query else ""), body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if ours:
            self._keep(answer.headers.get_all("Set-Cookie") or [])
        readable = answer.headers.get_content_type() in {"text/html", "application/json", "text/csv", "text/plain"}
        text = content.decode(errors="replace") if readable else ""
        return Page(answer.status, address, text, content, answer.headers)

    def _keep(self, set_cookies: Sequence[str]) -> None:
        for line in set_cookies:
            pair, *attributes = line.split(";")
            name, _sign, value = pair.strip().partition("=")
            gone = any(each.strip().lower() == "max-age=0" for each in attributes)
            if gone or not value:
                self._cookies.pop(name, None)
            else:
                self._cookies[name] = value


def plain(markup: str) -> str:
    return " ".join(unescape(_MARKUP.sub(" ", markup)).split())


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(text)}


def _forms(html: str) -> Iterator[Form]:
    """Every form of the page, with the fields and buttons elsewhere on it that name the form they belong to."""
    forms: list[Form] = []
    by_id: dict[str, Form] = {}
    elsewhere: list[tuple[str, dict[str, str], str]] = []
    open_form: Form | None = None
    list_name, list_of = "", None
    for tag in _TAG.finditer(html):
        closing, kind, told = tag[1] == "/", tag[2].lower(), _attributes(tag[3])
        if kind == "form":
            if closing:
                open_form = None
            else:
                open_form = Form(told.get("action", ""), told.get("method", "get").lower(), told.get("id", ""))
                forms.append(open_form)
                by_id[open_form.id] = open_form
            continue
        if closing:
            if kind == "select":
                _settle(list_of, list_name)
                list_of = None
            continue
        after = _until(html, tag.end(), kind)
        if "form" in told:
            elsewhere.append((kind, told, after))
        elif open_form is not None and (kind != "option" or list_of is not None):
            if kind == "select":
                list_name, list_of = told.get("name", ""), open_form
            _add(open_form, kind, told, after, list_name)
    for kind, told, after in elsewhere:
        owner = by_id.get(told["form"])
        if owner is not None:
            _add(owner, kind, told, after, told.get("name", ""))
    yield from forms


def _until(html: str, start: int, kind: str) -> str:
    """What stands inside an element that has an end of its own; beside a box, the first words of its label."""
    if kind == "input":
        end = html.find("</span>", start, start + 2000)
        return html[start:end] if end >= 0 else ""
    end = html.find(f"</{kind}", start) if kind != "select" else -1
    return html[start:end] if end >= 0 else ""


def _add(form: Form, kind: str, told: dict[str, str], after: str, list_name: str) -> None:
    name = told.get("name", "")
    if kind == "button":
        if told.get("type", "submit") == "submit" and "disabled" not in told:
            form.buttons.append(Button(plain(after), name, told.get("value", ""), told.get("formaction", "")))
        return
    if kind == "option":
        value = told.get("value", plain(after))
        form.choices.setdefault(list_name, []).append((value, plain(after)))
        if "selected" in told:
            form.fields.setdefault(list_name, []).append(value)
        return
    if not name or "disabled" in told:
        return
    if kind == "select":
        form.choices.setdefault(name, [])
        form.fields[name] = []
        if "multiple" in told:
            form.choices[name] = []
    elif kind == "textarea":
        form.fields[name] = [unescape(after).removeprefix("\n")]
    elif told.get("type", "text") in {"checkbox", "radio"}:
        value = told.get("value", "on")
        form.choices.setdefault(name, []).append((value, plain(after)))
        chosen = form.fields.setdefault(name, [])
        if "checked" in told:
            chosen.append(value)
    elif told.get("type") not in {"submit", "button", "file", "image", "reset"}:
        form.fields.setdefault(name, []).append(told.get("value", ""))


def _settle(form: Form | None, name: str) -> None:
    """A list in which nothing is chosen shows its first line, and that is what it sends."""
    if form is not None and not form.fields.get(name) and form.choices.get(name):
        form.fields[name] = [form.choices[name][0][0]]
