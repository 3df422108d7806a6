"""From the workbook's A1 areas to references by row and column id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from forms.addresses import Area, column_number
from forms.expressions.nodes import OWN_ROW
from forms.model import Column, ListTable, Row
from forms.reading.translating import Untranslatable


@dataclass(frozen=True)
class Table:
    """Where the rows, lists and columns of one sheet lie."""

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lists: tuple[ListTable, ...]

    @cached_property
    def rows_by_index(self) -> Mapping[int, Row]:
        return {row.index: row for row in self.rows}

    @cached_property
    def last_row(self) -> int:
        return max(self.rows_by_index, default=0)

    def list_at(self, row: int) -> ListTable | None:
        return next((t for t in self.lists if t.first_row <= row <= (t.marker_row or t.last_row)), None)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves areas for the formulas of one row."""

    tables: Mapping[str, Table]
    home: str
    own_row: int
    names: Mapping[str, str]

    def named(self, name: str) -> str | None:
        return self.names.get(name.casefold())

    def __call__(self, sheet: str, area: Area) -> list[str]:
        table = self.tables.get(sheet)
        if table is None:
            raise Untranslatable(f"trang “{sheet}” không phải là biểu")
        columns = [c for c in table.columns if area.left <= column_number(c.letter) <= area.right]
        if not columns:
            raise Untranslatable(f"ô {area.a1} nằm ngoài bảng")
        own = table.list_at(self.own_row) if sheet == self.home else None
        if own is not None and area.top == area.bottom == self.own_row:
            return [_span(OWN_ROW, OWN_ROW, columns)]
        found = self._pieces(table, area, columns)
        if not found:
            raise Untranslatable(f"ô {area.a1} nằm ngoài bảng")
        return found

    def _pieces(self, table: Table, area: Area, columns: Sequence[Column]) -> list[str]:
        """Fixed rows as ranges, lists column by column; empty rows between them drop out."""
        pieces: list[str] = []
        run: list[Row] = []
        rows = table.rows_by_index
        lists = [
            t for t in table.lists if t.first_row <= area.bottom and (t.marker_row or t.last_row) >= area.top
        ]
        for index in range(area.top, min(area.bottom, max(table.last_row, area.top)) + 1):
            if index in rows:
                run.append(rows[index])
            elif run and table.list_at(index) is not None:
                pieces.append(_span(run[0].id, run[-1].id, columns))
                run = []
        if run:
            pieces.append(_span(run[0].id, run[-1].id, columns))
        for listed in lists:
            if area.top > listed.first_row or area.bottom < listed.last_row:
                raise Untranslatable(f"vùng {area.a1} chỉ lấy một phần của danh sách")
            pieces.extend(f"{{{listed.id}:{column.id}}}" for column in columns)
        return pieces


def _span(first: str, last: str, columns: Sequence[Column]) -> str:
    start, end = f"[{first}:{columns[0].id}]", f"[{last}:{columns[-1].id}]"
    return start if start == end else f"{start}..{end}"
