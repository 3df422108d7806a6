"""Regimes and form versions as catalog published them: kit's copy, read as this service's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from forms.model import FormModel
from forms.values import CellKey
from kit.db import KIT
from kit.errors import NotFound, Unavailable
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from submission.application.published import FormLink, PublishedForm, ReadVersion
from submission.domain.allocation import Allocation
from submission.domain.assignment import OutlineSection, RegimeFacts

REGIMES = "regimes"
FORMS = "form-versions"
MERGED = "merged-indicators"
_FORM_FIELDS = ("formId", "code", "name", "number", "templateSha256")
_MOST_MODELS = 512
_MODELS: dict[UUID, FormModel] = {}
"""A published version never changes, so its model is built once in a process."""


class PostgresCatalogCopy:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def regime(self, regime_id: UUID) -> RegimeFacts:
        payload = await self._payload(REGIMES, str(regime_id))
        if payload is None:
            raise NotFound(
                "submission.regime.not_found",
                "Không tìm thấy chế độ báo cáo đã ban hành này.",
                remedy="Kiểm tra chế độ đã được ban hành chưa.",
            )
        return regime_of(payload)

    async def regimes_that_open_themselves(self) -> Sequence[RegimeFacts]:
        item = KIT.copy_item
        found = await self._session.execute(
            select(item.c.payload).where(item.c.copy == REGIMES, ~item.c.deleted)
        )
        regimes = [regime_of(payload) for (payload,) in found]
        return [regime for regime in regimes if regime.open and regime.opens_itself]

    async def form(self, form_version_id: UUID) -> PublishedForm:
        item = KIT.copy_item
        here = (item.c.copy == FORMS, item.c.key == str(form_version_id), ~item.c.deleted)
        named = [item.c.payload[name].astext.label(name) for name in _FORM_FIELDS]
        of_others = [item.c.payload[name].label(name) for name in ("links", "reads")]
        row = (await self._session.execute(select(*of_others, *named).where(*here))).one_or_none()
        if row is None:
            raise NotFound(
                "submission.form.not_found",
                "Không tìm thấy phiên bản biểu mẫu đã ban hành này.",
                remedy="Thử lại sau ít phút; nếu vẫn lỗi, báo bộ phận hỗ trợ.",
            )
        reads = {code: UUID(read) for code, read in (row.reads or {}).items()}
        return PublishedForm(
            id=form_version_id,
            form_id=UUID(row.formId),
            code=row.code or "",
            name=row.name or "",
            number=int(row.number or 0),
            model=await self._model(form_version_id),
            template_sha256=row.templateSha256 or "",
            links=tuple(link_of(link) for link in row.links or ()),
            reads={code: ReadVersion(read, await self._model(read)) for code, read in reads.items()},
        )

    async def allocation(self, regime_id: UUID, form_version_id: UUID) -> Allocation:
        item = KIT.copy_item
        allocations = await self._session.scalar(
            select(item.c.payload["allocations"]).where(item.c.copy == REGIMES, item.c.key == str(regime_id))
        )
        found: Mapping[str, Any] = next(
            (each for each in allocations or () if each["formVersionId"] == str(form_version_id)), {}
        )
        return Allocation(
            {row["row"]: frozenset(map(UUID, row.get("unitIds", ()))) for row in found.get("rows", ())}
        )

    async def merged_indicators(self) -> Mapping[str, str]:
        item = KIT.copy_item
        into = item.c.payload["mergedIntoId"].astext
        found = await self._session.execute(
            select(item.c.key, into).where(item.c.copy == MERGED, ~item.c.deleted)
        )
        return {key: kept for key, kept in found if kept}

    async def _model(self, form_version_id: UUID) -> FormModel:
        known = _MODELS.get(form_version_id)
        if known is None:
            item = KIT.copy_item
            text = await self._session.scalar(
                select(item.c.payload["modelJson"].astext).where(
                    item.c.copy == FORMS, item.c.key == str(form_version_id), ~item.c.deleted
                )
            )
            if not text:
                # Its own event comes by the same road, and before that of the form that reads it.
                raise Unavailable("submission.form.not_yet_known", "Chưa nhận được phiên bản biểu mẫu này.")
            known = FormModel.model_validate_json(text)
            if len(_MODELS) >= _MOST_MODELS:
                _MODELS.clear()
            _MODELS[form_version_id] = known
        return known

    async def _payload(self, copy: str, key: str) -> Mapping[str, Any] | None:
        item = KIT.copy_item
        found: Mapping[str, Any] | None = await self._session.scalar(
            select(item.c.payload).where(item.c.copy == copy, item.c.key == key, ~item.c.deleted)
        )
        return found


def regime_of(payload: Mapping[str, Any]) -> RegimeFacts:
    """From proto3's JSON, where what has its default is absent."""
    return RegimeFacts(
        id=UUID(payload["id"]),
        code=payload.get("code", ""),
        name=payload.get("name", ""),
        legal_basis=payload.get("legalBasis", ""),
        lead_unit_id=UUID(payload["leadUnitId"]),
        reporting_unit_ids=tuple(UUID(unit) for unit in payload.get("reportingUnitIds", ())),
        form_version_ids=tuple(UUID(form) for form in payload.get("formVersionIds", ())),
        outline=tuple(_section(section) for section in payload.get("outline", ())),
        signing=payload.get("signing", ""),
        nil_allowed=payload.get("nilAllowed", False),
        opens_itself=payload.get("opensItself", False),
        assigns_itself=payload.get("assignsItself", False),
        open=payload.get("state") == "published",
        province_id=UUID(payload["provinceId"]),
        starts_on=_day(payload.get("startsOn")),
        ends_on=_day(payload.get("endsOn")),
        version=int(payload.get("version", 0)),
        receivers=tuple(map(UUID, payload.get("receiverAccountIds", ()))),
        deciders=tuple(map(UUID, payload.get("approverAccountIds", ()))),
        joined={
            UUID(joined["unitId"]): date.fromisoformat(joined["fromOn"])
            for joined in payload.get("joinedUnits", ())
        },
    )


def link_of(data: Mapping[str, Any]) -> FormLink:
    return FormLink(
        CellKey(data["row"], data["column"]),
        UUID(data["fromFormId"]),
        CellKey(data["fromRow"], data["fromColumn"]),
        UUID(data["fromVersionId"]) if data.get("fromVersionId") else None,
    )


def _section(data: Mapping[str, Any]) -> OutlineSection:
    return OutlineSection(
        data["id"],
        data.get("heading", ""),
        int(data.get("level", 1)),
        data.get("guidance", ""),
        data.get("required", False),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
