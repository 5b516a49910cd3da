"""What the scripts of a page are told about a file, as values for JSON."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from flask import url_for

from award.files import operations, queries, words
from award.files.models import File
from award.files.permissions import can_send
from award.files.store import storage
from uploads import protocol
from uploads.kinds import BY_CODE
from uploads.protocol import Upload
from uploads.storage import SignedPart, StoreUnavailable

FIRST_PARTS = 12
"""So many addresses come with the answer: a file of up to 100 MB goes without asking for others."""


def upload_answer(file: File) -> dict[str, Any]:
    """The answer to the beginning of an upload: its state, which parts the store holds, where the first of the others
    go, and where the rest are signed."""
    stored = _stored_parts(file)
    return {
        **status_answer(file),
        "part_size": file.part_size,
        "stored_parts": stored,
        "parts": _first_parts(file, set(stored)),
        "sign_url": url_for("files.sign", file_id=file.public_id),
        "finish_url": url_for("files.finish", file_id=file.public_id),
        "status_url": url_for("files.status", file_id=file.public_id),
    }


def status_answer(file: File) -> dict[str, Any]:
    """The state, in a code and in words, and a small picture of the file when there is one."""
    state = words.state_of(file)
    pages = queries.page_counts([file.id]).get(file.id, 0) if file.state == "ready" else 0
    settled = file.state in {"rejected", "unchecked"} or (file.state == "ready" and file.light != "waiting")
    return {
        "file_id": file.public_id,
        "state": file.state,
        "kind": state.kind,
        "word": state.word,
        "reason": words.reason_of(file),
        "facts": words.facts_of(file),
        "pages": pages,
        "settled": settled,
        "preview_url": preview_url(file) if pages or file.light == "done" else None,
    }


def follow_answer(file: File) -> dict[str, Any]:
    """The state for who watches the file; of one that is still to be sent, how much the store holds."""
    return {**status_answer(file), "held_percent": held_percent(file)}


def held_percent(file: File) -> int | None:
    """How much of an upload that is not finished the store holds, by its own account; None of any other file."""
    if file.state != "uploading":
        return None
    plan = protocol.plan(file.size)
    return 100 * sum(plan.length(number) for number in _stored_parts(file)) // file.size


def held_percents(files: Iterable[File]) -> dict[int, int]:
    """The same of several files by their ids; nothing of any while the store is away."""
    try:
        found = {file.id: held_percent(file) for file in files}
    except StoreUnavailable:
        return {}
    return {file_id: percent for file_id, percent in found.items() if percent is not None}


def preview_url(file: File) -> str | None:
    """Where a small picture of the file stands: its first page, the photo, a scene of the film; as its row tells."""
    family = BY_CODE[file.kind].family
    if file.state == "ready" and family == "document" and file.facts.get("pages"):
        return url_for("files.page", file_id=file.public_id, number=1)
    if file.light == "done" and family != "audio":
        name = "400" if family == "image" else "bia"
        return url_for("files.rendition", file_id=file.public_id, name=name)
    return None


def signed_parts(parts: Iterable[SignedPart]) -> list[dict[str, Any]]:
    """Where each of these parts goes, and what must be said with it."""
    return [{"number": part.number, "url": part.url, "headers": dict(part.headers)} for part in parts]


def _first_parts(file: File, stored: Collection[int]) -> list[dict[str, Any]]:
    if not can_send(file):
        return []
    count = protocol.plan(file.size).count
    missing = islice((number for number in range(1, count + 1) if number not in stored), FIRST_PARTS)
    numbers = list(missing)
    return signed_parts(operations.sign(file=file, numbers=numbers)) if numbers else []


def _stored_parts(file: File) -> list[int]:
    """Numbers of the parts that need not be sent again: of the right length and, where the store tells, content."""
    if file.just_begun:
        file.just_begun = False  # from now on only the store knows
        return []
    if file.state != "uploading" or file.upload_id is None:
        return []
    outcome = protocol.progress(storage(), Upload(file.key, file.upload_id, file.size, file.content_type))
    if not isinstance(outcome, protocol.InProgress):
        return []
    return [part.number for part in outcome.parts if part.sha256 in {None, file.part_hashes[part.number - 1]}]
