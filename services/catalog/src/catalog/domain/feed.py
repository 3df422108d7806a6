"""A secret address at which a calendar program reads a unit's deadlines: revocable, known here only by its hash."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from catalog.domain.deadlines import Deadline
from catalog.domain.schedule import ScheduledPeriod


def hash_of(secret: str) -> str:
    """The secret has 256 random bits, so a plain hash of it can't be guessed back."""
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    id: UUID
    province_id: UUID
    unit_id: UUID
    secret_sha256: str
    created_by: UUID
    """The feed shows nothing that this account may not see any more."""
    created_at: datetime
    revoked_at: datetime | None = None

    def revoked(self, at: datetime) -> CalendarFeed:
        return self if self.revoked_at else replace(self, revoked_at=at)


@dataclass(frozen=True, slots=True)
class DueReport:
    """One report a unit owes: the regime, the period, and the deadline of the unit's level."""

    regime_id: UUID
    regime_name: str
    legal_basis: str
    scheduled: ScheduledPeriod
    deadline: Deadline

    @property
    def uid(self) -> str:
        """The same for as long as the report is the same one, so that a moved deadline moves the entry."""
        return f"{self.regime_id}/{self.scheduled.period.key}@reporting"


@dataclass(frozen=True, slots=True)
class UnitDeadlines:
    unit_name: str
    reports: tuple[DueReport, ...]
    made_at: datetime


def deadline_of_level(scheduled: ScheduledPeriod, level: str) -> Deadline | None:
    by_level = {deadline.level: deadline for deadline in scheduled.deadlines}
    return by_level.get(level) or by_level.get("")


def falls_between(deadline: Deadline, from_day: date, to_day: date) -> bool:
    return from_day <= deadline.last_day <= to_day
