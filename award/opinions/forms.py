"""What is typed of a body that is asked, and of its answer."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from award.clock import now
from award.dates import local
from award.editions.forms.fields import DateField, RadioField, StringField, TextAreaField, at_most, needed, optional
from award.opinions.words import STANCE_WORDS


class _Form(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form


def _not_ahead(_form: Any, field: Any) -> None:
    if field.data and field.data > local(now()).date():
        raise ValidationError(str(_("Ngày này sau ngày hôm nay.")))


class AskForm(_Form):
    body = StringField(_("Cơ quan được xin ý kiến"), [needed(_("Chưa ghi tên cơ quan.")), at_most(200)])
    asked_on = DateField(_("Ngày gửi"), [needed(_("Chưa ghi ngày gửi.")), _not_ahead])
    paper = StringField(_("Số, ký hiệu văn bản xin ý kiến"), [optional(), at_most(60)])
    due_day = DateField(_("Hạn trả lời"), [optional()])

    def validate_due_day(self, field: Any) -> None:
        if field.data and self.asked_on.data and field.data < self.asked_on.data:
            raise ValidationError(str(_("Hạn trả lời trước ngày gửi.")))

    @property
    def typed(self) -> dict[str, Any]:
        return {
            "body": self.body.data or "",
            "asked_on": self.asked_on.data,
            "paper": self.paper.data or "",
            "due_day": self.due_day.data,
        }


class AnswerForm(_Form):
    stance = RadioField(_("Ý kiến"), [needed(_("Chưa chọn ý kiến."))], choices=list(STANCE_WORDS.items()))
    answered_on = DateField(_("Ngày trả lời"), [needed(_("Chưa ghi ngày trả lời.")), _not_ahead])
    by_paper = StringField(_("Số, ký hiệu văn bản trả lời"), [optional(), at_most(60)])
    words = TextAreaField(
        _("Nội dung"),
        [at_most(3000)],
        description=_("Tác phẩm nào cần xem lại, chỗ nào cần sửa. Để trống nếu chỉ thống nhất."),
    )

    def validate_words(self, field: Any) -> None:
        if not field.data and self.stance.data in {"agrees_in_part", "disagrees"}:
            raise ValidationError(str(_("Chưa ghi nội dung ý kiến.")))

    @property
    def typed(self) -> dict[str, Any]:
        return {
            "stance": self.stance.data,
            "answered_on": self.answered_on.data,
            "paper": self.by_paper.data or "",
            "words": self.words.data or "",
        }


class ReasonForm(_Form):
    reason = StringField(_("Lý do"), [needed(_("Chưa ghi lý do.")), at_most(500)])
