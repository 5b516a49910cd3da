"""The columns of a list of winners. Pure."""

from flask_babel import lazy_gettext

from award.documents.listings import Field

FIELDS = (
    Field(
        "award_name",
        lazy_gettext("Tên Giải"),
        lazy_gettext("Tên giải thưởng như trong quyết định. Để trống nếu là Giải này."),
        width=34,
        also=("ten giai thuong", "giai thuong"),
    ),
    Field(
        "ordinal",
        lazy_gettext("Lần thứ"),
        lazy_gettext("Số La Mã hoặc số thường, ví dụ: II. Để trống nếu không rõ."),
        width=9,
        also=("lan",),
    ),
    Field(
        "year",
        lazy_gettext("Năm"),
        lazy_gettext("Năm của lần tổ chức, bốn chữ số, ví dụ: 2022."),
        kind="year",
        width=8,
        needed=True,
        also=("nam to chuc", "nam trao giai"),
    ),
    Field(
        "level",
        lazy_gettext("Mức giải"),
        lazy_gettext("Đặc biệt, A, B, C, Khuyến khích, Chuyên đề, Nhất, Nhì, Ba; giải khác ghi “Khác: ” rồi tên giải."),
        width=18,
        needed=True,
        also=("giai", "hang giai", "muc giai thuong"),
    ),
    Field(
        "title",
        lazy_gettext("Tên tác phẩm"),
        lazy_gettext("Tên đầy đủ. Có thể ghi cả “Loạt 5 bài”, “Chùm ảnh” trước tên trong ngoặc kép."),
        width=60,
        needed=True,
        also=("tac pham", "ten bai"),
    ),
    Field(
        "authors",
        lazy_gettext("Tác giả"),
        lazy_gettext(
            "Theo thứ tự, cách nhau bằng dấu phẩy; bút danh trong ngoặc đơn: Nguyễn Thị Vân (Hà Vân), Trần Minh."
        ),
        width=44,
        needed=True,
        also=("tac gia nhom tac gia", "nhom tac gia", "tac gia but danh", "ho ten tac gia"),
    ),
    Field(
        "newsroom",
        lazy_gettext("Cơ quan báo chí"),
        lazy_gettext("Nơi đăng, phát, theo tên khi đó."),
        width=32,
        also=("co quan dang phat", "don vi", "co quan", "co quan bao chi dang phat"),
    ),
    Field(
        "category",
        lazy_gettext("Loại hình"),
        lazy_gettext("Báo in, Báo điện tử, Phát thanh, Truyền hình, Ảnh báo chí."),
    ),
    Field(
        "published_on",
        lazy_gettext("Ngày đăng, phát"),
        lazy_gettext("Ngày của kỳ đầu, ví dụ: 05/7/2022."),
        kind="date",
        width=14,
        also=("ngay dang", "ngay phat", "ngay phat song"),
    ),
    Field(
        "link",
        lazy_gettext("Đường dẫn"),
        lazy_gettext("Địa chỉ của bài trên mạng, nếu có."),
        width=40,
        also=("link", "duong link", "lien ket"),
    ),
)
BY_NAME = {each.name: each for each in FIELDS}
