"""Puts the pieces of the import together into a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kit.errors import InvalidInput

from forms.addresses import Address, parse_area
from forms.cumulatives import as_headers_say
from forms.fingerprint import fingerprint_of
from forms.grid import Grid, read_grid
from forms.legacy import find_in_workbook, refuse_legacy
from forms.messages import Message, Severity
from forms.model import FormModel, Sheet, TextPlace
from forms.package import Package
from forms.reading.kinds import LeftAsLabel
from forms.reading.references import Table
from forms.reading.settling import settle
from forms.reading.surroundings import joined_title, read_print_setup, read_texts
from forms.reading.tables import Found, find_table, read_cells
from forms.reading.words import measure_in_line
from forms.styles import read_styles

_AREA = re.compile(r"(?<![\w.])\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w.(!])")


@dataclass(frozen=True, slots=True)
class Proposal:
    model: FormModel
    left_as_label: tuple[LeftAsLabel, ...]
    reasons: tuple[Message, ...]
    """What the designer should know: sheets left out, rows taken for headings, names left to the unit."""


def propose(data: bytes, *, text_rule: str | None = None) -> Proposal:
    """The form an official workbook describes. Raises InvalidInput for a file that is none.

    ``text_rule``: the article that demands Unicode, named when legacy text is refused."""
    package = Package(data)
    refuse_legacy(find_in_workbook(package), text_rule)
    styles = read_styles(package)
    reasons: list[Message] = []
    found: list[Found] = []
    for part in package.sheets:
        if part.hidden:
            reasons.append(
                _note("sheet_hidden", f"Trang “{part.name}” bị ẩn nên không lấy vào biểu.", part.name)
            )
            continue
        grid = read_grid(package, part, styles)
        table = find_table(grid)
        if table is None:
            reasons.append(_note("sheet_without_table", f"Trang “{part.name}” không có bảng.", part.name))
            continue
        found.append(Found(part, grid, table))
    if not found:
        raise InvalidInput(
            "forms.reading.no_table",
            "Không tìm thấy bảng số liệu nào trong tệp.",
            rule="Biểu phải có dòng tiêu đề cột, từ hai cột trở lên.",
            remedy="Kiểm tra trang tính có dòng tiêu đề cột (STT, Chỉ tiêu, …) rồi tải lại.",
        )
    tables = {item.grid.name: item.table.table for item in found}
    left: list[LeftAsLabel] = []
    sheets = tuple(
        _sheet(package, item, tables, _used_as_numbers(item.grid, found), left, reasons) for item in found
    )
    model, kinds = as_headers_say(settle(FormModel(sheets=sheets), left))
    reasons.extend((*_remarks(model), *kinds))
    return Proposal(
        model.model_copy(update={"fingerprint": fingerprint_of(model)}), tuple(left), tuple(reasons)
    )


def _sheet(
    package: Package,
    item: Found,
    tables: Mapping[str, Table],
    used: frozenset[Address],
    left: list[LeftAsLabel],
    reasons: list[Message],
) -> Sheet:
    grid, table = item.grid, item.table
    cells, lists = read_cells(item, tables, used, left, reasons)
    texts = read_texts(grid, table.header, table.last_row)
    unit = next((text for text in texts if text.place is TextPlace.MEASURE), None)
    period = next((text for text in texts if text.place is TextPlace.PERIOD), None)
    return Sheet(
        name=grid.name,
        title=joined_title(texts),
        period_cell=None if period is None else period.a1,
        unit_cell=None if unit is None else unit.a1,
        measure=None if unit is None else measure_in_line(unit.text),
        header_rows=tuple(range(table.header.top, table.header.bottom + 1)),
        number_row=table.header.number_row,
        columns=table.table.columns,
        rows=table.table.rows,
        cells=cells,
        lists=lists,
        texts=texts,
        merges=tuple(area.a1 for area in grid.merges),
        frozen_at=grid.frozen_at,
        print_setup=read_print_setup(package, item.part, grid),
    )


def _used_as_numbers(grid: Grid, found: list[Found]) -> frozenset[Address]:
    """Cells of this sheet that formulas reckon with; a cell only compared with "" says nothing."""
    used: set[Address] = set()
    for item in found:
        for cell in item.grid.cells.values():
            if not cell.formula:
                continue
            formula = re.sub(r'"[^"]*"', "", re.sub(r"COUNTA\([^()]*\)", "", cell.formula))
            for sheet, place in _areas(formula):
                if (sheet or item.grid.name) == grid.name:
                    area = parse_area(place.replace("$", ""))
                    used.update(a for a in area.addresses() if a.row <= grid.last_row)
    return frozenset(used)


def _areas(formula: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for match in _AREA.finditer(formula):
        before = formula[: match.start()]
        sheet = ""
        if before.endswith("!"):
            quoted = re.search(r"'((?:[^']|'')+)'!$", before)
            bare = re.search(r"([^\s!'(),+*/^=<>&-]+)!$", before)
            sheet = quoted[1].replace("''", "'") if quoted else bare[1] if bare else ""
        try:
            area = parse_area(match[0].replace("$", ""))
        except ValueError:  # a name such as YTE2026, which no worksheet reaches
            continue
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= 100_000:
            found.append((sheet, match[0]))
    return found


def _remarks(model: FormModel) -> list[Message]:
    remarks: list[Message] = []
    for sheet in model.sheets:
        for table in sheet.lists:
            where = f"từ dòng {table.first_row}" + (
                f", dòng đánh dấu {table.marker_row}" if table.marker_row else ""
            )
            remarks.append(
                _note("list", f"Trang “{sheet.name}”: danh sách {where}; số dòng không hạn chế.", sheet.name)
            )
        for row in sheet.rows:
            if row.kind == "heading":
                text = f"Dòng {row.index} “{row.label}” là đề mục, không ghi số liệu."
                remarks.append(_note("heading", text, sheet.name, row=row.id))
    return remarks


def _note(code: str, text: str, sheet: str, row: str | None = None) -> Message:
    return Message(
        code=f"forms.reading.{code}", severity=Severity.INFORMATION, message=text, sheet=sheet, row=row
    )
