"""What is typed concerning personal data: a wish in words, a letter that came, an answer, a term."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import DataRequired, ValidationError

from award.clock import now
from award.dates import local
from award.editions.forms.fields import (
    DateField,
    IntegerField,
    RadioField,
    StringField,
    at_most,
    between,
    needed,
    optional,
)
from award.typed import TextAreaField

KIND_WORDS = {
    "access": _("Xem dữ liệu"),
    "export": _("Nhận bản sao dữ liệu"),
    "correction": _("Sửa dữ liệu"),
    "erasure": _("Xóa dữ liệu"),
    "consent": _("Rút lại đồng ý"),
}
STATE_WORDS = {
    "open": _("Chờ trả lời"),
    "answered": _("Đã trả lời"),
    "refused": _("Đã từ chối"),
    "withdrawn": _("Đã rút"),
}


class _Form(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form


class CorrectionForm(_Form):
    words = TextAreaField(_("Nội dung cần sửa"), [needed(_("Chưa ghi nội dung cần sửa.")), at_most(2000)])


class ErasureForm(_Form):
    read = BooleanField(
        _("Đã xem những gì bị xóa và những gì ở lại. Việc xóa không hoàn lại được."),
        [DataRequired(_("Chưa xác nhận đã xem những gì bị xóa."))],
    )


class OnPaperForm(_Form):
    kind = RadioField(lazy_pgettext("of a person", "Yêu cầu"), choices=list(KIND_WORDS.items()))
    name = StringField(_("Họ và tên"), [needed(_("Chưa ghi họ và tên.")), at_most(120)])
    contact = StringField(_("Điện thoại, email hoặc địa chỉ"), [needed(_("Chưa ghi cách liên hệ.")), at_most(200)])
    newsroom_words = StringField(_("Cơ quan công tác"), [optional(), at_most(200)])
    words = TextAreaField(_("Nội dung yêu cầu"), [optional(), at_most(2000)])
    received_on = DateField(_("Ngày nhận"), [needed(_("Chưa ghi ngày nhận."))])

    def validate_received_on(self, field: Any) -> None:
        """A letter cannot have come tomorrow: its days would begin too late."""
        if field.data and field.data > local(now()).date():
            raise ValidationError(str(_("Ngày nhận ở sau hôm nay.")))


class AnswerForm(_Form):
    words = TextAreaField(_("Trả lời"), [needed(_("Chưa ghi nội dung trả lời.")), at_most(2000)])


class RefusalForm(_Form):
    reason = TextAreaField(_("Lý do từ chối"), [needed(_("Chưa ghi lý do.")), at_most(2000)])


class TermForm(_Form):
    days = IntegerField(
        _("Số ngày lưu"), [optional(), between(0, 36500)], description=_("Để trống: lưu đến khi có quy định khác.")
    )
    reason = StringField(_("Căn cứ"), [needed(_("Chưa ghi căn cứ.")), at_most(300)])
