"""What kind of cell each cell of the table is, and why the importer thinks so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.addresses import Address, column_number, parse_address
from forms.days import day_of
from forms.expressions import Binary, Boolean, Call, Node, Quoted, to_json, to_text
from forms.grid import Grid, InputRule, RawCell
from forms.limits import Limits
from forms.model import Cell, CellKind, CellType, Column, RowKind
from forms.reading.body import BodyRow, Roles
from forms.reading.limiting import limits_of
from forms.reading.translating import Resolve, Untranslatable, translate
from forms.reading.words import (
    is_code_header,
    is_not_applicable,
    is_numbering_header,
    names_number,
    names_text,
    only_dots,
)
from forms.values import plain

KEPT_AS_LABEL = "Giữ làm nhãn"
_NUMBER_RULES = frozenset({"decimal", "whole"})
_TEXT_RULES = frozenset({"textLength", "list", "date", "time"})


@dataclass(frozen=True, slots=True)
class LeftAsLabel:
    cell: str
    """``sheet!A1``."""
    text: str
    why: str


class Cells:
    """Judges the cells of one sheet; remembers formulas it could not translate."""

    def __init__(
        self,
        grid: Grid,
        columns: Sequence[Column],
        roles: Roles,
        used_as_numbers: frozenset[Address],
        list_totals: frozenset[int],
    ) -> None:
        self._grid = grid
        self._roles = roles
        self._columns = {column_number(column.letter): column for column in columns}
        self._used = used_as_numbers
        self._list_totals = list_totals
        self._usual = {number: self._usual_type(number) for number in self._columns}
        self._constants = {number: self._only_constants(number) for number in self._columns}
        headers = {number: column.path[-1] for number, column in self._columns.items()}
        self._numberings = {number for number, header in headers.items() if is_numbering_header(header)}
        codes = {n for n, header in headers.items() if is_code_header(header) and self._mostly_printed(n)}
        self._unnamed = {n for n, column in self._columns.items() if column.path == (column.letter,)}
        self._never_filled = self._numberings | codes | self._unnamed
        self.left: list[LeftAsLabel] = []

    def cell(
        self, row: BodyRow, owner: str, column: Column, resolve: Resolve, listed: bool = False
    ) -> Cell | None:
        """The cell of a row and column; None for one hidden under a merged area."""
        number = column_number(column.letter)
        area = self._grid.merge_at(row.index, number)
        if (area.top, area.left) != (row.index, number):
            return None
        raw = self._grid.at(row.index, number)
        a1 = Address(row.index, number).a1
        cell = Cell(
            row=owner, column=column.id, a1=a1, kind=CellKind.LABEL, number_format=raw.style.format.code
        )
        if number == self._roles.numbering:
            reason = "Cột số thứ tự: Hệ thống tự đánh số." if listed else "Số thứ tự in sẵn của biểu."
            text = None if listed else raw.shown or None
            return cell.model_copy(update={"text": text, "type": text and _printed(raw), "reason": reason})
        if raw.formula is not None:
            return self._computed(cell, raw, resolve)
        if number in self._roles and not listed:
            return self._limited(self._naming(cell, raw, row, number))
        return self._limited(
            self._listed(cell, raw, number) if listed else self._data(cell, raw, row, number)
        )

    def _limited(self, cell: Cell) -> Cell:
        """With what the workbook's own data validation, else its format of a day, says of an input cell; a printed
        day is marked as one."""
        at = parse_address(cell.a1)
        shows_day = self._grid.at(at.row, at.column).style.format.is_day
        if cell.kind is CellKind.LABEL and shows_day and day_of(cell.text or ""):
            return cell.model_copy(update={"limits": Limits(day=True)})
        if cell.kind is not CellKind.INPUT:
            return cell
        rule = self._rule_at(at)
        limits = None if rule is None else limits_of(rule, self._grid)
        source = "Data Validation của tệp"
        if rule is None and shows_day:
            limits, source = Limits(day=True), "định dạng của ô"
        if limits is None or not limits.fits(numbers=cell.type is CellType.NUMBER):
            return cell
        said = f"{cell.reason} Giới hạn theo {source}: {limits.in_words()}."
        return cell.model_copy(update={"limits": limits, "reason": said})

    def _rule_at(self, address: Address) -> InputRule | None:
        return next((rule for area, rule in self._grid.input_rules if area.covers(address)), None)

    def _computed(self, cell: Cell, raw: RawCell, resolve: Resolve) -> Cell:
        try:
            node = translate(raw.formula or "", self._grid.name, resolve)
            if gives_truth(node):
                raise Untranslatable("kết quả là đúng/sai, không phải số hay chữ")
        except Untranslatable as failure:
            text = f"={raw.formula}"
            self.left.append(LeftAsLabel(f"{self._grid.name}!{cell.a1}", text, failure.why))
            return kept_as_label(cell, failure.why)
        return computed(cell, node, raw)

    def _naming(self, cell: Cell, raw: RawCell, row: BodyRow, number: int) -> Cell:
        if row.named_by_unit and number == self._roles.label:
            return cell.model_copy(
                update={
                    "kind": CellKind.INPUT,
                    "type": CellType.TEXT,
                    "text": raw.text,
                    "reason": "Tên do đơn vị tự ghi (biểu để chỗ trống “…”).",
                }
            )
        return cell.model_copy(update={"text": raw.text or None, "reason": "Chữ in sẵn của biểu."})

    def _listed(self, cell: Cell, raw: RawCell, number: int) -> Cell:
        """A list's rows are the unit's own: what the form writes in them is an example."""
        if is_not_applicable(raw.text):
            return self._printed(cell, raw, number)
        found = self._input(cell, raw, number)
        if not raw.text or only_dots(raw.text):
            return found
        kind = _printed(raw)
        precision = found.precision if kind is CellType.NUMBER else None
        return found.model_copy(
            update={"type": kind, "precision": precision, "reason": "Dòng ví dụ của danh sách."}
        )

    def _closed(self, number: int) -> str:
        if number in self._unnamed:
            return "Cột không có tiêu đề nên không ghi số liệu."
        return "Cột số thứ tự hoặc mã in sẵn của biểu."

    def _mostly_printed(self, number: int) -> bool:
        named = [a.row for a, c in self._grid.cells.items() if a.column == self._roles.label and c.text]
        return sum(bool(self._grid.at(row, number).text) for row in named) * 2 > len(named)

    def _data(self, cell: Cell, raw: RawCell, row: BodyRow, number: int) -> Cell:
        if raw.text and not only_dots(raw.text):
            return self._printed(cell, raw, number)
        if row.kind is RowKind.HEADING:
            return cell.model_copy(update={"reason": "Dòng đề mục, không ghi số liệu."})
        if number in self._never_filled:
            return cell.model_copy(update={"reason": self._closed(number)})
        if row.index in self._list_totals and (not raw.style.format.is_number or self._sums(row.index)):
            return cell.model_copy(update={"reason": "Dòng tổng của danh sách: biểu không cộng cột này."})
        if self._grid.protected and raw.style.locked:
            return cell.model_copy(update={"reason": "Ô bị khóa trong biểu."})
        return self._input(cell, raw, number, row.label)

    def _sums(self, row: int) -> bool:
        return any(self._grid.at(row, column).formula is not None for column in self._columns)

    def _printed(self, cell: Cell, raw: RawCell, number: int) -> Cell:
        if is_not_applicable(raw.text):
            return cell.model_copy(
                update={
                    "kind": CellKind.NOT_APPLICABLE,
                    "text": raw.text,
                    "reason": "Ô ghi dấu “x”: không phải ghi số liệu.",
                }
            )
        closed = self._constants[number] or number in self._numberings
        if isinstance(raw.content, Decimal) and not closed:
            found = self._input(cell, raw, number)
            reason = "Số in sẵn trong cột số liệu: nhập được."
            return found.model_copy(
                update={"type": CellType.NUMBER, "text": plain(raw.content), "reason": reason}
            )
        return cell.model_copy(
            update={"text": raw.text, "type": _printed(raw), "reason": "Chữ hoặc số in sẵn của biểu."}
        )

    def _input(self, cell: Cell, raw: RawCell, number: int, label: str = "") -> Cell:
        kind, why = self._type(raw, parse_address(cell.a1), number, label)
        precision = raw.style.format.precision if kind is CellType.NUMBER else None
        return cell.model_copy(
            update={
                "kind": CellKind.INPUT,
                "type": kind,
                "precision": precision,
                "reason": f"Ô để trống: {why}.",
            }
        )

    def _type(self, raw: RawCell, address: Address, number: int, label: str) -> tuple[CellType, str]:
        style, header = raw.style, " ".join(self._columns[number].path)
        last = self._columns[number].path[-1]
        asked = self._rule_at(address)
        rule = "" if asked is None else asked.type
        if rule in _NUMBER_RULES or style.format.is_number:
            return CellType.NUMBER, "định dạng số"
        if rule in _TEXT_RULES or style.format.is_text or style.format.is_date:
            return CellType.TEXT, "định dạng chữ hoặc ngày"
        if address in self._used:
            return CellType.NUMBER, "công thức khác dùng ô này như số"
        if names_text(last):
            return CellType.TEXT, f"cột “{last}” ghi bằng chữ"
        if self._usual[number] is not None:
            return self._usual[number] or CellType.NUMBER, "như các ô khác trong cột"
        if names_number(header) or self._columns[number].measure:
            return CellType.NUMBER, f"cột “{last}” ghi số liệu"
        if names_text(label) and not names_number(label):
            return CellType.TEXT, f"dòng “{label}” ghi bằng chữ"
        if style.align in ("left", "justify"):
            return CellType.TEXT, "ô căn trái"
        if number == self._roles.label:
            return CellType.TEXT, "cột tên"
        return CellType.NUMBER, "không có dấu hiệu là chữ"

    def _usual_type(self, number: int) -> CellType | None:
        """What the formats and formulas of the column's other cells say."""
        votes: Counter[CellType] = Counter()
        for address, raw in self._grid.cells.items():
            if address.column != number:
                continue
            if raw.style.format.is_number or address in self._used:
                votes[CellType.NUMBER] += 1
            elif raw.style.format.is_text or raw.style.format.is_date:
                votes[CellType.TEXT] += 1
        return votes.most_common(1)[0][0] if votes else None

    def _only_constants(self, number: int) -> bool:
        """A column of codes or years: every named row has its constant."""
        rows = {a.row for a, c in self._grid.cells.items() if a.column == self._roles.label and c.text}
        filled = [self._grid.at(row, number) for row in rows]
        body = [cell for cell in filled if isinstance(cell.content, Decimal) and cell.formula is None]
        empty = sum(cell.empty for cell in filled)
        return len(body) > 1 and empty * 4 < len(body)


def _printed(raw: RawCell) -> CellType:
    return CellType.NUMBER if isinstance(raw.content, Decimal) else CellType.TEXT


def gives_text(node: Node) -> bool:
    """Whether a formula may answer in words: ``IF(…,"Đạt","Không đạt")``."""
    match node:
        case Quoted(text):
            return text != ""
        case Call("IF", (_, *branches)) | Call("IFERROR", (*branches,)):
            return any(gives_text(branch) for branch in branches)
    return False


def gives_truth(node: Node) -> bool:
    """Whether a formula may answer with a truth value, which no cell of a form holds."""
    match node:
        case Boolean() | Call("AND" | "OR" | "NOT") | Binary("=" | "<>" | "<" | "<=" | ">" | ">="):
            return True
        case Call("IF", (_, *branches)) | Call("IFERROR", (*branches,)):
            return any(gives_truth(branch) for branch in branches)
    return False


def kept_as_label(cell: Cell, why: str) -> Cell:
    """A formula that isn't taken over leaves no figure behind: the file's result is what it was once."""
    nothing = dict.fromkeys(("type", "text", "formula", "expression", "precision"))
    return cell.model_copy(update={**nothing, "kind": CellKind.LABEL, "reason": f"{KEPT_AS_LABEL}: {why}."})


def computed(cell: Cell, node: Node, raw: RawCell) -> Cell:
    return cell.model_copy(
        update={
            "kind": CellKind.COMPUTED,
            "type": CellType.TEXT if gives_text(node) or raw.style.format.is_day else CellType.NUMBER,
            "precision": raw.style.format.precision,
            "limits": Limits(day=True) if raw.style.format.is_day else None,
            "formula": to_text(node),
            "expression": to_json(node),
            "reason": f"Tính theo công thức ={raw.formula}",
        }
    )
