"""In which order formulas are computed, and whether some of them go round in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.expressions import Node, from_json, references
from forms.layout import Layout
from forms.model import Cell, CellKind, FormModel
from forms.values import CellKey


@dataclass(frozen=True, slots=True)
class Formula:
    """A computed cell with its tree; for a list's pattern, ``cell.row`` is the list's id."""

    cell: Cell
    node: Node

    @property
    def key(self) -> CellKey:
        return CellKey(self.cell.row, self.cell.column)


def formulas(model: FormModel) -> dict[CellKey, Formula]:
    patterns = (cell for table in model.lists_by_id.values() for cell in table.cells)
    return {
        CellKey(cell.row, cell.column): Formula(cell, from_json(cell.expression))
        for cell in (*model.cells.values(), *patterns)
        if cell.kind is CellKind.COMPUTED and cell.expression is not None
    }


def dependencies(found: Mapping[CellKey, Formula], layout: Layout) -> dict[CellKey, tuple[CellKey, ...]]:
    """For each formula the formulas it reads."""
    return {
        key: tuple(
            read
            for reference in references(formula.node)
            for read in layout.pattern_keys(reference, key.row)
            if read in found
        )
        for key, formula in found.items()
    }


def evaluation_order(model: FormModel, layout: Layout | None = None) -> tuple[Formula, ...]:
    """Every formula after those it reads. Formulas in a circle are left out: see ``find_cycle``."""
    found = formulas(model)
    needs = dependencies(found, layout or Layout(model))
    waiting = {key: len(set(reads)) for key, reads in needs.items()}
    readers: dict[CellKey, list[CellKey]] = {}
    for key, reads in needs.items():
        for read in set(reads):
            readers.setdefault(read, []).append(key)
    ready = [key for key, count in waiting.items() if count == 0]
    order: list[Formula] = []
    while ready:
        key = ready.pop()
        order.append(found[key])
        for reader in readers.get(key, ()):
            waiting[reader] -= 1
            if waiting[reader] == 0:
                ready.append(reader)
    return tuple(order)


def find_cycle(model: FormModel) -> tuple[CellKey, ...]:
    """Cells that depend on themselves, in the order they read each other; empty where there is none."""
    found = formulas(model)
    needs = dependencies(found, Layout(model))
    done: set[CellKey] = set()
    for start in found:
        circle = _walk(start, needs, done)
        if circle:
            return circle
    return ()


def _walk(
    start: CellKey, needs: Mapping[CellKey, Sequence[CellKey]], done: set[CellKey]
) -> tuple[CellKey, ...]:
    path: list[CellKey] = []
    on_path: set[CellKey] = set()
    steps: list[tuple[CellKey, bool]] = [(start, False)]
    while steps:
        key, leaving = steps.pop()
        if leaving:
            path.pop()
            on_path.discard(key)
            done.add(key)
            continue
        if key in on_path:
            return tuple(path[path.index(key) :])
        if key in done:
            continue
        path.append(key)
        on_path.add(key)
        steps.append((key, True))
        steps.extend((read, False) for read in needs[key])
    return ()
