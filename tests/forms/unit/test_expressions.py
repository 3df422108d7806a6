"""The expression language passes every vector of its contract."""

from __future__ import annotations

import json
from typing import Any

import pytest
from forms.compute import at_precision
from forms.expressions import (
    Earlier,
    Elsewhere,
    Frame,
    Source,
    compile_formula,
    from_json,
    parse,
    to_json,
    to_text,
)
from forms.expressions.calculation import Scalar
from forms.plan import scalar_of
from forms.values import CellKey, Number, value_from_json
from hypothesis import given
from hypothesis import strategies as st
from kit.errors import InvalidInput

from tests.forms.building import ROOT

CONTRACT = json.loads((ROOT / "contracts/expressions/vectors.json").read_text(encoding="utf-8"))
VALUED = [vector for vector in CONTRACT["vectors"] if not vector.get("refused")]
REFUSED = [vector for vector in CONTRACT["vectors"] if vector.get("refused")]


def span(start: CellKey, end: CellKey) -> list[CellKey]:
    """Where cells lie in the small form that all vectors share."""
    rows = [start.row] if start.row == end.row else between(CONTRACT["rows"], start.row, end.row)
    columns = between(CONTRACT["columns"], start.column, end.column)
    return [CellKey(row, column) for row in rows for column in columns]


def between(names: list[str], first: str, last: str) -> list[str]:
    start, end = sorted((names.index(first), names.index(last)))
    return names[start : end + 1]


def frame_of(vector: dict[str, Any]) -> Frame:
    outside = {
        Source(there.get("form"), Earlier(there["period"]) if "period" in there else None): Elsewhere(
            scalars(there["figures"]), CONTRACT["lists"], span
        )
        for there in vector.get("outside", ())
    }
    return Frame(scalars(vector["figures"]), CONTRACT["lists"], outside, vector.get("own_row", ""))


def scalars(figures: dict[str, Any]) -> dict[tuple[str, str], Scalar]:
    return {CellKey(*key.split(":")): scalar_of(value_from_json(value)) for key, value in figures.items()}


def test_the_contract_has_at_least_five_hundred_vectors_each_with_its_own_id() -> None:
    ids = [vector["id"] for vector in CONTRACT["vectors"]]

    assert len(ids) >= 500
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("in_list", [False, True], ids=["of_one_row", "of_every_row"])
@pytest.mark.parametrize("vector", VALUED, ids=lambda vector: vector["id"])
def test_a_formula_is_worth_what_its_vector_says(vector: dict[str, Any], in_list: bool) -> None:
    node = parse(vector["formula"])
    assert to_json(node) == vector["tree"]

    compiled = compile_formula(from_json(vector["tree"]), span, vector.get("own_row"), in_list=in_list)
    outcome = compiled.outcome(frame_of(vector))

    if "error" in vector["expected"]:
        assert outcome.problem is not None
        assert outcome.problem.code == f"forms.expression.{vector['expected']['error']}"
        return
    assert outcome.problem is None
    expected = value_from_json(vector["expected"]["value"])
    value = at_precision(outcome.value, vector.get("precision"))
    if isinstance(expected, Number) and isinstance(value, Number):
        assert value.value == expected.value
    else:
        assert value == expected


@pytest.mark.parametrize("vector", REFUSED, ids=lambda vector: vector["id"])
def test_a_text_that_is_no_formula_is_refused_in_words(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse(vector["formula"])

    assert refusal.value.code == "forms.expression.unreadable"


@pytest.mark.parametrize("vector", VALUED, ids=lambda vector: vector["id"])
def test_a_tree_written_as_text_and_read_again_is_the_same(vector: dict[str, Any]) -> None:
    node = parse(vector["formula"])

    assert parse(to_text(node)) == node


@given(st.text(alphabet='0123456789.+-*/^%()=<>,"ABISUM[]{}:@r ', max_size=40))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        node = parse(text)
    except InvalidInput:
        return
    assert parse(to_text(node)) == node
