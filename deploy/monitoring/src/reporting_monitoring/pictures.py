"""Pictures of the dashboards for the documentation, drawn from what a Prometheus has recorded.

`python -m reporting_monitoring.pictures http://127.0.0.1:PORT [minutes]`. Grafana draws the same queries more
prettily; here it matters that the figures are those of a stack that ran.
"""

from __future__ import annotations

import re
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter

from reporting_monitoring.board import Board, Kind, Panel, Query
from reporting_monitoring.boards import BOARDS

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "images" / "monitoring"
VIETNAM = timedelta(hours=7)
CHOSEN = {"service": "submission"}
COLUMNS = 3
MOST_SERIES = 10
_SCALES: dict[str, tuple[float, str]] = {
    "s": (1, " s"), "ms": (1, " ms"), "m": (1, " phút"), "d": (1, " ngày"), "percentunit": (100, " %"),
    "bytes": (1 / 2**20, " MiB"), "Bps": (1 / 2**10, " KiB/s"), "reqps": (1, "/s"), "cps": (1, "/s"),
}  # fmt: skip


class Recorded:
    """What Prometheus answers, now or over the last minutes."""

    def __init__(self, address: str, minutes: float) -> None:
        self._client = httpx.Client(base_url=address, timeout=30)
        self._end = time.time()
        self._seconds = minutes * 60

    def now(self, query: Query) -> list[tuple[str, float]]:
        found = self._get("query", query=_chosen(query), time=self._end)
        return [(_legend(query, one["metric"]), float(one["value"][1])) for one in found]

    def over_time(self, query: Query) -> list[tuple[str, list[Any], list[float]]]:
        span = {"start": self._end - self._seconds, "end": self._end, "step": max(self._seconds / 120, 5)}
        found = self._get("query_range", query=_chosen(query), **span)
        return [
            (
                _legend(query, one["metric"]),
                [datetime.fromtimestamp(at, UTC) + VIETNAM for at, _ in one["values"]],
                [float(value) for _, value in one["values"]],
            )
            for one in found
        ]

    def _get(self, what: str, **asked: Any) -> list[dict[str, Any]]:
        answer = self._client.get(f"/api/v1/{what}", params=asked).raise_for_status().json()
        found: list[dict[str, Any]] = answer["data"]["result"]
        return found


def draw(board: Board, recorded: Recorded) -> Path:
    panels = [*board.panels()]
    rows = -(-len(panels) // COLUMNS)
    figure, places = pyplot.subplots(
        rows, COLUMNS, figsize=(16, 3.1 * rows), squeeze=False, layout="constrained"
    )
    figure.suptitle(board.title, fontsize=16, fontweight="bold")
    drawers = {Kind.NUMBER: _number, Kind.BARS: _bars, Kind.LINES: _lines}
    for place, panel in zip(places.flat, panels, strict=False):
        place.set_title(panel.title, fontsize=10, loc="left")
        drawers[panel.kind](place, panel, recorded)
    for place in [*places.flat][len(panels) :]:
        place.axis("off")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{board.key}.png"
    figure.savefig(path, dpi=70)
    pyplot.close(figure)
    return path


def _number(place: Axes, panel: Panel, recorded: Recorded) -> None:
    place.axis("off")
    found = [value for query in panel.queries for _, value in recorded.now(query)]
    factor, unit = _SCALES.get(panel.unit, (1, ""))
    words = f"{found[0] * factor:,.0f}{unit}" if found else "–"
    place.text(0.5, 0.5, words, fontsize=30, ha="center", va="center", transform=place.transAxes)


def _bars(place: Axes, panel: Panel, recorded: Recorded) -> None:
    factor, unit = _SCALES.get(panel.unit, (1, ""))
    found = [one for query in panel.queries for one in recorded.now(query)][:MOST_SERIES]
    bars = place.barh(
        [name or "–" for name, _ in found], [value * factor for _, value in found], color="#3d71d9"
    )
    place.bar_label(bars, fmt=lambda value: f" {value:,.3g}{unit}", fontsize=8)
    place.invert_yaxis()
    place.margins(x=0.2)
    place.tick_params(labelsize=8)
    place.spines[["top", "right"]].set_visible(False)


def _lines(place: Axes, panel: Panel, recorded: Recorded) -> None:
    factor, unit = _SCALES.get(panel.unit, (1, ""))
    found = [one for query in panel.queries for one in recorded.over_time(query)]
    found.sort(key=lambda one: -max((value for value in one[2] if value == value), default=0))
    for name, moments, values in found[:MOST_SERIES]:
        place.plot(moments, [value * factor for value in values], linewidth=1.3, label=name[:46] or "–")
    if found:
        place.legend(fontsize=6, loc="upper left", frameon=False)
    place.set_ylim(bottom=0)
    place.yaxis.set_major_formatter(lambda value, _: f"{value:,.3g}{unit}")
    place.xaxis.set_major_formatter(DateFormatter("%H:%M"))
    place.tick_params(labelsize=7)
    place.grid(alpha=0.3)
    place.spines[["top", "right"]].set_visible(False)


def _chosen(query: Query) -> str:
    return re.sub(r"\$(\w+)", lambda found: CHOSEN[found[1]], query.expression)


def _legend(query: Query, labels: dict[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda found: labels.get(found[1], ""), query.legend)


def main() -> None:
    recorded = Recorded(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 30)
    for board in BOARDS:
        print(draw(board, recorded))


if __name__ == "__main__":
    main()
