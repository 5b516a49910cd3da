"""The days an edition plans, each with an hour and a place; a day that is left empty is not planned."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from award.clock import VIETNAM
from award.dates import local
from award.editions.forms.fields import DateField, HourField, StringField, at_most, line

KINDS = ("council", "ceremony")
_DAY = _("Ghi cả ngày, hoặc để trống giờ và địa điểm.")
_HOUR = _("Ghi cả giờ, ví dụ 08:00.")


class PlanForm(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    council_day = DateField(_("Ngày họp Hội đồng chung khảo"))
    council_hour = HourField(_("Giờ họp"))
    council_place = StringField(_("Địa điểm họp"), [at_most(200)])
    ceremony_day = DateField(_("Ngày trao giải"))
    ceremony_hour = HourField(_("Giờ trao giải"))
    ceremony_place = StringField(_("Địa điểm trao giải"), [at_most(200)])

    @classmethod
    def of(cls, planned: Any) -> "PlanForm":
        """The form as the edition plans now."""
        values: dict[str, Any] = {}
        for kind, day in planned.items():
            at = local(day.at)
            values |= {f"{kind}_day": at.date(), f"{kind}_hour": at.time(), f"{kind}_place": day.place}
        return cls(None, **values)

    def planned_at(self, kind: str) -> datetime | None:
        """The instant typed for it, in Vietnam; none where no day was."""
        day, hour = self[f"{kind}_day"].data, self[f"{kind}_hour"].data
        return None if day is None or hour is None else datetime.combine(day, hour, VIETNAM)

    @property
    def days(self) -> dict[str, tuple[datetime, str] | None]:
        """By kind the instant and the place that were typed."""
        return {kind: (at, self.place(kind)) if (at := self.planned_at(kind)) else None for kind in KINDS}

    def place(self, kind: str) -> str:
        return line(self[f"{kind}_place"].data)

    def validate_council_day(self, field: Any) -> None:
        self._needs_day("council", field)

    def validate_ceremony_day(self, field: Any) -> None:
        self._needs_day("ceremony", field)

    def _needs_day(self, kind: str, field: Any) -> None:
        """An hour or a place without a day says nothing of when: it is asked for, not dropped."""
        if field.data is None and not field.errors and (self[f"{kind}_hour"].raw_data[0] or self.place(kind)):
            raise ValidationError(str(_DAY))

    def validate_council_hour(self, field: Any) -> None:
        if self.council_day.data and not field.data:
            raise ValidationError(str(_HOUR))

    def validate_ceremony_hour(self, field: Any) -> None:
        if self.ceremony_day.data and not field.data:
            raise ValidationError(str(_HOUR))
