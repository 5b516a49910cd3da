"""What the uploader script declares, out of JSON and into typed values. Nonsense is 400: no person typed it."""

import re
from typing import Any

from flask import abort, request

from award.files.declared import Declared
from uploads.protocol import MAX_BATCH, MAX_PARTS

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME_CHARACTERS = 1000


def declared() -> Declared:
    """The declaration in the present request's body."""
    body = _body()
    name, size, hashes, resuming = (body.get(key) for key in ("name", "size", "part_hashes", "resuming"))
    if not (isinstance(name, str) and 0 < len(name) <= _NAME_CHARACTERS):
        abort(400)
    if not (type(size) is int and size >= 0):
        abort(400)
    if not (isinstance(hashes, list) and len(hashes) <= MAX_PARTS and all(map(_is_sha256, hashes))):
        abort(400)
    if not (resuming is None or isinstance(resuming, str)):
        abort(400)
    return Declared(name=name, size=size, part_hashes=hashes, resuming=resuming)


def numbers() -> list[int]:
    """The part numbers in the present request's body, at most 50."""
    found = _body().get("numbers")
    if not (isinstance(found, list) and 0 < len(found) <= MAX_BATCH and all(type(each) is int for each in found)):
        abort(400)
    return found


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(400)
    return body


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None
