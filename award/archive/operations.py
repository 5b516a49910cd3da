"""Asking for an archive, and what becomes of it."""

from flask_babel import gettext as _

from award import jobs
from award.archive import permissions, queries
from award.archive.models import Archive
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.log.operations import record
from award.results.queries import is_public
from award.verdicts import require
from uploads.storage import new_key

ROOM = "archives"


def ask(*, by: Capacity, edition: Edition, audience: str, works: str, licence: str = "") -> Archive:
    """An archive of the edition as it stands when it is built; a job builds it after the commit.

    Raises Refused before the results are public, and where files of works would go to everybody without a paper.
    """
    lock(edition)
    require(permissions.can_make(by, public=is_public(edition, now())))
    require(permissions.is_licensed(audience, works, licence))
    assert by.person_id is not None
    asked = Archive(
        edition_id=edition.id,
        audience=audience,
        works=works,
        licence=licence if audience == "public" and works != "none" else "",
        key=new_key(ROOM),
        asked_by_id=by.person_id,
    )
    session.add(asked)
    session.flush()
    facts: dict[str, int | str | None] = {"audience": audience, "works": works, "licensed": int(bool(asked.licence))}
    record("archive.asked", actor_id=by.person_id, award_id=edition.award_id, subject=asked, facts=facts)
    defer_build(archive=asked)
    return asked


def defer_build(*, archive: Archive) -> None:
    """A worker builds it after the commit. While one is asked to, a second is not."""
    jobs.defer("archive.build", at_most_one=f"archive.build:{archive.id}", archive_id=archive.id)


def mark_ready(*, archive_id: int, size: int, sha256: str, files: int, fingerprint: str) -> None:
    """It stands whole in the store, signed by the key of this fingerprint; an earlier one for the same people goes.

    One that was ended while it was being built stays ended, and what was put into the store goes again.
    """
    archive = _building(archive_id)
    if archive is None:
        return
    archive.state, archive.size, archive.sha256, archive.files = "ready", size, sha256, files
    archive.fingerprint, archive.built_at, archive.fault = fingerprint, now(), ""
    session.flush()
    facts: dict[str, int | str | None] = {"size": size, "sha256": sha256, "files": files, "key": fingerprint}
    _record("archive.built", archive, facts)
    for each in queries.former(archive):
        let_go(archive=each)


def mark_failed(*, archive_id: int, sentence: str) -> None:
    """It is not made, and the page says why; one that was ended meanwhile keeps the word of who ended it."""
    archive = _building(archive_id)
    if archive is not None:
        _fail(archive, sentence)


def _building(archive_id: int) -> Archive | None:
    """The archive, held until the commit, while it is still to be built; of one that was ended nothing is left."""
    archive = queries.held(archive_id)
    if archive.state == "building":
        return archive
    if archive.state != "ready":
        jobs.defer("files.erase", keys=[archive.key], unfinished=[])
    return None


def _fail(archive: Archive, sentence: str) -> None:
    archive.state, archive.fault = "failed", sentence
    session.flush()
    _record("archive.failed", archive)


def let_go(*, archive: Archive) -> None:
    """Its ZIP is gone from the store after the commit; that it was made, and what its sum was, stays known."""
    archive.state = "replaced"
    session.flush()
    _record("archive.let_go", archive)
    jobs.defer("files.erase", keys=[archive.key], unfinished=[])


def forget(*, archive: Archive) -> None:
    """The same at the wish of somebody whose data lie in it: it can be made again without them."""
    _fail(queries.held(archive.id), _("Đã xóa theo yêu cầu về dữ liệu cá nhân. Có thể lập lại."))
    jobs.defer("files.erase", keys=[archive.key], unfinished=[])


def _record(kind: str, archive: Archive, facts: dict[str, int | str | None] | None = None) -> None:
    award_id = session.get_one(Edition, archive.edition_id).award_id
    record(kind, actor_id=None, award_id=award_id, subject=archive, facts=facts or {})
