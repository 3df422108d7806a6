"""The first version of a calendar year: Vietnam's public holidays as the `holidays` package knows them.

Only a seed: the Government names bridging days year by year, and a province's administrator sets the year right.
The years people work with stand in holiday_seed.csv, so that an upgrade of the package moves no deadline unseen and
the command line starts at once; `python -m catalog.adapters.holiday_seed` writes the table again.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from catalog.domain.calendar import CalendarYear
from catalog.domain.periods import FIRST_YEAR, LAST_YEAR

NO_PROVINCE = UUID(int=0)
TABLE = Path(__file__).with_name("holiday_seed.csv")
TABLED = range(2015, 2041)
OFF, MADE_UP = "off", "made_up"

# Working days given off for a Saturday, decided too late for the package: document 12729/VPCP-KGVX of 25 December 2025.
_SWAPPED = {date(2026, 1, 2): date(2026, 1, 10)}

Days = Mapping[date, str]


def seed_year(province_id: UUID, year: int) -> CalendarYear:
    found = _table().get(year) or from_package(year)
    return CalendarYear(province_id, year, 1, found[OFF], found[MADE_UP])


def from_package(year: int) -> dict[str, Days]:
    import holidays  # a third of a second; years of the table never need it

    seed = holidays.country_holidays("VN", years=year, language="vi")
    swapped = {day: f"Ngày nghỉ (thay cho ngày {worked:%d/%m/%Y})" for day, worked in _SWAPPED.items()}
    off = {**seed, **{day: name for day, name in swapped.items() if day.year == year}}
    worked = {day for day in (*getattr(seed, "weekend_workdays", ()), *_SWAPPED.values()) if day.year == year}
    return {OFF: dict(sorted(off.items())), MADE_UP: dict.fromkeys(sorted(worked), "làm bù")}


@cache
def _table() -> dict[int, dict[str, dict[date, str]]]:
    years: dict[int, dict[str, dict[date, str]]] = {year: {OFF: {}, MADE_UP: {}} for year in TABLED}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["day"])
            years[day.year][row["kind"]][day] = row["name"]
    return years


def write_table() -> str:
    lines = ["day,kind,name"]
    for year in TABLED:
        days = from_package(year)
        lines += sorted(f"{day},{kind},{name}" for kind in (OFF, MADE_UP) for day, name in days[kind].items())
    return "\n".join(lines) + "\n"


class SeededYears(Mapping[int, CalendarYear]):
    """Every year as seeded, each made when it is asked for: the calendar of the command line."""

    def __init__(self) -> None:
        self._made: dict[int, CalendarYear] = {}

    def __getitem__(self, year: int) -> CalendarYear:
        if not FIRST_YEAR <= year <= LAST_YEAR + 3:
            raise KeyError(year)
        if year not in self._made:
            self._made[year] = seed_year(NO_PROVINCE, year)
        return self._made[year]

    def __iter__(self) -> Iterator[int]:
        return iter(range(FIRST_YEAR, LAST_YEAR + 4))

    def __len__(self) -> int:
        return LAST_YEAR + 4 - FIRST_YEAR


if __name__ == "__main__":
    sys.stdout.write(write_table())
