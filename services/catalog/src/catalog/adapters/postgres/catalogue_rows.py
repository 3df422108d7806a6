"""Rows of shared catalogues, indicators, their sets and allocation to aggregates and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forms.text import fold, sort_key
from pydantic import TypeAdapter
from sqlalchemy import Row

from catalog.domain.indicator import Indicator, IndicatorTerms, IndicatorVersion
from catalog.domain.indicator_set import IndicatorSet, SetTerms
from catalog.domain.shared import EntryKind, EntryTerms, SharedEntry

ENTRY_TERMS: TypeAdapter[EntryTerms] = TypeAdapter(EntryTerms)
INDICATOR_TERMS: TypeAdapter[IndicatorTerms] = TypeAdapter(IndicatorTerms)
SET_TERMS: TypeAdapter[SetTerms] = TypeAdapter(SetTerms)


def entry_of(row: Row[Any]) -> SharedEntry:
    return SharedEntry(
        row.id, row.province_id, EntryKind(row.kind), row.code, ENTRY_TERMS.validate_python(row.terms),
        row.changed_at, row.retired, row.version,
    )  # fmt: skip


def entry_row(entry: SharedEntry) -> dict[str, Any]:
    terms = entry.terms
    return {
        "id": entry.id,
        "province_id": entry.province_id,
        "kind": entry.kind,
        "code": entry.code,
        "name": terms.name,
        "retired": entry.retired,
        "terms": ENTRY_TERMS.dump_python(terms, mode="json"),
        "changed_at": entry.changed_at,
        "version": entry.version,
        "search_key": fold(f"{entry.code} {terms.name} {terms.symbol}"),
        "sort_key": sort_key(terms.name),
    }


def entry_version_row(entry: SharedEntry, by: str) -> dict[str, Any]:
    return {
        "entry_id": entry.id,
        "number": entry.version,
        "terms": ENTRY_TERMS.dump_python(entry.terms, mode="json"),
        "retired": entry.retired,
        "changed_at": entry.changed_at,
        "changed_by": by,
    }


def indicator_of(row: Row[Any], versions: Sequence[Row[Any]]) -> Indicator:
    return Indicator(
        id=row.id,
        province_id=row.province_id,
        owner_unit_id=row.owner_unit_id,
        code=row.code,
        created_at=row.created_at,
        versions=[
            IndicatorVersion(
                one.id, one.number, INDICATOR_TERMS.validate_python(one.terms), one.created_at,
                one.valid_from, one.published_at,
            )
            for one in versions
        ],
        merged_into_id=row.merged_into_id,
        version=row.version,
        told=row.told,
    )  # fmt: skip


def indicator_row(indicator: Indicator) -> dict[str, Any]:
    shown = indicator.published or indicator.latest
    terms = shown.terms
    state = "published" if shown.published else "draft"
    return {
        "id": indicator.id,
        "province_id": indicator.province_id,
        "owner_unit_id": indicator.owner_unit_id,
        "code": indicator.code,
        "name": terms.name,
        "state": "merged" if indicator.merged_into_id else state,
        "measure_id": terms.measure_id,
        "domain_id": terms.domain_id,
        "merged_into_id": indicator.merged_into_id,
        "created_at": indicator.created_at,
        "version": indicator.version,
        "told": indicator.told,
        "name_key": fold(terms.name),
        "search_key": fold(f"{indicator.code} {terms.name} {terms.national_code}"),
        "sort_key": sort_key(terms.name),
    }


def indicator_version_row(indicator: Indicator, version: IndicatorVersion) -> dict[str, Any]:
    terms = version.terms
    entries = (terms.measure_id, terms.domain_id, *terms.breakdown_ids)
    return {
        "id": version.id,
        "indicator_id": indicator.id,
        "number": version.number,
        "terms": INDICATOR_TERMS.dump_python(terms, mode="json"),
        "entry_ids": [entry for entry in entries if entry is not None],
        "valid_from": version.valid_from,
        "created_at": version.created_at,
        "published_at": version.published_at,
    }


def set_of(row: Row[Any]) -> IndicatorSet:
    return IndicatorSet(
        row.id, row.province_id, row.owner_unit_id, row.code, SET_TERMS.validate_python(row.terms),
        row.changed_at, row.version,
    )  # fmt: skip


def set_row(found: IndicatorSet) -> dict[str, Any]:
    return {
        "id": found.id,
        "province_id": found.province_id,
        "owner_unit_id": found.owner_unit_id,
        "code": found.code,
        "name": found.terms.name,
        "terms": SET_TERMS.dump_python(found.terms, mode="json"),
        "changed_at": found.changed_at,
        "version": found.version,
        "search_key": fold(f"{found.code} {found.terms.name}"),
        "sort_key": sort_key(found.terms.name),
    }
