"""What reporting costs each unit in a year, and which figures are asked of it twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from forms.model import CellKind, FormModel
from forms.text import fold
from province_profile.regimes import Burden

from catalog.domain.form import FormVersion
from catalog.domain.regime import ReportingRegime


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


def asked_twice(
    regimes: Collection[ReportingRegime], versions: Mapping[UUID, FormVersion]
) -> Iterator[AskedTwice]:
    """Same folded row label with input cells, in forms of two regimes that share units."""
    where: dict[str, dict[tuple[str, str], list[ReportingRegime]]] = defaultdict(dict)
    for regime in regimes:
        for version_id in regime.terms.form_version_ids:
            version = versions.get(version_id)
            for label in () if version is None else asked_labels(version.model):
                assert version is not None
                where[fold(label)].setdefault((version.code, label), []).append(regime)
    for places in where.values():
        asking = {regime.id: regime for found in places.values() for regime in found}
        if len({code for code, _ in places}) < 2 or len(asking) < 2:
            continue
        counted: dict[UUID, int] = defaultdict(int)
        for regime in asking.values():
            for unit in regime.units:
                counted[unit] += 1
        units = sum(count > 1 for count in counted.values())
        if units:
            name = next(iter(places))[1]
            yield AskedTwice(
                name, tuple(sorted(places)), tuple(sorted(one.terms.name for one in asking.values())), units
            )


def asked_labels(model: FormModel) -> Iterator[str]:
    """Labels of rows that have something to fill in; very short ones say nothing."""
    asked = {cell.row for cell in model.input_cells()}
    for sheet in model.sheets:
        for row in sheet.rows:
            if row.id in asked and len(fold(row.label)) > 3:
                yield row.label
