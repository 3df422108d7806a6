"""The expression language of forms; its page and vectors are in contracts/expressions."""

from forms.expressions.compiling import Compiled, Outcome, Problem, compile_formula
from forms.expressions.frame import Frame
from forms.expressions.nodes import (
    OWN_ROW,
    Binary,
    Boolean,
    Call,
    Cell,
    ListColumn,
    Literal,
    Negate,
    Node,
    Percent,
    Quoted,
    Range,
    from_json,
    references,
    to_json,
    to_text,
)
from forms.expressions.parser import parse

__all__ = [
    "OWN_ROW",
    "Binary",
    "Boolean",
    "Call",
    "Cell",
    "Compiled",
    "Frame",
    "ListColumn",
    "Literal",
    "Negate",
    "Node",
    "Outcome",
    "Percent",
    "Problem",
    "Quoted",
    "Range",
    "compile_formula",
    "from_json",
    "parse",
    "references",
    "to_json",
    "to_text",
]
