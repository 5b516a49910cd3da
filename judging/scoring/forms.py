"""What a judge typed on a sheet, and what of it is a mark."""

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, Length

from award.editions.forms.fields import DateField, needed
from award.editions.models import Round
from award.text import canonical
from award.typed import TextAreaField
from judging.scoring.contents import Incomplete, levels_of, marks_of, scale_of
from judging.scoring.marks import MarkFault, read
from judging.scoring.models import Keying, ScoreSheet

NOTE_LENGTH = 5000
LEVEL_FIELD = "level"


@dataclass
class Typed:
    """The sheet as typed: the text of each criterion, marks where the text is one, faults where it is not."""

    texts: dict[int, str]
    note: str
    version: int
    marks: dict[int, int] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)
    others: dict[int | None, str] = field(default_factory=dict)
    """What stands from another tab where it differs, by criterion; None is the note."""
    levels: dict[str, str] = field(default_factory=dict)
    """What may be proposed, code → words; empty in a round that does not ask for it."""
    level: str | None = None
    level_fault: str = ""
    level_other: str | None = None
    """The words of the level that stands from another tab, where it differs; empty for none said."""

    @property
    def errors(self) -> list[str]:
        """What the title of the page asks for, as of any form."""
        return [*self.faults.values(), *([self.level_fault] if self.level_fault else [])]

    @property
    def level_words(self) -> str:
        return self.levels.get(self.level or "", "")

    def differ_from(self, beside: "Typed") -> None:
        """What stands elsewhere is put beside what was typed here, where the two are not the same."""
        for criterion in self.texts:
            theirs = beside.texts.get(criterion, "")
            if criterion in self.faults or self.marks.get(criterion) != beside.marks.get(criterion):
                self.others[criterion] = theirs
        if self.note != beside.note:
            self.others[None] = beside.note
        if self.level != beside.level:
            self.level_other = beside.level_words

    def conflict(self) -> dict[str, dict[str, str]]:
        """The same for the page's script: field → yours and theirs."""
        both = {
            "note" if criterion is None else field_name(criterion): {
                "yours": self.note if criterion is None else self.texts[criterion],
                "theirs": theirs,
            }
            for criterion, theirs in self.others.items()
        }
        if self.level_other is not None:
            both[LEVEL_FIELD] = {"yours": self.level_words, "theirs": self.level_other}
        return both

    def lack(self, lacking: Incomplete) -> None:
        """Criteria without a mark say so, and a level that was not said."""
        for criterion in lacking.missing:
            self.faults.setdefault(criterion.id, str(_("Tiêu chí này chưa có điểm.")))
        if lacking.level:
            self.level_fault = str(_("Chưa chọn mức giải đề nghị hoặc “Không đề nghị”."))


def field_name(criterion: int) -> str:
    """The name of a criterion's field in the form."""
    return f"c{criterion}"


def typed(form: "MultiDict[str, str]", round_: Round) -> Typed:
    """What came with the form. A criterion with a fault has no mark."""
    texts = {criterion.id: form.get(field_name(criterion.id), "") for criterion in round_.criteria}
    version = form.get("version", "0")
    found = Typed(texts, canonical(form.get("note", ""))[:NOTE_LENGTH], int(version) if version.isdecimal() else 0)
    for criterion in round_.criteria:
        try:
            steps = read(texts[criterion.id], scale_of(round_, criterion))
        except MarkFault as fault:
            found.faults[criterion.id] = str(fault)
        else:
            if steps is not None:
                found.marks[criterion.id] = steps
    found.levels = levels_of(round_)
    if (level := form.get(LEVEL_FIELD)) in found.levels:
        found.level = level
    return found


def standing(sheet: ScoreSheet | None, round_: Round) -> Typed:
    """The form of the sheet as it stands."""
    levels = levels_of(round_)
    if sheet is None:
        return Typed({}, "", 0, levels=levels)
    marks = marks_of(sheet)
    texts = {c.id: scale_of(round_, c).words(marks[c.id]) for c in round_.criteria if c.id in marks}
    return Typed(texts, sheet.note, sheet.version, marks, levels=levels, level=sheet.level)


def keyed(own: Keying | None, round_: Round) -> Typed:
    """The form of a paper sheet with what this person keyed before, empty at first."""
    marks = own.steps if own is not None else {}
    texts = {c.id: scale_of(round_, c).words(marks[c.id]) for c in round_.criteria if c.id in marks}
    level = own.level if own is not None else None
    return Typed(texts, "", 0, marks, levels=levels_of(round_), level=level)


class KeyForm(FlaskForm):  # type: ignore[misc]
    """What a keyer reads on a signed sheet besides its marks."""

    class Meta:
        csrf = False

    signed_on = DateField(_("Ngày ký trên phiếu"), [needed(_("Chưa ghi ngày ký."))])
    reason = TextAreaField(
        _("Lý do ghi trên phiếu"),
        filters=[lambda text: canonical(text or "")],
        validators=[Length(max=2000, message=_("Tối đa 2.000 ký tự."))],
    )
    seen = BooleanField(_("Đã đối chiếu bằng mắt: bản quét là của phiếu này, có chữ ký của thành viên chấm"))


class StepAsideForm(FlaskForm):  # type: ignore[misc]
    """How the judge has to do with the work."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    relation = RadioField(_("Mối liên quan"), validators=[InputRequired(_("Đề nghị chọn mối liên quan."))])
    note = TextAreaField(
        _("Ghi thêm, nếu cần"),
        filters=[lambda text: canonical(text or "")],
        validators=[Length(max=500, message=_("Tối đa 500 ký tự."))],
    )


class AcquaintedForm(FlaskForm):  # type: ignore[misc]
    """How the judge knows an author of a work that the judge goes on to judge."""

    class Meta:
        csrf = False

    kind = RadioField(_("Mối liên quan"), validators=[InputRequired(_("Đề nghị chọn mối liên quan."))])
    known = TextAreaField(
        _("Quen biết thế nào"),
        filters=[lambda text: canonical(text or "")],
        validators=[needed(_("Cần ghi quen biết thế nào.")), Length(max=500, message=_("Tối đa 500 ký tự."))],
    )

    @property
    def relation(self) -> str:
        """Which relation was told; where the rules let one only be told, it is that one."""
        return str(self.kind.data) if "kind" in self._fields else self.only

    only: str = ""


def acquainted_form(relations: dict[str, str], asked: "MultiDict[str, str] | None" = None) -> AcquaintedForm:
    form = AcquaintedForm(asked)
    form.kind.choices = list(relations.items())
    if len(relations) < 2:
        del form.kind
        form.only = next(iter(relations), "")
    return form


def step_aside_form(relations: dict[str, str], asked: "MultiDict[str, str] | None") -> StepAsideForm:
    form = StepAsideForm(asked)
    form.relation.choices = list(relations.items())
    return form
