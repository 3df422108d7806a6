"""A worksheet as written: every cell's content, formula and style, numbers as exact decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation
from functools import cached_property

from lxml import etree
from openpyxl.formula.translate import Translator

from forms.addresses import Address, Area, parse_address, parse_area
from forms.package import Package, SheetPart, inline_text, parse_xml, tag
from forms.refusals import BadFile
from forms.styles import PLAIN, Style
from forms.text import nfc
from forms.values import plain

_FLOAT_DIGITS = 15
_EXCEL_DIGITS = 17
_SHOWN = Context(prec=_FLOAT_DIGITS)


@dataclass(frozen=True, slots=True)
class RawCell:
    """``content`` is the constant, or the cached result where there is a formula."""

    content: Decimal | str | bool | None
    formula: str | None = None
    """Without ``=``; "" for a kind of formula that is not a plain one (array, data table)."""
    style: Style = PLAIN
    error: bool = False
    as_typed: str | None = None
    """The number exactly as the file writes it."""

    @property
    def text(self) -> str:
        """The constant as text; nothing for a formula."""
        return "" if self.formula is not None else self.shown

    @property
    def shown(self) -> str:
        match self.content:
            case str(text):
                return text.strip()
            case bool(truth):
                return "TRUE" if truth else "FALSE"
            case Decimal() as number:
                return plain(number)
            case None:
                return ""

    @property
    def empty(self) -> bool:
        return self.formula is None and self.shown == ""


NOTHING = RawCell(None)


@dataclass(frozen=True, slots=True)
class InputRule:
    """A data validation of the workbook, as it stands there."""

    type: str
    """decimal, whole, textLength, list, date, …"""
    operator: str = "between"
    first: str = ""
    second: str = ""


@dataclass(frozen=True)
class Grid:
    name: str
    cells: Mapping[Address, RawCell]
    merges: tuple[Area, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    heights: Mapping[int, float] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    frozen_at: str | None = None
    orientation: str | None = None
    paper_size: int | None = None
    protected: bool = False
    input_rules: tuple[tuple[Area, InputRule], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Defined names of the workbook, folded, with what they stand for; the sheet's own ones first."""

    def at(self, row: int, column: int) -> RawCell:
        return self.cells.get(Address(row, column), NOTHING)

    @cached_property
    def last_row(self) -> int:
        """The last row with something written or drawn; programs leave styled rows far below."""
        drawn = (a.row for a, cell in self.cells.items() if not cell.empty or cell.style.bordered)
        return max(drawn, default=0)

    @cached_property
    def last_column(self) -> int:
        filled = (a.column for a, cell in self.cells.items() if not cell.empty)
        return max(filled, default=0)

    @cached_property
    def _covered(self) -> Mapping[Address, Area]:
        return {address: area for area in self.merges for address in area.addresses()}

    def merge_at(self, row: int, column: int) -> Area:
        """The merged area a cell belongs to; its own where it is not merged."""
        return self._covered.get(Address(row, column), Area(row, column, row, column))

    def anchor(self, row: int, column: int) -> RawCell:
        """The cell whose content shows at this place."""
        area = self.merge_at(row, column)
        return self.at(area.top, area.left)


def read_grid(package: Package, part: SheetPart, styles: tuple[Style, ...]) -> Grid:
    root = parse_xml(package.parts[part.path])
    columns = list(root.iterfind(f"{tag('cols')}/{tag('col')}"))
    pane = root.find(f"{tag('sheetViews')}/{tag('sheetView')}/{tag('pane')}")
    frozen = pane is not None and pane.get("state", "").startswith("frozen")
    set_up = root.find(tag("pageSetup"))
    try:
        return Grid(
            name=nfc(part.name),
            cells=_Cells(package, styles).read(root),
            merges=_merges(root),
            widths=_spread(columns, "width"),
            hidden_columns=frozenset(_spread(columns, "hidden")),
            heights={int(r.get("r", "0")): float(r.get("ht", "0")) for r in _rows(root) if r.get("ht")},
            hidden_rows=frozenset(
                int(r.get("r", "0")) for r in _rows(root) if r.get("hidden") in ("1", "true")
            ),
            frozen_at=pane.get("topLeftCell") if pane is not None and frozen else None,
            orientation=None if set_up is None else set_up.get("orientation"),
            paper_size=None if set_up is None else int(set_up.get("paperSize", "0")) or None,
            protected=root.find(tag("sheetProtection")) is not None,
            input_rules=_input_rules(root),
            names=package.names_for(part.index),
        )
    except (ValueError, InvalidOperation, KeyError, IndexError) as error:
        raise BadFile.truncated() from error


def _rows(root: etree._Element) -> list[etree._Element]:
    return list(root.iterfind(f"{tag('sheetData')}/{tag('row')}"))


def _merges(root: etree._Element) -> tuple[Area, ...]:
    found = (m.get("ref", "") for m in root.iterfind(f"{tag('mergeCells')}/{tag('mergeCell')}"))
    areas = tuple(parse_area(reference) for reference in found)
    if sum((a.bottom - a.top + 1) * (a.right - a.left + 1) for a in areas) > 1_000_000:
        raise BadFile.bomb()
    return areas


def _spread(columns: list[etree._Element], attribute: str) -> dict[int, float]:
    """An attribute of column ranges, for each column; ranges to the sheet's edge are cut."""
    found: dict[int, float] = {}
    for column in columns:
        text = column.get(attribute)
        if text in (None, "", "0", "false"):
            continue
        value = 1.0 if text == "true" else float(text)
        for number in range(int(column.get("min", "1")), min(int(column.get("max", "1")), 512) + 1):
            found[number] = value
    return found


def _input_rules(root: etree._Element) -> tuple[tuple[Area, InputRule], ...]:
    found: list[tuple[Area, InputRule]] = []
    for each in root.iterfind(f"{tag('dataValidations')}/{tag('dataValidation')}"):
        first, second = (nfc(each.findtext(tag(name)) or "").strip() for name in ("formula1", "formula2"))
        rule = InputRule(each.get("type", "none"), each.get("operator", "between"), first, second)
        found.extend((parse_area(reference), rule) for reference in each.get("sqref", "").split())
    return tuple(found)


class _Cells:
    def __init__(self, package: Package, styles: tuple[Style, ...]) -> None:
        self._strings = package.shared_strings
        self._epoch = datetime.combine(package.first_day, time())
        self._styles = styles
        self._shared: dict[str, tuple[str, str]] = {}
        self._spread: list[Area] = []
        """Where formulas of several cells write; only the first of them carries the formula."""

    def read(self, root: etree._Element) -> dict[Address, RawCell]:
        cells: dict[Address, RawCell] = {}
        row_number = 0
        for row in _rows(root):
            row_number = int(row.get("r", row_number + 1))
            column = 0
            for cell in row.iterfind(tag("c")):
                reference = cell.get("r")
                address = parse_address(reference) if reference else Address(row_number, column + 1)
                column = address.column
                cells[address] = self._cell(cell, address)
        for area in self._spread:
            size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
            reached = area.addresses() if size < len(cells) else filter(area.covers, cells)
            for address in [address for address in reached if address in cells]:
                cells[address] = replace(cells[address], formula="")
        return cells

    def _cell(self, cell: etree._Element, address: Address) -> RawCell:
        index = int(cell.get("s", "0"))
        style = self._styles[index] if index < len(self._styles) else PLAIN
        formula = self._formula(cell, address)
        value = cell.find(tag("v"))
        raw = "" if value is None else (value.text or "")
        match cell.get("t", "n"):
            case "s":
                return RawCell(nfc(self._strings[int(raw)]) if raw else None, formula, style)
            case "inlineStr":
                return RawCell(nfc(inline_text(cell)), formula, style)
            case "str":
                return RawCell(nfc(raw), formula, style)
            case "b":
                return RawCell(raw in ("1", "true"), formula, style)
            case "e":
                return RawCell(raw, formula, style, error=True)
            case "d":
                return RawCell(_day(datetime.fromisoformat(raw)), formula, style)
            case _:
                if not raw.strip():
                    return RawCell(None, formula, style)
                number = exact(raw.strip())
                if style.format.is_day or (style.format.is_date and formula is None):
                    return RawCell(self._date(number), formula, style, as_typed=raw.strip())
                return RawCell(number, formula, style, as_typed=raw.strip())

    def _formula(self, cell: etree._Element, address: Address) -> str | None:
        found = cell.find(tag("f"))
        if found is None:
            return None
        text = found.text or ""
        kind = found.get("t", "normal")
        if kind == "shared":
            group = found.get("si", "")
            if text:
                self._shared[group] = (text, address.a1)
                return text
            if group not in self._shared:
                return ""
            master, origin = self._shared[group]
            return str(Translator(f"={master}", origin=origin).translate_formula(address.a1))[1:]
        if kind != "normal" and found.get("ref"):
            self._spread.append(parse_area(found.get("ref", "")))
        return text if kind == "normal" else ""

    def _date(self, number: Decimal) -> Decimal | str:
        try:
            return _day(self._epoch + timedelta(days=float(number)))
        except OverflowError:
            return number


def _day(moment: datetime) -> str:
    pattern = "%d/%m/%Y" if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else "%d/%m/%Y %H:%M"
    return moment.strftime(pattern)


def exact(raw: str) -> Decimal:
    """The decimal a spreadsheet means: it may write 0.3 as 0.30000000000000004, and shows 15 digits."""
    number = Decimal(raw)
    if not number.is_finite():
        raise InvalidOperation(raw)
    digits = len(number.as_tuple().digits)
    if _FLOAT_DIGITS < digits <= _EXCEL_DIGITS:
        near = _SHOWN.plus(number).normalize()
        dusty = len(near.as_tuple().digits) <= _FLOAT_DIGITS - 2
        number = near if dusty else Decimal(repr(float(raw)))
    if number.is_zero():
        return Decimal(0)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and not -60 < exponent < 60:
        raise InvalidOperation(raw)
    return Decimal(plain(number))
