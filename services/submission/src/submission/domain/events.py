"""What has become true of a report. Adapters write these to the outbox; figures never travel in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from forms.matching import Outline

from submission.domain.acts import PinnedCell
from submission.domain.states import Action, State


class Happened(StrEnum):
    """The past tense of the subject: reporting.submission.report.<past>.v1."""

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


HAPPENED: Mapping[Action, Happened] = {
    Action.SUBMIT: Happened.SUBMITTED,
    Action.SUBMIT_NIL: Happened.SUBMITTED,
    Action.PASS_CHECK: Happened.SUBMITTED,
    Action.RETURN: Happened.RETURNED,
    Action.REJECT: Happened.RETURNED,
    Action.WITHDRAW: Happened.RETURNED,
    Action.TAKE_BACK: Happened.RETURNED,
    Action.RECALL: Happened.RECALLED,
    Action.APPROVE: Happened.APPROVED,
    Action.LEADER_SIGN: Happened.SIGNED,
    Action.ISSUE: Happened.SIGNED,
    Action.SEND: Happened.SENT,
    Action.TAKE_IN: Happened.TAKEN_IN,
    Action.ACCEPT: Happened.ACCEPTED,
}
"""What is told of each action; of the others nothing."""


@dataclass(frozen=True, slots=True)
class FormRenewed:
    """A newer version of one of a report's forms, and what changes for whoever fills it in (ADR 0026)."""

    form_code: str
    form_name: str
    from_version_id: UUID
    to_version_id: UUID
    from_number: int
    to_number: int
    outline: Outline


@dataclass(frozen=True, slots=True)
class ReportEvent:
    happened: Happened
    report_id: UUID
    revision: int
    report_version: int
    state: State
    canonical_hash: str
    who: str
    who_name: str
    at: datetime
    action: str = ""
    reason: str = ""
    to_account_id: str = ""
    late: bool = False
    receipt_id: str = ""
    replaced_revision: int = 0
    places: tuple[PinnedCell, ...] = ()
    renewed: FormRenewed | None = None


@dataclass(frozen=True, slots=True)
class AggregationMade:
    aggregation_id: UUID
    province_id: UUID
    regime_id: UUID
    period_key: str
    lead_unit_id: UUID
    sources: int
    at: datetime
