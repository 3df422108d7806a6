"""PostgreSQL refuses to run as root: how a root user starts it all the same.

First a user namespace, in which root is user 1000 and keeps its access to its own files; where
the kernel refuses that, a system user, who gets the folder.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True, slots=True)
class Unprivileged:
    """Put `prefix` before a command; give `folder_owner` the folders it writes to."""

    prefix: tuple[str, ...] = ()
    folder_owner: str | None = None

    def own(self, folder: Path) -> None:
        if self.folder_owner is not None:
            user = pwd.getpwnam(self.folder_owner)
            os.chown(folder, user.pw_uid, user.pw_gid)


@cache
def unprivileged() -> Unprivileged:
    if os.geteuid() != 0:
        return Unprivileged()
    if shutil.which("unshare") and _works([*_NAMESPACE, "true"]):
        return Unprivileged(_NAMESPACE)
    for user in ("postgres", "nobody"):
        if _known(user) and shutil.which("runuser"):
            return Unprivileged(("runuser", "-u", user, "--"), user)
    raise RuntimeError("PostgreSQL does not run as root, and neither user namespaces nor runuser are here")


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
