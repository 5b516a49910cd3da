"""The ledger of what arrived names who sent a parcel and who took things back; cover letters and envelopes are scanned.

A parcel is its sender's own when it brought no work that others made: its scans go with the sender. The scan of what
came with works of others stays.
"""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, union, update

from award.db import session
from award.editions.models import Edition
from award.entries.models import Entry
from award.entries.personal import own_works, works
from award.files.models import File
from award.files.operations import discard
from award.intake.models import Handover, LooseScan, Parcel, ParcelScan, ParcelWork, Piece
from award.personal import GONE, Candidate, Fate, Holding, PersonalData, Subject
from award.text import folded

TABLE = Parcel.__tablename__

HOLDINGS = (
    Holding(
        Parcel,
        _("Gói hồ sơ đã nhận"),
        free="sender sender_folded contents newsroom_text void_reason",
        number="registered_by_id",
        plain="edition_id number channel newsroom_id postmark_on arrived_at voided_at version id public_id created_at",
    ),
    Holding(
        Piece,
        _("Vật trong gói hồ sơ"),
        free="words kept_at",
        plain="parcel_id ordinal kind count handover_id id public_id created_at",
    ),
    Holding(ParcelWork, _("Tác phẩm trong gói hồ sơ"), plain="id parcel_id entry_id begun"),
    Holding(ParcelScan, _("Bản quét của gói hồ sơ"), plain="id parcel_id file_id"),
    Holding(LooseScan, _("Bản quét chưa gắn với gói hồ sơ"), plain="id edition_id file_id unread"),
    Holding(
        Handover,
        _("Lần trả lại vật đã nhận"),
        free="receiver",
        number="given_by_id",
        plain="edition_id given_on id public_id created_at",
    ),
)


def _named_in(column: ColumnElement[str], subject: Subject) -> ColumnElement[bool]:
    return or_(False, *(func.strpos(column, word) > 0 for word in subject.words))


def _about(subject: Subject) -> ColumnElement[bool]:
    """Parcels the person sent, or that brought a work of theirs."""
    brought = select(ParcelWork.parcel_id).where(ParcelWork.entry_id.in_(works(subject)))
    return or_(_sent_by(subject), Parcel.id.in_(brought))


def _sent_by(subject: Subject) -> ColumnElement[bool]:
    return or_(Parcel.id.in_(subject.matched(TABLE)), _named_in(Parcel.sender.expression, subject))


def _of_others(subject: Subject) -> ColumnElement[bool]:
    """It brought a work that somebody else made, too."""
    theirs = ParcelWork.entry_id.not_in(own_works(subject))
    return exists().where(ParcelWork.parcel_id == Parcel.id, theirs).correlate(Parcel)


def _scans(*where: ColumnElement[bool]) -> Select[int]:
    return select(ParcelScan.file_id).join(Parcel, Parcel.id == ParcelScan.parcel_id).where(*where)


def _loose(subject: Subject) -> Select[int]:
    """Scans nobody has placed yet, in editions to which the person sent something."""
    sent = select(Parcel.edition_id).where(_about(subject))
    entered = select(Entry.edition_id).where(Entry.id.in_(works(subject)))
    return select(LooseScan.file_id).where(LooseScan.edition_id.in_(union(sent, entered)))


def fates(subject: Subject) -> Sequence[Fate]:
    """Scans of the person's own letters and envelopes go; those that came with works of others stay."""
    told = []
    if _any(_scans(_about(subject), ~_of_others(subject))):
        told.append(Fate(gettext("Bản quét bì, thư gửi kèm tác phẩm của người này")))
    if _any(_scans(_about(subject), _of_others(subject))):
        what = gettext("Bản quét bì, thư gửi chung tác phẩm của nhiều người")
        told.append(Fate(what, gettext("là giấy tờ chung với tác giả khác; tên tệp không còn tên người này")))
    if _any(_loose(subject)):
        what = gettext("Bản quét chưa gắn với gói hồ sơ")
        told.append(Fate(what, gettext("chưa xác định được là của ai; tên tệp không còn tên người này")))
    return told


def _any(asked: Select[int]) -> bool:
    return session.scalar(asked.limit(1)) is not None


def erase(subject: Subject) -> None:
    """Scans of the person's own parcels are gone with their bytes; no scan that stays is called after the person."""
    going = set(session.scalars(_scans(_about(subject), ~_of_others(subject))))
    shared = set(session.scalars(select(ParcelScan.file_id).join(Parcel).where(_of_others(subject))))
    session.execute(delete(ParcelScan).where(ParcelScan.file_id.in_(going - shared)))
    session.flush()
    for file in session.scalars(select(File).where(File.id.in_(going - shared))).all():
        discard(file=file)
    kept = union(select(ParcelScan.file_id), select(LooseScan.file_id))
    called = _named_in(File.name.expression, subject)
    session.execute(update(File).where(File.id.in_(kept), called).values(name=GONE))
    matched = Parcel.id.in_(subject.matched(TABLE))
    session.execute(update(Parcel).where(matched).values(sender=GONE, sender_folded=folded(GONE)))


def named(names: Sequence[str]) -> Sequence[Candidate]:
    """Parcels whose sender is called so: who sent one is no person of the house until somebody says so."""
    asked = (
        select(Parcel, Edition.name)
        .join(Edition, Edition.id == Parcel.edition_id)
        .where(Parcel.sender_folded.in_(names))
        .order_by(Parcel.id)
    )
    return [
        Candidate(
            TABLE,
            parcel.id,
            parcel.sender,
            gettext("gói hồ sơ số %(n)s, %(edition)s", n=parcel.number, edition=edition),
        )
        for parcel, edition in session.execute(asked).tuples()
    ]


personal = PersonalData(
    HOLDINGS,
    purpose=_("Ghi nhận hồ sơ gửi qua bưu điện, nộp trực tiếp"),
    erase=erase,
    fates=fates,
    named=named,
)
