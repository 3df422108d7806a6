"""identity's aggregates as the messages of its contract; shared by events and RPCs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from reporting.identity.v1 import identity_pb2 as pb

from identity.domain.accounts import Account
from identity.domain.grants import Grant
from identity.domain.units import Unit, UnitKind

_KINDS = {
    UnitKind.PROVINCE: pb.UNIT_KIND_PROVINCE,
    UnitKind.DEPARTMENT: pb.UNIT_KIND_DEPARTMENT,
    UnitKind.DISTRICT: pb.UNIT_KIND_DISTRICT,
    UnitKind.COMMUNE: pb.UNIT_KIND_COMMUNE,
    UnitKind.SUBORDINATE: pb.UNIT_KIND_SUBORDINATE,
    UnitKind.OFFICE: pb.UNIT_KIND_OFFICE,
    UnitKind.VERTICAL: pb.UNIT_KIND_VERTICAL,
}


def to_unit(unit: Unit) -> pb.Unit:
    return pb.Unit(
        id=str(unit.id),
        province_id=str(unit.province_id),
        parent_id=_key(unit.parent_id),
        code=unit.code,
        name=unit.name,
        kind=_KINDS[unit.kind],
        level=unit.kind.level,
        valid_from_on=_day(unit.valid_from_on),
        version=unit.version,
        profile=unit.profile,
    )


def to_account(account: Account) -> pb.Account:
    return pb.Account(
        id=str(account.id),
        province_id=_key(account.province_id),
        unit_id=_key(account.unit_id),
        username=account.username,
        full_name=account.full_name,
        position_title=account.position_title,
        email=account.email,
        active=account.active,
        version=account.version,
        program=account.program,
    )


def to_grant(grant: Grant) -> pb.Grant:
    return pb.Grant(
        id=str(grant.id),
        account_id=str(grant.account_id),
        province_id=_key(grant.province_id),
        right=grant.right.value,
        unit_id=_key(grant.unit_id),
        with_lower=grant.with_lower,
        regime_id=_key(grant.regime_id),
        valid_from_on=_day(grant.valid_from_on),
        valid_to_on=_day(grant.valid_to_on),
        version=grant.version,
        revoked=grant.revoked_at is not None,
    )


def _key(key: UUID | None) -> str:
    return str(key) if key else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
