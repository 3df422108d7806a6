"""Units, accounts and a whole identity in memory, with only what a test cares about named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from identity.application.app import IdentityApp
from identity.domain.accounts import Account
from identity.domain.grants import Grant
from identity.domain.rights import Right
from identity.domain.units import Unit, UnitKind
from kit.actor import Actor
from kit.ids import new_id

from tests.identity.fakes import FakeIdentityWork, FakeLogins, FakeProfiles

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def a_province(code: str = "tinh-a") -> Unit:
    return Unit.found_province(uuid4(), code=code, name="Tỉnh A", profile="mau-mot", on=TODAY)


def a_unit(parent: Unit, kind: UnitKind = UnitKind.COMMUNE, code: str = "") -> Unit:
    return Unit.found(
        uuid4(), parent, code=code or f"u-{uuid4().hex[:8]}", name="Xã Phước Tân", kind=kind, on=TODAY
    )


def an_account(unit: Unit | None, username: str = "") -> Account:
    account = Account.open(
        uuid4(),
        province_id=unit.province_id if unit else None,
        unit_id=unit.id if unit else None,
        username=username or f"nguoi.{uuid4().hex[:8]}",
        full_name="Nguyễn Thị Minh Anh",
    )
    return account.settled()


def a_grant(account: Account, right: Right, unit: Unit | None, *, with_lower: bool = False) -> Grant:
    return Grant.give(
        uuid4(),
        account.id,
        right=right,
        unit=unit,
        with_lower=with_lower,
        regime_id=None,
        valid_from_on=TODAY,
        valid_to_on=None,
    )


def acting(account: Account) -> Actor:
    return Actor.account(account.id)


@dataclass
class World:
    """A province with one commune, its administrator, its unit administrator and a clerk."""

    work: FakeIdentityWork = field(default_factory=lambda: FakeIdentityWork(NOW))
    logins: FakeLogins = field(default_factory=FakeLogins)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.province = a_province()
        self.commune = a_unit(self.province)
        self.operator = self.person(None, Right.OPERATOR)
        self.admin = self.person(self.province, Right.PROVINCE_ADMIN)
        self.unit_admin = self.person(self.commune, Right.UNIT_ADMIN)
        self.clerk = self.person(self.commune)
        for unit in (self.province, self.commune):
            self.work.units.rows[unit.id] = unit
        self.app = IdentityApp.build(
            self.work,
            logins=self.logins,
            profiles=FakeProfiles(),
            reading=None,  # type: ignore[arg-type]
            snapshots=None,  # type: ignore[arg-type]
            clock=lambda: self.now,
            make_id=new_id,
        )

    def add(self, *things: Unit | Account | Grant) -> None:
        for thing in things:
            match thing:
                case Unit():
                    self.work.units.rows[thing.id] = thing
                case Account():
                    self.work.accounts.rows[thing.id] = thing
                case Grant():
                    self.work.grants.rows[thing.id] = thing

    def person(self, unit: Unit | None, *rights: Right) -> Account:
        account = an_account(unit)
        self.add(account, *(a_grant(account, right, unit) for right in rights))
        return account

    def held(self, account_id: UUID) -> set[Right]:
        rows = self.work.grants.rows.values()
        return {g.right for g in rows if g.account_id == account_id and g.revoked_at is None}
