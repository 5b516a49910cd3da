"""Archives in the store name authors: one that holds an erased work goes, and all go when their time is over."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select

from award.archive import operations, queries
from award.archive.models import Archive
from award.db import session
from award.entries.models import Entry
from award.entries.personal import works
from award.people.consents import REGISTRATION
from award.personal import Fate, Holding, Lapse, PersonalData, Subject, Waiting

HOLDINGS = (
    Holding(
        Archive,
        _("Bản lưu trữ của một lần"),
        free="licence",
        number="asked_by_id",
        plain=(
            "edition_id audience works state key size sha256 files fingerprint fault built_at id public_id created_at"
        ),
    ),
)


def _with_their_works(subject: Subject) -> Select[Archive]:
    """Those that stand, or are being made, of editions to which a work of the person was submitted."""
    entered = select(Entry.edition_id).where(Entry.id.in_(works(subject)), Entry.state != "draft")
    standing = Archive.state.in_(("building", "ready"))
    return select(Archive).where(Archive.edition_id.in_(entered), standing).order_by(Archive.id)


def fates(subject: Subject) -> Sequence[Fate]:
    """The copies here go; what was handed over is in other hands, and the person is told so."""
    if session.scalars(_with_their_works(subject).limit(1)).first() is None:
        return ()
    return (
        Fate(gettext("Bản lưu trữ có tác phẩm của người này, lưu trong kho")),
        Fate(
            gettext("Bản lưu trữ đã chép ra đĩa trước đó"),
            gettext("đang do nơi nhận giữ; cần gửi yêu cầu đến nơi đó"),
        ),
    )


def erase(subject: Subject) -> None:
    """No archive with a work of the person is left in the store."""
    for archive in session.scalars(_with_their_works(subject)).all():
        operations.forget(archive=archive)


def withdrawn(person_id: int, purpose: str) -> None:
    """No archive for everybody is left in the store that names an author who no longer agrees to being named."""
    if purpose == REGISTRATION:
        for archive in queries.public_archives_of(person_id):
            operations.forget(archive=archive)


def _waiting(limit: datetime) -> Waiting:
    asked = select(func.count().filter(Archive.built_at < limit), func.min(Archive.built_at))
    due, oldest = session.execute(asked.where(Archive.state == "ready")).tuples().one()
    return Waiting(due, oldest)


def _let_go(limit: datetime) -> int:
    gone = session.scalars(select(Archive).where(Archive.state == "ready", Archive.built_at < limit)).all()
    for archive in gone:
        operations.let_go(archive=archive)
    return len(gone)


personal = PersonalData(
    HOLDINGS,
    purpose=_("Lưu trữ kết quả và hồ sơ của từng lần"),
    erase=erase,
    fates=fates,
    withdrawn=withdrawn,
    lapses=(Lapse("archives", _("Bản lưu trữ trong kho"), _("từ ngày lập"), None, _waiting, _let_go),),
)
