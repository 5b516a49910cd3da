"""The worker's part in dossiers that came in: reading them from the store, bringing their files to where files lie."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Engine, text

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.editions.queries import capacity
from award.files.models import File
from award.files.receiving import Brought, bring
from award.files.store import storage
from award.jobs import task
from award.nominations import arrivals, arriving, checking, described, placing, taking
from award.nominations.models import Delivery
from award.people.models import Person
from award.verdicts import Refused
from uploads import archives, sweep
from uploads.kinds import BY_CODE, kind_among
from uploads.ranges import StoredRanges
from uploads.storage import NoSuchObject

log = logging.getLogger(__name__)

LEFT_ALONE = timedelta(minutes=2)
"""For so long a dossier may wait for its worker before it is asked for again."""
TELL_EVERY = 2.0
"""Seconds between two words about how far it has come."""
_LOCK_SPACE = 0x646C76


@task("nominations.check")
def check(delivery_id: int) -> None:
    """Every byte of the dossier was read, and its row says what it holds or which file is wrong."""
    with _alone(delivery_id) as alone:
        with unit_of_work():
            delivery = session.get(Delivery, delivery_id) if alone else None
            if delivery is None or delivery.state != "checking" or delivery.file_id is None:
                return
            file = session.get_one(File, delivery.file_id)
        try:
            checked = checking.check(StoredRanges(storage(), file.key, file.size), _teller(delivery_id))
        except checking.Wrong as wrong:
            with unit_of_work():
                arriving.refuse(delivery_id=delivery_id, sentence=checking.sentence(wrong, file.name))
            return
        except NoSuchObject:
            with unit_of_work():
                arriving.refuse(delivery_id=delivery_id, sentence=_("“%(name)s” không còn trong kho.", name=file.name))
            return
        with unit_of_work():
            arriving.accept(delivery_id=delivery_id, checked=checked)


@task("nominations.take")
def take(delivery_id: int) -> None:
    """The dossier is taken in as a whole; or nothing of it is, and its row says why.

    What was brought is deleted only when it is certain that no row names it; of a worker that died the sweep of files
    finds it.
    """
    with _alone(delivery_id) as alone:
        with unit_of_work():
            delivery = session.get(Delivery, delivery_id) if alone else None
            if delivery is None or delivery.state != "taking" or delivery.taken_by_id is None:
                return
            edition = session.get_one(Edition, delivery.edition_id)
            person = session.get_one(Person, delivery.taken_by_id)
        brought: dict[str, Brought] = {}
        try:
            _bring(delivery, edition, brought)
            with unit_of_work():
                by = capacity(person, edition)
                taking.take(by=by, edition=edition, delivery_id=delivery_id, files=brought)
        except (Refused, archives.Broken, NoSuchObject) as fault:
            log.warning("dossier %d was not taken in: %r", delivery_id, fault)
            sweep.delete(storage(), [each.key for each in brought.values()])
            said = fault.verdict.sentence if isinstance(fault, Refused) else _("Tệp nén trong kho không còn đọc được.")
            with unit_of_work():
                taking.give_up(delivery_id=delivery_id, sentence=said)


@task("nominations.sweep_deliveries", every="*/2 * * * *")
def sweep_deliveries() -> None:
    """Dossiers whose worker died are asked for again."""
    for waiting in arrivals.waiting(now() - LEFT_ALONE):
        with _alone(waiting.id) as alone, unit_of_work():
            if alone:
                (arriving.ask_check if waiting.state == "checking" else taking.ask_taking)(delivery=waiting)


def _bring(delivery: Delivery, edition: Edition, brought: dict[str, Brought]) -> None:
    """The bytes of every work that is not there yet stand where files are kept; `brought` is filled on the way."""
    assert delivery.file_id is not None
    told = described.from_json(delivery.told or {})
    with unit_of_work():
        file = session.get_one(File, delivery.file_id)
        placed = placing.place(told, arrivals.kinds(edition.id), delivery.kinds)
        before: Mapping[str, object] = arrivals.came_before(edition.id, [work.origin for work in told.works])
    source, tell, done = StoredRanges(storage(), file.key, file.size), _teller(delivery.id), 0
    lying = {member.name: member for member in archives.members(source)}
    for work in told.works:
        for each in () if work.origin in before else work.files:
            slot = placed.slots.get(each.path)
            kind = kind_among(each.name, slot.kinds) if slot is not None else None
            mime = BY_CODE[kind.code].mime if kind is not None else "application/octet-stream"
            brought[each.path] = bring(archives.pieces(source, lying[each.path]), each.size, mime)
            done += each.size
            tell(100 * done // max(file.size, 1))


def _teller(delivery_id: int) -> Callable[[int], None]:
    """Notes the percent it is called with, now and then."""
    told = time.monotonic()

    def tell(percent: int) -> None:
        nonlocal told
        if time.monotonic() - told < TELL_EVERY:
            return
        told = time.monotonic()
        with unit_of_work():
            arriving.note_percent(delivery_id=delivery_id, percent=percent)

    return tell


@contextmanager
def _alone(number: int) -> Iterator[bool]:
    """True for one process at a time; the database lets go of the lock when the process dies."""
    engine: Engine = current_app.extensions["engine"]
    names = {"space": _LOCK_SPACE, "number": number % 2**31}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = connection.scalar(text("SELECT pg_try_advisory_lock(:space, :number)"), names)
        try:
            yield bool(mine)
        finally:
            if mine:
                connection.execute(text("SELECT pg_advisory_unlock(:space, :number)"), names)
