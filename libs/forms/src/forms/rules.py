"""Rules (quy tắc kiểm tra): what must be true of a form's figures, and what is said where it isn't.

One rule gives the check and the words: the same message helps whoever fills in the cell and names the fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from kit.errors import InvalidInput, Place
from pydantic import Field

from forms.base import Frozen
from forms.expressions import Cell, ListColumn, Node, Range, from_json, parse, references, to_json, to_text
from forms.expressions.nodes import in_own_row
from forms.messages import Severity
from forms.text import nfc

MOST_RULES = 2000
LONGEST_MESSAGE = 500
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", re.ASCII)


class RuleCell(Frozen):
    row: str
    """A row id; in a rule of a list "@", the row it is judged in."""
    column: str


class RuleText(Frozen):
    """A rule as the designer writes it."""

    id: str
    severity: Severity
    condition: str
    """An expression of our language that must be true."""
    message: str
    list_id: str | None = None
    """The list in whose every row the rule is judged."""
    cells: tuple[RuleCell, ...] = ()
    """Where it is shown; left out: every cell of the form that the condition names."""


class Rule(RuleText):
    expression: dict[str, Any] = Field(default_factory=dict)
    """The syntax tree of ``condition`` as JSON."""

    @property
    def node(self) -> Node:
        return from_json(self.expression)


def rules_of(texts: Sequence[RuleText]) -> tuple[Rule, ...]:
    """The rules as the model keeps them; whatever can't be read is refused by the rule's id."""
    if len(texts) > MOST_RULES:
        raise InvalidInput(
            "forms.rules.too_many",
            f"Biểu có {len(texts)} quy tắc kiểm tra, nhiều nhất là {MOST_RULES}.",
            remedy="Gộp các quy tắc giống nhau.",
        )
    counted = Counter(text.id for text in texts)
    for text in texts:
        _refuse_unwritten(text, counted[text.id])
    return tuple(_rule(text) for text in texts)


def _refuse_unwritten(text: RuleText, times: int) -> None:
    if not _ID.fullmatch(text.id):
        raise _refusal(
            "id", text.id, "mã chỉ gồm chữ không dấu, số, “.”, “-”, “_”, nhiều nhất 40 ký tự", "id"
        )
    if times > 1:
        raise _refusal("same_id", text.id, "mã này dùng cho hai quy tắc", "id")
    if not text.message.strip():
        raise _refusal("message_missing", text.id, "chưa có lời thông báo", "message")
    if len(text.message) > LONGEST_MESSAGE:
        raise _refusal("message_too_long", text.id, f"lời thông báo quá {LONGEST_MESSAGE} ký tự", "message")


def _rule(text: RuleText) -> Rule:
    try:
        node = parse(text.condition)
    except InvalidInput as refusal:
        raise InvalidInput(
            refusal.code,
            f"Quy tắc {text.id}: {refusal.message}",
            rule=refusal.rule,
            remedy=refusal.remedy,
            places=[_place(text.id, "condition")],
            details={**refusal.details, "rule": text.id},
        ) from refusal
    if text.list_id is None and any(in_own_row(reference) for reference in references(node)):
        raise _refusal("own_row", text.id, "“@” chỉ dùng trong quy tắc của một danh sách", "condition")
    return Rule(
        id=text.id,
        severity=text.severity,
        condition=to_text(node),
        message=nfc(text.message.strip()),
        list_id=text.list_id,
        cells=text.cells or tuple(dict.fromkeys(_named(node))),
        expression=to_json(node),
    )


def _named(node: Node) -> Iterable[RuleCell]:
    for reference in references(node):
        match reference:
            case Cell(row, column) | Range(Cell(row, column), _):
                yield RuleCell(row=row, column=column)
            case ListColumn():
                continue


def _refusal(code: str, rule: str, why: str, field: str) -> InvalidInput:
    return InvalidInput(
        f"forms.rules.{code}",
        f"Quy tắc {rule or '(chưa có mã)'}: {why}.",
        places=[_place(rule, field)],
        remedy="Sửa quy tắc rồi lưu lại.",
        details={"rule": rule},
    )


def _place(rule: str, field: str) -> Place:
    return Place(field=f"rules.{rule}.{field}")
