"""Gauges of the job itself, read from the tables every so often: a scrape repeats the last reading.

Every replica reads the same tables and says the same, so queries take `max` over the instances and never
`sum`. The first label is bounded: the first `limit` of its values, in the order of the rows, keep their
names; what comes after them is folded into "other". The other labels come from the code's own enumerations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from prometheus_client import Gauge
from sqlalchemy import text

from kit.db.engine import Database

OTHER = "other"
LIMIT = 30

Row = Sequence[object]
Fold = Callable[[list[float]], float]


@dataclass(frozen=True, slots=True)
class Measure:
    """`statement` gives rows of label values in the gauge's order and, last, the number.

    It must be answered from an index over rows of a bounded span of time: it runs as long as the service.
    """

    gauge: Gauge
    statement: str
    limit: int = LIMIT
    fold: Fold = sum

    async def take(self, database: Database) -> None:
        async with database.reading() as session:
            rows = (await session.execute(text(self.statement))).all()
        show(self.gauge, rows, limit=self.limit, fold=self.fold)


def measure(
    name: str,
    documentation: str,
    statement: str,
    labels: tuple[str, ...] = (),
    *,
    limit: int = LIMIT,
    fold: Fold = sum,
) -> Measure:
    return Measure(Gauge(name, documentation, labels), statement, limit, fold)


def show(gauge: Gauge, rows: Iterable[Row], *, limit: int = LIMIT, fold: Fold = sum) -> None:
    """The gauge says exactly these rows from now on. Nothing is awaited: no scrape sees half of it."""
    found = [(tuple(str(label) for label in row[:-1]), float(str(row[-1]))) for row in rows]
    if found and not found[0][0]:
        gauge.set(found[0][1])
        return
    kept = list(dict.fromkeys(labels[0] for labels, _ in found))[:limit]
    numbers: dict[tuple[str, ...], list[float]] = {}
    for labels, number in found:
        bounded = labels if labels[0] in kept else (OTHER, *labels[1:])
        numbers.setdefault(bounded, []).append(number)
    gauge.clear()
    for labels, several in numbers.items():
        gauge.labels(*labels).set(fold(several))


async def take_all(measures: Iterable[Measure], database: Database) -> None:
    for one in measures:
        await one.take(database)
