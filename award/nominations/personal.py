"""The national list and dossiers, built and brought: a ZIP that holds an erased work is deleted."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, Text, and_, cast, func, or_, select

from award.db import session
from award.entries.models import Entry
from award.entries.personal import works
from award.jobs import defer
from award.nominations import arriving, operations
from award.nominations.models import DeliveredWork, Delivery, Dossier, Nomination, NominationNews
from award.personal import Fate, Holding, PersonalData, Subject

HOLDINGS = (
    Holding(
        Nomination,
        _("Chọn gửi dự Giải Trung ương"),
        free="reason findings",
        number="chosen_by_id",
        plain="edition_id entry_id ordinal state id public_id created_at",
    ),
    Holding(
        Dossier,
        _("Hồ sơ gửi dự"),
        number="asked_by_id",
        plain=(
            "edition_id whole state letter_number letter_day resolution_number resolution_day resolution_body"
            " key size sha256 files fingerprint fault built_at id public_id created_at"
        ),
    ),
    Holding(
        Delivery,
        _("Hồ sơ nơi khác gửi đến"),
        free="told",
        number="brought_by_id taken_by_id",
        plain=(
            "edition_id file_id state percent fault arrived_at fingerprint sums signature sender sender_edition letter"
            " letter_day resolution_number resolution_day resolution_body checked_at kinds compared parcel_id taken_at"
            " id public_id created_at"
        ),
    ),
    Holding(
        NominationNews,
        _("Kết quả ở Giải Trung ương"),
        free="source",
        number="recorded_by_id",
        plain="nomination_id state prize known_on id public_id created_at",
    ),
    Holding(
        DeliveredWork,
        _("Nguồn của tác phẩm nơi khác gửi đến"),
        plain="id edition_id delivery_id entry_id origin code content lacks",
    ),
)


def _with_their_works(subject: Subject) -> Select[Dossier]:
    """Dossiers that may hold a work of the person: of every edition in which one was chosen, or came in at all."""
    chosen = select(Nomination.edition_id).where(Nomination.entry_id.in_(works(subject)))
    received = select(Entry.edition_id).where(Entry.id.in_(works(subject)))
    held = or_(Dossier.edition_id.in_(chosen), and_(Dossier.whole, Dossier.edition_id.in_(received)))
    return select(Dossier).where(held, Dossier.state != "failed").order_by(Dossier.id)


def _brought_with(subject: Subject) -> Select[Delivery]:
    """Dossiers of others whose ZIP is here and that brought a work of the person, or name the person and wait."""
    theirs = select(DeliveredWork.delivery_id).where(DeliveredWork.entry_id.in_(works(subject)))
    named = [func.strpos(cast(Delivery.told, Text), word) > 0 for word in subject.words]
    held = Delivery.file_id.is_not(None) | Delivery.told.is_not(None)
    return select(Delivery).where(held, or_(Delivery.id.in_(theirs), *named)).order_by(Delivery.id)


def fates(subject: Subject) -> Sequence[Fate]:
    """The copies here go; what was handed over is in other hands, and the person is told so."""
    brought = session.scalars(_brought_with(subject).limit(1)).first()
    told = () if brought is None else (Fate(gettext("Bản nén hồ sơ nơi khác gửi đến có tác phẩm của người này")),)
    if session.scalars(_with_their_works(subject).limit(1)).first() is None:
        return told
    return (
        *told,
        Fate(gettext("Bản nén hồ sơ gửi dự Giải Trung ương có tác phẩm của người này, lưu trong kho")),
        Fate(
            gettext("Hồ sơ đã gửi Trung ương trước đó"),
            gettext("đang do cơ quan nhận giữ; cần gửi yêu cầu đến cơ quan đó"),
        ),
    )


def erase(subject: Subject) -> None:
    """No dossier with a work of the person is left in the store, built here or brought."""
    for delivery in session.scalars(_brought_with(subject)).all():
        arriving.forget(delivery=delivery)
    for dossier in session.scalars(_with_their_works(subject)).all():
        sentence = gettext("Đã xóa theo yêu cầu về dữ liệu cá nhân. Có thể lập lại.")
        operations.mark_failed(dossier_id=dossier.id, sentence=sentence)
        defer("files.erase", keys=[dossier.key], unfinished=[])


personal = PersonalData(HOLDINGS, purpose=_("Chọn và gửi tác phẩm dự Giải Trung ương"), erase=erase, fates=fates)
