"""Whether everything the house leans on stands: for who sends visitors here, and for who watches."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir

from flask import current_app
from sqlalchemy import text

from award.db import session
from award.desk.clocks import drift
from award.files.store import storage

LATE_SECONDS = 300
"""A job that is due and has waited for longer has nobody to do it."""
LEAST_FREE_PERCENT = 10
_OLDEST_DUE = text(
    "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(event.at)), 0) FROM procrastinate_jobs AS job"
    " JOIN procrastinate_events AS event ON event.job_id = job.id AND event.type = 'deferred'"
    " WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at < clock_timestamp())"
)


@dataclass(frozen=True)
class Readiness:
    """The database answered, or there would be none."""

    store: bool
    queue_seconds: int
    free_percent: int
    clock_off: timedelta

    @property
    def complete(self) -> bool:
        """Nothing is missing. Without it people still write, submit and score."""
        stands = self.store and self.queue_seconds <= LATE_SECONDS and self.free_percent >= LEAST_FREE_PERCENT
        return stands and not self.clock_off

    def __str__(self) -> str:
        told = [
            "ready",
            f"store: {'there' if self.store else 'away'}",
            f"oldest job that is due: {self.queue_seconds} s",
            f"free on this disk: {self.free_percent} %",
        ]
        if self.clock_off:
            told.append(f"clock off by {self.clock_off.total_seconds():+.1f} s against the database")
        return "\n".join(told) + "\n"


def readiness() -> Readiness:
    """How it stands now. Fails as every page does when the database is away.

    Room is what is left where there is least: for temporary files, or where one machine keeps everything.
    """
    waiting = int(session.scalar(_OLDEST_DUE) or 0)
    folders = (Path(gettempdir()), current_app.extensions["settings"].data_dir)
    disks = [shutil.disk_usage(folder) for folder in folders if folder.is_dir()]
    free_percent = min(100 * disk.free // disk.total for disk in disks)
    return Readiness(storage().is_there(), waiting, free_percent, drift())
