"""Takes base backups: pg_basebackup, pg_verifybackup, then sealed into every place that can be reached."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reporting_backup import catalogue, sealing, wal
from reporting_backup.catalogue import Base
from reporting_backup.sealing import SUFFIX, Sealer
from reporting_backup.settings import BackupError, Settings, environment
from reporting_backup.state import State

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BaseBackups:
    settings: Settings
    sealer: Sealer
    state: State

    def take(self, *, full: bool) -> Base:
        """An increment of the newest base where there is one whose manifest is at hand; else a full backup."""
        with self.state.alone():
            places = self._reachable()
            parent = None if full else self._parent(places[0])
            began = datetime.now(UTC)
            name = f"{began:%Y%m%dT%H%M%SZ}-{'incremental' if parent else 'full'}"
            staging = self.settings.work / "staging"
            shutil.rmtree(staging, ignore_errors=True)
            try:
                self._copy(staging, parent)
                run([self.settings.program("pg_verifybackup"), "--quiet", "--no-parse-wal", str(staging)])
                base = self._seal(staging, places[0], name, parent, began)
                for place in places[1:]:
                    self._second(base, places[0], place)
                (staging / "backup_manifest").replace(self._manifest(base.id))
                self._forget_manifests(base.id)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
            self.state.note(base_backup=base.ended_at.timestamp(), base_timeline=base.timeline)
            return base

    def _reachable(self) -> list[Path]:
        found = []
        for name, place in self.settings.receivers.items():
            try:
                (place / "base").mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                log.error("the place of %s can't be written: %s", name, error)
            else:
                found.append(place)
        if not found:
            raise BackupError("no place of the backup can be written")
        return found

    def _manifest(self, base_id: str) -> Path:
        return self.settings.work / f"{base_id}.manifest"

    def _forget_manifests(self, but: str) -> None:
        for path in self.settings.work.glob("*.manifest"):
            if path != self._manifest(but):
                path.unlink()

    def _parent(self, place: Path) -> Base | None:
        bases = catalogue.listed(place)
        return bases[-1] if bases and self._manifest(bases[-1].id).is_file() else None

    def _copy(self, target: Path, parent: Base | None) -> None:
        command = [self.settings.program("pg_basebackup"), "--pgdata", str(target), "--format=tar"]
        command += ["--wal-method=none", "--checkpoint=fast", "--no-password"]
        command += ["--dbname", self.settings.conninfo("reporting_backup")]
        if parent:
            command += ["--incremental", str(self._manifest(parent.id))]
        run(command)

    def _seal(self, staging: Path, place: Path, name: str, parent: Base | None, began: datetime) -> Base:
        span = _span(staging / "backup_manifest")
        objects = {}
        for path in sorted(staging.iterdir()):
            made = self.sealer.seal_file(path, place / "base" / name / f"{path.name}{SUFFIX}")
            objects[f"{path.name}{SUFFIX}"] = {"sha256": made.sha256, "size": made.size}
        base = Base(
            id=name,
            parent=parent.id if parent else None,
            started_at=began,
            ended_at=datetime.now(UTC),
            timeline=span["Timeline"],
            start_lsn=span["Start-LSN"],
            end_lsn=span["End-LSN"],
            first_segment=wal.segment_at(span["Timeline"], span["Start-LSN"]),
            objects=objects,
        )
        catalogue.write(place, base)
        return base

    def _second(self, base: Base, first: Path, place: Path) -> None:
        """The same bytes in another place, read back there."""
        try:
            for name, told in base.objects.items():
                source, target = (at / "base" / base.id / name for at in (first, place))
                with source.open("rb") as file:
                    sealing.settle(target, lambda copy, file=file: shutil.copyfileobj(file, copy, 1 << 20))  # type: ignore[misc]
                if sealing.sha256_of(target) != told["sha256"]:
                    raise BackupError(f"{target} isn't what was written")
            catalogue.write(place, base)
        except (OSError, BackupError) as error:
            log.error("the base %s is not in %s: %s", base.id, place, error)


def _span(manifest: Path) -> dict[str, Any]:
    """Which stretch of the log makes this copy whole."""
    ranges: list[dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))["WAL-Ranges"]
    return ranges[-1]


def run(command: list[str]) -> str:
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-1500:]}")
    return done.stdout
