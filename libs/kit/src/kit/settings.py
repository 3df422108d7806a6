"""The environment of a service: every variable, typed, checked once at start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from kit.telemetry.statements import SHARE
from kit.tls import Tls

SECRETS_DIR = "REPORTING_SECRETS_DIR"


class Variables(BaseSettings):
    """Variables prefixed REPORTING_, and what every program of an installation reads of them.

    Any of them may be a file instead, `REPORTING_SECRETS_DIR/reporting_database_url`, so that a secret
    need not stand in the environment; a variable goes before a file.
    """

    model_config = SettingsConfigDict(env_prefix="REPORTING_", frozen=True, extra="ignore")

    tls_certificate_file: Path | None = None
    tls_key_file: Path | None = None
    tls_authority_file: Path | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings  # only what is said here
        folder = os.environ.get(SECRETS_DIR)
        files = (SecretsSettingsSource(settings_cls, secrets_dir=folder),) if folder else ()
        return init_settings, env_settings, *files

    @model_validator(mode="after")
    def _tls_is_whole(self) -> Self:
        given = (self.tls_certificate_file, self.tls_key_file, self.tls_authority_file)
        if any(given) and not all(given):
            raise ValueError("TLS needs all three of certificate, key and authority")
        return self

    @property
    def tls(self) -> Tls | None:
        if self.tls_certificate_file and self.tls_key_file and self.tls_authority_file:
            return Tls(self.tls_certificate_file, self.tls_key_file, self.tls_authority_file)
        return None


class ServiceSettings(Variables):
    """Variables every service reads; a service adds its own by subclassing."""

    stack: str = "default"
    host: str = "127.0.0.1"
    http_port: int = 0
    grpc_port: int = 0
    metrics_port: int = 0

    database_url: SecretStr
    owner_database_url: SecretStr | None = None
    database_pool_size: int = 8

    nats_url: str
    nats_credentials: Path | None = None
    nats_replicas: int = 1
    """On how many servers of a cluster each event is kept."""

    issuer: str
    jwks_url: str
    audience: str = "reporting-api"

    service_key_file: Path
    service_jwks_file: Path
    peers: dict[str, str] = {}

    files_dir: Path
    seal_dir: Path | None = None
    profiles_dir: Path | None = None

    otlp_endpoint: str | None = None
    traced_statements_share: Annotated[float, Field(ge=0, le=1)] = SHARE
    log_level: str = "INFO"

    json_body_limit: int = 2 * 1024 * 1024
    upload_body_limit: int = 25 * 1024 * 1024
    request_seconds: float = 60.0
    drain_seconds: float = 20.0


class MigrationSettings(Variables):
    """What a migration reads; a service's runtime role may do for its own tests."""

    database_url: SecretStr | None = None
    owner_database_url: SecretStr | None = None

    @property
    def url(self) -> str:
        """The database to migrate, with the role that may."""
        found = self.owner_database_url or self.database_url
        if found is None:
            raise ValueError("REPORTING_OWNER_DATABASE_URL names the database to migrate")
        return found.get_secret_value()
