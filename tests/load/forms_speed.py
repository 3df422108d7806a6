"""What one judgement of a form costs: `python -m tests.load.forms_speed`. Fails where it is over its limit.

Counted is the processor's time of this process, so that what else runs on the machine changes little.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from forms.expressions import parse, to_json
from forms.messages import Severity
from forms.model import Cell, CellKind, CellType, Column, FormModel, Row, RowKind, Sheet
from forms.rules import Rule, RuleText, rules_of
from forms.validation import validate
from forms.values import CellKey, Figures, Number

from tests.forms.building import FORMS, figures_of, model_of

ROUNDS = 21
LIMITS = {"kt-xh-thang": 10, "5000 cells, 1000 formulas": 150, "and 1000 rules": 150}
"""Milliseconds."""
ROWS, COLUMNS = 500, 10


def main() -> int:
    late = 0
    for name, judged in cases().items():
        took, limit = median_ms(judged), LIMITS.get(name)
        late += limit is not None and took > limit
        print(f"{name:<28} {took:8.2f} ms{f'   limit {limit} ms' if limit else ''}")
    return 1 if late else 0


def cases() -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {
        name: judging(model_of(name), figures_of(name)) for name in FORMS
    }
    large = large_form()
    entered = {
        CellKey(cell.row, cell.column): Number(Decimal(place % 997))
        for place, cell in enumerate(large.input_cells())
    }
    found["5000 cells, 1000 formulas"] = judging(large, Figures(entered))
    found["and 1000 rules"] = judging(large.model_copy(update={"rules": rules()}), Figures(entered))
    found["the same, not yet compiled"] = lambda: validate(large.model_copy(), Figures(entered))
    return found


def judging(model: FormModel, figures: Figures) -> Callable[[], object]:
    return lambda: validate(model, figures)


def large_form() -> FormModel:
    """Every row with eight figures, their sum and the share of the row above."""
    letters = [chr(ord("A") + place) for place in range(COLUMNS)]
    cells = [cell for place in range(ROWS) for cell in _row_of_cells(place, letters)]
    return FormModel(
        sheets=(
            Sheet(
                name="Biểu",
                columns=tuple(Column(id=letter, letter=letter, path=(letter,)) for letter in letters),
                rows=tuple(Row(id=f"R.{n}", index=n + 1, kind=RowKind.FIXED) for n in range(ROWS)),
                cells=tuple(cells),
            ),
        )
    )


def rules() -> tuple[Rule, ...]:
    """In every row, that the sum is the sum of its parts, and that no figure is above it."""
    conditions = [
        (f"SUM.{n}", f"[R.{n}:I]=[R.{n}:A]+[R.{n}:B]+SUM([R.{n}:C]..[R.{n}:H])") for n in range(ROWS)
    ] + [(f"MAX.{n}", f"MAX([R.{n}:A]..[R.{n}:H])<=[R.{n}:I]") for n in range(ROWS)]
    return rules_of(
        [
            RuleText(id=name, severity=Severity.WARNING, condition=condition, message="Không khớp.")
            for name, condition in conditions
        ]
    )


def _row_of_cells(place: int, letters: list[str]) -> list[Cell]:
    row, above = f"R.{place}", f"R.{max(place - 1, 0)}"
    formulas = {
        "I": f"SUM([{row}:A]..[{row}:H])",
        "J": f"IF([{above}:I]=0,0,ROUND([{row}:I]/[{above}:I]*100,1))",
    }
    return [
        Cell(
            row=row,
            column=letter,
            a1=f"{letter}{place + 1}",
            kind=CellKind.COMPUTED if letter in formulas else CellKind.INPUT,
            type=CellType.NUMBER,
            precision=1,
            formula=formulas.get(letter),
            expression=to_json(parse(formulas[letter])) if letter in formulas else None,
        )
        for letter in letters
    ]


def median_ms(judged: Callable[[], object]) -> float:
    judged()
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        judged()
        taken.append(time.process_time() - begun)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    sys.exit(main())
