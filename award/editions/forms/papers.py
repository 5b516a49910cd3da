"""Forms of the papers: the bodies that issue them, and what one kind of paper says of itself."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, HiddenField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from award.documents.paper import FORM_CODES
from award.editions.forms.base import Row, SetupForm
from award.editions.forms.fields import DateField, LinesField, SelectField, StringField, at_most, needed, optional
from award.editions.issuing import FORM_WORDS, usual_form
from award.editions.models import Edition
from award.editions.queries import paper_bodies

_TOGETHER = _("Số và ngày đi cùng nhau: ghi cả hai hoặc để trống cả hai.")


class BodyRow(Row):
    public_id = HiddenField()
    name = StringField(
        _("Cơ quan ban hành"),
        [needed(_("Chưa ghi tên cơ quan.")), at_most(200)],
        description=_("Ví dụ: Ban Tổ chức Giải"),
    )
    parent = StringField(_("Cơ quan cấp trên"), [at_most(200)], description=_("Dòng trên cùng bên trái, nếu có."))
    form = SelectField(
        _("Thể thức"),
        description=_("36-HD/VPTW: văn bản của Đảng đến 26/5/2026; 05-HD/VPTW: từ 27/5/2026; Nghị định 30/2020/NĐ-CP."),
        choices=lambda: [(code, FORM_WORDS[code]) for code in FORM_CODES],
    )
    place = StringField(_("Địa danh"), [at_most(60)], description=_("Ví dụ: Khánh Hòa"))
    symbol = StringField(_("Ký hiệu cơ quan"), [at_most(30)], description=_("Ví dụ: BTCG trong số 12-QĐ/BTCG"))
    term_from = DateField(
        _("Ngày đầu nhiệm kỳ"),
        [optional()],
        description=_("Văn bản của Đảng lấy số từ 01 theo nhiệm kỳ. Để trống: tính mọi văn bản đã ghi của cơ quan."),
    )
    authority = StringField(
        _("Quyền hạn ký"),
        [at_most(200)],
        description=_("Ví dụ: T/M Hội đồng; K/T Trưởng Ban. Để trống nếu người đứng đầu trực tiếp ký."),
    )
    post = StringField(_("Chức vụ người ký"), [at_most(120)], description=_("Ví dụ: Trưởng Ban"))
    signer = StringField(_("Họ và tên người ký"), [at_most(80)])


class PaperBodiesForm(SetupForm):
    bodies = FieldList(FormField(BodyRow), label=_("Cơ quan ban hành văn bản"), max_entries=30)

    def offer(self, edition: Edition) -> None:
        """A new row begins with what is usual: the form in force, the place of the award."""
        self.usual = {"form": usual_form(edition), "place": edition.award.place}

    def rearrange(self, typed: Any) -> bool:
        changed = super().rearrange(typed)
        if typed.get("add") == self.bodies.name and len(self.bodies):
            newest = self.bodies[-1].form
            newest.form.data, newest.place.data = self.usual["form"], self.usual["place"]
        return changed


class PaperKindForm(SetupForm):
    """Every field a kind may ask for; the page shows those that it asks for."""

    body = SelectField(_("Cơ quan ban hành"))
    symbol = StringField(_("Ký hiệu loại văn bản"), [at_most(20)])
    recitals = LinesField(_("Căn cứ"), description=_("Mỗi dòng một căn cứ, không cần dấu ở cuối dòng."))
    funding = StringField(
        _("Nguồn kinh phí tiền thưởng"), [at_most(300)], description=_("Ví dụ: kinh phí tổ chức Giải năm 2023")
    )
    executors = StringField(
        _("Cơ quan, người thi hành"),
        [at_most(500)],
        description=_("Để trống: cơ quan ban hành và những người liên quan."),
    )
    recipients = LinesField(_("Nơi nhận"), description=_("Mỗi dòng một nơi; dòng cuối bắt đầu bằng “Lưu”."))
    writer = StringField(_("Người ghi biên bản"), [at_most(80)])
    number = StringField(
        _("Số văn bản"), [at_most(60)], description=_("Số do văn thư cấp. Khi đã có số, các mục trên được giữ nguyên.")
    )
    day = DateField(_("Ngày ban hành"), [optional()])

    def offer(self, edition: Edition) -> None:
        bodies = paper_bodies(edition.id)
        self.body.choices = [("", _("Chưa chọn")), *((body.public_id, body.name) for body in bodies)]

    def validate_number(self, field: Field) -> None:
        if field.data and not self.day.raw_data[0]:
            raise ValidationError(str(_TOGETHER))

    def validate_day(self, field: Field) -> None:
        if field.data and not self.number.data:
            raise ValidationError(str(_TOGETHER))
