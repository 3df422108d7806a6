"""A maintenance as the other services hear of it."""

from __future__ import annotations

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from kit.maintenance import ANNOUNCED, ENDED
from kit.outbox import OutboxEvent
from reporting.notify.v1 import events_pb2 as events
from reporting.notify.v1 import notify_pb2 as pb

from notify.domain.maintenance import Announced, Ended, Maintenance


def to_outbox_event(event: Announced | Ended) -> OutboxEvent:
    maintenance = event.maintenance
    told = to_message(maintenance)
    if isinstance(event, Announced):
        return OutboxEvent(
            ANNOUNCED, maintenance.id, maintenance.province_id, events.MaintenanceAnnounced(maintenance=told)
        )
    ended = events.MaintenanceEnded(maintenance=told, cancelled=maintenance.cancelled_at is not None)
    return OutboxEvent(ENDED, maintenance.id, maintenance.province_id, ended)


def to_message(maintenance: Maintenance) -> pb.Maintenance:
    return pb.Maintenance(
        id=str(maintenance.id),
        province_id=str(maintenance.province_id),
        title=maintenance.plan.title,
        starts_at=_moment(maintenance.starts_at),
        ends_at=_moment(maintenance.ends_at),
        emergency=bool(maintenance.plan.emergency_reason),
        version=maintenance.version,
    )


def _moment(at: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(at)
    return stamp
