"""The lead agency's aggregate of one period: what was accepted, by each cell's rule, with where it came from.

Made from accepted revisions alone. Whether it is stale is computed each time it is looked at, by comparing
the revisions it was made of with those accepted now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from forms.values import Figures

from submission.domain.moving import UnitFallen


@dataclass(frozen=True, slots=True)
class SourceRevision:
    """One accepted revision of one unit."""

    report_id: UUID
    revision: int
    unit_id: UUID
    unit_name: str
    canonical_hash: str
    nil: bool = False
    figures: Mapping[UUID, Figures] = field(default_factory=dict)
    sealed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AggregatedForm:
    form_version_id: UUID
    figures: Figures
    computed: Figures
    contributions: Mapping[str, Any]
    """"row/column" → what each unit gave."""
    row_sources: Mapping[str, str]
    """List row → the unit it came from."""
    fallen: tuple[UnitFallen, ...] = ()
    """Figures of reports made in another version of the form that have no place in this one."""


@dataclass(frozen=True, slots=True)
class AggregationFacts:
    regime_code: str
    regime_name: str
    period_label: str
    lead_unit_name: str
    units_assigned: int


@dataclass(frozen=True, slots=True)
class Aggregation:
    id: UUID
    province_id: UUID
    regime_id: UUID
    period_key: str
    lead_unit_id: UUID
    version: int
    made_at: datetime
    made_by: str
    facts: AggregationFacts
    sources: tuple[SourceRevision, ...]
    forms: tuple[AggregatedForm, ...]

    def form(self, form_version_id: UUID) -> AggregatedForm | None:
        return next((form for form in self.forms if form.form_version_id == form_version_id), None)


@dataclass(frozen=True, slots=True)
class SourceChange:
    unit_id: UUID
    unit_name: str
    report_id: UUID
    before: int | None
    """The revision aggregated; None: not part of it."""
    now: int | None
    """The revision accepted now; None: no longer accepted."""


def changes_since(
    made_of: Iterable[SourceRevision], accepted: Iterable[SourceRevision]
) -> list[SourceChange]:
    """Empty: the aggregate is current. Else it is stale, and this says why."""
    before = {source.report_id: source for source in made_of}
    now = {source.report_id: source for source in accepted}
    changes: list[SourceChange] = []
    for report_id in sorted(before.keys() | now.keys(), key=str):
        old, new = before.get(report_id), now.get(report_id)
        if old is not None and new is not None and old.canonical_hash == new.canonical_hash:
            continue
        known = new or old
        assert known is not None
        changes.append(
            SourceChange(
                known.unit_id,
                known.unit_name,
                report_id,
                None if old is None else old.revision,
                None if new is None else new.revision,
            )
        )
    return changes
