"""A unit (cơ quan, đơn vị) and its dated versions.

A report belongs to the unit version it was made under, so a change never overwrites: it closes one version
and opens the next (QN-2.1, DT-2.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from identity.domain.errors import ChangeOutOfOrder, Malformed, ParentNotAllowed
from identity.domain.text import clean

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


class UnitKind(StrEnum):
    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    SUBORDINATE = "subordinate"
    OFFICE = "office"
    VERTICAL = "vertical"

    @property
    def level(self) -> str:
        """The level a deadline rule names."""
        return _LEVELS[self]

    @property
    def vietnamese(self) -> str:
        return _NAMES[self]


_LEVELS = {
    UnitKind.PROVINCE: "province",
    UnitKind.DEPARTMENT: "department",
    UnitKind.DISTRICT: "district",
    UnitKind.COMMUNE: "commune",
    UnitKind.SUBORDINATE: "unit",
    UnitKind.OFFICE: "office",
    UnitKind.VERTICAL: "department",
}
_NAMES = {
    UnitKind.PROVINCE: "tỉnh",
    UnitKind.DEPARTMENT: "sở, ban, ngành",
    UnitKind.DISTRICT: "huyện",
    UnitKind.COMMUNE: "xã, phường, đặc khu",
    UnitKind.SUBORDINATE: "đơn vị trực thuộc",
    UnitKind.OFFICE: "phòng, ban",
    UnitKind.VERTICAL: "cơ quan ngành dọc",
}
_AGENCIES = frozenset(
    {UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE, UnitKind.SUBORDINATE, UnitKind.VERTICAL}
)
_PARENTS: dict[UnitKind, frozenset[UnitKind]] = {
    UnitKind.PROVINCE: frozenset(),
    UnitKind.DEPARTMENT: frozenset({UnitKind.PROVINCE}),
    UnitKind.VERTICAL: frozenset({UnitKind.PROVINCE}),
    UnitKind.DISTRICT: frozenset({UnitKind.PROVINCE}),
    UnitKind.COMMUNE: frozenset({UnitKind.PROVINCE, UnitKind.DISTRICT}),
    UnitKind.SUBORDINATE: _AGENCIES | {UnitKind.PROVINCE},
    UnitKind.OFFICE: _AGENCIES | {UnitKind.PROVINCE},
}


@dataclass(frozen=True, slots=True)
class Unit:
    """`version` grows with each change; `valid_from_on` is the day the present version began."""

    id: UUID
    province_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    kind: UnitKind
    valid_from_on: date
    profile: str = ""
    version: int = 1

    @classmethod
    def found_province(cls, unit_id: UUID, *, code: str, name: str, profile: str, on: date) -> Unit:
        return cls(unit_id, unit_id, None, _a_code(code), _a_name(name), UnitKind.PROVINCE, on, profile)

    @classmethod
    def found(cls, unit_id: UUID, parent: Unit, *, code: str, name: str, kind: UnitKind, on: date) -> Unit:
        _may_stand_under(kind, parent)
        return cls(unit_id, parent.province_id, parent.id, _a_code(code), _a_name(name), kind, on)

    def changed(self, *, name: str, kind: UnitKind, parent: Unit | None, from_on: date, today: date) -> Unit:
        """The next version of the unit, or itself when nothing differs."""
        wanted = (_a_name(name), kind, parent.id if parent else None)
        if wanted == (self.name, self.kind, self.parent_id):
            return self
        if parent is not None:
            _may_stand_under(kind, parent)
        elif kind is not UnitKind.PROVINCE or self.kind is not UnitKind.PROVINCE:
            raise ParentNotAllowed(kind.vietnamese, "không có")
        if not self.valid_from_on <= from_on <= today:
            raise ChangeOutOfOrder(f"{self.valid_from_on:%d/%m/%Y}")
        return replace(
            self,
            name=wanted[0],
            kind=kind,
            parent_id=wanted[2],
            valid_from_on=from_on,
            version=self.version + 1,
        )

    def facts(self) -> dict[str, object]:
        """What an audit record and an event say of a unit."""
        return {
            "code": self.code,
            "name": self.name,
            "kind": self.kind.value,
            "parent_id": self.parent_id,
            "valid_from_on": self.valid_from_on,
            "profile": self.profile,
            "version": self.version,
        }


def _may_stand_under(kind: UnitKind, parent: Unit) -> None:
    if parent.kind not in _PARENTS[kind]:
        raise ParentNotAllowed(kind.vietnamese, parent.kind.vietnamese)


def _a_name(name: str) -> str:
    cleaned = clean(name)
    if not 2 <= len(cleaned) <= 200:
        raise Malformed("name", "Tên đơn vị dài từ 2 đến 200 ký tự.")
    return cleaned


def _a_code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise Malformed(
            "code",
            f"Mã đơn vị “{code[:60]}” không hợp lệ.",
            "Dùng chữ không dấu, số, dấu chấm, gạch nối, gạch dưới; tối đa 60 ký tự.",
        )
    return code
