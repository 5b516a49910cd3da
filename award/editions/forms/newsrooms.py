"""The form that records a press organ."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from award.editions.forms.fields import (
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    at_most,
    needed,
    optional,
)

LICENSED, UNLICENSED = "co", "khong"
LICENCE_WORDS = (
    (LICENSED, _("Cơ quan báo chí được cấp giấy phép hoạt động")),
    (UNLICENSED, _("Không phải cơ quan báo chí được cấp giấy phép")),
)


class NewsroomForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_("Tên cơ quan"), [needed(_("Chưa ghi tên cơ quan.")), at_most(200)])
    licence = RadioField(_("Giấy phép"), choices=LICENCE_WORDS, default=LICENSED)
    kinds = SelectMultipleField(_("Loại cơ quan"))
    since = DateField(
        _("Mang tên này từ ngày"), [optional()], description=_("Để trống nếu không rõ: tính từ trước lần Giải này.")
    )


class KindsForm(FlaskForm):  # type: ignore[misc]
    kinds = SelectMultipleField(_("Loại cơ quan"))


class RenameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_("Tên mới"), [needed(_("Chưa ghi tên mới.")), at_most(200)])
    since = DateField(_("Mang tên mới từ ngày"), [needed(_("Chưa ghi ngày."))])


class ParentForm(FlaskForm):  # type: ignore[misc]
    parent = SelectField(
        _("Cơ quan chủ quản"),
        description=_("Dùng khi thể lệ của lần Giải xét người chấm cùng cơ quan chủ quản với tác giả."),
    )


class MergeForm(FlaskForm):  # type: ignore[misc]
    into = SelectField(_("Hợp nhất vào"), [needed(_("Chưa chọn cơ quan."))])
    merged_on = DateField(_("Từ ngày"), [needed(_("Chưa ghi ngày."))])
