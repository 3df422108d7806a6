"""`form-roundtrip`: the form read, written back with what it holds, and compared part by part."""

from __future__ import annotations

from pathlib import Path

from forms.comparing import Difference, compare
from forms.filled import read_filled
from forms.reading import propose
from forms.writing import fill
from kit.errors import DomainError
from kit.ids import new_id

from catalog.entrypoints.cli.answering import (
    ACCEPTED,
    REFUSED,
    bounded,
    content_of,
    print_json,
    print_refusal,
    verdict,
    write_content,
)


def roundtrip(file: Path, out: Path, *, as_json: bool) -> int:
    """Prints the differences; exit status 0 also where there are some, as long as the form was taken in."""
    differences: tuple[Difference, ...] = ()
    refusal: DomainError | None = None
    try:
        before = content_of(file)
        after = bounded(lambda: write_back(before))
        write_content(out, after)
        differences = compare(before, after)
    except DomainError as error:
        refusal = error
    if as_json:
        listed = [
            {"part": each.part, "what": each.what, "sheet": each.sheet, "cells": list(each.cells)}
            for each in differences
        ]
        print_json({**verdict(refusal), "out": None if refusal else str(out), "differences": listed})
    elif refusal is not None:
        print_refusal(refusal)
    else:
        print(f"Đã ghi {out}. " + ("Không phần nào khác." if not differences else "Các phần khác:"))
        for each in differences:
            cells = f": {', '.join(each.cells[:20])}{', …' if len(each.cells) > 20 else ''}"
            print(f"  {each.part}: {each.what}{cells if each.cells else ''}")
    return ACCEPTED if refusal is None else REFUSED


def write_back(data: bytes) -> bytes:
    """Every input cell is read and written again, every formula's result is our own."""
    model = propose(data).model
    held = read_filled(model, data, new_row_id=lambda: str(new_id()))
    held.refuse_errors()
    return fill(data, model, held.figures)
