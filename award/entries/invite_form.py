"""How an owner invites an author to fill in the dossier too."""

import re

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField
from wtforms.validators import ValidationError

from award.editions.forms.fields import at_most, optional

_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class InviteForm(FlaskForm):  # type: ignore[misc]
    """What the author may fill in, and where the link goes when it goes by letter."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    fills = RadioField(
        _("Tác giả được mời làm gì"),
        choices=[
            ("whole", _("Cùng khai cả hồ sơ, gửi tệp và nộp")),
            ("row", _("Chỉ khai phần về bản thân ở mục Tác giả")),
        ],
        default="whole",
    )
    email = EmailField(
        _("Gửi lời mời đến email"),
        [optional(), at_most(254)],
        filters=[lambda typed: (typed or "").strip()],
        description=_("Để trống nếu tự gửi đường dẫn, ví dụ qua Zalo."),
    )

    def validate_email(self, field: EmailField) -> None:
        if field.data and not _ADDRESS.fullmatch(field.data):
            raise ValidationError(str(_("Địa chỉ email chưa đúng dạng. Ví dụ: ten@toasoan.vn.")))
