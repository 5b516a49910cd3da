"""Files a person sent, with everything made from them. The room that holds a file lets it go."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, delete, select, update

from award.db import session
from award.features import kept_by_rooms
from award.files.models import Fetch, File, Fingerprint, PageLook, Rendition, Resemblance, Shingle
from award.personal import GONE, HeldFile, Holding, PersonalData, Subject


def _sent(subject: Subject) -> Select[int]:
    return select(File.id).where(File.uploader_id == subject.person_id)


def _below(subject: Subject) -> ColumnElement[bool]:
    return Rendition.file_id.in_(_sent(subject))


HOLDINGS = (
    Holding(
        File,
        _("Tệp đã gửi"),
        whose=lambda subject: File.uploader_id == subject.person_id,
        personal="name kind content_type size fingerprint sha256 state reason facts scan stored_at verified_at",
        number="uploader_id",
        plain="key upload_id part_size part_hashes light light_percent light_tries verify_tries id public_id"
        " created_at",
    ),
    Holding(
        Rendition,
        _("Bản xem được lập từ tệp"),
        whose=_below,
        personal="kind ordinal size content_type facts",
        plain="key file_id id",
    ),
    Holding(
        Fingerprint,
        _("Dấu nhận dạng của tệp"),
        whose=lambda subject: Fingerprint.file_id.in_(_sent(subject)),
        personal="state made_at shingles waves slopes waves_mirrored slopes_mirrored",
        plain="file_id tries frames sound deaf",
    ),
    Holding(
        Fetch,
        _("Lượt lấy tệp gốc của người khác"),
        whose=lambda subject: Fetch.person_id == subject.person_id,
        personal="at saved",
        number="person_id",
        plain="file_id",
    ),
    Holding(Shingle, _("Cụm từ trong tệp"), plain="number file_id"),
    Holding(PageLook, _("Dấu của trang quét"), plain="file_id page look"),
    Holding(Resemblance, _("Tệp giống nhau"), plain="first_id second_id kind same facts"),
)


def files(subject: Subject) -> Sequence[HeldFile]:
    """What the person sent, as far as it has arrived; not the bytes of what a room keeps to itself, such as a scan of
    what others wrote: of that the name alone is told."""
    arrived = select(File).where(File.uploader_id == subject.person_id, File.state != "uploading").order_by(File.id)
    sent = session.scalars(arrived).all()
    kept = kept_by_rooms([file.id for file in sent])
    return [HeldFile(file.name, file.key, file.size, file.sha256) for file in sent if file.id not in kept]


def erase(subject: Subject) -> None:
    """A file that stays with the works of others no longer bears the name its sender gave it; which files of others the
    person took is forgotten."""
    session.execute(delete(Fetch).where(Fetch.person_id == subject.person_id))
    session.execute(update(File).where(File.uploader_id == subject.person_id).values(name=GONE))


personal = PersonalData(HOLDINGS, purpose=_("Nhận, kiểm tra và cho xem tệp tác phẩm dự Giải"), erase=erase, files=files)
