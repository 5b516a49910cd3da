"""Letters, read on the page where a machine without a mail server keeps them."""

import re
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from demonstration.season.browser import Browser, Unexpected, plain

_LETTER = re.compile(r'<section class="section" id="([^"]+)"[^>]*>(.*?)</section>', re.DOTALL)
_KICKER = re.compile(r'<p class="kicker">(.*?)</p>', re.DOTALL)
_TITLE = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
_HREF = re.compile(r'<a href="([^"]+)"')
_OLDER = re.compile(r'rel="next" href="([^"]+)"')


@dataclass(frozen=True)
class Letter:
    key: str
    to: str
    subject: str
    links: tuple[str, ...]


class Outbox:
    """Everybody's letters. Those seen once are remembered; a look reads only what came since."""

    def __init__(self, origin: str) -> None:
        self._browser = Browser(origin)
        self._known: dict[str, Letter] = {}
        self._by_address: dict[str, list[Letter]] = {}
        self._lock = threading.Lock()

    def link(self, email: str, subject: str) -> str:
        """The first address in the newest letter to `email` whose subject has these words, as a path."""
        letter = self._find(email, subject)
        if letter is None:
            with self._lock:
                self._look()
            letter = self._find(email, subject)
        if letter is None or not letter.links:
            raise Unexpected(f"no letter to {email} about {subject!r}")
        found = urlsplit(letter.links[0])
        return found.path + (f"?{found.query}" if found.query else "")

    @property
    def asked(self) -> int:
        """How many pages of letters were looked at."""
        return self._browser.asked

    @property
    def count(self) -> int:
        with self._lock:
            self._look()
            return len(self._known)

    def _find(self, email: str, subject: str) -> Letter | None:
        return next((each for each in self._by_address.get(email, ()) if subject in each.subject), None)

    def _look(self) -> None:
        address, new = "/hop-thu", []
        while address:
            page = self._browser.get(address).text
            seen = [_letter(*found) for found in _LETTER.findall(page)]
            fresh = [letter for letter in seen if letter.key not in self._known]
            new += fresh
            older = _OLDER.search(page)
            address = older[1] if older and len(fresh) == len(seen) else ""
        for letter in reversed(new):
            self._known[letter.key] = letter
            self._by_address.setdefault(letter.to, []).insert(0, letter)


def _letter(key: str, inside: str) -> Letter:
    kicker, title = _KICKER.search(inside), _TITLE.search(inside)
    assert kicker is not None
    assert title is not None
    links = tuple(plain(each) for each in _HREF.findall(inside))
    return Letter(key, plain(kicker[1]), plain(title[1]), links)
