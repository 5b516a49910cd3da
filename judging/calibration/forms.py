"""The works a panel scores first, as the secretariat names them; a member's sheet of one, as it stands."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, HiddenField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from award.editions.forms.base import Row, SetupForm
from award.editions.forms.fields import StringField, at_most, needed
from award.editions.models import Round
from award.links import is_address
from award.text import canonical
from award.typed import TextAreaField
from judging.calibration.models import MOST, CalibrationSheet, CalibrationWork
from judging.calibration.operations import Sample
from judging.scoring.contents import levels_of, scale_of
from judging.scoring.forms import Typed

LONGEST = 60_000
"""Letters of a text: a long reportage."""


class SampleRow(Row):
    public_id = HiddenField()
    title = StringField(_("Tên bài"), [needed(_("Chưa ghi tên bài.")), at_most(300)])
    link = StringField(
        _("Địa chỉ trang đăng, phát"),
        [at_most(2000)],
        description=_("Bài, chương trình đã đăng, phát công khai; mở ở trang khác."),
    )
    text = TextAreaField(
        _("Nội dung"),
        [at_most(LONGEST)],
        filters=[lambda text: canonical(text or "").strip()],
        description=_("Dán nội dung bài để đọc ngay tại đây. Tệp của bài (trang báo, ảnh, bản ghi) gửi ở bước sau."),
    )

    def validate_link(self, field: Field) -> None:
        if field.data and not is_address(field.data):
            raise ValidationError(str(_("Địa chỉ bắt đầu bằng http:// hoặc https://.")))


class SamplesForm(SetupForm):
    known = HiddenField()
    """Public ids of the works that were before who fills the form in: only such a one is taken away by being left out.
    """
    works = FieldList(FormField(SampleRow), _("Bài chấm thử"), max_entries=MOST)

    def come_up_with(self, stored: "SamplesForm") -> None:
        """Works that somebody else has named meanwhile are in the form: what was typed as new stands in their places,
        and those left over come after it, to be kept or removed."""
        known, ours = set(self.known_ids), {row.form.public_id.data for row in self.works}
        others = {n: row.form for n, row in enumerate(stored.works) if row.form.public_id.data not in known | ours}
        stands = {row.form.public_id.data for row in stored.works}
        for n, row in enumerate(self.works):
            if row.form.public_id.data not in stands and n in others:
                row.form.public_id.data = others.pop(n).public_id.data
        for form in others.values():
            if form.public_id.data and len(self.works) < MOST:
                self.works.append_entry(form.data)
        shown = {row.form.public_id.data for row in self.works}
        self.known.data = " ".join(sorted(known | {one for one in stands if one in shown}))

    @property
    def known_ids(self) -> list[str]:
        return (self.known.data or "").split()

    @property
    def samples(self) -> list[Sample]:
        rows = [row.form for row in self.works]
        return [
            Sample(row.title.data, row.link.data or "", row.text.data or "", row.public_id.data or "") for row in rows
        ]


def stored(works: list[CalibrationWork]) -> dict[str, Any]:
    """The data of the form for the works that stand; one empty row where there are none."""
    return {
        "known": " ".join(one.public_id for one in works),
        "works": [{"public_id": one.public_id, "title": one.title, "link": one.link, "text": one.text} for one in works]
        or [{}],
    }


def standing(sheet: CalibrationSheet | None, round_: Round) -> Typed:
    """The form of the sheet as it stands."""
    levels = levels_of(round_)
    if sheet is None:
        return Typed({}, "", 0, levels=levels)
    marks = sheet.steps
    texts = {c.id: scale_of(round_, c).words(marks[c.id]) for c in round_.criteria if c.id in marks}
    return Typed(texts, "", sheet.version, marks, levels=levels, level=sheet.level)
