"""Writes the tables of deadlines beside it, from the texts of the law and by hand-written arithmetic.

Shares no code with the service: not the profiles, the calendar, the periods or the rules. `python
tests/catalog/tables/second_program.py` writes <profile>.csv for each province; a test compares them with the service.

Where a province's text states no deadline, an example rule stands in its place and the column `rule_from` says
"example". `in_force` says "no" where the period ended before the province's text had effect; the first text is then
applied all the same.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TextIO

sys.path.insert(0, str(Path(__file__).parent))
import lunar

HERE = Path(__file__).parent
YEARS = range(2024, 2028)
CALENDAR_YEARS = range(2023, 2031)
PROVINCES = ("dak-lak", "dong-nai", "dong-thap", "quang-ngai", "thanh-hoa")
ROLLS = {"dak-lak"}  # DL 14.2
FIRST_DAY_IN_FORCE = {"dak-lak": date(2023, 1, 10), "dong-thap": date(2026, 1, 1)}
COLUMNS = (
    "kind", "period", "part", "label", "cut_off_from", "cut_off_to", "rule", "rule_from", "named_day",
    "last_day", "due", "in_force",
)  # fmt: skip
ONE = timedelta(days=1)

# --- days off: Labour Code 2019, articles 111.3 and 112 -----------------------------------------------------------
# The Prime Minister names each year the days around Tết and the second day of the National Day (article 112.3):
# 2024: notice 5015/TB-LĐTBXH; 2025: 6150/TB-BLĐTBXH; 2026: as announced. Later years: as expected, until announced.
TET_DAYS_BEFORE = {2023: 2, 2024: 2, 2025: 2, 2026: 1, 2027: 2, 2028: 2, 2029: 1, 2030: 2}
NATIONAL_DAY_BESIDE = {2023: 1, 2024: 3, 2025: 1, 2026: 1, 2027: 3, 2028: 1, 2029: 3, 2030: 3}
# Swapped days: off → worked instead.
SWAPS = {
    date(2024, 4, 29): date(2024, 5, 4),
    date(2025, 5, 2): date(2025, 4, 26),
    date(2026, 1, 2): date(2026, 1, 10),  # 12729/VPCP-KGVX of 25 December 2025
    date(2026, 8, 31): date(2026, 8, 22),
}


def statutory(year: int) -> set[date]:
    """Article 112.1; and 24/11, day of Vietnamese culture, off from 2026 by Resolution 80-NQ/TW."""
    tet = lunar.new_year(year)
    first = tet - TET_DAYS_BEFORE[year] * ONE
    days = {first + n * ONE for n in range(5)}
    days |= {date(year, 1, 1), lunar.hung_kings(year), date(year, 4, 30), date(year, 5, 1)}
    days |= {date(year, 9, 2), date(year, 9, NATIONAL_DAY_BESIDE[year])}
    if year >= 2026:
        days.add(date(year, 11, 24))
    return days


def days_off(year: int) -> set[date]:
    """With a day instead of each holiday on a weekly rest day (article 111.3), and the swapped days."""
    days = statutory(year)
    for day in sorted(days):
        if day.weekday() >= 5:
            instead = day
            while instead in days or instead.weekday() >= 5:
                instead += ONE
            days.add(instead)
    return days | {day for day in SWAPS if day.year == year}


OFF = {day for year in CALENDAR_YEARS for day in days_off(year)}
WORKED = set(SWAPS.values())


def works(day: date) -> bool:
    return day not in OFF and (day.weekday() < 5 or day in WORKED)


def rolled(day: date) -> date:
    while not works(day):
        day += ONE
    return day


# --- periods ------------------------------------------------------------------------------------------------------
@dataclass
class Period:
    kind: str
    code: str
    label: str
    first: date
    last: date
    part: str = ""


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - ONE


def periods(year: int) -> Iterator[Period]:
    day = date(year, 1, 1)
    while day.year == year:
        yield Period("day", f"{day}", f"Ngày {day:%d/%m/%Y}", day, day)
        day += ONE
    for month in range(1, 13):
        code, end = f"{year}-{month:02}", month_end(year, month)
        yield Period(
            "half-month", code + "-A", f"Kỳ 15 ngày từ 01/{month:02} đến 14/{month:02}/{year}",
            date(year, month, 1), date(year, month, 14),
        )  # fmt: skip
        yield Period(
            "half-month",
            code + "-B",
            f"Kỳ 15 ngày từ 15/{month:02} đến {end:%d/%m/%Y}",
            date(year, month, 15),
            end,
        )
        yield Period("month", code, f"Tháng {month} năm {year}", date(year, month, 1), end)
    for quarter, roman in enumerate(("I", "II", "III", "IV"), start=1):
        yield Period(
            "quarter", f"{year}-Q{quarter}", f"Quý {roman} năm {year}",
            date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter),
        )  # fmt: skip
    yield Period("half-year", f"{year}-H1", f"6 tháng đầu năm {year}", date(year, 1, 1), date(year, 6, 30))
    yield Period("half-year", f"{year}-H2", f"6 tháng cuối năm {year}", date(year, 7, 1), date(year, 12, 31))
    yield Period("nine-months", f"{year}-9M", f"9 tháng năm {year}", date(year, 1, 1), date(year, 9, 30))
    yield Period("year", f"{year}", f"Năm {year}", date(year, 1, 1), date(year, 12, 31))
    school = f"{year}-{year + 1}"
    words = f"năm học {year}–{year + 1}"
    yield Period("school-year", school, "Đầu " + words, date(year, 9, 1), date(year, 9, 30), "start")
    yield Period("school-year", school, "Cuối " + words, date(year, 9, 1), date(year + 1, 6, 15), "end")


def cut_off(province: str, period: Period) -> tuple[date, date]:
    """TH 6.1–6.6; elsewhere Decree 09/2019, which has the same spans for month, quarter, half-year and year."""
    if period.kind in ("month", "quarter", "half-year", "year"):
        before = period.first - ONE
        return date(before.year, before.month, 15), date(period.last.year, period.last.month, 14)
    if province == "thanh-hoa" and period.part == "start":
        return period.first, date(period.first.year, 9, 19)
    return period.first, period.last


# --- rules: (words in the grammar, where from) --------------------------------------------------------------------
EXAMPLES = {
    "day": "1 working day after end",
    "half-month": "3 working days after end",
    "month": "by day 20",
    "quarter": "before day 20",
    "half-year": "by day 20",
    "nine-months": "by day 10 +1 month",
    "year": "before day 25 at 17:00",
    "school-year": "5 days after end",
}


def rule_of(province: str, period: Period) -> tuple[str, str]:
    if province == "thanh-hoa" and period.kind != "nine-months":
        if period.kind == "day":
            return "before 1 day after period at 16:30", "TH 7.1"
        if period.kind == "half-month":
            return ("before day 20" if period.code.endswith("A") else "before day 5 +1 month"), "TH 7.2"
        articles = {"month": "TH 7.3", "quarter": "TH 7.4", "half-year": "TH 7.5", "year": "TH 7.6"}
        return "before day 20", articles.get(period.kind, "TH 7.6")
    return EXAMPLES[period.kind], "example"


def named_day(rule: str, period: Period, end: date) -> date:
    words = rule.split(" at ")[0].removeprefix("before ").removeprefix("by ").split()
    if words[0] == "day":
        months = int(words[2].removeprefix("+")) if len(words) > 2 else 0
        year, month = period.last.year, period.last.month + months
        if month > 12:
            year, month = year + 1, month - 12
        return min(date(year, month, 1) + (int(words[1]) - 1) * ONE, month_end(year, month))
    count = int(words[0])
    day = period.last if words[-1] == "period" else end
    if words[1] != "working":
        return day + count * ONE
    while count:
        day += ONE
        count -= works(day)
    return day


def row(province: str, period: Period) -> dict[str, str]:
    begin, end = cut_off(province, period)
    rule, rule_from = rule_of(province, period)
    named = named_day(rule, period, end)
    hour = rule.split(" at ")[1] if " at " in rule else ""
    exclusive = rule.startswith("before ")
    last = named - ONE if exclusive and not hour else named
    if province in ROLLS:
        last = rolled(last)
    due = f"{last}T{hour}:00+07:00" if hour and exclusive else f"{last + ONE}T00:00:00+07:00"
    first_day = FIRST_DAY_IN_FORCE.get(province, date.min)
    return {
        "kind": period.kind,
        "period": period.code,
        "part": period.part,
        "label": period.label,
        "cut_off_from": f"{begin}",
        "cut_off_to": f"{end}",
        "rule": rule,
        "rule_from": rule_from,
        "named_day": f"{named}",
        "last_day": f"{last}",
        "due": due,
        "in_force": "yes" if period.last >= first_day else "no",
    }


def write(province: str, out: TextIO) -> None:
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    found = [period for year in YEARS for period in periods(year)]
    order = list(EXAMPLES)
    found.sort(key=lambda period: (order.index(period.kind), period.first, period.last))
    table.writerows(row(province, period) for period in found)


if __name__ == "__main__":
    for name in PROVINCES:
        with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            write(name, file)
