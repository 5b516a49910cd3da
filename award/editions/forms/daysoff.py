"""The form that records days off."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from award.editions.forms.fields import DateField, RadioField, StringField, at_most, needed, optional

OFF, WORKED = "nghi", "lam-bu"


class DaysOffForm(FlaskForm):  # type: ignore[misc]
    words = StringField(
        _("Tên ngày nghỉ"),
        [needed(_("Chưa ghi tên ngày nghỉ.")), at_most(100)],
        description=_("Ví dụ: Tết Nguyên đán, Giỗ Tổ Hùng Vương, nghỉ bù."),
    )
    first = DateField(_("Từ ngày"), [needed(_("Chưa ghi ngày."))])
    last = DateField(_("Đến hết ngày"), [optional()], description=_("Để trống nếu chỉ một ngày."))
    kind = RadioField(_("Loại"), choices=((OFF, _("Ngày nghỉ")), (WORKED, _("Ngày làm bù"))), default=OFF)
