"""What this room holds itself, and the tables of the log and of the doors, which have no room of their own to speak."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from award.db import session
from award.doors import DeedKey
from award.entries.models import Entry
from award.entries.personal import own_works
from award.jobs import defer
from award.lapsing import older
from award.log.models import Checkpoint, Event, EventDetail
from award.personal import Fate, Holding, Lapse, PersonalData, Subject, Waiting
from award.privacy.models import PrivacyRequest, RetentionRule

HOLDINGS = (
    Holding(
        PrivacyRequest,
        _("Yêu cầu về dữ liệu cá nhân"),
        whose=lambda subject: PrivacyRequest.person_id == subject.person_id,
        personal="name name_folded contact newsroom_words",
        free="words answer",
        record="kind state received_on due_day ended_at",
        stays=_("chứng minh yêu cầu đã được trả lời đúng hạn; chỉ còn mã số"),
        number="person_id recorded_by_id ended_by_id",
        plain="award_id rows export_key export_size export_sha256 version id public_id created_at",
    ),
    Holding(RetentionRule, _("Thời hạn lưu"), number="set_by_id", plain="code days reason set_at"),
    Holding(
        Event,
        _("Nhật ký các việc đã làm"),
        whose=lambda subject: Event.actor_id == subject.person_id,
        record="at kind subject_kind",
        stays=_("nhật ký không sửa, không xóa được; chỉ có mã số, không có họ tên"),
        number="actor_id subject_id",
        plain="id award_id seq payload leaf_hash",
    ),
    Holding(Checkpoint, _("Mốc kiểm chứng của nhật ký"), plain="id award_id size event_id root note"),
    Holding(EventDetail, _("Nội dung trước và sau khi sửa"), reserved="detail", plain="event_id"),
    Holding(DeedKey, _("Khóa chống gửi trùng"), plain="key request_hash location at"),
)


def fates(subject: Subject) -> Sequence[Fate]:
    """The log keeps numbers and loses words."""
    if not subject.person_id:
        return ()
    return (
        Fate(gettext("Nội dung trước và sau khi sửa trong nhật ký")),
        Fate(
            gettext("Nhật ký: việc gì, lúc nào, mã số của người làm"),
            gettext("bảo đảm kết quả Giải kiểm chứng được; không có họ tên"),
        ),
        Fate(gettext("Bản sao dữ liệu đã lập theo yêu cầu trước đây")),
    )


def _about(subject: Subject) -> ColumnElement[bool]:
    """Events about the person, about works that go with them, and what the person did to themselves."""
    going = own_works(subject).where(Entry.id.not_in(subject.kept))
    return or_(
        and_(Event.subject_kind == "person", Event.subject_id == subject.person_id),
        and_(Event.subject_kind == "entry", Event.subject_id.in_(going)),
    )


def erase(subject: Subject) -> None:
    """What events tell in words is gone with the copies made before; earlier requests are a number and two dates."""
    told = select(Event.id).where(_about(subject))
    session.execute(delete(EventDetail).where(EventDetail.event_id.in_(told)))
    theirs = PrivacyRequest.person_id == subject.person_id
    keys = session.scalars(select(PrivacyRequest.export_key).where(theirs, PrivacyRequest.export_key.is_not(None)))
    forget_copies([key for key in keys if key])
    said = {"name": "", "name_folded": "", "contact": "", "newsroom_words": "", "words": ""}
    session.execute(update(PrivacyRequest).where(theirs).values(**said))


def forget_copies(keys: Sequence[str]) -> None:
    """These copies are gone from the store once this commits, and no row leads to them."""
    if not keys:
        return
    gone = {"export_key": None, "export_size": None, "export_sha256": None}
    session.execute(update(PrivacyRequest).where(PrivacyRequest.export_key.in_(keys)).values(**gone))
    defer("files.erase", keys=list(keys), unfinished=[])


_COPY = PrivacyRequest.export_key.is_not(None)


def _copies_waiting(limit: datetime) -> Waiting:
    counted = select(func.count().filter(PrivacyRequest.ended_at < limit), func.min(PrivacyRequest.ended_at))
    return Waiting(*session.execute(counted.where(_COPY)).tuples().one())


def _let_copies_go(limit: datetime) -> int:
    over = select(PrivacyRequest.export_key).where(_COPY, PrivacyRequest.ended_at < limit)
    keys = [key for key in session.scalars(over) if key]
    forget_copies(keys)
    return len(keys)


_NAMED = and_(PrivacyRequest.state != "open", or_(PrivacyRequest.name != "", PrivacyRequest.words != ""))


def _names_waiting(limit: datetime) -> Waiting:
    counted = select(func.count().filter(PrivacyRequest.ended_at < limit), func.min(PrivacyRequest.ended_at))
    return Waiting(*session.execute(counted.where(_NAMED)).tuples().one())


def _let_names_go(limit: datetime) -> int:
    said = {"name": "", "name_folded": "", "contact": "", "newsroom_words": "", "words": ""}
    over = update(PrivacyRequest).where(_NAMED, PrivacyRequest.ended_at < limit).values(**said)
    return len(session.scalars(over.returning(PrivacyRequest.id)).all())


def _details_waiting(limit: datetime) -> Waiting:
    joined = select(func.count().filter(Event.at < limit), func.min(Event.at)).join(
        EventDetail, EventDetail.event_id == Event.id
    )
    return Waiting(*session.execute(joined).tuples().one())


def _let_details_go(limit: datetime) -> int:
    over = select(Event.id).where(Event.at < limit)
    gone = delete(EventDetail).where(EventDetail.event_id.in_(over)).returning(EventDetail.event_id)
    return len(session.scalars(gone).all())


personal = PersonalData(
    HOLDINGS,
    purpose=_("Trả lời yêu cầu về dữ liệu cá nhân; ghi nhật ký để kết quả kiểm chứng được"),
    erase=erase,
    fates=fates,
    lapses=(
        Lapse(
            "copies",
            _("Bản sao dữ liệu cá nhân đã lập theo yêu cầu"),
            _("từ ngày trả lời yêu cầu"),
            7,
            _copies_waiting,
            _let_copies_go,
        ),
        Lapse(
            "requests",
            _("Họ tên, liên hệ, nội dung trong yêu cầu về dữ liệu cá nhân"),
            _("từ ngày trả lời yêu cầu"),
            None,
            _names_waiting,
            _let_names_go,
        ),
        Lapse(
            "details",
            _("Nội dung trước và sau khi sửa trong nhật ký"),
            _("từ lúc sửa"),
            None,
            _details_waiting,
            _let_details_go,
        ),
        older("deed_keys", _("Khóa chống gửi trùng"), _("từ lúc gửi"), 30, DeedKey, DeedKey.at),
    ),
)
