"""Text in, typed values or messages out."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from award.clock import VIETNAM, now
from award.dates import local
from award.editions.forms.fields import DateField, HourField, StringField, at_most, needed
from award.results.permissions import PAST, REASON_NEEDED


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """The data of the issued paper, as they stand on it."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    number = StringField(_("Số quyết định"), [needed(_("Chưa ghi số quyết định.")), at_most(60)])
    day = DateField(_("Ngày ban hành"), [needed(_("Chưa ghi ngày ban hành."))])
    body = StringField(_("Cơ quan ban hành"), [needed(_("Chưa ghi cơ quan ban hành.")), at_most(200)])
    signatory = StringField(_("Người ký, chức vụ"), [needed(_("Chưa ghi người ký.")), at_most(200)])

    @property
    def paper(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("number", "day", "body", "signatory")}

    def validate_day(self, field: Any) -> None:
        if field.data and field.data > local(now()).date():
            raise ValidationError(str(_("Ngày ban hành sau ngày hôm nay.")))


class AsideForm(FlaskForm):  # type: ignore[misc]
    """Why a proposal is not followed."""

    class Meta:
        csrf = False

    reason = StringField(_("Lý do, văn bản"), [needed(REASON_NEEDED), at_most(500)])


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
