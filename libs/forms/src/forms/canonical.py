"""The one document a signature stands for, and its hash. The recipe is contracts/canonical."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from forms.compute import whole
from forms.model import FormModel
from forms.numbers import places_of, round_half_away
from forms.text import nfc
from forms.values import CellKey, Figures, Number, Text, Value, plain

SCHEMA = "reporting-canonical/1"


@dataclass(frozen=True, slots=True)
class Filing:
    form_version: str
    model: FormModel
    figures: Figures


@dataclass(frozen=True, slots=True)
class Annex:
    name: str
    sha256: str


def canonical_document(
    *,
    report: Mapping[str, str],
    filings: Sequence[Filing],
    narrative: Sequence[tuple[str, str]] = (),
    annexes: Sequence[Annex] = (),
) -> dict[str, Any]:
    """``report`` says which report it is (ids, unit, period, revision); ``narrative`` its sections."""
    return {
        "schema": SCHEMA,
        "report": {nfc(name): nfc(value) for name, value in report.items()},
        "filings": sorted((_filing(filing) for filing in filings), key=lambda f: _order(f["form_version"])),
        "narrative": narrative_hash(narrative) if narrative else None,
        "annexes": sorted(
            ({"name": nfc(annex.name), "sha256": annex.sha256.lower()} for annex in annexes),
            key=lambda annex: (_order(annex["name"]), annex["sha256"]),
        ),
    }


def canonical_bytes(document: Mapping[str, Any]) -> bytes:
    return rfc8785.dumps(dict(document))


def canonical_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 over the RFC 8785 form, in small hexadecimal digits."""
    return hash_of(canonical_bytes(document))


def hash_of(document: bytes) -> str:
    """As `canonical_hash`, of a document that has been written already."""
    return hashlib.sha256(document).hexdigest()


def narrative_hash(sections: Sequence[tuple[str, str]]) -> str:
    listed = [{"id": nfc(identity), "text": nfc(text)} for identity, text in sections]
    return hashlib.sha256(rfc8785.dumps(listed)).hexdigest()


def canonical_number(number: Number, precision: int | None) -> str:
    """At the cell's precision; where the form sets none, with the digits the number needs."""
    places = places_of(number.value) if precision is None else precision
    return plain(round_half_away(number.value, places))


def _filing(filing: Filing) -> dict[str, Any]:
    figures = whole(filing.model, filing.figures)
    list_of = {row.id: row.list_id for row in figures.list_rows}
    fixed: list[dict[str, Any]] = []
    listed: dict[str, list[dict[str, Any]]] = {row: [] for row in list_of}
    for key, value in figures.cells.items():
        said = _said(filing.model, key, value, list_of.get(key.row))
        if said is not None and key.row in listed:
            listed[key.row].append({"column": nfc(key.column), "value": said})
        elif said is not None:
            fixed.append({"row": nfc(key.row), "column": nfc(key.column), "value": said})
    return {
        "form_version": nfc(filing.form_version),
        "cells": sorted(fixed, key=lambda cell: (_order(cell["row"]), _order(cell["column"]))),
        "lists": [
            {
                "list": nfc(list_id),
                "rows": [
                    {"id": row.id, "cells": sorted(listed[row.id], key=lambda cell: _order(cell["column"]))}
                    for row in figures.rows_of(list_id)
                ],
            }
            for list_id in sorted(filing.model.lists_by_id, key=_order)
        ],
    }


def _said(model: FormModel, key: CellKey, value: Value, list_id: str | None) -> dict[str, str] | None:
    """Blanks are left out: a document with a blank and one without the cell say the same."""
    cell = model.cell_for(*key, list_id)
    match value:
        case Number() as number:
            return {"number": canonical_number(number, None if cell is None else cell.precision)}
        case Text(text):
            return {"text": nfc(text)}
        case _:
            return None


def _order(text: str) -> bytes:
    """The order of RFC 8785: UTF-16 code units."""
    return nfc(text).encode("utf-16-be")
