"""Files that go with a case: from who sent it, or the scan of a letter from who recorded it."""

from datetime import datetime
from typing import Unpack

from flask_babel import gettext as _
from sqlalchemy import delete

from award.cases import permissions, queries
from award.cases.models import Case, Evidence
from award.cases.operations import lock_case, step, tied
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import discard
from award.files.places import begin_among
from award.people.models import Person
from award.verdicts import YES, Verdict, require

KINDS = ("pdf", "jpeg", "png", "docx")
MOST_BYTES = 50_000_000
MOST = 10


def can_send(by: Capacity, case: Case) -> Verdict:
    """Who sent it, and of a letter who handles it, until it is decided."""
    if permissions.follows(by.person_id, case):
        return permissions.can_add(by.person_id, case)
    allowed = permissions.can_handle(by, case, tied=tied(case, by.person_id))
    if allowed and case.opened_by_id is not None:
        return Verdict("not_sender", _("Tệp kèm theo do người gửi kiến nghị, phản ánh đưa lên."))
    return allowed


def can_drop(file: File, examined_since: datetime | None) -> Verdict:
    """What was there when the examining began is what is examined."""
    if examined_since is not None and file.stored_at is not None and file.stored_at < examined_since:
        return Verdict("examined", _("Tệp gửi trước khi bắt đầu xem xét được giữ trong hồ sơ."))
    return YES


def begin(
    *,
    by: Capacity,
    case: Case,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """One more file may be sent, which is a step of the case; one with the same bytes there is gone on with."""
    lock_case(case)
    require(can_send(by, case))
    there = [file.id for file in queries.files(case.id)]
    file = begin_among(there, most=MOST, uploader=uploader, kinds=KINDS, max_bytes=MOST_BYTES, **sent)
    if file.id not in there:
        session.add(Evidence(case_id=case.id, file_id=file.id))
        _step(by, case, "file_added", file.name)
    return file


def drop(*, by: Capacity, case: Case, file_key: str) -> None:
    """The file no longer belongs to the case, and its bytes are gone; that it was there stays in the history."""
    lock_case(case)
    require(can_send(by, case))
    file = next((each for each in queries.files(case.id) if each.public_id == file_key), None)
    if file is None:
        return
    require(can_drop(file, queries.examined_since(case.id)))
    _step(by, case, "file_removed", file.name)
    session.execute(delete(Evidence).where(Evidence.case_id == case.id, Evidence.file_id == file.id))
    session.flush()
    discard(file=file)


def _step(by: Capacity, case: Case, kind: str, name: str) -> None:
    step(case, session.get_one(Edition, case.edition_id), by.person_id, kind, name)
