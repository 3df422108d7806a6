"""What reporting costs each unit in a year, and which figures are asked of it twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from forms.binding import indicator_of
from forms.indicators import BoundIndicator
from forms.model import CellKind, FormModel
from forms.text import fold
from province_profile.regimes import Burden

from catalog.domain.form import FormVersion
from catalog.domain.regime import ReportingRegime

_SAYS_NOTHING = 3


@dataclass(frozen=True, slots=True)
class Owed:
    """One regime's load on each of its units in the year."""

    regime: ReportingRegime
    reports: int
    cells_each: int

    @property
    def cells(self) -> int:
        return self.reports * self.cells_each


@dataclass(frozen=True, slots=True)
class UnitBurden:
    unit_id: UUID
    reports: int
    cells: int
    hours: float


@dataclass(frozen=True, slots=True)
class AskedTwice:
    """One figure that several forms ask of the same units."""

    name: str
    indicator: str
    """The code of the indicator that all of them are bound to; empty: only the names are the same."""
    places: tuple[tuple[str, str], ...]
    """Form code and row label."""
    regimes: tuple[str, ...]
    units: int


def input_cells(model: FormModel) -> int:
    """A list counts as one row: how many a unit has, nobody knows beforehand."""
    lists = sum(
        cell.kind is CellKind.INPUT for sheet in model.sheets for table in sheet.lists for cell in table.cells
    )
    return sum(1 for _ in model.input_cells()) + lists


def burdens(owed: Sequence[Owed], assumed: Burden) -> list[UnitBurden]:
    """The heaviest first."""
    reports: dict[UUID, int] = defaultdict(int)
    cells: dict[UUID, int] = defaultdict(int)
    for one in owed:
        for unit in one.regime.units:
            reports[unit] += one.reports
            cells[unit] += one.cells
    found = [
        UnitBurden(unit, reports[unit], cells[unit], hours(reports[unit], cells[unit], assumed))
        for unit in reports
        if reports[unit]
    ]
    return sorted(found, key=lambda one: (-one.hours, str(one.unit_id)))


def hours(reports: int, cells: int, assumed: Burden) -> float:
    took = timedelta(minutes=reports * assumed.minutes_per_report, seconds=cells * assumed.seconds_per_cell)
    return round(took.total_seconds() / 3600, 1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row, or a column of a list, that a form has a unit fill in."""

    label: str
    indicator: BoundIndicator | None


def asked_twice(
    regimes: Collection[ReportingRegime], versions: Mapping[UUID, FormVersion]
) -> Iterator[AskedTwice]:
    """What forms of two regimes that share units ask for: by the indicator where they are bound to one, by the folded
    row label where one of them isn't. Rows of one name and of different indicators are different figures."""
    by_indicator: dict[str, _Places] = defaultdict(dict)
    by_label: dict[str, _Places] = defaultdict(dict)
    bound: dict[str, BoundIndicator] = {}
    free: set[str] = set()
    for regime in regimes:
        for version in filter(None, map(versions.get, regime.terms.form_version_ids)):
            for one in asked_figures(version.model):
                place, name = (version.code, one.label), fold(one.label)
                by_label[name].setdefault(place, []).append(regime)
                if one.indicator is None:
                    free.add(name)
                else:
                    bound[one.indicator.id] = one.indicator
                    by_indicator[one.indicator.id].setdefault(place, []).append(regime)
    for id, places in by_indicator.items():
        yield from _shared(bound[id].name, bound[id].code, places)
    for name in free:
        yield from _shared(next(iter(by_label[name]))[1], "", by_label[name])


_Places = dict[tuple[str, str], list[ReportingRegime]]


def _shared(name: str, indicator: str, places: _Places) -> Iterator[AskedTwice]:
    asking = {regime.id: regime for found in places.values() for regime in found}
    if len({code for code, _ in places}) < 2 or len(asking) < 2:
        return
    counted: dict[UUID, int] = defaultdict(int)
    for regime in asking.values():
        for unit in regime.units:
            counted[unit] += 1
    units = sum(count > 1 for count in counted.values())
    if units:
        regimes = tuple(sorted(one.terms.name for one in asking.values()))
        yield AskedTwice(name, indicator, tuple(sorted(places)), regimes, units)


def asked_figures(model: FormModel) -> Iterator[_Asked]:
    """Rows with something to fill in, once for each indicator they are bound to; a list's columns that are bound.
    Very short labels say nothing by themselves."""
    found: dict[tuple[str, str | None], _Asked] = {}
    for cell in model.input_cells():
        indicator = indicator_of(model, cell)
        label = model.sheet_of_row[cell.row].rows_by_id[cell.row].label
        if indicator is not None or len(fold(label)) > _SAYS_NOTHING:
            key = (cell.row, None if indicator is None else indicator.id)
            found.setdefault(key, _Asked(label, indicator))
    for sheet in model.sheets:
        for cell in (cell for table in sheet.lists for cell in table.cells if cell.kind is CellKind.INPUT):
            column = sheet.columns_by_id[cell.column]
            named = cell.indicator_id or column.indicator_id
            indicator = model.indicators_by_id.get(named) if named else None
            if indicator is not None:
                found.setdefault((cell.column, indicator.id), _Asked(" / ".join(column.path), indicator))
    yield from found.values()
