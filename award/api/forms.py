"""What is typed to make a key."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from award.people.tokens import DAYS, SCOPES
from award.text import one_line


class TokenForm(FlaskForm):  # type: ignore[misc]
    """What the key is called, what it is for, and how long it opens."""

    name = StringField(
        _("Tên khóa"),
        filters=[lambda text: one_line(text or "").strip()],
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
