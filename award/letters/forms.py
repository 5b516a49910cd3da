"""The words of a letter, with placeholders in them."""

from collections.abc import Sequence
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import Optional, ValidationError

from award.correspondence import Audience, LetterKind, Recipient
from award.editions.forms.fields import StringField, TextAreaField, at_most, line, needed
from award.letters.operations import faults
from award.text import canonical


class WordsForm(FlaskForm):  # type: ignore[misc]
    """Subject and text; what a placeholder's name is mistyped in is told beside its field."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    subject = StringField(_("Tiêu đề"), [needed(_("Chưa ghi tiêu đề.")), at_most(200)])
    body = TextAreaField(_("Nội dung"), [needed(_("Chưa ghi nội dung thư.")), at_most(8000)])

    def __init__(
        self, typed: Any, offer: LetterKind | Audience, people: Sequence[Recipient] = (), **beginning: Any
    ) -> None:
        super().__init__(typed, **beginning)
        self.offer, self.people = offer, people

    @property
    def written(self) -> tuple[str, str]:
        """Subject and text in one form of Unicode."""
        return line(self.subject.data), canonical(self.body.data or "")

    def _faults(self, field: str) -> None:
        found = faults(self.offer, *self.written, people=self.people)
        wrong = [sentence for where, sentence in found if where == field]
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

    @property
    def words(self) -> dict[str, str]:
        """Everything that is typed for all recipients alike."""
        subject, body = self.written
        return {"subject": subject, "body": body, "reply_to": self.reply_to.data or ""}

    def validate_reply_to(self, field: Any) -> None:
        if not _is_address(field.data or ""):
            raise ValidationError(str(_("Địa chỉ email chưa đúng dạng. Ví dụ: ten@toasoan.vn.")))


def _is_address(typed: str) -> bool:
    """Whether the header of a letter can be built from it: what cannot fails for every recipient, for good."""
    try:
        built = Address(addr_spec=typed)
    except (ValueError, LookupError, AttributeError, HeaderParseError):  # whatever the parser of the language trips on
        return False
    return built.addr_spec == typed and typed.isascii() and bool(built.username) and "." in built.domain
