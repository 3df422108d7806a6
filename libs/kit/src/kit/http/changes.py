"""What stands before every request that may change something, and may refuse it for the caller's province."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from uuid import UUID

from starlette.types import ASGIApp, Receive, Scope, Send

from kit.http.problems import answer_to

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ProvinceOf = Callable[[UUID], Awaitable[UUID | None]]
"""The province of an account; none for one that isn't known, UUID 0 for the operator's."""


class BeforeChanges(ABC):
    """Stands inside Authenticated, which says who calls."""

    def __init__(self, app: ASGIApp, province_of: ProvinceOf) -> None:
        self._app = app
        self._province_of = province_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            try:
                await self.check(scope)
            except Exception as error:
                await answer_to(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    @abstractmethod
    async def check(self, scope: Scope) -> None:
        """Raises the refusal."""

    async def province(self, scope: Scope) -> UUID | None:
        actor = scope.get("state", {}).get("actor")
        account_id = getattr(actor, "account_id", None)
        return await self._province_of(account_id) if account_id else None
