"""Every diagram of the documents is drawn by Mermaid itself, so none is found broken by its reader."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.acceptance.portal.conftest import CHROMIUM, QUIET

ROOT = Path(__file__).resolve().parents[2]
MERMAID = ROOT / "portal" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
BLOCK = re.compile(r"^```mermaid\n(.*?)^```", re.MULTILINE | re.DOTALL)
PLACES = ("README.md", "docs/**/*.md", "services/*/README.md", "libs/*/README.md", "portal/README.md")
DOCUMENTS = sorted(path for place in PLACES for path in ROOT.glob(place))
DIAGRAMS = [
    pytest.param(block, id=f"{path.relative_to(ROOT)}:{number}")
    for path in DOCUMENTS
    for number, block in enumerate(BLOCK.findall(path.read_text(encoding="utf-8")), 1)
]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
        page = browser.new_page()
        # Nothing is fetched: the library is the one that the portal's lock file names.
        page.route("**/*", lambda route: route.abort())
        page.set_content("<main></main>")
        page.add_script_tag(path=MERMAID)
        page.evaluate("mermaid.initialize({ startOnLoad: false })")
        yield page
        browser.close()


@pytest.mark.parametrize("block", DIAGRAMS)
def test_a_diagram_renders_with_its_labels(page: Page, block: str) -> None:
    svg = page.evaluate("async (text) => (await mermaid.render('diagram', text)).svg", block)
    assert svg.startswith("<svg") and "syntax error" not in svg.lower()
    page.evaluate("(svg) => { document.querySelector('main').innerHTML = svg }", svg)
    box = page.locator("main svg").bounding_box()
    assert box is not None and min(box["width"], box["height"]) > 50


def test_the_architecture_has_diagrams() -> None:
    assert sum("architecture" in str(diagram.id) for diagram in DIAGRAMS) >= 3
