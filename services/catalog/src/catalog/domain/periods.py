"""Reporting periods (kỳ báo cáo): their keys, Vietnamese names, days, and which come before them.

A period is the calendar span its name says; the span of its figures is the cut-off (thời gian chốt số liệu),
which the province's text or the regime states.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from province_profile import PeriodKind

from catalog.domain.errors import PeriodNotKnown

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    kind: PeriodKind
    key: str
    label: str
    first_day: date
    last_day: date
    previous_key: str = ""
    last_year_key: str = ""
    part: str | None = None
    """Half months: first, second. School years: start, end."""
    index: int = 1
    """Which of its kind in the year: month 1–12, quarter 1–4, half 1–2."""


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + by
    return months // 12, months % 12 + 1


def day_in_month(year: int, month: int, day: int) -> date:
    """Beyond the end of the month it is its last day."""
    if day <= 28:
        return date(year, month, day)
    return min(date(year, month, 1) + timedelta(days=day - 1), month_end(year, month))


def a_day(day: date) -> ReportingPeriod:
    before = day - timedelta(days=1)
    last_year = day_in_month(day.year - 1, day.month, day.day)
    return ReportingPeriod(
        PeriodKind.DAY,
        day.isoformat(),
        f"Ngày {day:%d/%m/%Y}",
        day,
        day,
        before.isoformat(),
        last_year.isoformat(),
    )


def a_half_month(year: int, month: int, half: int) -> ReportingPeriod:
    first = date(year, month, 1 if half == 1 else 15)
    last = date(year, month, 14) if half == 1 else month_end(year, month)
    before = (year, month) if half == 2 else shift_month(year, month, -1)
    return ReportingPeriod(
        PeriodKind.HALF_MONTH,
        f"{year}-{month:02}-K{half}",
        f"Kỳ 15 ngày từ {first:%d/%m} đến {last:%d/%m/%Y}",
        first,
        last,
        f"{before[0]}-{before[1]:02}-K{3 - half}",
        f"{year - 1}-{month:02}-K{half}",
        part="first" if half == 1 else "second",
        index=(month - 1) * 2 + half,
    )


def a_month(year: int, month: int) -> ReportingPeriod:
    return ReportingPeriod(
        PeriodKind.MONTH,
        f"{year}-{month:02}",
        f"Tháng {month} năm {year}",
        date(year, month, 1),
        month_end(year, month),
        "{}-{:02}".format(*shift_month(year, month, -1)),
        f"{year - 1}-{month:02}",
        index=month,
    )


def a_quarter(year: int, quarter: int) -> ReportingPeriod:
    previous = f"{year}-Q{quarter - 1}" if quarter > 1 else f"{year - 1}-Q4"
    return ReportingPeriod(
        PeriodKind.QUARTER,
        f"{year}-Q{quarter}",
        f"Quý {ROMAN[quarter - 1]} năm {year}",
        date(year, quarter * 3 - 2, 1),
        month_end(year, quarter * 3),
        previous,
        f"{year - 1}-Q{quarter}",
        index=quarter,
    )


def a_half_year(year: int, half: int) -> ReportingPeriod:
    return ReportingPeriod(
        PeriodKind.HALF_YEAR,
        f"{year}-H{half}",
        f"6 tháng {'đầu' if half == 1 else 'cuối'} năm {year}",
        date(year, half * 6 - 5, 1),
        month_end(year, half * 6),
        f"{year}-H1" if half == 2 else f"{year - 1}-H2",
        f"{year - 1}-H{half}",
        index=half,
    )


def nine_months(year: int) -> ReportingPeriod:
    before = f"{year - 1}-9M"
    return ReportingPeriod(
        PeriodKind.NINE_MONTHS,
        f"{year}-9M",
        f"9 tháng năm {year}",
        date(year, 1, 1),
        date(year, 9, 30),
        before,
        before,
    )


def a_year(year: int) -> ReportingPeriod:
    before = str(year - 1)
    return ReportingPeriod(
        PeriodKind.YEAR, str(year), f"Năm {year}", date(year, 1, 1), date(year, 12, 31), before, before
    )


def a_school_year(year: int, part: str) -> ReportingPeriod:
    """`part` start: figures of September. end: figures of the whole school year, to the end of its teaching."""
    letter, words = ("D", "Đầu") if part == "start" else ("C", "Cuối")
    before = f"{year - 1}-{year}-{letter}"
    return ReportingPeriod(
        PeriodKind.SCHOOL_YEAR,
        f"{year}-{year + 1}-{letter}",
        f"{words} năm học {year}–{year + 1}",
        date(year, 9, 1),
        date(year, 9, 30) if part == "start" else date(year + 1, 6, 15),
        before,
        before,
        part=part,
        index=1 if part == "start" else 2,
    )


def once(first_day: date, last_day: date) -> ReportingPeriod:
    return ReportingPeriod(
        PeriodKind.ONCE,
        f"DOT-{first_day.isoformat()}",
        f"Đợt báo cáo từ {first_day:%d/%m/%Y} đến {last_day:%d/%m/%Y}",
        first_day,
        last_day,
    )


def real_time(first_day: date, last_day: date) -> ReportingPeriod:
    return ReportingPeriod(
        PeriodKind.REAL_TIME,
        f"TT-{first_day.isoformat()}",
        f"Thời gian thực từ {first_day:%d/%m/%Y} đến {last_day:%d/%m/%Y}",
        first_day,
        last_day,
    )


def a_stage(anchor: date, years: int, number: int) -> ReportingPeriod:
    """The `number`-th span of several years from `anchor` on; negative: before it."""
    before, first, after = (
        day_in_month(anchor.year + step * years, anchor.month, anchor.day)
        for step in (number - 1, number, number + 1)
    )
    last = after - timedelta(days=1)
    whole_years = (first.month, first.day) == (1, 1)
    return ReportingPeriod(
        PeriodKind.SEVERAL_YEARS,
        f"GD-{first.isoformat()}",
        f"Giai đoạn {first.year}–{last.year}"
        if whole_years
        else f"Giai đoạn từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}",
        first,
        last,
        f"GD-{before.isoformat()}",
    )


def stages(anchor: date, years: int, from_day: date, to_day: date) -> Iterator[ReportingPeriod]:
    """Those that touch a span of days, in order."""
    number = (from_day.year - anchor.year) // years - 1
    while (stage := a_stage(anchor, years, number)).first_day <= to_day:
        if stage.last_day >= from_day:
            yield stage
        number += 1


def of_year(kind: PeriodKind, year: int) -> Iterator[ReportingPeriod]:
    """Every period of a kind whose first day lies in a year; none of the kinds that a regime dates itself."""
    match kind:
        case PeriodKind.DAY:
            first = date(year, 1, 1)
            days = (date(year, 12, 31) - first).days + 1
            yield from (a_day(first + timedelta(days=n)) for n in range(days))
        case PeriodKind.HALF_MONTH:
            yield from (a_half_month(year, month, half) for month in range(1, 13) for half in (1, 2))
        case PeriodKind.MONTH:
            yield from (a_month(year, month) for month in range(1, 13))
        case PeriodKind.QUARTER:
            yield from (a_quarter(year, quarter) for quarter in range(1, 5))
        case PeriodKind.HALF_YEAR:
            yield from (a_half_year(year, half) for half in (1, 2))
        case PeriodKind.NINE_MONTHS:
            yield nine_months(year)
        case PeriodKind.YEAR:
            yield a_year(year)
        case PeriodKind.SCHOOL_YEAR:
            yield from (a_school_year(year, part) for part in ("start", "end"))
        case PeriodKind.SEVERAL_YEARS | PeriodKind.REAL_TIME | PeriodKind.ONCE:
            return


_SHAPES = {
    PeriodKind.DAY: r"(\d{4})-\d\d-\d\d",
    PeriodKind.HALF_MONTH: r"(\d{4})-\d\d-K[12]",
    PeriodKind.MONTH: r"(\d{4})-\d\d",
    PeriodKind.QUARTER: r"(\d{4})-Q[1-4]",
    PeriodKind.HALF_YEAR: r"(\d{4})-H[12]",
    PeriodKind.NINE_MONTHS: r"(\d{4})-9M",
    PeriodKind.YEAR: r"(\d{4})",
    PeriodKind.SCHOOL_YEAR: r"(\d{4})-\d{4}-[DC]",
}
FIRST_YEAR, LAST_YEAR = 1976, 2199


def of_key(key: str) -> ReportingPeriod:
    """The period a key names; what a regime dates itself, only that regime knows."""
    for kind, shape in _SHAPES.items():
        found = re.fullmatch(shape, key, re.ASCII)
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            continue
        period = _day_of_key(key) if kind is PeriodKind.DAY else _among(of_year(kind, int(found[1])), key)
        if period is not None:
            return period
    raise PeriodNotKnown(key)


def _day_of_key(key: str) -> ReportingPeriod | None:
    try:
        return a_day(date.fromisoformat(key))
    except ValueError:
        return None


def _among(found: Iterator[ReportingPeriod], key: str) -> ReportingPeriod | None:
    return next((period for period in found if period.key == key), None)
