"""Lists of reports: one line each, read without building the report, always within what somebody may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from submission.application.ports import Reach, ReportFilter
from submission.domain.punctuality import Punctuality, judge
from submission.domain.states import Role, State
from submission.domain.workflow import NOT_SENT_YET


@dataclass(frozen=True, slots=True)
class ReportLine:
    id: UUID
    version: int
    state: State
    revision: int
    accepted_revision: int | None
    province_id: UUID
    unit_id: UUID
    unit_code: str
    unit_name: str
    lead_unit_id: UUID
    lead_unit_name: str
    regime_id: UUID
    regime_code: str
    regime_name: str
    signing: str
    nil_allowed: bool
    period_key: str
    period_label: str
    last_day: date
    due_at: datetime
    rule: str
    article: str
    steps: tuple[str, ...]
    released: bool
    imported: bool
    submitted_to: str
    first_sent_at: datetime | None
    sent_at: datetime | None
    taken_in_at: datetime | None
    accepted_at: datetime | None
    correction_asked_at: datetime | None
    correction_due_at: datetime | None
    number: str
    changed_at: datetime
    nil: bool
    named: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    """Accounts of the lead agency that the regime names."""

    def punctuality(self, now: datetime) -> Punctuality:
        return judge(
            self.due_at,
            now,
            first_sent_at=self.first_sent_at,
            owed=self.state in NOT_SENT_YET and not self.imported,
            correction_due_at=self.correction_due_at,
        )


@dataclass(frozen=True, slots=True)
class LinePage:
    items: Sequence[ReportLine]
    next: str | None


class ReportLines(Protocol):
    async def page(self, wanted: ReportFilter, reach: Reach, cursor: str | None, limit: int) -> LinePage: ...
    async def waiting(self, reach: Reach, rights: Sequence[str], limit: int) -> Sequence[ReportLine]: ...
    async def of_period(
        self, regime_id: UUID, period_key: str, province_id: UUID
    ) -> Sequence[ReportLine]: ...
    async def found(self, text: str, reach: Reach, limit: int) -> Sequence[ReportLine]: ...
