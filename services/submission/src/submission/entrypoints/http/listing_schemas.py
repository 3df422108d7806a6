"""Lines of lists and tasks as REST answers them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kit.http import FoundOut, TaskOut
from pydantic import BaseModel

from submission.application.queries.lines import ReportLine
from submission.application.queries.tasks import Task
from submission.domain.punctuality import Punctuality
from submission.domain.states import STATE_NAMES
from submission.entrypoints.http.schemas import (
    DeadlineOut,
    Moment,
    PeriodOut,
    RegimeOut,
    UnitOut,
)


class LineOut(BaseModel):
    id: UUID
    version: int
    state: str
    state_name: str
    revision: int
    accepted_revision: int | None
    unit: UnitOut
    lead_unit: UnitOut
    regime: RegimeOut
    period: PeriodOut
    deadline: DeadlineOut
    late: bool
    overdue: bool
    overdue_seconds: int
    released: bool
    imported: bool
    nil: bool
    first_sent_at: Moment | None
    sent_at: Moment | None
    taken_in_at: Moment | None
    number: str

    @classmethod
    def of(cls, line: ReportLine, punctuality: Punctuality) -> LineOut:
        return cls(**line_fields(line, punctuality))


def line_fields(line: ReportLine, punctuality: Punctuality) -> dict[str, Any]:
    over = punctuality.overdue_by
    return {
        "id": line.id, "version": line.version, "state": line.state, "state_name": STATE_NAMES[line.state],
        "revision": line.revision, "accepted_revision": line.accepted_revision,
        "unit": UnitOut(id=line.unit_id, code=line.unit_code, name=line.unit_name),
        "lead_unit": UnitOut(id=line.lead_unit_id, code="", name=line.lead_unit_name),
        "regime": RegimeOut(id=line.regime_id, code=line.regime_code, name=line.regime_name),
        "period": PeriodOut(key=line.period_key, label=line.period_label, last_day=line.last_day),
        "deadline": DeadlineOut(
            due_at=line.due_at, rule=line.rule, article=line.article, steps=list(line.steps)
        ),
        "late": punctuality.late, "overdue": punctuality.overdue,
        "overdue_seconds": int(over.total_seconds()) if over else 0, "released": line.released,
        "imported": line.imported, "nil": line.nil, "first_sent_at": line.first_sent_at,
        "sent_at": line.sent_at, "taken_in_at": line.taken_in_at, "number": line.number,
    }  # fmt: skip


def task_of(task: Task) -> TaskOut:
    line = task.line
    return TaskOut(
        id=f"{line.id}:{task.action}",
        kind=f"report.{line.state}",
        title=task.title,
        detail=f"{line.regime_name} — {line.period_label}",
        unit=line.unit_name,
        period=line.period_label,
        due_at=task.due_at,
        overdue=task.overdue,
        action=task.action,
        link=f"/bao-cao/{line.id}",
    )


def found_report(line: ReportLine) -> FoundOut:
    return FoundOut(
        id=str(line.id),
        kind="report",
        title=f"{line.unit_name}: {line.regime_name}",
        detail=f"{line.period_label} — {STATE_NAMES[line.state]}",
        link=f"/bao-cao/{line.id}",
    )
