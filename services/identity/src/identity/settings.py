"""Every variable identity reads, beside kit's."""

from __future__ import annotations

from pathlib import Path

from kit.settings import ServiceSettings
from pydantic import SecretStr


class Settings(ServiceSettings):
    profiles_dir: Path

    keycloak_url: str
    keycloak_realm: str = "reporting"
    keycloak_client_id: str
    keycloak_client_secret: SecretStr
