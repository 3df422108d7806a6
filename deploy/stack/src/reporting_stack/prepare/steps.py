"""What the steps share: stamps, and commands whose output is shown only when they fail."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reporting_stack.layout import ROOT, StackError

STAMPS = ROOT / ".cache" / "setup"


def digest(paths: Iterable[Path], *words: str) -> str:
    """One hash over files (folders with all their files) and words."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        files = sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" not in file.parts:
                total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def is_done(name: str, wanted: str) -> bool:
    stamp = STAMPS / name
    return stamp.is_file() and stamp.read_text() == wanted


def done(name: str, wanted: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(wanted)


def run(
    command: Sequence[str], *, what: str, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> None:
    try:
        ended = subprocess.run(
            list(command),
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise StackError(f"{what}: there is no program {command[0]}") from error
    if ended.returncode:
        raise StackError(f"{what} failed ({' '.join(command)[:200]}):\n{ended.stdout.strip()[-3000:]}")
