"""The columns of a newsroom's list of works: a row is a part, rows of the same work stand below each other. Pure."""

from flask_babel import lazy_gettext as _

from award.documents.listings import Field

OF_WORK = (
    Field(
        "title",
        _("Tên tác phẩm"),
        _("Tên đầy đủ. Loạt bài: mỗi kỳ một dòng, các dòng liền nhau; từ dòng thứ hai ghi cùng tên hoặc để trống."),
        width=50,
        needed=True,
        also=("tac pham", "ten tac pham du giai"),
    ),
    Field("category", _("Loại hình"), _("Theo các loại hình của Giải."), needed=True),
    Field("genre", _("Thể loại"), _("Theo các thể loại của loại hình."), also=("the loai bao chi",)),
    Field(
        "topic",
        _("Nội dung"),
        _("Nội dung của kế hoạch mà tác phẩm viết về."),
        width=34,
        also=("chu de", "noi dung du giai"),
    ),
    Field(
        "authors",
        _("Tác giả"),
        _("Theo thứ tự, cách nhau bằng dấu phẩy; bút danh trong ngoặc đơn: Nguyễn Thị Vân (Hà Vân), Trần Minh."),
        width=44,
        needed=True,
        also=("tac gia nhom tac gia", "nhom tac gia", "ho ten tac gia", "tac gia but danh"),
    ),
    Field(
        "phone",
        _("Điện thoại liên hệ"),
        _("Của tác giả đứng đầu. Để trống thì lấy số của người nạp danh sách."),
        also=("dien thoai", "so dien thoai"),
    ),
    Field(
        "byline",
        _("Tên tác giả như đã đăng, phát"),
        _("Đúng như in trên báo hoặc đọc trên sóng. Phải có trước khi nộp."),
        width=34,
        also=("ten tac gia nhu da dang", "tac gia nhu da dang"),
    ),
    Field(
        "publisher",
        _("Cơ quan đăng, phát"),
        _("Để trống nếu là chính cơ quan này; cơ quan đã hợp nhất thì ghi tên khi đó."),
        width=30,
        also=("co quan bao chi", "don vi"),
    ),
    Field(
        "summary", _("Tóm tắt nội dung"), _("Không bắt buộc, trừ loại hình có yêu cầu."), width=40, also=("tom tat",)
    ),
    Field(
        "prizes",
        _("Giải thưởng đã đạt"),
        _("“Chưa” nếu chưa đạt giải nào; nếu có, ghi tên giải, mức giải, năm. Để trống thì khai sau."),
        width=30,
        also=("giai thuong khac", "giai thuong"),
    ),
)
OF_PART = (
    Field(
        "part_title", _("Tên bài (kỳ)"), _("Của loạt bài: tên của từng kỳ."), width=40, also=("ten ky", "ten bai", "ky")
    ),
    Field(
        "published_on",
        _("Ngày đăng, phát"),
        _("Ngày đăng, phát lần đầu của kỳ, ví dụ: 05/7/2023."),
        kind="date",
        width=14,
        needed=True,
        also=("ngay dang", "ngay phat", "ngay phat song", "ngay dang phat lan dau"),
    ),
    Field(
        "part_publisher",
        _("Cơ quan đăng, phát của kỳ"),
        _("Chỉ ghi khi kỳ này đăng, phát ở cơ quan khác với cả tác phẩm."),
        width=30,
        also=("co quan dang ky", "noi dang ky"),
    ),
    Field("issue", _("Số báo"), _("Báo in, ví dụ: 7520."), width=10, also=("so",)),
    Field("page", _("Trang"), _("Báo in, ví dụ: 1 và 3."), width=10, also=("trang bao",)),
    Field(
        "place",
        _("Chuyên mục, chương trình"),
        _("Chuyên trang, chuyên mục của báo; chương trình của đài."),
        width=26,
        also=("chuyen muc", "chuong trinh", "chuyen trang chuyen muc"),
    ),
    Field("channel", _("Kênh, sóng phát"), _("Phát thanh, truyền hình."), also=("kenh", "kenh phat", "song phat")),
    Field("aired_at", _("Giờ phát"), _("Ví dụ: 19:45."), width=10, also=("gio phat song", "gio phat song lan dau")),
    Field("link", _("Đường dẫn"), _("Địa chỉ của bài trên mạng."), width=40, also=("link", "duong link", "lien ket")),
    Field(
        "files",
        _("Tên tệp"),
        _("Tên các tệp của kỳ này, cách nhau bằng dấu chấm phẩy: ky-1.pdf; ky-1-anh.jpg. Tệp được tải lên sau."),
        width=30,
        also=("tep", "file", "ten file"),
    ),
)
FIELDS = (*OF_WORK, *OF_PART)
BY_NAME = {each.name: each for each in FIELDS}
