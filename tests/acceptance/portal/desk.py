"""What a person does at the portal, in the words on its buttons."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.support.stack import Stack

PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass(slots=True)
class Desk:
    """One person's browser window."""

    stack: Stack
    username: str
    context: BrowserContext
    page: Page
    screenshots: Path
    faults: list[str] = field(default_factory=list)
    """What the page itself did wrong: exceptions and things its security policy forbade."""

    @classmethod
    def open(
        cls, browser: Browser, stack: Stack, username: str, screenshots: Path, temporary: str = ""
    ) -> Desk:
        """`temporary`: a password given by someone else, which the login page has changed at once."""
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=stack.gateway)
        context.set_default_timeout(PATIENCE_MS)
        desk = cls(stack, username, context, context.new_page(), screenshots)
        desk.page.on("pageerror", lambda error: desk.faults.append(str(error)))
        desk.page.on(
            "console",
            lambda message: (
                desk.faults.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        if temporary:
            desk.first_sign_in(temporary)
        else:
            desk.sign_in()
        return desk

    def sign_in(self) -> None:
        account = self.stack.account(self.username)
        self._log_in(account["password"])
        expect(self.page.locator("header .person-name")).to_have_text(account["full_name"])

    def first_sign_in(self, temporary: str) -> None:
        self._log_in(temporary)
        fresh = f"Moi-{secrets.token_urlsafe(12)}9"
        self.page.fill("#password-new", fresh)
        self.page.fill("#password-confirm", fresh)
        self.picture("30-doi-mat-khau-lan-dau")
        self.page.press("#password-confirm", "Enter")
        expect(self.page.locator("header .person-name")).to_be_visible()

    def _log_in(self, password: str) -> None:
        self.page.goto(self.stack.gateway)
        self.page.fill("#username", self.username)
        self.page.fill("#password", password)
        self.page.press("#password", "Enter")

    @property
    def pin(self) -> str:
        return str(self.stack.account(self.username)["pin"])

    def go(self, path: str) -> None:
        self.page.goto(f"{self.stack.gateway}{path}")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        self.button(name).click()

    def in_dialog(self, name: str) -> Locator:
        return self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.screenshots / f"{name}.png")

    def reads_no_fault(self) -> None:
        assert self.faults == []


@dataclass(slots=True)
class Grid:
    """The table of a form, by the workbook's own rows and columns."""

    desk: Desk

    def cell(self, row: str, column: str) -> Locator:
        return self.desk.page.locator(f'tr[data-row="{row}"] td[data-column="{column}"]')

    def shows(self, row: str, column: str, text: str) -> None:
        expect(self.cell(row, column).locator(".cell-text")).to_have_text(text)

    def choose(self, row: str, column: str) -> None:
        self.cell(row, column).click()

    def type(self, row: str, column: str, text: str, then: str = "Enter") -> None:
        self.choose(row, column)
        self.desk.page.keyboard.type(text)
        self.desk.page.keyboard.press(then)

    def paste(self, row: str, column: str, block: str) -> None:
        """As from a spreadsheet: on the clipboard as text with tabs, then Ctrl+V."""
        self.desk.page.evaluate("text => navigator.clipboard.writeText(text)", block)
        self.choose(row, column)
        self.desk.page.keyboard.press("Control+V")

    def is_saved(self) -> None:
        self.desk.sees("Mọi số liệu đã lưu trên máy chủ.")
