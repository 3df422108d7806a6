"""What is asked, how often, and where the record lies: one JSON file, written by whoever runs the program."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, HttpUrl


class Component(BaseModel):
    """One thing that people know by name. It is well if it answers so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern="^[a-z-]{1,40}$")
    name: str
    url: HttpUrl
    status: int = 200
    contains: str = ""
    """Text that a page must carry: an error page may say 200 too."""


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    folder: Path
    """Keeps record.sqlite and page/, whose files any web server can serve."""
    components: tuple[Component, ...] = Field(min_length=1, max_length=50)
    maintenances: HttpUrl | None = None
    """Where the announced maintenances are read; what was read last is shown while nothing answers."""
    port: int = Field(ge=1, le=65535)
    host: str = "127.0.0.1"
    every_seconds: float = Field(default=20, ge=1, le=300)
    patience_seconds: float = Field(default=5, ge=0.1, le=60)
    failures: int = Field(default=2, ge=1, le=10)
    """So many probes in a row fail before it is called an outage: one lost packet is none."""
