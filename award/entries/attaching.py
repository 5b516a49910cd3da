"""Files into their places and out of them."""

from collections.abc import Sequence
from typing import Any, Unpack

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.entries import queries
from award.entries.dossiers import Place
from award.entries.leave import Leave
from award.entries.models import Entry, EntryFile
from award.entries.permissions import can_edit, can_follow_with_file, can_send_due_file
from award.entries.removal import drop_files
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import begin_or_resume
from award.people.models import Person
from award.verdicts import YES, Refused, Verdict, require
from uploads.protocol import fingerprint


def begin_file(
    *,
    uploader: Person,
    edition: Edition,
    entry: Entry,
    place: Place,
    leave: Leave,
    **sent: Unpack[Declared],
) -> File:
    """A file stands in the place and its parts may be sent; the one with the same bytes there is gone on with.

    `place` and `leave` are of the dossier as it was read once nobody else could change it.

    After the deadline nothing new begins, but what the receipt says is due may be sent to its end; and where the
    edition takes a form before its files, what a place still lacks may begin until then.
    """
    promised = (sent["size"], fingerprint(sent["part_hashes"]))
    known = [(file, (file.size, file.fingerprint) == promised) for file in place.files]
    allowed = can_edit(uploader.id, entry, edition, now(), leave, f"files.{place.slot.code}")
    if not allowed:
        if any(same and file.state == "uploading" for file, same in known):
            require(can_send_due_file(uploader.id, entry, edition, now()))
        elif not can_follow_with_file(uploader.id, entry, edition, now(), place):
            raise Refused(allowed)
    if not any(same and file.state != "rejected" for file, same in known):
        require(_has_room(place))
    require(_not_underway([file.id for file, same in known if same and file.state == "uploading"], uploader))
    file = begin_or_resume(
        uploader=uploader,
        kinds=place.slot.kinds,
        max_bytes=place.slot.max_bytes,
        place=[each.id for each in place.files],
        **sent,
    )
    if file.id not in {each.id for each in place.files}:
        part_id = None if place.part is None else place.part.id
        here = {"entry_id": entry.id, "slot_id": place.slot.id, "part_id": part_id}
        last = max((each.ordinal for each in place.files), default=0)
        session.add(EntryFile(**here, file_id=file.id, ordinal=last + 1))
        entry.changed_at = now()
        session.flush()
        session.expire(entry, ["files"])
    return file


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """Parts of a file come in while its entry may be edited, or until the instant the receipt names for due files."""
    verdict: Verdict | None = None
    for entry, edition in queries.holders_of_file(file_id):
        leave = queries.leave_of(entry)
        verdict = can_edit(person_id, entry, edition, now(), leave, "files")
        verdict = verdict or can_send_due_file(person_id, entry, edition, now())
        if verdict:
            return verdict
    return verdict


def remove_file(*, by_id: int, edition: Edition, entry: Entry, key: str) -> None:
    """The file no longer belongs to the draft; its bytes go unless a submitted dossier holds them too."""
    read = queries.dossier(entry.id, counted=False)
    require(can_edit(by_id, entry, edition, now(), read.leave, "files"))
    held: Any = next((file for file in read.files if file.key == key), None)
    if held is None:
        return
    slot = next(slot.code for slot in read.slots if slot.id == held.slot_id)
    require(can_edit(by_id, entry, edition, now(), read.leave, f"files.{slot}"))
    for each in [each for each in entry.files if each.file_id == held.id]:
        entry.files.remove(each)
    entry.changed_at = now()
    drop_files({held.id})


def _not_underway(file_ids: Sequence[int], uploader: Person) -> Verdict:
    """The same bytes are not being sent into the same place by two people; each goes on with what is their own."""
    if not file_ids:
        return YES
    others = select(File.id).where(File.id.in_(file_ids), File.uploader_id != uploader.id)
    if session.scalar(others.limit(1)) is None:
        return YES
    return Verdict("underway", _("Tệp này đang được người khác cùng khai hồ sơ gửi. Chờ gửi xong hoặc gỡ tệp trước."))


def _has_room(place: Place) -> Verdict:
    standing = [file for file in place.files if file.state != "rejected"]
    if len(standing) < place.slot.at_most:
        return YES
    return Verdict("place_full", _("Mục này nhận nhiều nhất %(n)s tệp.", n=place.slot.at_most))
