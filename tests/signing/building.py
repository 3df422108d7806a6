"""Builders: each names only what matters to its test."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from google.protobuf.json_format import MessageToJson
from kit.actor import Actor
from kit.directory import DirectoryAccount, DirectoryGrant, DirectoryPlace
from kit.ids import new_id
from reporting.submission.v1 import submission_pb2 as pb
from signing.application.commands.request_signing import RequestSigning
from signing.domain.register import REPORT_KIND, EntryState, RegisterEntry
from signing.domain.request import Signature, SigningRequest, first_state
from signing.domain.states import SignerRole, Steps

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
HASH = hashlib.sha256(b"figures").hexdigest()
PROVINCE = new_id()
UNIT = new_id()
LEAD = new_id()


def a_table(*, rows: int = 12, columns: int = 10, landscape: bool = True, text: str = "") -> pb.Table:
    widths = [4.0, 26.0, *[9.0] * (columns - 2)]
    aligns = ["center", "left", *["right"] * (columns - 2)]
    wide = [("STT", 1, 2), ("Chỉ tiêu", 1, 2), ("Đơn vị tính", 1, 2), ("Thực hiện", columns - 3, 1)]
    low = [(f"Cột {n}", 1, 1) for n in range(1, columns - 2)]
    return pb.Table(
        form_code="Biểu số 01/KTXH",
        form_name="MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI CHỦ YẾU",
        measure_note="Đơn vị: triệu đồng",
        columns=[pb.TableColumn(width=w, align=a) for w, a in zip(widths, aligns, strict=True)],
        header_rows=[
            pb.HeaderRow(cells=[pb.HeaderCell(text=t, column_span=c, row_span=r) for t, c, r in row])
            for row in (wide, low)
        ],
        body_rows=[
            pb.BodyRow(
                cells=[
                    pb.BodyCell(text=str(n)),
                    pb.BodyCell(text=text or f"Tổng thu ngân sách trên địa bàn, khoản {n}"),
                    pb.BodyCell(text="triệu đồng"),
                    *[pb.BodyCell(text="1.593,3") for _ in range(columns - 3)],
                ],
                emphasised=n % 6 == 1,
            )
            for n in range(1, rows + 1)
        ],
        notes=["Số liệu tính đến hết ngày 15 của tháng báo cáo."],
        landscape=landscape,
    )


def a_content(**changes: Any) -> pb.ReportContent:
    values: dict[str, Any] = {
        "report_id": str(new_id()),
        "revision": 1,
        "canonical_hash": HASH,
        "province_id": str(PROVINCE),
        "unit_id": str(UNIT),
        "parent_unit_name": "Tỉnh Đồng Nai",
        "unit_name": "Ủy ban nhân dân xã An Phước",
        "unit_symbol": "UBND",
        "place_name": "An Phước",
        "title": "Báo cáo tình hình kinh tế - xã hội tháng 10 năm 2026",
        "period_label": "Tháng 10 năm 2026",
        "regime_name": "Báo cáo kinh tế - xã hội hằng tháng",
        "legal_basis": "Quyết định số 12/2026/QĐ-UBND của Ủy ban nhân dân tỉnh",
        "receiver_name": "Sở Tài chính",
        "narrative": [
            pb.NarrativeSection(
                heading="I. Tình hình thực hiện",
                level=1,
                text="Kinh tế trên địa bàn tiếp tục phát triển ổn định; người dân phấn khởi.\n" * 2,
            ),
            pb.NarrativeSection(heading="1. Nông nghiệp", level=2, text="Lúa vụ Mùa: 1.250 ha."),
        ],
        "tables": [a_table()],
        "authority": "TM. Ủy ban nhân dân",
        "position_title": "Chủ tịch",
    }
    return pb.ReportContent(**(values | changes))


def as_file(content: pb.ReportContent) -> bytes:
    return MessageToJson(content, preserving_proto_field_name=True, ensure_ascii=False).encode()


def a_command(
    content: pb.ReportContent, *, steps: Steps = Steps.LEADER_THEN_AGENCY, **changes: Any
) -> RequestSigning:
    values: dict[str, Any] = {
        "report_id": UUID(content.report_id),
        "revision": content.revision,
        "canonical_hash": content.canonical_hash,
        "province_id": PROVINCE,
        "unit_id": UNIT,
        "lead_unit_id": LEAD,
        "regime_id": None,
        "content_sha256": hashlib.sha256(as_file(content)).hexdigest(),
        "leader_account_id": None,
        "steps": steps,
        "title": content.title,
        "period_label": content.period_label,
        "due_at": None,
        "actor": Actor.system_job("submission"),
    }
    return RequestSigning(**(values | changes))


def a_request(*, steps: Steps = Steps.LEADER_THEN_AGENCY, **changes: Any) -> SigningRequest:
    values: dict[str, Any] = {
        "id": new_id(),
        "province_id": PROVINCE,
        "report_id": new_id(),
        "revision": 1,
        "canonical_hash": HASH,
        "unit_id": UNIT,
        "lead_unit_id": LEAD,
        "regime_id": None,
        "steps": steps,
        "leader_account_id": None,
        "title": "Báo cáo tháng 10",
        "period_label": "Tháng 10 năm 2026",
        "unit_name": "Ủy ban nhân dân xã An Phước",
        "unit_symbol": "UBND",
        "place_name": "An Phước",
        "due_at": None,
        "content_sha256": "0" * 64,
        "document_sha256": "1" * 64,
        "printed_signer": "",
        "state": first_state(steps),
        "created_at": NOON,
    }
    return SigningRequest(**(values | changes))


def a_signature(role: SignerRole = SignerRole.LEADER) -> Signature:
    return Signature(role, new_id(), "Nguyễn Văn Ân", "1f", "Nguyễn Văn Ân", "CA", NOON, NOON, "2" * 64)


def an_entry(number: int, **changes: Any) -> RegisterEntry:
    values: dict[str, Any] = {
        "unit_id": UNIT,
        "kind": REPORT_KIND,
        "year": 2026,
        "number": number,
        "report_id": new_id(),
        "request_id": new_id(),
        "state": EntryState.ISSUED,
        "issued_on": date(2026, 11, 23),
    }
    return RegisterEntry(**(values | changes))


def a_place(
    place_id: UUID = UNIT, code: str = "AP", name: str = "Ủy ban nhân dân xã An Phước"
) -> DirectoryPlace:
    return DirectoryPlace(place_id, PROVINCE, None, code, name, "commune", "commune")


def an_account(username: str, full_name: str, title: str = "Chủ tịch") -> DirectoryAccount:
    return DirectoryAccount(new_id(), PROVINCE, UNIT, username, full_name, title)


def a_grant(account: DirectoryAccount, right: str, place_id: UUID = UNIT) -> DirectoryGrant:
    return DirectoryGrant(new_id(), account.id, right, place_id)


def told_by(program: str, *arguments: str | Path) -> str:
    """What a program of poppler-utils says of a file."""
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False).stdout
