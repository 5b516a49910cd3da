"""How the account library is set up for this house, and every sentence it may say."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from award.languages import said_in_vietnamese

SETTINGS: dict[str, Any] = {
    "BLUEPRINT_NAME": "security",
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "JOIN_USER_ROLES": False,
    "API_ENABLED_METHODS": ["session"],
    "USER_IDENTITY_ATTRIBUTES": [],  # filled at installation: the address, whose mapper is the library's
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "allow_smtputf8": False},
    "EMAIL_HTML": False,
    "RETURN_GENERIC_RESPONSES": True,
    "FLASH_MESSAGES": True,
    "REDIRECT_ALLOW_SUBDOMAINS": False,
    "CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
    # sign-in and out
    "LOGIN_URL": "/dang-nhap",
    "LOGOUT_URL": "/dang-xuat",
    "POST_LOGIN_VIEW": "/ban-lam-viec",
    "POST_LOGOUT_VIEW": "/",
    "REGISTERABLE": False,
    # the address is confirmed; until then the account works, and pages say what is missing
    "CONFIRMABLE": True,
    "LOGIN_WITHOUT_CONFIRMATION": True,
    "CONFIRM_URL": "/xac-nhan-email",
    "CONFIRM_EMAIL_WITHIN": timedelta(days=7),
    "POST_CONFIRM_VIEW": "/ban-lam-viec",
    "EMAIL_SUBJECT_CONFIRM": said_in_vietnamese(_("Xác nhận địa chỉ email")),
    "EMAIL_TEMPLATE_CONFIRM": "mail/confirm_address",
    # passwords
    "PASSWORD_LENGTH_MIN": 8,
    "PASSWORD_NORMALIZE_FORM": "NFC",
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "DEPRECATED_PASSWORD_SCHEMES": [],
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 19456,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    # What a signed link holds of an address or of the password's hash: it tells whether that has changed since, and
    # keeps nothing secret, so that a slow hash would only make the link slow.
    "HASHING_SCHEMES": ["hex_sha256"],
    "DEPRECATED_HASHING_SCHEMES": [],
    "RECOVERABLE": True,
    "RESET_URL": "/quen-mat-khau",
    "RESET_PASSWORD_WITHIN": timedelta(hours=1),
    "EMAIL_SUBJECT_PASSWORD_RESET": said_in_vietnamese(_("Đặt lại mật khẩu")),
    "EMAIL_TEMPLATE_PASSWORD_RESET": "mail/reset_password",
    "EMAIL_SUBJECT_PASSWORD_NOTICE": said_in_vietnamese(_("Mật khẩu đã được đổi")),
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "mail/password_changed",
    "CHANGEABLE": True,
    "CHANGE_URL": "/doi-mat-khau",
    "POST_CHANGE_VIEW": "/tai-khoan",
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": said_in_vietnamese(_("Mật khẩu đã được đổi")),
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "mail/password_changed",
    # second factor; `User.check_tf_required` says for whom
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_ALWAYS_VALIDATE": True,
    "TWO_FACTOR_SETUP_URL": "/ma-xac-nhan/thiet-lap",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/ma-xac-nhan",
    "TWO_FACTOR_RESCUE_URL": "/ma-xac-nhan/khong-nhan-duoc",
    "TWO_FACTOR_SELECT_URL": "/ma-xac-nhan/chon",
    "TWO_FACTOR_POST_SETUP_VIEW": "/tai-khoan",
    "TOTP_ISSUER": "Giải báo chí",
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/ma-du-phong",
    "MULTI_FACTOR_RECOVERY_URL": "/ma-du-phong/dang-nhap",
    # acts on the account itself ask for the password again
    "FRESHNESS": timedelta(minutes=15),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=5),
    "VERIFY_URL": "/nhap-lai-mat-khau",
    "POST_VERIFY_VIEW": "/tai-khoan",
}

_WRONG = _("Email hoặc mật khẩu chưa đúng.")
_CODE = _("Mã chưa đúng hoặc đã hết hạn. Đề nghị nhập mã đang hiện trên ứng dụng.")
_LINK = _("Đường dẫn không còn dùng được. Đề nghị yêu cầu gửi lại.")

MESSAGES: dict[str, tuple[Any, str]] = {
    "ALREADY_CONFIRMED": (_("Địa chỉ email đã được xác nhận."), "info"),
    "ANONYMOUS_USER_REQUIRED": (_("Trang này dành cho người chưa đăng nhập."), "warn"),
    "API_ERROR": (_("Nội dung gửi đến không đúng dạng."), "bad"),
    "CONFIRMATION_EXPIRED": (_LINK, "warn"),
    "CONFIRMATION_REQUEST": (
        _("Nếu địa chỉ này có tài khoản chưa xác nhận, thư có đường dẫn xác nhận đã được gửi đến."),
        "info",
    ),
    "CONFIRMATION_REQUIRED": (_("Địa chỉ email chưa được xác nhận."), "warn"),
    "DISABLED_ACCOUNT": (_("Tài khoản đã ngừng sử dụng. Đề nghị liên hệ Tổ Thư ký."), "bad"),
    "EMAIL_CONFIRMED": (_("Đã xác nhận địa chỉ email."), "ok"),
    "EMAIL_NOT_PROVIDED": (_("Chưa ghi địa chỉ email."), "bad"),
    "FORGOT_PASSWORD": (_("Quên mật khẩu"), "info"),
    "GENERIC_AUTHN_FAILED": (_WRONG, "bad"),
    "GENERIC_RECOVERY": (_("Nếu địa chỉ này có tài khoản, thư hướng dẫn đã được gửi đến."), "info"),
    "INVALID_CODE": (_CODE, "bad"),
    "INVALID_CONFIRMATION_TOKEN": (_LINK, "warn"),
    "INVALID_EMAIL_ADDRESS": (_("Địa chỉ email chưa đúng dạng. Ví dụ: ten@toasoan.vn."), "bad"),
    "INVALID_INPUT": (_("Nội dung không đúng dạng."), "bad"),
    "INVALID_PASSWORD": (_("Mật khẩu chưa đúng."), "bad"),
    "INVALID_RECOVERY_CODE": (_("Mã dự phòng chưa đúng hoặc đã dùng."), "bad"),
    "INVALID_REDIRECT": (_("Trang yêu cầu nằm ngoài hệ thống."), "warn"),
    "INVALID_RESET_PASSWORD_TOKEN": (_LINK, "warn"),
    "LOGIN": (_("Đăng nhập để mở trang này."), "info"),
    "NO_RECOVERY_CODES_SETUP": (_("Chưa có mã dự phòng."), "info"),
    "PASSWORD_CHANGE": (_("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."), "ok"),
    "PASSWORD_INVALID_LENGTH": (_("Mật khẩu dài từ 8 đến 128 ký tự."), "bad"),
    "PASSWORD_IS_THE_SAME": (_("Mật khẩu mới trùng mật khẩu hiện tại."), "bad"),
    "PASSWORD_MISMATCH": (_("Mật khẩu chưa đúng."), "bad"),
    "PASSWORD_NOT_PROVIDED": (_("Chưa ghi mật khẩu."), "bad"),
    "PASSWORD_RESET": (_("Đã đặt mật khẩu mới."), "ok"),
    "PASSWORD_RESET_EXPIRED": (_LINK, "warn"),
    "PASSWORD_RESET_NO_LOGIN": (_("Đã đặt mật khẩu mới. Đăng nhập bằng mật khẩu vừa đặt."), "ok"),
    "PASSWORD_RESET_REQUEST": (_("Nếu địa chỉ này có tài khoản, thư đặt lại mật khẩu đã được gửi đến."), "info"),
    "REAUTHENTICATION_REQUIRED": (_("Đề nghị nhập lại mật khẩu trước khi thay đổi tài khoản."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_("Đã kiểm tra mật khẩu."), "ok"),
    "REFRESH": (_("Đề nghị nhập lại mật khẩu để mở trang này."), "info"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        _("Đã thiết lập mã xác nhận khi đăng nhập. Các phiên đăng nhập khác đã kết thúc."),
        "ok",
    ),
    "TWO_FACTOR_DISABLED": (_("Đã tắt mã xác nhận khi đăng nhập."), "ok"),
    "TWO_FACTOR_INVALID_TOKEN": (_CODE, "bad"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("Mã xác nhận đúng."), "ok"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_("Cách nhận mã này không dùng được."), "bad"),
    "TWO_FACTOR_PERMISSION_DENIED": (_("Đề nghị đăng nhập lại từ đầu."), "warn"),
    "TWO_FACTOR_SETUP_EXPIRED": (_("Đã quá thời gian thiết lập. Đề nghị làm lại từ đầu."), "warn"),
    "UNAUTHENTICATED": (_("Đăng nhập để mở trang này."), "info"),
    "UNAUTHORIZED": (_("Trang này dành cho người được phân công."), "bad"),
    "USER_DOES_NOT_EXIST": (_WRONG, "bad"),
}
