"""What identity keeps in PostgreSQL: events with their versions, snapshots, lists, history."""

import asyncio
from datetime import timedelta

import pytest
from identity.application.commands.grant_rights import GrantRight, RevokeRight
from identity.application.commands.import_accounts import AccountRow, ImportAccounts, RightRow
from identity.application.commands.keep_account import LockAccount
from identity.application.commands.open_account import OpenAccount
from identity.application.commands.save_units import ChangeUnit, ImportUnits, UnitRow
from identity.domain.accounts import Account, Credential
from identity.domain.errors import AccountNotFound, LoginUnavailable, UnitNotFound
from identity.domain.grants import Grant
from identity.domain.rights import Right
from identity.domain.units import Unit, UnitKind
from kit.db.deferral import Deferral
from sqlalchemy import text

from tests.identity.building import acting
from tests.identity.integration.conftest import Stored


async def test_each_event_carries_its_aggregates_version_and_a_rights_version_of_its_own(
    stored: Stored,
) -> None:
    clerk = await stored.opened("xa.nhaplieu", stored.commune, stored.admin)
    grant = await stored.app.rights.grant(
        GrantRight(clerk.id, Right.ENTRY, stored.commune.id, acting(stored.admin))
    )
    await stored.app.rights.revoke(RevokeRight(clerk.id, grant.id, acting(stored.admin)))
    await stored.app.accounts.lock(LockAccount(clerk.id, "Chuyển công tác", acting(stored.admin)))

    async with stored.database.reading() as session:
        rows = (await session.execute(text("SELECT subject, version, payload FROM outbox ORDER BY id"))).all()
    _, rights_version = await stored.app.for_services.snapshots.rights_version()
    told = [next(v for k, v in row.payload.items() if k != "rightsVersion") for row in rows]
    assert [int(state["version"]) for state in told] == [row.version for row in rows]
    numbers = [int(row.payload["rightsVersion"]) for row in rows]
    assert numbers == list(range(1, len(rows) + 1))
    assert rights_version == numbers[-1]
    assert [row.subject.split(".")[2:4] for row in rows[-4:]] == [
        ["account", "changed"],
        ["right", "granted"],
        ["right", "revoked"],
        ["account", "changed"],
    ]


async def test_a_snapshot_holds_units_accounts_and_even_revoked_grants_then_the_watermark(
    stored: Stored,
) -> None:
    clerk = await stored.opened("xa.nhaplieu", stored.commune, stored.admin)
    grant = await stored.app.rights.grant(
        GrantRight(clerk.id, Right.ENTRY, stored.commune.id, acting(stored.admin))
    )
    await stored.app.rights.revoke(RevokeRight(clerk.id, grant.id, acting(stored.admin)))

    items = [item async for item in stored.app.for_services.snapshot()]

    assert {item.code for item in items if isinstance(item, Unit)} == {"tinh-a", "xa-phuoc-tan"}
    names = {item.username for item in items if isinstance(item, Account)}
    assert names == {"van-hanh", "tinh-a.quantri", "xa.nhaplieu"}
    revoked = [item for item in items if isinstance(item, Grant) and item.revoked_at is not None]
    assert [item.id for item in revoked] == [grant.id]
    assert isinstance(items[-1], tuple)
    assert items[-1][:2] == await stored.app.for_services.snapshots.rights_version()


async def test_a_pending_account_is_kept_though_its_request_failed_and_no_service_hears_of_it(
    stored: Stored,
) -> None:
    stored.logins.down = True

    async def a_keyed_request() -> None:
        with Deferral() as deferral:
            try:
                await stored.app.open_account(
                    OpenAccount("xa.moi", "Lê Văn Nam", stored.commune.id, acting(stored.admin))
                )
            finally:
                if deferral.session is not None:
                    await deferral.session.close()

    with pytest.raises(LoginUnavailable):
        await asyncio.create_task(a_keyed_request())

    waiting = await stored.account("xa.moi")
    assert waiting.credential is Credential.PENDING
    with pytest.raises(AccountNotFound):
        await stored.app.for_services.rights(waiting.id)
    stored.logins.down = False
    stored.now += timedelta(minutes=2)
    assert await stored.app.settler.run_once() == 1
    account, _, _ = await stored.app.for_services.rights(waiting.id)
    assert account.active


async def test_an_account_and_its_grants_come_in_by_the_hundred(stored: Stored) -> None:
    await stored.app.units.load(
        ImportUnits(
            stored.province.id,
            [UnitRow(f"xa-{n}", f"Xã Số {n}", UnitKind.COMMUNE) for n in range(100)],
            acting(stored.admin),
        )
    )
    rows = [
        AccountRow(
            f"xa-{n}.nhaplieu", "Trần Thị Hoa", f"xa-{n}", rights=[RightRow("entry"), RightRow("send")]
        )
        for n in range(100)
    ]
    command = ImportAccounts(stored.province.id, rows, False, acting(stored.admin))

    first = await stored.app.import_accounts(command)
    second = await stored.app.import_accounts(command)

    assert {row.outcome for row in first} == {"created"}
    assert {row.outcome for row in second} == {"unchanged"}
    assert {row.temporary_password for row in first} == {None}
    found = await stored.app.look_up.accounts(acting(stored.admin), right="send", limit=500)
    assert len(found.items) == 100


async def test_lists_come_in_vietnamese_order_page_by_page(stored: Stored) -> None:
    names = ["Xã Đông Hải", "Xã Ân Phú", "Xã Dương Minh", "Xã An Bình", "Xã Ăn Thới"]
    await stored.app.units.load(
        ImportUnits(
            stored.province.id,
            [UnitRow(f"c-{n}", name, UnitKind.COMMUNE) for n, name in enumerate(names)],
            acting(stored.admin),
        )
    )

    got: list[str] = []
    cursor = None
    while True:
        page = await stored.app.look_up.units(acting(stored.admin), kind="commune", cursor=cursor, limit=2)
        got += [item["name"] for item in page.items]
        if (cursor := page.next) is None:
            break

    assert got == [
        "Xã An Bình", "Xã Ăn Thới", "Xã Ân Phú", "Xã Dương Minh", "Xã Đông Hải", "Xã Phước Tân",
    ]  # fmt: skip


async def test_search_needs_no_marks_and_stays_in_the_province_and_the_agency(stored: Stored) -> None:
    clerk = await stored.opened("xa.nhaplieu", stored.commune, stored.admin)
    other = await stored.founded("xa-khac", "Xã Phước Khác", UnitKind.COMMUNE)
    await stored.opened("xa-khac.nhaplieu", other, stored.admin)
    theirs, _ = await stored.app.founder.province("tinh-b", "Tỉnh Phước B", "mau-hai", [])

    found = await stored.app.overview.search(acting(clerk), "phuoc")
    people = await stored.app.look_up.accounts(acting(clerk))

    assert {item["title"] for item in found if item["kind"] == "unit"} == {"Xã Phước Tân", "Xã Phước Khác"}
    assert [item["username"] for item in people.items] == ["xa.nhaplieu"]
    with pytest.raises(UnitNotFound):
        await stored.app.look_up.unit(acting(clerk), theirs.id)
    with pytest.raises(UnitNotFound):
        await stored.app.look_up.units(acting(clerk), province_id=theirs.id)


async def test_the_history_of_a_unit_is_kept(stored: Stored) -> None:
    unit = stored.commune
    await stored.app.units.change(
        ChangeUnit(unit.id, 1, "Phường Phước Tân", None, None, None, acting(stored.admin))
    )

    _, versions = await stored.app.look_up.unit(acting(stored.admin), unit.id)

    assert [(v["version"], v["name"]) for v in versions] == [(1, "Xã Phước Tân"), (2, "Phường Phước Tân")]


async def test_an_administrator_is_told_which_units_have_none(stored: Stored) -> None:
    before = await stored.app.overview.tasks(acting(stored.admin))
    unit_admin = await stored.opened("xa.quantri", stored.commune, stored.admin)
    await stored.granted(unit_admin, Right.UNIT_ADMIN, stored.commune, stored.admin)

    after = await stored.app.overview.tasks(acting(stored.admin))

    assert [task["kind"] for task in before] == ["unit_without_admin"]
    assert after == []


async def test_two_administrators_at_once_leave_no_number_twice(stored: Stored) -> None:
    async def one(n: int) -> None:
        await stored.founded(f"cung-luc-{n}", "Xã Cùng Lúc", UnitKind.COMMUNE)

    await asyncio.gather(*(one(n) for n in range(12)))

    async with stored.database.reading() as session:
        numbers = list(await session.scalars(text("SELECT payload->>'rightsVersion' FROM outbox")))
    assert sorted(map(int, numbers)) == list(range(1, len(numbers) + 1))


async def test_after_midnight_in_vietnam_a_right_given_today_is_already_found(stored: Stored) -> None:
    stored.now = stored.now.replace(hour=19)
    clerk = await stored.opened("xa.nhaplieu", stored.commune, stored.admin)
    await stored.granted(clerk, Right.APPROVE, stored.commune, stored.admin)

    found = await stored.app.look_up.accounts(acting(stored.admin), right="approve")

    assert [item["username"] for item in found.items] == ["xa.nhaplieu"]
