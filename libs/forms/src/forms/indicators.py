"""What a form knows of the indicators that its rows, columns and cells are bound to."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from forms.base import Frozen


class UnitRule(StrEnum):
    """How an indicator's figures of several units become one."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    RATIO_OF_SUMS = "ratio_of_sums"
    MAX = "max"
    MIN = "min"
    LAST = "last"
    NONE = "none"


class TimeKind(StrEnum):
    """What an indicator's figure says of its period."""

    FLOW = "flow"
    """Thời kỳ: counted over the span."""
    STOCK = "stock"
    """Thời điểm: stands on a day."""
    RATE = "rate"
    """Tỷ lệ, chỉ số, bình quân."""


class BoundIndicator(Frozen):
    """What a form knows of an indicator: the version that was in force when the form was published, whole,
    so that reports of old periods keep the meaning they were made under (DL-11.2, QN-10.3)."""

    id: str
    version_id: str
    code: str
    name: str
    concept: str = ""
    method: str = ""
    source: str = ""
    measure: str = ""
    precision: int | None = None
    rule: UnitRule = UnitRule.SUM
    time_kind: TimeKind = TimeKind.FLOW
    weight_id: str | None = None
    """The indicator that weighs a weighted mean."""
    numerator_id: str | None = None
    denominator_id: str | None = None
    scale: Decimal = Decimal(1)
    """What a ratio of sums is multiplied by: 100 for per cent."""

    @property
    def companions(self) -> tuple[str, ...]:
        """The indicators whose figures this one's rule needs beside it."""
        needed: tuple[str | None, ...] = ()
        if self.rule is UnitRule.WEIGHTED_MEAN:
            needed = (self.weight_id,)
        elif self.rule is UnitRule.RATIO_OF_SUMS:
            needed = (self.numerator_id, self.denominator_id)
        return tuple(one for one in needed if one is not None)
