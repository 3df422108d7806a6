"""The canonical document: one hash for one content, found again by a second program."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from dataclasses import replace

import pytest
from forms.canonical import Annex, Filing, canonical_bytes, canonical_document, canonical_hash, narrative_hash
from forms.values import BLANK, CellKey, Text
from jsonschema import Draft202012Validator

from tests.forms.building import FORMS, ROOT, figures_of, model_of, number

CONTRACT = ROOT / "contracts" / "canonical"
REPORT = {"report_id": "r", "revision": "1"}


def filing(form: str = "kt-xh-thang") -> Filing:
    return Filing("v1", model_of(form), figures_of(form))


def test_a_second_program_computes_every_vector_by_the_recipe_alone() -> None:
    node = shutil.which("node")
    assert node, "the recipe's second program needs node"

    done = subprocess.run([node, str(CONTRACT / "check.mjs")], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(" 0 failed\n")


def test_the_vectors_fit_their_schema_and_hash_to_what_they_say() -> None:
    schema = Draft202012Validator(json.loads((CONTRACT / "schema.json").read_text(encoding="utf-8")))
    vectors = json.loads((CONTRACT / "vectors.json").read_text(encoding="utf-8"))["vectors"]

    assert len(vectors) >= 30
    for vector in vectors:
        schema.validate(json.loads(vector["canonical"]))
        assert hashlib.sha256(vector["canonical"].encode()).hexdigest() == vector["sha256"]


@pytest.mark.parametrize("form", FORMS)
def test_the_document_of_a_sample_fits_the_schema_and_holds_its_computed_cells(form: str) -> None:
    document = canonical_document(report=REPORT, filings=[filing(form)], narrative=[("I", "Nội dung")])
    schema = Draft202012Validator(json.loads((CONTRACT / "schema.json").read_text(encoding="utf-8")))

    schema.validate(document)
    assert json.loads(canonical_bytes(document)) == document
    assert len(canonical_hash(document)) == 64


def test_figures_are_written_at_the_precision_of_their_cell() -> None:
    document = canonical_document(report=REPORT, filings=[filing()])
    cells = {(c["row"], c["column"]): c["value"] for c in document["filings"][0]["cells"]}

    assert cells["KTXH.15", "D"] == {"number": "412.5"}
    assert cells["KTXH.16", "D"] == {"number": "18.0"}
    assert cells["KTXH.54", "G"] == {"number": "3.14"}
    assert cells["KTXH.31", "G"] == {"number": "14561"}
    assert ("KTXH.59", "D") not in cells


def test_any_change_of_a_figure_a_text_or_an_annex_changes_the_hash() -> None:
    def hashed(**changes: object) -> str:
        parts = {
            "report": REPORT,
            "filings": [filing()],
            "narrative": [("I", "a")],
            "annexes": [Annex("p", "0" * 64)],
        }
        return canonical_hash(canonical_document(**{**parts, **changes}))  # type: ignore[arg-type]

    def with_cell(row: str, column: str, value: object) -> Filing:
        figures = figures_of("kt-xh-thang").with_cells({CellKey(row, column): value})  # type: ignore[dict-item]
        return replace(filing(), figures=figures)

    hashes = [
        hashed(),
        hashed(filings=[with_cell("KTXH.15", "D", number("412.6"))]),
        hashed(filings=[with_cell("KTXH.15", "D", number("0"))]),
        hashed(filings=[with_cell("KTXH.15", "D", BLANK)]),
        hashed(filings=[with_cell("KTXH.15", "J", Text("ghi chú"))]),
        hashed(narrative=[("I", "b")]),
        hashed(annexes=[Annex("p", "1" * 64)]),
        hashed(report={**REPORT, "revision": "2"}),
    ]

    assert len(set(hashes)) == len(hashes)


def test_ways_of_writing_the_same_content_have_the_same_hash() -> None:
    plain = figures_of("kt-xh-thang")
    spelled = plain.with_cells({CellKey("KTXH.15", "D"): number("412.50"), CellKey("KTXH.15", "J"): BLANK})
    backwards = replace(plain, cells=dict(reversed(list(plain.cells.items()))))

    hashes = {
        canonical_hash(canonical_document(report=REPORT, filings=[replace(filing(), figures=f)]))
        for f in (plain, spelled, backwards)
    }

    assert len(hashes) == 1
    assert narrative_hash([("I", "Hòa")]) == narrative_hash([("I", "Ho\u0300a")])
