"""Public pages as they were drawn last: given again for a minute to readers without a session, while nothing happened.

Each process remembers for itself. Before a page is given again one statement asks what it depends on, so that a consent
taken back, a prize revoked or a name corrected shows at once, whichever process wrote it down.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock

from flask import Response, current_app, make_response, request
from sqlalchemy import Engine, text
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.languages import chosen
from award.people.signin import current_person, type_size

MINUTE = timedelta(seconds=60)
MOST = 32
"""Pages that a process remembers: who invents addresses pushes out others, and takes no more memory."""
LOOKS = ("theme", "network")
"""Cookies that the frame of a page is drawn by."""

_STAMP = text("""
    SELECT edition.public_id, edition.version, coalesce(publication.at <= :instant, false),
           (SELECT max(seq) FROM event WHERE award_id = edition.award_id),
           (SELECT max(seq) FROM event WHERE award_id IS NULL)
    FROM edition LEFT JOIN publication ON publication.edition_id = edition.id
    WHERE edition.slug = :slug
""")
"""In words: what is put together anew costs more than asking it."""

Answer = str | BaseResponse | tuple[str, int]


@dataclass(frozen=True)
class Stamp:
    """What stands on an edition's public pages can only have changed where one of these has."""

    edition: str
    version: int
    public: bool
    newest: int | None
    """Number of the award's newest event; events are numbered in the order of their commits."""
    newest_of_house: int | None
    """The same of what belongs to no award, as when a person takes a consent back."""


def stamp(slug: str, instant: datetime) -> Stamp | None:
    """That of the edition at this address: one question without brackets, to save the way there and back of each."""
    engine: Engine = current_app.extensions["engine"]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        row = connection.execute(_STAMP, {"slug": slug, "instant": instant}).tuples().one_or_none()
    return None if row is None else Stamp(*row)


@dataclass(frozen=True)
class Drawn:
    """A page, when it was drawn, and what of."""

    at: datetime
    of: Stamp
    body: bytes
    print_: str


class Shelf:
    """The pages drawn last, by who sees the same."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, Drawn] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def fresh(self, key: Hashable, of: Stamp) -> Drawn | None:
        """The page, unless something happened since or its minute is over."""
        drawn = self._pages.get(key)
        good = drawn is not None and drawn.of == of and timedelta(0) <= now() - drawn.at < MINUTE
        return drawn if good else None

    def put(self, key: Hashable, drawn: Drawn) -> None:
        with self._lock:
            self._pages.pop(key, None)
            self._pages[key] = drawn
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)


def drawn_once(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """A door of one edition's public page: drawn once for all who see the same, as long as that holds."""

    @wraps(view)
    def answered(slug: str, **names: str) -> Answer:
        of = None if _has_session() else stamp(slug, now())
        if of is None or not of.public:
            return view(slug, **names)
        shelf: Shelf = current_app.extensions.setdefault("drawn_pages", Shelf())
        key = (request.url, chosen(), type_size(), *(request.cookies.get(each) for each in LOOKS))
        if drawn := shelf.fresh(key, of):
            return _for_a_minute(Response(drawn.body, mimetype="text/html"), drawn.print_)
        begun, answer = now(), view(slug, **names)
        if isinstance(answer, Response) and answer.status_code == 200 and answer.cache_control.public:
            shelf.put(key, Drawn(begun, of, answer.get_data(), answer.get_etag()[0] or ""))
        return answer

    return answered


def cached(page: str) -> Response:
    """A public page may be kept for a minute by who reads it without a session, and is asked for by its print."""
    response = make_response(page)
    return response if _has_session() or current_person() is not None else _for_a_minute(response)


def _has_session() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def _for_a_minute(response: Response, print_: str = "") -> Response:
    response.headers["Cache-Control"] = f"public, max-age={MINUTE.seconds}"
    response.vary.add("Cookie")
    if print_:
        response.set_etag(print_)
    else:
        response.add_etag()
    response.make_conditional(request)
    return response
