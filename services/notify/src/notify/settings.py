"""Every variable notify reads, beside kit's."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kit.settings import ServiceSettings
from pydantic import SecretStr


class Settings(ServiceSettings):
    smtp_host: str
    smtp_port: int
    smtp_from: str = "Hệ thống thông tin báo cáo <bao-cao@localhost>"
    # The province's mail server: STARTTLS is demanded of any server that isn't on loopback.
    smtp_tls: Literal["starttls", "tls"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    portal_url: str
    profiles_dir: Path = Path("profiles")
