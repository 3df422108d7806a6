"""A real browser at the portal of the running stack; what it showed is kept as pictures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.acceptance.portal.desk import Desk
from tests.support.stack import Stack

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Not for the whole session: while it is open a loop runs in this thread, and no other test may start one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def screenshots(stack: Stack) -> Path:
    folder = stack.folder / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def desks(chromium: Browser, stack: Stack, screenshots: Path) -> Iterator["Desks"]:
    """People at their own browsers, each signed in through the login page when first asked for."""
    made = Desks(chromium, stack, screenshots)
    yield made
    made.close()


class Desks:
    def __init__(self, browser: Browser, stack: Stack, screenshots: Path) -> None:
        self._browser = browser
        self._stack = stack
        self._screenshots = screenshots
        self._made: dict[str, Desk] = {}

    def __getitem__(self, username: str) -> Desk:
        if username not in self._made:
            self._made[username] = Desk.open(self._browser, self._stack, username, self._screenshots)
        return self._made[username]

    def close(self) -> None:
        for username, desk in self._made.items():
            desk.picture(f"zz-cuoi-cung-{username}")
            desk.context.close()
