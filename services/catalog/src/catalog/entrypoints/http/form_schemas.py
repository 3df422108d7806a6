"""Forms as they go in and out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from forms.correcting import Correction
from forms.model import Cell, FormModel
from pydantic import BaseModel, ConfigDict, Field

from catalog.domain.form import Form, FormPurpose, FormVersion, FormVersionState


class VersionSummaryOut(BaseModel):
    id: UUID
    number: int
    state: FormVersionState
    created_at: datetime
    published_at: datetime | None
    version: int


class LinkBody(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    row: str = Field(min_length=1, max_length=80)
    column: str = Field(min_length=1, max_length=20)
    from_form_id: UUID
    from_row: str = Field(min_length=1, max_length=80)
    from_column: str = Field(min_length=1, max_length=20)
    from_version_id: UUID | None = Field(
        default=None,
        description="Phiên bản của biểu nguồn mà dòng, cột nguồn nói tới; không nêu: bản mới nhất đã công bố",
    )


class FormOut(BaseModel):
    id: UUID
    code: str
    name: str
    owner_unit_id: UUID
    created_at: datetime
    version: int
    purpose: FormPurpose = Field(description="Biểu mẫu nhập liệu, biểu mẫu báo cáo, hoặc cả hai")
    links: list[LinkBody] = Field(description="Ô của biểu báo cáo lấy số liệu đã duyệt từ ô nào")
    versions: list[VersionSummaryOut] = Field(description="Mới nhất trước")


class ProposedCellOut(BaseModel):
    sheet: str
    a1: str
    row: str
    column: str
    reason: str


class LeftAsLabelOut(BaseModel):
    cell: str = Field(description="Trang!ô")
    text: str
    why: str


class NoteOut(BaseModel):
    code: str
    severity: str
    message: str
    sheet: str | None = None
    row: str | None = None
    column: str | None = None
    a1: str | None = None


class ProposalOut(BaseModel):
    """Đề xuất của phần đọc biểu: mỗi ô thuộc loại nào, vì sao."""

    cells: dict[str, list[ProposedCellOut]]
    left_as_label: list[LeftAsLabelOut]
    notes: list[NoteOut]

    @classmethod
    def of(cls, version: FormVersion) -> ProposalOut:
        cells: dict[str, list[ProposedCellOut]] = defaultdict(list)
        for sheet, cell in _cells(version.model):
            cells[cell.kind].append(
                ProposedCellOut(sheet=sheet, a1=cell.a1, row=cell.row, column=cell.column, reason=cell.reason)
            )
        return cls(
            cells=dict(cells),
            left_as_label=[LeftAsLabelOut(**left) for left in version.proposal.left_as_label],
            notes=[NoteOut(**note) for note in version.proposal.reasons],
        )


class FormVersionOut(BaseModel):
    id: UUID
    form_id: UUID
    code: str
    name: str
    owner_unit_id: UUID
    number: int
    state: FormVersionState
    template_sha256: str
    created_at: datetime
    published_at: datetime | None
    version: int
    model: dict[str, Any] = Field(description="Mô hình biểu mẫu (libs/forms)")
    testers: list[UUID] = Field(description="Người được mời dùng thử")
    proposal: ProposalOut | None = Field(default=None, description="Chỉ khi còn là bản nháp")

    @classmethod
    def of(cls, version: FormVersion) -> FormVersionOut:
        return cls(
            id=version.id,
            form_id=version.form_id,
            code=version.code,
            name=version.name,
            owner_unit_id=version.owner_unit_id,
            number=version.number,
            state=version.state,
            template_sha256=version.template_sha256,
            created_at=version.created_at,
            published_at=version.published_at,
            version=version.version,
            model=version.model.model_dump(mode="json", exclude_none=True),
            testers=list(version.testers),
            proposal=ProposalOut.of(version) if version.state is FormVersionState.DRAFT else None,
        )


class UploadedFormOut(FormOut):
    draft: FormVersionOut
    proposal: ProposalOut

    @classmethod
    def uploaded(cls, form: Form, draft: FormVersion) -> UploadedFormOut:
        return cls(
            id=form.id,
            code=form.code,
            name=form.name,
            owner_unit_id=form.owner_unit_id,
            created_at=form.created_at,
            version=form.version,
            purpose=form.purpose,
            links=[LinkBody.model_validate(link) for link in form.links],
            versions=[_summary(draft)],
            draft=FormVersionOut.of(draft),
            proposal=ProposalOut.of(draft),
        )


class CorrectionsIn(BaseModel):
    corrections: list[Correction] = Field(min_length=1, max_length=5000)


class OutlineSectionOut(BaseModel):
    id: str
    heading: str
    level: int
    guidance: str
    required: bool


class OutlineOut(BaseModel):
    sections: list[OutlineSectionOut]


def form_out(item: Mapping[str, Any]) -> FormOut:
    return FormOut.model_validate(item)


def _summary(version: FormVersion) -> VersionSummaryOut:
    return VersionSummaryOut(
        id=version.id,
        number=version.number,
        state=version.state,
        created_at=version.created_at,
        published_at=version.published_at,
        version=version.version,
    )


def _cells(model: FormModel) -> Iterator[tuple[str, Cell]]:
    for sheet in model.sheets:
        for cell in sheet.cells:
            yield sheet.name, cell
        for table in sheet.lists:
            for cell in table.cells:
                yield sheet.name, cell
