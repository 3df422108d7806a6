"""Only catalog's event moves a deadline: it computed it, and says by which calendar."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kit.actor import Actor

from submission.application.ports import OpenedPeriod, UnitOfWork
from submission.application.telling import told_by
from submission.domain.assignment import Assignment, deadline_for

FOLLOWER = Actor.system_job("deadline-follower")


async def move_deadlines(uow: UnitOfWork, regime_id: UUID, opened: OpenedPeriod, at: datetime) -> None:
    moved: dict[UUID, Assignment] = {}
    for assignment in await uow.assignments.of_period(regime_id, opened.period.key):
        deadline = deadline_for(assignment.unit.level, opened.deadlines)
        if deadline is None or deadline == assignment.deadline:
            continue
        moved[assignment.id] = assignment.moved_to(deadline)
        await uow.assignments.save(moved[assignment.id])
        uow.audit.record(
            aggregate_kind="assignment",
            aggregate_id=assignment.id,
            act="deadline_moved",
            actor=FOLLOWER,
            before={"due_at": assignment.deadline.due_at, "article": assignment.deadline.article},
            after={"due_at": deadline.due_at, "article": deadline.article, "steps": list(deadline.steps)},
            province_id=assignment.province_id,
        )
    if not moved:
        return
    for report in await uow.reports.of_period(regime_id, opened.period.key):
        if report.assignment.id in moved:
            report.deadline_moved(moved[report.assignment.id], str(FOLLOWER), at)
            uow.outbox.add(*told_by(report))
