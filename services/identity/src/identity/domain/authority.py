"""What the person who asks may do to units, accounts and rights: decided from their grants alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from identity.domain.accounts import Account
from identity.domain.errors import (
    AccountNotFound,
    NotAdministrator,
    OwnRights,
    RightNotGrantable,
    UnitNotFound,
)
from identity.domain.grants import Grant
from identity.domain.rights import (
    GRANTED_BY_OPERATOR,
    GRANTED_BY_UNIT_ADMIN,
    VIETNAMESE,
    Right,
)
from identity.domain.units import Unit, UnitKind

_UNIT_OR_PROVINCE_ADMIN = "quản trị đơn vị hoặc quản trị hệ thống của tỉnh"


@dataclass(frozen=True, slots=True)
class Authority:
    """`setup` is the command line that founds a stack: it acts as the operator, without an account.

    `founds` is a province that has no administrator yet: until it has one, the operator sets it up.
    """

    account: Account | None
    grants: tuple[Grant, ...]
    on: date
    setup: bool = False
    founds: UUID | None = None

    @property
    def operator(self) -> bool:
        return self.setup or self._holds(Right.OPERATOR)

    @property
    def province_id(self) -> UUID | None:
        return self.account.province_id if self.account else None

    def see_province(self, province_id: UUID | None) -> None:
        """Nothing of another province is there for anyone but the operator."""
        if not self.operator and (province_id is None or province_id != self.province_id):
            raise UnitNotFound

    def administers(self, province_id: UUID | None) -> bool:
        return any(
            grant.right is Right.PROVINCE_ADMIN and grant.unit_id == province_id for grant in self._in_force()
        )

    def founding(self, province_id: UUID, has_administrator: bool) -> Authority:
        if not self.operator or has_administrator:
            return self
        return replace(self, founds=province_id)

    def require_operator(self, what: str) -> None:
        if not self.operator:
            raise NotAdministrator(what, "bộ phận vận hành hệ thống")

    def require_province_admin(self, province_id: UUID | None, what: str) -> None:
        self.see_province(province_id)
        founding = province_id is not None and province_id == self.founds
        if not self.setup and not founding and not self.administers(province_id):
            raise NotAdministrator(what)

    def administers_unit(self, chain: Collection[UUID], unit_id: UUID) -> bool:
        return any(
            grant.right is Right.UNIT_ADMIN and grant.covers(chain, unit_id) for grant in self._in_force()
        )

    def sees_every_account(self, province_id: UUID) -> bool:
        rights = {Right.PROVINCE_ADMIN, Right.AUDITOR}
        return self.operator or any(
            grant.right in rights and grant.unit_id == province_id for grant in self._in_force()
        )

    def open_account(self, unit: Unit | None) -> None:
        """The operator opens accounts at the root of a province only: its administrators."""
        if self.setup or (self.operator and (unit is None or unit.kind is UnitKind.PROVINCE)):
            return
        if unit is None:
            raise UnitNotFound
        self.require_province_admin(unit.province_id, "mở tài khoản")

    def keep_account(self, target: Account, unit: Unit | None, what: str) -> None:
        """Locking, unlocking, changing an account."""
        if not self.operator and target.province_id != self.province_id:
            raise AccountNotFound
        if self.operator and (unit is None or unit.kind is UnitKind.PROVINCE):
            return
        self.require_province_admin(target.province_id, what)

    def reissue_password(
        self, target: Account, target_grants: Collection[Grant], unit: Unit | None, chain: Collection[UUID]
    ) -> None:
        """DL-9.3b: through the unit's administrator too, but never upwards to an account with more rights."""
        ordinary = all(grant.right in GRANTED_BY_UNIT_ADMIN for grant in target_grants)
        mine = target.province_id is not None and target.province_id == self.province_id
        if mine and ordinary and unit is not None and self.administers_unit(chain, unit.id):
            return
        self.keep_account(target, unit, "cấp lại mật khẩu")

    def grant(
        self,
        right: Right,
        target: Account,
        unit: Unit | None,
        chain: Collection[UUID],
        home: Collection[UUID],
    ) -> None:
        """`chain` is the unit of the right with all above it, `home` the same of the account's own unit."""
        if self.setup:
            return
        if self.account is not None and target.id == self.account.id:
            raise OwnRights
        if self.operator and right in GRANTED_BY_OPERATOR:
            return
        if unit is None or target.unit_id is None or target.province_id != unit.province_id:
            raise AccountNotFound
        self.see_province(unit.province_id)
        if right is not Right.OPERATOR and (
            self.administers(unit.province_id) or self.founds == unit.province_id
        ):
            return
        if not self.administers_unit(chain, unit.id) or not self.administers_unit(home, target.unit_id):
            raise NotAdministrator("cấp hoặc thu hồi quyền tại đơn vị này", _UNIT_OR_PROVINCE_ADMIN)
        if right not in GRANTED_BY_UNIT_ADMIN:
            raise RightNotGrantable(VIETNAMESE[right])

    def _holds(self, right: Right) -> bool:
        return any(grant.right is right for grant in self._in_force())

    def _in_force(self) -> list[Grant]:
        return [grant for grant in self.grants if grant.in_force(self.on)]
