"""What REST takes and gives of units. Moments are UTC, days ISO 8601."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from identity.application.commands.save_units import SavedUnit, UnitRow
from identity.domain.units import Unit, UnitKind


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UnitIn(Strict):
    parent_id: UUID
    code: str
    name: str
    kind: UnitKind


class UnitPatch(Strict):
    name: str | None = None
    kind: UnitKind | None = None
    parent_id: UUID | None = None
    from_on: date | None = None


class UnitRowIn(Strict):
    code: str
    name: str
    kind: UnitKind
    parent_code: str = ""

    def row(self) -> UnitRow:
        return UnitRow(self.code, self.name, self.kind, self.parent_code)


class UnitsImportIn(Strict):
    province_id: UUID | None = None
    items: list[UnitRowIn]


class ProvinceIn(Strict):
    code: str
    name: str
    profile: str


class UnitVersionOut(BaseModel):
    version: int
    name: str
    kind: UnitKind
    parent_id: UUID | None
    valid_from_on: date
    recorded_at: datetime


class UnitOut(BaseModel):
    id: UUID
    province_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    kind: UnitKind
    level: str
    valid_from_on: date
    version: int
    profile: str | None = None

    @classmethod
    def of(cls, unit: Unit) -> UnitOut:
        return cls(**_unit_fields(unit))


class UnitDetailOut(UnitOut):
    versions: list[UnitVersionOut]

    @classmethod
    def with_history(cls, unit: Unit, versions: list[dict[str, Any]]) -> UnitDetailOut:
        return cls(**_unit_fields(unit), versions=[UnitVersionOut(**version) for version in versions])


class SavedUnitOut(UnitOut):
    outcome: str

    @classmethod
    def saved(cls, saved: SavedUnit) -> SavedUnitOut:
        return cls(**_unit_fields(saved.unit), outcome=saved.outcome)


class SavedUnitsOut(BaseModel):
    items: list[SavedUnitOut]


def _unit_fields(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "province_id": unit.province_id,
        "parent_id": unit.parent_id,
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.kind.level,
        "valid_from_on": unit.valid_from_on,
        "version": unit.version,
        "profile": unit.profile or None,
    }
