"""Disks of their own for folders of a stack: a small one in memory, and one whose power can go. Mounts are root's alone."""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reporting_stack.prepare.system import Need, install, program

from reporting_drill.checks import eventually

_NEEDS = (Need("e2fsprogs", "the file system whose power goes", program("mkfs.ext4")),)
# _IOR('X', 125, __u32) of Linux' ext4.h; 2: neither the journal nor what waits to be written is flushed.
_SHUTDOWN, _WITHOUT_FLUSHING = 0x8004587D, struct.pack("I", 2)
_FREE_SECONDS = 20


@dataclass(frozen=True)
class Disk:
    """In memory, and small."""

    place: Path
    """Where it is mounted, beside the stack's folders."""
    megabytes: int

    def make(self) -> None:
        self.place.mkdir(mode=0o700)
        self.mount()

    def mount(self) -> None:
        options = f"size={self.megabytes}m,mode=0700"
        _run("mount", "-t", "tmpfs", "-o", options, "drill", str(self.place))

    def again(self) -> None:
        """Made fit to be read, whatever was done to it."""

    def remove(self) -> None:
        _unmount(self.place)
        self.place.rmdir()


@dataclass(frozen=True)
class PoweredDisk(Disk):
    """ext4 on a file. Its shutdown is what file systems test themselves with: all that nobody flushed is gone."""

    @property
    def _image(self) -> Path:
        return self.place.with_suffix(".ext4")

    def make(self) -> None:
        install(_NEEDS)
        with self._image.open("xb") as image:
            image.truncate(self.megabytes << 20)
        _run("mkfs.ext4", "-q", str(self._image))
        super().make()

    def mount(self) -> None:
        _run("mount", "-o", "loop", str(self._image), str(self.place))

    def lose_power(self) -> None:
        """From now on every access is an error."""
        descriptor = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _SHUTDOWN, _WITHOUT_FLUSHING)
        finally:
            os.close(descriptor)

    def power_back(self, folders: Sequence[Path]) -> None:
        """The journal is gone through, and the folders lie there again."""
        unbind(folders)
        self.again()
        bind(self, folders)

    def again(self) -> None:
        _unmount(self.place)
        self.mount()
        try:
            os.listdir(self.place)
        except OSError as dead:
            # Who made a mount namespace meanwhile holds the file system as it was.
            raise RuntimeError(
                f"{self.place} is still mounted in another namespace: nothing else may run"
            ) from dead

    def remove(self) -> None:
        super().remove()
        self._image.unlink()


@contextmanager
def lying_on(disk: Disk, folders: Sequence[Path]) -> Iterator[None]:
    """The folders' content moves onto the disk and, at the end, back; nothing may use them at either moment."""
    disk.make()
    for there, folder in _pairs(disk, folders):
        _run("cp", "-a", str(folder), str(there))
    bind(disk, folders)
    try:
        yield
    finally:
        unbind(folders)
        disk.again()
        for there, folder in _pairs(disk, folders):
            whole = folder.with_name(f"{folder.name}.whole")
            _run("cp", "-a", str(there), str(whole))
            shutil.rmtree(folder)
            whole.rename(folder)
        disk.remove()


def bind(disk: Disk, folders: Sequence[Path]) -> None:
    for there, folder in _pairs(disk, folders):
        _run("mount", "--bind", str(there), str(folder))


def unbind(folders: Sequence[Path]) -> None:
    for folder in folders:
        _unmount(folder)


def _unmount(place: Path) -> None:
    """As soon as the last process that lay on it is gone."""

    def done() -> bool:
        return subprocess.run(["umount", str(place)], capture_output=True, check=False).returncode == 0

    if not eventually(done, _FREE_SECONDS):
        raise RuntimeError(f"{place} is still in use")


def _pairs(disk: Disk, folders: Sequence[Path]) -> list[tuple[Path, Path]]:
    return [(disk.place / str(number), folder) for number, folder in enumerate(folders)]


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
