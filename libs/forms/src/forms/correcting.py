"""The designer's corrections to what the importer proposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kit.errors import InvalidInput, Place

from forms.base import Frozen
from forms.expressions import parse, to_json, to_text
from forms.limits import Limits
from forms.model import Cell, CellKind, CellType, FormModel
from forms.values import CellKey

_MOST_PLACES = 20


class Correction(Frozen):
    """What one cell shall be. ``row`` is a row id, or a list's id for the pattern of its rows."""

    row: str
    column: str
    kind: CellKind
    type: CellType | None = None
    precision: int | None = None
    formula: str | None = None
    limits: Limits | None = None
    """Left out: as they are. None: no limits. Of a computed cell only that it shows a day."""


def correct(model: FormModel, corrections: Sequence[Correction]) -> FormModel:
    """The model with these cells changed; everything else, ids included, as it was."""
    wanted = {CellKey(c.row, c.column): c for c in corrections}
    patterns = {CellKey(c.row, c.column) for table in model.lists_by_id.values() for c in table.cells}
    for key in wanted:
        if key not in model.cells and key not in patterns:
            raise InvalidInput(
                "forms.correcting.unknown_cell",
                f"Biểu không có ô ở dòng {key.row}, cột {key.column}.",
                places=(Place(cell=f"{key.row}:{key.column}"),),
                remedy="Chọn ô trong biểu đang thiết kế.",
            )
    sheets = tuple(
        sheet.model_copy(
            update={
                "cells": tuple(_corrected(cell, wanted) for cell in sheet.cells),
                "lists": tuple(
                    table.model_copy(
                        update={"cells": tuple(_corrected(cell, wanted) for cell in table.cells)}
                    )
                    for table in sheet.lists
                ),
            }
        )
        for sheet in model.sheets
    )
    return model.model_copy(update={"sheets": sheets})


def _corrected(cell: Cell, wanted: dict[CellKey, Correction]) -> Cell:
    correction = wanted.get(CellKey(cell.row, cell.column))
    if correction is None:
        return cell
    changes: dict[str, Any] = {
        "kind": correction.kind,
        "type": correction.type,
        "precision": None,
        "formula": None,
        "expression": None,
        "limits": None,
        "reason": "Người thiết kế biểu chọn.",
    }
    match correction.kind:
        case CellKind.INPUT:
            changes["type"] = correction.type or cell.type or CellType.NUMBER
            changes["limits"] = _limits(cell, correction, numbers=changes["type"] is CellType.NUMBER)
        case CellKind.COMPUTED:
            text = correction.formula or cell.formula
            if text is None:
                raise InvalidInput(
                    "forms.correcting.formula_missing",
                    f"Ô {cell.a1} là ô tính nhưng chưa có công thức.",
                    places=(Place(cell=cell.a1),),
                    remedy="Nhập công thức cho ô.",
                )
            node = parse(text)
            changes |= {
                "type": correction.type or (CellType.TEXT if cell.holds_day else CellType.NUMBER),
                "formula": to_text(node),
                "expression": to_json(node),
            }
            limits = _limits(cell, correction, numbers=changes["type"] is CellType.NUMBER)
            changes["limits"] = limits if limits is not None and limits.day else None
    if changes["type"] is CellType.NUMBER and correction.precision is not None:
        if not 0 <= correction.precision <= _MOST_PLACES:
            raise InvalidInput(
                "forms.correcting.precision",
                f"Ô {cell.a1}: số chữ số thập phân phải từ 0 đến {_MOST_PLACES}.",
                places=(Place(cell=cell.a1),),
            )
        changes["precision"] = correction.precision
    return cell.model_copy(update=changes)


def _limits(cell: Cell, correction: Correction, *, numbers: bool) -> Limits | None:
    """What the designer says; else what was there, as long as the cell still takes what it speaks of."""
    if "limits" not in correction.model_fields_set:
        return cell.limits if cell.limits is not None and cell.limits.fits(numbers=numbers) else None
    if correction.limits is not None and not correction.limits.fits(numbers=numbers):
        kind = "số" if numbers else "chữ"
        raise InvalidInput(
            "forms.correcting.limits_of_another_type",
            f"Ô {cell.a1} ghi {kind}: giới hạn đã chọn không dùng cho ô ghi {kind}.",
            places=(Place(cell=cell.a1),),
            remedy="Ô số: mức nhỏ nhất, lớn nhất. Ô chữ: độ dài, danh sách chọn, ngày.",
        )
    return correction.limits
