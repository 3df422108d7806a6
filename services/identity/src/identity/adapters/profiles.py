"""The province profiles that come with the system, by the name of their file."""

from __future__ import annotations

from pathlib import Path


class ProfileFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def known(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in self._folder.glob("*.yaml")))
