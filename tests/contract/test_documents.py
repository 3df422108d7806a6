"""What a page names is there: links between pages, and the proofs that the security dossier calls on."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for page in ROOT.glob("**/*.md")
    if not {"node_modules", ".venv", ".run", ".cache", ".git"} & set(page.relative_to(ROOT).parts)
)
DOSSIER = ROOT / "deploy" / "security" / "README.md"
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
_CODE = re.compile(r"`([^`]+)`")
_TARGET = re.compile(r"^([a-z0-9-]+):", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_proof_of_the_dossier_exists() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    targets = _TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    named = _CODE.findall(DOSSIER.read_text(encoding="utf-8"))
    missing = [
        name
        for name in named
        if not (
            (f"def {name}(" in tests)
            if name.startswith("test_")
            else name.removeprefix("make ") in targets
            if name.startswith("make ")
            else "/" not in name or (ROOT / name).exists()
        )
    ]

    assert missing == []
