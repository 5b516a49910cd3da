"""Letting go of files that no entry holds any more."""

from collections.abc import Collection

from sqlalchemy import exists, select

from award.db import session
from award.entries.models import EntryFile
from award.files.models import File
from award.files.operations import discard


def drop_files(file_ids: Collection[int]) -> None:
    """Of these files, those that no entry and no revision holds are discarded with their bytes."""
    session.flush()
    unheld = select(File).where(File.id.in_(file_ids), ~exists().where(EntryFile.file_id == File.id))
    for file in session.scalars(unheld):
        discard(file=file)
