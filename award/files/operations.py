"""What happens to a file from its first part to its verdict, and how it goes.

Bytes come first and their row afterwards; on the way out the row goes first and the bytes afterwards. Whatever stops in
between is found again by the sweep (`award.files.tasks`).
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select, update

from award.clock import now
from award.db import session
from award.features import tell_rooms_of_file
from award.files import fingerprinting, queries
from award.files.models import File, Fingerprint, Rendition
from award.files.permissions import can_begin, can_check_again, can_keep, can_resume, can_send
from award.files.store import prepare, quota, storage
from award.jobs import defer
from award.log.operations import record
from award.people.models import Person
from award.verdicts import Refused, Verdict, require
from uploads import failpoints, protocol
from uploads.kinds import BY_CODE, kind_among
from uploads.scan import Scan
from uploads.serve import clean_name
from uploads.storage import PART_SECONDS, SignedPart, UnfinishedUpload, new_key
from uploads.sweep import LEFT_BEHIND

log = logging.getLogger(__name__)

ORIGINALS, PAGES, LIGHT = "originals", "pages", "light"
"""The first words of the keys: what people sent, pictures and recordings that were made from it."""
VERIFY_TRIES = 3
"""After so many workers or their children have died over it, a file is taken for one that cannot be checked."""
NOT_CHECKED = "could_not_check"
LIGHT_TRIES = 3
"""After so many workers have died over it, a light version is not tried again."""
_LIGHT_MADE = ("photo", "poster", "light", "sound", "waveform")


def begin(
    *,
    uploader: Person,
    name: str,
    size: int,
    part_hashes: Sequence[str],
    kinds: Collection[str],
    max_bytes: int,
) -> File:
    """A File in state 'uploading' whose parts may be sent. Its fingerprint stands from this moment.

    `part_hashes` are the SHA-256 (hex) of the parts of `uploads.protocol.plan(size)`. The owner of the file stores its
    id in the same unit of work.
    """
    name = clean_name(name)
    require(can_begin(name, size, part_hashes, kinds, max_bytes))
    kind = kind_among(name, kinds)
    assert kind is not None
    queries.one_at_a_time(uploader.id)  # two that begin at once would each find room for itself alone
    require(can_keep(size, queries.bytes_of(uploader.id), quota()))
    prepare()
    upload = protocol.begin(storage(), new_key(ORIGINALS), size, kind.mime)
    file = File(
        uploader_id=uploader.id,
        key=upload.key,
        upload_id=upload.upload_id,
        name=name,
        kind=kind.code,
        content_type=kind.mime,
        size=size,
        part_size=upload.plan.part_size,
        part_hashes=list(part_hashes),
        fingerprint=protocol.fingerprint(part_hashes),
    )
    file.just_begun = True
    session.add(file)
    session.flush()
    record(
        "file.begun",
        actor_id=uploader.id,
        award_id=None,
        subject=file,
        facts={"size": size, "fingerprint": file.fingerprint},
    )
    return file


def begin_or_resume(
    *,
    uploader: Person,
    name: str,
    size: int,
    part_hashes: Sequence[str],
    kinds: Collection[str],
    max_bytes: int,
    place: Collection[int] = (),
    resuming: str | None = None,
) -> File:
    """The file to send parts of: the uploader's own in the same place when it has these bytes, otherwise a new one.

    `place` holds the ids of the files that stand where this one is to stand; a new one is not among them. `resuming` is
    the public id of the file whose upload the person wants to go on with; another file is then refused.
    """
    fingerprint = protocol.fingerprint(part_hashes)
    if resuming is not None:
        broken_off = queries.sent_by(uploader.id, resuming)
        if broken_off is not None and broken_off.id in place and broken_off.state == "uploading":
            require(can_resume(broken_off, size, fingerprint))
    standing = queries.standing_in(place, uploader.id, fingerprint, size)
    if standing is None:
        return begin(uploader=uploader, name=name, size=size, part_hashes=part_hashes, kinds=kinds, max_bytes=max_bytes)
    if standing.state == "uploading":
        _revive(standing)
    return standing


def sign(*, file: File, numbers: Sequence[int]) -> list[SignedPart]:
    """An address for each of these parts (at most 50): it takes the bytes declared at the beginning and no others."""
    require(can_send(file))
    plan = protocol.plan(file.size)
    if any(not 1 <= number <= plan.count for number in numbers):
        raise Refused(Verdict("file_no_such_part", _("Tệp không có phần này.")))
    claims = [protocol.PartClaim(n, plan.length(n), file.part_hashes[n - 1]) for n in numbers]
    signed = protocol.sign(storage(), _upload(file), claims)
    if isinstance(signed, protocol.Refused):
        raise Refused(Verdict(f"file_{signed.code}", _("Số phần của một lần ký không đúng.")))
    return signed


def finish(*, file: File, held: bool = False) -> File:
    """The file is 'stored' and will be verified; what was finished before stays as it is.

    The store tells what has arrived. After a death between the store's answer and our commit the object already stands,
    and the row follows. `held`: nobody else changes the row already, as `queries.held_of` gave it.
    """
    file = file if held else _locked(file.id)
    if file.state != "uploading":
        return file
    require(can_send(file))
    outcome = protocol.finish(storage(), _upload(file), file.part_hashes)
    if isinstance(outcome, protocol.Refused):
        if outcome.code == "not_kept":
            log.error("the store said that it had joined file %s and does not hold it whole", file.public_id)
        raise Refused(_unfinished(outcome.code))
    file.state, file.stored_at, file.upload_id = "stored", now(), None
    session.flush()
    facts: dict[str, int | str | None] = {"size": file.size, "fingerprint": file.fingerprint}
    record("file.stored", actor_id=file.uploader_id, award_id=None, subject=file, facts=facts)
    ask_for_verification(file_id=file.id)
    failpoints.reach("stored")
    return file


def ask_for_verification(*, file_id: int) -> None:
    """A worker examines the file once this commits; while it waits, asking again adds nothing."""
    defer("files.verify", at_most_one=f"files.verify:{file_id}", file_id=file_id)


def start_verifying(*, file_id: int) -> File | None:
    """The file is 'verifying' and comes back; None when it is gone, has its verdict, or was tried too often: then it is
    'unchecked', since whoever opens it dies."""
    file = _locked_or_none(file_id)
    if file is None or file.state not in {"stored", "verifying"}:
        return None
    file.state = "verifying"
    if file.verify_tries >= VERIFY_TRIES:
        log.error("file %s has taken %d workers with it: given up", file.public_id, file.verify_tries)
        mark_unchecked(file_id=file_id, sha256=None, facts={})
        return None
    file.verify_tries += 1
    session.flush()
    return file


def postpone_verifying(*, file_id: int) -> None:
    """It was not the file's fault: the try does not count, and the sweep asks again."""
    trying = update(File).where(File.id == file_id, File.state == "verifying")
    session.execute(trying.values(verify_tries=File.verify_tries - 1))


def mark_verified(
    *,
    file_id: int,
    sha256: str,
    facts: Mapping[str, Any],
    renditions: Sequence[Rendition],
    scan: str = "not_scanned",
) -> list[Rendition]:
    """The file is 'ready' with what was made from it. Renditions it did not take, because it is gone, come back.

    `scan` is the state of an uploads.scan.Scan.
    """
    file = _locked_or_none(file_id)
    if file is None or file.state != "verifying":
        return list(renditions)
    file.state, file.sha256, file.facts, file.verified_at = "ready", sha256, dict(facts), now()
    file.renditions, file.scan = list(renditions), scan
    family = BY_CODE[file.kind].family
    if family != "archive":
        session.add(Fingerprint(file_id=file.id))
    if family == "document":
        fingerprinting.ask(file_id=file.id)
    elif family != "archive":
        file.light = "waiting"
        ask_for_light(file_id=file.id)
    session.flush()
    record("file.ready", actor_id=None, award_id=None, subject=file, facts={"sha256": sha256})
    tell_rooms_of_file(file.id)
    return []


def ask_for_light(*, file_id: int) -> None:
    """A worker makes the light versions once this commits, in one of two lanes: whoever waits for a verdict is not kept
    waiting by an hour of film, nor a photo behind it."""
    lane = f"files.lighten.{'second' if second_lane(file_id) else 'first'}"
    defer("files.lighten", at_most_one=f"files.lighten:{file_id}", one_by_one=lane, file_id=file_id)


def second_lane(file_id: int) -> bool:
    """Files of the second lane go only as long as this machine has the memory for two at once."""
    return file_id % 2 == 1


def start_light(*, file_id: int) -> File | None:
    """The file whose light versions are to be made; None when it is gone, has them, or was tried too often."""
    file = _locked_or_none(file_id)
    if file is None or file.state != "ready" or file.light != "waiting":
        return None
    if file.light_tries >= LIGHT_TRIES:
        mark_light_failed(file_id=file_id)
        return None
    file.light_tries, file.light_percent = file.light_tries + 1, 0
    session.flush()
    return file


def note_light(*, file_id: int, percent: int) -> None:
    """How far it has come is known to whoever asks."""
    session.execute(update(File).where(File.id == file_id, File.light == "waiting").values(light_percent=percent))


def postpone_light(*, file_id: int) -> None:
    """It was not the file's fault: the try does not count, and the sweep asks again."""
    session.execute(
        update(File).where(File.id == file_id, File.light == "waiting").values(light_tries=File.light_tries - 1)
    )


def mark_light(*, file_id: int, renditions: Sequence[Rendition]) -> list[Rendition]:
    """The light versions are there, in place of earlier ones. What is not needed any more comes back."""
    file = _locked_or_none(file_id)
    if file is None or file.state != "ready" or file.light != "waiting":
        return list(renditions)
    before = [each for each in file.renditions if each.kind in _LIGHT_MADE]
    for each in before:
        file.renditions.remove(each)
    session.flush()
    file.renditions.extend(renditions)
    file.light, file.light_percent = "done", 100
    session.flush()
    made = ", ".join(sorted({each.kind for each in renditions}))
    record("file.light_made", actor_id=None, award_id=None, subject=file, facts={"made": made})
    fingerprinting.ask(file_id=file.id)
    return before


def mark_light_failed(*, file_id: int) -> None:
    """No light version can be made of this file. It stays as usable as it was."""
    file = _locked_or_none(file_id)
    if file is None or file.light != "waiting":
        return
    file.light = "failed"
    session.flush()
    record("file.light_failed", actor_id=None, award_id=None, subject=file, facts={"tries": file.light_tries})
    fingerprinting.ask(file_id=file.id)


def mark_rejected(
    *, file_id: int, sha256: str | None, facts: Mapping[str, Any], reason: str, scan: str = "not_scanned"
) -> None:
    """The file is 'rejected' for this reason (a code of `award.files.words`)."""
    file = _locked_or_none(file_id)
    if file is None or file.state != "verifying":
        return
    file.state, file.sha256, file.facts, file.verified_at = "rejected", sha256, dict(facts), now()
    file.reason, file.scan = reason, scan
    session.flush()
    record("file.rejected", actor_id=None, award_id=None, subject=file, facts={"sha256": sha256, "reason": reason})
    tell_rooms_of_file(file.id)


def mark_unchecked(*, file_id: int, sha256: str | None, facts: Mapping[str, Any]) -> None:
    """The file is 'unchecked': nothing is known against it, and nothing for it. Its work may be submitted with it."""
    file = _locked_or_none(file_id)
    if file is None or file.state != "verifying":
        return
    file.state, file.sha256, file.facts, file.verified_at = "unchecked", sha256, dict(facts), now()
    file.reason = NOT_CHECKED
    session.flush()
    record("file.unchecked", actor_id=None, award_id=None, subject=file, facts={"sha256": sha256})
    tell_rooms_of_file(file.id)


def check_again(*, file: File, by_id: int) -> File:
    """The file waits for its verdict anew, with all its tries: it may have been the machine that was at fault."""
    file = _locked(file.id)
    require(can_check_again(file))
    file.state, file.reason, file.verify_tries, file.verified_at = "stored", None, 0, None
    session.flush()
    record("file.check_asked", actor_id=by_id, award_id=None, subject=file)
    ask_for_verification(file_id=file.id)
    return file


def mark_scanned(*, file_id: int, scan: Scan) -> None:
    """What the scanner found in a file that was ready without it; with a virus in it nobody may use it any longer."""
    file = _locked_or_none(file_id)
    if file is None or file.state != "ready":
        return
    file.scan = scan.state
    file.facts = {name: value for name, value in file.facts.items() if name != "unscanned"}
    if scan.state == "infected":
        file.state, file.reason, file.facts = "rejected", "infected", file.facts | {"virus": scan.found}
        facts: dict[str, int | str | None] = {"sha256": file.sha256, "reason": "infected"}
        record("file.rejected", actor_id=None, award_id=None, subject=file, facts=facts)
        tell_rooms_of_file(file.id)
    elif scan.state == "not_scanned" and scan.found:
        file.facts = file.facts | {"unscanned": scan.found}
    session.flush()


def discard(*, file: File) -> None:
    """The row is gone, and once that is committed the bytes go too. The owner has removed its own row before."""
    keys = [file.key, *(rendition.key for rendition in file.renditions if rendition.key)]
    record("file.discarded", actor_id=None, award_id=None, subject=file, facts={"fingerprint": file.fingerprint})
    parts = file.upload_id not in (None, protocol.IN_ONE)
    defer("files.erase", keys=keys, unfinished=[file.key, file.upload_id] if parts else [])
    if len(file.part_hashes) == 1:  # its address may still be used once, now that nothing stands there
        defer("files.erase", after=timedelta(seconds=PART_SECONDS), keys=[file.key], unfinished=[])
    session.delete(file)
    session.flush()


def forget_given_up(*, uploads: Sequence[UnfinishedUpload]) -> None:
    """Files whose uploads the store no longer holds wait to be sent from the beginning; so do those of one request that
    has not come for as long."""
    gone = File.upload_id.in_([upload.upload_id for upload in uploads])
    never_came = and_(File.upload_id == protocol.IN_ONE, File.created_at < now() - LEFT_BEHIND)
    session.execute(update(File).where(File.state == "uploading", or_(gone, never_came)).values(upload_id=None))


def _upload(file: File) -> protocol.Upload:
    assert file.upload_id is not None
    return protocol.Upload(file.key, file.upload_id, file.size, file.content_type)


def _revive(file: File) -> None:
    """The store takes the missing parts of the file; all of them, when it had given the upload up."""
    file = _locked(file.id)
    if file.upload_id is not None:
        outcome = protocol.progress(storage(), _upload(file))
        if isinstance(outcome, protocol.Stored):
            finish(file=file)
        if not isinstance(outcome, protocol.Refused):
            return
    upload = protocol.begin(storage(), new_key(ORIGINALS), file.size, file.content_type)
    file.key, file.upload_id, file.just_begun = upload.key, upload.upload_id, True
    session.flush()


def _locked(file_id: int) -> File:
    file = _locked_or_none(file_id)
    if file is None:
        raise Refused(Verdict("file_gone", _("Tệp này đã được bỏ khỏi hồ sơ.")))
    return file


def _locked_or_none(file_id: int) -> File | None:
    """The row as it stands now, and nobody else changes it until the commit. Rows that name it may still be added."""
    return session.scalar(
        select(File).where(File.id == file_id).with_for_update(key_share=True).execution_options(populate_existing=True)
    )


def _unfinished(code: str) -> Verdict:
    if code == "parts_missing":
        return Verdict("file_incomplete", _("Tệp chưa tải đủ. Phần đã tải được giữ lại."))
    if code == "not_kept":
        return Verdict("file_not_kept", _("Kho tệp chưa giữ được tệp này. Đề nghị chọn lại tệp để tải lên lần nữa."))
    return Verdict("file_to_send_again", _("Nội dung nhận được chưa đúng với tệp đã chọn. Đề nghị chọn lại tệp."))
