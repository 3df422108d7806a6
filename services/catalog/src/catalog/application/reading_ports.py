"""Lists straight from the tables: what the queries need of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from catalog.domain.form import FormVersion
from catalog.domain.indicator import Indicator
from catalog.domain.regime import ReportingRegime
from catalog.domain.shared import EntryKind


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see in lists: their province's published things, and drafts of some units."""

    province_id: UUID
    draft_units: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Found:
    items: list[dict[str, Any]]
    next: str | None = None


class Reading(Protocol):
    """Lists straight from the tables."""

    async def forms(
        self, sight: Sight, *, q: str, state: str | None, cursor: str | None, limit: int
    ) -> Found: ...

    async def versions_of(
        self, sight: Sight, form_ids: Sequence[UUID]
    ) -> dict[UUID, list[dict[str, Any]]]: ...

    async def regimes(
        self,
        sight: Sight,
        *,
        q: str,
        state: str | None,
        lead_unit_id: UUID | None,
        cursor: str | None,
        limit: int,
    ) -> Found: ...

    async def draft_versions(self, sight: Sight, limit: int) -> list[dict[str, Any]]: ...

    async def versions_on_trial(self, province_id: UUID, account_id: UUID | None) -> list[dict[str, Any]]: ...

    async def provinces_with_regimes(self) -> list[UUID]: ...

    async def regimes_that_choose(self) -> list[tuple[UUID, UUID]]:
        """(province, regime) of published ones that name units by kind or level."""
        ...

    async def draft_regimes(self, sight: Sight, limit: int) -> list[ReportingRegime]: ...

    def published(self) -> AsyncIterator[FormVersion | ReportingRegime | Indicator]:
        """Everything other services keep a copy of."""
        ...

    async def epoch(self) -> int: ...


@dataclass(frozen=True, slots=True)
class IndicatorFilter:
    """Without a state: all but the merged ones."""

    q: str = ""
    state: str | None = None
    domain_id: UUID | None = None
    measure_id: UUID | None = None
    owner_unit_id: UUID | None = None


class IndicatorReading(Protocol):
    """Lists of shared catalogues, indicators and sets straight from the tables."""

    async def entries(
        self, sight: Sight, *, kind: EntryKind, q: str, retired: bool | None, cursor: str | None, limit: int
    ) -> Found: ...

    async def indicators(
        self, sight: Sight, wanted: IndicatorFilter, *, cursor: str | None, limit: int
    ) -> Found: ...

    async def alike(
        self, sight: Sight, name: str, *, besides: UUID | None = None, limit: int = 5
    ) -> list[dict[str, Any]]: ...

    async def pairs_alike(self, sight: Sight, *, limit: int) -> list[tuple[UUID, UUID, float]]: ...

    async def summaries(self, sight: Sight, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]: ...

    async def forms_with(self, sight: Sight, indicator_id: UUID) -> list[dict[str, Any]]: ...

    async def sets(self, sight: Sight, *, q: str, cursor: str | None, limit: int) -> Found: ...
