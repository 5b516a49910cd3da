"""What must be true of files after any fault."""

import hashlib

from sqlalchemy import select

from award.db import session
from award.entries.models import Entry, EntryFile, Receipt
from award.files.models import File, Rendition
from award.files.store import storage


def hold() -> None:
    """INV-3 and INV-4, and that whatever was made of a file stands whole in the store."""
    session.rollback()
    session.expire_all()
    what_is_submitted_has_arrived()
    what_is_ready_has_its_bytes()
    for made in session.scalars(select(Rendition).where(Rendition.key.is_not(None))):
        assert storage().stat(made.key or "").size == made.size, f"a {made.kind}"


def what_is_submitted_has_arrived() -> None:
    """INV-3: each file of a submitted work is in the store, unless its receipt says that it is due, and until when."""
    held = (
        select(Entry.id, File).join(EntryFile, EntryFile.entry_id == Entry.id).join(File, EntryFile.file_id == File.id)
    )
    for entry_id, file in session.execute(held.where(Entry.state == "submitted")).tuples():
        newest = select(Receipt).where(Receipt.entry_id == entry_id).order_by(Receipt.id.desc()).limit(1)
        content = session.scalars(newest).one().content
        told = {each["fingerprint"]: each["state"] for each in content["files"]}
        if file.state == "uploading":
            assert (told[file.fingerprint], bool(content["files_due_at"])) == ("due", True), f"{file.name} is lacking"
        elif file.state != "rejected":
            assert storage().stat(file.key).size == file.size, f"{file.name} of a submitted work"


def what_is_ready_has_its_bytes() -> None:
    """INV-4: a file that is said to have arrived stands there whole; one that may be used has the bytes it had when it
    was verified."""
    for file in session.scalars(select(File).where(File.state.in_(("stored", "verifying", "ready", "unchecked")))):
        assert storage().stat(file.key).size == file.size, f"{file.name} is {file.state}"
        if file.state == "ready":
            digest = hashlib.sha256()
            for piece in storage().stream(file.key):
                digest.update(piece)
            assert digest.hexdigest() == file.sha256, f"{file.name} has other bytes"
