"""Forms that change what is no clause of the frozen rules: the prizes, and what a loại hình says."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, HiddenField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from award.editions.forms.base import Row, SetupForm
from award.editions.forms.clauses import ByPaper
from award.editions.forms.fields import (
    IntegerField,
    LinesField,
    SelectMultipleField,
    StringField,
    at_most,
    between,
    needed,
)
from award.editions.forms.structure import LengthsRow, LimitsRow, PrizesForm
from award.editions.models import Edition
from award.editions.outlets import choices_of


class PrizesAmendmentForm(ByPaper, PrizesForm):
    """The prizes as they are to be from now on."""


class PlaceRow(Row):
    """A place for files that stands: what it is called, how many files and how large."""

    slot = HiddenField()
    label = StringField(_("Tên mục tệp"), [needed(_("Chưa ghi tên mục tệp.")), at_most(120)])
    at_least = IntegerField(_("Số tệp ít nhất"), [needed(_("Nhập một số nguyên.")), between(0, 50)])
    at_most = IntegerField(_("Số tệp nhiều nhất"), [needed(_("Nhập một số nguyên.")), between(1, 50)])
    megabytes = IntegerField(_("Mỗi tệp không quá (MB)"), [needed(_("Chưa ghi dung lượng.")), between(1, 20_000)])
    lengths = FormField(LengthsRow, label=_("Độ dài"))

    def validate_at_most(self, field: Field) -> None:
        if field.data is not None and self.at_least.data is not None and field.data < self.at_least.data:
            raise ValidationError(str(_("Số nhiều nhất nhỏ hơn số ít nhất.")))


class CategoryAmendmentForm(ByPaper, SetupForm):
    """What the loại hình says from now on; its genres keep their places, a new one comes last."""

    genres: Any = LinesField(
        _("Thể loại"), description=_("Mỗi dòng một thể loại. Sửa tên tại chỗ; thể loại thêm ghi ở cuối.")
    )
    limits = FormField(LimitsRow, label=_("Giới hạn riêng của loại hình"))
    outlets = SelectMultipleField(
        _("Cơ quan đăng, phát"),
        description=_("Chỉ nhận tác phẩm của các loại cơ quan được chọn. Không chọn thì nhận của mọi loại."),
    )
    limits_source = StringField(_("Căn cứ"), [at_most(200)], description=_("Ví dụ: khoản 2 Điều 4"))
    places = FieldList(FormField(PlaceRow), label=_("Tệp phải nộp"))

    def offer(self, edition: Edition) -> None:
        """The kinds of press organ the edition tells apart."""
        self.outlets.choices = choices_of(edition.outlet_kinds)
