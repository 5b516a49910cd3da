"""People of a story, each with a browser of their own, who find their way by what the pages say."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from passlib.totp import TOTP
from playwright.sync_api import Browser, Locator, Page, expect

PASSWORD = "núi cao sông dài 2023"


class Actor:
    """One person. `page` is theirs alone; letters come to the outbox page.

    With `by_keyboard` they have no mouse: whatever they use they come to with Tab, from where they are.
    """

    def __init__(
        self, browser: Browser, base_url: str, name: str, email: str, faults: list[str], *, by_keyboard: bool = False
    ) -> None:
        self.name, self.email, self.base_url, self.by_keyboard = name, email, base_url, by_keyboard
        self.context = browser.new_context(base_url=base_url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: faults.append(str(error)))

    def opens(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{self.name} got {answer.status} at {address}"

    def presses(self, words: str | re.Pattern[str]) -> None:
        """Presses the first button that says so, or the link where there is no such button; waits for the page."""
        exact = isinstance(words, str)
        main = self.page.locator("main")
        button = main.get_by_role("button", name=words, exact=exact)
        link = main.get_by_role("link", name=words, exact=exact)
        button.or_(link).first.wait_for()
        self.activates((button if button.count() else link).locator("visible=true").first)
        self.page.wait_for_load_state()

    def activates(self, one: Locator) -> None:
        if not self.by_keyboard:
            one.click()
            return
        self.reaches(one)
        one.press("Enter")

    def fills(self, **fields: str) -> None:
        """Types into fields by their names."""
        for name, value in fields.items():
            self.types(self.page.locator(f'[name="{name}"]'), value)

    def types(self, field: Locator, words: str) -> None:
        if not self.by_keyboard:
            field.fill(words)
            return
        self.reaches(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def chooses(self, name: str, value: str) -> None:
        self.ticks(self.page.locator(f'input[name="{name}"][value="{value}"]'))

    def ticks(self, box: Locator) -> None:
        """The box is ticked; of several to choose from, this one is chosen, which is reached by the arrows."""
        if not self.by_keyboard:
            box.check()
            return
        self.reaches(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def picks(self, field: Locator, label: str) -> None:
        """The line of the list that says so is chosen."""
        if not self.by_keyboard:
            field.select_option(label=label)
            return
        self.reaches(field)
        lines = field.locator("option").all_inner_texts()
        self.page.keyboard.press("Home")
        for _line in range([line.strip() for line in lines].index(label)):
            self.page.keyboard.press("ArrowDown")
        assert field.locator("option:checked").inner_text().strip() == label

    def reaches(self, one: Locator) -> None:
        """The keyboard has come to it. Within a group of which one is chosen the arrows go on."""
        wanted = one.element_handle()
        for _stop in range(600):
            if wanted.evaluate("(one) => one === document.activeElement"):
                return
            same = "(one) => one.type === 'radio' && document.activeElement.name === one.name"
            self.page.keyboard.press("ArrowDown" if wanted.evaluate(same) else "Tab")
        raise AssertionError(f"{self.name} cannot come to {wanted.inner_text() or wanted.get_attribute('name')}")

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def letter(self, worker: Callable[[], None], subject: str) -> str:
        """The address in the newest letter to this person that says so, as a path of the served application."""
        worker()
        self.page.goto("/hop-thu")
        letters = self.page.locator("main section", has_text=self.email).filter(has_text=subject)
        href = letters.first.get_by_role("link").first.get_attribute("href")
        assert href is not None
        found = urlsplit(href)
        return found.path + (f"?{found.query}" if found.query else "")

    def accepts(self, link: str) -> None:
        """Follows an invitation: a password, then the second factor that staff and judges need."""
        self.opens(link)
        self.fills(password=PASSWORD)
        self.presses("Đặt mật khẩu")
        if "/dang-nhap" in self.page.url or self.page.locator('input[name="email"]').count():
            self.signs_in()
        if self.page.get_by_role("button", name="Tạo mã QR").count():
            self.presses("Tạo mã QR")
        key = self.page.locator("code").first.inner_text().replace(" ", "").replace("-", "")
        code = TOTP(key=key).generate().token
        self.fills(code=code)
        self.presses("Kiểm tra mã")

    def signs_in(self) -> None:
        self.fills(email=self.email, password=PASSWORD)
        self.presses("Đăng nhập")
