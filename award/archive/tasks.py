"""The worker's part: building archives straight into the store, and finding those whose builder died."""

import logging
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from award import house_key
from award.alone import alone, end_silent
from award.archive import operations, queries
from award.archive.contents import plan
from award.archive.models import Archive
from award.clock import now
from award.db import session, unit_of_work
from award.jobs import task
from award.nominations.bundle import Written
from award.nominations.contents import Plan
from award.nominations.putting import put
from config import Settings

log = logging.getLogger(__name__)

LEFT_ALONE = timedelta(minutes=10)
"""For so long an archive that nobody builds may be waiting for its turn."""
GIVEN_UP = timedelta(hours=12)
_LOCK_SPACE = 0x617263


@task("archive.build")
def build(archive_id: int) -> None:
    """The archive stands in the store, or its row says why not. One worker at a time builds it."""
    settings: Settings = current_app.extensions["settings"]
    by = house_key.own()
    with alone(_LOCK_SPACE, archive_id) as mine:
        if not mine:
            return
        key, planned = _planned(archive_id, house_key.public(by), settings.base_url)
        if planned is None:
            return
        written = Written([])
        fault = put(key, planned, written, by.sign)
        with unit_of_work():
            if fault:
                operations.mark_failed(archive_id=archive_id, sentence=fault)
                return
            operations.mark_ready(
                archive_id=archive_id,
                size=written.size,
                sha256=written.sha256,
                files=len(written.members) + len((house_key.SUMS, house_key.SIGNATURE)),
                fingerprint=house_key.public(by).fingerprint,
            )


def _planned(archive_id: int, key: house_key.PublicKey, base_url: str) -> tuple[str, Plan | None]:
    """Where it goes and what it holds; nothing where it stands already. Rooms make their addresses as in a request."""
    with current_app.test_request_context(base_url=base_url), unit_of_work():
        archive = session.get_one(Archive, archive_id)
        if archive.state != "building":
            return archive.key, None
        return archive.key, plan(archive, key, f"{base_url.rstrip('/')}{house_key.ADDRESS}")


@task("archive.sweep", every="5-55/10 * * * *")
def sweep() -> None:
    """Archives whose builder died or stands still are asked for again; after hours without one they have failed."""
    if silent := end_silent(_LOCK_SPACE):
        log.error("%d builders of archives have stopped: their turns are taken away", silent)
    for waiting in queries.still_building(now() - LEFT_ALONE):
        with alone(_LOCK_SPACE, waiting.id) as mine, unit_of_work():
            if not mine:
                continue
            if waiting.created_at < now() - GIVEN_UP:
                operations.mark_failed(archive_id=waiting.id, sentence=_("Chưa lập được bản lưu trữ. Đề nghị lập lại."))
            else:
                operations.defer_build(archive=waiting)
