"""Cells that the row of column numbers says how to compute, where the workbook itself has no formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.addresses import Address, column_number, parse_address
from forms.expressions import Cell as CellReference
from forms.expressions import Node, references, to_json, to_text
from forms.expressions.nodes import OWN_ROW, from_json
from forms.grid import Grid
from forms.messages import Message, Severity
from forms.model import Cell, CellKind, CellType, Column
from forms.reading.kinds import LeftAsLabel
from forms.reading.numbering import ColumnFormula, column_formulas


@dataclass(slots=True)
class NumberRow:
    """The formulas under the header of one sheet; collects what the designer should know of them."""

    grid: Grid
    row: int | None
    formulas: Mapping[str, ColumnFormula] = field(default_factory=dict)
    left: list[LeftAsLabel] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)

    @classmethod
    def of(cls, grid: Grid, row: int | None, columns: Sequence[Column]) -> NumberRow:
        formulas, unread = column_formulas(columns)
        found = cls(grid, row, formulas)
        for each in unread:
            found._leave(each.column, each.said, each.why)
        return found

    def apply(self, cells: Sequence[Cell], owner: str) -> tuple[Cell, ...]:
        """The cells of one row, or of a list's pattern (``owner`` is then ``@``)."""
        by_column = {cell.column: cell for cell in cells}
        return tuple(self._one(cell, by_column, owner) for cell in cells)

    def _one(self, cell: Cell, row: Mapping[str, Cell], owner: str) -> Cell:
        formula = self.formulas.get(cell.column)
        if formula is None:
            return cell
        if cell.kind is CellKind.COMPUTED:
            self._compare(cell, formula, owner)
            return cell
        if cell.kind is not CellKind.INPUT or cell.type is not CellType.NUMBER or cell.text:
            return cell
        crossed = [c for c in formula.refs if c in row and row[c].kind is CellKind.NOT_APPLICABLE]
        missing = [c for c in formula.refs if not self._is_figure(row.get(c)) and c not in crossed]
        if missing or (crossed and not formula.only_adds):
            why = f"ở dòng {parse_address(cell.a1).row} cột {', '.join(missing or crossed)} không có số liệu"
            self._leave(cell.column, formula.said, why)
            return cell
        percent = "%" in (cell.number_format or "")
        node = formula.node(owner, percent_format=percent, skips=bool(crossed))
        where = Address(self.row or 1, column_number(cell.column)).a1
        scaled = ", định dạng % nên không nhân 100" if percent and formula.percent else ""
        return cell.model_copy(
            update={
                "kind": CellKind.COMPUTED,
                "formula": to_text(node),
                "expression": to_json(node),
                "reason": f"Tính theo dòng số cột: {where} ghi “{formula.said}”{scaled}.",
            }
        )

    def _is_figure(self, cell: Cell | None) -> bool:
        return cell is not None and (cell.kind is CellKind.COMPUTED or cell.type is CellType.NUMBER)

    def _compare(self, cell: Cell, formula: ColumnFormula, owner: str) -> None:
        """A workbook's formula across the row that reads other columns than the number row says."""
        read = _own_columns(from_json(cell.expression or {}), owner)
        if read and read != formula.refs:
            text = f"Ô {cell.a1}: công thức của tệp khác dòng số cột “{formula.said}”; lấy công thức của tệp."
            self.notes.append(
                Message(
                    code="forms.reading.number_row_differs",
                    severity=Severity.INFORMATION,
                    message=text,
                    sheet=self.grid.name,
                    row=cell.row,
                    column=cell.column,
                    a1=cell.a1,
                )
            )

    def _leave(self, column: str, said: str, why: str) -> None:
        place = f"{self.grid.name}!{Address(self.row or 1, column_number(column)).a1}"
        if all(left.cell != place for left in self.left):
            self.left.append(LeftAsLabel(place, said, why))


def _own_columns(node: Node, owner: str) -> frozenset[str]:
    own = (OWN_ROW, owner)
    return frozenset(
        reference.column
        for reference in references(node)
        if isinstance(reference, CellReference) and reference.row in own
    )
