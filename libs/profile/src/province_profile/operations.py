"""What running the system owes its users: notice before it is maintained, and what holds while it is out."""

from __future__ import annotations

from datetime import time
from typing import Literal, Self

from pydantic import Field, model_validator

from province_profile.basis import Basis, Frozen


class Span(Frozen):
    begins: time
    ends: time


class WorkingHours(Basis):
    """The hours of a working day, in order; which days are worked is the calendar's to say."""

    spans: tuple[Span, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        edges = [edge for span in self.spans for edge in (span.begins, span.ends)]
        if edges != sorted(set(edges)):
            raise ValueError("working hours are spans in order that don't touch")
        return self


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
