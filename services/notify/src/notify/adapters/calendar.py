"""catalog's working calendar over gRPC."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from reporting.catalog.v1 import catalog_pb2 as pb
from reporting.catalog.v1.catalog_pb2_grpc import CatalogServiceStub


class GrpcCalendar:
    def __init__(self, channel: Any) -> None:
        self._stub = CatalogServiceStub(channel)

    async def working_days(self, province_id: UUID, first: date, last: date) -> list[date]:
        answer = await self._stub.ListWorkingDays(
            pb.ListWorkingDaysRequest(
                province_id=str(province_id), from_on=first.isoformat(), to_on=last.isoformat()
            ),
            timeout=5,
        )
        return [date.fromisoformat(day) for day in answer.days]
