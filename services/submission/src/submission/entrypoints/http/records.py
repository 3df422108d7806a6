"""Narrative, validation and sealed revisions of a report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from forms.messages import Severity
from forms.values import value_to_json
from kit.http import Caller
from pydantic import BaseModel, Field

from submission.application.commands.write_narrative import WriteNarrative
from submission.domain.entry import Road
from submission.domain.saving import SectionChange
from submission.entrypoints.http.filing_schemas import ConflictOut
from submission.entrypoints.http.schemas import App, Moment

router = APIRouter(prefix="/reports/{report_id}", tags=["records"])


class SectionIn(BaseModel):
    id: str = Field(min_length=1, max_length=200)
    text: str = Field(max_length=200_000)
    expected_version: int | None = Field(default=None, ge=0)
    """Không nêu: ghi lên nội dung đang có."""


class NarrativeIn(BaseModel):
    sections: list[SectionIn] = Field(max_length=500)


class SectionOut(BaseModel):
    id: str
    heading: str
    level: int
    guidance: str
    required: bool
    text: str
    version: int


class NarrativeOut(BaseModel):
    last_edit: int
    sections: list[SectionOut]
    conflicts: list[ConflictOut] = []


@router.get("/narrative", summary="Thuyết minh theo đề cương")
async def read_narrative(report_id: UUID, actor: Caller, app: App) -> NarrativeOut:
    contents = await app.read_report.contents(actor, report_id)
    draft = contents.draft
    return NarrativeOut(
        last_edit=draft.last_edit if draft else 0,
        sections=[
            SectionOut(
                id=s.id, heading=s.heading, level=s.level, guidance=s.guidance, required=s.required,
                text=contents.narrative.get(s.id, ""),
                version=draft.sections[s.id].version if draft and s.id in draft.sections else 0,
            )
            for s in contents.report.assignment.outline
        ],
    )  # fmt: skip


@router.put("/narrative", summary="Ghi thuyết minh")
async def write_narrative(report_id: UUID, body: NarrativeIn, actor: Caller, app: App) -> NarrativeOut:
    standing = {s.id: s.version for s in (await read_narrative(report_id, actor, app)).sections}
    changes = [
        SectionChange(
            section.id,
            section.text,
            standing.get(section.id, 0) if section.expected_version is None else section.expected_version,
        )
        for section in body.sections
    ]
    road = Road.GRID if actor.channel == "portal" else Road.PROGRAM
    _, _, entered = await app.write_narrative(WriteNarrative(report_id, actor, changes, road))
    written = await read_narrative(report_id, actor, app)
    written.conflicts = [ConflictOut.of(conflict) for conflict in entered.conflicts]
    return written


class ValidationOut(BaseModel):
    errors: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    information: list[dict[str, Any]]


@router.get("/validation", summary="Lỗi, cảnh báo và thông tin của cả báo cáo")
async def read_validation(report_id: UUID, actor: Caller, app: App) -> ValidationOut:
    checked = (await app.read_report.contents(actor, report_id)).checked
    return ValidationOut(
        errors=checked.errors,
        warnings=checked.found(Severity.WARNING),
        information=checked.found(Severity.INFORMATION),
    )


class CellDifferenceOut(BaseModel):
    row: str
    column: str
    before: dict[str, Any]
    after: dict[str, Any]


class DifferenceOut(BaseModel):
    form_version_id: UUID
    cells: list[CellDifferenceOut]
    rows_added: list[str]
    rows_removed: list[str]


class RevisionContentOut(BaseModel):
    number: int
    canonical_hash: str
    sealed_at: Moment | None
    accepted: bool
    nil: bool
    imported: bool
    figures: dict[str, Any]
    narrative: dict[str, str]
    explanations: dict[str, str]
    difference: list[DifferenceOut]


@router.get("/revisions/{number}", summary="Một bản đã khóa và khác biệt với bản trước, từng ô")
async def read_revision(report_id: UUID, number: int, actor: Caller, app: App) -> RevisionContentOut:
    _, revision, content, changes = await app.read_report.revision(actor, report_id, number)
    return RevisionContentOut(
        number=revision.number,
        canonical_hash=revision.canonical_hash,
        sealed_at=revision.sealed_at,
        accepted=revision.accepted,
        nil=revision.nil,
        imported=revision.imported,
        figures={str(form): figures.to_json() for form, figures in content.figures.items()},
        narrative=dict(content.narrative),
        explanations=dict(content.explanations),
        difference=[
            DifferenceOut(
                form_version_id=form,
                cells=[
                    CellDifferenceOut(
                        row=c.row,
                        column=c.column,
                        before=value_to_json(c.before),
                        after=value_to_json(c.after),
                    )
                    for c in change.cells
                ],
                rows_added=list(change.rows_added),
                rows_removed=list(change.rows_removed),
            )
            for form, change in changes.items()
        ],
    )
