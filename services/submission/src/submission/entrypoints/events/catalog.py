"""Deadlines moved by catalog, newer versions of forms that regimes took."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kit.bus import Delivery
from reporting.catalog.v1 import events_pb2 as pb

from submission.application.reactions.deadline_changed import move_deadlines
from submission.application.reactions.form_taken import tell_of_newer_form
from submission.wire import period_of

DEADLINES = ["reporting.catalog.deadline.changed.v1"]
FORMS_TAKEN = ["reporting.catalog.regime.form_taken.v1"]


async def on_deadline_changed(delivery: Delivery, uow: Any) -> None:
    told = delivery.parse(pb.DeadlineChanged)
    await move_deadlines(uow, UUID(told.regime_id), period_of(told.period), delivery.at)


async def on_form_taken(delivery: Delivery, uow: Any) -> None:
    told = delivery.parse(pb.RegimeFormTaken)
    await tell_of_newer_form(uow, UUID(told.regime_id), UUID(told.to_version_id), told.actor, delivery.at)
