"""Every variable the catalog reads, beside kit's."""

from __future__ import annotations

from pathlib import Path

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    profiles_dir: Path
