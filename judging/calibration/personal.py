"""Sheets of calibration works stay under the judge's number like all sheets."""

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from award.personal import Holding, PersonalData
from judging.calibration.models import CalibrationEnd, CalibrationSheet, CalibrationWork
from judging.panels.models import Seat

HOLDINGS = (
    Holding(
        CalibrationWork,
        _("Bài chấm thử"),
        free="title text",
        plain="panel_id ordinal link file_id id public_id created_at",
    ),
    Holding(
        CalibrationSheet,
        _("Phiếu chấm thử"),
        whose=lambda subject: CalibrationSheet.seat_id.in_(select(Seat.id).where(Seat.person_id == subject.person_id)),
        record="marks level finished_at changed_at",
        stays=_("hồ sơ chấm Giải; chỉ còn mã số, không còn họ tên"),
        plain="work_id seat_id version id public_id created_at",
    ),
    Holding(CalibrationEnd, _("Việc đóng chấm thử của tiểu ban"), number="ended_by_id", plain="panel_id ended_at"),
)

personal = PersonalData(HOLDINGS, purpose=_("Thống nhất mặt bằng điểm trước khi chấm"))
