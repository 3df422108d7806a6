"""podman, with the words it needs on a machine that is itself a container: no cgroup manager, no user units."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reporting_stack.layout import ROOT, StackError

BUILD = ("--isolation=chroot", "--layers")
LIMITS = ("--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096")
RUN = ("--runtime", "runc", *LIMITS)


def podman(*words: str, check: bool = True, show: bool = False) -> str:
    """What podman printed; a failure is told with the end of what it complained about."""
    done = subprocess.run(
        ["podman", *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=None if show else subprocess.PIPE,
        stderr=None if show else subprocess.STDOUT,
        text=True,
        check=False,
    )
    if check and done.returncode:
        raise StackError(f"podman {' '.join(words)[:160]} failed:\n{(done.stdout or '').strip()[-3000:]}")
    return (done.stdout or "").strip()


def exists(image: str) -> bool:
    return subprocess.run(["podman", "image", "exists", image], check=False).returncode == 0


def inspect(thing: str, *, kind: str = "image") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(podman("inspect", "--type", kind, thing))[0]
    return found


def save(archive: Path, references: Sequence[str]) -> None:
    """All of them in one archive, in which layers that they share lie once."""
    how = ("--quiet", "--multi-image-archive", "--format", "docker-archive")
    podman("save", *how, "--output", str(archive), *references)


def with_followers(references: Sequence[str], follower: str) -> list[str]:
    """Images of this version, each under the name of the one that follows it too; all their names."""
    names: list[str] = []
    for reference in references:
        later = f"{reference.rpartition(':')[0]}:{follower}"
        podman("tag", reference, later)
        names += [reference, later]
    return names


def read_file(image: str, path: str) -> bytes:
    """A file of an image, without starting anything of it."""
    made = podman("create", *LIMITS, image)
    try:
        done = subprocess.run(["podman", "cp", f"{made}:{path}", "-"], capture_output=True, check=True)
    finally:
        podman("rm", made)
    import io
    import tarfile

    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        member = archive.extractfile(archive.next() or "")
        assert member is not None
        return member.read()


def words_of(arguments: dict[str, str]) -> Sequence[str]:
    return [word for name, value in arguments.items() for word in ("--build-arg", f"{name}={value}")]
