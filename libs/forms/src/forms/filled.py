"""A filled copy of a form's workbook: its figures, and everything about it worth saying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from kit.errors import InvalidInput

from forms.addresses import Address, column_number
from forms.compute import compute, spreadsheet_results
from forms.filling.cells import CellReader
from forms.filling.columns import Located, locate
from forms.filling.rows import Aligned, align
from forms.grid import Grid, RawCell, read_grid
from forms.legacy import find_in_workbook, refuse_legacy
from forms.listing import key_of
from forms.messages import Message, Severity, refuse_errors
from forms.model import Cell, CellKind, FormModel, ListTable, Sheet
from forms.numbers import format_vi, round_half_away
from forms.package import Package
from forms.stamp import read_stamp
from forms.styles import read_styles
from forms.values import BLANK, Blank, CellKey, Figures, ListRow, Number, Text, Value, plain

_LEAST_MATCHING = 0.5
_SIGNIFICANT = 10


@dataclass(frozen=True, slots=True)
class Filled:
    figures: Figures
    """Input cells alone; blank where the copy leaves them blank."""
    messages: tuple[Message, ...]
    form_version: str | None
    places: Mapping[CellKey, tuple[str, str]] = field(default_factory=dict)
    """Sheet and cell of the copy in which each input and computed cell stands."""

    def refuse_errors(self) -> None:
        refuse_errors(self.messages)


@dataclass(slots=True)
class _Reading:
    cells: dict[CellKey, Value] = field(default_factory=dict)
    rows: list[ListRow] = field(default_factory=list)
    results: list[tuple[Cell, CellKey, RawCell, Address, str]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    places: dict[CellKey, tuple[str, str]] = field(default_factory=dict)


def read_filled(
    model: FormModel,
    data: bytes,
    *,
    new_row_id: Callable[[], str],
    current: Figures | None = None,
    form_version: str | None = None,
    text_rule: str | None = None,
) -> Filled:
    """Reads every sheet of the form. Rows of lists keep the id of the row of ``current`` with the same
    key; others get a new one. ``form_version``: refuses a copy handed out for another version.
    ``text_rule``: the article that demands Unicode, named when legacy text is refused."""
    package = Package(data)
    refuse_legacy(find_in_workbook(package), text_rule)
    stamp = read_stamp(package.parts)
    if form_version is not None and stamp is not None and stamp != form_version:
        raise InvalidInput(
            "forms.filled.other_version",
            "Tệp thuộc phiên bản khác của biểu mẫu.",
            rule="Số liệu của một kỳ nhập theo đúng phiên bản biểu mẫu đã giao cho kỳ đó.",
            remedy="Tải lại biểu mẫu từ báo cáo này rồi chép số liệu sang.",
        )
    reading = _Reading()
    located = _find_sheets(model, package)
    for sheet, (grid, place) in zip(model.sheets, located, strict=True):
        if place.problems:
            reading.messages.extend(place.problems)
            continue
        aligned = align(sheet, grid, place.offset)
        reading.messages.extend(aligned.problems)
        if not aligned.problems:
            _read_sheet(sheet, grid, aligned, reading, new_row_id, current)
    figures = Figures(reading.cells, tuple(reading.rows))
    if not any(message.severity is Severity.ERROR for message in reading.messages):
        reading.messages.extend(_compare_results(model, figures, reading))
    return Filled(figures, tuple(reading.messages), stamp, reading.places)


def _find_sheets(model: FormModel, package: Package) -> list[tuple[Grid, Located]]:
    styles = read_styles(package)
    grids = [read_grid(package, part, styles) for part in package.sheets]
    found: list[tuple[Grid, Located]] = []
    for sheet in model.sheets:
        named = [grid for grid in grids if grid.name == sheet.name] or grids
        best = max(((grid, locate(sheet, grid)) for grid in named), key=lambda pair: pair[1].matching)
        if best[1].matching < _LEAST_MATCHING:
            raise InvalidInput(
                "forms.filled.other_form",
                f"Tệp không phải là biểu “{sheet.title or sheet.name}”: tiêu đề các cột không khớp.",
                rule="Tệp nhập phải là bản sao của biểu mẫu tải từ Hệ thống, giữ nguyên tiêu đề, cột và dòng.",
                remedy="Tải biểu mẫu từ báo cáo này, chép số liệu sang rồi gửi lại.",
            )
        found.append(best)
    return found


def _read_sheet(
    sheet: Sheet,
    grid: Grid,
    aligned: Aligned,
    reading: _Reading,
    new_row_id: Callable[[], str],
    current: Figures | None,
) -> None:
    reader = CellReader(sheet)
    letters = {column.id: column_number(column.letter) for column in sheet.columns}
    for cell in sheet.cells:
        at = Address(aligned.fixed[cell.row], letters[cell.column])
        _read_cell(sheet, reader, reading, cell, cell.row, grid, at)
    for table in sheet.lists:
        known = _ids_by_key(table, current)
        first_of: dict[tuple[str, ...], int] = {}
        for order, index in enumerate(aligned.listed.get(table.id, []), 1):
            shown = {c: grid.at(index, letters[c]).shown for c in table.key_columns}
            key = key_of(shown.values())
            if any(shown.values()) and first_of.setdefault(key, index) != index:
                reading.messages.append(_repeated(sheet, table, shown, first_of[key], index))
            identity = known.pop(key, None) or new_row_id()
            reading.rows.append(ListRow(identity, table.id, order))
            for cell in table.cells:
                if cell.column != table.number_column:
                    at = Address(index, letters[cell.column])
                    _read_cell(sheet, reader, reading, cell, identity, grid, at)
    reading.messages.extend(reader.messages)


def _repeated(sheet: Sheet, table: ListTable, shown: Mapping[str, str], first: int, again: int) -> Message:
    """Two rows with one key may be one thing written twice, and counted twice; two people may share a name."""
    named = ", ".join(filter(None, shown.values()))
    text = f"Trang “{sheet.name}”: dòng {again} trùng với dòng {first} của danh sách: “{named[:60]}”."
    at = Address(again, column_number(sheet.columns_by_id[table.key_columns[0]].letter))
    return Message(
        code="forms.filled.key_repeated",
        severity=Severity.WARNING,
        message=text,
        sheet=sheet.name,
        column=table.key_columns[0],
        a1=at.a1,
        found=named,
        expected="mỗi dòng một khóa",
    )


def _read_cell(
    sheet: Sheet, reader: CellReader, reading: _Reading, cell: Cell, row: str, grid: Grid, at: Address
) -> None:
    raw = grid.at(at.row, at.column)
    if cell.kind in (CellKind.INPUT, CellKind.COMPUTED):
        reading.places[CellKey(row, cell.column)] = (sheet.name, at.a1)
    match cell.kind:
        case CellKind.INPUT:
            reading.cells[CellKey(row, cell.column)] = reader.read(cell, raw, at, row)
        case CellKind.COMPUTED:
            reading.results.append((cell, CellKey(row, cell.column), raw, at, sheet.name))
        case _:
            reader.check_closed(cell, raw, at, row)


def _ids_by_key(table: ListTable, current: Figures | None) -> dict[tuple[str, ...], str]:
    if current is None:
        return {}
    return {
        key_of(_text_of(current.get(row.id, column)) for column in table.key_columns): row.id
        for row in reversed(current.rows_of(table.id))
    }


def _text_of(value: Value) -> str:
    match value:
        case Text(text):
            return text
        case Number(number):
            return plain(number)
        case _:
            return ""


def _compare_results(model: FormModel, figures: Figures, reading: _Reading) -> list[Message]:
    """Our results against those the file carries; a file whose results were never computed is no witness."""
    ours = compute(model, figures)
    theirs = cache(lambda: spreadsheet_results(model, figures))
    witnesses = [item for item in reading.results if not _is_nothing(item[2])]
    said: list[Message] = []
    for cell, key, raw, at, sheet in witnesses:
        mine = ours.get(*key)
        if _agree(mine, raw, cell.precision):
            continue
        # Where all it uses is blank we say nothing, and a spreadsheet reckons with zeros.
        if mine == BLANK and _agree(theirs().get(*key), raw, cell.precision):
            continue
        how = "công thức đã bị thay bằng số gõ tay" if raw.formula is None else "kết quả trong tệp"
        text = f"Ô {at.a1} ({how}) là {raw.shown}, Hệ thống tính được {_shown(mine)}; lấy số Hệ thống tính."
        said.append(
            Message(
                code="forms.filled.result_differs",
                severity=Severity.WARNING,
                message=text,
                sheet=sheet,
                row=key.row,
                column=key.column,
                a1=at.a1,
                found=raw.shown,
                expected=_text_of(mine),
            )
        )
    return said


def _is_nothing(raw: RawCell) -> bool:
    """No result, an empty text, or the 0 that programs write into formulas they did not compute."""
    return raw.shown == "" or (
        isinstance(raw.content, Decimal) and raw.content.is_zero() and raw.formula is not None
    )


def _agree(mine: Value, raw: RawCell, precision: int | None) -> bool:
    if isinstance(mine, Number) and isinstance(raw.content, Decimal):
        theirs = raw.content
        if precision is not None:
            return round_half_away(theirs, precision) == mine.value
        gap = abs(theirs - mine.value)
        return gap <= abs(mine.value).scaleb(-_SIGNIFICANT)
    if isinstance(mine, Text):
        return mine.value.strip() == raw.shown
    return isinstance(mine, Blank) and raw.shown == ""


def _shown(value: Value) -> str:
    return (
        format_vi(value.value)
        if isinstance(value, Number)
        else "ô trống"
        if value == BLANK
        else _text_of(value)
    )
