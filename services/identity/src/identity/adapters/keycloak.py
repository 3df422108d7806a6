"""Logins in Keycloak, by its admin interface and a client of our own that may manage users.

A login is found by its username and belongs to an account by the attribute `account_id`; one that belongs to
another is never touched. Every call has a time limit; no answer is LoginUnavailable.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import httpx
import structlog
from keycloak import KeycloakAdmin, KeycloakOpenIDConnection
from keycloak.exceptions import KeycloakError, KeycloakPostError

from identity.application.ports import HeldLogin, Login
from identity.domain.accounts import Account
from identity.domain.errors import LoginTaken, LoginUnavailable

_SECONDS = 20
_CONFLICT = 409
_AT_ONCE = 8
_PAGE = 100
_PROGRAM = "service-account-"
_CHANGE_PASSWORD = "UPDATE_PASSWORD"  # noqa: S105

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class KeycloakLogins:
    url: str
    realm: str
    client_id: str
    client_secret: str
    authority: Path | None = None
    """Whose certificate Keycloak shows over https; None: one that this machine trusts."""
    _admin: KeycloakAdmin | None = field(default=None, init=False)

    async def settle(self, login: Login) -> None:
        await self._asked(lambda: self._settle(login))

    async def settle_many(self, logins: Sequence[Login]) -> dict[UUID, str]:
        """Eight at a time; the rest is left to the job as soon as Keycloak stops answering."""
        failed: dict[UUID, str] = {}
        places = asyncio.Semaphore(_AT_ONCE)
        down: LoginUnavailable | None = None

        async def one(login: Login) -> None:
            nonlocal down
            async with places:
                try:
                    if down is not None:
                        raise down
                    await self.settle(login)
                except (LoginTaken, LoginUnavailable) as refusal:
                    failed[login.account.id] = refusal.message
                    down = refusal if isinstance(refusal, LoginUnavailable) else down

        first, *others = logins
        await one(first)
        await asyncio.gather(*(one(login) for login in others))
        return failed

    async def held(self) -> list[HeldLogin]:
        """Page by page, each within the time of one question."""
        found: list[HeldLogin] = []
        while True:
            page = await self._asked(partial(self._page, len(found)))
            found += page
            if len(page) < _PAGE:
                return [login for login in found if not login.username.startswith(_PROGRAM)]

    async def _page(self, first: int) -> list[HeldLogin]:
        asked = {"first": first, "max": _PAGE, "briefRepresentation": "false"}
        return [_held(user) for user in await self._client().a_get_users(asked)]

    async def close(self, username: str) -> None:
        async def work() -> None:
            for user in await self._client().a_get_users({"username": username, "exact": "true"}):
                await self._client().a_update_user(user["id"], {**user, "enabled": False})
                await self._client().a_user_logout(user["id"])

        await self._asked(work)

    async def set_temporary_password(self, account: Account, password: str) -> None:
        async def work() -> None:
            user_id = await self._own(account)
            if user_id is None:
                await self._settle(Login(account, password))
                return
            admin = self._client()
            await admin.a_set_user_password(user_id, password, temporary=True)
            await admin.a_user_logout(user_id)

        await self._asked(work)

    async def missing(self) -> str | None:
        """For readiness: never a reason to stop serving, only to say so."""
        try:
            await self._asked(lambda: self._client().a_users_count({"username": "-"}))
        except LoginUnavailable as refusal:
            return refusal.message
        return None

    async def _settle(self, login: Login) -> None:
        account, admin = login.account, self._client()
        if account.version == 0:
            try:
                await admin.a_create_user(_representation(login), exist_ok=False)
            except KeycloakPostError as error:
                if error.response_code != _CONFLICT:
                    raise
            else:
                return
        user_id = await self._own(account)
        if user_id is None:
            await admin.a_create_user(_representation(login), exist_ok=False)
            return
        wanted = _representation(Login(account))
        present = await admin.a_get_user(user_id)
        wanted["attributes"] = {**present.get("attributes", {}), **wanted["attributes"]}
        wanted["requiredActions"] = present.get("requiredActions", [])
        await admin.a_update_user(user_id, wanted)
        if login.temporary_password is not None:
            await admin.a_set_user_password(user_id, login.temporary_password, temporary=True)
        if account.locked_at is not None:
            await admin.a_user_logout(user_id)

    async def _own(self, account: Account) -> str | None:
        """The login of this account; LoginTaken if the name is someone else's."""
        found = await self._client().a_get_users({"username": account.username, "exact": "true"})
        if not found:
            return None
        user = found[0]
        if user.get("attributes", {}).get("account_id") != [str(account.id)]:
            raise LoginTaken(account.username)
        return str(user["id"])

    def _client(self) -> KeycloakAdmin:
        if self._admin is None:
            connection = KeycloakOpenIDConnection(
                server_url=self.url.rstrip("/") + "/",
                realm_name=self.realm,
                user_realm_name=self.realm,
                client_id=self.client_id,
                client_secret_key=self.client_secret,
                verify=str(self.authority) if self.authority else True,
                timeout=_SECONDS,
                max_retries=0,
            )
            self._admin = KeycloakAdmin(connection=connection)
        return self._admin

    async def _asked(self, work: Callable[[], Awaitable[T]]) -> T:
        try:
            async with asyncio.timeout(_SECONDS * 2):
                return await work()
        except (KeycloakError, httpx.HTTPError, OSError, TimeoutError) as error:
            # A fresh client next time: this one's token or connection may be what failed.
            self._admin = None
            log.warning("login_system_failed", error=f"{type(error).__name__}: {error}"[:300])
            raise _unavailable() from error


def _held(user: dict[str, Any]) -> HeldLogin:
    named = (user.get("attributes", {}).get("account_id") or [""])[0]
    family, given = user.get("lastName") or "", user.get("firstName") or ""
    return HeldLogin(
        user["username"],
        UUID(named) if _UUID.fullmatch(named) else None,
        bool(user.get("enabled")),
        # As _representation takes a name apart: one word alone stands in both fields.
        given if family == given else f"{family} {given}".strip(),
        user.get("email") or "",
    )


def _representation(login: Login) -> dict[str, Any]:
    account = login.account
    *family, given = account.full_name.split()
    user: dict[str, Any] = {
        "username": account.username,
        "enabled": account.locked_at is None,
        "firstName": given,
        "lastName": " ".join(family) or given,
        "email": account.email or None,
        "emailVerified": bool(account.email),
        "attributes": {"account_id": [str(account.id)]},
        "requiredActions": [_CHANGE_PASSWORD],
    }
    if login.temporary_password is not None:
        user["credentials"] = [{"type": "password", "value": login.temporary_password, "temporary": True}]
    return user


def _unavailable() -> LoginUnavailable:
    return LoginUnavailable(
        "Hệ thống đăng nhập đang không trả lời, chưa thực hiện được việc này.",
        "Thử lại sau ít phút; người đang đăng nhập vẫn làm việc bình thường.",
    )
