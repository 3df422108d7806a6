"""What has become true. The unit of work turns each into the event that other services read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FormVersionPublished:
    form_version_id: UUID


@dataclass(frozen=True, slots=True)
class RegimePublished:
    regime_id: UUID


@dataclass(frozen=True, slots=True)
class RegimeClosed:
    regime_id: UUID
