"""Every rule of entry by its name in words: those that an edition regulates, and those of the form itself."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from award.editions.clauses import BY_CODE

OF_THE_FORM: Mapping[str, object] = {
    "title": lazy_gettext("Tên tác phẩm"),
    "genre": lazy_gettext("Thể loại"),
    "publisher": lazy_gettext("Cơ quan đăng, phát"),
    "parts": lazy_gettext("Các kỳ đã đăng, phát"),
    "part_title": lazy_gettext("Tên bài (kỳ)"),
    "published_on": lazy_gettext("Ngày đăng, phát"),
    "link": lazy_gettext("Đường dẫn"),
    "authors": lazy_gettext("Tác giả"),
    "contact": lazy_gettext("Người liên hệ"),
    "author_name": lazy_gettext("Họ và tên tác giả"),
    "share": lazy_gettext("Tỷ lệ đóng góp"),
    "first_publication": lazy_gettext("Lần đăng, phát đầu tiên"),
    "byline": lazy_gettext("Tên tác giả như đã đăng, phát"),
    "guardian": lazy_gettext("Đồng ý của cha, mẹ hoặc người giám hộ"),
    "guardian_paper": lazy_gettext("Giấy đồng ý của cha, mẹ hoặc người giám hộ"),
    "consent": lazy_gettext("Đồng ý sử dụng thông tin cá nhân"),
    "files": lazy_gettext("Tệp"),
    "file_length": lazy_gettext("Độ dài tệp"),
    "caption": lazy_gettext("Chú thích ảnh"),
    "issue": lazy_gettext("Số báo"),
    "page": lazy_gettext("Trang báo"),
    "place": lazy_gettext("Chuyên mục, chương trình"),
    "channel": lazy_gettext("Kênh phát"),
    "aired_at": lazy_gettext("Giờ phát"),
    "topic": lazy_gettext("Nội dung"),
    "summary": lazy_gettext("Tóm tắt nội dung"),
    "declarations": lazy_gettext("Cam kết"),
}
"""What a dossier has to tell whatever the edition regulates."""


def name_of(code: str) -> str:
    """The name of the rule; its code where it has none."""
    return str(OF_THE_FORM[code] if code in OF_THE_FORM else BY_CODE[code].label if code in BY_CODE else code)
