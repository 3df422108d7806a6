"""What an indicator or a form names must be there, in this province, and usable."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from forms.indicators import BoundIndicator

from catalog.application.ports import UnitOfWork
from catalog.domain.catalogue_errors import EntriesUnknown, IndicatorsUnknown
from catalog.domain.indicator import Indicator, IndicatorTerms, IndicatorVersion
from catalog.domain.shared import EntryKind, SharedEntry


async def refuse_unknown_entries(
    uow: UnitOfWork, province_id: UUID, terms: IndicatorTerms, before: Collection[UUID] = ()
) -> None:
    """An entry retired since may stay where it stood (`before`), but is not chosen anew."""
    entries = {entry.id: entry for entry in await uow.entries.all_of(province_id)}

    def usable(id: UUID, kind: EntryKind) -> bool:
        entry = entries.get(id)
        return entry is not None and entry.kind is kind and (not entry.retired or id in before)

    if terms.measure_id is not None and not usable(terms.measure_id, EntryKind.MEASURE):
        raise EntriesUnknown("measure_id", EntryKind.MEASURE)
    if terms.domain_id is not None and not usable(terms.domain_id, EntryKind.DOMAIN):
        raise EntriesUnknown("domain_id", EntryKind.DOMAIN)
    if not all(usable(id, EntryKind.BREAKDOWN) for id in terms.breakdown_ids):
        raise EntriesUnknown("breakdown_ids", EntryKind.BREAKDOWN)


async def refuse_unknown_companions(uow: UnitOfWork, province_id: UUID, terms: IndicatorTerms) -> None:
    wanted = terms.over_units.companions
    known = await uow.indicators.among(province_id, wanted)
    unknown = [str(id) for id in wanted if id not in known or known[id].merged_into_id is not None]
    if unknown:
        raise IndicatorsUnknown("over_units", unknown)


def entries_of(terms: IndicatorTerms) -> tuple[UUID, ...]:
    found = (terms.measure_id, terms.domain_id, *terms.breakdown_ids)
    return tuple(one for one in found if one is not None)


def bound(
    indicator: Indicator, version: IndicatorVersion, entries: dict[UUID, SharedEntry]
) -> BoundIndicator:
    """The indicator as a form keeps it: its meaning in this version, whole."""
    terms = version.terms
    over = terms.over_units
    measure = entries.get(terms.measure_id) if terms.measure_id else None

    def said(id: UUID | None) -> str | None:
        return None if id is None else str(id)

    return BoundIndicator(
        id=str(indicator.id),
        version_id=str(version.id),
        code=indicator.code,
        name=terms.name,
        concept=terms.concept,
        method=terms.method,
        source=terms.source,
        measure="" if measure is None else measure.terms.symbol or measure.terms.name,
        precision=terms.precision,
        rule=over.rule,
        time_kind=terms.time_kind,
        weight_id=said(over.weight_id),
        numerator_id=said(over.numerator_id),
        denominator_id=said(over.denominator_id),
        scale=over.scale,
    )
