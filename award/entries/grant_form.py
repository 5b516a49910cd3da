"""What the organiser types to give one entrant a deadline of one's own."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import ValidationError

from award.editions.deadlines import AT, THROUGH, Deadline
from award.editions.forms.fields import DateField, HourField, StringField, at_most, needed, optional
from award.people.models import Person
from award.people.signin import person_of_account
from award.typed import TextAreaField


class GrantForm(FlaskForm):  # type: ignore[misc]
    """Whose deadline, until when, why, by which paper."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    email = EmailField(_("Email tài khoản của tác giả"), [needed(_("Chưa ghi email.")), at_most(254)])
    due_day = DateField(_("Đến hết ngày"), [needed(_("Chưa ghi ngày."))])
    due_hour = HourField(_("Giờ, nếu không phải hết ngày"), [optional()])
    reason = TextAreaField(
        _("Lý do"),
        [needed(_("Chưa ghi lý do.")), at_most(1000)],
    )
    paper = StringField(_("Văn bản (số, ngày)"), [at_most(200)])

    person: Person | None = None

    def validate_email(self, field: EmailField) -> None:
        self.person = person_of_account(field.data or "")
        if self.person is None:
            raise ValidationError(str(_("Không có tài khoản nào dùng email này.")))

    @property
    def until(self) -> Deadline:
        """The day as a whole, or the hour of it that was named; of a form that is complete."""
        assert self.due_day.data is not None
        if self.due_hour.data is None:
            return Deadline(THROUGH, self.due_day.data)
        return Deadline(AT, self.due_day.data, self.due_hour.data)
