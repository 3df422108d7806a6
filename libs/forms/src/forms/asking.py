"""When cells of different forms ask for the same figure: the same indicator, the same side of it, the same measure.

An indicator bound to a row is asked for once in each column (plan, this period, cumulative), one bound to a column
once in each row. Which side a cell asks for is told by the kind of value of its column, where only that column has it,
else by the words printed there. Where a form has one number cell for an indicator, or the cell itself is bound,
and nothing is said of its kind, there is no side to tell apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from forms.binding import indicator_of
from forms.model import Cell, CellKind, CellType, FormModel
from forms.text import fold
from forms.values import CellKey


@dataclass(frozen=True, slots=True)
class Asked:
    indicator_id: str
    side: str
    measure: str


def measure_of(model: FormModel, row: str, column: str) -> str | None:
    """As printed. A column's own measure (%) holds for every row; the row's holds for columns that name none."""
    sheet = model.sheet_of_row[row]
    fixed = sheet.rows_by_id.get(row)
    return sheet.columns_by_id[column].measure or (fixed.measure if fixed else None) or sheet.measure


def asked_of(model: FormModel) -> Mapping[CellKey, Asked]:
    """What each number cell of fixed rows asks for, where it is bound to an indicator."""
    found: dict[CellKey, Asked] = {}
    for key, cell in model.cells.items():
        indicator = indicator_of(model, cell) if cell.type is not CellType.TEXT else None
        if indicator is not None:
            measure = measure_of(model, key.row, key.column) or indicator.measure
            found[key] = Asked(indicator.id, _side(model, cell), fold(measure))
    asked_once = Counter(asked.indicator_id for asked in found.values())
    return {
        key: replace(asked, side="")
        if asked_once[asked.indicator_id] == 1 and not _kind_told(model, key)
        else asked
        for key, asked in found.items()
    }


def _kind_told(model: FormModel, key: CellKey) -> bool:
    return model.sheet_of_row[key.row].columns_by_id[key.column].value_kind is not None


def takes_numbers(cell: Cell | None) -> bool:
    return cell is not None and cell.kind is CellKind.INPUT and cell.type is not CellType.TEXT


def _side(model: FormModel, cell: Cell) -> str:
    sheet = model.sheet_of_row[cell.row]
    column, row = sheet.columns_by_id[cell.column], sheet.rows_by_id[cell.row]
    kinds = Counter((one.value_kind, one.cumulative) for one in sheet.columns)
    if column.value_kind is not None and kinds[column.value_kind, column.cumulative] == 1:
        return f"{column.value_kind}{'+' if column.cumulative else ''}"
    if cell.indicator_id is not None:
        return ""
    if row.indicator_id is not None:
        return fold(" ".join(part for part in column.path if part))
    return fold(row.label)
