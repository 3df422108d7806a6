"""How often: kinds of period, or single ones of a year such as the first quarter only ("quarter:1")."""

from __future__ import annotations

from dataclasses import dataclass

from kit.errors import InvalidInput, Place
from province_profile import PeriodKind


@dataclass(frozen=True, slots=True)
class Frequency:
    kind: PeriodKind
    index: int | None = None
    """Which of its kind in the year; none: all of them."""

    @classmethod
    def parse(cls, text: str) -> Frequency:
        name, colon, index = text.partition(":")
        known = name in set(PeriodKind) and name != PeriodKind.ONCE
        if not known or (colon and not index.isdigit()):
            raise InvalidInput(
                "catalog.regime.frequency_unknown",
                f"Không có loại kỳ báo cáo “{text}”.",
                places=(Place(field="frequency"),),
                remedy="Dùng: " + ", ".join(kind for kind in PeriodKind if kind is not PeriodKind.ONCE),
            )
        return cls(PeriodKind(name), int(index) if colon else None)

    def __str__(self) -> str:
        return self.kind if self.index is None else f"{self.kind}:{self.index}"

    def wants(self, index: int) -> bool:
        return self.index is None or self.index == index
