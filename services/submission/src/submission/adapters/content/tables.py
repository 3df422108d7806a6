"""A sheet of a form as a printed table: header with spans from the column paths, body as Vietnamese reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.model import Cell, CellKind, CellType, Column, FormModel, ListTable, RowKind, Sheet, TextPlace
from forms.numbers import format_vi
from forms.values import CellKey, Figures, Number, Text, Value
from reporting.submission.v1 import submission_pb2 as pb

from submission.application.published import PublishedForm

_WIDE = 110.0
"""Sum of column widths (characters) above which a table is printed across."""


@dataclass(frozen=True, slots=True)
class _Filled:
    model: FormModel
    figures: Figures
    computed: Figures

    def text(self, cell: Cell | None, row: str) -> str:
        if cell is None:
            return ""
        if cell.kind in (CellKind.LABEL, CellKind.NOT_APPLICABLE):
            return cell.text or ""
        source = self.computed if cell.kind is CellKind.COMPUTED else self.figures
        value = source.cells.get(CellKey(row, cell.column))
        if value is None and cell.kind is CellKind.INPUT and cell.type is CellType.TEXT:
            return cell.text or ""
        return shown(value, cell.precision)


def shown(value: Value | None, precision: int | None) -> str:
    match value:
        case Number(number):
            return format_vi(number, precision)
        case Text(text):
            return text
        case _:
            return ""


def tables_of(form: PublishedForm, figures: Figures, computed: Figures) -> Iterator[pb.Table]:
    filled = _Filled(form.model, figures, computed)
    for sheet in form.model.sheets:
        columns = [column for column in sheet.columns if not column.hidden]
        yield pb.Table(
            form_code=form.code,
            form_name=sheet.title or form.name,
            measure_note=f"Đơn vị tính: {sheet.measure}" if sheet.measure else "",
            columns=[
                pb.TableColumn(width=column.width or 10.0, align=_align(sheet, column)) for column in columns
            ],
            header_rows=list(_header(columns)),
            body_rows=list(_body(sheet, columns, filled)),
            notes=[text.text for text in sheet.texts if text.place is TextPlace.NOTE],
            landscape=_across(sheet, columns),
        )


def _across(sheet: Sheet, columns: Sequence[Column]) -> bool:
    asked = sheet.print_setup.orientation
    return asked == "landscape" or (asked is None and sum(c.width or 10.0 for c in columns) > _WIDE)


def _align(sheet: Sheet, column: Column) -> str:
    cells = [cell for cell in sheet.cells if cell.column == column.id]
    cells += [cell for table in sheet.lists for cell in table.cells if cell.column == column.id]
    kinds = {cell.type for cell in cells if cell.kind in (CellKind.INPUT, CellKind.COMPUTED)}
    if CellType.NUMBER in kinds:
        return "right"
    texts = [cell.text or "" for cell in cells if cell.kind is CellKind.LABEL]
    short = bool(texts) and max(map(len, texts)) <= 6
    numbered = any(table.number_column == column.id for table in sheet.lists)
    return "center" if short or numbered else "left"


def _header(columns: Sequence[Column]) -> Iterator[pb.HeaderRow]:
    """One row for each level of the deepest path; a shorter path spans down, equal heads span across."""
    levels = max((len(column.path) for column in columns), default=0)
    for level in range(levels):
        cells: list[pb.HeaderCell] = []
        at = 0
        while at < len(columns):
            path = columns[at].path
            if level >= len(path):
                at += 1
                continue
            last = level == len(path) - 1
            end = at + 1
            while not last and end < len(columns) and _same_head(columns[end].path, path, level):
                end += 1
            cells.append(
                pb.HeaderCell(text=path[level], column_span=end - at, row_span=levels - level if last else 1)
            )
            at = end
        yield pb.HeaderRow(cells=cells)
    if any(column.number for column in columns):
        yield pb.HeaderRow(
            cells=[pb.HeaderCell(text=column.number or "", column_span=1, row_span=1) for column in columns]
        )


def _same_head(path: Sequence[str], other: Sequence[str], level: int) -> bool:
    return len(path) > level + 1 and tuple(path[: level + 1]) == tuple(other[: level + 1])


def _body(sheet: Sheet, columns: Sequence[Column], filled: _Filled) -> Iterator[pb.BodyRow]:
    cells = {(cell.row, cell.column): cell for cell in sheet.cells}
    lists = sorted(sheet.lists, key=lambda table: table.first_row)
    for row in sorted(sheet.rows, key=lambda row: row.index):
        while lists and lists[0].first_row <= row.index:
            yield from _listed(lists.pop(0), columns, filled)
        if row.kind is RowKind.NOTE:
            continue
        yield pb.BodyRow(
            cells=[
                pb.BodyCell(text=filled.text(cells.get((row.id, column.id)), row.id), column_span=1)
                for column in columns
            ],
            emphasised=row.kind in (RowKind.HEADING, RowKind.TOTAL) or row.level == 0,
        )
    for table in lists:
        yield from _listed(table, columns, filled)


def _listed(table: ListTable, columns: Sequence[Column], filled: _Filled) -> Iterator[pb.BodyRow]:
    for number, row in enumerate(filled.figures.rows_of(table.id), start=1):
        yield pb.BodyRow(
            cells=[
                pb.BodyCell(
                    text=str(number)
                    if column.id == table.number_column
                    else filled.text(table.by_column.get(column.id), row.id),
                    column_span=1,
                )
                for column in columns
            ]
        )
