"""Every variable signing reads beside those of every service."""

from __future__ import annotations

from pathlib import Path

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    # The PKCS#11 module of the tokens; SoftHSM finds its folder by SOFTHSM2_CONF.
    pkcs11_module: Path = Path("/usr/lib/softhsm/libsofthsm2.so")
    tsa_url: str
    # Certificates (PEM) of the authorities that are believed.
    trust_file: Path
    # Folders that are searched for the typeface before those of the system.
    font_folders: tuple[str, ...] = ()
    portal_url: str = "http://localhost"
