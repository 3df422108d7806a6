"""From the approved content to the PDF/A-3 that people sign, with places reserved for number, day and signatures."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from google.protobuf import json_format
from kit.apart import Apart, Bounds, Fell, Overstayed
from kit.clock import VIETNAM
from opentelemetry import trace
from reporting.submission.v1 import submission_pb2 as pb

from signing.adapters.pades.form import prepare_form
from signing.adapters.pades.marks import Marks
from signing.adapters.rendering.fonts import Typography
from signing.application.ports import Printed, PrintedContent
from signing.domain import letterhead
from signing.domain.errors import ContentUnprintable, RenderingUnavailable
from signing.domain.register import number_suffix
from signing.domain.states import SignerRole

tracer = trace.get_tracer(__name__)

_HERE = Path(__file__).parent
LARGEST_CONTENT = 16 << 20
LARGEST_NARRATIVE = 1_000_000
MOST_CELLS = 300_000
LONGEST_CELL = 20_000
MOST_COLUMNS = 60
_BOUNDS = Bounds(memory=4 << 30, cpu_seconds=90, seconds=120)
_WORK = "signing.adapters.rendering.worker:typeset"


@dataclass(frozen=True, slots=True)
class TypstTypesetter:
    typography: Typography
    apart: Apart = field(default_factory=lambda: Apart(_BOUNDS))

    def read(self, data: bytes) -> PrintedContent:
        """Parses what submission wrote; refuses what cannot be printed."""
        if len(data) > LARGEST_CONTENT:
            raise ContentUnprintable("nội dung quá lớn")
        if not data.lstrip().startswith(b"{"):
            raise ContentUnprintable("nội dung không đúng cấu trúc")
        try:
            text = data.decode()
            content = json_format.Parse(text, pb.ReportContent(), ignore_unknown_fields=True)
        except (UnicodeDecodeError, json_format.ParseError) as error:
            raise ContentUnprintable("nội dung không đúng cấu trúc") from error
        _check_size(content)
        return PrintedContent(
            report_id=content.report_id,
            revision=content.revision,
            canonical_hash=content.canonical_hash,
            unit_name=letterhead.agency_name(content.unit_name, content.authority),
            unit_symbol=content.unit_symbol,
            place_name=content.place_name,
            raw=data,
        )

    async def print(
        self,
        content: PrintedContent,
        roles: Sequence[SignerRole],
        *,
        signer_name: str,
        signer_title: str,
        at: datetime,
    ) -> Printed:
        message = json_format.Parse(content.raw.decode(), pb.ReportContent(), ignore_unknown_fields=True)
        document = self._document(message, content.raw.decode(), roles, signer_name, signer_title)
        moment = at.astimezone(VIETNAM)
        pdf, fields = await self._typeset(document, moment)
        marks = Marks(self.typography)
        number = f"Số:          /{number_suffix(content.unit_symbol)}"
        day = letterhead.date_line(content.place_name, None, moment.year)
        return Printed(await asyncio.to_thread(prepare_form, pdf, fields, marks, number, day))

    def _document(
        self, c: pb.ReportContent, raw: str, roles: Sequence[SignerRole], name: str, title: str
    ) -> dict[str, Any]:
        content = _cleaned(
            json_format.MessageToDict(
                c, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
            ),
            self.typography.typeface.covered,
        )
        content["unit_name"] = letterhead.agency_name(content["unit_name"], content["authority"])
        subject = letterhead.subject(content["title"])
        shown = content["period_label"].casefold() in subject.casefold()
        return {
            "content": content,
            "fonts": [self.typography.typeface.family],
            "heading_text": f"Báo cáo {subject}",
            "hash_text": content["canonical_hash"],
            "attachment": raw,
            "parent_lines": letterhead.agency_lines(letterhead.parent_name(content["parent_unit_name"])),
            "unit_lines": letterhead.agency_lines(content["unit_name"]),
            "subject": subject,
            "period_line": "" if shown else content["period_label"],
            "opening": letterhead.opening(
                content["unit_name"], content["regime_name"], content["legal_basis"], nil=c.nil
            ),
            "recipients": letterhead.recipients(content["receiver_name"]),
            "authority": letterhead.authority_lines(content["authority"], content["position_title"], title),
            "signer_name": letterhead.printable(name, self.typography.typeface.covered),
            "marks": [role.value for role in roles],
            "annex_numbers": letterhead.annex_numbers(len(content["tables"])),
        }

    @tracer.start_as_current_span("typeset")
    async def _typeset(
        self, document: dict[str, Any], moment: datetime
    ) -> tuple[bytes, list[dict[str, Any]]]:
        order = {
            "template": str(_HERE / "report.typ"),
            "folders": self.typography.typeface.folders,
            "document": document,
            "standard": "a-3b",
            "moment": moment.isoformat(timespec="seconds"),
        }
        try:
            out = await self.apart.run(_WORK, json.dumps(order).encode())
        except Overstayed as error:
            raise ContentUnprintable("nội dung quá dài để dàn trang") from error
        except Fell as error:
            raise RenderingUnavailable("chương trình dàn trang dừng giữa chừng") from error
        head, _, pdf = out.partition(b"\n")
        answer = json.loads(head)
        if "error" in answer:
            raise ContentUnprintable("có ký tự hoặc bảng không dàn trang được")
        return pdf, answer["fields"]


def _cleaned(value: Any, covered: frozenset[int]) -> Any:
    if isinstance(value, str):
        return letterhead.printable(value, covered)
    if isinstance(value, list):
        return [_cleaned(item, covered) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item, covered) for key, item in value.items()}
    return value


def _check_size(content: pb.ReportContent) -> None:
    if sum(len(section.text) + len(section.heading) for section in content.narrative) > LARGEST_NARRATIVE:
        raise ContentUnprintable("phần thuyết minh quá dài (tối đa 1.000.000 ký tự)")
    cells = 0
    for table in content.tables:
        if not 1 <= len(table.columns) <= MOST_COLUMNS:
            raise ContentUnprintable(f"bảng phải có từ 1 đến {MOST_COLUMNS} cột")
        if any(not 0 < column.width < 1e6 for column in table.columns):
            raise ContentUnprintable("độ rộng cột không hợp lệ")
        found = [cell for row in table.header_rows for cell in row.cells]
        spans = [max(cell.column_span, cell.row_span) for cell in found]
        texts = [cell.text for cell in found]
        for body_row in table.body_rows:
            spans += [cell.column_span for cell in body_row.cells]
            texts += [cell.text for cell in body_row.cells]
        cells += len(texts)
        if any(len(text) > LONGEST_CELL for text in texts):
            raise ContentUnprintable("có ô quá dài")
        if any(not 0 <= span <= MOST_COLUMNS for span in spans):
            raise ContentUnprintable("ô gộp vượt quá số cột")
    if cells > MOST_CELLS:
        raise ContentUnprintable(f"bảng có quá nhiều ô (tối đa {MOST_CELLS})")
