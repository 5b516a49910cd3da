"""What the secretariat types: a decision, or a request to complete."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, SubmitField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length

from award.clock import VIETNAM

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision with its reason; which fields are needed depends on the decision and is the operation's rule."""

    reason = TextAreaField(_("Lý do"), validators=[Length(max=2000)])
    clause = StringField(_("Căn cứ (điều, khoản của Thể lệ)"), validators=[Length(max=200)])


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """What is missing, and until when."""

    items = TextAreaField(
        _("Nội dung cần bổ sung"), validators=[InputRequired(_("Cần ghi nội dung cần bổ sung.")), Length(max=2000)]
    )
    due_day = DateField(_("Hạn bổ sung, ngày"), format=DAYS, validators=[InputRequired(_("Cần ghi ngày."))])
    due_hour = TimeField(
        _("Giờ"), format=["%H:%M", "%Hh%M", "%H giờ %M"], validators=[InputRequired(_("Cần ghi giờ."))]
    )
    send = SubmitField(_("Đề nghị bổ sung"))

    @property
    def due(self) -> datetime:
        """The instant named by day and hour in Vietnam."""
        return datetime.combine(self.due_day.data, self.due_hour.data, VIETNAM)
