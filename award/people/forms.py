"""Forms of the doors of accounts: ours, and the account library's with our words and our slowing down of guesses."""

import re
from typing import Any

from flask import current_app, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_security.forms import (
    ChangePasswordForm,
    EmailValidation,
    ForgotPasswordForm,
    LoginForm,
    ResetPasswordForm,
    SendConfirmationForm,
    TwoFactorRescueForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    email_required,
    password_required,
    valid_user_email,
)
from flask_security.proxies import _security
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.utils import get_message, validate_redirect_url
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, RadioField, SelectField, TelField
from wtforms.validators import DataRequired, Length, Optional, StopValidation, ValidationError

from award.journal import tell
from award.people.devices import known_device
from award.people.models import FORMS_OF_ADDRESS
from award.people.passwords import faults, normal
from award.people.throttle import Try, of_account, of_address, of_registrations
from award.text import one_line
from award.typed import StringField

_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")


def _cleaned(text: str | None) -> str:
    return one_line(text or "")


def _a_name(_form: FlaskForm, field: StringField) -> None:
    """Letters only: a name goes into letters, and must not carry an address there."""
    if field.data and not _NAME.fullmatch(field.data):
        raise ValidationError(gettext("Họ và tên chỉ gồm chữ cái, dấu cách, dấu gạch nối."))


def _an_address(_form: FlaskForm, field: EmailField) -> None:
    try:
        field.data = _security._mail_util.validate(field.data or "")
    except ValueError as fault:
        raise StopValidation(gettext("Địa chỉ email chưa đúng dạng. Ví dụ: ten@toasoan.vn.")) from fault


def _required(sentence: Any) -> DataRequired:
    return DataRequired(sentence)


class RegistrationForm(FlaskForm):  # type: ignore[misc]
    legal_name = StringField(
        _("Họ và tên"), filters=[_cleaned], validators=[_required(_("Chưa ghi họ và tên.")), Length(max=80), _a_name]
    )
    pen_name = StringField(_("Bút danh"), filters=[_cleaned], validators=[Optional(), Length(max=120)])
    email = EmailField(
        _("Email"), filters=[_cleaned], validators=[_required(_("Chưa ghi địa chỉ email.")), _an_address]
    )
    phone = TelField(
        _("Điện thoại"), filters=[_cleaned], validators=[_required(_("Chưa ghi số điện thoại.")), Length(max=30)]
    )
    newsroom = SelectField(_("Cơ quan công tác"), validators=[Optional()])
    newsroom_words = StringField(
        _("Tên cơ quan, nếu chưa có trong danh sách"), filters=[_cleaned], validators=[Optional(), Length(max=200)]
    )
    password = PasswordField(_("Mật khẩu"), validators=[_required(_("Chưa ghi mật khẩu."))])
    consent = BooleanField(_("Đồng ý"), validators=[_required(_("Chưa đồng ý việc sử dụng thông tin."))])

    def validate_phone(self, field: TelField) -> None:
        if len(re.sub(r"\D", "", field.data or "")) < 8 or re.search(r"[^\d +().-]", field.data or ""):
            raise ValidationError(gettext("Số điện thoại chưa đúng dạng. Ví dụ: 0905 000 000."))

    def validate_password(self, field: PasswordField) -> None:
        own = (str(self.email.data).partition("@")[0], self.legal_name.data or "", self.pen_name.data or "")
        field.data = normal(field.data or "")
        for fault in faults(field.data, own):
            raise ValidationError(fault)

    def validate(self, **extra: Any) -> bool:
        """What is right in itself counts for the place it comes from, before anything is made of it."""
        if not super().validate(**extra):
            return False
        if _try(of_registrations(request.remote_addr)).begin():
            return True
        self.email.errors = [gettext("Mạng này vừa đăng ký quá nhiều tài khoản. Đề nghị thử lại sau 5 phút.")]
        return False


class InvitationForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField(_("Mật khẩu"), validators=[_required(_("Chưa ghi mật khẩu."))])

    def validate_password(self, field: PasswordField) -> None:
        field.data = normal(field.data or "")
        for fault in faults(field.data):
            raise ValidationError(fault)


class AccountForm(FlaskForm):  # type: ignore[misc]
    legal_name = StringField(
        _("Họ và tên"), filters=[_cleaned], validators=[_required(_("Chưa ghi họ và tên.")), Length(max=80), _a_name]
    )
    pen_name = StringField(_("Bút danh"), filters=[_cleaned], validators=[Optional(), Length(max=120)])
    phone = TelField(_("Điện thoại"), filters=[_cleaned], validators=[Optional(), Length(max=30)])
    press_card = StringField(
        _("Số thẻ nhà báo"),
        filters=[_cleaned],
        validators=[Optional(), Length(max=30)],
        description=_("Chỉ ghi số, nếu có thẻ. Không cần gửi ảnh thẻ."),
    )
    newsroom = SelectField(_("Cơ quan công tác"), validators=[Optional()])
    newsroom_words = StringField(
        _("Tên cơ quan, nếu chưa có trong danh sách"), filters=[_cleaned], validators=[Optional(), Length(max=200)]
    )
    form_of_address = SelectField(
        _("Cách xưng hô trong thư"), choices=[(words, words) for words in FORMS_OF_ADDRESS], validators=[Optional()]
    )

    validate_phone = RegistrationForm.validate_phone


# From here on: the library's forms.


def _try(*counters: Any) -> Try:
    return Try(current_app.extensions["engine"], [counter for counter in counters if counter is not None])


class SignInForm(LoginForm):
    email = EmailField(_("Email"), filters=[_cleaned], validators=[email_required, EmailValidation(verify=False)])
    password = PasswordField(_("Mật khẩu"), validators=[password_required])
    remember = None
    """A cookie that signs in by itself would outlive the session that was ended."""

    def validate_next(self, field: Any) -> None:
        """A place outside is forgotten in silence: the person did not choose it."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""

    def validate(self, **extra: Any) -> bool:
        email = str(self.email.data or "").lower()
        device = known_device(email)
        guess = _try(of_account(f"password|{email}", device), None if device else of_address(request.remote_addr))
        if email and self.password.data and not guess.begin():
            self.password.errors = [get_message("GENERIC_AUTHN_FAILED")[0]]
            tell("authn_login_wait")
            return False
        right: bool = super().validate(**extra)
        tell("authn_login_success" if right else "authn_login_fail")
        if right:
            guess.succeeded()
            self.next.data = self.next.data or current_app.config["SECURITY_POST_LOGIN_VIEW"]
        return right


class PasswordAgainForm(VerifyForm):
    password = PasswordField(_("Mật khẩu"), validators=[password_required])

    validate_next = SignInForm.validate_next

    def validate(self, **extra: Any) -> bool:
        guess = _try(of_account(f"password again|{self.user.id}"))
        if not guess.begin():
            self.password.errors = [get_message("INVALID_PASSWORD")[0]]
            return False
        right: bool = super().validate(**extra)
        if right:
            guess.succeeded()
        return right


class NewPasswordForm(ResetPasswordForm):
    password = PasswordField(_("Mật khẩu mới"), validators=[password_required])
    password_confirm = None


class OtherPasswordForm(ChangePasswordForm):
    password = PasswordField(_("Mật khẩu hiện tại"), validators=[password_required])
    new_password = PasswordField(_("Mật khẩu mới"), validators=[password_required])
    new_password_confirm = None

    def validate(self, **extra: Any) -> bool:
        guess = _try(of_account(f"password again|{current_user.id}"))
        if not guess.begin():
            self.password.errors = [get_message("INVALID_PASSWORD")[0]]
            return False
        right: bool = super().validate(**extra)
        if right or not self.password.errors:
            guess.succeeded()
        return right


class ForgottenForm(ForgotPasswordForm):
    email = EmailField(
        _("Email"),
        filters=[_cleaned],
        validators=[email_required, EmailValidation(verify=False), valid_user_email],
    )


class ConfirmationForm(SendConfirmationForm):
    email = EmailField(
        _("Email"),
        filters=[_cleaned],
        validators=[email_required, EmailValidation(verify=False), valid_user_email],
    )


class CodeForm(TwoFactorVerifyCodeForm):
    code = StringField(
        _("Mã xác nhận 6 số"),
        filters=[lambda code: re.sub(r"\s", "", str(code or ""))],
        validators=[_required(_("Chưa ghi mã xác nhận."))],
    )

    def validate(self, **extra: Any) -> bool:
        assert self.user is not None
        guess = _try(of_account(f"code|{self.user.id}"))
        if not guess.begin():
            self.code.errors = [get_message("TWO_FACTOR_INVALID_TOKEN")[0]]
            return False
        right: bool = super().validate(**extra)
        if right:
            guess.succeeded()
        return right


class RecoveryCodeForm(MfRecoveryForm):
    code = StringField(_("Mã dự phòng"), filters=[_cleaned], validators=[_required(_("Chưa ghi mã dự phòng."))])

    def validate(self, **extra: Any) -> bool:
        assert self.user is not None
        guess = _try(of_account(f"code|{self.user.id}"))
        if not guess.begin():
            self.code.errors = [get_message("INVALID_RECOVERY_CODE")[0]]
            return False
        right: bool = super().validate(**extra)
        if right:
            guess.succeeded()
        return right


class NoCodeForm(TwoFactorRescueForm):
    """The only way past a lost telephone is a recovery code; the library's mail to an administrator is not offered."""

    help_setup = RadioField(_("Không nhận được mã"), choices=[])

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.help_setup.choices = []


LIBRARY_FORMS: dict[str, Any] = {
    "login_form": SignInForm,
    "verify_form": PasswordAgainForm,
    "reset_password_form": NewPasswordForm,
    "change_password_form": OtherPasswordForm,
    "forgot_password_form": ForgottenForm,
    "send_confirmation_form": ConfirmationForm,
    "two_factor_verify_code_form": CodeForm,
    "two_factor_rescue_form": NoCodeForm,
    "mf_recovery_form": RecoveryCodeForm,
}

__all__ = ["LIBRARY_FORMS", "AccountForm", "InvitationForm", "RegistrationForm"]
