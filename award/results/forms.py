"""Text in, typed values or messages out."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Self

import wtforms
from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import ValidationError

from award.clock import VIETNAM, now
from award.dates import local
from award.editions.forms.fields import (
    DateField,
    HourField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    at_most,
    line,
    needed,
    optional,
)
from award.opinions.models import Opinion
from award.results.models import Disclosure
from award.results.permissions import PAST, REASON_NEEDED
from award.results.words import Stands

_TOGETHER = _("Số và ngày đi cùng nhau: ghi cả hai hoặc để trống cả hai.")
MOST_SHIFT = 20
"""Millimetres that certificates are moved at most: more is another printer tray, not a printer that is off."""


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """The data of the issued paper, as they stand on it."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    number = StringField(_("Số quyết định"), [needed(_("Chưa ghi số quyết định.")), at_most(60)])
    day = DateField(_("Ngày ban hành"), [needed(_("Chưa ghi ngày ban hành."))])
    body = StringField(_("Cơ quan ban hành"), [needed(_("Chưa ghi cơ quan ban hành.")), at_most(200)])
    signatory = StringField(_("Người ký, chức vụ"), [needed(_("Chưa ghi người ký.")), at_most(200)])

    @classmethod
    def of_address(cls) -> tuple[Self, bool]:
        """As the address carries it, or empty; and whether it is to be looked at before it is recorded.

        One that goes back to be mended (`sua`) carries the same and is looked at again only when it is sent.
        """
        carried = any(name in request.args for name in ("number", "day", "body", "signatory"))
        form = cls(request.args if carried else None)
        return form, carried and "sua" not in request.args

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the fields, as text."""
        return {name: self[name]._value() for name in ("number", "day", "body", "signatory")}

    @property
    def paper(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("number", "day", "body", "signatory")}

    def validate_day(self, field: Any) -> None:
        if field.data and field.data > local(now()).date():
            raise ValidationError(str(_("Ngày ban hành sau ngày hôm nay.")))


class ShiftField(wtforms.StringField):  # type: ignore[misc]
    """Millimetres, to the other side with a minus; `data` is a whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = line(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"[-+]?\d{1,2}", typed, re.ASCII) or abs(int(typed)) > MOST_SHIFT:
            raise ValueError(str(_("Ghi số mm từ -20 đến 20.")))
        self.data = int(typed)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""


class CertificatesForm(FlaskForm):  # type: ignore[misc]
    """How certificates are printed. Everything has a usual answer, so that the bare address asks for something."""

    class Meta:
        csrf = False

    each = RadioField(
        _("Mỗi giấy chứng nhận cho"),
        default="work",
        choices=[("work", _("một tác phẩm")), ("author", _("một tác giả"))],
    )
    stock = RadioField(
        _("In trên"),
        default="plain",
        choices=[("plain", _("giấy trắng, đủ khung và chữ")), ("stock", _("phôi in sẵn, chỉ in phần thay đổi"))],
    )
    right = ShiftField(_("Dịch sang phải"))
    down = ShiftField(_("Dịch xuống"))

    @property
    def each_author(self) -> bool:
        return bool(self.each.data == "author")

    @property
    def onto_stock(self) -> bool:
        return bool(self.stock.data == "stock")

    @property
    def shift(self) -> tuple[float, float]:
        """Millimetres to the right and down."""
        return float(self.right.data or 0), float(self.down.data or 0)


class AsideForm(FlaskForm):  # type: ignore[misc]
    """Why a proposal is not followed, and whose opinion that follows."""

    class Meta:
        csrf = False

    reason = StringField(_("Lý do, văn bản"), [needed(REASON_NEEDED), at_most(500)])
    opinion = SelectField(_("Theo ý kiến của"), choices=[], default="")

    def of(self, answered: Sequence[Opinion]) -> "AsideForm":
        """The form offers the bodies that have answered."""
        self.opinion.choices = [
            ("", str(_("Không theo ý kiến nào"))),
            *((each.public_id, each.body) for each in answered),
        ]
        return self

    def followed(self, answered: Sequence[Opinion]) -> Opinion | None:
        return next((each for each in answered if each.public_id == self.opinion.data), None)


class RulingForm(DecisionForm):
    """The paper that takes a prize back or gives its place, and why."""

    reason = TextAreaField(_("Lý do"), [needed(REASON_NEEDED), at_most(2000)])
    case_code = StringField(_("Mã kiến nghị, phản ánh"), [optional(), at_most(20)])

    @property
    def paper(self) -> dict[str, Any]:
        return {**super().paper, "reason": self.reason.data, "case_code": self.case_code.data or ""}


class PlaceForm(RulingForm):
    """The same, with the work that gets the place."""

    entry = RadioField(_("Tác phẩm được xét"), [needed(_("Chưa chọn tác phẩm."))], choices=[])


class LowerForm(RulingForm):
    """The same, with the level the work has from now on."""

    level = RadioField(_("Mức giải mới"), [needed(_("Chưa chọn mức giải."))], choices=[])
    beyond = wtforms.BooleanField(_("Ngoài cơ cấu giải: quyết định ghi giải này không tính vào số lượng của mức"))


class FillForm(RulingForm):
    """The same, with the work that the paper names, by its code."""

    code = StringField(_("Mã tác phẩm"), [needed(_("Chưa ghi mã tác phẩm.")), at_most(40)])


class RemarkForm(FlaskForm):  # type: ignore[misc]
    """What the authors of a work will read of it."""

    class Meta:
        csrf = False

    words = TextAreaField(
        _("Nhận xét gửi tác giả"),
        [optional(), at_most(2000)],
        description=_("Của Hội đồng, không nêu tên thành viên. Tác giả đọc sau khi công bố; để trống nếu không gửi."),
    )


class WordForm(FlaskForm):  # type: ignore[misc]
    """Which word of a work is read otherwise, with what shows it."""

    class Meta:
        csrf = False

    field = SelectField(_("Nội dung cần đính chính"), choices=[])
    after = StringField(_("Ghi đúng là"), [needed(_("Chưa ghi nội dung đúng.")), at_most(300)])
    reason = TextAreaField(_("Lý do"), [needed(REASON_NEEDED), at_most(2000)])
    evidence = StringField(_("Căn cứ"), [needed(_("Chưa ghi căn cứ.")), at_most(300)])
    number = StringField(_("Số văn bản đính chính"), [optional(), at_most(60)])
    day = DateField(_("Ngày văn bản đính chính"), [optional()])

    def validate_number(self, field: Any) -> None:
        if field.data and not (self.day.raw_data and self.day.raw_data[0]):
            raise ValidationError(str(_TOGETHER))

    def validate_day(self, field: Any) -> None:
        if field.data and not self.number.data:
            raise ValidationError(str(_TOGETHER))

    def of(self, words: Sequence[Stands]) -> "WordForm":
        """The form offers these words."""
        self.field.choices = [(each.key, each.label) for each in words]
        return self

    def word(self, words: Sequence[Stands]) -> dict[str, Any]:
        """What is to be read instead of the word that was chosen."""
        asked = next(each for each in words if each.key == self.field.data)
        typed = {"reads": self.after.data or "", "reason": self.reason.data, "evidence": self.evidence.data}
        typed |= {"number": self.number.data or "", "day": self.day.data}
        return {"field": asked.field, "authorship_id": asked.authorship_id, "stood": asked.stands, **typed}


class DisclosureForm(FlaskForm):  # type: ignore[misc]
    """Which figures of the judging everybody may read, and on what ground."""

    class Meta:
        csrf = False

    parts = SelectMultipleField(
        _("Nội dung được công khai"),
        choices=[
            ("agreement", _("Mức thống nhất giữa các thành viên")),
            ("ties", _("Tác phẩm bằng điểm và cách xếp")),
            ("recusals", _("Số lượt không tham gia chấm do có liên quan")),
        ],
    )
    ground = StringField(_("Căn cứ"), [needed(_("Chưa ghi căn cứ.")), at_most(300)])

    @classmethod
    def of(cls, typed: Mapping[str, str] | None, kept: Disclosure | None) -> "DisclosureForm":
        """As it was decided last."""
        shown = [part for part, _label in cls.parts.kwargs["choices"] if kept is not None and getattr(kept, part)]
        return cls(typed, parts=shown, ground=kept.ground if kept is not None else "")


class PublicationForm(FlaskForm):  # type: ignore[misc]
    """The instant from which the public reads the results, as day and hour in Vietnam."""

    class Meta:
        csrf = False

    day = DateField(_("Ngày công bố"), [needed(_("Chưa ghi ngày công bố."))])
    hour = HourField(_("Giờ công bố"), [needed(_("Chưa ghi giờ công bố."))])

    def validate_hour(self, field: Any) -> None:
        if self.day.data and field.data and self.at < now():
            raise ValidationError(str(PAST))

    @property
    def at(self) -> datetime:
        """Of a form that is complete."""
        assert self.day.data is not None
        assert self.hour.data is not None
        return datetime.combine(self.day.data, self.hour.data, VIETNAM)
