"""The history of a report as REST answers it: acts, the places they point at, receipts."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from submission.application.queries.read_history import ActShown, PlaceShown, ReceiptShown
from submission.domain.acts import Receipt, Settled
from submission.domain.report import Report
from submission.domain.states import ACTION_NAMES
from submission.entrypoints.http.schemas import Moment, PeriodOut, PersonOut, RegimeOut, UnitOut


class SettledOut(BaseModel):
    done: bool
    answer: str
    by: str
    at: Moment

    @classmethod
    def of(cls, settled: Settled) -> SettledOut:
        return cls(done=settled.done, answer=settled.answer, by=settled.who_name, at=settled.at)


class PlaceOut(BaseModel):
    form_version_id: UUID | None
    row: str
    column: str
    section_id: str
    note: str
    words: str
    """Chỗ ấy, bằng lời: biểu, ô, dòng, cột; hoặc mục của thuyết minh."""
    settled: SettledOut | None

    @classmethod
    def of(cls, place: PlaceShown) -> PlaceOut:
        pin = place.pin
        return cls(
            form_version_id=pin.form_version_id, row=pin.row, column=pin.column, section_id=pin.section_id,
            note=pin.note, words=place.in_words(),
            settled=SettledOut.of(place.settled) if place.settled else None,
        )  # fmt: skip


class ActOut(BaseModel):
    sequence: int
    action: str
    name: str
    words: str
    revision: int
    from_state: str
    to_state: str
    who: str
    who_name: str
    at: Moment
    reason: str
    comment: str
    places: list[PlaceOut]

    @classmethod
    def of(cls, shown: ActShown) -> ActOut:
        act = shown.act
        return cls(
            sequence=act.sequence, action=act.action, name=ACTION_NAMES[act.action], words=act.in_words(),
            revision=act.revision, from_state=act.from_state, to_state=act.to_state, who=act.who,
            who_name=act.who_name, at=act.at, reason=act.reason, comment=act.comment,
            places=[PlaceOut.of(place) for place in shown.places],
        )  # fmt: skip


class FallbackOut(BaseModel):
    incident_id: UUID
    number: str
    issued_on: str
    sha256: str

    @classmethod
    def of(cls, receipt: Receipt) -> FallbackOut | None:
        if receipt.incident_id is None:
            return None
        return cls(
            incident_id=receipt.incident_id, number=receipt.fallback_number,
            issued_on=receipt.fallback_issued_on, sha256=receipt.fallback_sha256,
        )  # fmt: skip


class ReceiptOut(BaseModel):
    id: UUID
    report_id: UUID
    sending: int
    """Lần gửi thứ mấy của báo cáo."""
    unit: UnitOut
    lead_unit: UnitOut
    regime: RegimeOut
    period: PeriodOut
    revision: int
    canonical_hash: str
    sent_by: PersonOut
    sent_at: Moment
    due_at: Moment
    late: bool
    punctuality: str
    rule: str
    article: str
    number: str
    issued_on: str
    document_sha256: str
    nil: bool
    fallback: FallbackOut | None
    """Văn bản đã gửi khi Hệ thống gián đoạn; đúng hạn hay không tính theo ngày văn bản này."""
    taken_in_at: Moment | None
    taken_in_by: PersonOut | None

    @classmethod
    def of(cls, shown: ReceiptShown, report: Report) -> ReceiptOut:
        a, receipt, taken_in = report.assignment, shown.receipt, shown.taken_in
        return cls(
            id=receipt.id, report_id=receipt.report_id, sending=shown.sending, unit=UnitOut.of(a.unit),
            lead_unit=UnitOut.of(a.lead_unit),
            regime=RegimeOut(id=a.regime_id, code=a.regime_code, name=a.regime_name),
            period=PeriodOut(key=a.period.key, label=a.period.label), revision=receipt.revision,
            canonical_hash=receipt.canonical_hash,
            sent_by=PersonOut(account_id=receipt.sent_by, name=receipt.sent_by_name), sent_at=receipt.sent_at,
            due_at=receipt.due_at, late=receipt.late, punctuality="Gửi quá hạn" if receipt.late else "Gửi đúng hạn",
            rule=receipt.rule, article=receipt.article, number=receipt.number, issued_on=receipt.issued_on,
            document_sha256=receipt.document_sha256, nil=receipt.nil, fallback=FallbackOut.of(receipt),
            taken_in_at=taken_in.at if taken_in else None,
            taken_in_by=PersonOut(account_id=taken_in.who, name=taken_in.who_name) if taken_in else None,
        )  # fmt: skip
