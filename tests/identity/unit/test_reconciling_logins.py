"""The login system of yesterday beside the accounts of today: found, mended, and nothing taken over."""

from uuid import UUID

from identity.application.commands.keep_account import LockAccount
from identity.application.commands.open_account import OpenAccount
from identity.application.ports import HeldLogin

from tests.identity.building import World, acting


async def opened(world: World, username: str) -> UUID:
    done = await world.app.open_account(
        OpenAccount(
            username=username, full_name="Trần Thị Hoa", unit_id=world.commune.id, actor=acting(world.admin)
        )
    )
    return done.account.id


async def a_world_whose_logins_are_of_yesterday() -> World:
    """One account opened since, one locked since, one login of an account that is no more."""
    world = World()
    await opened(world, "cu.nhaplieu")
    await opened(world, "khoa.nhaplieu")
    yesterday = dict(world.logins.logins)
    locked = (await world.work.accounts.by_usernames(["khoa.nhaplieu"]))["khoa.nhaplieu"]
    await opened(world, "moi.nhaplieu")
    await world.app.accounts.lock(LockAccount(locked.id, "Nghỉ việc", acting(world.admin)))
    world.logins.logins = yesterday
    world.logins.strange["la.nhaplieu"] = HeldLogin("la.nhaplieu", UUID(int=9), True, "Người Lạ", "")
    return world


async def test_what_differs_is_found_and_left_as_it_is() -> None:
    world = await a_world_whose_logins_are_of_yesterday()
    found = await world.app.reconcile_logins(mend=False)

    assert "moi.nhaplieu" in found.missing
    assert found.differing == ["khoa.nhaplieu"]
    assert found.strange == ["la.nhaplieu"]
    assert "moi.nhaplieu" not in world.logins.logins
    assert world.logins.strange["la.nhaplieu"].enabled


async def test_mended_a_locked_one_is_locked_a_missing_one_made_a_strange_one_closed() -> None:
    world = await a_world_whose_logins_are_of_yesterday()
    await world.app.reconcile_logins(mend=True)

    again = await world.app.reconcile_logins(mend=False)
    assert again.none
    assert world.logins.logins["moi.nhaplieu"].temporary_password is None
    assert world.logins.logins["khoa.nhaplieu"].account.locked_at is not None
    assert not world.logins.strange["la.nhaplieu"].enabled
    assert {"khoa.nhaplieu", "la.nhaplieu"} <= set(world.logins.signed_out)


async def test_a_name_held_by_another_account_is_told_and_never_taken_over() -> None:
    world = World()
    await opened(world, "cu.nhaplieu")
    del world.logins.logins["cu.nhaplieu"]
    world.logins.strange["cu.nhaplieu"] = HeldLogin("cu.nhaplieu", UUID(int=9), True, "Người Lạ", "")
    found = await world.app.reconcile_logins(mend=True)

    assert list(found.failed) == ["cu.nhaplieu"]
    assert "cu.nhaplieu" not in world.logins.logins
    assert not world.logins.strange["cu.nhaplieu"].enabled
