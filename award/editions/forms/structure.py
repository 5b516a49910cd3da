"""Forms of what an edition is made of: categories with their slots, rounds with their criteria, panels, prizes."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from award.editions.calendar import weights_fault
from award.editions.coverage import Covered, Scope, coverage, fault_of
from award.editions.forms.base import Row, SetupForm
from award.editions.forms.fields import (
    DateField,
    IntegerField,
    LinesField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    at_most,
    between,
    needed,
    optional,
)
from award.editions.lengths import LENGTHS
from award.editions.limits import CATEGORY_LIMITS
from award.editions.media import ASKS, MEDIA, needable
from award.editions.models import PRIZE_KINDS, Edition
from award.editions.operations.topics import DEEPEST, nesting_fault
from award.editions.outlets import choices_of
from award.editions.prizes import FOR_WORKS, PRIZE_KIND_WORDS, orphaned
from award.files.words import KIND_WORDS
from award.text import folded, one_line
from award.typed import TextAreaField
from uploads.kinds import KINDS

_MOST_ROWS = 40
_OUTLINE = re.compile(r"((?:[-–+•]\s*)*)(.*)")
STEPS = ((1, "1"), (2, "0,5"), (4, "0,25"), (5, "0,2"), (10, "0,1"), (20, "0,05"))


def _list(row: type[Row], label: Any, least: int = 0) -> FieldList:
    return FieldList(FormField(row), label=label, min_entries=least, max_entries=_MOST_ROWS)


def _twice(values: list[str]) -> str | None:
    return next((value for n, value in enumerate(values) if value and value in values[:n]), None)


def _numbers_row(name: str, asked: Iterable[tuple[str, Any]], most: int) -> type[Row]:
    """A row of numbers that may each stay empty."""
    return type(name, (Row,), {code: IntegerField(label, [optional(), between(1, most)]) for code, label in asked})


LimitsRow = _numbers_row("LimitsRow", CATEGORY_LIMITS, 100_000)
"""The numbers a category may say for itself; empty ones are the edition's."""
LengthsRow = _numbers_row("LengthsRow", LENGTHS, 1_000_000)
"""How long a file of a place may be; empty ones are not limited."""


class SlotRow(Row):
    label = StringField(_("Tên mục tệp"), [needed(_("Chưa ghi tên mục tệp.")), at_most(120)])
    kinds = SelectMultipleField(_("Loại tệp nhận"), choices=[(kind.code, KIND_WORDS[kind.code]) for kind in KINDS])
    at_least = IntegerField(_("Ít nhất"), [needed(_("Nhập một số nguyên.")), between(0, 50)], default=1)
    at_most = IntegerField(_("Nhiều nhất"), [needed(_("Nhập một số nguyên.")), between(1, 50)], default=1)
    megabytes = IntegerField(_("Mỗi tệp không quá (MB)"), [needed(_("Chưa ghi dung lượng.")), between(1, 20_000)])
    lengths = FormField(LengthsRow, label=_("Độ dài"))
    per_part = BooleanField(_("Nộp riêng cho từng kỳ"), default=True)
    for_judges = BooleanField(_("Giám khảo được xem"), default=True)
    blind = BooleanField(_("Bản chấm: không có tên tác giả, dùng khi chấm kín"))
    captions = BooleanField(_("Mỗi tệp có chú thích và thứ tự, như nhóm ảnh, phóng sự ảnh"))
    proof = BooleanField(_("Bản lưu bài đã đăng, phát: Tổ Thư ký xem cạnh đường dẫn, trang báo, giờ phát sóng"))
    for_minors = BooleanField(
        _("Giấy đồng ý của cha, mẹ hoặc người giám hộ"),
        description=_("Chỉ hỏi khi có tác giả dưới 18 tuổi; nộp chung cho cả tác phẩm, giám khảo không xem."),
    )

    def validate_kinds(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(str(_("Chọn ít nhất một loại tệp.")))

    def validate_at_most(self, field: Field) -> None:
        if field.data is not None and self.at_least.data is not None and field.data < self.at_least.data:
            raise ValidationError(str(_("Số nhiều nhất nhỏ hơn số ít nhất.")))


class CategoryForm(SetupForm):
    name = StringField(_("Tên loại hình"), [needed(_("Chưa ghi tên loại hình.")), at_most(80)])
    code = StringField(
        _("Ký hiệu trong mã chấm"),
        [needed(_("Chưa ghi ký hiệu.")), at_most(6)],
        description=_("Ví dụ: IN cho mã chấm III-IN-042"),
    )
    medium = SelectField(_("Mẫu kê khai"), choices=lambda: [(code, asks.name) for code, asks in ASKS.items()])
    needed = SelectMultipleField(
        _("Phải kê khai mới nộp được"),
        description=_("Mục không chọn vẫn có trong mẫu kê khai, không bắt buộc."),
    )
    illustrative = BooleanField(_("Thể loại, mục tệp là minh họa, chưa theo văn bản"))
    genres = LinesField(_("Thể loại"), description=_("Mỗi dòng một thể loại."))
    limits = FormField(LimitsRow, label=_("Giới hạn riêng của loại hình"))
    outlets = SelectMultipleField(
        _("Cơ quan đăng, phát"),
        description=_("Chỉ nhận tác phẩm của các loại cơ quan được chọn. Không chọn thì nhận của mọi loại."),
    )
    limits_source = StringField(_("Căn cứ"), [at_most(200)], description=_("Ví dụ: khoản 2 Điều 4"))
    slots = _list(SlotRow, _("Tệp phải nộp"))

    def offer(self, edition: Edition) -> None:
        """What the chosen medium asks for; what only another medium asked for is let go of."""
        self.outlets.choices = choices_of(edition.outlet_kinds)
        self.needed.choices = needable(self.medium.data if self.medium.data in MEDIA else MEDIA[0])
        offered = {name for name, _label in self.needed.choices}
        self.needed.data = [name for name in self.needed.data or () if name in offered]

    def validate_code(self, field: Field) -> None:
        if field.data and not field.data.isalnum():
            raise ValidationError(str(_("Chỉ dùng chữ và số.")))


class OutletKindRow(Row):
    code = HiddenField()
    name = StringField(_("Tên loại cơ quan"), [needed(_("Chưa ghi tên loại cơ quan.")), at_most(80)])
    licensed = BooleanField(
        _("Là cơ quan báo chí có giấy phép"),
        description=_("Không chọn thì cơ quan chỉ thuộc loại này không phải cơ quan báo chí được cấp phép."),
    )


class OutletKindsForm(SetupForm):
    kinds = _list(OutletKindRow, _("Loại cơ quan báo chí"))

    def validate_kinds(self, field: Field) -> None:
        twice = _twice([folded(one_line(row.form.name.data or "")) for row in field])
        if twice is not None:
            raise ValidationError(str(_("Loại cơ quan “%(name)s” đứng hai lần.", name=twice)))


class CriterionRow(Row):
    name = StringField(_("Tiêu chí"), [needed(_("Chưa ghi tên tiêu chí.")), at_most(200)])
    weight = IntegerField(_("Tỷ trọng, phần trăm"), [needed(_("Chưa ghi tỷ trọng.")), between(1, 100)])
    low_words = StringField(_("Mức thấp"), [at_most(200)])
    middle_words = StringField(_("Mức khá"), [at_most(200)])
    high_words = StringField(_("Mức cao"), [at_most(200)])


class RoundForm(SetupForm):
    name = StringField(_("Tên vòng"), [needed(_("Chưa ghi tên vòng.")), at_most(80)])
    blind = RadioField(
        _("Cách chấm"),
        choices=[("yes", _("Chấm kín: giám khảo không thấy tên tác giả")), ("no", _("Chấm công khai tên tác giả"))],
    )
    scale_max = IntegerField(_("Thang điểm"), [needed(_("Chưa ghi thang điểm.")), between(1, 1000)])
    steps_per_point = SelectField(_("Bước điểm"), coerce=int, choices=list(STEPS))
    asks_level = BooleanField(
        _("Giám khảo đề nghị mức giải"),
        description=_("Phiếu chấm hỏi thêm mức giải đề nghị hoặc “không đề nghị”. Chỉ để tham khảo, không tính điểm."),
    )
    calibration = RadioField(
        _("Bài chấm thử"),
        choices=[
            ("", _("Không có")),
            ("free", _("Có, thành viên chấm thử nếu muốn")),
            ("first", _("Có, thành viên chấm thử xong mới chấm tác phẩm")),
        ],
        description=_("Tiểu ban cùng chấm nhiều nhất ba bài để thống nhất mặt bằng điểm; bài chấm thử không dự giải."),
        default="",
    )
    shortlist_size = IntegerField(
        _("Số tác phẩm vào vòng sau"), [between(1, 100_000)], description=_("Để trống nếu quyết định sau.")
    )
    unranked_list = BooleanField(
        _("Danh sách đề cử không xếp hạng"),
        description=_("Danh sách vào vòng sau xếp theo tên, không có thứ hạng và điểm; mỗi tác phẩm có lý do đề cử."),
    )
    opens_on = DateField(_("Dự kiến bắt đầu"), [optional()])
    ends_on = DateField(_("Dự kiến kết thúc"), [optional()])
    illustrative = BooleanField(_("Thang điểm, tiêu chí, số lượng là minh họa, chưa theo văn bản"))
    criteria = _list(CriterionRow, _("Tiêu chí chấm"))

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(str(_("Ngày kết thúc đứng trước ngày bắt đầu.")))

    def validate_criteria(self, field: Field) -> None:
        rows = [row.form for row in field]
        if self.scale_max.data is None or any(row.weight.data is None for row in rows):
            return
        weights = [(row.name.data, row.weight.data) for row in rows]
        if fault := weights_fault(weights, self.scale_max.data, self.steps_per_point.data):
            raise ValidationError(fault)

    def validate_blind(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(str(_("Chọn một trong các mục.")))

    @property
    def step_words(self) -> str:
        return dict(STEPS).get(self.steps_per_point.data, "")


class PanelRow(Row):
    public_id = HiddenField()
    name = StringField(_("Tên tiểu ban"), [needed(_("Chưa ghi tên tiểu ban.")), at_most(120)])
    scopes = SelectMultipleField(_("Chấm loại hình, thể loại"))
    shortlist_size = IntegerField(
        _("Số tác phẩm vào vòng sau"),
        [between(1, 10_000)],
        description=_("Để trống nếu chọn chung với các tiểu ban khác, theo số của cả vòng."),
    )


class PanelsForm(SetupForm):
    panels = _list(PanelRow, _("Tiểu ban"))

    def offer(self, edition: Edition) -> None:
        """What the panels of the edition may judge: whole categories, and single genres of them."""
        self.choices, self.categories = scope_choices(edition), edition.categories
        for row in self.panels:
            row.form.scopes.choices = self.choices

    def rearrange(self, typed: Any) -> bool:
        changed = super().rearrange(typed)
        for row in self.panels:
            row.form.scopes.choices = self.choices
        return changed

    @property
    def covered(self) -> list[tuple[Covered, str]]:
        """What the panels as typed judge, with what is wrong with it."""
        typed = [(row.form.name.data or "", scopes_of(row.form.scopes.data or ())) for row in self.panels]
        return [(each, fault_of(each)) for each in coverage(self.categories, typed)]

    @property
    def shortlisted(self) -> int:
        """How many works go on by the panels' own counts."""
        return sum(row.form.shortlist_size.data or 0 for row in self.panels)


def scopes_of(chosen: Iterable[str]) -> list[Scope]:
    """`12` is a category, `12:34` one genre of it; a genre beside its whole category adds nothing."""
    whole = {int(value) for value in chosen if ":" not in value}
    parts = [tuple(int(part) for part in value.split(":")) for value in chosen if ":" in value]
    return [(category, None) for category in sorted(whole)] + [(c, g) for c, g in parts if c not in whole]


def scope_choices(edition: Edition) -> list[tuple[str, str]]:
    """`12` for a category and `12:34` for one genre of it, with their words."""
    found = []
    for category in edition.categories:
        found.append((str(category.id), category.name))
        found += [(f"{category.id}:{genre.id}", f"{category.name}: {genre.name}") for genre in category.genres]
    return found


class TopicRow(Row):
    topic = HiddenField()
    name = StringField(_("Nội dung"), [needed(_("Chưa ghi nội dung.")), at_most(300)])
    depth = SelectField(
        _("Vị trí"),
        coerce=int,
        choices=[(0, _("Mục lớn")), (1, _("Thuộc mục lớn ở trên")), (2, _("Thuộc mục con ở trên"))],
        default=0,
    )
    focal = BooleanField(_("Nội dung trọng tâm"))


class TopicsForm(SetupForm):
    """The contents of the plan in their order, each at its depth."""

    topics = _list(TopicRow, _("Nội dung"))
    pasted = TextAreaField(
        _("Dán nhiều mục"),
        description=_("Mỗi dòng một mục; dòng bắt đầu bằng một dấu gạch ngang là mục con, hai dấu là mục con cấp hai."),
    )

    def rearrange(self, typed: Any) -> bool:
        """What was pasted becomes rows to look at before they are saved, whatever button was pressed."""
        listed = outline(self.pasted.data or "")
        for name, depth in listed[: _MOST_ROWS - len(self.topics)]:
            self.topics.append_entry({"name": name, "depth": depth})
        self.pasted.process(None, data="")
        return super().rearrange(typed) or bool(listed) or typed.get("add") == self.pasted.name

    def validate_topics(self, field: Field) -> None:
        if fault := nesting_fault([row.form.depth.data or 0 for row in field]):
            raise ValidationError(fault)


def outline(text: str) -> list[tuple[str, int]]:
    """Each line that says something, with its depth by the dashes before it."""
    found = (_OUTLINE.fullmatch(one_line(line)) for line in text.split("\n"))
    return [(line[2], min(len(line[1].replace(" ", "")), DEEPEST)) for line in found if line and line[2]]


class PrizeRow(Row):
    kind = SelectField(_("Trao cho"), choices=list(PRIZE_KIND_WORDS.items()), default="main")
    code = StringField(_("Ký hiệu"), [needed(_("Chưa ghi ký hiệu.")), at_most(20)])
    name = StringField(_("Tên mức giải"), [needed(_("Chưa ghi tên mức giải.")), at_most(120)])
    quota = IntegerField(_("Số giải"), [needed(_("Chưa ghi số giải.")), between(1, 1000)])
    money = IntegerField(_("Tiền thưởng mỗi giải (đồng)"), [between(0, 10**12)])
    themes = LinesField(
        _("Các chuyên đề"),
        description=_("Chỉ với giải Chuyên đề, mỗi dòng một chuyên đề. Để trống nếu ghi khi đề nghị giải."),
    )
    categories = SelectMultipleField(
        _("Loại hình"), description=_("Chỉ trao cho tác phẩm các loại hình được chọn. Không chọn thì trao chung.")
    )
    illustrative = BooleanField(_("Số giải, tiền thưởng là minh họa, chưa theo văn bản"))

    def validate_code(self, field: Field) -> None:
        if not any(letter.isalnum() for letter in field.data or "0"):
            raise ValidationError(str(_("Ký hiệu có chữ hoặc số.")))


class PrizesForm(SetupForm):
    levels = _list(PrizeRow, _("Mức giải, từ cao xuống thấp"))

    def offer(self, edition: Edition) -> None:
        """For which loại hình alone a prize of works may be; letters it kept of one that is gone are offered too.

        Whoever lets go of those chooses something else, or all: a prize is not for all because a name was lost.
        """
        self.choices = [(category.code, category.name) for category in edition.categories]
        kept = dict.fromkeys(code for _level, code in orphaned(edition))
        self.choices += [(code, str(_("%(code)s (chưa có loại hình này)", code=code))) for code in kept]
        self._offered()

    def rearrange(self, typed: Any) -> bool:
        changed = super().rearrange(typed)
        self._offered()
        return changed

    def _offered(self) -> None:
        known = {code for code, _name in self.choices}
        for row in self.levels:
            row.form.categories.choices = self.choices
            chosen = row.form.categories.data if row.form.kind.data in FOR_WORKS else ()
            row.form.categories.data = [code for code in chosen or () if code in known] or list(chosen or ())

    def validate_levels(self, field: Field) -> None:
        twice = _twice([row.form.code.data for row in field])
        if twice is not None:
            raise ValidationError(str(_("Ký hiệu “%(code)s” đứng hai lần.", code=twice)))
        kinds = [PRIZE_KINDS.index(row.form.kind.data) for row in field if row.form.kind.data in PRIZE_KINDS]
        if kinds != sorted(kinds):
            order = "; ".join(str(words) for words in PRIZE_KIND_WORDS.values())
            raise ValidationError(str(_("Xếp theo thứ tự: %(order)s.", order=order)))
