"""Objections name who sent them, and in their words anybody."""

from flask_babel import lazy_gettext as _

from award.cases.models import Case, CaseAct, Evidence
from award.personal import Holding, PersonalData

HOLDINGS = (
    Holding(
        Case,
        _("Kiến nghị, phản ánh"),
        whose=lambda subject: Case.opened_by_id == subject.person_id,
        free="sender contact words answer",
        number="opened_by_id recorded_by_id handler_id ended_by_id",
        plain="edition_id number about round_id entry_id received_on due_day state outcome ended_at version"
        " id public_id created_at",
    ),
    Holding(
        CaseAct,
        _("Các bước giải quyết kiến nghị, phản ánh"),
        reserved="words",
        number="by_id",
        plain="id case_id at kind internal",
    ),
    Holding(Evidence, _("Tệp kèm theo kiến nghị, phản ánh"), plain="id case_id file_id"),
)

personal = PersonalData(HOLDINGS, purpose=_("Giải quyết kiến nghị, phản ánh về Giải"))
