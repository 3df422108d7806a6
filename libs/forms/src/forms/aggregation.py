"""Many units' figures as one: what the lead agency builds from the reports it has accepted.

Numbers that units enter are combined by the rule of the indicator their cell is bound to, and summed where it is
bound to none; what the form computes is computed again from the results and never combined; text is gathered under
the name of its unit, rows of lists follow each other. The order in which sources arrive changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from forms.binding import companion, indicator_of
from forms.combining import Given, combine
from forms.compute import compute, whole
from forms.indicators import BoundIndicator
from forms.model import Cell, CellType, FormModel
from forms.text import sort_key
from forms.validation import LONGEST_TEXT
from forms.values import BLANK, CellKey, Figures, ListRow, Number, Text, Value

_CUT = "\n… (xem tiếp ở số liệu từng đơn vị)"


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    name: str
    figures: Figures
    moment: datetime | None = None
    """When it became true, for indicators of which the last figure counts."""


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
    beside = _Beside(model, ordered)
    cells: dict[CellKey, Value] = {}
    contributions: dict[CellKey, tuple[Contribution, ...]] = {}
    for cell in model.input_cells():
        key = CellKey(cell.row, cell.column)
        found = tuple(
            Contribution(source.id, source.name, value)
            for source in ordered
            if isinstance(value := source.figures.get(*key), Number | Text)
        )
        cells[key] = _gathered(cell, found) if cell.type is CellType.TEXT else beside.combined(cell)
        if found:
            contributions[key] = found
    rows, row_sources = _lists(model, ordered, cells)
    figures = Figures(cells, rows)
    return Aggregate(figures, compute(model, figures), contributions, row_sources)


class _Beside:
    """Reads, for a cell, each unit's number and those its rule needs beside it (weights, numerators)."""

    def __init__(self, model: FormModel, sources: Sequence[Source]) -> None:
        self._model = model
        self._sources = sources
        self._whole: dict[str, Figures] = {}

    def combined(self, cell: Cell) -> Value:
        indicator = indicator_of(self._model, cell)
        needed = {} if indicator is None else self._needed(cell, indicator)
        given = [
            Given(value.value, self._numbers(source, needed), source.moment)
            for source in self._sources
            if isinstance(value := source.figures.get(cell.row, cell.column), Number)
        ]
        return combine(cell, indicator, given)

    def _needed(self, cell: Cell, indicator: BoundIndicator) -> dict[str, CellKey]:
        found = {one: companion(self._model, cell, one) for one in indicator.companions}
        return {one: CellKey(other.row, other.column) for one, other in found.items() if other is not None}

    def _numbers(self, source: Source, needed: Mapping[str, CellKey]) -> dict[str, Decimal]:
        if not needed:
            return {}
        if source.id not in self._whole:
            self._whole[source.id] = whole(self._model, source.figures)
        figures = self._whole[source.id]
        return {
            one: value.value for one, key in needed.items() if isinstance(value := figures.get(*key), Number)
        }


def _gathered(cell: Cell, found: Sequence[Contribution]) -> Value:
    """What each unit wrote under its name. A cell of one choice or one day takes no more than one: what all say,
    and nothing where they differ, which whoever sums up decides with the contributions beside it."""
    if cell.limits is not None and (cell.limits.choices or cell.limits.day):
        said = {contribution.value for contribution in found}
        return said.pop() if len(said) == 1 else BLANK
    lines = [f"{c.source_name}: {c.value.value}" for c in found if isinstance(c.value, Text)]
    text = "\n".join(lines)
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - len(_CUT)] + _CUT
    return Text(text) if lines else BLANK


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
