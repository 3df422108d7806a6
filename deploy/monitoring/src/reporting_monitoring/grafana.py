"""Grafana's JSON of each dashboard, by its own SDK. `python -m reporting_monitoring.grafana` writes the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grafana_foundation_sdk.builders import bargauge, dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.common import BarGaugeDisplayMode, BigValueColorMode
from grafana_foundation_sdk.models.dashboard import DataSourceRef, VariableRefresh

from reporting_monitoring.board import Board, Kind, Panel
from reporting_monitoring.boards import BOARDS

FOLDER = Path(__file__).resolve().parents[2] / "grafana" / "dashboards"
# The data source is chosen above the dashboard, so the files fit every Grafana.
SOURCE = DataSourceRef(type_val="prometheus", uid="${source}")
_WIDTH = 24
_HEIGHTS = {Kind.LINES: 8, Kind.BARS: 8, Kind.NUMBER: 4}


def as_json(board: Board) -> str:
    return JSONEncoder(sort_keys=True, indent=2, ensure_ascii=False).encode(_built(board)) + "\n"


def _built(board: Board) -> Any:
    made = (
        dashboard.Dashboard(board.title)
        .uid(f"reporting-{board.key}")
        .tags(["reporting"])
        .refresh("30s")
        .time("now-6h", "now")
        .timezone("Asia/Ho_Chi_Minh")
        .readonly()
        .with_variable(dashboard.DatasourceVariable("source").label("Nguồn").type("prometheus"))
    )
    for name, query in board.variables:
        made.with_variable(
            dashboard.QueryVariable(name)
            .query(query)
            .datasource(SOURCE)
            .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        )
    for row in board.rows:
        made.with_row(dashboard.Row(row.title))
        width = max(_WIDTH // len(row.panels), 6)
        for panel in row.panels:
            made.with_panel(_panel(panel).span(width))
    return made.build()


def _panel(panel: Panel) -> Any:
    makers = {Kind.LINES: _lines, Kind.NUMBER: _number, Kind.BARS: _bars}
    made = (
        makers[panel.kind]()
        .title(panel.title)
        .unit(panel.unit)
        .datasource(SOURCE)
        .height(_HEIGHTS[panel.kind])
    )
    if panel.about:
        made.description(panel.about)
    for query in panel.queries:
        target = prometheus.Dataquery().expr(query.expression).legend_format(query.legend)
        if panel.kind is not Kind.LINES:
            target.instant()
        if panel.exemplars:
            target.exemplar(True)
        made.with_target(target)
    return made


def _lines() -> Any:
    return timeseries.Panel().fill_opacity(10).min(0)


def _number() -> Any:
    return stat.Panel().color_mode(BigValueColorMode.NONE)


def _bars() -> Any:
    return bargauge.Panel().display_mode(BarGaugeDisplayMode.BASIC)


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = {f"{board.key}.json": as_json(board) for board in BOARDS}
    for old in FOLDER.glob("*.json"):
        if old.name not in wanted:
            old.unlink()
    for name, content in wanted.items():
        (FOLDER / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    write()
