"""Files and material alone, where PostgreSQL is kept by others (CloudNativePG on Kubernetes)."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporting_backup.belongings import Belongings, put_back
from reporting_backup.sealing import Opener, Sealer
from reporting_backup.settings import BackupError, Listening, folders
from reporting_backup.state import Numbers
from reporting_backup.steps import Steps


@dataclass(frozen=True, slots=True)
class FileSettings:
    """As `Settings`, without what a cluster of PostgreSQL needs."""

    places: dict[str, Path]
    recipients: Path
    metrics: Listening
    identity: Path | None = None
    """The private key: only where files are put back."""
    buckets: dict[str, Path] = field(default_factory=dict)
    material: dict[str, Path] = field(default_factory=dict)
    pause_seconds: float = 10

    @classmethod
    def read(cls, path: Path) -> FileSettings:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

        return cls(
            places=folders(told, "places"),
            recipients=Path(told["recipients"]),
            metrics=Listening.of(told["metrics"]),
            identity=Path(told["identity"]) if told.get("identity") else None,
            buckets=folders(told, "buckets"),
            material=folders(told, "material"),
            pause_seconds=float(told.get("pause_seconds", 10)),
        )


class FileKeeper:
    def __init__(self, settings: FileSettings) -> None:
        self._settings = settings
        sealer = Sealer(settings.recipients)
        self._places = {name: Belongings(settings, place, sealer) for name, place in settings.places.items()}
        self.numbers = Numbers(receivers=False)
        self._steps = Steps(self.numbers.failures)

    def run(self) -> None:
        self.numbers.serve(self._settings.metrics)
        while True:
            self.round()
            time.sleep(self._settings.pause_seconds)

    def round(self) -> None:
        """A place that can't be written keeps no other from its copy; the moment is told when all have everything."""
        whole = [self._steps.done(f"files {name}", place.keep) for name, place in self._places.items()]
        if all(whole):
            self.numbers.show({"files": time.time()})


def put_files_back(settings: FileSettings) -> int:
    """What a place holds and the folders lack, or hold changed. The number put back."""
    if settings.identity is None:
        raise BackupError("the private key is needed to put files back: name it as `identity`")
    return put_back(list(settings.places.values()), settings.buckets, Opener(settings.identity))
