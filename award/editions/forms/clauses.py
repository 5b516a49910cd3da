"""The form of a stage's rules: made from the definitions, so that a new matter needs no new form."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FormField, HiddenField
from wtforms.fields import Field

from award import dates
from award.editions.clauses import CLAUSES, Rule, rules
from award.editions.deadlines import AT, BEFORE, THROUGH, Deadline, confirmation, last_second, written
from award.editions.forms.base import Row, SetupForm
from award.editions.forms.fields import (
    DateField,
    HourField,
    IntegerField,
    LinesField,
    PointsField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    at_most,
    between,
    lines,
    needed,
    optional,
)
from award.editions.matters import ClauseDefinition, Stage, Value, ValueField
from award.editions.models import Edition
from award.editions.relations import RELATIONS, USUAL
from award.typed import TextAreaField

SAID = [("value", _("Có quy định")), ("unregulated", _("Không quy định"))]


class ClauseRow(Row):
    """One matter: whether it is regulated, its answers, the clause of the paper."""

    definition: ClauseDefinition

    @property
    def unregulated(self) -> bool:
        return "said" in self._fields and self.said.data == "unregulated"

    @property
    def answers(self) -> Value:
        """What was typed, as a value; empty answers are left out."""
        asked = {field.name: field for field in self.definition.fields}
        choice = self._fields["choice"].data if "choice" in asked else None
        value: Value = {}
        for name, field in asked.items():
            if field.only_with and field.only_with != choice:
                continue
            answer = _answer(field, self._fields[name].data)
            if answer not in (None, "", []):
                value[name] = answer
        return value

    @property
    def regulated(self) -> bool:
        """Said to be, or answered without saying so."""
        if "said" in self._fields and self.said.data:
            return bool(self.said.data == "value")
        return bool(self.answers)

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if fits and self.regulated and not self.definition.dated:
            for name, fault in self.definition.faults(self.answers).items():
                self._fields[name].errors = [*self._fields[name].errors, fault]
                fits = False
        return bool(fits)


def _answer(asked: ValueField, data: Any) -> Any:
    if asked.kind == "yes":
        return {"yes": True, "no": False}.get(data)
    if asked.kind == "several":
        return [code for code, _words in asked.options if code in (data or ())]
    if asked.kind == "points" and data is not None:
        return dates.typed_number(data).replace(".", "").replace(",", ".")
    return data


def _asking(definition: ClauseDefinition, asked: ValueField) -> Field:
    label = asked.label
    if asked.kind == "number":
        return IntegerField(label, [optional(), between(1, 100_000)])
    if asked.kind == "points":
        return PointsField(label, [optional()])
    if asked.kind == "names":
        return LinesField(label, description=_("Mỗi dòng một tên."))
    if asked.kind == "text":
        return TextAreaField(label, [at_most(2000)], filters=[lambda text: "\n".join(lines(text))])
    if asked.kind == "yes":
        return RadioField(definition.label, choices=lambda: _both(definition))
    if asked.kind == "several":
        return SelectMultipleField(label, choices=list(asked.options))
    if asked.optional:
        return SelectField(label, choices=[("", _("Như khi không ghi")), *asked.options], default="")
    return RadioField(label, choices=list(asked.options))


def _both(definition: ClauseDefinition) -> list[tuple[str, str]]:
    return [(word, definition.sentence(Edition(), {"yes": word == "yes"})) for word in ("yes", "no")]


def deadline_fields() -> dict[str, Field]:
    """A deadline as it is written: wording, day, and the hour where there is one."""
    wordings = [(THROUGH, _("đến hết ngày")), (BEFORE, _("trước ngày")), (AT, _("chậm nhất, có giờ"))]
    return {
        "wording": RadioField(_("Chữ trong thể lệ"), choices=wordings),
        "day": DateField(_("Ngày"), [optional()]),
        "hour": HourField(_("Giờ"), [optional()], description=_("Chỉ khi chọn “chậm nhất”. Ví dụ: 17:00")),
    }


def _row(definition: ClauseDefinition) -> type[ClauseRow]:
    fields: dict[str, Any] = {"definition": definition}
    if definition.may_be_unregulated:
        fields["said"] = RadioField(definition.label, choices=SAID)
    if definition.code == "window":
        fields["first"] = DateField(_("Từ ngày"), [optional()])
        fields["last"] = DateField(_("Đến hết ngày"), [optional()])
    elif definition.code in {"deadline", "newsroom_confirmation"}:
        fields |= deadline_fields()
    for asked in definition.fields:
        fields[asked.name] = _asking(definition, asked)
    fields["illustrative"] = BooleanField(_("Minh họa, chưa theo văn bản"))
    fields["source"] = StringField(_("Căn cứ"), [at_most(200)], description=_("Ví dụ: khoản 2 Điều 4"))
    return type("ClauseRow", (ClauseRow,), fields)


class RulesForm(SetupForm):
    """The matters of one stage, each a row of its own."""

    @property
    def clause_rows(self) -> list[FormField]:
        return [field for field in self if isinstance(field, FormField)]


def _matters(stage: Stage) -> Any:
    """A form with a row for each matter of the stage, in their order."""
    listed = [d for d in CLAUSES if d.stage == stage]
    rows = {d.code: FormField(_row(d), label=d.label) for d in listed}
    return type("Matters", (RulesForm,), rows)


class _EntryMatters(_matters("entry")):  # type: ignore[misc]
    """The matters of entry with their dates, of which none stands before another that it follows."""

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        dated = deadline_fits(self.deadline.form) & deadline_fits(self.newsroom_confirmation.form)
        apart = self._confirmation_is_later() & self._own_newsroom_is_said_once()
        return _window_fits(self.window.form) & dated & apart and fits

    @property
    def chosen_window(self) -> tuple[date | None, date | None]:
        window = self.window.form
        return (None, None) if window.unregulated else (window.first.data, window.last.data)

    @property
    def chosen_deadline(self) -> Deadline | None:
        return deadline_in(self.deadline.form)

    @property
    def chosen_confirmation(self) -> Deadline | None:
        """Until when newsrooms confirm, where they have to."""
        row = self.newsroom_confirmation.form
        return deadline_in(row) if row.regulated and row.answers.get("yes") else None

    def _confirmation_is_later(self) -> bool:
        ours, entries = self.chosen_confirmation, self.chosen_deadline
        if ours is None or entries is None or ours.instant >= entries.instant:
            return True
        self.newsroom_confirmation.form.day.errors = [str(_("Thời hạn xác nhận đứng trước thời hạn nhận tác phẩm."))]
        return False

    def _own_newsroom_is_said_once(self) -> bool:
        """Where nobody judges works of the own organ, none of them is judged after a mere word."""
        said = self.conflict_relations.form.newsroom
        if self.conflict_policy.form.answers.get("choice") != "own_newsroom" or said.data != "disclose":
            return True
        said.errors = [str(_("Mục “Chấm tác phẩm của mình, của cơ quan mình” đã ghi là không chấm."))]
        return False

    @property
    def last_second(self) -> str:
        """The last second that the typed deadline counts, in words."""
        return last_second(self.chosen_deadline.instant) if self.chosen_deadline else ""


class EntryRulesForm(_EntryMatters):
    """Rules of entry, with what counts after the deadline."""

    grace_seconds: Any = IntegerField(
        _("Thời gian dung sai kỹ thuật"),
        [needed(_("Nhập một số nguyên.")), between(0, 3600)],
        description=_("giây, sau thời hạn"),
    )
    files_follow_minutes: Any = IntegerField(
        _("Thời gian gửi tiếp tệp sau khi nộp"),
        [needed(_("Nhập một số nguyên.")), between(0, 20_160)],
        description=_("phút; 1.440 phút là một ngày"),
    )
    screening_promise = DateField(
        _("Ngày thông báo kết quả kiểm tra điều kiện dự Giải"),
        [optional()],
        description=_("Ngày này được ghi trong giấy tiếp nhận. Để trống nếu không hẹn."),
    )


class JudgingRulesForm(_matters("judging")):  # type: ignore[misc]
    """Rules of judging that hold for every round."""


class ByPaper:
    """The paper by which frozen rules change. What was looked at is what is put in force."""

    number = StringField(
        _("Số văn bản sửa đổi"), [needed(_("Chưa ghi số văn bản.")), at_most(60)], description=_("Ví dụ: 15-QĐ/BTCG")
    )
    paper_day = DateField(_("Ngày văn bản"), [needed(_("Chưa ghi ngày văn bản."))])
    reason = TextAreaField(
        _("Lý do sửa đổi"),
        [needed(_("Chưa ghi lý do.")), at_most(1000)],
        description=_("Công khai cùng nội dung sửa đổi."),
        filters=[lambda text: "\n".join(lines(text))],
    )
    looked = HiddenField()


class EntryAmendmentForm(ByPaper, _EntryMatters):
    """Rules of entry as they are to be from now on."""


class JudgingAmendmentForm(ByPaper, _matters("judging")):  # type: ignore[misc]
    """Rules of judging as they are to be from now on."""


def _window_fits(row: Any) -> bool:
    first, last = row.first.data, row.last.data
    if row.unregulated:
        return True
    if (first is None) != (last is None) and not (row.first.errors or row.last.errors):
        lacking = row.first if first is None else row.last
        lacking.errors = [str(_("Ghi đủ ngày đầu và ngày cuối."))]
        return False
    if first and last and last < first:
        row.last.errors = [str(_("Ngày cuối đứng trước ngày đầu."))]
        return False
    return True


def deadline_in(row: Any) -> Deadline | None:
    """The deadline that the fields of one say, when they say one."""
    if not row.wording.data or row.day.data is None or (row.wording.data == AT and row.hour.data is None):
        return None
    return Deadline(row.wording.data, row.day.data, row.hour.data if row.wording.data == AT else None)


def deadline_fits(row: Any) -> bool:
    """Whether they say none or a whole one; what lacks is told beside its field."""
    if row.day.data is None and not row.wording.data:
        return True
    lacking = None
    if not row.wording.data:
        lacking, sentence = row.wording, _("Chọn đúng chữ của thể lệ.")
    elif row.day.data is None and not row.day.errors:
        lacking, sentence = row.day, _("Nhập ngày theo mẫu %(day)s.", day=dates.example_day())
    elif row.wording.data == AT and row.hour.data is None and not row.hour.errors:
        lacking, sentence = row.hour, _("Nhập giờ theo mẫu 17:00.")
    if lacking is None:
        return True
    lacking.errors = [str(sentence)]
    return False


def stored_rules(edition: Edition, stage: Stage) -> dict[str, Any]:
    """What is stored, in the shape of the form; a draft that has said nothing of ties yet is offered what is usual."""
    data: dict[str, Any] = {found.definition.code: _stored(found) for found in rules(edition, stage)}
    if stage == "entry":
        if edition.state == "draft" and not any(each.code == RELATIONS.code for each in edition.clauses):
            data[RELATIONS.code] |= USUAL
        data["window"] |= {"first": edition.window_from, "last": edition.window_to}
        for code, deadline in (("deadline", written(edition)), ("newsroom_confirmation", confirmation(edition))):
            if deadline is not None:
                data[code] |= {"wording": deadline.wording, "day": deadline.day, "hour": deadline.hour}
        data |= {
            "grace_seconds": edition.grace_seconds,
            "files_follow_minutes": edition.files_follow_minutes,
            "screening_promise": edition.screening_promise,
        }
    return data


def _stored(found: Rule) -> dict[str, Any]:
    data: dict[str, Any] = {"source": found.source, "illustrative": found.illustrative}
    if found.settled:
        data["said"] = "unregulated" if found.unregulated else "value"
    value = dict(found.value or {})
    if "yes" in value:
        value["yes"] = "yes" if value["yes"] else "no"
    if "points" in value:
        value["points"] = found.points
    return data | value
