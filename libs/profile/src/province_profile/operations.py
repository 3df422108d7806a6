"""What running the system owes its users: notice before it is maintained, and what holds while it is out."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Literal, Self

from kit.clock import VIETNAM
from pydantic import Field, model_validator

from province_profile.basis import Basis, Frozen

Weekday = Annotated[int, Field(ge=1, le=7)]
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class Span(Frozen):
    begins: time
    ends: time


class Hours(Basis):
    """Hours of a day, in order; 24:00 can't be written, 23:59:59 can."""

    spans: tuple[Span, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        edges = [edge for span in self.spans for edge in (span.begins, span.ends)]
        if edges != sorted(set(edges)):
            raise ValueError("hours are spans in order that don't touch")
        return self


class WorkingHours(Hours):
    """The hours of a working day; which days are worked is the calendar's to say."""


class AdministrationHours(Hours):
    """When administration may be done (TCVN 11930, level 3), by the clock of Vietnam."""

    weekdays: tuple[Weekday, ...] = Field(min_length=1)
    """1 is Monday, 7 Sunday (ISO 8601): a day off that is swapped doesn't shut administration out."""

    def hold(self, moment: datetime) -> bool:
        local = moment.astimezone(VIETNAM)
        hour = local.time()
        return local.isoweekday() in self.weekdays and any(
            span.begins <= hour < span.ends for span in self.spans
        )

    @property
    def in_words(self) -> str:
        days = ", ".join(_DAYS[day - 1] for day in sorted(set(self.weekdays)))
        hours = ", ".join(f"{span.begins:%H:%M} đến {span.ends:%H:%M}" for span in self.spans)
        return f"{hours}; {days}"


class MaintenanceNotice(Basis):
    """How long before its beginning a maintenance is announced, unless it is an emergency."""

    hours: int = Field(ge=1, le=240)
    counted: Literal["working", "clock"]


class OutageFallback(Basis):
    """Reports sent by e-document while the system is out, entered afterwards."""

    holds: Literal["by_rule", "by_decision"]
    """by_decision: the text is silent, so the operator decides with a document each time."""
    back_fill: Literal["required", "optional"]


class Operations(Frozen):
    working_hours: WorkingHours
    maintenance_notice: MaintenanceNotice
    outage_fallback: OutageFallback
    administration_hours: AdministrationHours | None = None
    """None: at any hour, since no province's text sets any."""
