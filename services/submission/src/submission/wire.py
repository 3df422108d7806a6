"""Messages of catalog's contract as submission's own words; RPCs and events bring the same ones."""

from __future__ import annotations

from datetime import UTC, date, datetime

from reporting.catalog.v1 import catalog_pb2 as pb

from submission.application.ports import OpenedPeriod
from submission.domain.assignment import LeveledDeadline, ReportingPeriod
from submission.domain.punctuality import Deadline


def period_of(period: pb.Period) -> OpenedPeriod:
    opens_at = period.opens_at.ToDatetime(UTC) if period.HasField("opens_at") else None
    return OpenedPeriod(
        ReportingPeriod(
            period.key, period.kind, period.label, date.fromisoformat(period.first_day_on),
            date.fromisoformat(period.last_day_on), opens_at, _day(period.cut_off_from_on),
            _day(period.cut_off_to_on), period.previous_key, period.last_year_key,
        ),
        tuple(
            LeveledDeadline(
                each.level,
                Deadline(
                    _moment(each), each.rule, each.article, tuple(each.steps), each.calendar_version
                ),
            )
            for each in period.deadlines
        ),
    )  # fmt: skip


def _moment(deadline: pb.Deadline) -> datetime:
    return deadline.due_at.ToDatetime(UTC)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
