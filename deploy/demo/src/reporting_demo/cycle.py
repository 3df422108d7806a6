"""`make demo`: one regime and period of its own, four reports, their whole life, as the people of the province."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from reporting_demo.acts import SUBMISSION, Office, ReportAtWork, wait_for
from reporting_demo.figures import numbers_of, totals_agree
from reporting_demo.people import SO_TAI_CHINH, Province
from reporting_demo.regimes import (
    CATALOG,
    deadline,
    legal_document,
    month_before,
    today_in_vietnam,
    upload_form,
)
from reporting_demo.stack import FORMS, Stack

# Takes in, checks, decides and aggregates for the lead agency: one account, as the demo's profile has it.
TOGETHER = f"{SO_TAI_CHINH}.tonghop"
DEPARTMENT = "so-cong-thuong"
# Communes from this one on, three of them: their leaders are among the first to have tokens.
_FIRST_COMMUNE = 0
_LAW = "Kịch bản trình diễn"


@dataclass
class Play:
    """Prints each step with who, what and how long; counts what went as it should."""

    passed: int = 0
    failed: int = 0
    actors: set[str] = field(default_factory=set)

    def step(self, who: str, what: str, act: Callable[[], Any]) -> Any:
        self.actors.add(who)
        begun = time.monotonic()
        try:
            told = act()
        except Exception as error:
            self.failed += 1
            print(f"  FAIL  {who:<34} {what}: {error}", flush=True)
            raise
        self.passed += 1
        words = f" — {told}" if isinstance(told, str) else ""
        print(f"  ok    {who:<34} {what}{words}  ({time.monotonic() - begun:.2f} s)", flush=True)
        return told

    def check(self, what: str, holds: bool, found: object = "") -> None:
        self.passed += holds
        self.failed += not holds
        print(f"  {'ok   ' if holds else 'FAIL '} {'':<34} {what} {found if not holds else ''}", flush=True)


@dataclass
class Scene:
    stack: Stack
    play: Play
    office: Office
    folder: Path
    form: Path
    filled: Path
    reports: dict[str, ReportAtWork] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        return self.filled.read_bytes()


def run_cycle(stack: Stack, form: str, filled: str) -> int:
    run = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    folder = stack.results / run
    folder.mkdir(parents=True, exist_ok=True)
    form_path = Path(form) if form else FORMS / "kt-xh-thang.xlsx"
    filled_path = Path(filled) if filled else FORMS / "kt-xh-thang-filled.xlsx"
    play = Play()
    scene = Scene(stack, play, Office(stack), folder, form_path, filled_path)
    begun = time.monotonic()
    print(f"{form_path.name} filled as in {filled_path.name}; results in {folder}\n")
    try:
        _play(scene, run)
    except Exception as error:
        if not play.failed:
            play.failed += 1
            print(f"  FAIL  {error}")
    print(f"\n{len(play.actors)} accounts, {time.monotonic() - begun:.1f} s")
    print(f"{play.passed} passed, {play.failed} failed")
    return 1 if play.failed else 0


def _play(scene: Scene, run: str) -> None:
    regime, version = _set_up(scene, run)
    _open(scene, regime, version)
    by_cells, by_file, by_leader, by_lead = scene.reports.values()
    _enter(scene, by_cells, lambda: f"{by_cells.enter_cells(scene.filled.name, scene.data)} ô qua API")
    _to_leader(scene, by_cells)
    for report in (by_file, by_leader, by_lead):
        _enter(scene, report, lambda report=report: _by_workbook(scene, report))  # type: ignore[misc]
        _to_leader(scene, report)
    _returned_by_leader(scene, by_leader)
    for report in scene.reports.values():
        _sign_and_send(scene, report)
    _returned_by_lead(scene, by_lead)
    for report in scene.reports.values():
        _take_in_and_accept(scene, report)
    _papers(scene)
    _aggregate(scene, regime, version)


def _set_up(scene: Scene, run: str) -> tuple[dict[str, Any], dict[str, Any]]:
    play, lead = scene.play, scene.office.person(TOGETHER)
    code = f"TD-{run}"
    province = Province.of_the_demo()
    communes = province.communes()[_FIRST_COMMUNE : _FIRST_COMMUNE + 3]
    accounts = {account["username"]: account for account in scene.stack.facts["accounts"]}
    units = [accounts[f"{code_}.lanhdao"]["unit_id"] for code_ in (*(c.code for c in communes), DEPARTMENT)]
    me = play.step(TOGETHER, "đăng nhập", lambda: lead.get("/api/identity/v1/me"))
    owner = me["unit"]["id"]
    uploaded = play.step(
        TOGETHER,
        f"tải lên biểu mẫu {scene.form.name}",
        lambda: upload_form(lead, scene.form.name, scene.form.read_bytes(), code, f"Biểu {code}", owner),
    )
    draft, proposal = uploaded["draft"], uploaded["proposal"]
    kinds = ", ".join(f"{len(cells)} {kind}" for kind, cells in sorted(proposal["cells"].items()))
    print(f"        {'':<34} đề xuất: {kinds}")
    for left in proposal["left_as_label"]:
        print(f"        {'':<34} giữ làm nhãn: {left['cell']} “{left['text'][:60]}” ({left['why']})")
    version = play.step(
        TOGETHER,
        "công bố biểu mẫu như đề xuất",
        lambda: lead.post(f"{CATALOG}/form-versions/{draft['id']}:publish", version=draft["version"]),
    )
    terms = _terms(code, owner, units, version["id"])
    regime = play.step(TOGETHER, "lập chế độ báo cáo", lambda: lead.post(f"{CATALOG}/regimes", terms))
    published = play.step(
        TOGETHER,
        "công bố chế độ báo cáo",
        lambda: lead.post(f"{CATALOG}/regimes/{regime['id']}:publish", version=regime["version"]),
    )
    return published, version


def _terms(code: str, owner: str, units: list[str], version: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"Báo cáo trình diễn {code}",
        "kind": "periodic",
        "origin": "province",
        "legal_basis": _LAW,
        "legal_documents": [legal_document(_LAW, _period())],
        "owner_unit_id": owner,
        "lead_unit_id": owner,
        "reporting_unit_ids": units,
        "form_version_ids": [version],
        "frequency": ["month"],
        "deadlines": [deadline(28, _LAW)],
        "approver": "Giám đốc Sở Tài chính",
        "aggregator": "Chuyên viên tổng hợp Sở Tài chính",
        "opens_itself": False,
        "assigns_itself": True,
        "starts_on": _period().isoformat(),
    }


def _period() -> date:
    return month_before(today_in_vietnam())


def _open(scene: Scene, regime: dict[str, Any], version: dict[str, Any]) -> None:
    lead = scene.office.person(TOGETHER)
    key = f"{_period():%Y-%m}"
    order = {"regime_id": regime["id"], "period_key": key}

    def opened() -> str:
        # submission hears of a new regime by event, a moment after catalog has published it.
        told = wait_for(
            lambda: lead.post(f"{SUBMISSION}/periods:open", order), "the regime in submission", 60
        )
        return f"{told['period_label']}, giao {told['assigned']} đơn vị"

    scene.play.step(TOGETHER, "mở kỳ báo cáo", opened)
    lines = lead.everything(f"{SUBMISSION}/reports", regime_id=regime["id"], period=key)
    scene.play.check("mỗi đơn vị có một báo cáo", len(lines) == 4, len(lines))
    for line in sorted(lines, key=lambda line: str(line["unit"]["code"]) == DEPARTMENT):
        scene.reports[line["unit"]["code"]] = scene.office.report(line, version["id"])


def _enter(scene: Scene, report: ReportAtWork, act: Callable[[], str]) -> None:
    scene.play.step(report.clerk, "nhập số liệu", act)


def _by_workbook(scene: Scene, report: ReportAtWork) -> str:
    read = report.enter_workbook(scene.filled.name, scene.data)
    return f"{len(read['changed'])} ô từ tệp .xlsx"


def _to_leader(scene: Scene, report: ReportAtWork) -> None:
    scene.play.step(report.clerk, "trình lãnh đạo", report.submit)


def _returned_by_leader(scene: Scene, report: ReportAtWork) -> None:
    play = scene.play
    play.step(
        report.leader,
        "trả lại kèm lý do",
        lambda: report.give_back(report.leader, "Đề nghị kiểm tra lại số liệu dòng đầu."),
    )
    play.step(report.clerk, "sửa ô bị trả lại", lambda: _said(report.correct_one_cell()))
    _to_leader(scene, report)


def _sign_and_send(scene: Scene, report: ReportAtWork) -> None:
    play = scene.play
    play.step(report.leader, "duyệt báo cáo", lambda: ", ".join(report.approve()))
    play.step(report.leader, "ký số bằng PIN", report.sign)
    play.step(report.desk, "cấp số và ký số của cơ quan", lambda: f"số {report.issue()['number']}")
    play.step(report.leader, "gửi báo cáo", report.send)


def _returned_by_lead(scene: Scene, report: ReportAtWork) -> None:
    play = scene.play
    play.step(TOGETHER, "tiếp nhận", lambda: report.take_in(TOGETHER))
    play.step(
        TOGETHER,
        "trả lại đơn vị kèm lý do",
        lambda: report.give_back(TOGETHER, "Số liệu chưa khớp với báo cáo kỳ trước, đề nghị rà soát."),
    )
    play.step(report.clerk, "sửa và ghi bản mới", lambda: _said(report.correct_one_cell()))
    _to_leader(scene, report)
    _sign_and_send(scene, report)


def _take_in_and_accept(scene: Scene, report: ReportAtWork) -> None:
    scene.play.step(TOGETHER, "tiếp nhận", lambda: report.take_in(TOGETHER))
    scene.play.step(TOGETHER, "cơ quan chủ trì duyệt", lambda: report.accept(TOGETHER))


def _papers(scene: Scene) -> None:
    for unit, report in scene.reports.items():
        pdf = scene.play.step(report.leader, "lấy văn bản đã ký", report.pdf)
        (scene.folder / f"{unit}.pdf").write_bytes(pdf)
        receipt = report.receipt()
        (scene.folder / f"{unit}-bien-nhan.json").write_text(
            json.dumps(receipt, ensure_ascii=False, indent=1), encoding="utf-8"
        )
        verified = report.verification()
        scene.play.check(f"chữ ký của {unit} hợp lệ", bool(verified["valid"]), verified["problems"])


def _aggregate(scene: Scene, regime: dict[str, Any], version: dict[str, Any]) -> None:
    lead = scene.office.person(TOGETHER)
    body = {"regime_id": regime["id"], "period": f"{_period():%Y-%m}"}
    made = scene.play.step(TOGETHER, "tổng hợp", lambda: lead.post(f"{SUBMISSION}/aggregations", body))
    scene.play.check("đủ bốn nguồn", len(made["sources"]) == len(scene.reports), len(made["sources"]))
    filings = [
        lead.get(f"{SUBMISSION}/reports/{report.id}/filings/{version['id']}")
        for report in scene.reports.values()
    ]
    together = made["forms"][0]
    wrong = totals_agree(together, [numbers_of(filing, version) for filing in filings], version)
    scene.play.check("tổng các ô nhập bằng tổng các nguồn", not wrong, wrong[:3])
    rows = sum(len(filing["list_rows"]) for filing in filings)
    if rows or together["list_rows"]:
        gathered = len(together["list_rows"])
        scene.play.check(f"{rows} dòng danh sách của các nguồn được gom đủ", gathered == rows, gathered)
    scene.play.check("bản tổng hợp không cũ", made["stale"] is False)
    path = f"{SUBMISSION}/aggregations/{made['id']}/export.xlsx"
    answer = scene.play.step(TOGETHER, "xuất bản tổng hợp .xlsx", lambda: lead.request("GET", path))
    (scene.folder / "tong-hop.xlsx").write_bytes(answer.content)


def _said(change: dict[str, Any]) -> str:
    return f"{change['row']}/{change['column']}: {change['before']} → {change['after']}"
