"""What reading and writing workbooks costs: `python -m tests.load.workbooks`. Fails where it is over its limit.

Times are the processor's (own and of the processes apart), so that what else runs on the machine changes little;
memory is the peak of the process apart that reads a hostile file.
"""

from __future__ import annotations

import asyncio
import resource
import statistics
import sys
import time
from collections.abc import Callable

from forms.apart import WorkbookReader
from forms.comparing import compare
from forms.filled import read_filled
from forms.reading import propose
from forms.writing import fill
from kit.apart import Apart, Bounds
from kit.errors import InvalidInput

from tests.forms.building import counted_ids, some_figures
from tests.forms.corpus.drawing import one_sheet
from tests.forms.hostile import HEAVY, WITHIN

ROUNDS = 3
ROWS, COLUMNS = 500, 10
MEMORY = 512 << 20
"""Bytes a hostile file may take at most."""


def large_form() -> bytes:
    """5,000 cells below the header: a text, seven figures, their sum and a rate in each row; fifty totals."""
    head = ["STT", "Chỉ tiêu", *(f"Số liệu {n}" for n in range(1, 8)), "Cộng", "Tỷ lệ (%)"]
    rows: list[list[object]] = [["BÁO CÁO LỚN"], head[: COLUMNS + 1]]
    for place in range(ROWS):
        row = place + 3
        sums = [f"=SUM({c}{row + 1}:{c}{row + 9})" if place % 10 == 0 else None for c in "CDEFGHI"]
        rate = f'=IF(C{row}=0,"",ROUND(J{row}/C{row}*100,1))'
        rows.append([place + 1, f"Chỉ tiêu thứ {place + 1}", *sums, f"=SUM(C{row}:I{row})", rate])
    return one_sheet(rows, frame=f"A2:K{ROWS + 2}", formats={f"C3:K{ROWS + 2}": "#,##0.0"})


def main() -> int:
    late = False
    data = large_form()
    model = propose(data).model
    figures = some_figures(model)
    copy = fill(data, model, figures)
    reader = WorkbookReader(Apart(Bounds(seconds=600)))
    cases: dict[str, tuple[float | None, Callable[[], object]]] = {
        "import of 5,500 cells, apart": (2.0, lambda: asyncio.run(reader.propose(data))),
        "the same, in this process": (None, lambda: propose(data)),
        "export of it, filled": (1.0, lambda: fill(data, model, figures)),
        "reading the filled copy": (2.0, lambda: read_filled(model, copy, new_row_id=counted_ids())),
        "comparing part by part": (None, lambda: compare(data, copy)),
    }
    for name, (limit, work) in cases.items():
        took = statistics.median(processor_seconds(work) for _ in range(ROUNDS))
        late |= limit is not None and took > limit
        print(f"{name:<32} {took:6.2f} s{f'   limit {limit} s' if limit else ''}", flush=True)
    for name, make in {**HEAVY, **WITHIN}.items():
        peak, said = asyncio.run(hostile(make()))
        late |= peak > MEMORY
        print(f"{name:<32} {peak >> 20:4} MiB   limit {MEMORY >> 20} MiB   {said}", flush=True)
    return 1 if late else 0


def processor_seconds(work: Callable[[], object]) -> float:
    before = spent()
    work()
    return spent() - before


def spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


async def hostile(data: bytes) -> tuple[int, str]:
    """The largest resident size of any process apart so far, and what was said of this file."""
    try:
        await WorkbookReader(Apart(Bounds(seconds=600))).propose(data)
        said = "read"
    except InvalidInput as refusal:
        said = refusal.code
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10, said


if __name__ == "__main__":
    sys.exit(main())
