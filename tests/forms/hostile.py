"""Files that cost much to read: within the guard's sizes, or just over them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterable, Mapping

from tests.forms.building import sample

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def with_parts(changes: Mapping[str, bytes], base: str = "kt-xh-thang") -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sample(base))) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in changes:
                target.writestr(name, source.read(name))
        for name, content in changes.items():
            target.writestr(name, content)
    return stream.getvalue()


def _sheet(rows: Iterable[str], after: str = "") -> bytes:
    return f"<worksheet {_MAIN}><sheetData>{''.join(rows)}</sheetData>{after}</worksheet>".encode()


def many_cells() -> bytes:
    """As many written cells as the guard lets through."""
    columns = [chr(65 + n) for n in range(20)]
    head = '<row r="1">' + "".join(_text(f"{c}1", f"Cột {c}") for c in columns) + "</row>"
    body = (f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><f>A1+{r}</f><v>{r}.5</v></c>' for c in columns) + "</row>" for r in range(2, 9_990))  # fmt: skip
    return with_parts({SHEET: _sheet([head, *body])})


def many_elements() -> bytes:
    """Few cells, millions of other elements: a tree far larger than its text."""
    numbers = random.Random(1)
    elements = "".join(f'<x a="{numbers.getrandbits(16):x}"/>' for _ in range(100_000))
    return with_parts({SHEET: _sheet(['<row r="1"/>'], elements * 60)})


def deep_elements() -> bytes:
    return with_parts({SHEET: _sheet([], "<x>" * 200_000)})


def many_merges() -> bytes:
    merges = "".join(f'<mergeCell ref="A{r}:B{r}"/>' for r in range(1, 300_000))
    return with_parts({SHEET: _sheet(['<row r="1"/>'], f"<mergeCells>{merges}</mergeCells>")})


def wide_formulas() -> bytes:
    """Every formula adds up the whole sheet."""
    rows = [f'<row r="1">{_text("A1", "STT")}{_text("B1", "Tổng")}{_text("C1", "Số")}</row>']
    rows += [f'<row r="{r}">' + _text(f"A{r}", f"Dòng {r}") + f'<c r="B{r}"><f>SUM($C$1:$ZZ$20000)</f></c>' + _text(f"C{r}", "x") + "</row>" for r in range(2, 5_000)]  # fmt: skip
    return with_parts({SHEET: _sheet(rows)})


def nested_formula() -> bytes:
    formula = "(" * 8_000 + "A1" + ")" * 8_000
    return with_parts({SHEET: _sheet([f'<row r="1">{_text("A1", "TT")}{_text("B1", "Số")}</row><row r="2">{_text("A2", "a")}<c r="B2"><f>{formula}</f></c></row>'] * 1)})  # fmt: skip


def long_text() -> bytes:
    text = random.Random(1).randbytes(100_000).hex() * 150
    return with_parts({SHEET: _sheet([f'<row r="1">{_text("A1", text)}</row>'])})


def _text(a1: str, text: str) -> str:
    return f'<c r="{a1}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAVY: Mapping[str, Callable[[], bytes]] = {
    "many elements": many_elements,
    "deep elements": deep_elements,
    "many merges": many_merges,
    "long text": long_text,
}
"""Refused; the others may be read, but within the bounds."""
WITHIN: Mapping[str, Callable[[], bytes]] = {
    "many cells": many_cells,
    "wide formulas": wide_formulas,
    "nested formula": nested_formula,
}
