"""The environment of a service: every variable, typed, checked once at start."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """Variables every service reads, prefixed REPORTING_; a service adds its own by subclassing."""

    model_config = SettingsConfigDict(env_prefix="REPORTING_", frozen=True, extra="ignore")

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
    log_level: str = "INFO"

    json_body_limit: int = 2 * 1024 * 1024
    upload_body_limit: int = 25 * 1024 * 1024
    request_seconds: float = 60.0
    drain_seconds: float = 20.0
