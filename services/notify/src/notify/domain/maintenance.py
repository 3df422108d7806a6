"""A maintenance of the system: announced ahead, read-only while it lasts, ended in time, early, or given up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from notify.domain import maintenance_errors as errors

LONGEST = timedelta(days=3)
FURTHEST = timedelta(days=90)
SHORTEST_REASON = 10


class Stage(Enum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the administrator wants to announce."""

    title: str
    what: str
    starts_at: datetime
    ends_at: datetime
    emergency_reason: str = ""

    def check(self, now: datetime) -> None:
        if self.ends_at <= self.starts_at:
            raise errors.EndsBeforeItStarts
        if self.ends_at - self.starts_at > LONGEST:
            raise errors.TooLong(LONGEST.days)
        if self.ends_at <= now:
            raise errors.LiesInThePast
        if self.starts_at > now + FURTHEST:
            raise errors.TooFarAhead(FURTHEST.days)
        if self.emergency_reason and len(self.emergency_reason) < SHORTEST_REASON:
            raise errors.ReasonTooShort(SHORTEST_REASON)

    def overlaps(self, other: Maintenance) -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Notice:
    """The rule it was announced under, and what that rule made of the announcement's moment."""

    words: str
    article: str
    earliest_at: datetime

    def check(self, plan: Plan) -> None:
        if not plan.emergency_reason and plan.starts_at < self.earliest_at:
            raise errors.AnnouncedTooLate(self.words, self.article, self.earliest_at)


@dataclass(frozen=True, slots=True)
class Document:
    """The official document it was announced by, once it has a number."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Announced:
    """To the copies of the other services."""

    maintenance: Maintenance


@dataclass(frozen=True, slots=True)
class Ended:
    maintenance: Maintenance


@dataclass(slots=True)
class Maintenance:
    id: UUID
    province_id: UUID
    plan: Plan
    notice: Notice
    announced_at: datetime
    announced_by: UUID
    announced_by_name: str
    version: int = 1
    document: Document | None = None
    ended_at: datetime | None = None
    cancelled_at: datetime | None = None
    close_reason: str = ""
    events: list[Announced | Ended] = field(default_factory=list)

    @classmethod
    def announce(
        cls,
        maintenance_id: UUID,
        province_id: UUID,
        plan: Plan,
        notice: Notice,
        *,
        at: datetime,
        by: UUID,
        by_name: str,
    ) -> Maintenance:
        plan.check(at)
        notice.check(plan)
        made = cls(maintenance_id, province_id, plan, notice, at, by, by_name)
        made.events.append(Announced(made))
        return made

    @property
    def starts_at(self) -> datetime:
        return self.plan.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it ended, or will."""
        return self.ended_at or self.plan.ends_at

    def stage(self, now: datetime) -> Stage:
        if self.cancelled_at is not None:
            return Stage.CANCELLED
        if now >= self.ends_at:
            return Stage.ENDED
        return Stage.UNDER_WAY if now >= self.starts_at else Stage.PLANNED

    def expect(self, version: int) -> None:
        if version != self.version:
            raise errors.MovedOn(version, self.version)

    def end(self, at: datetime) -> None:
        if self.stage(at) is not Stage.UNDER_WAY:
            raise errors.NotUnderWay
        self.ended_at = at
        self._closed()

    def cancel(self, reason: str, at: datetime) -> None:
        if self.stage(at) is not Stage.PLANNED:
            raise errors.NotPlanned
        self.cancelled_at, self.close_reason = at, reason
        self._closed()

    def record(self, document: Document) -> None:
        """Its number comes after the draft notice was printed, signed and issued."""
        self.document = document
        self.version += 1

    def pull_events(self) -> list[Announced | Ended]:
        events, self.events = self.events, []
        return events

    def _closed(self) -> None:
        self.version += 1
        self.events.append(Ended(self))
