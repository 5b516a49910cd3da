"""What the secretariat types: a decision with verdicts by rule, or a request to mend."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import ValidationError

from award.clock import now
from award.editions.deadlines import AT, THROUGH, Deadline
from award.editions.forms.fields import (
    DateField,
    HourField,
    SelectMultipleField,
    StringField,
    at_most,
    needed,
    optional,
)
from award.screening.rulings import Said
from award.text import one_line
from award.typed import TextAreaField

LONGEST_REMARK, LONGEST_CLAUSE = 500, 200


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision with its reason; which fields are needed depends on the decision and is the operation's rule."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    seen = HiddenField()
    reason = TextAreaField(_("Lý do"), [at_most(2000)])
    clause = StringField(_("Căn cứ (điều, khoản của Thể lệ)"), [at_most(LONGEST_CLAUSE)])

    def lack(self, sentence: str, *, clause: bool) -> None:
        """The empty fields of a refused decision say what is missing."""
        wanted = (self.reason, self.clause) if clause else (self.reason,)
        for lacking in wanted:
            if not lacking.data:
                lacking.errors = [sentence]


class FilterForm(FlaskForm):  # type: ignore[misc]
    """The name under which the filter of the address is saved."""

    class Meta:
        csrf = False

    name = StringField(_("Tên bộ lọc"), [needed(_("Ghi tên bộ lọc.")), at_most(60)])


class ConclusionForm(FlaskForm):  # type: ignore[misc]
    """Why two works are the same, or are not."""

    class Meta:
        csrf = False

    seen = HiddenField()
    reason = TextAreaField(
        _("Lý do"),
        [needed(_("Chưa ghi lý do.")), at_most(2000)],
    )


@dataclass
class Typed:
    """What was typed of single rules: by rule, and what is wrong with it by field."""

    said: list[Said] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)


def said_of_rules(form: Mapping[str, str]) -> Typed | None:
    """The verdicts by rule that came with a decision; None from a page that did not ask for any."""
    codes = [name.removeprefix("rule-") for name in form if name.startswith("rule-")]
    if not codes:
        return None
    typed = Typed()
    for code in codes:
        verdict = form.get(f"rule-{code}", "")
        remark, clause = one_line(form.get(f"remark-{code}", "")), one_line(form.get(f"clause-{code}", ""))
        for name, text, most in (("remark", remark, LONGEST_REMARK), ("clause", clause, LONGEST_CLAUSE)):
            if len(text) > most:
                typed.faults[f"{name}-{code}"] = gettext("Nhiều nhất %(max)s ký tự.", max=most)
        if verdict == "green":
            typed.said.append(Said(code, "green", clause, remark))
        elif verdict == "red":
            typed.said.append(Said(code, "red", clause, remark))
    return typed


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """What is to be mended, in which parts, and until when."""

    class Meta:
        csrf = False

    items = TextAreaField(
        _("Nội dung cần bổ sung"),
        [needed(_("Chưa ghi nội dung cần bổ sung.")), at_most(2000)],
    )
    parts = SelectMultipleField(_("Phần được bổ sung"))
    due_day = DateField(_("Hạn bổ sung, đến hết ngày"), [needed(_("Chưa ghi ngày."))])
    due_hour = HourField(_("Giờ, nếu không phải hết ngày"), [optional()])

    def validate_parts(self, chosen: SelectMultipleField) -> None:
        if not chosen.data:
            raise ValidationError(str(_("Chọn ít nhất một phần được bổ sung.")))

    def validate_due_day(self, _field: DateField) -> None:
        if self.due_day.data and not self.due_hour.errors and self.due.instant <= now():
            raise ValidationError(str(_("Hạn bổ sung đã qua.")))

    @property
    def due(self) -> Deadline:
        """The day as a whole, or the hour of it that was named; of a form that is complete."""
        assert self.due_day.data is not None
        if self.due_hour.data is None:
            return Deadline(THROUGH, self.due_day.data)
        return Deadline(AT, self.due_day.data, self.due_hour.data)
