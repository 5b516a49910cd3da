"""The worker's part: files of issued papers into the store."""

import hashlib

from award.db import session, unit_of_work
from award.files.store import storage
from award.issued import operations
from award.issued.files import DOCX, PDF, drawn
from award.issued.models import IssuedPaper
from award.jobs import task
from uploads.storage import new_key

ROOM = "papers"


@task("issued.store")
def store(paper_id: int) -> None:
    """Both files stand in the store, once. Bytes come first, then the row that names them."""
    with unit_of_work():
        kept = session.get_one(IssuedPaper, paper_id, with_for_update=True)
        if kept.pdf_key is not None:
            return
        pdf, docx = (_stored(drawn(kept, ending), type_) for ending, type_ in (("pdf", PDF), ("docx", DOCX)))
        operations.mark_stored(paper_id=paper_id, pdf=pdf, docx=docx)


def _stored(content: bytes, content_type: str) -> tuple[str, str, int]:
    key = new_key(ROOM)
    storage().put_small(key, content, content_type)
    return key, hashlib.sha256(content).hexdigest(), len(content)
