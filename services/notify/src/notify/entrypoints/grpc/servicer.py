"""What other services ask of notify: when the system is being maintained."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from reporting.notify.v1 import notify_pb2 as pb
from reporting.notify.v1.notify_pb2_grpc import NotifyServiceServicer

SERVICE = "reporting.notify.v1.NotifyService"
CALLERS = {"StreamSnapshot": frozenset({"identity", "catalog", "submission", "signing"})}

ReadSnapshot = Callable[[], Awaitable[tuple[Sequence[pb.Maintenance], int]]]


class NotifyServicer(NotifyServiceServicer):
    def __init__(self, read_snapshot: ReadSnapshot) -> None:
        self._read_snapshot = read_snapshot

    async def StreamSnapshot(
        self,
        request: pb.StreamSnapshotRequest,  # noqa: ARG002
        context: Any,  # noqa: ARG002
    ) -> AsyncIterator[pb.StreamSnapshotResponse]:
        maintenances, epoch = await self._read_snapshot()
        for maintenance in maintenances:
            yield pb.StreamSnapshotResponse(maintenance=maintenance)
        yield pb.StreamSnapshotResponse(watermark=pb.Watermark(epoch=epoch))
