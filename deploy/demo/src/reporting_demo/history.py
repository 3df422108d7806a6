"""Two past periods by history import, then ten reports of the last period through their whole life.

It goes on in the background while people already work; how far it is lies in the stack's demo.json. Each part
looks first whether it is done, so that an interrupted run is simply started again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting_demo.acts import SUBMISSION, Office, ReportAtWork, wait_for
from reporting_demo.api import Api, as_program
from reporting_demo.figures import read, varied
from reporting_demo.people import SO_TAI_CHINH, Province
from reporting_demo.regimes import (
    CATALOG,
    KTXH,
    PLANS,
    RegimePlan,
    month_before,
    reporting_units,
    starts_on,
    today_in_vietnam,
)
from reporting_demo.stack import FORMS, Stack, load, store

PAST_PERIODS = 2
WHOLE_CYCLES = 10
_PIECE = 25
# The play of `make demo` uses the first communes; these reports are of others.
_FIRST_COMMUNE = 5
_WORDS = (
    "Sản xuất và đời sống trên địa bàn ổn định; các chỉ tiêu chủ yếu bảo đảm tiến độ kế hoạch năm. "
    "Thu ngân sách, giải ngân đầu tư công và công tác an sinh xã hội được tập trung chỉ đạo."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some units' reports of one past period."""

    plan: RegimePlan
    period_key: str
    period_end: date
    units: Sequence[str]


def seed_history(stack: Stack) -> int:
    progress = Progress(stack)
    if progress.finished:
        return 0
    api, province = as_program(stack), Province.of_the_demo()
    units = {unit["code"]: unit["id"] for unit in api.everything("/api/identity/v1/units", limit=500)}
    regimes = {regime["code"]: regime for regime in api.everything(f"{CATALOG}/regimes")}
    pieces = list(_pieces(province, today_in_vietnam()))
    progress.of = len(pieces) + WHOLE_CYCLES
    versions: dict[str, Any] = {}
    for number, piece in enumerate(pieces, 1):
        progress.tell(f"số liệu {piece.period_key} của {piece.plan.code}", number - 1)
        regime = api.get(f"{CATALOG}/regimes/{regimes[piece.plan.code]['id']}")
        version_id = regime["form_version_ids"][0]
        if version_id not in versions:
            versions[version_id] = api.get(f"{CATALOG}/form-versions/{version_id}")
        _bring_in(api, piece, regime, versions[version_id], units)
    _live_reports(stack, api, regimes[KTXH.code], province, units, progress, len(pieces))
    progress.tell("xong", progress.of, finished=True)
    return 0


def past_periods(plan: RegimePlan, today: date) -> Iterator[tuple[str, date]]:
    """The periods just before the first one the regime opens itself, each with its last day's year and month."""
    first = starts_on(plan, today)
    for back in range(PAST_PERIODS, 0, -1):
        if plan.frequency == "month":
            month = month_before(first, back)
            yield f"{month:%Y-%m}", month
        else:
            yield f"{first.year - back}", date(first.year - back, 12, 1)


def _pieces(province: Province, today: date) -> Iterator[Piece]:
    for plan in PLANS:
        codes = reporting_units(plan, province)
        for key, end in past_periods(plan, today):
            for start in range(0, len(codes), _PIECE):
                yield Piece(plan, key, end, codes[start : start + _PIECE])


def _bring_in(
    api: Api, piece: Piece, regime: Mapping[str, Any], version: Mapping[str, Any], units: Mapping[str, str]
) -> None:
    figures = read(version, (FORMS / f"{piece.plan.form}-filled.xlsx").read_bytes())
    reports = []
    for code in piece.units:
        own = varied(figures, f"{piece.plan.code}/{piece.period_key}/{code}").to_json()
        filing = {"form_version_id": version["id"], "cells": own["cells"], "list_rows": own["list_rows"]}
        narrative = [{"id": section["id"], "text": _WORDS} for section in regime["outline"]]
        reports.append({"unit_id": units[code], "filings": [filing], "narrative": narrative})
    body = {
        "regime_id": regime["id"],
        "period_key": piece.period_key,
        "document": {
            "name": f"Sổ theo dõi báo cáo trước khi dùng Hệ thống, kỳ {piece.period_key}",
            "number": f"01/STD-{piece.plan.code}",
            "issued_on": piece.period_end.isoformat(),
        },
        "reports": reports,
    }
    # submission hears of a regime by event: the first request may come a moment too early.
    wait_for(lambda: api.post(f"{SUBMISSION}/history-imports", body), f"history of {piece.period_key}")


def _live_reports(
    stack: Stack,
    api: Api,
    regime: Mapping[str, Any],
    province: Province,
    units: Mapping[str, str],
    progress: Progress,
    done: int,
) -> None:
    """Reports of the last period: entered, approved, signed, sent, taken in, accepted, each by its own people."""
    period = f"{starts_on(KTXH, today_in_vietnam()):%Y-%m}"
    office = Office(stack)
    together = f"{SO_TAI_CHINH}.tonghop"
    order = {"regime_id": regime["id"], "period_key": period}
    wait_for(lambda: office.person(together).post(f"{SUBMISSION}/periods:open", order), "the period to open")
    data = (FORMS / "kt-xh-thang-filled.xlsx").read_bytes()
    for number, commune in enumerate(province.communes()[_FIRST_COMMUNE : _FIRST_COMMUNE + WHOLE_CYCLES]):
        progress.tell(f"báo cáo {period} của {commune.name}", done + number)
        line = api.get(
            f"{SUBMISSION}/reports", regime_id=regime["id"], period=period, unit_id=units[commune.code]
        )["items"][0]
        report = office.report(line, "")
        report.form_version_id = report.seen_by(report.clerk)["filings"][0]["form_version_id"]
        _carry(report, data, together)


def _carry(report: ReportAtWork, data: bytes, together: str) -> None:
    """From wherever an earlier run left it to accepted."""
    state = report.seen_by(report.clerk)["state"]
    if state in ("assigned", "drafting", "returned"):
        report.enter_workbook("kt-xh-thang-filled.xlsx", data)
        report.write_narrative(_WORDS)
        report.submit()
        state = "in_review"
    if state in ("in_check", "in_review", "figures_approved"):
        report.approve()
        state = "approved"
    if state == "approved":
        report.sign()
        state = "leader_signed"
    if state == "leader_signed":
        report.issue()
        state = "issued"
    if state == "issued":
        report.send()
        state = "sent"
    if state == "sent":
        if report.seen_by(together)["taken_in_at"] is None:
            report.take_in(together)
        report.accept(together)


class Progress:
    """{"done": n, "of": n, "step": "…", "finished": false}, read by `make status`."""

    def __init__(self, stack: Stack) -> None:
        self._file = stack.progress_file
        self.of = 0

    @property
    def finished(self) -> bool:
        return bool(load(self._file, {}).get("finished"))

    def tell(self, step: str, done: int, *, finished: bool = False) -> None:
        store(self._file, {"done": done, "of": self.of, "step": step, "finished": finished})
        print(f"{done}/{self.of} {step}", flush=True)
