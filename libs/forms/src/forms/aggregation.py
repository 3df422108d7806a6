"""Many units' figures as one: what the lead agency builds from the reports it has accepted.

Where no indicator rule is set, numbers that units enter are summed, what the form computes is computed
again from the sums and never added, text is gathered under the name of its unit, rows of lists follow
each other. The order in which sources arrive changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from forms.compute import compute
from forms.model import Cell, CellType, FormModel
from forms.text import sort_key
from forms.validation import LONGEST_TEXT
from forms.values import BLANK, CellKey, Figures, ListRow, Number, Text, Value

_EXACT = Context(prec=100)
_CUT = "\n… (xem tiếp ở số liệu từng đơn vị)"


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Contribution:
    source_id: str
    source_name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Aggregate:
    figures: Figures
    """Input cells, and the rows of all lists."""
    computed: Figures
    """What the form computes from them."""
    contributions: Mapping[CellKey, tuple[Contribution, ...]]
    """What each cell of a fixed row was built from: one entry for each source that is not blank there."""
    row_sources: Mapping[str, str]
    """The source each list row came from, by row id."""


def aggregate(model: FormModel, sources: Sequence[Source]) -> Aggregate:
    ordered = sorted(sources, key=lambda source: (sort_key(source.name), source.id))
    cells: dict[CellKey, Value] = {}
    contributions: dict[CellKey, tuple[Contribution, ...]] = {}
    for cell in model.input_cells():
        key = CellKey(cell.row, cell.column)
        found = tuple(
            Contribution(source.id, source.name, value)
            for source in ordered
            if isinstance(value := source.figures.get(*key), Number | Text)
        )
        cells[key] = _together(cell, found)
        if found:
            contributions[key] = found
    rows, row_sources = _lists(model, ordered, cells)
    figures = Figures(cells, rows)
    return Aggregate(figures, compute(model, figures), contributions, row_sources)


def _together(cell: Cell, found: Sequence[Contribution]) -> Value:
    if not found:
        return BLANK
    if cell.type is CellType.TEXT:
        return Text(_gathered(found))
    total = Decimal(0)
    for contribution in found:
        if isinstance(contribution.value, Number):
            total = _EXACT.add(total, contribution.value.value)
    return Number(total)


def _gathered(found: Sequence[Contribution]) -> str:
    lines = [f"{c.source_name}: {c.value.value}" for c in found if isinstance(c.value, Text)]
    text = "\n".join(lines)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT


def _lists(
    model: FormModel, ordered: Sequence[Source], cells: dict[CellKey, Value]
) -> tuple[tuple[ListRow, ...], Mapping[str, str]]:
    rows: list[ListRow] = []
    row_sources: dict[str, str] = {}
    for table in model.lists_by_id.values():
        columns = [cell.column for cell in table.cells]
        order = 0
        for source in ordered:
            for row in source.figures.rows_of(table.id):
                if row.id in row_sources:
                    raise ValueError(f"list row {row.id} comes from two sources")
                order += 1
                rows.append(ListRow(row.id, table.id, order))
                row_sources[row.id] = source.id
                for column in columns:
                    key = CellKey(row.id, column)
                    if key in source.figures.cells:
                        cells[key] = source.figures.cells[key]
    return tuple(rows), row_sources
