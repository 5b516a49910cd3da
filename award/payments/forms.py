"""What a winner tells of an account, the day on which money went out, and how much is withheld of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, ValidationError

from award.clock import now
from award.dates import day, local
from award.editions.forms.fields import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    at_most,
    between,
    line,
    needed,
    optional,
)
from award.payments.owed import Owed
from award.payments.taxed import Tax


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


class TaxForm(FlaskForm):  # type: ignore[misc]
    """How much is withheld of one kind of payment: all of it is said, or nothing."""

    class Meta:
        csrf = False

    percent = IntegerField(_("Thuế suất"), [optional(), between(0, 100)])
    threshold = IntegerField(_("Ngưỡng tính thuế"), [optional(), between(0, 10**12)])
    basis = RadioField(
        _("Cách tính"),
        [optional()],
        choices=[
            ("excess", _("Chỉ tính phần vượt trên ngưỡng")),
            ("whole", _("Tính cả khoản chi, khi từ ngưỡng trở lên")),
        ],
    )
    ground = StringField(_("Căn cứ"), [optional(), at_most(300)])

    @classmethod
    def of(cls, kind: str, tax: Tax | None, typed: Mapping[str, str] | None) -> "TaxForm":
        """The form of prizes or of fees, with what stands where nothing was typed."""
        stands = {} if tax is None else {**vars(tax), "basis": "excess" if tax.of_excess else "whole"}
        return cls(typed, prefix=f"{kind}-", data=stands)

    def validate(self, **extra: Any) -> bool:
        """Said whole or not at all."""
        fits, said = bool(super().validate(**extra)), [each for each in self if each.data not in (None, "")]
        for each in self:
            if said and each not in said and not each.errors:
                each.errors, fits = [str(_("Ghi đủ bốn mục, hoặc để trống cả bốn."))], False
        return fits

    @property
    def tax(self) -> Tax | None:
        if self.percent.data is None or self.threshold.data is None:
            return None
        return Tax(self.percent.data, self.threshold.data, self.basis.data == "excess", self.ground.data)


def rates_form(rates: Mapping[int, tuple[str, int | None]], typed: Mapping[str, str] | None) -> Any:
    """A field for each round, by its ordinal: its name, and what a sheet is paid, in đồng."""
    fields: dict[str, Any] = {
        f"round{ordinal}": IntegerField(name, [optional(), between(0, 10**9)])
        for ordinal, (name, _rate) in rates.items()
    }
    made = type("RatesForm", (_Rates,), fields)
    return made(typed, data={f"round{ordinal}": rate for ordinal, (_name, rate) in rates.items()})


class _Rates(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False
