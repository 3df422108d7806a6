"""Which row of a filled copy is which row of the form; what lies between fixed rows is a list's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from forms.addresses import Address
from forms.filling.known import header_of, label_key, roles_of, rows_named_by_unit, said
from forms.grid import Grid
from forms.messages import Message, Severity
from forms.model import ListTable, Row, Sheet
from forms.reading.body import BodyRow, read_rows
from forms.reading.words import is_total


@dataclass(slots=True)
class Aligned:
    fixed: dict[str, int] = field(default_factory=dict)
    """Row of the workbook for each row id."""
    listed: dict[str, list[int]] = field(default_factory=dict)
    """Rows of the workbook for each list id, in order."""
    problems: list[Message] = field(default_factory=list)


def align(sheet: Sheet, grid: Grid, offset: int) -> Aligned:
    return _Alignment(sheet, grid, offset).run()


class _Alignment:
    def __init__(self, sheet: Sheet, grid: Grid, offset: int) -> None:
        self._sheet = sheet
        self._grid = grid
        self._free = rows_named_by_unit(sheet)
        self._found = read_rows(grid, header_of(sheet, offset), roles_of(sheet))
        self._next = 0
        self._result = Aligned()

    def run(self) -> Aligned:
        elements = _elements(self._sheet)
        for place, element in enumerate(elements):
            if isinstance(element, ListTable):
                self._list(element, next((e for e in elements[place + 1 :] if isinstance(e, Row)), None))
            elif not self._fixed(element):
                self._result.problems = self._differences()
                return self._result
        if any(not self._is_empty(row) for row in self._found[self._next :]):
            self._result.problems = self._differences()
        return self._result

    def _fixed(self, row: Row) -> bool:
        while self._next < len(self._found):
            found = self._found[self._next]
            if self._matches(row, found):
                self._result.fixed[row.id] = found.index
                self._next += 1
                return True
            if not self._is_empty(found):
                return False
            self._next += 1
        return False

    def _list(self, table: ListTable, following: Row | None) -> None:
        rows = self._result.listed.setdefault(table.id, [])
        while self._next < len(self._found):
            found = self._found[self._next]
            if following is not None and self._matches(following, found) and found.label:
                return
            self._next += 1
            if found.marker or self._holds_nothing(found):
                continue
            rows.append(found.index)
            if is_total(found.label) and not found.numbering:
                text = f"Dòng {found.index} “{found.label}” là dòng cộng, không phải một mục của danh sách."
                self._result.problems.append(self._error("total_in_list", text, found.index, found.label, ""))

    def _matches(self, row: Row, found: BodyRow) -> bool:
        if row.id in self._free:
            return found.kind == row.kind and label_key(found.numbering) == label_key(row.numbering or "")
        return label_key(found.label) == label_key(row.label)

    def _is_empty(self, row: BodyRow) -> bool:
        """Nothing written but formulas and a running number."""
        return not row.label and self._holds_nothing(row)

    def _holds_nothing(self, row: BodyRow) -> bool:
        """As a row of a list; what a person writes over its number is no item either."""
        roles = roles_of(self._sheet)
        cells = (
            self._grid.at(row.index, column)
            for column in header_of(self._sheet).columns
            if column != roles.numbering
        )
        return all(cell.formula is not None or cell.shown == "" for cell in cells)

    def _differences(self) -> list[Message]:
        """Rows taken out, put in, moved or renamed, each named."""
        rows = self._sheet.rows
        there = [row for row in self._found if not self._is_empty(row) and not self._in_list(row)]
        before = [self._key(row) for row in rows]
        after = [self._key_found(row) for row in there]
        gone: list[Row] = []
        put: list[BodyRow] = []
        problems: list[Message] = []
        for action, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if action == "replace" and i2 - i1 == j2 - j1 and not set(before[i1:i2]) & set(after):
                for row, found in zip(rows[i1:i2], there[j1:j2], strict=True):
                    text = f"Dòng {row.index} {said(row)} đã bị sửa thành “{found.label}”."
                    problems.append(self._error("row_renamed", text, found.index, found.label, row.label))
            elif action != "equal":
                gone.extend(rows[i1:i2])
                put.extend(there[j1:j2])
        moved = {self._key(row) for row in gone} & {self._key_found(row) for row in put}
        for found in put:
            if self._key_found(found) in moved:
                text = f"Dòng “{found.label}” không ở chỗ của nó."
                problems.append(self._error("row_moved", text, found.index, found.label, ""))
            else:
                text = f"Dòng {found.index} “{found.label or found.numbering}” không có trong biểu."
                problems.append(
                    self._error("row_added", text, found.index, found.label or found.numbering, "")
                )
        for row in gone:
            if self._key(row) not in moved:
                text = f"Thiếu dòng {said(row)} (dòng {row.index} của biểu)."
                problems.append(self._error("row_missing", text, row.index, "", row.label))
        first = rows[0].index if rows else 1
        return problems or [
            self._error("rows_differ", "các dòng không khớp với biểu.", first, "", "các dòng của biểu")
        ]

    def _key(self, row: Row) -> str:
        return f"#{label_key(row.numbering or '')}" if row.id in self._free else label_key(row.label)

    def _key_found(self, row: BodyRow) -> str:
        key = label_key(row.label)
        named = {label_key(r.label) for r in self._sheet.rows if r.id not in self._free}
        return key if key in named or not self._free else f"#{label_key(row.numbering)}"

    def _in_list(self, row: BodyRow) -> bool:
        return row.marker or any(row.index in rows for rows in self._result.listed.values())

    def _error(self, code: str, text: str, index: int, found: str, expected: str) -> Message:
        return Message(
            code=f"forms.filled.{code}",
            severity=Severity.ERROR,
            message=f"Trang “{self._sheet.name}”: {text}",
            sheet=self._sheet.name,
            a1=Address(index, roles_of(self._sheet).label).a1,
            found=found,
            expected=expected,
        )


def _elements(sheet: Sheet) -> Sequence[Row | ListTable]:
    """Fixed rows and lists in the order they stand in the form."""
    placed: list[tuple[int, Row | ListTable]] = [(row.index, row) for row in sheet.rows]
    placed.extend((table.first_row, table) for table in sheet.lists)
    return [element for _, element in sorted(placed, key=lambda item: item[0])]
