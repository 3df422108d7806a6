"""What was done to a report, kept for ever: one entry for each act, and the receipt of each sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from submission.domain.states import ACTION_NAMES, STATE_NAMES, Action, State


@dataclass(frozen=True, slots=True)
class PinnedCell:
    """Where the person who returned the report wants a correction."""

    form_version_id: UUID | None = None
    row: str = ""
    column: str = ""
    section_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    action: Action
    from_state: State
    to_state: State
    revision: int
    who: str
    who_name: str
    at: datetime
    reason: str = ""
    comment: str = ""
    pinned: tuple[PinnedCell, ...] = ()
    sequence: int = 0
    """Its number in the report's history, from 1; 0 until it is kept."""

    def in_words(self) -> str:
        """One Vietnamese sentence for the history."""
        who = self.who_name or self.who
        sentence = f"{who} {ACTION_NAMES[self.action]} (bản {self.revision})"
        if self.from_state is not self.to_state:
            sentence += f": {STATE_NAMES[self.from_state]} → {STATE_NAMES[self.to_state]}"
        return f"{sentence}. Lý do: {self.reason}" if self.reason else sentence


@dataclass(frozen=True, slots=True)
class Settled:
    """What the unit says about one place it was shown: dealt with or not, and how."""

    act: int
    place: int
    done: bool
    answer: str
    who: str
    who_name: str
    at: datetime


def last_return(acts: Sequence[Act]) -> Act | None:
    """The act that the unit is answering now."""
    return next((act for act in reversed(acts) if act.to_state is State.RETURNED), None)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who sent what, when, in time or late by which rule."""

    id: UUID
    report_id: UUID
    revision: int
    canonical_hash: str
    sent_by: str
    sent_by_name: str
    sent_at: datetime
    due_at: datetime
    late: bool
    rule: str
    article: str
    number: str = ""
    issued_on: str = ""
    document_sha256: str = ""
    nil: bool = False
    incident_id: UUID | None = None
    """The declared incident under which it went by the document below, whose day is the day it arrived."""
    fallback_number: str = ""
    fallback_issued_on: str = ""
    fallback_sha256: str = ""


def taken_in_of(receipt: Receipt, acts: Sequence[Act]) -> Act | None:
    """Who took in what this receipt stands for. A revision is sent once: what comes back is sent as the next."""
    taken = (act for act in acts if act.action is Action.TAKE_IN and act.revision == receipt.revision)
    return next(taken, None)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A revision as it left drafting: one document and its hash, never changed afterwards."""

    canonical_hash: str
    document: bytes
    at: datetime
    explanations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moments:
    """Who did the acts that later acts look back on."""

    submitted_by: str = ""
    submitted_to: str = ""
    approved_by: str = ""
    first_sent_at: datetime | None = None
    sent_at: datetime | None = None
    taken_in_at: datetime | None = None
    taken_in_by: str = ""
    accepted_at: datetime | None = None
    correction_asked_at: datetime | None = None
    correction_due_at: datetime | None = None


ACT_NOTES: dict[Action, Callable[[Moments, str, datetime], Moments]] = {
    Action.APPROVE: lambda moments, who, _: replace(moments, approved_by=who),
    Action.TAKE_IN: lambda moments, who, at: replace(moments, taken_in_at=at, taken_in_by=who),
    Action.ACCEPT: lambda moments, _, at: replace(moments, accepted_at=at),
    Action.ASK_CORRECTION: lambda moments, _, at: replace(moments, correction_asked_at=at),
}
