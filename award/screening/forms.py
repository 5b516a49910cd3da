"""What the secretariat types: a decision, or a request to complete."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import ValidationError

from award.clock import VIETNAM, now
from award.editions.forms.fields import DateField, HourField, StringField, at_most, needed
from award.text import canonical


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision with its reason; which fields are needed depends on the decision and is the operation's rule."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    reason = TextAreaField(_("Lý do"), [at_most(2000)], filters=[lambda typed: canonical(typed or "")])
    clause = StringField(_("Căn cứ (điều, khoản của Thể lệ)"), [at_most(200)])

    def lack(self, sentence: str, *, clause: bool) -> None:
        """The empty fields of a refused decision say what is missing."""
        wanted = (self.reason, self.clause) if clause else (self.reason,)
        for field in wanted:
            if not field.data:
                field.errors = [sentence]


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """What is missing, and until when."""

    class Meta:
        csrf = False

    items = TextAreaField(
        _("Nội dung cần bổ sung"),
        [needed(_("Chưa ghi nội dung cần bổ sung.")), at_most(2000)],
        filters=[lambda typed: canonical(typed or "")],
    )
    due_day = DateField(_("Hạn bổ sung, ngày"), [needed(_("Chưa ghi ngày."))])
    due_hour = HourField(_("Giờ"), [needed(_("Chưa ghi giờ."))])

    def validate_due_hour(self, field: HourField) -> None:
        if self.due_day.data and field.data and self.due <= now():
            raise ValidationError(str(_("Hạn bổ sung đã qua.")))

    @property
    def due(self) -> datetime:
        """The instant named by day and hour in Vietnam, of a form that is complete."""
        assert self.due_day.data is not None
        assert self.due_hour.data is not None
        return datetime.combine(self.due_day.data, self.due_hour.data, VIETNAM)
