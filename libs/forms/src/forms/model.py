"""The form as the system knows it, independent of any one workbook.

A figure's key is (row id, column id). Row ids are unique in the whole form (``KTXH.13``), column ids in
their sheet (``G``); both are given at import, by place in the workbook of this version. Which row or column of
another version is the same says ``forms.matching``. ``a1`` is only where the cell lies in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import Field

from forms.base import Frozen
from forms.indicators import BoundIndicator
from forms.limits import Limits
from forms.messages import Severity
from forms.rules import Rule
from forms.values import CellKey

if TYPE_CHECKING:
    from forms.asking import Asked
    from forms.plan import Plan

SCHEMA_VERSION = "forms/1"


class RowKind(StrEnum):
    HEADING = "heading"
    FIXED = "fixed"
    LIST = "list"
    TOTAL = "total"
    NOTE = "note"


class CellKind(StrEnum):
    INPUT = "input"
    COMPUTED = "computed"
    LABEL = "label"
    NOT_APPLICABLE = "not_applicable"


class CellType(StrEnum):
    NUMBER = "number"
    TEXT = "text"


class TextPlace(StrEnum):
    LETTERHEAD = "letterhead"
    TITLE = "title"
    PERIOD = "period"
    MEASURE = "measure"
    NOTE = "note"
    SIGNATURE = "signature"


class ValueKind(StrEnum):
    PLAN = "plan"
    ESTIMATE = "estimate"
    PRELIMINARY = "preliminary"
    OFFICIAL = "official"


class Column(Frozen):
    id: str
    letter: str
    path: tuple[str, ...]
    """Header texts from the top level down, each once."""
    measure: str | None = None
    number: str | None = None
    """The column's own number as printed under the header: ``A``, ``(4)``, ``(5)=(4)/(1)x100``."""
    hidden: bool = False
    width: float | None = None
    indicator_id: str | None = None
    value_kind: ValueKind | None = None
    """Plan, estimate …; none: not said, or a column of words, shares, other times."""
    cumulative: bool = False
    """A running total since the beginning of the year (lũy kế)."""


class Row(Frozen):
    id: str
    index: int
    """Row of the workbook, counted from 1."""
    kind: RowKind
    numbering: str | None = None
    label: str = ""
    measure: str | None = None
    parent_id: str | None = None
    level: int = 0
    height: float | None = None
    indicator_id: str | None = None


class Cell(Frozen):
    row: str
    """A row id, or the list's id for the cells of a list's pattern row."""
    column: str
    a1: str
    kind: CellKind
    type: CellType | None = None
    precision: int | None = None
    """Places after the decimal mark; None for a number means: not limited by the form."""
    limits: Limits | None = None
    formula: str | None = None
    """Our language (contracts/expressions), references by row and column id."""
    expression: dict[str, Any] | None = None
    """The syntax tree of ``formula`` as JSON, which the portal evaluates for echo."""
    text: str | None = None
    """What stands in the form: a label, or the preset text of an input cell."""
    number_format: str | None = None
    reason: str = ""
    """Why the importer took it for this kind, in Vietnamese."""
    indicator_id: str | None = None
    """Stands over its row's, which stands over its column's."""

    @property
    def holds_day(self) -> bool:
        return self.limits is not None and self.limits.day


class ListTable(Frozen):
    """A table with as many rows as the unit has. Its rows lie between ``first_row`` and the marker."""

    id: str
    first_row: int
    last_row: int
    total_row: str | None = None
    """Row id of the total of this list, above or below it."""
    marker_row: int | None = None
    number_column: str | None = None
    """The column of running numbers: written by us, never a figure."""
    key_columns: tuple[str, ...] = ()
    """Which columns tell rows apart."""
    repeats: Severity | None = None
    """What two rows with one key are; none: nothing is said of them."""
    most_rows: int | None = None
    cells: tuple[Cell, ...] = ()
    """The pattern of one row: one cell for each column, ``row`` is the list's id."""

    @cached_property
    def by_column(self) -> Mapping[str, Cell]:
        return {cell.column: cell for cell in self.cells}


class SheetText(Frozen):
    """A text outside the table: letterhead, title, notes, signatures."""

    a1: str
    text: str
    place: TextPlace


class PrintSetup(Frozen):
    area: str | None = None
    title_rows: tuple[int, int] | None = None
    orientation: str | None = None
    paper_size: int | None = None


class Sheet(Frozen):
    name: str
    title: str = ""
    period_cell: str | None = None
    unit_cell: str | None = None
    """The cell that says "Đơn vị tính: …"."""
    measure: str | None = None
    header_rows: tuple[int, ...] = ()
    number_row: int | None = None
    """The row of column numbers under the header, where the form has one."""
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    """Rows of the body in order; rows of lists are not here, they belong to the figures."""
    cells: tuple[Cell, ...] = ()
    lists: tuple[ListTable, ...] = ()
    texts: tuple[SheetText, ...] = ()
    merges: tuple[str, ...] = ()
    frozen_at: str | None = None
    print_setup: PrintSetup = PrintSetup()

    @cached_property
    def columns_by_id(self) -> Mapping[str, Column]:
        return {column.id: column for column in self.columns}

    @cached_property
    def rows_by_id(self) -> Mapping[str, Row]:
        return {row.id: row for row in self.rows}


class FormModel(Frozen):
    schema_version: str = SCHEMA_VERSION
    sheets: tuple[Sheet, ...] = Field(min_length=1)
    fingerprint: str = ""
    """SHA-256 over the headers and fixed labels: which form a filled workbook belongs to."""
    rules: tuple[Rule, ...] = ()
    """What figures are checked by, besides each cell's own type; kept with the version of the form."""
    indicators: tuple[BoundIndicator, ...] = ()
    """Those that rows, columns and cells are bound to, by code."""

    @cached_property
    def cells(self) -> Mapping[CellKey, Cell]:
        """Every cell of fixed rows by its key. Cells of lists: see ``cell_for``."""
        return {CellKey(c.row, c.column): c for sheet in self.sheets for c in sheet.cells}

    @cached_property
    def sheet_of_row(self) -> Mapping[str, Sheet]:
        """The sheet of each fixed row and of each list, by id."""
        found = {row.id: sheet for sheet in self.sheets for row in sheet.rows}
        return found | {table.id: sheet for sheet in self.sheets for table in sheet.lists}

    @cached_property
    def lists_by_id(self) -> Mapping[str, ListTable]:
        return {table.id: table for sheet in self.sheets for table in sheet.lists}

    @cached_property
    def indicators_by_id(self) -> Mapping[str, BoundIndicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def asked(self) -> Mapping[CellKey, Asked]:
        """Which figure of which indicator each bound number cell asks for, worked out once for each model."""
        from forms.asking import asked_of

        return asked_of(self)

    @cached_property
    def plan(self) -> Plan:
        """Formulas in their order and ready to run, worked out once for each model."""
        from forms.plan import Plan

        return Plan.of(self)

    def cell_for(self, row: str, column: str, list_id: str | None = None) -> Cell | None:
        """The form's cell for a figure; ``list_id`` names the list a list row belongs to."""
        if list_id is None:
            return self.cells.get(CellKey(row, column))
        table = self.lists_by_id.get(list_id)
        return None if table is None else table.by_column.get(column)

    def input_cells(self) -> Iterator[Cell]:
        return (cell for cell in self.cells.values() if cell.kind is CellKind.INPUT)

    def computed_cells(self) -> Iterator[Cell]:
        return (cell for cell in self.cells.values() if cell.kind is CellKind.COMPUTED)
