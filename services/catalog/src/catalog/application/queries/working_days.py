"""The working days of a province in a span: what hours of notice are counted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kit.actor import Actor

from catalog.application.calendars import CalendarKeeper
from catalog.application.whereabouts import Whereabouts
from catalog.domain.errors import SpanTooLong

LONGEST = 100


@dataclass(frozen=True, slots=True)
class WorkingDays:
    whereabouts: Whereabouts
    calendars: CalendarKeeper

    async def for_service(self, actor: Actor, province_id: UUID, from_day: date, to_day: date) -> list[date]:
        """A person's province is their own, whatever is asked for."""
        province_id = await self.whereabouts.wall_of(actor) or province_id
        length = (to_day - from_day).days + 1
        if length > LONGEST:
            raise SpanTooLong(length, LONGEST)
        calendar = await self.calendars.covering(province_id, range(from_day.year, to_day.year + 1))
        days = (from_day + timedelta(days=n) for n in range(length))
        return [day for day in days if calendar.why_off(day) is None]
