"""Somebody of the season with a browser of their own: opens pages, signs in when asked to, fills forms in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from urllib.parse import urljoin

from passlib.totp import TOTP  # type: ignore[import-untyped]

from demonstration.season.browser import Browser, Form, Page, Unexpected
from demonstration.season.outbox import Outbox

PASSWORD = "một mùa giải năm 2023"  # noqa: S105 - of invented people on a machine that lives for minutes
SIGN_IN, CODE, AGAIN = "/dang-nhap", "/ma-xac-nhan", "/nhap-lai-mat-khau"
STEP = 30
"""Seconds for which an authenticator shows a code."""
Values = Mapping[str, str | Sequence[str] | None]


class Person:
    """`clock` is what the telephone with the authenticator shows."""

    def __init__(
        self, origin: str, outbox: Outbox, name: str, email: str, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.name, self.email = name, email
        self.browser = Browser(origin)
        self._outbox = outbox
        self._clock = clock
        self._authenticator: TOTP | None = None
        self._last_code = 0

    def opens(self, address: str) -> Page:
        """The page at the address; whoever is asked to sign in does so first."""
        page = self.browser.get(address)
        if page.path != SIGN_IN:
            return page
        led = self.signs_in(page)
        page = led if led.address == urljoin(self.browser.origin, address) else self.browser.get(address)
        if page.path == SIGN_IN:
            raise Unexpected(f"{self.email} could not sign in: {page.words()[:500]}")
        return page

    def presses(self, page: Page, button: str, values: Values | None = None, *, action: str = "") -> Page:
        """The form that has this button is sent with these values in it."""
        form = page.form(button=button, action=action)
        return self.sends(page, form.fill_all(values or {}), button)

    def sends(self, page: Page, form: Form, button: str = "") -> Page:
        """The form is sent; an act that asks for the password again gets it, and is pressed once more."""
        answer = self.browser.send(page, form, button)
        if answer.path != AGAIN:
            return answer
        self.browser.send(answer, answer.form(field="password").fill(password=PASSWORD), "Tiếp tục")
        return self.browser.send(page, form, button)

    def signs_in(self, page: Page | None = None) -> Page:
        """Gives the page it leads to: the one that was asked for before, as far as the sign-in page knows of it."""
        page = page or self.browser.get(SIGN_IN)
        form = page.form(field="password").fill(email=self.email, password=PASSWORD)
        answer = self.browser.send(page, form, "Đăng nhập")
        asked = any("code" in each.fields for each in answer.forms())
        return self._gives_code(answer, "Đăng nhập") if asked else answer

    def registers(self, facts: Values) -> None:
        """A new account; its letter is on the way."""
        page = self.browser.get("/dang-ky")
        mine: dict[str, str | Sequence[str] | None] = {
            "legal_name": self.name,
            "email": self.email,
            "password": PASSWORD,
            "consent": "y",
        }
        self.presses(page, "Đăng ký tài khoản", {**mine, **facts})

    def confirms(self) -> None:
        """Follows the link of the letter that asks whether the address is right."""
        page = self.browser.get(self._outbox.link(self.email, "Xác nhận"))
        if any("Xác nhận" in button.words for form in page.forms() for button in form.buttons):
            self.presses(page, "Xác nhận")

    def accepts(self, link: str = "") -> None:
        """Follows an invitation: a password, then the second factor that staff and judges need."""
        page = self.browser.get(link or self._outbox.link(self.email, "Mời"))
        page = self.presses(page, "Đặt mật khẩu", {"password": PASSWORD})
        if page.path == SIGN_IN:
            form = page.form(field="password").fill(email=self.email, password=PASSWORD)
            page = self.browser.send(page, form, "Đăng nhập")
        if any("Tạo mã QR" in button.words for form in page.forms() for button in form.buttons):
            page = self.presses(page, "Tạo mã QR")
        key = page.text.partition("<code")[2].partition(">")[2].partition("</code>")[0]
        self._authenticator = TOTP(key=key.replace(" ", "").replace("-", ""))
        self._gives_code(page, "Kiểm tra mã")

    def _gives_code(self, page: Page, button: str) -> Page:
        """A code opens once; the one to come is taken already."""
        if self._authenticator is None or self._clock is None:
            raise Unexpected(f"{self.email} is asked for a code and has no authenticator")
        shown = int(self._clock().timestamp() // STEP)
        counter = max(shown, self._last_code + 1)
        if counter > shown + 1:
            raise Unexpected(f"{self.email} signs in for the third time within {STEP} seconds")
        self._last_code = counter
        code = self._authenticator.generate(counter * STEP).token
        answer = self.presses(page, button, {"code": code})
        if answer.path == CODE:
            raise Unexpected(f"{self.email} gave a code that was not taken: {answer.words()[:300]}")
        return answer
