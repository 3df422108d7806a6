"""An event of a report together with the assignment that says what the report is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from submission.domain.assignment import Assignment
from submission.domain.events import ReportEvent
from submission.domain.report import Report


@dataclass(frozen=True, slots=True)
class ReportTold:
    event: ReportEvent
    assignment: Assignment


def told_by(report: Report) -> Iterator[ReportTold]:
    return (ReportTold(event, report.assignment) for event in report.pull_events())
