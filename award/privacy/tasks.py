"""The worker's part: copies, those whose maker died, and what is let go each night."""

import logging

from award.db import session, unit_of_work
from award.files.store import storage
from award.jobs import task
from award.privacy import copying, operations, queries
from award.privacy.models import PrivacyRequest

log = logging.getLogger(__name__)


@task("privacy.copy")
def copy(request_id: int) -> None:
    """The copy stands in the store and its request knows so. Asked again for one that stands, nothing is done."""
    asked = session.get(PrivacyRequest, request_id)
    if asked is None or asked.export_key is None or asked.export_size is not None:
        return
    key = asked.export_key
    written = copying.write(asked)
    session.rollback()
    with unit_of_work():
        asked = session.get_one(PrivacyRequest, request_id, with_for_update=True)
        if asked.export_key == key and asked.export_size is None:
            operations.copy_made(asked=asked, size=written.size, sha256=written.sha256)
            return
    storage().delete(key)  # it was forgotten while it was written


@task("privacy.repair", every="*/20 * * * *")
def repair() -> None:
    """Copies whose maker died are asked for again."""
    with unit_of_work():
        for asked in queries.without_copy():
            operations.ask_copy(asked)


@task("privacy.let_go", every="25 3 * * *")
def let_go() -> None:
    """Whatever is older than its term is gone."""
    with unit_of_work():
        gone = operations.let_go()
    for code, count in gone.items():
        log.info("let go: %s %d", code, count)
