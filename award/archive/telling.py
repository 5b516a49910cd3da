"""The page that says what lies in the archive, what does not, and how it is checked without any program of ours."""

from flask_babel import gettext as _

from award import dates, house_key
from award.archive.models import Archive
from award.clock import now
from award.editions.models import Edition
from award.editions.papers import invented
from award.house_key import PublicKey

CHECKER = "kiem-tra.py"
"""The program in the archive that checks it, wherever it lies."""


def read_first(archive: Archive, edition: Edition, key: PublicKey, address: str, unnamed: bool) -> bytes:
    """In Vietnamese, in lines that any system shows. `unnamed`: an author took back the consent to being named."""
    public = archive.audience == "public"
    lines = [
        _("BẢN LƯU TRỮ %(edition)s", edition=edition.name),
        _("Lập ngày %(day)s. %(audience)s", day=dates.day(now()), audience=audience_words(archive)),
        *([invented(edition)] if edition.illustrative else []),
        "",
        _("Mở tệp index.html bằng trình duyệt bất kỳ. Không cần mạng, không cần máy chủ."),
        _("trang: các trang công khai như đã công bố. danh-sach: danh sách để đọc (html) và để xử lý (csv, xlsx)."),
        _("van-ban: văn bản đã ban hành. tac-pham: mỗi tác phẩm một thư mục."),
        *([] if public else [_("bo-kiem-chung: sổ sự kiện, phiếu đã mở và chương trình kiểm tra verify.py.")]),
        _(
            "Không có trong bản này: điện thoại, địa chỉ của tác giả, số tài khoản, "
            "phiếu của các lần bỏ phiếu kín trên giấy, bản quét có chữ ký."
        ),
        *([_("Tệp của tác phẩm chỉ gồm tệp giám khảo được xem.")] if public and archive.works != "none" else []),
        *([_not_named()] if unnamed else []),
        "",
        _("KIỂM TRA"),
        _("Mở cửa sổ lệnh trong thư mục này. Máy có Python 3.11 và thư viện cryptography thì chạy:"),
        f"   python {CHECKER}",
        _("Kết quả là KHỚP, hoặc KHÔNG KHỚP kèm tên tệp đã khác, thiếu hay thừa. Tải khóa tại"),
        _("%(address)s về máy rồi chạy lại với --key và đường dẫn của tệp khóa ấy.", address=address),
        *([] if public else [_("Điểm, thứ hạng, phiếu kín được tính lại bằng bo-kiem-chung/verify.py.")]),
        "",
        _("Không có Python thì kiểm tra bằng ba bước, không cần phần mềm nào của nơi lập."),
        _("1. Từng tệp còn nguyên, không thiếu tệp nào:"),
        f"   {house_key.CHECK_SUMS}",
        _("2. Chữ ký đúng (OpenSSL 3.0 trở lên), kết quả là “Signature Verified Successfully”:"),
        f"   {house_key.CHECK_SIGNATURE}",
        _("3. Khóa đúng là của nơi lập: lệnh sau cho mã đối chiếu của khóa,"),
        f"   {house_key.CHECK_KEY}",
        _("   phải trùng với mã đối chiếu dưới đây và với khóa công bố tại %(address)s.", address=address),
        "",
        f"SHA-256: {key.fingerprint}",
    ]
    return ("\r\n".join(str(line) for line in lines) + "\r\n").encode()


def _not_named() -> str:
    return str(
        _(
            "Văn bản đã ban hành và tệp của tác phẩm liên quan không kèm trong bản này: "
            "có tác giả không còn đồng ý nêu tên."
        )
    )


def audience_words(archive: Archive) -> str:
    """Whom the archive is for."""
    if archive.audience == "public":
        return str(_("Bản công khai: chỉ gồm những gì mọi người đã đọc được."))
    return str(_("Bản đầy đủ: để lưu nội bộ, không chuyển ra ngoài."))
