"""Papers that bear their number are records: nothing in them is changed."""

from flask_babel import lazy_gettext as _

from award.issued.models import IssuedPaper
from award.personal import Holding, PersonalData

personal = PersonalData(
    (
        Holding(
            IssuedPaper,
            _("Văn bản đã ban hành"),
            record="content title",
            stays=_("văn bản đã có số, ngày; thay đổi nội dung sẽ làm sai mã kiểm chứng"),
            number="issued_by_id",
            plain="edition_id kind number day body code content_sha256 issued_at taken_back_at pdf_key pdf_sha256"
            " pdf_size docx_key docx_sha256 docx_size id public_id created_at",
        ),
    ),
    purpose=_("Lưu văn bản đã ban hành để đối chiếu"),
)
