"""The syntax tree, its JSON (which the portal evaluates) and its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from forms.values import plain

OWN_ROW = "@"
"""Stands for the row the formula itself is in: the cells of one row of a list."""


@dataclass(frozen=True, slots=True)
class Literal:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Quoted:
    value: str


@dataclass(frozen=True, slots=True)
class Boolean:
    value: bool


@dataclass(frozen=True, slots=True)
class Cell:
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Range:
    """Every cell of the rows and columns between two corners, in the form's order."""

    start: Cell
    end: Cell


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of every row of a list."""

    list_id: str
    column: str


Reference = Cell | Range | ListColumn


class Earlier(StrEnum):
    """An earlier report of the same unit and regime."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"
    """The same period of the year before."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whose figures are meant: another form by its code, an earlier report, or both. Never neither."""

    form: str | None = None
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """A reference to figures that don't stand in this form of this report."""

    source: Source
    reference: Reference


@dataclass(frozen=True, slots=True)
class Negate:
    operand: Node


@dataclass(frozen=True, slots=True)
class Percent:
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


Node = Literal | Quoted | Boolean | Cell | Range | ListColumn | Outside | Negate | Percent | Binary | Call

OPERATORS: Mapping[str, str] = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "^": "power",
    "=": "equal",
    "<>": "not_equal",
    "<": "less",
    "<=": "less_or_equal",
    ">": "greater",
    ">=": "greater_or_equal",
}
_SIGNS = {name: sign for sign, name in OPERATORS.items()}
_LEVEL = {"^": 4, "*": 3, "/": 3, "+": 2, "-": 2}


def to_json(node: Node) -> dict[str, Any]:
    match node:
        case Literal(number):
            return {"op": "number", "value": plain(number)}
        case Quoted(text):
            return {"op": "text", "value": text}
        case Boolean(truth):
            return {"op": "boolean", "value": truth}
        case Cell(row, column):
            return {"op": "cell", "row": row, "column": column}
        case Range(start, end):
            corners = {name: {"row": c.row, "column": c.column} for name, c in (("from", start), ("to", end))}
            return {"op": "range", **corners}
        case ListColumn(list_id, column):
            return {"op": "list", "list": list_id, "column": column}
        case Outside(source, reference):
            named = {"form": source.form, "period": source.earlier and source.earlier.value}
            said = {name: value for name, value in named.items() if value is not None}
            return {"op": "outside", **said, "reference": to_json(reference)}
        case Negate(operand):
            return {"op": "negate", "operand": to_json(operand)}
        case Percent(operand):
            return {"op": "percent", "operand": to_json(operand)}
        case Binary(operator, left, right):
            return {"op": OPERATORS[operator], "left": to_json(left), "right": to_json(right)}
        case Call(function, arguments):
            return {"op": "call", "function": function, "arguments": [to_json(a) for a in arguments]}


def from_json(data: Mapping[str, Any]) -> Node:
    match data:
        case {"op": "number", "value": str(number)}:
            return Literal(Decimal(number))
        case {"op": "text", "value": str(text)}:
            return Quoted(text)
        case {"op": "boolean", "value": bool(truth)}:
            return Boolean(truth)
        case {"op": "cell", "row": str(row), "column": str(column)}:
            return Cell(row, column)
        case {
            "op": "range",
            "from": {"row": str(r1), "column": str(c1)},
            "to": {"row": str(r2), "column": str(c2)},
        }:
            return Range(Cell(r1, c1), Cell(r2, c2))
        case {"op": "list", "list": str(list_id), "column": str(column)}:
            return ListColumn(list_id, column)
        case {"op": "outside", "reference": {"op": "cell" | "range" | "list"} as inner, **named}:
            return _outside(named, from_json(inner))
        case {"op": "negate", "operand": operand}:
            return Negate(from_json(operand))
        case {"op": "percent", "operand": operand}:
            return Percent(from_json(operand))
        case {"op": str(name), "left": left, "right": right} if name in _SIGNS:
            return Binary(_SIGNS[name], from_json(left), from_json(right))
        case {"op": "call", "function": str(function), "arguments": [*arguments]}:
            return Call(function, tuple(from_json(argument) for argument in arguments))
    raise ValueError(f"not a syntax tree: {data.get('op')}")


def _outside(named: Mapping[str, Any], reference: Node) -> Outside:
    form, period = named.get("form"), named.get("period")
    source = Source(form, Earlier(period) if period is not None else None)
    if source == Source() or form == "" or not isinstance(reference, Reference) or in_own_row(reference):
        raise ValueError("not a reference to other figures")
    return Outside(source, reference)


def to_text(node: Node) -> str:
    match node:
        case Literal(number):
            return plain(number)
        case Quoted(text):
            doubled = text.replace('"', '""')
            return f'"{doubled}"'
        case Boolean(truth):
            return "TRUE" if truth else "FALSE"
        case Cell(row, column):
            return f"[{row}:{column}]"
        case Range(start, end):
            return f"{to_text(start)}..{to_text(end)}"
        case ListColumn(list_id, column):
            return f"{{{list_id}:{column}}}"
        case Outside(source, reference):
            return f"{_source_text(source)}{to_text(reference)}"
        case Negate(operand):
            return f"-{_wrapped(operand, 6)}"
        case Percent(operand):
            return f"{_wrapped(operand, 6)}%"
        case Binary(operator, left, right):
            level = _LEVEL.get(operator, 1)
            return f"{_wrapped(left, level)}{operator}{_wrapped(right, level + 1)}"
        case Call(function, arguments):
            return f"{function}({','.join(to_text(argument) for argument in arguments)})"


def _source_text(source: Source) -> str:
    form = "" if source.form is None else "'{}'!".format(source.form.replace("'", "''"))
    return form if source.earlier is None else f"{form}{source.earlier.name}!"


def _wrapped(node: Node, level: int) -> str:
    text = to_text(node)
    own = (
        _LEVEL.get(node.operator, 1)
        if isinstance(node, Binary)
        else 5
        if isinstance(node, Negate | Percent)
        else 9
    )
    return text if own >= level else f"({text})"


def references(node: Node) -> Iterator[Reference]:
    """Every reference to the form's own figures, in the order they are written."""
    return (found for found in all_references(node) if not isinstance(found, Outside))


def outside_references(node: Node) -> Iterator[Outside]:
    return (found for found in all_references(node) if isinstance(found, Outside))


def all_references(node: Node) -> Iterator[Reference | Outside]:
    match node:
        case Cell() | Range() | ListColumn() | Outside():
            yield node
        case Negate(operand) | Percent(operand):
            yield from all_references(operand)
        case Binary(_, left, right):
            yield from all_references(left)
            yield from all_references(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from all_references(argument)
        case Literal() | Quoted() | Boolean():
            return


def in_own_row(reference: Reference) -> bool:
    match reference:
        case Cell(row, _):
            return row == OWN_ROW
        case Range(start, end):
            return OWN_ROW in (start.row, end.row)
        case ListColumn():
            return False
