"""The ledger of what arrived names who sent a parcel and who took things back."""

from flask_babel import lazy_gettext as _

from award.intake.models import Handover, LooseScan, Parcel, ParcelScan, ParcelWork, Piece
from award.personal import Holding, PersonalData

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

personal = PersonalData(HOLDINGS, purpose=_("Ghi nhận hồ sơ gửi qua bưu điện, nộp trực tiếp"))
