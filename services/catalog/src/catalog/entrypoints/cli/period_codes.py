"""Kinds and codes of periods as people type them: `half-month` 2026-11-A, `school-year` 2026-2027.

The system's own keys differ where a code stands for more or for less: 2026-11-K1, 2026-2027-D and 2026-2027-C.
"""

from __future__ import annotations

import re

from kit.errors import InvalidInput, Place
from province_profile import DATED_BY_THE_REGIME, PeriodKind

from catalog.domain import periods
from catalog.domain.errors import PeriodNotKnown
from catalog.domain.periods import FIRST_YEAR, LAST_YEAR, ReportingPeriod

KINDS = {kind.replace("_", "-"): kind for kind in PeriodKind if kind not in DATED_BY_THE_REGIME}
EXAMPLES = {
    PeriodKind.DAY: "2026-11-23",
    PeriodKind.HALF_MONTH: "2026-11-A, 2026-11-B",
    PeriodKind.MONTH: "2026-11",
    PeriodKind.QUARTER: "2026-Q4",
    PeriodKind.HALF_YEAR: "2026-H1",
    PeriodKind.NINE_MONTHS: "2026-9M",
    PeriodKind.YEAR: "2026",
    PeriodKind.SCHOOL_YEAR: "2026-2027",
}
_HALVES = {"A": "K1", "B": "K2"}


def kind_of(name: str) -> PeriodKind:
    kind = KINDS.get(name)
    if name.replace("-", "_") in DATED_BY_THE_REGIME:
        raise InvalidInput(
            "catalog.period.dated_by_the_regime",
            f"Kỳ báo cáo loại “{name}” không có mã: ngày bắt đầu, kết thúc và thời hạn do chế độ báo cáo nêu.",
            places=(Place(field="kind"),),
            remedy="Xem các kỳ của chế độ báo cáo đó trên Hệ thống, hoặc dùng một trong: " + ", ".join(KINDS),
        )
    if kind is None:
        raise InvalidInput(
            "catalog.period.kind_unknown",
            f"Không có loại kỳ báo cáo “{name}”.",
            places=(Place(field="kind"),),
            remedy="Dùng một trong: " + ", ".join(KINDS),
        )
    return kind


def periods_of(kind: PeriodKind, code: str) -> tuple[ReportingPeriod, ...]:
    """The period a code names; of a school year its two due points, start and end."""
    if kind is PeriodKind.SCHOOL_YEAR:
        found = re.fullmatch(r"(\d{4})-(\d{4})", code, re.ASCII)
        if found and int(found[2]) == int(found[1]) + 1 and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return tuple(periods.of_year(kind, int(found[1])))
        raise _wrong(kind, code)
    key = code
    if kind is PeriodKind.HALF_MONTH:
        key = code[:-1] + _HALVES.get(code[-1:], "")
    try:
        period = periods.of_key(key)
    except PeriodNotKnown as unknown:
        raise _wrong(kind, code) from unknown
    if period.kind is not kind:
        raise _wrong(kind, code)
    return (period,)


def codes_of_year(kind: PeriodKind, year: int) -> list[str]:
    if kind is PeriodKind.SCHOOL_YEAR:
        return [f"{year}-{year + 1}"]
    return [code_of(period) for period in periods.of_year(kind, year)]


def code_of(period: ReportingPeriod) -> str:
    if period.kind is PeriodKind.HALF_MONTH:
        return period.key[:-2] + {"K1": "A", "K2": "B"}[period.key[-2:]]
    return period.key


def _wrong(kind: PeriodKind, code: str) -> InvalidInput:
    return InvalidInput(
        "catalog.period.code_wrong",
        f"“{code}” không phải mã của một kỳ báo cáo loại {kind.replace('_', '-')}.",
        places=(Place(field="period"),),
        remedy=f"Viết như: {EXAMPLES[kind]}.",
    )
