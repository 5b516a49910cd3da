"""Who was given a file as its sender sent it: one line for each person, file and hour, kept for a year.

What was made of a file names nobody and leaves no line; who sent it may have it back as often as they like.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from award.clock import now
from award.db import session
from award.files.models import Fetch, File

KEPT = timedelta(days=365)


def note(*, file: File, person_id: int, saved: bool) -> None:
    """The line stands; a player that comes back for the next piece within the hour adds none."""
    if person_id == file.uploader_id:
        return
    hour = now().replace(minute=0, second=0, microsecond=0)
    line = insert(Fetch).values(file_id=file.id, person_id=person_id, at=hour, saved=saved)
    session.execute(line.on_conflict_do_nothing())


def forget(*, before: datetime) -> None:
    """Lines of an earlier instant are gone."""
    session.execute(delete(Fetch).where(Fetch.at < before))
