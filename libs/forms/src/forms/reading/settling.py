"""Formulas that can't stand though each can be read: those in a circle, and those that use what isn't taken over.

They are named and left as labels. Otherwise a total would quietly go on with the figure that an untranslated
formula once had, or stay blank for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from forms.expressions import references
from forms.graph import Formula, dependencies, evaluation_order, formulas
from forms.layout import Layout
from forms.model import Cell, CellKind, FormModel
from forms.reading.kinds import KEPT_AS_LABEL, LeftAsLabel, kept_as_label
from forms.values import CellKey

_IN_A_CIRCLE = "các ô tính vòng qua nhau"


def settle(model: FormModel, left: list[LeftAsLabel]) -> FormModel:
    layout = Layout(model)
    computed = {CellKey(cell.row, cell.column) for cell in _cells(model) if cell.kind is CellKind.COMPUTED}
    waiting = computed - {formula.key for formula in evaluation_order(model, layout)}
    lost = {
        CellKey(cell.row, cell.column): cell.a1
        for cell in _cells(model)
        if cell.reason.startswith(KEPT_AS_LABEL)
    }
    if not lost and not waiting:
        return model
    found = formulas(model)
    circling = _circling({key: found[key] for key in waiting}, layout)
    dropped = dict.fromkeys(circling, _IN_A_CIRCLE)
    _drop_readers(found, layout, lost | {key: found[key].cell.a1 for key in circling}, dropped)
    for key, why in dropped.items():
        cell = found[key].cell
        said = cell.reason.partition("=")[2] or cell.formula or ""
        left.append(LeftAsLabel(f"{model.sheet_of_row[key.row].name}!{cell.a1}", f"={said}", why))
    return _without(model, dropped)


def _cells(model: FormModel) -> Iterable[Cell]:
    yield from model.cells.values()
    for table in model.lists_by_id.values():
        yield from table.cells


def _circling(waiting: Mapping[CellKey, Formula], layout: Layout) -> set[CellKey]:
    """Of the formulas without a place in the order of computing those that don't merely use such ones."""
    reads = dependencies(waiting, layout)
    circling = set(waiting)
    while True:
        used = {read for key in circling for read in reads[key]}
        if circling <= used:
            return circling
        circling &= used


def _drop_readers(
    found: Mapping[CellKey, Formula], layout: Layout, gone: dict[CellKey, str], dropped: dict[CellKey, str]
) -> None:
    """Adds to ``dropped`` every formula that uses one of those gone, directly or through another."""
    readers: dict[CellKey, list[CellKey]] = {}
    for key, formula in found.items():
        for reference in references(formula.node):
            for read in layout.pattern_keys(reference, key.row):
                readers.setdefault(read, []).append(key)
    while gone:
        key, a1 = gone.popitem()
        for reader in readers.get(key, ()):
            if reader not in dropped:
                dropped[reader] = f"dùng ô {a1}, mà công thức của ô ấy không lấy được"
                gone[reader] = found[reader].cell.a1


def _without(model: FormModel, dropped: Mapping[CellKey, str]) -> FormModel:
    rows: Collection[str] = {key.row for key in dropped}

    def settled(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(
            kept_as_label(cell, why)
            if cell.row in rows and (why := dropped.get(CellKey(cell.row, cell.column)))
            else cell
            for cell in cells
        )

    return model.model_copy(
        update={
            "sheets": tuple(
                sheet.model_copy(
                    update={
                        "cells": settled(sheet.cells),
                        "lists": tuple(
                            table.model_copy(update={"cells": settled(table.cells)}) for table in sheet.lists
                        ),
                    }
                )
                for sheet in model.sheets
            )
        }
    )
