"""What columns are called when a person reads their own data."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from award import dates

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")
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
    "words": _("Nội dung"),
    "text": _("Nội dung đồng ý"),
    "newsroom": _("Cơ quan báo chí"),
    "employer": _("Cơ quan công tác"),
    "employer_text": _("Cơ quan công tác"),
    "newsroom_text": _("Cơ quan đăng, phát"),
    "idle_until": _("Còn dùng được đến"),
    "content_type": _("Kiểu tệp"),
    "fingerprint": _("Dấu vân tay của tệp"),
    "scan": _("Quét vi-rút"),
    "facts": _("Đặc điểm của tệp"),
    "stored_at": _("Nhận lúc"),
    "verified_at": _("Kiểm tra lúc"),
    "declared": _("Đã cam kết, đồng ý"),
    "contact": _("Liên hệ"),
    "ordinal": _("Thứ tự"),
    "caption": _("Chú thích"),
    "until": _("Đến"),
    "ended_at": _("Kết thúc lúc"),
    "subject_kind": _("Về"),
    "channel": _("Kênh"),
    "aired_at": _("Giờ phát"),
    "valid_from": _("Từ ngày"),
    "valid_to": _("Đến ngày"),
    "decision": _("Theo văn bản"),
    "theme": _("Chuyên đề"),
    "decided_at": _("Quyết định lúc"),
    "code": _("Mã hồ sơ"),
    "edition": _("Lần tổ chức"),
    "category": _("Loại hình"),
    "genre": _("Thể loại"),
    "topic": _("Nội dung của kế hoạch"),
    "publisher": _("Cơ quan đăng, phát"),
    "parts": _("Các kỳ"),
    "authors": _("Tác giả"),
    "files": _("Tệp"),
    "prior_prizes": _("Giải thưởng đã có"),
    "received_at": _("Nhận lúc"),
    "files_due_at": _("Hạn gửi tệp"),
    "version": _("Bản"),
    "commitment": _("Cam kết"),
    "consent": _("Đồng ý"),
    "last_fault": _("Lỗi khi gửi thư"),
    "tf_primary_method": _("Cách nhận mã xác nhận"),
    "create_datetime": _("Tạo lúc"),
    "lastuse_datetime": _("Dùng gần nhất"),
    "device_type": _("Loại thiết bị"),
    "makes_administrator": _("Mời làm quản trị"),
    "used_at": _("Nhận lời mời lúc"),
    "revoked_at": _("Thu hồi lúc"),
    "made_at": _("Lập lúc"),
    "shingles": _("Số cụm từ"),
    "waves": _("Dấu ảnh 1"),
    "slopes": _("Dấu ảnh 2"),
    "waves_mirrored": _("Dấu ảnh 1, lật ngang"),
    "slopes_mirrored": _("Dấu ảnh 2, lật ngang"),
    "help_name": _("Người hỗ trợ"),
    "help_phone": _("Điện thoại hỗ trợ"),
    "signer": _("Người ký"),
    "signatory": _("Người ký"),
    "signed_on": _("Ngày ký"),
    "writer": _("Người ghi biên bản"),
    "authors_words": _("Tác giả"),
    "pen": _("Là bút danh"),
    "draft": _("Các dòng đã đọc"),
    "taken_back_reason": _("Lý do gỡ"),
    "file_name": _("Tên tệp"),
    "withdrawn_reason": _("Lý do rút"),
    "works": _("Các tác phẩm"),
    "findings": _("Kết quả kiểm tra tự động"),
    "remark": _("Nhận xét"),
    "before": _("Trước khi kết luận"),
    "elsewhere": _("Nền tảng khác đã đăng"),
    "minor": _("Dưới 18 tuổi"),
    "guardian": _("Cha, mẹ hoặc người giám hộ"),
    "share": _("Tỷ lệ đóng góp"),
    "invited_to": _("Lời mời gửi đến"),
    "invited_at": _("Mời lúc"),
    "joined_at": _("Nhận lời lúc"),
    "sender": _("Người gửi"),
    "contents": _("Gồm có"),
    "void_reason": _("Lý do gạch bỏ"),
    "kept_at": _("Nơi để"),
    "receiver": _("Người nhận lại"),
    "columns": _("Cột đã chọn"),
    "advanced_reason": _("Lý do vào vòng sau"),
    "prize_level": _("Mức giải"),
    "recipient": _("Người, tập thể được khen"),
    "pledged_at": _("Cam kết lúc"),
    "pledge_version": _("Bản cam kết"),
    "note": _("Ghi chú"),
    "relation": _("Quan hệ"),
    "source": _("Nguồn"),
    "effect": _("Xử lý"),
    "state_reason": _("Lý do"),
    "later": _("Để chấm sau"),
    "finished_at": _("Gửi lúc"),
    "changed_at": _("Sửa lúc"),
    "criterion": _("Tiêu chí"),
    "steps": _("Điểm, tính theo bước"),
}


def labelled(column: str, value: object) -> tuple[str, str]:
    """The column's name and its value in words; a column without words of its own bears the name programs know."""
    known = _WORDS.get(column) or _WORDS.get(column.removesuffix("_id"), column)
    return str(known), shown(value)


def shown(value: object) -> str:
    """A value as people read it; what is made of parts is its parts in order, those that say something."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(gettext("có") if value else gettext("không"))
    if isinstance(value, Mapping):
        told = [labelled(str(name), part) for name, part in value.items()]
        return "; ".join(f"{name}: {words}" for name, words in told if words)
    if isinstance(value, list):
        return " / ".join(words for words in map(shown, value) if words)
    if isinstance(value, str) and _INSTANT.match(value):
        return _moment(value)
    return str(value)


def _moment(written: str) -> str:
    """A day or an instant of ISO 8601 as it is written here; anything else as it is."""
    try:
        if "T" in written:
            return dates.moment(datetime.fromisoformat(written))
        return dates.day(date.fromisoformat(written))
    except ValueError:
        return written
