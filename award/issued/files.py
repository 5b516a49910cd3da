"""The bytes of an issued paper: those in the store, proved by their hash; the same drawn anew until they are there."""

import hashlib
import logging
from collections.abc import Callable

from award.documents.kept import from_data
from award.documents.paper import Paper
from award.files.store import storage
from award.issued.models import IssuedPaper
from uploads.storage import NoSuchObject, StoreUnavailable

log = logging.getLogger(__name__)

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Differs(Exception):
    """The store does not hold the bytes that were issued."""


def drawn(kept: IssuedPaper, ending: str) -> bytes:
    """The paper drawn from what was kept."""
    from award.documents import typeset, word  # heavier than the rest of a web process

    draw: Callable[[Paper], bytes] = typeset.pdf if ending == "pdf" else word.docx
    return draw(from_data(kept.content))


def content(kept: IssuedPaper, ending: str) -> bytes:
    """The file as it was issued. Raises Differs where the store holds another, or has lost it."""
    key, sha256 = (kept.pdf_key, kept.pdf_sha256) if ending == "pdf" else (kept.docx_key, kept.docx_sha256)
    if key is None:
        return drawn(kept, ending)
    try:
        found = b"".join(storage().stream(key))
    except StoreUnavailable:
        found = drawn(kept, ending)
    except NoSuchObject:
        log.error("the %s of issued paper %s is gone from the store", ending, kept.public_id)
        found = drawn(kept, ending)
    if hashlib.sha256(found).hexdigest() != sha256:
        raise Differs(kept.public_id)
    return found
