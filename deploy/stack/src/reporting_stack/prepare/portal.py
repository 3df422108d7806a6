"""The portal: packages by the committed lockfile, built when its sources have changed."""

from __future__ import annotations

from reporting_stack.layout import ROOT
from reporting_stack.prepare import steps

FOLDER = ROOT / "portal"
NOT_SOURCES = {"node_modules", "dist", "test-results", "playwright-report"}


def build() -> str | None:
    lock = FOLDER / "package-lock.json"
    if not lock.is_file():
        return "no portal in this checkout"
    did = []
    packages = steps.digest([lock])
    if not (steps.is_done("portal-packages", packages) and (FOLDER / "node_modules").is_dir()):
        steps.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], what="npm ci", cwd=FOLDER)
        steps.done("portal-packages", packages)
        did.append("packages installed")
    sources = [
        path for path in FOLDER.iterdir() if path.name not in NOT_SOURCES and not path.name.startswith(".")
    ]
    contracts = ROOT / "contracts" / "openapi"
    wanted = steps.digest([*sources, *([contracts] if contracts.is_dir() else [])])
    if not (steps.is_done("portal", wanted) and (FOLDER / "dist" / "index.html").is_file()):
        steps.run(["npm", "run", "build"], what="npm run build", cwd=FOLDER)
        steps.done("portal", wanted)
        did.append("built")
    return ", ".join(did) or None
