"""Python from proto/, made again when a contract has changed."""

from __future__ import annotations

from reporting_stack.layout import ROOT
from reporting_stack.prepare import steps

SCRIPT = ROOT / "libs" / "stubs" / "generate.sh"


def generate() -> str | None:
    sources = sorted((ROOT / "proto").rglob("*.proto"))
    wanted = steps.digest([*sources, SCRIPT, ROOT / "deploy" / "python" / "dev.txt"])
    if steps.is_done("stubs", wanted) and (ROOT / "libs" / "stubs" / "src" / "reporting").is_dir():
        return None
    steps.run(["sh", str(SCRIPT)], what="generating from proto/")
    steps.done("stubs", wanted)
    return f"generated from {len(sources)} contracts"
