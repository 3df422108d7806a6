"""Writes figures into a copy of the form's own workbook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kit.errors import InvalidInput
from lxml import etree

from forms.addresses import Address, column_number, parse_address
from forms.compute import at_precision, spreadsheet_results
from forms.model import Cell, CellKind, FormModel, ListTable, Sheet
from forms.package import CONTENT_TYPES, PACKAGE_RELATIONS, Package, parse_xml, tag, write_xml, zip_parts
from forms.reading.words import has_hole
from forms.text import nfc, runs_as_formula
from forms.values import BLANK, CellKey, Figures, Number, Text, Value
from forms.writing.days import Days
from forms.writing.quoting import QuotedStyles
from forms.writing.related import shift_extensions, shift_related
from forms.writing.resizing import resize_list, shift_other_sheet
from forms.writing.sheet_xml import SheetXml
from forms.writing.shifting import Resize, shift_formula

_CALC_CHAIN = "xl/calcChain.xml"


def fill(
    template: bytes,
    model: FormModel,
    figures: Figures,
    *,
    texts: Mapping[tuple[str, str], str] | None = None,
) -> bytes:
    """The workbook with these figures. Lists get as many rows as they have; formulas stay formulas
    and carry the results a spreadsheet would show. ``texts`` writes over texts outside the table (the
    period, the unit's name), by sheet and the cell's place in the empty form."""
    return zip_parts(_Filling(Package(template), model, figures).parts(texts or {}))


class _Filling:
    def __init__(self, package: Package, model: FormModel, figures: Figures) -> None:
        self._package = package
        self._model = model
        self._figures = figures
        self._results = spreadsheet_results(model, figures)
        self._sheets = {
            nfc(part.name): (part, SheetXml(parse_xml(package.parts[part.path]))) for part in package.sheets
        }
        self._quoted = QuotedStyles(package)
        self._days = Days(package)
        self._changed: set[str] = set()
        self._workbook_changed = False
        self._related: dict[str, bytes] = {}

    def parts(self, texts: Mapping[tuple[str, str], str]) -> dict[str, bytes]:
        for sheet in self._model.sheets:
            if sheet.name not in self._sheets:
                raise InvalidInput(
                    "forms.writing.other_template",
                    f"Tệp mẫu không có trang “{sheet.name}”.",
                    rule="Số liệu chỉ ghi được vào tệp mẫu của chính phiên bản biểu mẫu.",
                    remedy="Kiểm tra phiên bản biểu mẫu.",
                )
            self._fill_sheet(sheet, {a1: text for (name, a1), text in texts.items() if name == sheet.name})
        parts = dict(self._package.parts)
        for name in self._changed:
            part, xml = self._sheets[name]
            parts[part.path] = write_xml(xml.root)
        parts.update(self._related)
        parts.update(self._quoted.parts())
        if self._workbook_changed:
            parts["xl/workbook.xml"] = write_xml(self._package.workbook)
            parts = _without_calc_chain(parts)
        return parts

    def _fill_sheet(self, sheet: Sheet, texts: Mapping[str, str]) -> None:
        xml = self._sheets[sheet.name][1]
        self._changed.add(sheet.name)
        letters = {column.id: column_number(column.letter) for column in sheet.columns}
        moved: list[Resize] = []
        starts: dict[str, int] = {}
        for table in sorted(sheet.lists, key=lambda each: each.first_row):
            first = _after(moved, table.first_row)
            starts[table.id] = first
            change = self._resize_for(sheet, table, first)
            if change is not None:
                self._resize(xml, sheet, change, table)
                moved.append(change)
        for cell in sheet.cells:
            row = _after(moved, sheet.rows_by_id[cell.row].index)
            self._write(xml, cell, cell.row, Address(row, letters[cell.column]))
        outside = {text.a1 for text in sheet.texts}
        for a1, text in texts.items():
            if a1 in outside:
                place = parse_address(a1)
                self._put(xml, Address(_after(moved, place.row), place.column), Text(text))
        for table in sheet.lists:
            self._write_list(xml, table, starts[table.id], letters)

    def _resize_for(self, sheet: Sheet, table: ListTable, first: int) -> Resize | None:
        count = len(self._figures.rows_of(table.id))
        blank_rows = table.last_row - table.first_row + 1
        last = first + (table.marker_row or table.last_row) - table.first_row
        size = count if table.marker_row is not None else max(count, blank_rows)
        if count == 0 or (table.marker_row is None and size == blank_rows):
            return None
        return Resize(sheet.name, first, last, size)

    def _resize(self, xml: SheetXml, sheet: Sheet, change: Resize, table: ListTable) -> None:
        resize_list(xml, sheet.name, change, table.last_row - table.first_row + 1)
        for name, (_, other) in self._sheets.items():
            if name != sheet.name and shift_other_sheet(other, name, change):
                self._changed.add(name)
        for defined in self._package.workbook.iter(tag("definedName")):
            if defined.text:
                defined.text = shift_formula(defined.text, "", change)
        self._workbook_changed = True
        shift_extensions(xml.root, change)
        path = self._sheets[sheet.name][0].path
        self._related.update(shift_related(self._package, path, change, self._related))

    def _put(self, xml: SheetXml, at: Address, value: Value) -> None:
        xml.set_input(at, self._days.as_kept(value, xml.cell(at)))
        if isinstance(value, Text) and runs_as_formula(value.value):
            self._quoted.quote(xml.cell(at))

    def _write_list(self, xml: SheetXml, table: ListTable, first: int, letters: dict[str, int]) -> None:
        for place, row in enumerate(self._figures.rows_of(table.id)):
            for cell in table.cells:
                at = Address(first + place, letters[cell.column])
                if cell.column == table.number_column and cell.kind is CellKind.LABEL:
                    self._put(xml, at, Number(Decimal(place + 1)))
                elif cell.kind is CellKind.INPUT:
                    self._put(xml, at, self._figures.get(row.id, cell.column))
                else:
                    self._write(xml, cell, row.id, at)

    def _write(self, xml: SheetXml, cell: Cell, row: str, at: Address) -> None:
        key = CellKey(row, cell.column)
        if cell.kind is CellKind.COMPUTED:
            result = self._results.get(*key)
            if xml.has_formula(at):
                xml.set_result(at, self._days.as_kept(result, xml.cell(at)))
            else:
                self._put(xml, at, at_precision(result, cell.precision))
        elif cell.kind is CellKind.INPUT and key in self._figures.cells:
            value = self._figures.cells[key]
            keeps_preset = value == BLANK and cell.text and has_hole(cell.text)
            if not keeps_preset:
                self._put(xml, at, value)


def _after(moved: list[Resize], row: int) -> int:
    for change in moved:
        row = change.row(row)
    return row


def _without_calc_chain(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Spreadsheets rebuild the chain; an old one would name cells that have moved."""
    if _CALC_CHAIN not in parts:
        return parts
    kept = {name: content for name, content in parts.items() if name != _CALC_CHAIN}
    for name, child, attribute in (
        ("[Content_Types].xml", f"{{{CONTENT_TYPES}}}Override", "PartName"),
        ("xl/_rels/workbook.xml.rels", f"{{{PACKAGE_RELATIONS}}}Relationship", "Target"),
    ):
        root: etree._Element = parse_xml(kept[name])
        for item in root.findall(child):
            if item.get(attribute, "").endswith("calcChain.xml"):
                root.remove(item)
        kept[name] = write_xml(root)
    return kept
