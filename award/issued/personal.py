"""Papers that bear their number are records: nothing in them is changed."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Text, cast, func, or_, select

from award.db import session
from award.issued.models import IssuedPaper, ReturnedScan
from award.personal import Fate, Holding, PersonalData, Subject

HOLDINGS = (
    Holding(
        IssuedPaper,
        _("Văn bản đã ban hành"),
        record="content title",
        stays=_("văn bản đã có số, ngày; thay đổi nội dung sẽ làm sai mã kiểm chứng"),
        number="issued_by_id",
        plain="edition_id kind about number day body code content_sha256 issued_at taken_back_at pdf_key pdf_sha256"
        " pdf_size docx_key docx_sha256 docx_size id public_id created_at",
    ),
    Holding(
        ReturnedScan,
        _("Bản quét văn bản đã ban hành, kết quả đối chiếu"),
        free="remark",
        number="sent_by_id compared_by_id",
        plain="paper_id file_id outcome lines compared_at id public_id created_at",
    ),
)


def fates(subject: Subject) -> Sequence[Fate]:
    """Each paper that names the person, by its number."""
    named = [func.strpos(cast(IssuedPaper.content, Text), word) > 0 for word in subject.words]
    if not named:
        return ()
    naming = select(IssuedPaper.title, IssuedPaper.number).where(or_(*named)).order_by(IssuedPaper.id)
    why = gettext("văn bản đã ban hành, không sửa được")
    return [Fate(f"{title} ({number})" if number else title, why) for title, number in session.execute(naming).tuples()]


personal = PersonalData(HOLDINGS, purpose=_("Lưu văn bản đã ban hành để đối chiếu"), fates=fates)
