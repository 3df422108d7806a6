"""A set of indicators (bộ chỉ tiêu, bộ chỉ số): groups in order, indicators in order, weights where it has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from catalog.domain.catalogue_errors import SetWrong
from catalog.domain.errors import Missing, VersionStale


@dataclass(frozen=True, slots=True)
class SetItem:
    indicator_id: UUID
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SetGroup:
    name: str
    items: tuple[SetItem, ...] = ()
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SetTerms:
    name: str
    note: str = ""
    groups: tuple[SetGroup, ...] = ()

    @property
    def indicator_ids(self) -> tuple[UUID, ...]:
        return tuple(item.indicator_id for group in self.groups for item in group.items)


@dataclass(slots=True)
class IndicatorSet:
    id: UUID
    province_id: UUID
    owner_unit_id: UUID
    code: str
    terms: SetTerms
    changed_at: datetime
    version: int = 1

    @classmethod
    def register(
        cls, id: UUID, *, province_id: UUID, owner_unit_id: UUID, code: str, terms: SetTerms, at: datetime
    ) -> IndicatorSet:
        if not code.strip():
            raise Missing("indicator_set", "code", "Chưa nhập mã bộ chỉ tiêu.")
        _refuse_wrong(terms)
        return cls(id, province_id, owner_unit_id, code.strip(), terms, at)

    def expect(self, version: int) -> None:
        if version != self.version:
            raise VersionStale(version, self.version)

    def change(self, terms: SetTerms, at: datetime) -> None:
        _refuse_wrong(terms)
        self.terms, self.changed_at = terms, at
        self.version += 1


def _refuse_wrong(terms: SetTerms) -> None:
    if not terms.name.strip():
        raise Missing("indicator_set", "name", "Chưa nhập tên bộ chỉ tiêu.")
    if any(not group.name.strip() for group in terms.groups):
        raise SetWrong("Có nhóm chưa có tên.")
    if len(set(terms.indicator_ids)) != len(terms.indicator_ids):
        raise SetWrong("Có chỉ tiêu đứng hai lần trong bộ.")
    weights = [g.weight for g in terms.groups] + [item.weight for g in terms.groups for item in g.items]
    if any(weight is not None and weight < 0 for weight in weights):
        raise SetWrong("Trọng số không được âm.")
