"""What a compiled formula is computed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.expressions.calculation import Scalar


@dataclass(slots=True)
class Frame:
    values: dict[tuple[str, str], Scalar]
    """By row and column; what is absent is blank."""
    rows: Mapping[str, Sequence[str]]
    """The rows of each list, in order."""
    own_row: str = ""
    """The row a formula of a list is computed in."""


Code = Callable[[Frame], Scalar]
Reader = Callable[[Frame], Iterable[Scalar]]
