"""What an archive shall be, as it is asked for."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from award.editions.forms.fields import RadioField, StringField, at_most, needed, optional

AUDIENCES = {"public": _("Bản công khai"), "complete": _("Bản đầy đủ")}
WORKS = {
    "none": _("Không kèm tệp của tác phẩm"),
    "winners": _("Kèm tệp của tác phẩm đoạt giải"),
    "eligible": _("Kèm tệp của mọi tác phẩm đủ điều kiện"),
}
STATES = {
    "building": ("doing", _("Đang lập")),
    "ready": ("done", _("Đã lập")),
    "failed": ("bad", _("Chưa lập được")),
    "replaced": ("none", _("Đã thay bằng bản sau")),
}


class ArchiveForm(FlaskForm):  # type: ignore[misc]
    """For whom it is, and whose files lie in it."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    audience = RadioField(
        _("Lập bản nào"),
        choices=[
            ("public", _("Bản công khai: những gì đã công bố; giao thư viện, lưu trữ tỉnh được")),
            ("complete", _("Bản đầy đủ: thêm danh sách kiểm tra, xếp hạng, văn bản, sổ sự kiện; chỉ lưu nội bộ")),
        ],
        validators=[needed(_("Chưa chọn bản nào."))],
        default="public",
    )
    works = RadioField(
        _("Tệp của tác phẩm"),
        choices=list(WORKS.items()),
        validators=[needed(_("Chưa chọn tệp của tác phẩm nào."))],
        default="none",
    )
    licence = StringField(
        _("Văn bản cho phép của tác giả"),
        [optional(), at_most(300)],
        description=_("Cần khi bản công khai kèm tệp của tác phẩm đoạt giải."),
    )
