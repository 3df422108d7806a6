"""What the domain says has happened, as the events other services hear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from kit.outbox import OutboxEvent
from reporting.submission.v1 import events_pb2 as pb

from submission.application.telling import ReportTold
from submission.domain.acts import PinnedCell
from submission.domain.events import AggregationMade, FormRenewed, Happened, ReportEvent


def to_outbox(told: ReportTold | AggregationMade) -> OutboxEvent:
    if isinstance(told, AggregationMade):
        return _aggregation(told)
    happened = told.event.happened
    facts = _facts(told)
    return OutboxEvent(
        subject=f"reporting.submission.report.{happened.value}.v1",
        aggregate_id=told.event.report_id,
        province_id=told.assignment.province_id,
        payload=_PAYLOADS[happened](facts, told.event),
    )


_PAYLOADS: Mapping[Happened, Callable[[pb.ReportFacts, ReportEvent], Message]] = {
    Happened.ASSIGNED: lambda facts, _: pb.ReportAssigned(report=facts),
    Happened.SUBMITTED: lambda facts, e: pb.ReportSubmitted(report=facts, to_account_id=e.to_account_id),
    Happened.RETURNED: lambda facts, e: pb.ReportReturned(
        report=facts,
        action=e.action,
        reason=e.reason,
        to_account_id=e.to_account_id,
        places=[_place(place) for place in e.places],
    ),
    Happened.APPROVED: lambda facts, _: pb.ReportApproved(report=facts),
    Happened.SIGNED: lambda facts, _: pb.ReportSigned(report=facts),
    Happened.SENT: lambda facts, e: pb.ReportSent(report=facts, late=e.late, receipt_id=e.receipt_id),
    Happened.RECALLED: lambda facts, e: pb.ReportRecalled(report=facts, reason=e.reason),
    Happened.TAKEN_IN: lambda facts, _: pb.ReportTakenIn(report=facts),
    Happened.ACCEPTED: lambda facts, _: pb.ReportAccepted(report=facts),
    Happened.DEADLINE_MOVED: lambda facts, _: pb.ReportDeadlineMoved(report=facts),
    Happened.FORM_RENEWED: lambda facts, e: _renewed(facts, e.renewed),
    Happened.CORRECTED: lambda facts, e: pb.ReportCorrected(
        report=facts, replaced_revision=e.replaced_revision
    ),
}


def _renewed(facts: pb.ReportFacts, renewed: FormRenewed | None) -> pb.ReportFormRenewed:
    assert renewed is not None
    outline = renewed.outline
    return pb.ReportFormRenewed(
        report=facts, form_code=renewed.form_code, form_name=renewed.form_name,
        from_version_id=str(renewed.from_version_id), to_version_id=str(renewed.to_version_id),
        from_number=renewed.from_number, to_number=renewed.to_number,
        rows_added=outline.rows_added, rows_removed=outline.rows_removed,
        columns_added=outline.columns_added, columns_removed=outline.columns_removed,
    )  # fmt: skip


def _place(place: PinnedCell) -> pb.ReturnedPlace:
    return pb.ReturnedPlace(
        form_version_id=str(place.form_version_id or ""), row=place.row, column=place.column,
        section_id=place.section_id, note=place.note,
    )  # fmt: skip


def _facts(told: ReportTold) -> pb.ReportFacts:
    event, a = told.event, told.assignment
    return pb.ReportFacts(
        report_id=str(event.report_id), province_id=str(a.province_id), assignment_id=str(a.id),
        regime_id=str(a.regime_id), regime_name=a.regime_name, period_key=a.period.key,
        period_label=a.period.label, unit_id=str(a.unit.id), unit_name=a.unit.name,
        lead_unit_id=str(a.lead_unit.id), lead_unit_name=a.lead_unit.name, revision=event.revision,
        report_version=event.report_version, state=event.state.value, due_at=_moment(a.deadline.due_at),
        article=a.deadline.article, canonical_hash=event.canonical_hash, actor=event.who,
        actor_name=event.who_name, acted_at=_moment(event.at),
    )  # fmt: skip


def _aggregation(made: AggregationMade) -> OutboxEvent:
    return OutboxEvent(
        subject="reporting.submission.aggregation.made.v1",
        aggregate_id=made.aggregation_id,
        province_id=made.province_id,
        payload=pb.AggregationMade(
            aggregation_id=str(made.aggregation_id), province_id=str(made.province_id),
            regime_id=str(made.regime_id), period_key=made.period_key,
            lead_unit_id=str(made.lead_unit_id), sources=made.sources, made_at=_moment(made.at),
        ),
    )  # fmt: skip


def _moment(moment: Any) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp
