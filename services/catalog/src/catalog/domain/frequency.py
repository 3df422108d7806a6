"""How often: kinds of period, single ones of a year such as the first quarter only ("quarter:1"), or every few
years ("several_years:5")."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from kit.errors import InvalidInput, Place
from province_profile import PeriodKind

from catalog.domain.errors import StageLengthWrong

STATED = [kind for kind in PeriodKind if kind is not PeriodKind.ONCE]
"""A report asked for once has no frequency: its regime leaves it empty."""
SHORTEST_STAGE, LONGEST_STAGE = 2, 20


@dataclass(frozen=True, slots=True)
class Frequency:
    kind: PeriodKind
    index: int | None = None
    """Which of its kind in the year; none: all of them."""
    years: int | None = None
    """How many a stage has, of several years only."""

    @classmethod
    def parse(cls, text: str) -> Frequency:
        name, colon, number = text.partition(":")
        if name not in STATED or (colon and not (number.isascii() and number.isdigit())):
            raise InvalidInput(
                "catalog.regime.frequency_unknown",
                f"Không có loại kỳ báo cáo “{text}”.",
                places=(Place(field="frequency"),),
                remedy="Dùng: " + ", ".join(STATED),
            )
        if name == PeriodKind.SEVERAL_YEARS:
            if not colon or not SHORTEST_STAGE <= int(number) <= LONGEST_STAGE:
                raise StageLengthWrong(text, SHORTEST_STAGE, LONGEST_STAGE)
            return cls(PeriodKind.SEVERAL_YEARS, years=int(number))
        return cls(PeriodKind(name), int(number) if colon else None)

    def __str__(self) -> str:
        number = self.index if self.years is None else self.years
        return self.kind if number is None else f"{self.kind}:{number}"

    def wants(self, index: int) -> bool:
        return self.index is None or self.index == index


def missing_days(
    kinds: Collection[PeriodKind], starts_on: date | None, ends_on: date | None
) -> Iterator[tuple[str, str]]:
    """What a regime still has to say where no calendar dates its periods, as (field, words)."""
    bounded = {
        PeriodKind.ONCE: "đợt báo cáo",
        PeriodKind.REAL_TIME: "đợt cập nhật theo thời gian thực",
    }
    for kind in kinds:
        if kind in bounded and not (starts_on and ends_on):
            yield "starts_on", f"ngày bắt đầu và ngày kết thúc của {bounded[kind]}"
        if kind is PeriodKind.SEVERAL_YEARS and not starts_on:
            yield "starts_on", "ngày bắt đầu của giai đoạn báo cáo đầu tiên"


def overlap(frequency: tuple[Frequency, ...]) -> bool:
    """PR-2: two periods of one regime that share a day are explained or refused."""
    return len({(item.kind, item.years) for item in frequency}) > 1
