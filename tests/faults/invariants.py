"""What must be true of files after any fault."""

import hashlib

from sqlalchemy import select

from award.db import session
from award.files.models import File, Rendition
from award.files.store import storage


def hold() -> None:
    """A file that is said to have arrived stands whole in the store; one that may be used has the bytes it had when it
    was verified, and so does everything that was made of it."""
    session.rollback()
    session.expire_all()
    for file in session.scalars(select(File).where(File.state != "uploading")):
        assert storage().stat(file.key).size == file.size, f"{file.name} is {file.state}"
        if file.state == "ready":
            assert hashlib.sha256(b"".join(storage().stream(file.key))).hexdigest() == file.sha256
    for made in session.scalars(select(Rendition).where(Rendition.key.is_not(None))):
        assert storage().stat(made.key or "").size == made.size, f"a {made.kind}"
