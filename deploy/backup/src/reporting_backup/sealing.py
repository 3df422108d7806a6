"""Sealed files: zstandard, then age (X25519, ChaCha20-Poly1305), which the `age` program opens as well.

What is sealed for a public key can't be read by the machine that sealed it; the private key lies elsewhere.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, TypeVar

import pyrage
import zstandard

from reporting_backup.settings import BackupError

T = TypeVar("T")
SUFFIX = ".zst.age"
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file as it lies in a place."""

    sha256: str
    size: int


class _Counted:
    """Hashes what goes through."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._target.write(data)

    def flush(self) -> None:
        self._target.flush()


class Sealer:
    """Seals for every key in the file of recipients."""

    def __init__(self, recipients: Path) -> None:
        lines = recipients.read_text(encoding="ascii").splitlines()
        self._keys = [
            pyrage.x25519.Recipient.from_str(line.strip()) for line in lines if line.startswith("age1")
        ]
        if not self._keys:
            raise BackupError(f"{recipients} names no key (a line `age1…`): nothing is written unsealed")

    def seal(self, source: IO[bytes], target: Path) -> Sealed:
        """Whole or not at all: a temporary file, synced, renamed, its folder synced."""

        def write(file: BinaryIO) -> Sealed:
            counted = _Counted(file)
            reader = zstandard.ZstdCompressor(level=_LEVEL).stream_reader(source)
            pyrage.encrypt_io(reader, counted, self._keys)
            return Sealed(counted.digest.hexdigest(), counted.size)

        return settle(target, write)

    def seal_file(self, source: Path, target: Path) -> Sealed:
        with source.open("rb") as file:
            return self.seal(file, target)


class Opener:
    """Opens what was sealed for one of the identities."""

    def __init__(self, identity: Path | None) -> None:
        if identity is None or not identity.is_file():
            raise BackupError(
                f"the private key of the backup isn't at {identity}: bring it from where it is kept "
                "(a file with a line `AGE-SECRET-KEY-…`) and name it as `identity`"
            )
        lines = identity.read_text(encoding="ascii").splitlines()
        keys = [line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")]
        self._keys = [pyrage.x25519.Identity.from_str(key) for key in keys]

    def open(self, source: Path, target: IO[bytes]) -> None:
        """Fails where a byte was changed or the end is missing."""
        try:
            with source.open("rb") as file:
                writer = zstandard.ZstdDecompressor().stream_writer(target, closefd=False)
                pyrage.decrypt_io(file, writer, self._keys)
                writer.flush()  # type: ignore[no-untyped-call]
        except (pyrage.DecryptError, zstandard.ZstdError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the system's own, such as a full disk
            raise BackupError(f"{source} can't be opened with this key, or was changed: {error}") from error

    def open_to(self, source: Path, target: Path) -> None:
        def write(file: BinaryIO) -> None:
            self.open(source, file)

        settle(target, write)


def settle(target: Path, write: Callable[[BinaryIO], T]) -> T:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            told = write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return told


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def public_of(identity: Path) -> list[str]:
    """The public keys that belong to a file of private ones."""
    lines = identity.read_text(encoding="ascii").splitlines()
    keys = [line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")]
    return [str(pyrage.x25519.Identity.from_str(key).to_public()) for key in keys]


def new_identity() -> tuple[str, str]:
    """A private key and its public one, in age's own form."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())
