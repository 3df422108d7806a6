"""Another system of the province that is told what happens to reports: ids and moments only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from notify.domain.errors import EventUnknown, SubscriberNameInvalid
from notify.domain.report import Happening, ReportFacts

_NAME = re.compile(r"[a-z][a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Subscriber:
    id: UUID
    province_id: UUID
    # Also the name of its account on the bus, and the second word of its subjects.
    name: str
    events: frozenset[Happening]
    created_at: datetime
    removed_at: datetime | None = None

    def hears(self, happening: Happening, report: ReportFacts) -> bool:
        """Never what belongs to another province."""
        return (
            self.removed_at is None
            and report.province_id == self.province_id
            and (not self.events or happening in self.events)
        )

    def key_of(self, report_id: UUID) -> UUID:
        """The report's key in this subscriber's numbering, so that versions have no gaps."""
        return uuid5(self.id, str(report_id))


def checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise SubscriberNameInvalid(name)
    return name


def checked_events(events: list[str]) -> frozenset[Happening]:
    """Empty: all of them."""
    known = {happening.value: happening for happening in Happening}
    for event in events:
        if event not in known:
            raise EventUnknown(event, ", ".join(known))
    return frozenset(known[event] for event in events)
