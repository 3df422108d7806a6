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
    FORM_RENEWED = "form_renewed"


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
class FormRenewed:
    """A newer version of one of the report's forms: rows and columns that only one of the two has, as printed."""

    form_code: str
    form_name: str
    to_version_id: UUID
    from_number: int
    to_number: int
    rows_added: tuple[str, ...] = ()
    rows_removed: tuple[str, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()


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
    renewed: FormRenewed | None = None

    @property
    def cause(self) -> str:
        """One version is told once to a person, however often it is told here."""
        if self.renewed is not None:
            return f"form_renewed:{self.report.report_id}:{self.renewed.to_version_id}"
        return str(self.event_id)
