"""catalog over gRPC: periods with their deadlines, and the official workbooks, kept once read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from kit.bus import Delivery
from kit.copies import CopyItem, ItemStore, Watermark
from kit.files import FileStore
from reporting.catalog.v1 import catalog_pb2 as pb
from reporting.catalog.v1 import events_pb2 as events
from reporting.catalog.v1.catalog_pb2_grpc import CatalogServiceStub

from submission.adapters.postgres.catalog_copy import FORMS
from submission.application.ports import OpenedPeriod
from submission.application.published import PublishedForm
from submission.wire import period_of

SECONDS = 15.0
SNAPSHOT_SECONDS = 120.0


class GrpcCatalog:
    def __init__(self, channel: Any, files: FileStore) -> None:
        self._stub = CatalogServiceStub(channel)
        self._files = files

    async def periods(self, regime_id: UUID, first: date, last: date) -> Sequence[OpenedPeriod]:
        answer = await self._stub.ListPeriods(
            pb.ListPeriodsRequest(
                regime_id=str(regime_id), from_on=first.isoformat(), to_on=last.isoformat()
            ),
            timeout=SECONDS,
        )
        return [period_of(period) for period in answer.periods]

    async def template(self, form: PublishedForm) -> bytes:
        """Named by its hash, so what lies in our bucket is the workbook catalog has."""
        if form.template_sha256 and await self._files.exists(form.template_sha256):
            return await self._files.read(form.template_sha256)
        pieces = self._stub.ReadTemplate(
            pb.ReadTemplateRequest(form_version_id=str(form.id)), timeout=SNAPSHOT_SECONDS
        )
        data = b"".join([piece.piece async for piece in pieces])
        await self._files.put(data)
        return data


class CatalogSnapshot:
    """One stream for all copies: each takes its own items of it."""

    def __init__(self, channel: Any) -> None:
        self._stub = CatalogServiceStub(channel)

    async def regimes(self) -> AsyncIterator[CopyItem | Watermark]:
        async for item in self._items():
            match item.WhichOneof("item"):
                case "regime":
                    yield regime_item(item.regime)
                case "watermark":
                    yield Watermark(item.watermark.epoch)

    async def form_versions(self) -> AsyncIterator[CopyItem | Watermark]:
        async for item in self._items():
            match item.WhichOneof("item"):
                case "form_version":
                    yield form_item(item.form_version)
                case "watermark":
                    yield Watermark(item.watermark.epoch)

    async def merged_indicators(self) -> AsyncIterator[CopyItem | Watermark]:
        async for item in self._items():
            match item.WhichOneof("item"):
                case "indicator":
                    yield indicator_item(item.indicator)
                case "watermark":
                    yield Watermark(item.watermark.epoch)

    async def complete_form(self, delivery: Delivery, uow: Any) -> None:
        """An event leaves out a large model: then the version is asked for whole."""
        told = delivery.parse(events.FormVersionPublished).form_version
        if not told.model_json:
            await self._ask_for(told.id, uow)

    async def complete_regime(self, delivery: Delivery, uow: Any) -> None:
        """Events of forms come by a road of their own and may be later: a regime comes with all of its forms."""
        if delivery.subject.endswith("closed.v1"):
            return
        forms = ItemStore(FORMS)
        for form_version_id in delivery.parse(events.RegimePublished).regime.form_version_ids:
            if await forms.get(uow.session, form_version_id) is None:
                await self._ask_for(form_version_id, uow)

    async def _ask_for(self, form_version_id: str, uow: Any) -> None:
        request = pb.GetFormVersionRequest(form_version_id=form_version_id)
        answer = await self._stub.GetFormVersion(request, timeout=SECONDS)
        await ItemStore(FORMS).put(uow.session, [form_item(answer.form_version)], force=False)

    async def _items(self) -> AsyncIterator[pb.StreamSnapshotResponse]:
        async for item in self._stub.StreamSnapshot(pb.StreamSnapshotRequest(), timeout=SNAPSHOT_SECONDS):
            yield item


def regime_item(regime: pb.Regime) -> CopyItem:
    return CopyItem(
        key=regime.id, version=regime.version, payload=regime, province_id=UUID(regime.province_id)
    )


def form_item(form: pb.FormVersion) -> CopyItem:
    return CopyItem(key=form.id, version=form.version, payload=form, province_id=UUID(form.province_id))


def indicator_item(indicator: pb.Indicator) -> CopyItem:
    return CopyItem(
        key=indicator.id,
        version=indicator.version,
        payload=indicator,
        province_id=UUID(indicator.province_id),
    )


def read_merged(delivery: Delivery) -> CopyItem | None:
    return indicator_item(delivery.parse(events.IndicatorMerged).indicator)


def read_regime(delivery: Delivery) -> CopyItem | None:
    if delivery.subject.endswith("closed.v1"):
        return regime_item(delivery.parse(events.RegimeClosed).regime)
    return regime_item(delivery.parse(events.RegimePublished).regime)


def read_form(delivery: Delivery) -> CopyItem | None:
    told = delivery.parse(events.FormVersionPublished).form_version
    return form_item(told) if told.model_json else None
