"""The words of a letter, with placeholders in them."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import Optional, ValidationError

from award.correspondence import Audience, LetterKind
from award.editions.forms.fields import StringField, TextAreaField, at_most, line, needed
from award.letters.operations import faults
from award.text import canonical


class WordsForm(FlaskForm):  # type: ignore[misc]
    """Subject and text; what a placeholder's name is mistyped in is told beside its field."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    subject = StringField(_("Tiêu đề"), [needed(_("Chưa ghi tiêu đề.")), at_most(200)])
    body = TextAreaField(_("Nội dung"), [needed(_("Chưa ghi nội dung thư.")), at_most(8000)])

    def __init__(self, typed: Any, offer: LetterKind | Audience, **beginning: Any) -> None:
        super().__init__(typed, **beginning)
        self.offer = offer

    @property
    def written(self) -> tuple[str, str]:
        """Subject and text in one form of Unicode."""
        return line(self.subject.data), canonical(self.body.data or "")

    def _faults(self, field: str) -> None:
        wrong = [sentence for where, sentence in faults(self.offer, *self.written) if where == field]
        if wrong:
            raise ValidationError(" ".join(wrong))

    def validate_subject(self, _field: Any) -> None:
        self._faults("subject")

    def validate_body(self, _field: Any) -> None:
        self._faults("body")


class MailingForm(WordsForm):
    """The same with the address that answers go to."""

    reply_to = EmailField(
        _("Địa chỉ nhận trả lời"), [Optional(), at_most(254)], filters=[lambda text: line(text).lower()]
    )

    def validate_reply_to(self, field: Any) -> None:
        name, at, host = (field.data or "").partition("@")
        if not (name and at and "." in host) or " " in field.data or not field.data.isascii():
            raise ValidationError(str(_("Địa chỉ email chưa đúng dạng. Ví dụ: ten@toasoan.vn.")))
