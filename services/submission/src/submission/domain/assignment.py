"""What a unit was told to report: the regime, the period and the deadline, as they stood when it was opened.

Names and forms are copied in, so that a report stays readable under the unit and the regime it was made
under, whatever happens to them later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from submission.domain.punctuality import Deadline


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    key: str
    kind: str
    label: str
    first_day: date
    last_day: date
    opens_at: datetime | None = None
    cut_off_from: date | None = None
    cut_off_to: date | None = None
    previous_key: str = ""
    last_year_key: str = ""


@dataclass(frozen=True, slots=True)
class UnitAsItWas:
    """The version of a unit the report belongs to."""

    id: UUID
    name: str
    code: str = ""
    level: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class OutlineSection:
    id: str
    heading: str
    level: int = 1
    guidance: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class RegimeFacts:
    """Of a regime what its reports need."""

    id: UUID
    code: str
    name: str
    legal_basis: str
    lead_unit_id: UUID
    reporting_unit_ids: tuple[UUID, ...]
    form_version_ids: tuple[UUID, ...]
    outline: tuple[OutlineSection, ...]
    signing: str
    nil_allowed: bool
    opens_itself: bool
    assigns_itself: bool
    open: bool
    province_id: UUID
    starts_on: date | None = None
    ends_on: date | None = None
    version: int = 0
    receivers: tuple[UUID, ...] = ()
    deciders: tuple[UUID, ...] = ()
    """Accounts of the lead agency that the regime names for taking in, and for approving; none: by their rights."""
    joined: Mapping[UUID, date] = field(default_factory=dict)
    """Units that came after publishing, with their first day: earlier periods are none of theirs."""


@dataclass(frozen=True, slots=True)
class LeveledDeadline:
    level: str
    """Unit level it holds for; empty: every level."""
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Assignment:
    id: UUID
    province_id: UUID
    regime_id: UUID
    regime_code: str
    regime_name: str
    legal_basis: str
    period: ReportingPeriod
    unit: UnitAsItWas
    lead_unit: UnitAsItWas
    deadline: Deadline
    form_version_ids: tuple[UUID, ...]
    outline: tuple[OutlineSection, ...]
    signing: str
    nil_allowed: bool
    opened_at: datetime
    released_at: datetime | None
    parent_id: UUID | None = None
    receivers: tuple[UUID, ...] = ()
    deciders: tuple[UUID, ...] = ()

    @property
    def released(self) -> bool:
        return self.released_at is not None

    def release(self, at: datetime) -> Assignment:
        return self if self.released else replace(self, released_at=at)

    def in_versions(self, moved: Mapping[UUID, UUID]) -> Assignment:
        """The same forms, each in the version its unit has moved to."""
        forms = tuple(moved.get(form, form) for form in self.form_version_ids)
        return replace(self, form_version_ids=forms)

    def moved_to(self, deadline: Deadline) -> Assignment:
        """Only catalog's event changes a deadline."""
        return replace(self, deadline=deadline)


def deadline_for(level: str, deadlines: Iterable[LeveledDeadline]) -> Deadline | None:
    """The deadline of a unit's level, else the one that holds for every level."""
    by_level = {each.level: each.deadline for each in deadlines}
    return by_level.get(level) or by_level.get("")


def units_still_to_assign(
    regime: RegimeFacts, period: ReportingPeriod, already: Iterable[UUID]
) -> Sequence[UUID]:
    """Opening a period again assigns only what is missing, so the job may run any number of times."""
    done = set(already)
    return [
        unit
        for unit in dict.fromkeys(regime.reporting_unit_ids)
        if unit not in done and regime.joined.get(unit, period.first_day) <= period.first_day
    ]


def year_named(period_key: str) -> int | None:
    """The year in which a period begins: keys lead with it, or with what kind of span it is ("GD-2026-01-01")."""
    named = re.match(r"(?:[A-Z]+-)?([12]\d{3})(?!\d)", period_key, re.ASCII)
    return int(named[1]) if named else None


def begins_a_year(period: ReportingPeriod) -> bool:
    """The first of its kind in a year: running totals begin again (PR-1)."""
    return year_named(period.key) != year_named(period.previous_key)


def due_to_open(period: ReportingPeriod, regime: RegimeFacts, now: datetime, today: date) -> bool:
    """`today` is the day in Vietnam: at 00:30 on 1 January there, UTC still says 31 December."""
    if not (regime.open and regime.opens_itself):
        return False
    if regime.starts_on is not None and period.last_day < regime.starts_on:
        return False
    if regime.ends_on is not None and period.first_day > regime.ends_on:
        return False
    return period.opens_at <= now if period.opens_at is not None else period.first_day <= today
