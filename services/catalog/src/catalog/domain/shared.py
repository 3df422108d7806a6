"""Shared catalogues (danh mục dùng chung; TH-14.1đ, DT-5.2b): units of measure, domains, breakdowns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from catalog.domain.catalogue_errors import BreakdownItemInUse, BreakdownItemsMissing
from catalog.domain.errors import Missing, VersionStale


class EntryKind(StrEnum):
    MEASURE = "measure"
    DOMAIN = "domain"
    BREAKDOWN = "breakdown"


@dataclass(frozen=True, slots=True)
class BreakdownItem:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class EntryTerms:
    name: str
    symbol: str = ""
    """How a unit of measure is written: "km²"."""
    note: str = ""
    source: str = ""
    """The text that an entry comes from; empty: the province's own."""
    items: tuple[BreakdownItem, ...] = ()


@dataclass(slots=True)
class SharedEntry:
    """One unit of measure, domain or breakdown. Every state it was in is kept."""

    id: UUID
    province_id: UUID
    kind: EntryKind
    code: str
    terms: EntryTerms
    changed_at: datetime
    retired: bool = False
    version: int = 1

    @classmethod
    def register(
        cls, id: UUID, *, province_id: UUID, kind: EntryKind, code: str, terms: EntryTerms, at: datetime
    ) -> SharedEntry:
        if not code.strip():
            raise Missing("entry", "code", "Chưa nhập mã.")
        _refuse_incomplete(kind, terms)
        return cls(id, province_id, kind, code.strip(), terms, at)

    def expect(self, version: int) -> None:
        if version != self.version:
            raise VersionStale(version, self.version)

    def change(self, terms: EntryTerms, *, retired: bool, used: bool, at: datetime) -> None:
        """Items of a breakdown that figures may stand under are never taken away."""
        _refuse_incomplete(self.kind, terms)
        kept = {item.code for item in terms.items}
        gone = [item.code for item in self.terms.items if item.code not in kept]
        if gone and used:
            raise BreakdownItemInUse(gone)
        self.terms, self.retired, self.changed_at = terms, retired, at
        self.version += 1


def _refuse_incomplete(kind: EntryKind, terms: EntryTerms) -> None:
    if not terms.name.strip():
        raise Missing("entry", "name", "Chưa nhập tên.")
    if kind is not EntryKind.BREAKDOWN:
        return
    codes = {item.code.strip() for item in terms.items}
    named = all(item.code.strip() and item.name.strip() for item in terms.items)
    if len(codes) < 2 or len(codes) != len(terms.items) or not named:
        raise BreakdownItemsMissing
