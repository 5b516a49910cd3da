"""Fields that read what Vietnamese offices write and answer in their words. Their names keep the macros' names."""

import re
from collections.abc import Callable
from datetime import date, time
from fractions import Fraction
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from award import dates
from award.text import canonical, one_line
from award.typed import StringField as StringField
from award.typed import TextAreaField as TextAreaField

_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?::|h|giờ)\s*(\d{1,2})?)?")


class Needed:
    """Something must have been typed; what cannot be read keeps its own message."""

    field_flags = {"required": True}

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.raw_data or not line(str(field.raw_data[0])):
            raise StopValidation(str(self.sentence))


def needed(sentence: Any) -> Needed:
    return Needed(sentence)


def optional() -> Optional:
    return Optional()


def at_most(length: int) -> Length:
    return Length(max=length, message=_("Nhiều nhất %(max)s ký tự."))


def between(least: int, most: int) -> Callable[[Any, Any], None]:
    """A whole number within these bounds, told in words otherwise."""

    def check(_form: Any, field: Any) -> None:
        if field.data is not None and not least <= field.data <= most:
            bounds = {"least": dates.number(least), "most": dates.number(most)}
            raise ValidationError(str(_("Nhập một số từ %(least)s đến %(most)s.", **bounds)))

    return check


def line(text: str | None) -> str:
    return one_line(text or "")


def lines(text: str | None) -> list[str]:
    """Each line that says something, once."""
    return list(dict.fromkeys(kept for raw in canonical(text or "").split("\n") if (kept := one_line(raw))))


class IntegerField(wtforms.IntegerField):  # type: ignore[misc]
    """A whole number; points between thousands are read and, from five digits on, shown: 10.000.000, but 2026."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = line(valuelist[0]) if valuelist else ""
        self.raw_data = [typed]
        self.data = None
        if not typed:
            return
        digits = re.sub(r"(?<=\d)[. ](?=\d{3}(\D|$))", "", typed)
        if not re.fullmatch(r"\d{1,15}", digits, re.ASCII):
            raise ValueError(str(_("Nhập một số nguyên.")))
        self.data = int(digits)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return dates.typed_number(self.data) if self.data >= 10_000 else str(self.data)


class PointsField(wtforms.StringField):  # type: ignore[misc]
    """Points such as 2 or 2,5; `data` is a Fraction."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = line(valuelist[0]) if valuelist else ""
        self.raw_data = [typed]
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"\d{1,3}([.,]\d{1,4})?", typed, re.ASCII):
            raise ValueError(str(_("Nhập số điểm, ví dụ 2 hoặc 2,5.")))
        self.data = Fraction(typed.replace(",", "."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else dates.typed_number(self.data)


class DateField(wtforms.StringField):  # type: ignore[misc]
    """A day typed as 30/9/2023, 30-9-2023 or 30.9.2023; `data` is a date."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = line(valuelist[0]) if valuelist else ""
        self.raw_data = [typed]
        self.data = None
        if not typed:
            return
        fault = ValueError(str(_("Nhập ngày theo mẫu %(day)s.", day=dates.example_day())))
        if found := _DATE.fullmatch(typed):
            day, month, year = (int(part) for part in found.groups())
        elif found := _ISO_DATE.fullmatch(typed):
            year, month, day = (int(part) for part in found.groups())
        else:
            raise fault
        try:
            self.data = date(year, month, day)
        except ValueError:
            raise fault from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else dates.typed_day(self.data)


class HourField(wtforms.StringField):  # type: ignore[misc]
    """An hour typed as 17:00, 17h30, 17 giờ or 17; `data` is a time."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = line(valuelist[0]) if valuelist else ""
        self.raw_data = [typed]
        self.data = None
        if not typed:
            return
        found = _HOUR.fullmatch(typed)
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValueError(str(_("Nhập giờ theo mẫu 17:00.")))
        self.data = time(int(found[1]), int(found[2] or 0))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.data.strftime("%H:%M")


class LinesField(wtforms.TextAreaField):  # type: ignore[misc]
    """One name a line; `data` is a list."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw_data = valuelist[:1]
        self.data = lines(valuelist[0]) if valuelist else []

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.data or ())


LinesField.__name__ = "TextAreaField"


class RadioField(wtforms.RadioField):  # type: ignore[misc]
    """One of several; none chosen is no answer."""

    def pre_validate(self, _form: Any) -> None:
        if self.data not in (None, "", *(value for value, *_rest in self.iter_choices())):
            raise ValidationError(str(_("Chọn một trong các mục.")))

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else None


class SelectField(wtforms.SelectField):  # type: ignore[misc]
    def pre_validate(self, _form: Any) -> None:
        if self.data not in [value for value, *_rest in self.iter_choices()]:
            raise ValidationError(str(_("Chọn một trong các mục.")))


class SelectMultipleField(wtforms.SelectMultipleField):  # type: ignore[misc]
    def pre_validate(self, _form: Any) -> None:
        known = {value for value, *_rest in self.iter_choices()}
        if not known.issuperset(self.data or ()):
            raise ValidationError(str(_("Chọn trong các mục.")))
