"""Editing one worksheet part in place: finding, making and setting cells."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Context, Decimal

from lxml import etree

from forms.addresses import MAX_COLUMN, Address, parse_address
from forms.package import tag
from forms.values import Blank, NotApplicable, Number, Text, Value, plain

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WRITTEN = Context(prec=17)


class SheetXml:
    def __init__(self, root: etree._Element) -> None:
        self.root = root
        found = root.find(tag("sheetData"))
        self.data = found if found is not None else etree.SubElement(root, tag("sheetData"))
        self.index()

    def index(self) -> None:
        """Numbers every row and cell, for files that leave the numbers out."""
        self.rows: dict[int, etree._Element] = {}
        self._cells: dict[Address, etree._Element] = {}
        number = 0
        for row in self.data.iterfind(tag("row")):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            self.rows[number] = row
            column = 0
            for cell in row.iterfind(tag("c")):
                reference = cell.get("r")
                address = parse_address(reference) if reference else Address(number, column + 1)
                cell.set("r", address.a1)
                column = address.column
                self._cells[address] = cell

    def cell(self, address: Address) -> etree._Element:
        """The cell, made where the file has none, in its place among its neighbours."""
        if address in self._cells:
            return self._cells[address]
        row = self.row(address.row)
        before = bisect_left(row, address.column, key=_column_of)
        cell = etree.Element(tag("c"), r=address.a1)
        row.insert(before, cell)
        self._cells[address] = cell
        return cell

    def row(self, number: int) -> etree._Element:
        if number not in self.rows:
            before = bisect_left(self.data, number, key=lambda other: int(other.get("r", "0")))
            row = etree.Element(tag("row"), r=str(number))
            self.data.insert(before, row)
            self.rows[number] = row
        return self.rows[number]

    def has_formula(self, address: Address) -> bool:
        cell = self._cells.get(address)
        return cell is not None and cell.find(tag("f")) is not None

    def set_input(self, address: Address, value: Value) -> None:
        cell = self.cell(address)
        _clear(cell, ("f", "v", "is"))
        match value:
            case Number(number):
                etree.SubElement(cell, tag("v")).text = plain(number)
            case Text(text):
                cell.set("t", "inlineStr")
                holder = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
                holder.text = text
                if text != text.strip() or "\n" in text:
                    holder.set(_SPACE, "preserve")
            case Blank() | NotApplicable():
                pass

    def set_result(self, address: Address, value: Value) -> None:
        """The cached result of a formula; the formula stays."""
        cell = self.cell(address)
        _clear(cell, ("v", "is"))
        result = etree.SubElement(cell, tag("v"))
        match value:
            case Number(number):
                result.text = plain(_rounded(number))
            case Text(text):
                cell.set("t", "str")
                result.text = text
            case Blank() | NotApplicable():
                cell.set("t", "str")


def _column_of(child: etree._Element) -> int:
    """The column of a cell; whatever else a row holds comes after its cells."""
    reference = child.get("r")
    return parse_address(reference).column if reference else MAX_COLUMN + 1


def _clear(cell: etree._Element, names: tuple[str, ...]) -> None:
    for name in names:
        for child in cell.findall(tag(name)):
            cell.remove(child)
    if "t" in cell.attrib:
        del cell.attrib["t"]


def _rounded(number: Decimal) -> Decimal:
    return number if len(number.as_tuple().digits) <= 17 else _WRITTEN.plus(number).normalize()
