"""What columns are called when a person reads their own data."""

from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from award import dates

_WORDS = {
    "legal_name": _("Họ và tên"),
    "pen_name": _("Bút danh"),
    "phone": _("Điện thoại"),
    "form_of_address": _("Cách xưng hô"),
    "newsroom_words": _("Cơ quan công tác"),
    "email": _("Email"),
    "confirmed_at": _("Xác nhận email lúc"),
    "active": _("Đang dùng được"),
    "administrator": _("Quản trị hệ thống"),
    "browser": _("Trình duyệt"),
    "created_at": _("Bắt đầu lúc"),
    "seen_at": _("Dùng gần nhất"),
    "expires_at": _("Hết hạn lúc"),
    "role": _("Vai trò"),
    "given_at": _("Đồng ý lúc"),
    "withdrawn_at": _("Rút lại lúc"),
    "title": _("Tên tác phẩm"),
    "summary": _("Tóm tắt"),
    "byline": _("Tên tác giả như đã đăng"),
    "published_on": _("Ngày đăng, phát"),
    "issue": _("Số báo"),
    "page": _("Trang"),
    "place": _("Chuyên mục, chương trình"),
    "link": _("Đường dẫn"),
    "award_name": _("Giải thưởng"),
    "level": _("Mức giải"),
    "organiser": _("Đơn vị tổ chức"),
    "year": _("Năm"),
    "name": _("Tên"),
    "size": _("Dung lượng"),
    "sha256": _("Mã kiểm chứng"),
    "state": _("Trạng thái"),
    "kind": _("Loại"),
    "subject": _("Tiêu đề"),
    "body": _("Nội dung"),
    "to_address": _("Gửi đến"),
    "sent_at": _("Gửi lúc"),
    "at": _("Lúc"),
    "reason": _("Lý do"),
    "received_on": _("Ngày nhận"),
    "due_day": _("Hạn trả lời"),
    "content": _("Nội dung"),
    "answer": _("Trả lời"),
    "items": _("Nội dung đề nghị"),
}


def labelled(column: str, value: object) -> tuple[str, str]:
    """The column's name and its value in words; a column without words of its own bears the name programs know."""
    return str(_WORDS.get(column, column)), shown(value)


def shown(value: object) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(gettext("có") if value else gettext("không"))
    if isinstance(value, str) and "T" in value and value[:2].isdigit():
        try:
            return dates.moment(datetime.fromisoformat(value))
        except ValueError:
            return value
    return str(value)
