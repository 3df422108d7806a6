"""A report as notify knows it: from its events alone, enough to write to a person about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class Happening(Enum):
    """The past tense of a report's event."""

    ASSIGNED = "assigned"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SIGNED = "signed"
    SENT = "sent"
    RECALLED = "recalled"
    TAKEN_IN = "taken_in"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    DEADLINE_MOVED = "deadline_moved"


# After these the unit has nothing left to do before the deadline.
_DONE = frozenset({"sent", "accepted"})


@dataclass(frozen=True, slots=True)
class ReportFacts:
    report_id: UUID
    province_id: UUID
    regime_id: UUID
    regime_name: str
    period_key: str
    period_label: str
    unit_id: UUID
    unit_name: str
    lead_unit_id: UUID
    lead_unit_name: str
    revision: int
    version: int
    state: str
    due_at: datetime | None
    article: str

    @property
    def open(self) -> bool:
        return self.state not in _DONE


@dataclass(frozen=True, slots=True)
class ReportEvent:
    """One event of a report, with what only some of them tell."""

    event_id: UUID
    happening: Happening
    report: ReportFacts
    actor: str
    actor_name: str
    acted_at: datetime
    reason: str = ""
    action: str = ""
    to_account_id: UUID | None = None
    late: bool = False
