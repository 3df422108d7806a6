"""What this service reads of its environment beside kit's settings."""

from __future__ import annotations

from pathlib import Path

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    profiles_dir: Path = Path("profiles")
    opener_seconds: float = 60
    """How often the scheduler looks for periods to open."""
    signing_seconds: float = 1
    """How often orders to signing are looked at."""
