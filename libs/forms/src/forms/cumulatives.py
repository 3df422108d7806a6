"""Kinds of value (kế hoạch, ước, sơ bộ, chính thức) and running totals (lũy kế) of a form's columns (PR-1).

What a column holds is read from its header at import, with the reason, and the designer's word stands over it. From it
come rules the designer may take: a running total is the one of the period before plus this period's figure, by the
indicator's own nature; another value wants an explanation. They are rules like any other, so the check, the portal's
echo and the explanation are those that every rule has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kit.errors import InvalidInput, Place

from forms.base import Frozen
from forms.binding import indicator_of
from forms.expressions import Elsewhere
from forms.expressions.calculation import Scalar
from forms.indicators import TimeKind
from forms.matching import match
from forms.messages import Message, Severity
from forms.model import Cell, CellKind, CellType, Column, FormModel, Row, Sheet, ValueKind
from forms.rules import RuleCell, RuleText
from forms.text import fold
from forms.values import CellKey

WORDS = {
    ValueKind.PLAN: "kế hoạch",
    ValueKind.ESTIMATE: "ước thực hiện",
    ValueKind.PRELIMINARY: "sơ bộ",
    ValueKind.OFFICIAL: "chính thức",
}
# In this order: "ước thực hiện" is an estimate, "thực hiện" alone is not.
_HEADERS = (
    (ValueKind.PLAN, re.compile(r"\b(ke hoach|chi tieu giao|du toan)\b")),
    (ValueKind.ESTIMATE, re.compile(r"\buoc\b")),
    (ValueKind.PRELIMINARY, re.compile(r"\bso bo\b")),
    (ValueKind.OFFICIAL, re.compile(r"\b(chinh thuc|thuc hien)\b")),
)
_RUNNING = re.compile(r"\b(luy ke|cong don|tu dau nam)\b")
_COMPARES = re.compile(r"%|\b(so sanh|so voi|ty le|muc do|chenh lech|tang giam)\b")
_OTHER_TIME = re.compile(r"\b(cung ky|nam truoc|ky truoc|thang truoc|quy truoc)\b")
_LONGEST_ID = 40


class ColumnKind(Frozen):
    """The designer's word on a column."""

    sheet: str
    column: str
    value_kind: ValueKind | None = None
    cumulative: bool = False


def as_headers_say(model: FormModel) -> tuple[FormModel, tuple[Message, ...]]:
    """The model with what its headers tell of each column, and a remark for each one told of."""
    remarks: list[Message] = []
    sheets: list[Sheet] = []
    for sheet in model.sheets:
        columns = tuple(_told(column) for column in sheet.columns)
        remarks.extend(_remark(sheet, column) for column in columns if column.value_kind is not None)
        sheets.append(sheet.model_copy(update={"columns": columns}))
    return model.model_copy(update={"sheets": tuple(sheets)}), tuple(remarks)


def _told(column: Column) -> Column:
    header = fold(" / ".join(column.path))
    if _COMPARES.search(header) or _OTHER_TIME.search(header):
        return column
    running = _RUNNING.search(header) is not None
    kind = next((kind for kind, words in _HEADERS if words.search(header)), None)
    if kind is None and not running:
        return column
    return column.model_copy(update={"value_kind": kind or ValueKind.OFFICIAL, "cumulative": running})


def _remark(sheet: Sheet, column: Column) -> Message:
    running = ", lũy kế" if column.cumulative else ""
    text = f"Trang “{sheet.name}”, cột {column.letter} “{' / '.join(column.path)}”: số {WORDS[column.value_kind or ValueKind.OFFICIAL]}{running}, theo tiêu đề."
    return Message(
        code="forms.reading.value_kind",
        severity=Severity.INFORMATION,
        message=text,
        sheet=sheet.name,
        column=column.id,
    )


def set_kinds(model: FormModel, kinds: Sequence[ColumnKind]) -> FormModel:
    known = {(sheet.name, column.id) for sheet in model.sheets for column in sheet.columns}
    for kind in kinds:
        if (kind.sheet, kind.column) not in known:
            raise InvalidInput(
                "forms.column.unknown",
                f"Trang “{kind.sheet}” không có cột {kind.column}.",
                places=(Place(sheet=kind.sheet, field=kind.column),),
                remedy="Chọn cột có trong biểu.",
            )
        if kind.cumulative and kind.value_kind is None:
            raise InvalidInput(
                "forms.column.kind_missing",
                f"Cột lũy kế {kind.column} chưa nêu loại số liệu.",
                places=(Place(sheet=kind.sheet, field=kind.column),),
                remedy="Chọn kế hoạch, ước thực hiện, sơ bộ hoặc chính thức.",
            )
    said = {(kind.sheet, kind.column): kind for kind in kinds}
    return model.model_copy(update={"sheets": tuple(_with_kinds(sheet, said) for sheet in model.sheets)})


def taken_over(model: FormModel, before: FormModel) -> FormModel:
    """A new version's columns keep what the designer said of them in the one before, under the same header."""
    found = match(before, model)
    here = {(sheet.name, column.id): column.path for sheet in model.sheets for column in sheet.columns}
    return set_kinds(
        model,
        [
            ColumnKind(sheet=to[0], column=to[1], value_kind=column.value_kind, cumulative=column.cumulative)
            for sheet in before.sheets
            for column in sheet.columns
            if (id_there := found.columns.get((sheet.name, column.id)))
            and here[to := (found.sheets[sheet.name], id_there)] == column.path
        ],
    )


def _with_kinds(sheet: Sheet, said: dict[tuple[str, str], ColumnKind]) -> Sheet:
    columns = tuple(
        column
        if (kind := said.get((sheet.name, column.id))) is None
        else column.model_copy(update={"value_kind": kind.value_kind, "cumulative": kind.cumulative})
        for column in sheet.columns
    )
    return sheet.model_copy(update={"columns": columns})


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """A total that a unit types in, and the cell of this period's figure that it grows by."""

    row: Row
    total: Cell
    flow: Cell
    nature: TimeKind
    """A stock's total is the figure itself; a rate has none and isn't listed."""


def running_totals(model: FormModel) -> Iterator[RunningTotal]:
    """Where a sheet has one column of this period's figures of the same kind."""
    for sheet in model.sheets:
        for total in sheet.columns:
            flows = [column for column in sheet.columns if _feeds(column, total)]
            if len(flows) != 1:
                continue
            for row in sheet.rows:
                cell, flow = (model.cells.get(CellKey(row.id, column.id)) for column in (total, flows[0]))
                if cell is not None and flow is not None and _typed(cell) and _number(flow):
                    indicator = indicator_of(model, cell)
                    nature = TimeKind.FLOW if indicator is None else indicator.time_kind
                    if nature is not TimeKind.RATE:
                        yield RunningTotal(row, cell, flow, nature)


def cumulative_rules(model: FormModel) -> Iterator[RuleText]:
    """One for each running total."""
    return map(_rule, running_totals(model))


def _feeds(column: Column, total: Column) -> bool:
    return total.cumulative and not column.cumulative and column.value_kind is total.value_kind


def _number(cell: Cell) -> bool:
    return cell.kind in (CellKind.INPUT, CellKind.COMPUTED) and cell.type is not CellType.TEXT


def _typed(cell: Cell) -> bool:
    return cell.kind is CellKind.INPUT and _number(cell)


def _rule(running: RunningTotal) -> RuleText:
    total, flow = running.total, running.flow
    own, this = f"[{total.row}:{total.column}]", f"[{flow.row}:{flow.column}]"
    condition, words = f"{own}=PREVIOUS!{own}+{this}", "khác lũy kế kỳ trước cộng số kỳ này"
    if running.nature is TimeKind.STOCK:
        condition, words = f"{own}={this}", "khác số kỳ này, trong khi chỉ tiêu là số thời điểm"
    return RuleText(
        id=f"LK-{re.sub(r'[^A-Za-z0-9._-]', '-', total.row)}-{total.column}"[:_LONGEST_ID],
        severity=Severity.WARNING,
        condition=condition,
        message=f"Lũy kế “{running.row.label}” {words}: kiểm tra lại, hoặc giải trình.",
        cells=(RuleCell(row=total.row, column=total.column),),
    )


def at_the_start_of_a_year(model: FormModel, before: Elsewhere | None) -> Elsewhere:
    """The period before as the first period of a year reads it: running totals begin again from zero."""
    zeros: dict[tuple[str, str], Scalar] = {
        (cell.row, cell.column): Decimal(0)
        for sheet in model.sheets
        for cell in sheet.cells
        if sheet.columns_by_id[cell.column].cumulative and _number(cell)
    }
    if before is None:
        return Elsewhere(zeros, {}, model.plan.layout.span)
    return replace(before, values={**before.values, **zeros})
