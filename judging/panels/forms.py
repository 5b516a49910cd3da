"""Text in, typed values or messages out."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from award.editions.models import Category
from award.people.models import Person
from award.text import canonical
from award.typed import TextAreaField
from judging.panels.permissions import SEAT_WORDS, too_few_readings
from judging.panels.plans import Plan
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


class PlanForm(FlaskForm):  # type: ignore[misc]
    """How the works of a round are shared out."""

    class Meta:
        csrf = False

    who = RadioField(
        _("Mỗi tác phẩm do ai chấm"),
        choices=[("all", _("Mọi thành viên của tiểu ban")), ("some", _("Một số thành viên"))],
        validators=[InputRequired(_("Đề nghị chọn."))],
    )
    readings = IntegerField(
        _("Số thành viên chấm một tác phẩm"),
        description=_("Chỉ dùng khi một số thành viên chấm."),
        validators=[Optional(), NumberRange(1, 99, _("Đề nghị ghi một số từ 1 đến 99."))],
    )
    common = IntegerField(
        _("Số tác phẩm mọi thành viên cùng chấm"),
        description=_("Trong mỗi tiểu ban, đọc trước các tác phẩm khác, để so mặt bằng điểm giữa các thành viên."),
        default=0,
        validators=[Optional(), NumberRange(0, 99, _("Đề nghị ghi một số từ 0 đến 99."))],
    )

    @property
    def plan(self) -> Plan:
        """What was asked for, once the form is valid."""
        if self.who.data == "all":
            return Plan(None)
        return Plan(self.readings.data, self.common.data or 0)


class ExpertiseForm(FlaskForm):  # type: ignore[misc]
    """Which works the judge knows well, and how many of them are too many."""

    class Meta:
        csrf = False

    categories = SelectMultipleField(_("Loại hình thông thạo"), coerce=int)
    most_works = IntegerField(
        _("Nhận chấm nhiều nhất (tác phẩm)"),
        description=_("Để trống: số tác phẩm như các thành viên khác."),
        validators=[Optional(), NumberRange(1, 9999, _("Đề nghị ghi một số từ 1 đến 9999."))],
    )


def expertise_form(
    categories: Sequence[Category], known: Collection[int], most_works: int | None, asked: Any = None
) -> ExpertiseForm:
    form = ExpertiseForm(asked, categories=sorted(known), most_works=most_works)
    form.categories.choices = [(category.id, category.name) for category in categories]
    return form


def plan_form(plan: Plan, least: int, asked: Any = None) -> PlanForm:
    """The form as typed in `asked`, or filled with the plan. `least`: the fewest readings the rules allow."""
    form = PlanForm(
        asked, who="all" if plan.readings is None else "some", readings=plan.readings or least, common=plan.common
    )
    if asked is not None and form.validate() and form.who.data == "some" and (form.readings.data or 0) < least:
        form.readings.errors = [too_few_readings(least)]
    return form
