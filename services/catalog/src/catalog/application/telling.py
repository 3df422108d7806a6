"""Aggregates and events as the messages of proto/reporting/catalog/v1."""

from __future__ import annotations

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from kit.outbox.events import OutboxEvent
from reporting.catalog.v1 import catalog_pb2 as pb
from reporting.catalog.v1 import events_pb2 as events

from catalog.domain.events import (
    AnnouncementDue,
    DeadlineChanged,
    Event,
    FormVersionPublished,
    IndicatorMerged,
    RegimeClosed,
    RegimeFormTaken,
    RegimePublished,
    RegistrationMoved,
)
from catalog.domain.form import FormVersion
from catalog.domain.indicator import Indicator
from catalog.domain.regime import ReportingRegime
from catalog.domain.schedule import ScheduledPeriod


def timestamp(moment: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp


def form_version(version: FormVersion, *, with_model: bool = True) -> pb.FormVersion:
    return pb.FormVersion(
        id=str(version.id),
        form_id=str(version.form_id),
        province_id=str(version.province_id),
        code=version.code,
        name=version.name,
        number=version.number,
        state=version.state,
        model_json=version.model.model_dump_json(exclude_none=True) if with_model else "",
        template_sha256=version.template_sha256,
        version=version.told,
        links=[
            pb.FormLink(
                row=link.row, column=link.column, from_form_id=str(link.from_form_id),
                from_row=link.from_row, from_column=link.from_column,
                from_version_id=str(link.from_version_id or ""),
            )
            for link in version.links
        ],
        reads={code: str(read) for code, read in version.reads.items()},
    )  # fmt: skip


def regime(found: ReportingRegime) -> pb.Regime:
    terms = found.terms
    return pb.Regime(
        id=str(found.id),
        province_id=str(found.province_id),
        code=found.code,
        name=terms.name,
        kind=terms.kind,
        origin=terms.origin,
        legal_basis=terms.basis,
        lead_unit_id=str(terms.lead_unit_id or ""),
        reporting_unit_ids=[str(unit) for unit in found.units],
        form_version_ids=[str(version) for version in terms.form_version_ids],
        outline=[
            pb.OutlineSection(
                id=section.id,
                heading=section.heading,
                level=section.level,
                guidance=section.guidance,
                required=section.required,
            )
            for section in terms.outline
        ],
        frequency=[str(item) for item in terms.frequency] or [str(kind) for kind in terms.period_kinds],
        state=found.state,
        opens_itself=terms.opens_itself,
        assigns_itself=bool(terms.assigns_itself),
        signing=terms.signing,
        nil_allowed=terms.nil_allowed,
        version=found.told,
        starts_on=terms.starts_on.isoformat() if terms.starts_on else "",
        ends_on=terms.ends_on.isoformat() if terms.ends_on else "",
        joined_units=[
            pb.JoinedUnit(unit_id=str(unit), from_on=since.isoformat())
            for unit, since in (found.resolved.joined.items() if found.resolved else ())
        ],
        allocations=[
            pb.FormAllocation(
                form_version_id=str(form),
                rows=[
                    pb.AllocatedRow(row=row, unit_ids=[str(unit) for unit in units])
                    for row, units in units_by_row.items()
                ],
            )
            for form, units_by_row in found.allocations.items()
        ],
        receiver_account_ids=[str(account) for account in terms.receiver_account_ids],
        approver_account_ids=[str(account) for account in terms.approver_account_ids],
    )


def period(scheduled: ScheduledPeriod) -> pb.Period:
    found = scheduled.period
    return pb.Period(
        key=found.key,
        kind=found.kind,
        label=found.label,
        first_day_on=found.first_day.isoformat(),
        last_day_on=found.last_day.isoformat(),
        cut_off_from_on=scheduled.cut_off.from_day.isoformat(),
        cut_off_to_on=scheduled.cut_off.to_day.isoformat(),
        opens_at=timestamp(scheduled.opens_at),
        deadlines=[
            pb.Deadline(
                level=deadline.level,
                due_at=timestamp(deadline.due_at),
                rule=deadline.rule,
                article=deadline.article,
                steps=deadline.steps,
                calendar_version=deadline.calendar_version,
            )
            for deadline in scheduled.deadlines
        ],
        previous_key=found.previous_key,
        last_year_key=found.last_year_key,
    )


def indicator(found: Indicator) -> pb.Indicator:
    """The newest published version."""
    told = pb.Indicator(
        id=str(found.id),
        province_id=str(found.province_id),
        code=found.code,
        merged_into_id=str(found.merged_into_id or ""),
        version=found.told,
    )
    published = found.published
    if published is not None:
        terms = published.terms
        told.name = terms.name
        told.version_id = str(published.id)
        told.number = published.number
        told.valid_from_on = published.valid_from.isoformat() if published.valid_from else ""
        told.measure_id = str(terms.measure_id or "")
        told.domain_id = str(terms.domain_id or "")
        told.national_code = terms.national_code
    return told


LARGEST_MODEL = 600_000
"""A larger model travels by snapshot or by GetFormVersion, not in the event."""


def to_outbox(event: Event) -> OutboxEvent:
    match event:
        case FormVersionPublished(form_version=version):
            told = form_version(version)
            if len(told.model_json) > LARGEST_MODEL:
                told = form_version(version, with_model=False)
            return OutboxEvent(
                "reporting.catalog.form_version.published.v1",
                version.id,
                version.province_id,
                events.FormVersionPublished(form_version=told),
            )
        case RegimePublished(regime=found):
            return OutboxEvent(
                "reporting.catalog.regime.published.v1",
                found.id,
                found.province_id,
                events.RegimePublished(regime=regime(found)),
            )
        case RegimeClosed(regime=found):
            return OutboxEvent(
                "reporting.catalog.regime.closed.v1",
                found.id,
                found.province_id,
                events.RegimeClosed(regime=regime(found)),
            )
        case RegistrationMoved(registration=moved):
            last = moved.steps[-1]
            return OutboxEvent(
                "reporting.catalog.form_registration.moved.v1",
                moved.id,
                moved.province_id,
                events.FormRegistrationMoved(
                    registration_id=str(moved.id),
                    province_id=str(moved.province_id),
                    form_name=moved.asked.form_name,
                    owner_unit_id=str(moved.owner_unit_id),
                    lead_unit_id=str(moved.lead_unit_id),
                    designer_unit_id=str(event.designer_unit_id),
                    action=event.action,
                    waits_for=event.waits_for,
                    right=event.right,
                    reason=last.reason,
                    notice_number=moved.notice.number if moved.notice else "",
                    actor=str(last.account_id),
                    actor_name=last.name,
                ),
            )
        case AnnouncementDue(regime=found):
            return OutboxEvent(
                "reporting.catalog.regime_announcement.due.v1",
                found.id,
                found.province_id,
                events.RegimeAnnouncementDue(
                    regime_id=str(found.id),
                    province_id=str(found.province_id),
                    regime_name=found.terms.name,
                    last_on=event.last_on.isoformat(),
                    days_left=event.days_left,
                    article=event.article,
                ),
            )
        case DeadlineChanged(regime=found, scheduled=scheduled):
            return OutboxEvent(
                "reporting.catalog.deadline.changed.v1",
                found.id,
                found.province_id,
                events.DeadlineChanged(regime_id=str(found.id), period=period(scheduled)),
            )
        case RegimeFormTaken(regime=found):
            return OutboxEvent(
                "reporting.catalog.regime.form_taken.v1",
                found.id,
                found.province_id,
                events.RegimeFormTaken(
                    regime_id=str(found.id),
                    province_id=str(found.province_id),
                    form_id=str(event.form_id),
                    from_version_id=str(event.from_version_id),
                    to_version_id=str(event.to_version_id),
                    actor=event.who,
                ),
            )
        case IndicatorMerged(indicator=found):
            return OutboxEvent(
                "reporting.catalog.indicator.merged.v1",
                found.id,
                found.province_id,
                events.IndicatorMerged(indicator=indicator(found)),
            )
