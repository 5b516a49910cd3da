"""The worker's part: building dossiers straight into the store, and finding those whose builder died."""

import logging
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from award import house_key
from award.alone import alone, end_silent
from award.clock import now
from award.db import session, unit_of_work
from award.jobs import task
from award.nominations import dossiers, operations
from award.nominations.bundle import Written
from award.nominations.contents import Plan, plan
from award.nominations.models import Dossier
from award.nominations.putting import put
from config import Settings

log = logging.getLogger(__name__)

LEFT_ALONE = timedelta(minutes=10)
"""For so long a dossier that nobody builds may be waiting for its turn."""
GIVEN_UP = timedelta(hours=6)
NAMED = 3
"""So many lacking files are named in the sentence."""
_LOCK_SPACE = 0x6E6F6D


@task("nominations.build")
def build(dossier_id: int) -> None:
    """The dossier stands in the store, or its row says why not. One worker at a time builds it."""
    settings: Settings = current_app.extensions["settings"]
    by = house_key.own()
    with alone(_LOCK_SPACE, dossier_id) as mine:
        if not mine:
            return
        with unit_of_work():
            dossier = session.get_one(Dossier, dossier_id)
            shown = (house_key.public(by), f"{settings.base_url.rstrip('/')}{house_key.ADDRESS}")
            key, planned = dossier.key, plan(dossier, *shown) if dossier.state == "building" else None
        if planned is None:
            return
        fault = _lacking(planned)
        written = Written([])
        if not fault:
            fault = put(key, planned, written, by.sign)
        with unit_of_work():
            if fault:
                operations.mark_failed(dossier_id=dossier_id, sentence=fault)
            else:
                operations.mark_ready(
                    dossier_id=dossier_id,
                    size=written.size,
                    sha256=written.sha256,
                    files=len(written.members) + len((house_key.SUMS, house_key.SIGNATURE)),
                    fingerprint=house_key.public(by).fingerprint,
                )


@task("nominations.sweep", every="*/10 * * * *")
def sweep() -> None:
    """Dossiers whose builder died or stands still are asked for again; after hours without one they have failed."""
    if silent := end_silent(_LOCK_SPACE):
        log.error("%d builders of dossiers have stopped: their turns are taken away", silent)
    for waiting in dossiers.still_building(now() - LEFT_ALONE):
        with alone(_LOCK_SPACE, waiting.id) as mine, unit_of_work():
            if not mine:
                continue
            if waiting.created_at < now() - GIVEN_UP:
                operations.mark_failed(dossier_id=waiting.id, sentence=_("Chưa lập được hồ sơ. Đề nghị lập lại."))
            else:
                operations.defer_build(dossier=waiting)


def _lacking(planned: Plan) -> str:
    lacking = planned.lacking
    if not lacking:
        return ""
    named = "; ".join(lacking[:NAMED]) + ("; …" if len(lacking) > NAMED else "")
    return str(_("Còn %(n)s tệp chưa dùng được: %(names)s.", n=len(lacking), names=named))
