"""Events of other services as notify's reactions take them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from kit.bus import Broken, Consumer, Delivery
from reporting.catalog.v1 import events_pb2 as catalog
from reporting.signing.v1 import events_pb2 as signing
from reporting.submission.v1 import events_pb2 as submission

from notify.application.app import NotifyApp
from notify.domain.report import FormRenewed, Happening, ReportEvent, ReportFacts
from notify.entrypoints.events.catalog import to_announcement_days, to_registration_step

_MESSAGES: dict[Happening, type[Message]] = {
    Happening.ASSIGNED: submission.ReportAssigned,
    Happening.SUBMITTED: submission.ReportSubmitted,
    Happening.RETURNED: submission.ReportReturned,
    Happening.APPROVED: submission.ReportApproved,
    Happening.SIGNED: submission.ReportSigned,
    Happening.SENT: submission.ReportSent,
    Happening.RECALLED: submission.ReportRecalled,
    Happening.TAKEN_IN: submission.ReportTakenIn,
    Happening.ACCEPTED: submission.ReportAccepted,
    Happening.CORRECTED: submission.ReportCorrected,
    Happening.DEADLINE_MOVED: submission.ReportDeadlineMoved,
    Happening.FORM_RENEWED: submission.ReportFormRenewed,
}


def consumers(app: NotifyApp) -> list[Consumer]:
    async def on_report(delivery: Delivery, uow: Any) -> None:
        await app.report_moved(to_report_event(delivery), uow)

    async def on_signing_refused(delivery: Delivery, uow: Any) -> None:
        told = delivery.parse(signing.RequestRefused)
        await app.signing_refused(
            delivery.event_id, UUID(told.request.report_id), told.reason, delivery.at, uow
        )

    async def on_regime_closed(delivery: Delivery, uow: Any) -> None:
        told = delivery.parse(catalog.RegimeClosed)
        await app.regime_closed(delivery.event_id, UUID(told.regime.id), delivery.at, uow)

    async def on_registration(delivery: Delivery, uow: Any) -> None:
        await app.registration_moved(to_registration_step(delivery), uow)

    async def on_announcement(delivery: Delivery, uow: Any) -> None:
        await app.announcement_due(to_announcement_days(delivery), uow)

    return [
        Consumer("notify-reports", ["reporting.submission.report.*.v1"], on_report),
        Consumer("notify-signing", ["reporting.signing.request.refused.v1"], on_signing_refused),
        Consumer("notify-regimes", ["reporting.catalog.regime.closed.v1"], on_regime_closed),
        Consumer("notify-registrations", ["reporting.catalog.form_registration.moved.v1"], on_registration),
        Consumer("notify-announcements", ["reporting.catalog.regime_announcement.due.v1"], on_announcement),
    ]


def to_report_event(delivery: Delivery) -> ReportEvent:
    try:
        happening = Happening(delivery.subject.split(".")[3])
    except ValueError as error:
        raise Broken(f"không biết sự kiện {delivery.subject}") from error
    told: Any = delivery.parse(_MESSAGES[happening])
    facts = told.report
    try:
        return ReportEvent(
            event_id=delivery.event_id,
            happening=happening,
            report=_facts(facts),
            actor=facts.actor,
            actor_name=facts.actor_name,
            acted_at=_moment(facts, "acted_at") or delivery.at,
            reason=getattr(told, "reason", ""),
            action=getattr(told, "action", ""),
            to_account_id=_account(getattr(told, "to_account_id", "")),
            late=getattr(told, "late", False),
            renewed=_renewed(told) if happening is Happening.FORM_RENEWED else None,
        )
    except ValueError as error:
        raise Broken(f"nội dung sự kiện không đúng: {error}") from error


def _renewed(told: submission.ReportFormRenewed) -> FormRenewed:
    return FormRenewed(
        form_code=told.form_code,
        form_name=told.form_name,
        to_version_id=UUID(told.to_version_id),
        from_number=told.from_number,
        to_number=told.to_number,
        rows_added=tuple(told.rows_added),
        rows_removed=tuple(told.rows_removed),
        columns_added=tuple(told.columns_added),
        columns_removed=tuple(told.columns_removed),
    )


def _facts(facts: submission.ReportFacts) -> ReportFacts:
    return ReportFacts(
        report_id=UUID(facts.report_id),
        province_id=UUID(facts.province_id),
        regime_id=UUID(facts.regime_id),
        regime_name=facts.regime_name,
        period_key=facts.period_key,
        period_label=facts.period_label,
        unit_id=UUID(facts.unit_id),
        unit_name=facts.unit_name,
        lead_unit_id=UUID(facts.lead_unit_id),
        lead_unit_name=facts.lead_unit_name,
        revision=facts.revision,
        version=facts.report_version,
        state=facts.state,
        due_at=_moment(facts, "due_at"),
        article=facts.article,
    )


def _moment(facts: Any, name: str) -> datetime | None:
    if not facts.HasField(name):
        return None
    stamp: Timestamp = getattr(facts, name)
    return stamp.ToDatetime(tzinfo=UTC)


def _account(text: str) -> UUID | None:
    return UUID(text) if text else None
