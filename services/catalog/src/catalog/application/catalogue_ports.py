"""What the use cases of shared catalogues, indicators, sets and allocation need of the outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from catalog.domain.indicator import Indicator
from catalog.domain.indicator_set import IndicatorSet
from catalog.domain.shared import EntryKind, EntryTerms, SharedEntry


class Entries(Protocol):
    async def get(self, province_id: UUID, entry_id: UUID, *, for_update: bool = False) -> SharedEntry:
        """Raises EntryNotFound."""
        ...

    async def all_of(self, province_id: UUID) -> list[SharedEntry]:
        """In Vietnamese order, the retired too."""
        ...

    async def any(self, province_id: UUID) -> bool: ...

    async def add(self, entry: SharedEntry, by: str) -> None:
        """Raises CodeTaken."""
        ...

    async def save(self, entry: SharedEntry, by: str) -> None: ...

    async def remove(self, entry: SharedEntry) -> None: ...

    async def used_by(self, entry_id: UUID) -> list[str]: ...

    async def versions(self, entry_id: UUID) -> list[Mapping[str, Any]]: ...


class Indicators(Protocol):
    async def get(self, province_id: UUID, indicator_id: UUID, *, for_update: bool = False) -> Indicator:
        """Raises IndicatorNotFound."""
        ...

    async def among(self, province_id: UUID, ids: Collection[UUID]) -> dict[UUID, Indicator]: ...

    async def by_codes(self, province_id: UUID, codes: Collection[str]) -> dict[str, Indicator]:
        """Locked: what an import is about to change."""
        ...

    async def all_of(self, province_id: UUID) -> list[Indicator]:
        """In Vietnamese order."""
        ...

    async def add(self, indicator: Indicator) -> None:
        """Raises CodeTaken."""
        ...

    async def save(self, indicator: Indicator) -> None: ...


class IndicatorSets(Protocol):
    async def get(self, province_id: UUID, set_id: UUID, *, for_update: bool = False) -> IndicatorSet:
        """Raises SetNotFound."""
        ...

    async def add(self, found: IndicatorSet) -> None:
        """Raises CodeTaken."""
        ...

    async def save(self, found: IndicatorSet) -> None: ...


@dataclass(frozen=True, slots=True)
class FormAllocation:
    units_by_row: Mapping[str, tuple[UUID, ...]]
    version: int = 0
    """0: nobody has allocated this form yet."""


class Allocations(Protocol):
    async def of_regime(self, regime_id: UUID) -> dict[UUID, FormAllocation]: ...

    async def put(
        self, regime_id: UUID, form_version_id: UUID, made: FormAllocation, at: datetime
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class SeedEntry:
    kind: EntryKind
    code: str
    terms: EntryTerms


@dataclass(frozen=True, slots=True)
class TableRow:
    number: int
    """Row of the sheet, counted from 1, the header included."""
    values: Mapping[str, str]


class ReadTable(Protocol):
    def __call__(self, file_name: str, data: bytes, columns: Sequence[str]) -> list[TableRow]:
        """.xlsx or .csv by its name; raises InvalidInput for a harmful file or columns that are missing."""
        ...


class WriteTable(Protocol):
    def __call__(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Structures:
    """What is told of a province's indicators as SDMX structures."""

    province_code: str
    province_name: str
    indicators: Sequence[Indicator]
    entries: Sequence[SharedEntry]
    chosen: IndicatorSet | None = None
    """The set they were asked for, which goes out beside them."""


class WriteStructures(Protocol):
    def __call__(self, structures: Structures) -> bytes: ...
