"""What belongs to the cluster and isn't in it: content-addressed files, and key material kept whole.

A file's name is its SHA-256, so it never changes: it is copied once, after its content was held against its name.
Material (keys, PKCS#11 tokens, seals of the audit) is packed again whenever a byte of it has changed.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from reporting_backup.sealing import SUFFIX, Opener, Sealer, settle, sha256_of

log = logging.getLogger(__name__)
_NAME = re.compile(r"[0-9a-f]{64}")
_VERSIONS = 20


class Owned(Protocol):
    """What of the settings is of interest here."""

    @property
    def buckets(self) -> dict[str, Path]: ...

    @property
    def material(self) -> dict[str, Path]: ...


@dataclass
class Belongings:
    """What is known of one place: which files it holds, which state of the material."""

    settings: Owned
    place: Path
    sealer: Sealer
    _held: set[str] | None = None
    _packed: str = ""

    def keep(self) -> int:
        """Brings the place up to date; the number of things written."""
        if self._held is None:
            self._held = set(read_manifest(self.place))
        new = [name for name in named(self.settings.buckets) if name not in self._held]
        added = {name: size for name in new if (size := self._copy(name)) is not None}
        if added:
            with (self.place / "files" / "manifest").open("a", encoding="utf-8") as manifest:
                for name, size in added.items():
                    manifest.write(json.dumps({"file": name, "size": size}) + "\n")
                manifest.flush()
                os.fsync(manifest.fileno())
            self._held |= set(added)
        return len(added) + self._pack()

    def _copy(self, name: str) -> int | None:
        source = path_in(self.settings.buckets, name)
        try:
            if sha256_of(source) != source.name:
                log.error("%s isn't what its name says: not taken over what is kept of it", source)
                return None
            self.sealer.seal_file(source, sealed(self.place, name))
            return source.stat().st_size
        except FileNotFoundError:
            return None

    def _pack(self) -> int:
        packed = pack(self.settings.material)
        digest = hashlib.sha256(packed).hexdigest()
        if digest == self._packed:
            return 0
        folder = self.place / "material"
        self.sealer.seal(io.BytesIO(packed), folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.tar{SUFFIX}")
        for path in sorted(folder.glob(f"*{SUFFIX}"))[:-_VERSIONS]:
            path.unlink()
        self._packed = digest
        return 1


def sealed(place: Path, name: str) -> Path:
    bucket, digest = name.split("/")
    return place / "files" / bucket / digest[:2] / f"{digest}{SUFFIX}"


def path_in(buckets: dict[str, Path], name: str) -> Path:
    bucket, digest = name.split("/")
    return buckets[bucket] / digest[:2] / digest


def named(buckets: dict[str, Path]) -> Iterator[str]:
    """`bucket/sha256` of every file there is."""
    for bucket, folder in buckets.items():
        for path in folder.glob("??/*"):
            if _NAME.fullmatch(path.name):
                yield f"{bucket}/{path.name}"


def read_manifest(place: Path) -> dict[str, int]:
    try:
        lines = (place / "files" / "manifest").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        (place / "files").mkdir(mode=0o700, parents=True, exist_ok=True)
        return {}
    told = [json.loads(line) for line in lines if line.endswith("}")]
    return {one["file"]: one["size"] for one in told}


def put_back(places: list[Path], buckets: dict[str, Path], opener: Opener) -> int:
    """Every file that a place holds and the buckets lack, or hold changed. The number put back."""
    number = 0
    for place in places:
        for name in read_manifest(place):
            target = path_in(buckets, name)
            if target.is_file() and sha256_of(target) == target.name:
                continue
            opener.open_to(sealed(place, name), target)
            number += 1
    return number


def pack(material: dict[str, Path]) -> bytes:
    """The same bytes for the same content: order, owners and times left out."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, root in sorted(material.items()):
            for path in sorted([root, *root.rglob("*")]):
                if _kept_whole(path, root):
                    info = tarfile.TarInfo(str(Path(name) / path.relative_to(root)) if path != root else name)
                    data = path.read_bytes()
                    info.size, info.mode = len(data), 0o600
                    tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def _kept_whole(path: Path, root: Path) -> bool:
    """A file of the folder. Kubernetes shows a Secret's keys as links into a folder that it names anew each time."""
    if any(part.startswith("..") for part in path.relative_to(root).parts):
        return False
    return path.is_file() and (not path.is_symlink() or path.resolve().is_relative_to(root.resolve()))


def newest_material(places: list[Path]) -> Path | None:
    found = [path for place in places for path in (place / "material").glob(f"*{SUFFIX}")]
    return max(found, key=lambda path: path.name, default=None)


def unpack_missing(source: Path, material: dict[str, Path], opener: Opener) -> int:
    """Puts back only what isn't there: what is there is newer, or the operator's choice."""
    opened = io.BytesIO()
    opener.open(source, opened)
    opened.seek(0)
    number = 0
    with tarfile.open(fileobj=opened) as tar:
        for member in tar:
            name, _, rest = member.name.partition("/")
            content = tar.extractfile(member)
            if name not in material or content is None or ".." in Path(rest).parts:
                continue
            target = material[name] / rest if rest else material[name]
            if not target.exists():
                data = content.read()
                settle(target, lambda file, data=data: file.write(data))  # type: ignore[misc]
                number += 1
    return number
