"""What a newsroom's desk is told: who else works there, and why a work is not attested."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField

from award.editions.forms.fields import DateField, StringField, at_most, needed
from award.editions.forms.general import AppointmentForm
from award.people.memberships import ROLES
from award.typed import TextAreaField

ROLE_WORDS = {
    "contact": _("đầu mối"),
    "editor_in_chief": _("lãnh đạo cơ quan"),
    "journalist": _("tác giả, phóng viên"),
}


def role_label(role: str) -> str:
    """The role as it stands alone: Đầu mối."""
    words = str(ROLE_WORDS[role])
    return words[:1].upper() + words[1:]


def _choices() -> list[tuple[str, str]]:
    hints: dict[str, Any] = {
        "contact": _("nộp, nạp danh sách, xác nhận thay cơ quan"),
        "editor_in_chief": _("xác nhận thay cơ quan"),
        "journalist": _("nộp tác phẩm của mình"),
    }
    return [(role, f"{role_label(role)}: {hints[role]}") for role in ROLES]


class MemberForm(AppointmentForm):
    """An address, a name where there is no account yet, and what the person is in the newsroom."""

    role = SelectField(_("Vai trò trong cơ quan"), choices=_choices)
    decision = None  # type: ignore[assignment]


class RefusalForm(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    reason = TextAreaField(
        _("Lý do không xác nhận"),
        [needed(_("Chưa ghi lý do.")), at_most(1000)],
        description=_("Tác giả và Tổ Thư ký đọc được lý do này."),
    )


class ReturnForm(FlaskForm):  # type: ignore[misc]
    """What a signed list that came back says of itself."""

    class Meta:
        csrf = False

    signatory = StringField(
        _("Người ký"),
        [needed(_("Chưa ghi người ký.")), at_most(200)],
        description=_("Họ tên, chức vụ như trên bản ký."),
    )
    signed_on = DateField(_("Ngày ký"), [needed(_("Chưa ghi ngày ký."))])
    all_signed = BooleanField(_("Mọi tác giả ghi ở trên đã ký"))
    seen = BooleanField(_("Đã đối chiếu bằng mắt: bản quét là của danh sách này, có chữ ký và dấu"))

    @property
    def said(self) -> dict[str, Any]:
        """Who signed when, and whether somebody looked. Of a form that is complete."""
        return {"seen": bool(self.seen.data), "signatory": self.signatory.data, "signed_on": self.signed_on.data}
