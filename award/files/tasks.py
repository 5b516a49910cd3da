"""The worker's part: verifying what arrived, making light versions and fingerprints, erasing what was discarded,
finding what a dead process left."""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app

from award.alone import alone, end_silent
from award.clock import now
from award.db import session, unit_of_work
from award.files import fetches, fingerprinting, holdings, operations, queries, resembling
from award.files.examination import Examined, examined
from award.files.lightening import FREE_MEMORY, Lightened, NoRoom, lightened, memory_left
from award.files.models import File, Rendition
from award.files.resting import REST
from award.files.store import scanner, storage
from award.jobs import defer, task, under_way
from award.verdicts import Refused
from uploads import failpoints, fingerprints, light, media, sweep
from uploads.fingerprints import Prints
from uploads.kinds import BY_CODE
from uploads.ranges import StoredRanges
from uploads.sandbox import ChildFailed
from uploads.storage import NoSuchObject, StoreUnavailable, new_key

log = logging.getLogger(__name__)

LEFT_ALONE = timedelta(seconds=30)
"""For so long a file may be in the hands of the process that began with it. The next sweep is as far off: what a dead
process left is gone on with within a minute."""
ORPHANED = {
    operations.PAGES: timedelta(hours=48),
    operations.LIGHT: timedelta(hours=48),
    operations.ORIGINALS: timedelta(days=30),
}
"""How old objects without a row must be. After the database came back from a backup the store is newer than its rows,
and what looks like an orphan may be somebody's work: so what people sent waits for a month."""
MADE_HERE = {"archives": timedelta(days=30), "dossiers": timedelta(days=30), "papers": timedelta(days=30)}
MADE_HERE |= {"personal": timedelta(hours=48)}
"""The same of what rooms above put into the store: they say themselves what of it stands, or is being made."""
TELL_EVERY = 2.0
"""Seconds between two words about how far a light version has come."""
PIECE_BYTES = 1024 * 1024
SCANS_AT_A_TIME = 200
SAYS_SOMETHING = 30
"""A document with fewer words is a picture of one."""
PAGES_LOOKED_AT = 40
"""Of a scan. Works of the press have fewer; a whole volume is known by its beginning."""
_LOCK_SPACE = 0x66696C


@task("files.verify")
def verify(file_id: int) -> None:
    """Every byte of the file was read and its state says what came of it. One worker at a time does so.

    When the store is away nothing is decided: the sweep asks again, sooner than this job's own pauses would end. What
    counts against a file is only that a worker died over it.
    """
    with alone(_LOCK_SPACE, file_id) as mine:
        if not mine:
            return
        with unit_of_work():
            file = operations.start_verifying(file_id=file_id)
        if file is None:
            return
        failpoints.reach("verifying")
        try:
            with REST.turn():
                _examine(file)
        except Exception as fault:
            with unit_of_work():
                operations.postpone_verifying(file_id=file_id)
            if not isinstance(fault, StoreUnavailable):
                raise
            log.warning("the verdict on file %d waits: %s", file_id, fault)


@task("files.lighten")
def lighten(file_id: int) -> None:
    """The versions for reading of a photo or a recording stand in the store, or it is known that there are none.

    When the store is away or this disk is full nothing is decided: the sweep asks again.
    """
    with alone(_LOCK_SPACE, file_id) as mine:
        if not mine:
            return
        with unit_of_work():
            file = operations.start_light(file_id=file_id)
        if file is None:
            return
        failpoints.reach("lightening")
        try:
            if operations.second_lane(file_id) and under_way("files.lighten") > 1 and memory_left() < FREE_MEMORY:
                raise NoRoom
            with REST.turn():
                _lighten(file)
        except (ChildFailed, NoSuchObject) as fault:
            log.warning("no light version of file %d: %s", file_id, fault)
            with unit_of_work():
                operations.mark_light_failed(file_id=file_id)
        except (StoreUnavailable, NoRoom) as fault:
            log.warning("the light version of file %d waits: %r", file_id, fault)
            with unit_of_work():
                operations.postpone_light(file_id=file_id)


@task("files.fingerprint")
def fingerprint(file_id: int) -> None:
    """It is known what the file says, looks and sounds like, and which files of all are like it."""
    with unit_of_work():
        file = fingerprinting.start(file_id=file_id)
    if file is None:
        return
    failpoints.reach("fingerprinting")
    try:
        with REST.turn():
            prints = _prints(file)
    except (ChildFailed, NoSuchObject) as fault:
        log.warning("no fingerprint of file %d: %s", file_id, fault)
        with unit_of_work():
            fingerprinting.fail(file_id=file_id)
        return
    except StoreUnavailable as fault:
        log.warning("the fingerprint of file %d waits: %r", file_id, fault)
        with unit_of_work():
            fingerprinting.postpone(file_id=file_id)
        return
    failpoints.reach("prints_made")
    with unit_of_work():
        fingerprinting.keep(file_id=file_id, prints=prints, paragraphs=queries.clean_text(file_id))


@task("files.scan")
def scan(file_id: int) -> None:
    """A file that became ready while no scanner was there is read by it now."""
    file, reader = session.get(File, file_id), scanner()
    if file is None or file.state != "ready" or reader is None:
        return
    found = reader.scan(storage().stream(file.key), file.size)
    session.rollback()
    if found.state != "failed":
        with unit_of_work():
            operations.mark_scanned(file_id=file_id, scan=found)


@task("files.erase")
def erase(keys: list[str], unfinished: list[str]) -> None:
    """Nothing of a discarded file is left in the store. `unfinished`: key and id of an upload that never ended."""
    if unfinished:
        storage().abort(*unfinished)
    sweep.delete(storage(), keys)


@task("files.sweep", every="* * * * * */30")
def repair() -> None:
    """What a dead process left is done: uploads with all parts are finished, files get their verdict. Who stands still
    keeps nobody from it."""
    if silent := end_silent(_LOCK_SPACE):
        log.error("%d processes that worked on files have stopped: their turns are taken away", silent)
    with alone(_LOCK_SPACE, 0) as mine:
        if not mine:
            return
        failpoints.reach("sweeping")
        before = now() - LEFT_ALONE
        with unit_of_work():
            for file_id in queries.not_yet_verified(before):
                operations.ask_for_verification(file_id=file_id)
            for file_id in queries.waiting_for_light(before):
                operations.ask_for_light(file_id=file_id)
            for file_id in resembling.waiting(before):
                fingerprinting.ask(file_id=file_id)
        try:
            for file_id in queries.still_uploading(before):
                _finish_if_complete(file_id)
        except StoreUnavailable as fault:
            log.warning("the store is away, the next sweep goes on: %s", fault)


@task("files.tidy", every="17 * * * *")
def tidy() -> None:
    """Uploads unfinished for 48 hours are given up, objects that no row names are gone, and what came while the scanner
    was away is put before it."""
    with unit_of_work():
        fetches.forget(before=now() - fetches.KEPT)
    _ask_for_scans()
    given_up = sweep.abort_old_uploads(storage(), now())
    with unit_of_work():
        operations.forget_given_up(uploads=given_up)
    for room, age in ORPHANED.items():
        _delete_unnamed(room, age, queries.named)
    standing = {each.key for each in holdings.expected()}
    for room, age in MADE_HERE.items():
        _delete_unnamed(room, age, standing.intersection)


def _delete_unnamed(room: str, age: timedelta, named: Callable[[Collection[str]], Collection[str]]) -> None:
    for orphan in sweep.unnamed(storage(), named, now(), older_than=age, prefix=f"{room}/"):
        log.warning("no row names %s (%d bytes): deleted", orphan.key, orphan.size)
        storage().delete(orphan.key)


def _ask_for_scans() -> None:
    reader = scanner()
    if reader is None or not reader.is_there():
        return
    with unit_of_work():
        for file_id in queries.without_scan(reader.most_bytes, SCANS_AT_A_TIME):
            defer("files.scan", at_most_one=f"files.scan:{file_id}", one_by_one="files.scan", file_id=file_id)


def _examine(file: File) -> None:
    kind = BY_CODE[file.kind]
    with examined(
        storage(),
        file.key,
        name=file.name,
        kind=kind,
        size=file.size,
        fingerprint=file.fingerprint,
        scanner=scanner(),
    ) as found:
        if found.reason == operations.NOT_CHECKED:
            _unchecked(file, found)
            return
        if found.reason:
            with unit_of_work():
                operations.mark_rejected(
                    file_id=file.id,
                    sha256=found.sha256,
                    facts=found.facts,
                    reason=found.reason,
                    scan=found.scan.state,
                )
            return
        assert found.sha256 is not None
        renditions = list(_renditions(found))
        failpoints.reach("pages_made")
        with unit_of_work():
            unwanted = operations.mark_verified(
                file_id=file.id,
                sha256=found.sha256,
                facts=found.facts,
                renditions=renditions,
                scan=found.scan.state,
            )
    failpoints.reach("verified")
    sweep.delete(storage(), _keys(unwanted))


def _unchecked(file: File, found: Examined) -> None:
    """The child broke, which may have been the machine's fault: the sweep asks again, until there were tries enough."""
    log.warning("file %s has broken its examiner, try %d", file.public_id, file.verify_tries)
    if file.verify_tries < operations.VERIFY_TRIES:
        return
    log.error("file %s cannot be checked: given up", file.public_id)
    with unit_of_work():
        operations.mark_unchecked(file_id=file.id, sha256=found.sha256, facts=found.facts)


def _renditions(found: Examined) -> Iterator[Rendition]:
    """The pictures stand in the store when their rows come out."""
    for picture in found.pictures:
        yield _picture("page", picture.number, picture.path, picture.mime, picture.width, picture.height)
    if found.paragraphs:
        paragraphs = list(found.paragraphs)
        size = sum(len(paragraph.encode()) for paragraph in paragraphs)
        yield Rendition(kind="text", ordinal=1, size=size, content_type="text/plain", facts={"paragraphs": paragraphs})


def _lighten(file: File) -> None:
    with lightened(
        storage(),
        file.key,
        kind=BY_CODE[file.kind],
        size=file.size,
        seconds=float(file.facts.get("duration", 0)),
        on_progress=_teller(file.id),
    ) as made:
        renditions = list(_light_renditions(made))
    failpoints.reach("light_made")
    with unit_of_work():
        unwanted = operations.mark_light(file_id=file.id, renditions=renditions)
    failpoints.reach("lightened")
    sweep.delete(storage(), _keys(unwanted))


def _prints(file: File) -> Prints:
    """What a photo, a scan or a recording looks and sounds like, from what was made of it for reading, if anything."""
    kind = BY_CODE[file.kind]
    if kind.family == "document":
        return _prints_of_document(file)
    if kind.family == "image":
        small = queries.rendition(file.id, "photo", min(media.PHOTO_LONG_SIDES))
        return fingerprints.of_photo(_ranges(file, small))
    made = queries.rendition(file.id, "light", 1)
    light_kind = BY_CODE["mp4" if kind.family == "video" else "m4a"]
    seconds = float(file.facts.get("duration", 0))
    return fingerprints.of_recording(_ranges(file, made), kind if made is None else light_kind, seconds)


def _prints_of_document(file: File) -> Prints:
    """Of a scan, which says nothing, what its pages look like; other documents are known by their words."""
    words = sum(len(each.split()) for each in queries.clean_text(file.id))
    if words >= SAYS_SOMETHING:
        return Prints()
    made = queries.renditions([file.id]).get(file.id, [])
    pages = [each for each in made if each.kind == "page" and each.ordinal <= PAGES_LOOKED_AT]
    return fingerprints.of_pages([_ranges(file, each) for each in pages]) if pages else Prints()


def _ranges(file: File, made: Rendition | None) -> StoredRanges:
    if made is None or made.key is None:
        return StoredRanges(storage(), file.key, file.size)
    return StoredRanges(storage(), made.key, made.size)


def _teller(file_id: int) -> Callable[[int], None]:
    """Notes the percent it is called with, now and then; from another thread, which has no application of its own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    told = time.monotonic()

    def tell(percent: int) -> None:
        nonlocal told
        if time.monotonic() - told < TELL_EVERY:
            return
        told = time.monotonic()
        with app.app_context(), unit_of_work():
            operations.note_light(file_id=file_id, percent=percent)

    return tell


def _light_renditions(made: Lightened) -> Iterator[Rendition]:
    """The light versions stand in the store when their rows come out."""
    for photo in made.photos:
        yield _picture("photo", photo.number, photo.path, photo.mime, photo.width, photo.height)
    if made.recording is None:
        return
    version = made.recording
    if version.poster is not None:
        yield _picture("poster", 1, version.poster, light.POSTER_MIME, version.width, version.height)
    if version.peaks:
        size = len(version.peaks)
        yield Rendition(
            kind="waveform", ordinal=1, size=size, content_type="application/json", facts={"peaks": version.peaks}
        )
    if version.sound is not None:
        key = new_key(operations.LIGHT)
        size = storage().put_stream(key, _pieces(version.sound), light.SOUND_MIME)
        yield Rendition(kind="sound", ordinal=1, key=key, size=size, content_type=light.SOUND_MIME, facts={})
    key = new_key(operations.LIGHT)
    size = storage().put_stream(key, _pieces(version.path), version.mime)
    facts = {"width": version.width, "height": version.height} if version.width else {}
    yield Rendition(kind="light", ordinal=1, key=key, size=size, content_type=version.mime, facts=facts)


def _picture(kind: str, ordinal: int, path: Path, mime: str, width: int | None, height: int | None) -> Rendition:
    key, data = new_key(operations.PAGES), path.read_bytes()
    storage().put_small(key, data, mime)
    facts = {"width": width, "height": height}
    return Rendition(kind=kind, ordinal=ordinal, key=key, size=len(data), content_type=mime, facts=facts)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _keys(renditions: Sequence[Rendition]) -> list[str]:
    return [rendition.key for rendition in renditions if rendition.key]


def _finish_if_complete(file_id: int) -> None:
    try:
        with unit_of_work():
            file = session.get(File, file_id)
            if file is not None:
                operations.finish(file=file)
    except Refused as refusal:
        log.info("file %d stays unfinished: %s", file_id, refusal.verdict.code)
