"""Allocation of indicators (phân bổ chỉ tiêu; DT-6.4, TH-12.1, TH-12.2): who answers for each row of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from forms.matching import match
from forms.model import CellKind, FormModel

from catalog.domain.catalogue_errors import AllocationWrong


@dataclass(frozen=True, slots=True)
class AllocatedRow:
    row_id: str
    label: str
    numbering: str
    sheet: str
    unit_ids: tuple[UUID, ...]

    @property
    def gap(self) -> bool:
        return not self.unit_ids

    @property
    def double(self) -> bool:
        return len(self.unit_ids) > 1


def allocatable_rows(model: FormModel) -> Mapping[str, tuple[str, str, str]]:
    """Rows that somebody fills in (label, numbering, sheet by id); a list is allocated as one."""
    found: dict[str, tuple[str, str, str]] = {}
    for sheet in model.sheets:
        filled = {cell.row for cell in sheet.cells if cell.kind is CellKind.INPUT}
        for row in sheet.rows:
            if row.id in filled:
                found[row.id] = (row.label, row.numbering or "", sheet.name)
        for table in sheet.lists:
            if any(cell.kind is CellKind.INPUT for cell in table.cells):
                found[table.id] = (f"Danh sách của {sheet.title or sheet.name}", "", sheet.name)
    return found


def allocated(model: FormModel, units_by_row: Mapping[str, tuple[UUID, ...]]) -> tuple[AllocatedRow, ...]:
    return tuple(
        AllocatedRow(row, *words, units_by_row.get(row, ())) for row, words in allocatable_rows(model).items()
    )


@dataclass(frozen=True, slots=True)
class CarriedAllocation:
    kept: Mapping[str, tuple[UUID, ...]]
    fallen: tuple[AllocatedRow, ...]
    """Rows of the version before that the later one has no place for, with the units that answered for them."""


def carried(
    before: FormModel, after: FormModel, units_by_row: Mapping[str, tuple[UUID, ...]]
) -> CarriedAllocation:
    """Who answers for which row of a later version: for rows and lists that are the same and still filled in."""
    found, fillable = match(before, after), allocatable_rows(after)
    places = {**found.rows, **found.lists}
    to = {row: places[row] for row in units_by_row if places.get(row) in fillable}
    fallen = (row for row in allocated(before, units_by_row) if row.unit_ids and row.row_id not in to)
    return CarriedAllocation(
        {to[row]: units for row, units in units_by_row.items() if row in to}, tuple(fallen)
    )


def refuse_wrong(
    model: FormModel, units_by_row: Mapping[str, tuple[UUID, ...]], reporting_units: Iterable[UUID]
) -> None:
    unknown = sorted(set(units_by_row) - set(allocatable_rows(model)))
    if unknown:
        raise AllocationWrong("Biểu không có dòng nhập liệu mang mã được nêu.", unknown)
    inside = set(reporting_units)
    outside = sorted(row for row, units in units_by_row.items() if set(units) - inside)
    if outside:
        raise AllocationWrong(
            "Có đơn vị được phân bổ nhưng không thuộc danh sách thực hiện báo cáo của chế độ.", outside
        )
