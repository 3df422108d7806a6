"""Which form a workbook is: by its headers and printed labels, not by names of sheets or files."""

from __future__ import annotations

import hashlib
import json

from forms.model import CellKind, FormModel, Sheet
from forms.text import fold


def fingerprint_of(model: FormModel) -> str:
    shape = [_shape(sheet) for sheet in model.sheets]
    return hashlib.sha256(json.dumps(shape, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _shape(sheet: Sheet) -> list[object]:
    named_by_unit = {cell.row for cell in sheet.cells if cell.kind is CellKind.INPUT and cell.text}
    rows: list[object] = [
        [fold(row.numbering or ""), "" if row.id in named_by_unit else fold(row.label)] for row in sheet.rows
    ]
    columns: list[object] = [[fold(text) for text in column.path] for column in sheet.columns]
    return [columns, rows, len(sheet.lists)]
