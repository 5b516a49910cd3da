"""What a winner tells of an account, and the day on which money went out."""

import re
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, ValidationError

from award.clock import now
from award.dates import local
from award.editions.forms.fields import DateField, StringField, at_most, line, needed


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
