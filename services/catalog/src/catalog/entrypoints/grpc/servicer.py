"""What other services ask of the catalog."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

from kit.errors import InvalidInput, NotFound, Place
from kit.grpc import actor_of
from reporting.catalog.v1 import catalog_pb2 as pb
from reporting.catalog.v1.catalog_pb2_grpc import CatalogServiceServicer

from catalog.application import telling
from catalog.application.app import CatalogApp
from catalog.domain.errors import FormVersionNotFound, RegimeNotFound
from catalog.domain.form import FormVersion
from catalog.domain.indicator import Indicator

SERVICE = "reporting.catalog.v1.CatalogService"
CALLERS = {
    rpc: frozenset({"submission", "notify", "signing"})
    for rpc in ("StreamSnapshot", "ListPeriods", "ReadTemplate", "GetFormVersion")
} | {"ListWorkingDays": frozenset({"notify"})}


class CatalogServicer(CatalogServiceServicer):
    def __init__(self, app: CatalogApp) -> None:
        self._app = app

    async def StreamSnapshot(
        self,
        request: pb.StreamSnapshotRequest,  # noqa: ARG002
        context: Any,  # noqa: ARG002
    ) -> AsyncIterator[pb.StreamSnapshotResponse]:
        epoch = await self._app.reading.epoch()
        taken_at = telling.timestamp(self._app.clock())
        async for item in self._app.reading.published():
            if isinstance(item, FormVersion):
                yield pb.StreamSnapshotResponse(form_version=telling.form_version(item))
            elif isinstance(item, Indicator):
                yield pb.StreamSnapshotResponse(indicator=telling.indicator(item))
            else:
                yield pb.StreamSnapshotResponse(regime=telling.regime(item))
        yield pb.StreamSnapshotResponse(watermark=pb.Watermark(epoch=epoch, taken_at=taken_at))

    async def ListPeriods(
        self,
        request: pb.ListPeriodsRequest,
        context: Any,
    ) -> pb.ListPeriodsResponse:
        found = await self._app.schedules.for_service(
            actor_of(context),
            _key(request.regime_id, RegimeNotFound),
            _day(request.from_on, "from_on"),
            _day(request.to_on, "to_on"),
        )
        return pb.ListPeriodsResponse(periods=[telling.period(scheduled) for scheduled in found])

    async def GetFormVersion(
        self,
        request: pb.GetFormVersionRequest,
        context: Any,
    ) -> pb.GetFormVersionResponse:
        version_id = _key(request.form_version_id, FormVersionNotFound)
        version = await self._app.look_up.version_for_service(actor_of(context), version_id)
        return pb.GetFormVersionResponse(form_version=telling.form_version(version))

    async def ReadTemplate(
        self,
        request: pb.ReadTemplateRequest,
        context: Any,
    ) -> AsyncIterator[pb.ReadTemplateResponse]:
        version_id = _key(request.form_version_id, FormVersionNotFound)
        async for piece in await self._app.look_up.template_for_service(actor_of(context), version_id):
            yield pb.ReadTemplateResponse(piece=piece)

    async def ListWorkingDays(
        self,
        request: pb.ListWorkingDaysRequest,
        context: Any,
    ) -> pb.ListWorkingDaysResponse:
        days = await self._app.working_days.for_service(
            actor_of(context),
            UUID(request.province_id),
            _day(request.from_on, "from_on"),
            _day(request.to_on, "to_on"),
        )
        return pb.ListWorkingDaysResponse(days=[day.isoformat() for day in days])


def _key(text: str, not_found: type[NotFound]) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise not_found from None


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            "catalog.period.day_wrong", "Ngày phải có dạng 2026-10-31.", places=(Place(field=field),)
        ) from None
