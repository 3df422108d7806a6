"""A trial in namespaces of its own: what was found inside is told outside, where it is seen whether anything was left."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from pathlib import Path

from reporting_images import apart
from reporting_stack.layout import PYTHON, ROOT, Home

from reporting_drill.checks import Findings


def demo_cycle(findings: Findings, where: str, home: Home) -> None:
    """`make demo` through the gateway of this installation; its own steps are counted with ours."""
    environment = {**os.environ, "STACK": home.name}
    command = [str(PYTHON), "-m", "reporting_demo", "cycle"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    found = re.findall(r"(\d+) passed, (\d+) failed", done.stdout)
    findings.passed += int(found[-1][0]) if found else 0
    told = f"{done.stdout[-1500:]}{done.stderr[-1500:]}" if done.returncode else found[-1]
    findings.check(f"the demo's cycle went through the {where}", done.returncode == 0, told)


def tell(work: Path, findings: Findings) -> None:
    """Inside, at the end, whatever happened."""
    told = {"passed": findings.passed, "failed": len(findings.wrong)}
    _result(work).write_text(json.dumps(told))


def close(work: Path, groups: str, status: int, begun: float) -> int:
    """Outside: looks, and counts all of it. The exit status; a trial that ended without a word has failed."""
    path, findings = _result(work), Findings()
    told = json.loads(path.read_text()) if path.is_file() else {"passed": 0, "failed": 1}
    left = {
        "process": apart.processes_of(work),
        "mount": apart.mounts_of(work),
        "control group": apart.sweep_groups(groups),
    }
    for what, found in left.items():
        findings.check(f"no {what} is left", not found, found or "")
    failed = told["failed"] + len(findings.wrong) + (status != 0 and not told["failed"])
    print(f"{time.monotonic() - begun:.0f} s altogether")
    print(f"{told['passed'] + findings.passed} passed, {failed} failed")
    return 1 if failed else 0


def _result(work: Path) -> Path:
    return work / "result.json"
