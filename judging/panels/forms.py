"""Text in, typed values or messages out."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from award.people.models import Person
from award.text import canonical
from judging.panels.permissions import SEAT_WORDS
from judging.panels.table import KeptFrom


class SeatForm(FlaskForm):  # type: ignore[misc]
    """Whom to seat on a panel, and as what. A page holds one per panel, told apart by the panel's id."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    person = SelectField(_("Thành viên"), validators=[InputRequired(_("Đề nghị chọn người."))])
    role = SelectField(_("Nhiệm vụ"), choices=list(SEAT_WORDS.items()), default="member")


def seat_form(panel_id: str, people: Sequence[Person]) -> SeatForm:
    form = SeatForm(prefix=panel_id)
    form.person.choices = [("", _("Chọn người")), *((person.public_id, person.legal_name) for person in people)]
    return form


class WaiverForm(FlaskForm):  # type: ignore[misc]
    """Which work the judge may read all the same, and on what ground."""

    class Meta:
        csrf = False

    work = SelectField(_("Tác phẩm"), validators=[InputRequired(_("Đề nghị chọn tác phẩm."))])
    reason = TextAreaField(
        _("Lý do, văn bản cho phép"),
        filters=[lambda text: canonical(text or "")],
        validators=[DataRequired(_("Đề nghị ghi lý do.")), Length(max=500, message=_("Tối đa 500 ký tự."))],
    )


def waiver_form(kept: Sequence[KeptFrom]) -> WaiverForm:
    form = WaiverForm()
    form.work.choices = [("", _("Chọn tác phẩm")), *((one.entry.public_id, one.code) for one in kept if one.waivable)]
    return form
