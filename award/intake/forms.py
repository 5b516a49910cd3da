"""What the secretariat types of a parcel: how it came, from whom, what is in it, which work it brings."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import ValidationError

from award.editions.forms.fields import DateField, HourField, SelectField, StringField, at_most, needed, optional
from award.editions.models import Category
from award.editions.posting import CHANNELS
from award.history import citing
from award.intake.operations import Named, Sent
from award.intake.pieces import Told, Unread, read
from award.typed import TextAreaField


class _Form(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form


class _Sent(_Form):
    """What a line of the ledger says and what may be corrected in it."""

    sender = StringField(
        _("Người gửi"),
        [needed(_("Chưa ghi người gửi.")), at_most(300)],
        description=_("Họ tên, hoặc tên cơ quan gửi cả tập."),
    )
    newsroom = StringField(_("Cơ quan báo chí"), [at_most(300)])
    postmark = DateField(
        _("Dấu bưu điện"), [optional()], description=_("Ngày trên dấu nơi gửi; không rõ thì bỏ trống.")
    )
    pieces = StringField(_("Hiện vật"), [at_most(500)], description=_("Ví dụ: 1 bì, 2 USB, 3 bản in."))
    kept_at = StringField(_("Nơi cất"), [at_most(200)], description=_("Ví dụ: tủ 2, ngăn 3."))
    contents = TextAreaField(_("Ghi chú"), [at_most(2000)])

    told: list[Told]

    def validate_pieces(self, field: StringField) -> None:
        try:
            self.told = read(field.data or "")
        except Unread as unread:
            raise ValidationError(unread.sentence) from unread


class CorrectionForm(_Sent):
    """A line as it stands, to be corrected."""

    def sent(self, channel: str) -> Sent:
        return Sent(
            channel,
            self.sender.data,
            self.newsroom.data or "",
            self.postmark.data if channel == "post" else None,
            self.contents.data or "",
        )


class _Work(_Form):
    """A work as the cover letter names it."""

    category = SelectField(_("Loại hình"), choices=[])
    title = StringField(_("Tên tác phẩm"), [at_most(500)])
    authors = StringField(
        _("Tác giả"),
        [at_most(1500)],
        description=_("Cách nhau bằng dấu phẩy; bút danh trong ngoặc đơn: Nguyễn Thị Vân (Hà Vân), Trần Minh."),
    )
    phone = StringField(_("Điện thoại liên hệ"), [at_most(40)])
    declared = BooleanField(_("Có bản cam kết và đồng ý đã ký trong hồ sơ"))

    named_authors: list[citing.Author]

    def offer(self, kinds: Sequence[tuple[str, str]], *, none: bool) -> None:
        """`kinds`: categories by their addresses."""
        first: list[tuple[str, Any]] = [("", _("Chọn loại hình"))] if none else []
        self.category.choices = [*first, *kinds]

    def validate_authors(self, field: StringField) -> None:
        if not self.title.data and not field.data:
            self.named_authors = []
            return
        found = citing.authors(field.data or "")
        if found is None:
            raise ValidationError(str(_("Chưa đọc được tác giả: ngoặc đơn chỉ dùng cho bút danh, mở và đóng đủ.")))
        if not found:
            raise ValidationError(str(_("Chưa ghi tác giả.")))
        self.named_authors = found

    def validate_title(self, field: StringField) -> None:
        if not field.data and self.authors.data:
            raise ValidationError(str(_("Chưa ghi tên tác phẩm.")))

    def named(self, categories: Sequence[Category]) -> Named | None:
        """The work, when one is named."""
        category = next((each for each in categories if each.public_id == self.category.data), None)
        if category is None or not self.title.data:
            return None
        return Named(
            category,
            citing.title(self.title.data).title,
            self.named_authors,
            phone=self.phone.data or "",
            declared=bool(self.declared.data),
        )


class WorkForm(_Work):
    """Another work of the same parcel."""

    title = StringField(_("Tên tác phẩm"), [needed(_("Chưa ghi tên tác phẩm.")), at_most(500)])


class RegisterForm(_Work, _Sent):
    """A parcel, and its work where it brings one. The fields stand in the order of a hand that opens an envelope."""

    channel = SelectField(_("Cách nhận"), choices=list(CHANNELS.items()))
    arrived_on = DateField(_("Ngày đến"), [optional()], description=_("Để trống là hôm nay, lúc này."))
    arrived_time = HourField(_("Giờ đến"), [optional()])

    def validate_category(self, field: SelectField) -> None:
        if self.title.data and not field.data:
            raise ValidationError(str(_("Chọn loại hình để lập hồ sơ, hoặc bỏ tên tác phẩm.")))

    def validate_postmark(self, field: DateField) -> None:
        if field.data and self.channel.data != "post":
            raise ValidationError(str(_("Chỉ hồ sơ gửi qua bưu điện có dấu bưu điện.")))

    @property
    def how(self) -> dict[str, Any]:
        """From whom and when it came, what was in it, and where that is kept."""
        arrived = {"sent": self.sent(), "arrived_on": self.arrived_on.data, "arrived_time": self.arrived_time.data}
        return {**arrived, "pieces": self.told, "kept_at": self.kept_at.data}

    def sent(self) -> Sent:
        return Sent(
            self.channel.data,
            self.sender.data,
            self.newsroom.data or "",
            self.postmark.data,
            self.contents.data or "",
        )


class VoidForm(_Form):
    reason = TextAreaField(
        _("Lý do ghi nhầm"),
        [needed(_("Chưa ghi lý do.")), at_most(500)],
    )


class GivingForm(_Form):
    """To whom things are given back, and when."""

    receiver = StringField(
        _("Người nhận lại"),
        [needed(_("Chưa ghi người nhận lại.")), at_most(300)],
        description=_("Họ tên, cơ quan của người ký nhận."),
    )
    given_on = DateField(_("Ngày trả"), [optional()], description=_("Để trống là hôm nay."))
