"""What happened, with the state it led to."""

from __future__ import annotations

from dataclasses import dataclass

from identity.domain.accounts import Account
from identity.domain.grants import Grant
from identity.domain.units import Unit


@dataclass(frozen=True, slots=True)
class UnitChanged:
    unit: Unit


@dataclass(frozen=True, slots=True)
class AccountChanged:
    account: Account


@dataclass(frozen=True, slots=True)
class RightGranted:
    grant: Grant


@dataclass(frozen=True, slots=True)
class RightRevoked:
    grant: Grant


Event = UnitChanged | AccountChanged | RightGranted | RightRevoked
