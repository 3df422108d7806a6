"""What /me, /tasks and /search give."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from identity.application.queries.who_am_i import Caller
from identity.domain.units import UnitKind
from identity.entrypoints.http.account_schemas import GrantOut


class MeAccount(BaseModel):
    id: UUID
    username: str
    full_name: str
    position_title: str
    email: str
    program: bool


class MeUnit(BaseModel):
    id: UUID
    code: str
    name: str
    kind: UnitKind
    level: str


class MeProvince(BaseModel):
    id: UUID
    code: str
    name: str
    profile: str


class MeOut(BaseModel):
    account: MeAccount
    unit: MeUnit | None
    province: MeProvince | None
    rights: list[GrantOut]

    @classmethod
    def of(cls, caller: Caller) -> MeOut:
        account, unit, province = caller.account, caller.unit, caller.province
        return cls(
            account=MeAccount(
                id=account.id,
                username=account.username,
                full_name=account.full_name,
                position_title=account.position_title,
                email=account.email,
                program=account.program,
            ),
            unit=unit
            and MeUnit(id=unit.id, code=unit.code, name=unit.name, kind=unit.kind, level=unit.kind.level),
            province=province
            and MeProvince(id=province.id, code=province.code, name=province.name, profile=province.profile),
            rights=[GrantOut.of(grant) for grant in caller.grants],
        )
