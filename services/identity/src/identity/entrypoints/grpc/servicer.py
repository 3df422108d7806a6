"""What other services ask of identity."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from reporting.identity.v1 import identity_pb2 as pb
from reporting.identity.v1.identity_pb2_grpc import IdentityServiceServicer

from identity.application.app import IdentityApp
from identity.application.ports import SnapshotItem
from identity.domain.accounts import Account
from identity.domain.errors import AccountNotFound
from identity.domain.grants import Grant
from identity.domain.units import Unit
from identity.wire import to_account, to_grant, to_unit

CALLERS = frozenset({"catalog", "submission", "signing", "notify"})


class IdentityServicer(IdentityServiceServicer):
    def __init__(self, app: IdentityApp) -> None:
        self._app = app

    async def StreamSnapshot(
        self,
        request: pb.StreamSnapshotRequest,  # noqa: ARG002
        context: Any,  # noqa: ARG002
    ) -> AsyncIterator[pb.StreamSnapshotResponse]:
        async for item in self._app.for_services.snapshot():
            yield to_item(item)

    async def GetRights(
        self,
        request: pb.GetRightsRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.GetRightsResponse:
        account, grants, version = await self._app.for_services.rights(_to_key(request.account_id))
        return pb.GetRightsResponse(
            account=to_account(account),
            grants=[to_grant(grant) for grant in grants],
            rights_version=version,
        )


def to_item(item: SnapshotItem) -> pb.StreamSnapshotResponse:
    match item:
        case Unit():
            return pb.StreamSnapshotResponse(unit=to_unit(item))
        case Account():
            return pb.StreamSnapshotResponse(account=to_account(item))
        case Grant():
            return pb.StreamSnapshotResponse(grant=to_grant(item))
        case (epoch, version, taken_at):
            watermark = pb.Watermark(epoch=epoch, rights_version=version)
            watermark.taken_at.FromDatetime(taken_at)
            return pb.StreamSnapshotResponse(watermark=watermark)


def _to_key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise AccountNotFound from None
