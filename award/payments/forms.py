"""What a winner tells of an account, and the day on which money went out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, ValidationError

from award.clock import now
from award.dates import day, local
from award.editions.forms.fields import DateField, SelectField, StringField, at_most, line, needed
from award.payments.owed import Owed


class NumberField(StringField):
    """The number of an account without the blanks and dots it is written with."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = re.sub(r"[ .-]", "", line(valuelist[0])).upper() if valuelist else ""


class AccountForm(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    holder = StringField(_("Tên chủ tài khoản"), [needed(_("Chưa ghi tên chủ tài khoản.")), at_most(120)])
    number = NumberField(_("Số tài khoản"), [needed(_("Chưa ghi số tài khoản."))])
    bank = StringField(_("Ngân hàng, chi nhánh"), [needed(_("Chưa ghi ngân hàng.")), at_most(200)])
    agreed = wtforms.BooleanField(_("Đồng ý"), [DataRequired(_("Chưa đồng ý việc sử dụng số tài khoản."))])

    def validate_number(self, field: Any) -> None:
        if field.data and not re.fullmatch(r"[0-9A-Z]{6,24}", field.data, re.ASCII):
            raise ValidationError(str(_("Số tài khoản gồm 6 đến 24 chữ số hoặc chữ cái.")))


class PaidForm(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False

    day = DateField(_("Ngày chi"), [needed(_("Chưa ghi ngày chi."))])

    def validate_day(self, field: Any) -> None:
        if field.data and field.data > local(now()).date():
            raise ValidationError(str(_("Ngày chi ở sau hôm nay.")))


class MistakeForm(FlaskForm):  # type: ignore[misc]
    """Which payment was recorded by mistake, and why it is withdrawn."""

    class Meta:
        csrf = False

    paid = SelectField(_("Ghi nhận chi"), [needed(_("Chưa chọn ghi nhận chi."))])
    reason = StringField(_("Lý do"), [needed(_("Chưa ghi lý do.")), at_most(300)])

    @classmethod
    def of(cls, lines: Sequence[Owed], typed: Mapping[str, str] | None) -> "MistakeForm":
        """The form with what was paid to choose from, none of it chosen."""
        form = cls(typed)
        words = [(each.key, f"{each.name}, {each.level}, {day(each.paid_on)}") for each in lines if each.paid_on]
        form.paid.choices = [("", ""), *words]
        return form
