"""Doors of accounts: ours, and the library's. They are alike in all worlds, so each world tries some of them."""

from tests.doors.matrix import Row

NOBODY = "anonymous"


def inside(endpoint: str, method: str, address: str, status: int, world: str = "open") -> Row:
    """A door for whoever is signed in."""
    return Row(endpoint, method, address, status, {NOBODY: 401}, world)


def outside(endpoint: str, method: str, address: str, status: int) -> Row:
    """A door for who is not signed in; others are led on."""
    return Row(endpoint, method, address, 302, {NOBODY: status})


def alike(endpoint: str, method: str, address: str, status: int) -> Row:
    """A door that tells nobody whether an address or a link means anything."""
    return Row(endpoint, method, address, status, world="closed")


SETUP, CODE = "/ma-xac-nhan/thiet-lap", "/ma-xac-nhan"

ROWS = [
    outside("people.register", "GET", "/dang-ky", 200),
    outside("people.register", "POST", "/dang-ky", 422),
    Row("people.registered", "GET", "/dang-ky/da-gui-thu", 200),
    Row("people.accept_invitation", "GET", "/loi-moi/{invitation}", 404),
    Row("people.accept_invitation", "POST", "/loi-moi/{invitation}", 404),
    inside("people.account", "GET", "/tai-khoan", 200),
    inside("people.account", "POST", "/tai-khoan", 422),
    inside("people.confirm_again", "POST", "/tai-khoan/gui-lai-thu-xac-nhan", 303),
    Row("people.session_ended", "GET", "/tai-khoan/phien/khong-co", 200),
    inside("people.end_session", "POST", "/tai-khoan/phien/khong-co/ket-thuc", 404),
    outside("security.login", "GET", "/dang-nhap", 200),
    outside("security.login", "POST", "/dang-nhap", 422),
    Row("security.logout", "POST", "/dang-xuat", 302),
    inside("people.choose_type_size", "POST", "/tai-khoan/co-chu", 303),
    inside("security.verify", "GET", "/nhap-lai-mat-khau", 200),
    inside("security.verify", "POST", "/nhap-lai-mat-khau", 422),
    inside("security.change_password", "GET", "/doi-mat-khau", 200),
    inside("security.change_password", "POST", "/doi-mat-khau", 422),
    alike("security.forgot_password", "GET", "/quen-mat-khau", 200),
    alike("security.forgot_password", "POST", "/quen-mat-khau", 200),
    alike("security.reset_password", "GET", "/quen-mat-khau/khong-co", 302),
    alike("security.reset_password", "POST", "/quen-mat-khau/khong-co", 302),
    alike("security.send_confirmation", "GET", "/xac-nhan-email", 200),
    alike("security.send_confirmation", "POST", "/xac-nhan-email", 200),
    alike("security.confirm_email", "GET", "/xac-nhan-email/khong-co", 302),
    alike("security.confirm_email", "POST", "/xac-nhan-email/khong-co", 302),
    # second factor: without a password before it, the way leads back to the sign-in page
    inside("security.two_factor_setup", "GET", SETUP, 200, "judging"),
    inside("security.two_factor_setup", "POST", SETUP, 422, "judging"),
    inside("security.two_factor_setup_validate", "POST", f"{SETUP}/khong-co", 302, "judging"),
    inside("security.two_factor_token_validation", "GET", CODE, 302, "judging"),
    inside("security.two_factor_token_validation", "POST", CODE, 302, "judging"),
    inside("security.two_factor_rescue", "GET", "/ma-xac-nhan/khong-nhan-duoc", 302, "published"),
    inside("security.two_factor_rescue", "POST", "/ma-xac-nhan/khong-nhan-duoc", 302, "published"),
    Row("security.tf_select", "GET", "/ma-xac-nhan/chon", 401, world="judging"),
    Row("security.tf_select", "POST", "/ma-xac-nhan/chon", 401, world="judging"),
    inside("security.mf_recovery", "GET", "/ma-du-phong/dang-nhap", 302, "published"),
    inside("security.mf_recovery", "POST", "/ma-du-phong/dang-nhap", 302, "published"),
    inside("security.mf_recovery_codes", "GET", "/ma-du-phong", 200, "published"),
    inside("security.mf_recovery_codes", "POST", "/ma-du-phong", 200, "published"),
]
