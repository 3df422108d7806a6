"""What REST takes and gives of accounts and rights."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from identity.application.commands.import_accounts import AccountRow, ImportedAccount, RightRow
from identity.application.commands.open_account import OpenedAccount
from identity.domain.accounts import Account, Credential
from identity.domain.grants import Grant
from identity.domain.rights import Right
from identity.entrypoints.http.unit_schemas import Strict, UnitOut

Password = Annotated[str, Field(min_length=10, max_length=128)]


class GrantIn(Strict):
    right: Right
    unit_id: UUID | None = None
    with_lower: bool = False
    regime_id: UUID | None = None
    valid_from_on: date | None = None
    valid_to_on: date | None = None


class GrantOut(BaseModel):
    id: UUID
    right: Right
    unit_id: UUID | None
    with_lower: bool
    regime_id: UUID | None
    valid_from_on: date
    valid_to_on: date | None

    @classmethod
    def of(cls, grant: Grant) -> GrantOut:
        return cls(
            id=grant.id,
            right=grant.right,
            unit_id=grant.unit_id,
            with_lower=grant.with_lower,
            regime_id=grant.regime_id,
            valid_from_on=grant.valid_from_on,
            valid_to_on=grant.valid_to_on,
        )


class AccountIn(Strict):
    """Without `unit_id`: the operator's own, and only the operator makes those."""

    username: str
    full_name: str
    unit_id: UUID | None = None
    position_title: str = ""
    email: str = ""
    temporary_password: Password | None = None


class AccountPatch(Strict):
    full_name: str | None = None
    position_title: str | None = None
    email: str | None = None
    unit_id: UUID | None = None


class LockIn(Strict):
    reason: str


class AccountItem(BaseModel):
    id: UUID
    username: str
    full_name: str
    position_title: str
    email: str
    unit_id: UUID | None
    unit_name: str | None = None
    unit_code: str | None = None
    program: bool
    state: str
    rights: list[str]
    version: int


class AccountOut(BaseModel):
    id: UUID
    username: str
    full_name: str
    position_title: str
    email: str
    unit_id: UUID | None
    province_id: UUID | None
    program: bool
    state: str
    login_ready: bool
    version: int

    @classmethod
    def of(cls, account: Account) -> AccountOut:
        return cls(**account_fields(account))


class AccountDetailOut(AccountOut):
    unit: UnitOut | None
    grants: list[GrantOut]


class OpenedAccountOut(AccountOut):
    """`temporary_password` is shown in this answer only."""

    created: bool
    temporary_password: str | None

    @classmethod
    def opened(cls, opened: OpenedAccount) -> OpenedAccountOut:
        return cls(
            **account_fields(opened.account),
            created=opened.created,
            temporary_password=opened.temporary_password,
        )


def account_fields(account: Account) -> dict[str, Any]:
    pending = account.credential is Credential.PENDING
    return {
        "id": account.id,
        "username": account.username,
        "full_name": account.full_name,
        "position_title": account.position_title,
        "email": account.email,
        "unit_id": account.unit_id,
        "province_id": account.province_id,
        "program": account.program,
        "state": "locked" if account.locked_at else "pending" if pending else "active",
        "login_ready": account.credential is Credential.READY,
        "version": account.version,
    }


class PasswordOut(BaseModel):
    account_id: UUID
    username: str
    temporary_password: str


class RightRowIn(Strict):
    right: str
    unit_code: str = ""
    with_lower: bool = False
    regime_id: UUID | None = None


class AccountRowIn(Strict):
    username: str
    full_name: str
    unit_code: str = ""
    position_title: str = ""
    email: str = ""
    rights: list[RightRowIn] = Field(default_factory=list)

    def row(self) -> AccountRow:
        rights = [RightRow(r.right, r.unit_code, r.with_lower, r.regime_id) for r in self.rights]
        return AccountRow(
            self.username, self.full_name, self.unit_code, self.position_title, self.email, rights
        )


class AccountsImportIn(Strict):
    """With `passwords` false the logins have none until one is issued."""

    province_id: UUID | None = None
    passwords: bool = True
    items: list[AccountRowIn]


class ImportedAccountOut(BaseModel):
    username: str
    outcome: str
    account_id: UUID | None
    temporary_password: str | None
    code: str | None
    message: str | None

    @classmethod
    def of(cls, row: ImportedAccount) -> ImportedAccountOut:
        return cls(
            username=row.username,
            outcome=row.outcome,
            account_id=row.account.id if row.account else None,
            temporary_password=row.temporary_password,
            code=row.refusal.code if row.refusal else None,
            message=row.refusal.message if row.refusal else row.waiting_for,
        )


class ImportedAccountsOut(BaseModel):
    items: list[ImportedAccountOut]
