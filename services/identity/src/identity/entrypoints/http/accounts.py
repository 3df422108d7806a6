"""Accounts and their rights."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Query, Response
from kit.http import Caller, IfMatch, Page

from identity.application.commands.grant_rights import GrantRight, RevokeRight
from identity.application.commands.import_accounts import ImportAccounts
from identity.application.commands.keep_account import (
    ChangeAccount,
    LockAccount,
    ReissuePassword,
    UnlockAccount,
)
from identity.application.commands.open_account import OpenAccount
from identity.domain.errors import UnitNotFound
from identity.entrypoints.http.account_schemas import (
    AccountDetailOut,
    AccountIn,
    AccountItem,
    AccountOut,
    AccountPatch,
    AccountsImportIn,
    GrantIn,
    GrantOut,
    ImportedAccountOut,
    ImportedAccountsOut,
    LockIn,
    OpenedAccountOut,
    PasswordOut,
    account_fields,
)
from identity.entrypoints.http.app import App
from identity.entrypoints.http.unit_schemas import UnitOut

# A password is in one answer and nowhere else: kit's store of answers leaves it out.
_SHOWN_ONCE = {"X-Shown-Once": "temporary_password"}
router = APIRouter(prefix="/accounts", tags=["Tài khoản và quyền"])
imports = APIRouter(tags=["Tài khoản và quyền"])


@router.get("", summary="Danh sách tài khoản trong phạm vi được xem")
async def list_accounts(
    actor: Caller,
    app: App,
    q: str = "",
    right: str | None = None,
    unit_id: UUID | None = None,
    state: str | None = None,
    province_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = Query(200, ge=1, le=500),
) -> Page[AccountItem]:
    page = await app.look_up.accounts(
        actor,
        province_id=province_id,
        unit_id=unit_id,
        right=right,
        q=q,
        state=state,
        cursor=cursor,
        limit=limit,
    )
    return Page(items=[AccountItem(**item) for item in page.items], next=page.next)


@router.post("", summary="Mở tài khoản; mật khẩu tạm chỉ hiện một lần", status_code=201)
async def open_account(body: AccountIn, actor: Caller, app: App, response: Response) -> OpenedAccountOut:
    opened = await app.open_account(
        OpenAccount(
            body.username,
            body.full_name,
            body.unit_id,
            actor,
            position_title=body.position_title,
            email=body.email,
            temporary_password=body.temporary_password,
        )
    )
    response.headers.update(_SHOWN_ONCE)
    if not opened.created:
        response.status_code = 200
    return OpenedAccountOut.opened(opened)


@imports.post("/accounts:import", summary="Nạp nhiều tài khoản cùng quyền, kết quả theo từng dòng")
async def import_accounts(
    body: AccountsImportIn, actor: Caller, app: App, response: Response
) -> ImportedAccountsOut:
    response.headers.update(_SHOWN_ONCE)
    province_id = body.province_id or (await app.who_am_i(actor)).account.province_id
    if province_id is None:
        raise UnitNotFound
    rows = await app.import_accounts(
        ImportAccounts(province_id, [item.row() for item in body.items], body.passwords, actor)
    )
    return ImportedAccountsOut(items=[ImportedAccountOut.of(row) for row in rows])


@router.get("/{account_id}", summary="Một tài khoản với các quyền")
async def read_account(account_id: UUID, actor: Caller, app: App) -> AccountDetailOut:
    account, unit, grants = await app.look_up.account(actor, account_id)
    return AccountDetailOut(
        **account_fields(account),
        unit=UnitOut.of(unit) if unit else None,
        grants=[GrantOut.of(grant) for grant in grants],
    )


@router.patch("/{account_id}", summary="Sửa họ tên, chức danh, thư điện tử, đơn vị")
async def change_account(
    account_id: UUID, body: AccountPatch, actor: Caller, version: IfMatch, app: App
) -> AccountOut:
    command = ChangeAccount(
        account_id,
        version,
        actor,
        full_name=body.full_name,
        position_title=body.position_title,
        email=body.email,
        unit_id=body.unit_id,
    )
    return AccountOut.of(await app.accounts.change(command))


@router.post("/{account_id}:lock", summary="Khóa tài khoản, có lý do")
async def lock_account(account_id: UUID, body: LockIn, actor: Caller, app: App) -> AccountOut:
    return AccountOut.of(await app.accounts.lock(LockAccount(account_id, body.reason, actor)))


@router.post("/{account_id}:unlock", summary="Mở khóa tài khoản")
async def unlock_account(account_id: UUID, actor: Caller, app: App) -> AccountOut:
    return AccountOut.of(await app.accounts.unlock(UnlockAccount(account_id, actor)))


@router.post("/{account_id}:reset_password", summary="Cấp lại mật khẩu tạm, chỉ hiện một lần")
async def reset_password(account_id: UUID, actor: Caller, app: App, response: Response) -> PasswordOut:
    response.headers.update(_SHOWN_ONCE)
    account, password = await app.accounts.reissue_password(ReissuePassword(account_id, actor))
    return PasswordOut(account_id=account.id, username=account.username, temporary_password=password)


@router.post("/{account_id}/grants", summary="Cấp quyền", status_code=201)
async def grant_right(account_id: UUID, body: GrantIn, actor: Caller, app: App) -> GrantOut:
    grant = await app.rights.grant(
        GrantRight(
            account_id,
            body.right,
            body.unit_id,
            actor,
            with_lower=body.with_lower,
            regime_id=body.regime_id,
            valid_from_on=body.valid_from_on,
            valid_to_on=body.valid_to_on,
        )
    )
    return GrantOut.of(grant)


@router.delete("/{account_id}/grants/{grant_id}", summary="Thu hồi quyền", status_code=204)
async def revoke_right(account_id: UUID, grant_id: UUID, actor: Caller, app: App) -> None:
    await app.rights.revoke(RevokeRight(account_id, grant_id, actor))
