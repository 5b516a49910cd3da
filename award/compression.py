"""Text goes out compressed, unless its length could tell a stranger what is in it.

Whoever makes a reader's browser ask for a page with words of their choosing, and sees how long the answer is, can guess
secrets of that page letter by letter once it is compressed. So a page that belongs to a session is compressed only for
a request that the browser itself says began here or with the reader's own hand.
"""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, request

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
LEAST = 1024
"""Below so many bytes there is nothing to gain."""
LEVEL = 6
PARTIAL = (204, 206, 304)
BEGAN_HERE = ("same-origin", "none")


def install(app: Flask) -> None:
    """Answers of `app` are compressed for who takes them so. To be called before anything else looks at answers."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if response.status_code in PARTIAL or request.method == "HEAD" or not (response.mimetype or "").startswith(TEXTS):
        return response
    file = request.endpoint == "static" and response.direct_passthrough
    if "Content-Encoding" in response.headers or (response.is_streamed and not file):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or not _may_be_measured():
        return response
    if file:
        packed = _of_a_file(response)
    else:
        packed = (_packed_once if response.cache_control.public else _packed)(response.get_data())
    if packed is not None:
        if file:
            cast("Any", response.response).close()  # it was opened to be sent as it is
            response.direct_passthrough = False
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
        if (etag := response.get_etag()[0]) is not None:
            response.set_etag(etag, weak=True)  # the same words in other bytes
    return response


def _may_be_measured() -> bool:
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return True
    return request.headers.get("Sec-Fetch-Site") in BEGAN_HERE


def _packed(data: bytes) -> bytes | None:
    return gzip.compress(data, LEVEL, mtime=0) if len(data) >= LEAST else None


@lru_cache(maxsize=64)
def _packed_once(data: bytes) -> bytes | None:
    """What everybody may have, and is given word for word again."""
    return _packed(data)


def _of_a_file(response: Response) -> bytes | None:
    """The same of a file below `static`: packed once, and again when it changes."""
    folder, name = current_app.static_folder, (request.view_args or {})["filename"]
    return _file(f"{folder}/{name}", response.get_etag()[0])


@lru_cache(maxsize=256)
def _file(path: str, stamp: str | None) -> bytes | None:  # noqa: ARG001
    return _packed(Path(path).read_bytes())
