"""What the staff sends: a file with a list, whether it is public, a reason."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField
from wtforms.validators import StopValidation

from award.editions.forms.fields import at_most, needed
from award.typed import TextAreaField


class FileForm(FlaskForm):  # type: ignore[misc]
    """The workbook with the list."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    file = FileField(_("Tệp danh sách"))

    def validate_file(self, field: FileField) -> None:
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise StopValidation(str(_("Chưa chọn tệp.")))

    @property
    def content(self) -> bytes:
        """The bytes that came; the house has bounded them."""
        return bytes(self.file.data.read())

    @property
    def name(self) -> str:
        return str(self.file.data.filename)


class TakingInForm(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False

    public = BooleanField(_("Kết quả trong danh sách đã được công bố: hiện trên trang công khai của Giải"))


class TakingBackForm(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False

    reason = TextAreaField(
        _("Lý do gỡ"),
        [needed(_("Chưa ghi lý do.")), at_most(1000)],
    )
