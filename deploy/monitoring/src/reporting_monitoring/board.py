"""What a dashboard is made of, without a word of Grafana: tests and pictures read the same description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    LINES = "lines"
    NUMBER = "number"
    BARS = "bars"


class Rare(StrEnum):
    """A panel of failures is empty while all goes well: its test causes the failure first."""

    SERVER_ERROR = "server_error"
    DEAD_LETTER = "dead_letter"
    FAILED_SIGN_IN = "failed_sign_in"


@dataclass(frozen=True, slots=True)
class Query:
    """`legend` in Grafana's form: {{label}}."""

    expression: str
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    title: str
    queries: tuple[Query, ...]
    unit: str = "short"
    kind: Kind = Kind.LINES
    about: str = ""
    rare: Rare | None = None
    exemplars: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """`variables`: name of a label that is chosen above, and the query that lists its values."""

    key: str
    title: str
    rows: tuple[Row, ...]
    variables: tuple[tuple[str, str], ...] = ()

    def panels(self) -> Iterator[Panel]:
        for row in self.rows:
            yield from row.panels


def lines(title: str, *queries: tuple[str, str], unit: str = "short", **more: object) -> Panel:
    return _panel(title, queries, unit, Kind.LINES, more)


def number(title: str, expression: str, *, unit: str = "short", **more: object) -> Panel:
    return _panel(title, ((expression, ""),), unit, Kind.NUMBER, more)


def bars(title: str, *queries: tuple[str, str], unit: str = "short", **more: object) -> Panel:
    return _panel(title, queries, unit, Kind.BARS, more)


def _panel(
    title: str, queries: tuple[tuple[str, str], ...], unit: str, kind: Kind, more: Mapping[str, object]
) -> Panel:
    return Panel(title, tuple(Query(*query) for query in queries), unit, kind, **more)  # type: ignore[arg-type]
