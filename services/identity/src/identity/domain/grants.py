"""A grant: an account holds one right at one unit, perhaps below it, perhaps for one regime, for a time.

A revoked grant stays as a tombstone: copies elsewhere must hear of it however late they ask.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from identity.domain.errors import GrantNotFound, Malformed
from identity.domain.rights import AT_THE_ROOT, Right
from identity.domain.units import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class Scope:
    """What makes two grants of an account the same."""

    right: Right
    unit_id: UUID | None
    with_lower: bool
    regime_id: UUID | None


@dataclass(frozen=True, slots=True)
class Grant:
    """Without a unit it holds for the whole stack: the operator's alone."""

    id: UUID
    account_id: UUID
    province_id: UUID | None
    right: Right
    unit_id: UUID | None
    with_lower: bool
    regime_id: UUID | None
    valid_from_on: date
    valid_to_on: date | None
    version: int = 1
    revoked_at: datetime | None = None

    @classmethod
    def give(
        cls,
        grant_id: UUID,
        account_id: UUID,
        *,
        right: Right,
        unit: Unit | None,
        with_lower: bool,
        regime_id: UUID | None,
        valid_from_on: date,
        valid_to_on: date | None,
    ) -> Grant:
        if (unit is None) != (right is Right.OPERATOR):
            raise Malformed("unit_id", "Quyền này phải gắn với một đơn vị.")
        if right in AT_THE_ROOT and (unit is None or unit.kind is not UnitKind.PROVINCE):
            raise Malformed("unit_id", "Quyền quản trị hệ thống của tỉnh chỉ gắn với cấp tỉnh.")
        if valid_to_on is not None and valid_to_on < valid_from_on:
            raise Malformed("valid_to_on", "Ngày hết hiệu lực phải sau ngày có hiệu lực.")
        return cls(
            grant_id,
            account_id,
            unit.province_id if unit else None,
            right,
            unit.id if unit else None,
            with_lower or right in AT_THE_ROOT,
            regime_id,
            valid_from_on,
            valid_to_on,
        )

    @property
    def scope(self) -> Scope:
        return Scope(self.right, self.unit_id, self.with_lower, self.regime_id)

    def in_force(self, on: date) -> bool:
        begun = self.valid_from_on <= on
        return self.revoked_at is None and begun and (self.valid_to_on is None or on <= self.valid_to_on)

    def covers(self, chain: Collection[UUID], unit_id: UUID) -> bool:
        """`chain` is the unit with all units above it."""
        return self.unit_id == unit_id or (self.with_lower and self.unit_id in chain)

    def revoked(self, at: datetime) -> Grant:
        if self.revoked_at is not None:
            raise GrantNotFound
        return replace(self, revoked_at=at, version=self.version + 1)

    def facts(self) -> dict[str, object]:
        return {
            "grant_id": self.id,
            "right": self.right.value,
            "unit_id": self.unit_id,
            "with_lower": self.with_lower,
            "regime_id": self.regime_id,
            "valid_from_on": self.valid_from_on,
            "valid_to_on": self.valid_to_on,
        }
