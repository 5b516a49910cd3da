"""Who was before the screen stays under the person's number, as the record of how works were judged."""

from flask_babel import lazy_gettext as _

from award.personal import Holding, PersonalData
from judging.viewings.models import ViewedBy, ViewedWork, Viewer, Viewing

_JUDGING = _("hồ sơ chấm Giải; chỉ còn mã số, không còn họ tên")

HOLDINGS = (
    Holding(
        Viewing,
        _("Buổi xem chung"),
        number="opened_by_id closed_by_id",
        plain="panel_id turn opened_at closed_at id public_id created_at",
    ),
    Holding(
        Viewer,
        _("Có mặt ở buổi xem chung"),
        whose=lambda subject: Viewer.person_id == subject.person_id,
        record="present",
        stays=_JUDGING,
        number="person_id",
        plain="viewing_id",
    ),
    Holding(
        ViewedWork, _("Tác phẩm đã xem chung"), plain="viewing_id entry_id begun_at ended_at id public_id created_at"
    ),
    Holding(
        ViewedBy,
        _("Đã xem chung tác phẩm"),
        whose=lambda subject: ViewedBy.person_id == subject.person_id,
        record="recused",
        stays=_JUDGING,
        number="person_id",
        plain="work_id",
    ),
)

personal = PersonalData(HOLDINGS, purpose=_("Nghe, xem tác phẩm chung trong tiểu ban"))
