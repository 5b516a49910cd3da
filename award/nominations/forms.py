"""Text in, typed values or messages out."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from award.editions.forms.fields import DateField, SelectField, StringField, TextAreaField, at_most, needed, optional
from award.nominations.news import KINDS, WORDS
from award.nominations.resolution import resolution_of


class DossierForm(FlaskForm):  # type: ignore[misc]
    """The letter the dossier goes with, as far as its number and day are known; the paper that chose the works."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    number = StringField(_("Số công văn"), [optional(), at_most(60)])
    day = DateField(_("Ngày công văn"), [optional()])
    resolution_number = StringField(_("Số văn bản chọn tác phẩm"), [optional(), at_most(60)])
    resolution_day = DateField(_("Ngày văn bản chọn tác phẩm"), [optional()])
    resolution_body = StringField(_("Cơ quan ban hành văn bản chọn tác phẩm"), [optional(), at_most(200)])

    def validate(self, **extra: Any) -> bool:
        """The paper that chose the works is named whole, or not at all."""
        whole = bool(super().validate(**extra))
        named = (self.resolution_number, self.resolution_day, self.resolution_body)
        lacking = [each for each in named if not each.data and not each.errors]
        if len(lacking) in (0, len(named)):
            return whole
        for each in lacking:
            each.errors = [_("Ghi đủ số, ngày và cơ quan ban hành, hoặc để trống cả ba.")]
        return False

    @property
    def told(self) -> dict[str, Any]:
        """What was typed, as the deed takes it."""
        resolution = resolution_of(
            self.resolution_number.data or "", self.resolution_day.data, self.resolution_body.data or ""
        )
        return {"letter_number": self.number.data or "", "letter_day": self.day.data, "resolution": resolution}


class CompletingForm(FlaskForm):  # type: ignore[misc]
    """What a work lacks, and until when it is waited for."""

    class Meta:
        csrf = False

    what = TextAreaField(_("Nội dung cần bổ sung"), [needed(_("Chưa ghi nội dung cần bổ sung.")), at_most(1000)])
    until = DateField(_("Chậm nhất ngày"), [needed(_("Chưa ghi ngày."))])


class NewsForm(FlaskForm):  # type: ignore[misc]
    """What became known at the national award, of the works that were chosen beside it."""

    class Meta:
        csrf = False

    state = SelectField(_("Kết quả"), choices=[(kind, WORDS[kind]) for kind in KINDS])
    prize = StringField(_("Giải đã đoạt"), [optional(), at_most(200)])
    source = StringField(_("Nguồn"), [needed(_("Chưa ghi nguồn: văn bản, danh sách hoặc người báo.")), at_most(300)])
    known_on = DateField(_("Ngày của nguồn"), [needed(_("Chưa ghi ngày của nguồn."))])
