"""Which cells a reference covers in a form: spans in the form's order, columns of a list's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forms.expressions import Cell, ListColumn, Range
from forms.expressions.nodes import OWN_ROW
from forms.model import FormModel, Sheet
from forms.values import CellKey


class Layout:
    """Answers by position; a list stands in it as one row, its pattern, under the list's id."""

    def __init__(self, model: FormModel) -> None:
        self._sheets: Mapping[str, Sheet] = model.sheet_of_row
        self._rows: dict[str, Mapping[str, int]] = {}
        self._columns: dict[str, Mapping[str, int]] = {}
        self._row_ids: dict[str, Sequence[str]] = {}
        self._column_ids: dict[str, Sequence[str]] = {}
        for sheet in model.sheets:
            rows, columns = [row.id for row in sheet.rows], [column.id for column in sheet.columns]
            self._row_ids[sheet.name], self._column_ids[sheet.name] = rows, columns
            self._rows[sheet.name] = {row: place for place, row in enumerate(rows)}
            self._columns[sheet.name] = {column: place for place, column in enumerate(columns)}

    def knows(self, key: CellKey) -> bool:
        sheet = self._sheets.get(key.row)
        return sheet is not None and key.column in self._columns[sheet.name]

    def span(self, start: CellKey, end: CellKey) -> tuple[CellKey, ...]:
        """The keys between two corners."""
        sheet = self._sheets.get(start.row)
        if sheet is None or self._sheets.get(end.row) is not sheet:
            return ()
        columns = self._between(
            self._columns[sheet.name], self._column_ids[sheet.name], start.column, end.column
        )
        if start.row == end.row:
            return tuple(CellKey(start.row, column) for column in columns)
        rows = self._between(self._rows[sheet.name], self._row_ids[sheet.name], start.row, end.row)
        return tuple(CellKey(row, column) for row in rows for column in columns)

    def pattern_keys(self, reference: Cell | Range | ListColumn, owner: str) -> tuple[CellKey, ...]:
        """What a reference reads, a list's rows being one: ``owner`` is the formula's row or list."""
        match reference:
            case Cell(row, column):
                return (CellKey(owner if row == OWN_ROW else row, column),)
            case ListColumn(list_id, column):
                return (CellKey(list_id, column),)
            case Range(start, end):
                first = CellKey(owner if start.row == OWN_ROW else start.row, start.column)
                last = CellKey(owner if end.row == OWN_ROW else end.row, end.column)
                return self.span(first, last)

    @staticmethod
    def _between(places: Mapping[str, int], ids: Sequence[str], first: str, last: str) -> Sequence[str]:
        if first not in places or last not in places:
            return ()
        start, end = sorted((places[first], places[last]))
        return ids[start : end + 1]
