"""The first version of a calendar year: Vietnam's public holidays as the `holidays` package knows them.

Only a seed: the Government names bridging days year by year, and a province's administrator sets the year right.
"""

from __future__ import annotations

from uuid import UUID

import holidays

from catalog.domain.calendar import CalendarYear


def seed_year(province_id: UUID, year: int) -> CalendarYear:
    seed = holidays.country_holidays("VN", years=year, language="vi")
    made_up = {day: "làm bù" for day in sorted(getattr(seed, "weekend_workdays", ())) if day.year == year}
    return CalendarYear(province_id, year, 1, dict(sorted(seed.items())), made_up)
