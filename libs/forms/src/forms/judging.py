"""Whether a form's rules hold over its figures, and what is said where they don't."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import DivisionByZero, InvalidOperation, Overflow
from enum import StrEnum

from forms.expressions import OWN_ROW, Compiled, Frame
from forms.expressions.calculation import Undefined, Wrong, as_truth
from forms.expressions.compiling import blank
from forms.messages import Message, Severity, TouchedCell
from forms.model import FormModel
from forms.rules import Rule, RuleCell


class Verdict(StrEnum):
    HOLDS = "holds"
    BROKEN = "broken"
    SILENT = "silent"
    """Nothing to judge yet: all figures it uses are blank, or those of another form or report are."""
    FAULTY = "faulty"
    """The condition has no meaning over these figures."""


@dataclass(frozen=True, slots=True)
class Judged:
    rule: Rule
    row: str | None
    """The list row it was judged in."""
    verdict: Verdict
    why: str = ""


def judge_rules(model: FormModel, frame: Frame) -> Iterator[Judged]:
    """Every rule over a computed form, in its order; in every row for a rule of a list."""
    for check in model.plan.checks:
        list_id = check.rule.list_id
        for row in (None,) if list_id is None else frame.rows.get(list_id, ()):
            frame.own_row = row or ""
            verdict, why = _verdict(check.compiled, frame)
            yield Judged(check.rule, row, verdict, why)


def _verdict(compiled: Compiled, frame: Frame) -> tuple[Verdict, str]:
    if compiled.all_blank(frame) or any(blank(reader, frame) for reader in compiled.outside):
        return Verdict.SILENT, ""
    try:
        result = compiled.code(frame)
        truth = None if result is None else as_truth(result)
    except Wrong as wrong:
        return Verdict.FAULTY, wrong.message
    except (Overflow, InvalidOperation, DivisionByZero):
        return Verdict.FAULTY, "Kết quả vượt quá 34 chữ số."
    if truth is None or isinstance(truth, Undefined):
        return Verdict.SILENT, ""
    return (Verdict.HOLDS if truth else Verdict.BROKEN), ""


def said(model: FormModel, judged: Judged) -> Message | None:
    """What a rule says to whoever fills in the form; None where it has nothing to say."""
    rule = judged.rule
    if judged.verdict is Verdict.BROKEN:
        return _message(model, judged, f"forms.rule.{rule.id}", rule.severity, rule.message)
    if judged.verdict is Verdict.FAULTY:
        text = f"Chưa kiểm tra được quy tắc {rule.id}: {judged.why}"
        return _message(model, judged, "forms.rule.not_judged", Severity.INFORMATION, text)
    return None


def _message(model: FormModel, judged: Judged, code: str, severity: Severity, text: str) -> Message:
    cells = tuple(_touched(model, judged, cell) for cell in judged.rule.cells)
    first = cells[0].model_dump() if cells else {}
    return Message(code=code, severity=severity, message=text, rule=judged.rule.id, cells=cells, **first)


def _touched(model: FormModel, judged: Judged, cell: RuleCell) -> TouchedCell:
    own = cell.row in (OWN_ROW, judged.rule.list_id)
    sheet = model.sheet_of_row.get(judged.rule.list_id or "" if own else cell.row)
    fixed = model.cell_for(cell.row, cell.column)
    return TouchedCell(
        sheet=sheet.name if sheet else "",
        row=judged.row or "" if own else cell.row,
        column=cell.column,
        a1=fixed.a1 if fixed else None,
    )
