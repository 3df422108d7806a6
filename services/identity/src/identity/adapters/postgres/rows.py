"""Rows to aggregates and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from identity.domain.accounts import Account, Credential
from identity.domain.grants import Grant
from identity.domain.rights import Right
from identity.domain.text import search_key, sort_key
from identity.domain.units import Unit, UnitKind


def to_unit(row: Row[Any]) -> Unit:
    return Unit(
        row.id,
        row.province_id,
        row.parent_id,
        row.code,
        row.name,
        UnitKind(row.kind),
        row.valid_from_on,
        row.profile,
        row.version,
    )


def unit_row(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "province_id": unit.province_id,
        "parent_id": unit.parent_id,
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "valid_from_on": unit.valid_from_on,
        "profile": unit.profile,
        "version": unit.version,
        "search_key": search_key(unit.name, unit.code),
        "sort_key": sort_key(unit.name),
    }


def to_account(row: Row[Any]) -> Account:
    return Account(
        row.id,
        row.province_id,
        row.unit_id,
        row.username,
        row.full_name,
        row.position_title,
        row.email,
        row.program,
        row.locked_at,
        row.lock_reason,
        Credential(row.credential),
        row.version,
    )


def account_row(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "province_id": account.province_id,
        "unit_id": account.unit_id,
        "username": account.username,
        "full_name": account.full_name,
        "position_title": account.position_title,
        "email": account.email,
        "program": account.program,
        "locked_at": account.locked_at,
        "lock_reason": account.lock_reason,
        "credential": account.credential.value,
        "version": account.version,
        "search_key": search_key(account.full_name, account.username, account.position_title),
        "sort_key": sort_key(_given_name_first(account.full_name)),
    }


def to_grant(row: Row[Any]) -> Grant:
    return Grant(
        row.id,
        row.account_id,
        row.province_id,
        Right(row.right_name),
        row.unit_id,
        row.with_lower,
        row.regime_id,
        row.valid_from_on,
        row.valid_to_on,
        row.version,
        row.revoked_at,
    )


def grant_row(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.id,
        "account_id": grant.account_id,
        "province_id": grant.province_id,
        "right_name": grant.right.value,
        "unit_id": grant.unit_id,
        "with_lower": grant.with_lower,
        "regime_id": grant.regime_id,
        "valid_from_on": grant.valid_from_on,
        "valid_to_on": grant.valid_to_on,
        "version": grant.version,
        "revoked_at": grant.revoked_at,
    }


def _given_name_first(full_name: str) -> str:
    """Vietnamese lists of people go by the given name, which stands last."""
    *family, given = full_name.split()
    return " ".join([given, *family])
