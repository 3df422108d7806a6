"""The write-ahead log in a place: what a receiver has written, what of it is sealed, what a restore reads.

A receiver writes into `spool/`; each finished segment is sealed into `wal/`. The newest finished one stays in the
spool, since the receiver looks there for where to go on. What isn't finished (`.partial`) is sealed only when a
restore begins; until then it lies in the spool as PostgreSQL wrote it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting_backup.sealing import SUFFIX, Opener, Sealer

SEGMENT_BYTES = 16 << 20
_SEGMENT = re.compile(r"[0-9A-F]{24}")
_HISTORY = re.compile(r"[0-9A-F]{8}\.history")


@dataclass(frozen=True, slots=True)
class Wal:
    """One place's spool and sealed segments."""

    place: Path

    @property
    def spool(self) -> Path:
        return self.place / "spool"

    @property
    def sealed(self) -> Path:
        return self.place / "wal"

    def make(self) -> None:
        for folder in (self.place, self.spool, self.sealed):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def archive(self, sealer: Sealer) -> int:
        """Seals what is finished; the number of segments sealed now."""
        finished = sorted(path for path in self.spool.iterdir() if _SEGMENT.fullmatch(path.name))
        done = 0
        for path in finished:
            target = self.sealed / f"{path.name}{SUFFIX}"
            if not target.is_file():
                sealer.seal_file(path, target)
                done += 1
        for path in finished[:-1]:
            path.unlink()
        for path in self.spool.iterdir():
            target = self.sealed / f"{path.name}{SUFFIX}"
            if _HISTORY.fullmatch(path.name) and not target.is_file():
                sealer.seal_file(path, target)
        return done

    def close(self, sealer: Sealer) -> None:
        """Seals all there is, unfinished segments too, and empties the spool. The receiver must have ended."""
        self.make()
        self.archive(sealer)
        for path in sorted(self.spool.glob("*.partial")):
            if written(path):
                sealer.seal_file(path, self._free(path.name))
        shutil.rmtree(self.spool)
        self.make()

    def _free(self, name: str) -> Path:
        """An unfinished segment never takes the place of another: which goes further is for the restore to see."""
        number = 0
        while (target := self.sealed / f"{name}.{number}{SUFFIX}").exists():
            number += 1
        return target

    def holds(self, name: str) -> Path | None:
        path = self.sealed / f"{name}{SUFFIX}"
        return path if path.is_file() else None

    def partials(self, name: str) -> list[Path]:
        return sorted(self.sealed.glob(f"{name}.partial.*{SUFFIX}"))

    def in_spool(self, name: str) -> list[Path]:
        """Not sealed yet: what a test restore of a living system reads last."""
        return [path for path in (self.spool / name, self.spool / f"{name}.partial") if path.is_file()]

    def names(self) -> set[str]:
        """Everything a restore may ask for, finished or not."""
        sealed = {path.name.removesuffix(SUFFIX) for path in self.sealed.glob(f"*{SUFFIX}")}
        return {
            name.partition(".partial")[0] for name in sealed | {path.name for path in self.spool.glob("*")}
        }

    def remove_before(self, segment: str) -> int:
        """Removes sealed segments that no kept base needs. History files stay: they are small."""
        removed = 0
        for path in list(self.sealed.glob(f"*{SUFFIX}")):
            if is_before(path.name[:24], segment):
                path.unlink()
                removed += 1
        return removed


def is_before(name: str, segment: str) -> bool:
    """By place in the log, whatever the timeline."""
    return bool(_SEGMENT.fullmatch(name)) and position(name) < position(segment)


def position(segment: str) -> int:
    return (int(segment[8:16], 16) << 32 | int(segment[16:24], 16) * SEGMENT_BYTES) // SEGMENT_BYTES


def segment_at(timeline: int, lsn: str) -> str:
    """The name of the segment that holds this place of the log (`0/2000028`)."""
    high, low = (int(part, 16) for part in lsn.split("/"))
    return f"{timeline:08X}{high:08X}{low // SEGMENT_BYTES:08X}"


def written(path: Path) -> int:
    """Up to which byte an unfinished segment was written: the rest are zeros the receiver put there."""
    size = path.stat().st_size
    with path.open("rb") as file:
        for start in range((size - 1) // 65536 * 65536, -1, -65536):
            file.seek(start)
            part = file.read(65536).rstrip(b"\0")
            if part:
                return start + len(part)
    return 0


def gaps(names: Iterable[str], timeline: int, first: str) -> list[str]:
    """Segments missing on a timeline between the first one needed and the last one there is."""
    prefix = f"{timeline:08X}"
    there = {position(name) for name in names if name.startswith(prefix)}
    wanted = range(position(first), max(there, default=0) + 1)
    return [_named(timeline, number) for number in wanted if number not in there]


def _named(timeline: int, number: int) -> str:
    return f"{timeline:08X}{number // 256:08X}{number % 256:08X}"


def fetch(places: Sequence[Wal], name: str, target: Path, opener: Opener) -> bool:
    """What PostgreSQL asks for while it recovers: from whichever place has it, else the unfinished one that goes
    furthest. False if there is none."""
    for place in places:
        if found := place.holds(name):
            opener.open_to(found, target)
            return True
    best, candidate = -1, target.with_name(f"{target.name}.candidate")
    for place in places:
        for path in [*place.partials(name), *place.in_spool(name)]:
            if path.parent == place.spool:
                shutil.copyfile(path, candidate)
            else:
                opener.open_to(path, candidate)
            if (length := written(candidate)) > best:
                candidate.replace(target)
                best = length
    candidate.unlink(missing_ok=True)
    return best >= 0
