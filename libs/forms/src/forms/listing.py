"""What a list asks of its rows: how many at most, which columns tell them apart, what it says of two alike.

The importer proposes a key; the designer's word stands over it. Names of people repeat, codes of projects don't: so
nothing is refused that no designer has said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kit.errors import InvalidInput, Place
from pydantic import Field

from forms.base import Frozen
from forms.matching import match
from forms.messages import Message, Severity
from forms.model import CellKind, FormModel, ListTable, Sheet
from forms.naming import row_name
from forms.numbers import format_vi
from forms.text import fold
from forms.values import Blank, Figures, ListRow, NotApplicable, Number, Text, Value

MOST_ROWS = 10_000


class ListRule(Frozen):
    """The designer's word on a list."""

    list_id: str
    key_columns: tuple[str, ...] = Field(min_length=1, max_length=10)
    repeats: Severity | None = None
    most_rows: int | None = Field(None, ge=1, le=MOST_ROWS)


def set_lists(model: FormModel, rules: Sequence[ListRule]) -> FormModel:
    """Raises InvalidInput for a list or column that isn't there, and for a key that nobody fills in."""
    said = {rule.list_id: rule for rule in rules}
    for rule in rules:
        table = model.lists_by_id.get(rule.list_id)
        if table is None:
            raise InvalidInput(
                "forms.list.unknown",
                f"Biểu không có danh sách {rule.list_id}.",
                places=(Place(field=rule.list_id),),
                remedy="Chọn danh sách có trong biểu.",
            )
        for column in rule.key_columns:
            cell = table.by_column.get(column)
            if cell is None or cell.kind is not CellKind.INPUT:
                raise InvalidInput(
                    "forms.list.key_not_entered",
                    f"Cột {column} không phải cột nhập của danh sách nên không làm khóa được.",
                    places=(Place(sheet=model.sheet_of_row[table.id].name, field=column),),
                    remedy="Chọn cột mà người nhập ghi vào, như mã hoặc tên.",
                )
    return model.model_copy(update={"sheets": tuple(_with_rules(sheet, said) for sheet in model.sheets)})


def _with_rules(sheet: Sheet, said: dict[str, ListRule]) -> Sheet:
    lists = tuple(
        table
        if (rule := said.get(table.id)) is None
        else table.model_copy(
            update={
                "key_columns": rule.key_columns,
                "repeats": rule.repeats,
                "most_rows": rule.most_rows,
            }
        )
        for table in sheet.lists
    )
    return sheet.model_copy(update={"lists": lists})


def lists_taken_over(model: FormModel, before: FormModel) -> FormModel:
    """A new version's lists keep what the designer said of them, where the columns of the key are still entered."""
    found = match(before, model)
    rules = []
    for sheet in before.sheets:
        for table in sheet.lists:
            to = model.lists_by_id.get(found.lists.get(table.id, ""))
            keys = tuple(found.columns.get((sheet.name, column), "") for column in table.key_columns)
            entered = to is not None and all(
                (cell := to.by_column.get(key)) is not None and cell.kind is CellKind.INPUT for key in keys
            )
            if to is not None and keys and entered:
                rules.append(
                    ListRule(
                        list_id=to.id, key_columns=keys, repeats=table.repeats, most_rows=table.most_rows
                    )
                )
    return set_lists(model, rules)


def check_lists(model: FormModel, figures: Figures) -> Iterator[Message]:
    for sheet in model.sheets:
        for table in sheet.lists:
            if table.most_rows is None and table.repeats is None:
                continue
            rows = figures.rows_of(table.id)
            if table.most_rows is not None and len(rows) > table.most_rows:
                yield _too_many(sheet, table, table.most_rows, rows)
            if table.repeats is not None:
                yield from _repeated(model, sheet, table, table.repeats, rows, figures)


def key_of(shown: Iterable[str]) -> tuple[str, ...]:
    """What two rows of a list have alike that are one, of the texts in the columns of its key."""
    return tuple(map(fold, shown))


def _too_many(sheet: Sheet, table: ListTable, most: int, rows: Sequence[ListRow]) -> Message:
    return Message(
        code="forms.list.too_many_rows",
        severity=Severity.ERROR,
        message=f"Trang “{sheet.name}”: danh sách có {len(rows)} dòng, nhiều nhất {most} dòng. "
        "Bỏ bớt dòng, hoặc hỏi cơ quan chủ trì biểu.",
        sheet=sheet.name,
        row=rows[most].id,
        column=table.key_columns[0] if table.key_columns else None,
        found=str(len(rows)),
        expected=f"nhiều nhất {most} dòng",
    )


def _repeated(
    model: FormModel,
    sheet: Sheet,
    table: ListTable,
    severity: Severity,
    rows: Sequence[ListRow],
    figures: Figures,
) -> Iterator[Message]:
    first_of: dict[tuple[str, ...], int] = {}
    for order, row in enumerate(rows, 1):
        shown = [_shown(figures.get(row.id, column)) for column in table.key_columns]
        key = key_of(shown)
        if not any(key):
            continue
        first = first_of.setdefault(key, order)
        if first == order:
            continue
        named = ", ".join(filter(None, shown))
        yield Message(
            code="forms.list.key_repeated",
            severity=severity,
            message=f"Trang “{sheet.name}”, {row_name(model, table.id)}: dòng thứ {order} trùng khóa với dòng thứ "
            f"{first}: “{named[:60]}”. Mỗi dòng một khóa ({_columns(sheet, table)}): gộp hai dòng hoặc sửa khóa.",
            sheet=sheet.name,
            row=row.id,
            column=table.key_columns[0],
            found=named,
            expected="mỗi dòng một khóa",
        )


def _columns(sheet: Sheet, table: ListTable) -> str:
    return ", ".join(f"cột {sheet.columns_by_id[column].letter}" for column in table.key_columns)


def _shown(value: Value) -> str:
    match value:
        case Number(number):
            return format_vi(number)
        case Text(text):
            return text.strip()
        case Blank() | NotApplicable():
            return ""
