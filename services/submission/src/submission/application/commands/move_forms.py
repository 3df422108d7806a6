"""A report moves to the newer versions of its forms: only by the consent of whoever enters it, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from submission.application.commands.enter_figures import begin_entry
from submission.application.moving import WaitingMove, fallen_figure, waiting_moves
from submission.application.ports import OpenUnitOfWork, UnitOfWork
from submission.application.standing import Standings
from submission.domain.entry import Draft, Road
from submission.domain.errors import NewerEdits
from submission.domain.moving import MovedForm
from submission.domain.moving_errors import NothingToMove, OtherFallen
from submission.domain.report import Report
from submission.domain.saving import CellChange, Entry, RowChange


@dataclass(frozen=True, slots=True)
class MoveForms:
    report_id: UUID
    actor: Actor
    versions: Sequence[tuple[UUID, UUID]]
    """From, to: as the preview named them."""
    last_edit: int
    """The last edit the person saw."""
    fallen: int
    """How many figures without a place the person saw."""


@dataclass(frozen=True, slots=True)
class MoveFormsHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def __call__(self, command: MoveForms) -> Report:
        async with self.open_unit_of_work() as uow:
            report, draft = await begin_entry(
                uow, self.standings, command.report_id, command.actor, self.clock
            )
            newer = draft.edited_since(command.last_edit, other_than=str(command.actor))
            if newer:
                raise NewerEdits(command.last_edit, draft.last_edit, newer, "xem lại bản xem trước")
            moves = _named(await waiting_moves(uow, report.assignment, draft), command.versions)
            fallen = sum(len(move.moved.fallen) for move in moves)
            if fallen != command.fallen:
                raise OtherFallen(command.fallen, fallen)
            entry = Entry(draft, str(command.actor), self.clock(), Road.MOVED)
            for move in moves:
                _carry(entry, move)
            await uow.drafts.append(report.id, report.revision, entry.done().edits)
            report.assignment = report.assignment.in_versions(
                {move.before.id: move.after.id for move in moves}
            )
            await uow.assignments.save(report.assignment)
            await self._remember(uow, report, command.actor, moves)
            await uow.commit()
        return report

    async def _remember(
        self, uow: UnitOfWork, report: Report, actor: Actor, moves: Sequence[WaitingMove]
    ) -> None:
        who, name, at = str(actor), await self.standings.name_of(actor), self.clock()
        for move in moves:
            done = MovedForm(
                report.id, move.before.id, move.after.id, move.before.number, move.after.number, move.after.code,
                move.after.name, report.revision, len(move.moved.kept.cells),
                tuple(fallen_figure(each) for each in move.moved.fallen), who, name, at,
            )  # fmt: skip
            await uow.form_moves.add(done)
            uow.audit.record(
                aggregate_kind="report",
                aggregate_id=report.id,
                act="move_form",
                actor=actor,
                before={"form_version_id": str(move.before.id), "number": move.before.number},
                after={
                    "form_version_id": str(move.after.id),
                    "number": move.after.number,
                    "revision": report.revision,
                    "kept": done.kept,
                    "fallen": [each.to_json() for each in done.fallen],
                },
                province_id=report.assignment.province_id,
            )


def _named(waiting: Sequence[WaitingMove], versions: Sequence[tuple[UUID, UUID]]) -> Sequence[WaitingMove]:
    by_versions = {(move.before.id, move.after.id): move for move in waiting}
    if not versions or not set(versions) <= by_versions.keys():
        raise NothingToMove()
    return [by_versions[pair] for pair in dict.fromkeys(versions)]


def _carry(entry: Entry, move: WaitingMove) -> None:
    """What is kept becomes edits of the newer version; those of the older one stay as they are."""
    draft: Draft = entry.draft
    old, new = draft.filing(move.before.id), draft.filing(move.after.id)
    entry.rows(
        move.after.id,
        [
            RowChange(
                row.id, row.list_id, row.order, False, new.rows[row.id].version if row.id in new.rows else 0
            )
            for row in move.moved.kept.list_rows
        ],
    )
    came_from = move.moved.came_from
    entry.cells(
        move.after.id,
        [
            CellChange(key, value, new.version_of(key), origin=old.cells[came_from[key]].origin)
            for key, value in move.moved.kept.cells.items()
        ],
    )
