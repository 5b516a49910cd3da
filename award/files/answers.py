"""What the scripts of a page are told about a file, as values for JSON."""

from typing import Any

from flask import url_for

from award.files import queries, words
from award.files.models import File
from award.files.store import storage
from uploads import protocol
from uploads.protocol import Upload


def upload_answer(file: File) -> dict[str, Any]:
    """The answer to the beginning of an upload: its state, where its parts are signed, and which the store holds."""
    return {
        **status_answer(file),
        "part_size": file.part_size,
        "stored_parts": _stored_parts(file),
        "sign_url": url_for("files.sign", file_id=file.public_id),
        "finish_url": url_for("files.finish", file_id=file.public_id),
        "status_url": url_for("files.status", file_id=file.public_id),
    }


def status_answer(file: File) -> dict[str, Any]:
    """The state, in a code and in words, and the first page when there is one."""
    state = words.state_of(file)
    pages = queries.page_counts([file.id]).get(file.id, 0)
    return {
        "file_id": file.public_id,
        "state": file.state,
        "kind": state.kind,
        "word": state.word,
        "reason": words.reason_of(file),
        "facts": words.facts_of(file),
        "pages": pages,
        "preview_url": url_for("files.page", file_id=file.public_id, number=1) if pages else None,
    }


def _stored_parts(file: File) -> list[int]:
    """Numbers of the parts that need not be sent again: of the right length and, where the store tells, content."""
    if file.state != "uploading" or file.upload_id is None:
        return []
    outcome = protocol.progress(storage(), Upload(file.key, file.upload_id, file.size))
    if not isinstance(outcome, protocol.InProgress):
        return []
    return [part.number for part in outcome.parts if part.sha256 in {None, file.part_hashes[part.number - 1]}]
