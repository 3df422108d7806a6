"""Who answers for which row of a form (phân bổ chỉ tiêu): a row that names nobody is everybody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from forms.values import Figures


@dataclass(frozen=True, slots=True)
class Allocation:
    """Of one form. A list is allocated as a whole, by its id."""

    units_by_row: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    def open_to(self, unit_id: UUID, row: str) -> bool:
        units = self.units_by_row.get(row)
        return not units or unit_id in units

    def closed_to(self, unit_id: UUID) -> frozenset[str]:
        return frozenset(row for row in self.units_by_row if not self.open_to(unit_id, row))

    def of_unit(self, unit_id: UUID, figures: Figures) -> Figures:
        """What the unit answers for: figures that stood in others' rows before these were allocated are left out."""
        closed = self.closed_to(unit_id)
        if not closed:
            return figures
        rows = tuple(row for row in figures.list_rows if row.list_id not in closed)
        gone = closed | {row.id for row in figures.list_rows if row.list_id in closed}
        return Figures({key: value for key, value in figures.cells.items() if key.row not in gone}, rows)


EVERYBODYS = Allocation()
