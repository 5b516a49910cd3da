"""The worker's part: building dossiers straight into the store, and finding those whose builder died."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from award.alone import alone, end_silent
from award.clock import now
from award.db import session, unit_of_work
from award.files.store import storage
from award.jobs import task
from award.nominations import operations, queries, signing
from award.nominations.bundle import ZIP, Member, Written, stream
from award.nominations.contents import Original, Page, Plan, plan
from award.nominations.models import Dossier
from config import Settings
from uploads.storage import NoSuchObject

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
    by = signing.house_key(settings.secret_key)
    with alone(_LOCK_SPACE, dossier_id) as mine:
        if not mine:
            return
        with unit_of_work():
            dossier = session.get_one(Dossier, dossier_id)
            shown = (signing.public(by), f"{settings.base_url.rstrip('/')}{signing.ADDRESS}")
            key, planned = dossier.key, plan(dossier, *shown) if dossier.state == "building" else None
        if planned is None:
            return
        fault = _lacking(planned)
        written = Written([])
        if not fault:
            fault = _write(key, planned, written, by.sign)
        with unit_of_work():
            if fault:
                operations.mark_failed(dossier_id=dossier_id, sentence=fault)
            else:
                operations.mark_ready(
                    dossier_id=dossier_id,
                    size=written.size,
                    sha256=written.sha256,
                    files=len(written.members) + len((signing.SUMS, signing.SIGNATURE)),
                    fingerprint=signing.public(by).fingerprint,
                )


@task("nominations.sweep", every="*/10 * * * *")
def sweep() -> None:
    """Dossiers whose builder died or stands still are asked for again; after hours without one they have failed."""
    if silent := end_silent(_LOCK_SPACE):
        log.error("%d builders of dossiers have stopped: their turns are taken away", silent)
    for waiting in queries.still_building(now() - LEFT_ALONE):
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


def _write(key: str, planned: Plan, written: Written, sign: Callable[[bytes], bytes]) -> str:
    """The sentence of what went wrong; empty when the store holds the dossier and every byte is what was verified."""
    try:
        storage().put_stream(key, stream(_members(planned), written, sign=sign), ZIP)
    except NoSuchObject:
        log.warning("an original of dossier %s is not in the store", key)
        return str(_("Một tệp của tác phẩm không còn trong kho. Đề nghị báo người quản trị."))
    sums = dict(written.members)
    changed = [held.shown_as for held in planned.originals if sums[held.path] != held.sha256]
    if not changed:
        return ""
    storage().delete(key)
    return str(_("Tệp trong kho khác tệp đã kiểm tra: %(name)s. Đề nghị báo người quản trị.", name=changed[0]))


def _members(planned: Plan) -> Iterator[Member]:
    """Everything in the order of paths; an original is asked of the store when its turn comes."""
    everything: list[Original | Page] = [*planned.pages, *planned.originals]
    for held in sorted(everything, key=lambda each: each.path):
        if isinstance(held, Original):
            yield Member(held.path, storage().stream(held.key))
        else:
            yield Member(held.path, [held.content])
