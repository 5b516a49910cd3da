"""Letters of the house itself: what guards an account, what a person asked of the house, what its staff typed.

No edition words these: who reads one must know it again whichever award it concerns, and a mistyped line would lock
somebody out. Every other letter goes out in the name of an edition and is one of the rooms' letter kinds.
"""

from flask_babel import lazy_gettext as _

from award.features import installed

OWN = {
    "invitation": _("Mời mở tài khoản"),
    "already_registered": _("Địa chỉ đã có tài khoản"),
    "confirm_address": _("Xác nhận địa chỉ email"),
    "reset_password": _("Đặt lại mật khẩu"),
    "password_changed": _("Mật khẩu đã đổi"),
    "second_factor_forgotten": _("Mã xác thực đã gỡ"),
    "token_made": _("Tài khoản có thêm khóa cho phần mềm"),
    "webhook_made": _("Tài khoản có thêm nơi nhận thông báo tự động"),
    "webhook_off": _("Đã tắt một nơi nhận thông báo tự động"),
    "privacy_answered": _("Trả lời yêu cầu về dữ liệu cá nhân"),
    "privacy_refused": _("Chưa thực hiện yêu cầu về dữ liệu cá nhân"),
    "erased": _("Đã xóa dữ liệu cá nhân"),
    "letter_tried": _("Thư thử của người soạn"),
    "mailing": _("Thư Tổ Thư ký, Ban Tổ chức Giải soạn gửi nhiều người"),
}


def named(kind: str) -> str | None:
    """What a kind of letter is called; None for one that no room offers and the house does not have."""
    offered = (each.name for room in installed() for each in room.letter_kinds if each.code == kind)
    name = OWN.get(kind) or next(offered, None)
    return None if name is None else str(name)
