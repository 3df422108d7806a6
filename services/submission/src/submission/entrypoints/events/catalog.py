"""Deadlines moved by catalog."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kit.bus import Delivery
from reporting.catalog.v1 import events_pb2 as pb

from submission.application.reactions.deadline_changed import move_deadlines
from submission.wire import period_of

SUBJECTS = ["reporting.catalog.deadline.changed.v1"]


async def on_deadline_changed(delivery: Delivery, uow: Any) -> None:
    told = delivery.parse(pb.DeadlineChanged)
    await move_deadlines(uow, UUID(told.regime_id), period_of(told.period), delivery.at)
