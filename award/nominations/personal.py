"""The national list and its built dossiers: a ZIP that holds an erased work is deleted, and is to be built anew."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from award.db import session
from award.entries.personal import works
from award.jobs import defer
from award.nominations import operations
from award.nominations.models import Dossier, Nomination
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
            "edition_id state letter_number letter_day key size sha256 files fingerprint fault built_at"
            " id public_id created_at"
        ),
    ),
)


def _with_their_works(subject: Subject) -> Select[Dossier]:
    """Dossiers that may hold a work of the person: of every edition in which one was chosen."""
    chosen = select(Nomination.edition_id).where(Nomination.entry_id.in_(works(subject)))
    return select(Dossier).where(Dossier.edition_id.in_(chosen), Dossier.state != "failed").order_by(Dossier.id)


def fates(subject: Subject) -> Sequence[Fate]:
    """The copy here goes; what was handed over is in other hands, and the person is told so."""
    if session.scalars(_with_their_works(subject).limit(1)).first() is None:
        return ()
    return (
        Fate(gettext("Bản nén hồ sơ gửi dự Giải Trung ương có tác phẩm của người này, lưu trong kho")),
        Fate(
            gettext("Hồ sơ đã gửi Trung ương trước đó"),
            gettext("đang do cơ quan nhận giữ; cần gửi yêu cầu đến cơ quan đó"),
        ),
    )


def erase(subject: Subject) -> None:
    """No built dossier with a work of the person is left in the store."""
    for dossier in session.scalars(_with_their_works(subject)).all():
        sentence = gettext("Đã xóa theo yêu cầu về dữ liệu cá nhân. Có thể lập lại.")
        operations.mark_failed(dossier_id=dossier.id, sentence=sentence)
        defer("files.erase", keys=[dossier.key], unfinished=[])


personal = PersonalData(HOLDINGS, purpose=_("Chọn và gửi tác phẩm dự Giải Trung ương"), erase=erase, fates=fates)
