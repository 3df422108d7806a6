"""Every variable the catalog reads, beside kit's."""

from __future__ import annotations

from pathlib import Path

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    profiles_dir: Path
    trusted_package_keys: Path | None = None
    """A JWKS of the provinces whose form packages are taken in, beside one's own."""
