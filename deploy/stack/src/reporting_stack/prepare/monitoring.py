"""Prometheus, Alertmanager and their tools: Debian's packages unpacked into the cache, never installed.

Installing them would start their services, which listen on every address. Where the programs are on the PATH
already, those are taken.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from reporting_stack.layout import StackError, cache_folder
from reporting_stack.prepare import steps

PACKAGES = ("prometheus", "prometheus-alertmanager", "prometheus-postgres-exporter")
# Debian's Alertmanager reads its templates, and Prometheus its pages, from here and nowhere else.
SHARED = Path("/usr/share/prometheus")
PROGRAMS = ("prometheus", "promtool", "prometheus-alertmanager", "amtool", "prometheus-postgres-exporter")


def install() -> str | None:
    if _complete():
        return None
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise StackError(f"monitoring needs on the PATH: {', '.join(PROGRAMS)}")
    folder = _folder()
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder.parent / "monitoring.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _complete():
            return None
        with tempfile.TemporaryDirectory(dir=folder.parent) as fresh:
            _fetch(Path(fresh))
            for package in sorted(Path(fresh).glob("*.deb")):
                steps.run(["dpkg", "-x", str(package), str(folder)], what=f"unpacking {package.name}")
    _share(folder)
    still = [name for name in PROGRAMS if not _found(name)]
    if still:
        raise StackError(f"the packages {', '.join(PACKAGES)} brought no {', '.join(still)}")
    return f"{', '.join(PACKAGES)} unpacked"


def _complete() -> bool:
    return SHARED.exists() and all(_found(name) for name in PROGRAMS)


def _share(folder: Path) -> None:
    if SHARED.exists():
        return
    if os.getuid() != 0:
        raise StackError(f"monitoring needs {SHARED}: sudo apt-get install {' '.join(PACKAGES)}")
    SHARED.unlink(missing_ok=True)
    SHARED.symlink_to(folder / SHARED.relative_to("/"))


def _fetch(into: Path) -> None:
    download = ["apt-get", "download", "-q", *PACKAGES]
    try:
        steps.run(download, what="apt-get download", cwd=into)
    except StackError:
        # A new machine has no lists of packages yet.
        if os.getuid() != 0:
            raise
        steps.run(["apt-get", "update", "-q"], what="apt-get update")
        steps.run(download, what="apt-get download", cwd=into)


def program(name: str) -> str:
    found = _found(name)
    if found is None:
        raise StackError(f"there is no {name}: run `bin/reporting monitoring`")
    return found


def _found(name: str) -> str | None:
    cached = _folder() / "usr" / "bin" / name
    return str(cached) if cached.is_file() else shutil.which(name)


def _folder() -> Path:
    return cache_folder() / "monitoring"
