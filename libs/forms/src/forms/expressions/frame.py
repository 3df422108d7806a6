"""What a compiled formula is computed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from forms.expressions.calculation import Scalar
from forms.expressions.nodes import Source
from forms.values import CellKey


class Span(Protocol):
    """The keys between two corners; of a list's pattern the row is the list's id."""

    def __call__(self, start: CellKey, end: CellKey) -> Sequence[CellKey]: ...


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Figures of another form or an earlier report, computed ones included."""

    values: Mapping[tuple[str, str], Scalar]
    rows: Mapping[str, Sequence[str]]
    span: Span


@dataclass(slots=True)
class Frame:
    values: dict[tuple[str, str], Scalar]
    """By row and column; what is absent is blank."""
    rows: Mapping[str, Sequence[str]]
    """The rows of each list, in order."""
    outside: Mapping[Source, Elsewhere] = field(default_factory=dict)
    """A source that is absent is blank."""
    own_row: str = ""
    """The row a formula of a list is computed in."""


Code = Callable[[Frame], Scalar]
Reader = Callable[[Frame], Iterable[Scalar]]
