"""What a unit of work records beside the change itself: ports of every service's use cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from kit.actor import Actor


class Outbox(Protocol):
    def add(self, *events: Any) -> None: ...


class Audit(Protocol):
    def record(
        self,
        *,
        aggregate_kind: str,
        aggregate_id: UUID | str,
        act: str,
        actor: Actor,
        before: Any = None,
        after: Any = None,
        province_id: UUID | None = None,
        marks: Mapping[str, Any] | None = None,
    ) -> None: ...
