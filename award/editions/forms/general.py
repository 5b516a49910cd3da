"""Forms of a new edition, of its name and contact, of the people appointed, of the national award."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, FieldList, FormField, HiddenField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from award.editions.forms.base import Row, SetupForm
from award.editions.forms.fields import (
    DateField,
    IntegerField,
    LinesField,
    SelectField,
    StringField,
    at_most,
    between,
    line,
    needed,
    optional,
)
from award.editions.models import ROLES, Award, Edition
from award.editions.permissions import role_label
from award.editions.trials import ENDING, is_trial_slug

NEW_AWARD = "new"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[^\W_]{1,10}")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")


def a_slug(_form: Any, field: Field) -> None:
    if field.data and not (_SLUG.fullmatch(field.data) and len(field.data) <= 40):
        raise ValidationError(str(_("Chỉ dùng chữ thường không dấu, số và dấu gạch nối. Ví dụ: iii-2023")))


def not_of_a_trial(_form: Any, field: Field) -> None:
    if field.data and is_trial_slug(field.data):
        raise ValidationError(str(_("Địa chỉ kết thúc bằng “%(ending)s” dành cho chạy thử.", ending=ENDING)))


def a_prefix(_form: Any, field: Field) -> None:
    if field.data and not _PREFIX.fullmatch(field.data):
        raise ValidationError(str(_("Chỉ dùng chữ và số, nhiều nhất 10 ký tự. Ví dụ: KH3")))


class Identity:
    """What names an edition."""

    name = StringField(_("Tên đầy đủ"), [needed(_("Chưa ghi tên.")), at_most(300)])
    ordinal = IntegerField(_("Lần thứ, bằng số"), [needed(_("Chưa ghi lần thứ mấy.")), between(1, 999)])
    ordinal_words = StringField(
        _("Lần thứ, như viết trong văn bản"),
        [needed(_("Chưa ghi lần thứ mấy.")), at_most(20)],
        description=_("Ví dụ: III"),
    )
    year = IntegerField(_("Năm"), [needed(_("Chưa ghi năm.")), between(1990, 2199)])
    slug = StringField(
        _("Địa chỉ trang"),
        [needed(_("Chưa ghi địa chỉ trang.")), a_slug, not_of_a_trial],
        description=_("Ví dụ: iii-2023"),
    )
    code_prefix = StringField(
        _("Chữ đầu của mã hồ sơ"),
        [needed(_("Chưa ghi chữ đầu của mã hồ sơ.")), a_prefix],
        description=_("Ví dụ: KH3 cho mã hồ sơ KH3-0217"),
    )
    illustrative = BooleanField(_("Dữ liệu minh họa: mọi trang và bản xuất đều ghi rõ"))


class NewEditionForm(Identity, FlaskForm):  # type: ignore[misc]
    """A new edition, of an award that exists or of a new one."""

    award = SelectField(_("Giải"))
    award_name = StringField(_("Tên Giải mới"), [at_most(200)])
    award_place = StringField(_("Địa phương"), [at_most(100)], description=_("Ví dụ: Khánh Hòa"))

    def offer(self, awards: Sequence[Award], *, may_make_awards: bool) -> None:
        self.award.choices = [(award.public_id, award.name) for award in awards]
        if may_make_awards:
            self.award.choices.append((NEW_AWARD, _("Giải mới")))

    @property
    def makes_award(self) -> bool:
        return bool(self.award.data == NEW_AWARD)

    def validate_award_name(self, field: Field) -> None:
        if self.makes_award and not field.data:
            raise ValidationError(str(_("Chưa ghi tên Giải.")))

    def validate_award_place(self, field: Field) -> None:
        if self.makes_award and not field.data:
            raise ValidationError(str(_("Chưa ghi địa phương.")))


class GeneralForm(Identity, SetupForm):
    secretariat_name = StringField(
        _("Tên bộ phận thư ký"),
        [needed(_("Chưa ghi tên bộ phận thư ký.")), at_most(60)],
        description=_("Ví dụ: Tổ Thư ký"),
    )
    help_name = StringField(_("Người hoặc bộ phận hỗ trợ"), [at_most(120)], description=_("Hiện ở cuối mọi trang."))
    help_phone = StringField(_("Điện thoại hỗ trợ"), [at_most(30)])

    def validate_help_phone(self, field: Field) -> None:
        if field.data and (len(re.sub(r"\D", "", field.data)) < 8 or re.search(r"[^\d +().-]", field.data, re.ASCII)):
            raise ValidationError(str(_("Số điện thoại chưa đúng dạng. Ví dụ: 0905 000 000.")))


class AppointmentForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_("Email"), [needed(_("Chưa ghi địa chỉ email."))], filters=[lambda text: line(text).lower()])
    legal_name = StringField(
        _("Họ và tên"),
        [at_most(80)],
        description=_("Không cần ghi nếu người này đã có tài khoản."),
    )
    role = SelectField(_("Vai trò"), choices=lambda: [(role, role_label(role)) for role in ROLES])
    decision = StringField(_("Theo văn bản"), [at_most(200)], description=_("Ví dụ: Quyết định số 12-QĐ/BTCG"))

    def validate_email(self, field: Field) -> None:
        if not _ADDRESS.fullmatch(field.data) or len(field.data) > 254:
            raise ValidationError(str(_("Địa chỉ email chưa đúng dạng. Ví dụ: ten@toasoan.vn.")))


class GroupRow(Row):
    """One of our loại hình, and what the national award calls the group of its works."""

    code = HiddenField()
    name = StringField("", [at_most(120)])


class NationalForm(SetupForm):
    """Left without a name, works are not forwarded."""

    name = StringField(
        _("Tên giải Trung ương"),
        [at_most(300)],
        description=_("Để trống nếu không gửi tác phẩm dự giải Trung ương."),
    )
    recipient = StringField(_("Nơi nhận hồ sơ"), [at_most(300)])
    window_from = DateField(_("Đăng, phát từ ngày"), [optional()])
    window_to = DateField(_("Đăng, phát đến hết ngày"), [optional()])
    deadline_day = DateField(_("Ngày cuối gửi hồ sơ"), [optional()])
    deadline_words = StringField(_("Cách tính hạn gửi"), [at_most(120)], description=_("Ví dụ: theo dấu bưu điện"))
    quota = IntegerField(_("Số tác phẩm được gửi"), [between(1, 10_000)], description=_("Để trống nếu không giới hạn."))
    one_per_author = BooleanField(_("Mỗi tác giả, nhóm tác giả chỉ được gửi một tác phẩm"))
    barred_prizes = LinesField(_("Không nhận tác phẩm đã đoạt các giải"), description=_("Mỗi dòng một tên."))
    groups = FieldList(FormField(GroupRow), label=_("Nhóm tác phẩm ở giải Trung ương"))
    illustrative = BooleanField(_("Số lượng, quy định là minh họa, chưa theo văn bản"))

    def offer(self, edition: Edition) -> None:
        """A row for each loại hình of the edition, in their order, with what was typed or stands."""
        told = {row.form.code.data: row.form.name.data for row in self.groups}
        while len(self.groups):
            self.groups.pop_entry()
        for category in edition.categories:
            self.groups.append_entry({"code": category.code, "name": told.get(category.code, "")})
            self.groups[-1].form.name.label.text = category.name

    def validate_name(self, field: Field) -> None:
        beside = {"name", "csrf_token", "seen", "groups"}
        answered = any(f.data for f in self if f.name not in beside) or any(row.form.name.data for row in self.groups)
        if answered and not field.data:
            raise ValidationError(str(_("Chưa ghi tên giải.")))

    def validate_window_to(self, field: Field) -> None:
        if field.data and self.window_from.data and field.data < self.window_from.data:
            raise ValidationError(str(_("Ngày cuối đứng trước ngày đầu.")))
