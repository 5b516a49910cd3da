"""What is typed around objections. Days are read as offices write them."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import ValidationError

from award.clock import now
from award.dates import local
from award.editions.forms.fields import DateField, RadioField, StringField, TextAreaField, at_most, needed, optional

STATE_WORDS = {
    "received": _("Đã tiếp nhận"),
    "examining": _("Đang xem xét"),
    "decided": _("Đã trả lời"),
}
OUTCOME_WORDS = {
    "upheld": _("Chấp nhận toàn bộ"),
    "partly": _("Chấp nhận một phần"),
    "not_upheld": _("Không chấp nhận"),
    "withdrawn": _("Đã rút"),
}
ABOUT_WORDS = {
    "edition": _("Giải nói chung"),
    "round": _("Vòng chấm"),
    "work": _("Tác phẩm"),
    "prize": _("Giải của tác phẩm"),
}
ACT_WORDS = {
    "received": _("Tiếp nhận"),
    "examining": _("Bắt đầu xem xét"),
    "added": _("Người gửi bổ sung"),
    "note": _("Ghi chú nội bộ"),
    "due": _("Đổi hạn trả lời"),
    "decided": _("Trả lời"),
    "withdrawn": _("Người gửi rút"),
    "file_added": _("Gửi tệp kèm theo"),
    "file_removed": _("Bỏ tệp kèm theo"),
}


class _Form(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form


def _not_past(_form: Any, field: Any) -> None:
    if field.data and field.data < local(now()).date():
        raise ValidationError(str(_("Hạn trả lời đã qua.")))


class OpenForm(_Form):
    """An objection sent from an account. A work that is not offered is told by the code of its dossier."""

    subject = SelectField(_("Về việc"), [needed(_("Chưa chọn việc."))], choices=[])
    code = StringField(_("Mã hồ sơ của tác phẩm"), [optional(), at_most(40)])
    words = TextAreaField(_("Nội dung"), [needed(_("Chưa ghi nội dung kiến nghị, phản ánh.")), at_most(5000)])


class LetterForm(OpenForm):
    """One that came as a letter."""

    sender = StringField(_("Người gửi"), [needed(_("Chưa ghi người gửi.")), at_most(200)])
    contact = StringField(_("Điện thoại, email hoặc địa chỉ"), [optional(), at_most(200)])
    received_on = DateField(_("Ngày nhận"), [needed(_("Chưa ghi ngày nhận."))])
    due_day = DateField(_("Hạn trả lời"), [optional(), _not_past])

    def validate_received_on(self, field: Any) -> None:
        """A letter cannot have come tomorrow: its days would begin too late."""
        if field.data and field.data > local(now()).date():
            raise ValidationError(str(_("Ngày nhận sau ngày hôm nay.")))


class BeginForm(_Form):
    """The last day, where the rules give none or another is set at once."""

    until = DateField(_("Hạn trả lời"), [optional(), _not_past])


class DueForm(_Form):
    due_day = DateField(_("Hạn trả lời mới"), [needed(_("Chưa ghi hạn trả lời.")), _not_past])
    reason = StringField(_("Lý do"), [needed(_("Chưa ghi lý do.")), at_most(500)])


class AddForm(_Form):
    more = TextAreaField(_("Nội dung"), [needed(_("Chưa ghi nội dung.")), at_most(5000)])


class NoteForm(_Form):
    note = TextAreaField(_("Ghi chú"), [needed(_("Chưa ghi nội dung.")), at_most(5000)])


class WithdrawForm(_Form):
    why = StringField(_("Lý do rút"), [needed(_("Chưa ghi lý do.")), at_most(500)])


class DecideForm(_Form):
    outcome = RadioField(
        _("Kết luận"),
        [needed(_("Chưa chọn kết luận."))],
        choices=[(code, OUTCOME_WORDS[code]) for code in ("upheld", "partly", "not_upheld")],
    )
    answer = TextAreaField(_("Nội dung trả lời"), [needed(_("Chưa ghi nội dung trả lời.")), at_most(5000)])
