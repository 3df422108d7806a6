"""Which rows of a form a unit may fill, and the refusal that names whose a closed row is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.messages import Message, Severity
from forms.model import FormModel
from forms.naming import row_name
from forms.values import Blank, CellKey, Figures
from kit.directory import Directory

from submission.application.ports import UnitOfWork
from submission.application.published import PublishedForm
from submission.application.standing import Standings
from submission.domain.assignment import Assignment

NOT_ALLOCATED = "submission.figure.not_allocated"


@dataclass(frozen=True, slots=True)
class ClosedRows:
    """Rows of one form that other units answer for, each with their names."""

    whose: Mapping[str, Sequence[str]]
    article: str

    def refusal(self, model: FormModel, key: CellKey, list_id: str | None) -> Message | None:
        row = list_id or key.row
        names = self.whose.get(row)
        if names is None:
            return None
        cell = model.cell_for(key.row, key.column, list_id)
        a1 = cell.a1 if cell is not None and list_id is None else None
        return Message(
            code=NOT_ALLOCATED,
            severity=Severity.ERROR,
            message=f"{f'Ô {a1}: ' if a1 else ''}{row_name(model, row)} do {', '.join(names)} trả lời theo phân bổ "
            f"chỉ tiêu của cơ quan chủ trì ({self.article}); đơn vị bạn không nhập dòng này. Nếu phân bổ chưa đúng, "
            "đề nghị cơ quan chủ trì phân bổ lại.",
            sheet=model.sheet_of_row[row].name,
            row=key.row,
            column=key.column,
            a1=a1,
        )

    def refusals(self, model: FormModel, figures: Figures, before: Figures) -> tuple[Message, ...]:
        """Of a whole filled copy: cells of closed rows that it would change."""
        if not self.whose:
            return ()
        found = (
            self.refusal(model, key, figures.list_of(key.row))
            for key, value in figures.cells.items()
            if not isinstance(value, Blank) and value != before.get(*key)
        )
        return tuple(message for message in found if message is not None)


async def closed_rows(
    uow: UnitOfWork, standings: Standings, assignment: Assignment, form: PublishedForm
) -> ClosedRows:
    allocation = await uow.catalog.allocation(assignment.regime_id, form.id)
    closed = allocation.closed_to(assignment.unit.id)
    if not closed:
        return ClosedRows({}, "")
    names: dict[UUID, str] = {}
    for unit_id in {unit for row in closed for unit in allocation.units_by_row[row]}:
        names[unit_id] = await _name(standings.directory, unit_id)
    whose = {row: sorted(names[unit] for unit in allocation.units_by_row[row]) for row in closed}
    return ClosedRows(whose, await standings.allocation_source(assignment))


async def _name(directory: Directory, unit_id: UUID) -> str:
    return (await directory.place(unit_id)).name
