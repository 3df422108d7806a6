"""The syntax tree, its JSON (which the portal evaluates) and its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forms.values import CellKey, plain

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


Node = Literal | Quoted | Boolean | Cell | Range | ListColumn | Negate | Percent | Binary | Call

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
        case {"op": "negate", "operand": operand}:
            return Negate(from_json(operand))
        case {"op": "percent", "operand": operand}:
            return Percent(from_json(operand))
        case {"op": str(name), "left": left, "right": right} if name in _SIGNS:
            return Binary(_SIGNS[name], from_json(left), from_json(right))
        case {"op": "call", "function": str(function), "arguments": [*arguments]}:
            return Call(function, tuple(from_json(argument) for argument in arguments))
    raise ValueError(f"not a syntax tree: {data.get('op')}")


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
        case Negate(operand):
            return f"-{_wrapped(operand, 6)}"
        case Percent(operand):
            return f"{_wrapped(operand, 6)}%"
        case Binary(operator, left, right):
            level = _LEVEL.get(operator, 1)
            return f"{_wrapped(left, level)}{operator}{_wrapped(right, level + 1)}"
        case Call(function, arguments):
            return f"{function}({','.join(to_text(argument) for argument in arguments)})"


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


def references(node: Node) -> Iterator[Cell | Range | ListColumn]:
    """Every reference in the tree, in the order it is written."""
    match node:
        case Cell() | Range() | ListColumn():
            yield node
        case Negate(operand) | Percent(operand):
            yield from references(operand)
        case Binary(_, left, right):
            yield from references(left)
            yield from references(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from references(argument)
        case Literal() | Quoted() | Boolean():
            return


def in_row(cell: Cell, own_row: str | None) -> CellKey:
    """The key of a referenced cell, with the own row put in."""
    if cell.row != OWN_ROW:
        return CellKey(cell.row, cell.column)
    if own_row is None:
        raise ValueError("a formula of a fixed row has no own row")
    return CellKey(own_row, cell.column)
