"""The address of one's own dates goes with the account; planned days are the award's."""

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from award.calendars.models import CalendarAddress, PlannedDay
from award.db import session
from award.personal import Holding, PersonalData, Subject

HOLDINGS = (
    Holding(PlannedDay, _("Lịch của Giải"), plain="edition_id kind at place changed_at id public_id created_at"),
    Holding(
        CalendarAddress,
        _("Địa chỉ lịch riêng"),
        whose=lambda subject: CalendarAddress.person_id == subject.person_id,
        personal="created_at",
        credential="public_id",
        number="person_id",
        plain="id",
    ),
)


def erase(subject: Subject) -> None:
    session.execute(delete(CalendarAddress).where(CalendarAddress.person_id == subject.person_id))


personal = PersonalData(HOLDINGS, purpose=_("Cho người chấm xem lịch riêng trong phần mềm lịch"), erase=erase)
