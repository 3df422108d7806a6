"""The checking tools in a venv of their own, by their locked hashes: they never meet the services' wheels."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[4]
LOCKS = ROOT / "deploy" / "python"
VENV = ROOT / ".venv"
_TOOLS = ROOT / ".run" / "tools" / "security"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool said. Tools end with another status than 0 when they find something."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def install() -> None:
    lock = LOCKS / "security.txt"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    mark = _TOOLS / "whole"
    if mark.is_file() and mark.read_text() == digest:
        return
    uv = VENV / "bin" / "uv"
    _run([str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(_TOOLS)])
    python = str(_TOOLS / "bin" / "python")
    _run([str(uv), "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(lock)])
    mark.write_text(digest)


def tool(name: str, *arguments: str) -> Outcome:
    return call([str(_TOOLS / "bin" / name), *arguments])


def call(command: list[str], *, folder: Path = ROOT) -> Outcome:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def _run(command: list[str]) -> None:
    environment = {"UV_LINK_MODE": "copy", "UV_SYSTEM_CERTS": "true", **os.environ}
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
