"""What the organiser types to extend the time for entries."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from award.editions.deadlines import THROUGH, Deadline
from award.editions.extensions import Extension
from award.editions.forms.clauses import deadline_fields, deadline_fits, deadline_in
from award.editions.forms.fields import DateField, StringField, at_most, needed, optional
from award.typed import TextAreaField


class _ExtensionForm(FlaskForm):  # type: ignore[misc]
    """The new deadline in the words of the decision, its number and day, why."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    paper = StringField(_("Văn bản quyết định (số, ký hiệu)"), [needed(_("Chưa ghi văn bản.")), at_most(200)])
    decided_on = DateField(_("Ngày ký văn bản"), [needed(_("Chưa ghi ngày."))])
    reason = TextAreaField(
        _("Lý do gia hạn"),
        [needed(_("Chưa ghi lý do.")), at_most(1000)],
    )
    confirmation_day = DateField(_("Thời hạn mới để cơ quan báo chí xác nhận, đến hết ngày"), [optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators) & deadline_fits(self)
        if self.day.data is None and not self.wording.data and not self.day.errors:
            self.wording.errors = [str(_("Chọn đúng chữ của thể lệ."))]
            self.day.errors = [str(_("Chưa ghi thời hạn mới."))]
            return False
        return bool(fits)

    def extension(self, before: Deadline) -> Extension:
        """Of a form that is complete; `before` is the deadline as it stands."""
        until, decided_on = deadline_in(self), self.decided_on.data
        assert until is not None
        assert decided_on is not None
        newsrooms = self.confirmation_day.data
        return Extension(
            before=before,
            until=until,
            paper=self.paper.data,
            decided_on=decided_on,
            reason=self.reason.data,
            confirmation=None if newsrooms is None else Deadline(THROUGH, newsrooms),
        )


ExtensionForm: Any = type("ExtensionForm", (_ExtensionForm,), deadline_fields())
