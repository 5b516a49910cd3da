"""What is typed to make a key."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, ValidationError

from award.api import sending
from award.api.receiving import loopback_allowed
from award.people.tokens import DAYS, SCOPES
from award.typed import StringField


class TokenForm(FlaskForm):  # type: ignore[misc]
    """What the key is called, what it is for, and how long it opens."""

    name = StringField(
        _("Tên khóa"),
        validators=[InputRequired(_("Chưa đặt tên khóa.")), Length(max=80, message=_("Tên dài quá 80 ký tự."))],
    )
    scopes = SelectMultipleField(
        _("Dùng để"),
        choices=list(SCOPES.items()),
        validators=[InputRequired(_("Chưa chọn việc nào."))],
    )
    days = SelectField(
        _("Có hiệu lực trong"),
        choices=[(str(days), _("%(n)s ngày", n=days)) for days in DAYS],
        default="90",
    )


class WebhookForm(FlaskForm):  # type: ignore[misc]
    """Where, and of what."""

    of = SelectField(_("Báo về"), choices=[], validators=[InputRequired(_("Chưa chọn nội dung được báo."))])
    url = StringField(
        _("Địa chỉ nhận"),
        validators=[InputRequired(_("Chưa ghi địa chỉ nhận."))],
    )

    def validate_url(self, field: Field) -> None:
        """What can be said of it before it is told anything; where it leads is looked at each time."""
        if sending.parted(field.data or "", loopback=loopback_allowed()) is None:
            raise ValidationError(_("Địa chỉ phải bắt đầu bằng https://, không kèm tên và mật khẩu."))
