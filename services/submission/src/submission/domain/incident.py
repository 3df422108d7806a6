"""A declared incident: the system was out, so reports went by e-document and are entered afterwards.

Punctuality is judged by that document's date (DT 11.2, QN 9.4), never by when it was entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kit.clock import VIETNAM, vietnam_day

from submission.domain import incident_errors as errors

LONGEST = timedelta(days=30)
OLDEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the province's administrator says: when the system was out, why, decided by which document."""

    title: str
    from_at: datetime
    to_at: datetime
    reason: str
    document_number: str
    document_on: date
    unit_ids: frozenset[UUID] = frozenset()
    """Who could not reach it; none: everybody."""
    recorded: str = ""
    """What the system itself recorded of it, if it was proposed by that."""

    def check(self, now: datetime) -> None:
        if self.to_at <= self.from_at or self.to_at > now:
            raise errors.SpanWrong
        if self.to_at - self.from_at > LONGEST or now - self.from_at > OLDEST:
            raise errors.SpanTooLong(LONGEST.days, OLDEST.days)
        if self.document_on > vietnam_day(now):
            raise errors.DayAhead("document_on")


@dataclass(frozen=True, slots=True)
class Incident:
    id: UUID
    province_id: UUID
    declaration: Declaration
    article: str
    declared_at: datetime
    declared_by: str
    declared_by_name: str


@dataclass(frozen=True, slots=True)
class FallbackDocument:
    """What a report was sent by while the system was out."""

    number: str
    issued_on: date
    sha256: str
    incident_id: UUID

    @property
    def arrived_at(self) -> datetime:
        """The beginning of its day: a document of the last permitted day is in time, whatever its hour."""
        return datetime.combine(self.issued_on, time.min, VIETNAM)


def fallback_under(
    incident: Incident, unit_id: UUID, number: str, issued_on: date, sha256: str, now: datetime
) -> FallbackDocument:
    said = incident.declaration
    if said.unit_ids and unit_id not in said.unit_ids:
        raise errors.UnitNotAffected(said.title, incident.article)
    first, last = vietnam_day(said.from_at), vietnam_day(said.to_at)
    if issued_on > vietnam_day(now):
        raise errors.DayAhead("issued_on")
    if not first <= issued_on <= last:
        raise errors.DocumentOutsideIncident(issued_on, first, last, incident.article)
    return FallbackDocument(number, issued_on, sha256, incident.id)
