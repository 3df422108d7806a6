"""What an outside subscriber is told: ids and moments, never figures, names or reasons."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp
from kit.outbox import OutboxEvent
from reporting.notify.v1.events_pb2 import OutsideReportEvent

from notify.application.ports import OutsideEvent


def to_outbox_event(event: OutsideEvent) -> OutboxEvent:
    report = event.report
    payload = OutsideReportEvent(
        report_id=str(report.report_id),
        regime_id=str(report.regime_id),
        period_key=report.period_key,
        unit_id=str(report.unit_id),
        state=report.state,
        revision=report.revision,
        late=event.late,
    )
    payload.acted_at.CopyFrom(_timestamp(event.acted_at.timestamp()))
    if report.due_at is not None:
        payload.due_at.CopyFrom(_timestamp(report.due_at.timestamp()))
    return OutboxEvent(
        subject=f"outside.{event.subscriber.name}.report.{event.happening.value}.v1",
        aggregate_id=event.subscriber.key_of(report.report_id),
        province_id=report.province_id,
        payload=payload,
    )


def _timestamp(seconds: float) -> Timestamp:
    return Timestamp(seconds=int(seconds), nanos=round(seconds % 1 * 1_000_000) * 1000)
