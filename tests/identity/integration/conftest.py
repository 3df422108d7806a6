"""identity on a real PostgreSQL, with a login system in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from identity.adapters.postgres.reading import PostgresReading
from identity.adapters.postgres.snapshots import PostgresSnapshots
from identity.adapters.postgres.unit_of_work import PostgresUnitOfWork
from identity.application.app import IdentityApp
from identity.application.commands.grant_rights import GrantRight
from identity.application.commands.open_account import OpenAccount
from identity.application.commands.save_units import CreateUnit
from identity.domain.accounts import Account
from identity.domain.rights import Right
from identity.domain.units import Unit, UnitKind
from kit.actor import Actor
from kit.db import Database, migrations
from kit.ids import new_id
from kit.testing.cluster import PostgresCluster

from tests.identity.building import NOW, acting
from tests.identity.fakes import FakeLogins, FakeProfiles

MIGRATIONS = Path(__file__).resolve().parents[3] / "services" / "identity" / "migrations"


@dataclass
class Stored:
    """A founded stack: operator, province, its administrator, a commune."""

    database: Database
    logins: FakeLogins = field(default_factory=FakeLogins)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.app = IdentityApp.build(
            self.work,
            logins=self.logins,
            profiles=FakeProfiles(),
            reading=PostgresReading(self.database),
            snapshots=PostgresSnapshots(self.database, lambda: self.now),
            clock=lambda: self.now,
            make_id=new_id,
        )

    def work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, lambda: self.now)

    async def found(self) -> None:
        await self.app.founder.operator("van-hanh", "Bộ phận vận hành")
        await self.app.settler.confirm([(await self.account("van-hanh")).id], Actor.system_job("test"))
        self.operator = await self.account("van-hanh")
        self.province, _ = await self.app.founder.province("tinh-a", "Tỉnh A", "mau-mot", [])
        self.admin = await self.opened("tinh-a.quantri", self.province, self.operator)
        await self.granted(self.admin, Right.PROVINCE_ADMIN, self.province, self.operator)
        self.commune = await self.founded("xa-phuoc-tan", "Xã Phước Tân", UnitKind.COMMUNE)

    async def founded(self, code: str, name: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
        command = CreateUnit((parent or self.province).id, code, name, kind, acting(self.admin))
        return (await self.app.units.create(command)).unit

    async def opened(self, username: str, unit: Unit, by: Account) -> Account:
        command = OpenAccount(username, "Nguyễn Thị Minh Anh", unit.id, acting(by))
        return (await self.app.open_account(command)).account

    async def granted(self, account: Account, right: Right, unit: Unit, by: Account) -> None:
        await self.app.rights.grant(GrantRight(account.id, right, unit.id, acting(by)))

    async def account(self, username: str) -> Account:
        async with self.work() as uow:
            return (await uow.accounts.by_usernames([username]))[username]


@pytest.fixture
async def stored(postgres: PostgresCluster) -> AsyncIterator[Stored]:
    made = await postgres.create_database("identity")
    await asyncio.to_thread(migrations.upgrade, MIGRATIONS, made.owner_url)
    database = Database(made.url)
    world = Stored(database)
    await world.found()
    yield world
    await database.close()
